"""Problems before an interview: those come first that would be recalled least on its day, not today."""

from pathlib import Path

import pytest

from mlcoach.services.context import Context
from mlcoach.services.day.plan import plan_input
from tests.conftest import Compiled, Program


@pytest.fixture
def hunter(tmp_path: Path, compiled_bundle: Compiled, bundled_content: None) -> Program:
    """The program with its own curriculum, which has problems for interviews."""
    compiled_bundle.copy_to(tmp_path / "home")
    return Program(tmp_path / "home")


def problems(hunter: Program) -> list[str]:
    """Return the problems of today in their turn, those never tried left out."""
    environment = {"MLCOACH_HOME": str(hunter.home), "MLCOACH_NOW": hunter.now.isoformat()}
    context = Context(environment)
    shape = plan_input(context, 120).shape
    tried = context.store.items([head.id for head in shape.problems])
    context.close()
    return [head.id for head in shape.problems if head.id in tried and tried[head.id].last_day]


def test_they_are_spaced_towards_its_day(hunter: Program) -> None:
    hunter("done prog.dsa.linear --no-questions")
    fresh, old = (
        f"prog.dsa.linear/{name}" for name in ("binary-search-worked", "window-completion")
    )  # of equal minutes
    hunter(f"grade {old} easy --seconds 900 --date -20")
    hunter(f"grade {fresh} hard --seconds 900")
    hunter("job add Acme")
    hunter("job move acme interview --next 2026-11-25")
    hunter.later(days=1)
    assert problems(hunter) == [old, fresh]  # tomorrow the fresh one is still there
    hunter("job move acme interview --next 2026-12-20")
    assert problems(hunter) == [fresh, old]
