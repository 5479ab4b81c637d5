"""The tallies of many items are kept for a day, and are never those of another journal, curriculum or setting."""

from collections.abc import Callable

import pytest

from mlcoach.domain.events import ItemGraded
from mlcoach.services.context import Context
from mlcoach.services.curriculum import tallies
from mlcoach.services.record import record
from tests.conftest import Program

CARDS = tuple(f"math.la.vectors/{card}" for card in ("columns-are-images", "dot-product-sign", "why-order-matters"))


def asked(mlcoach: Program, *, kept: bool = True) -> tuple[object, bool]:
    """Return the tallies of a new process, and whether it looked at the items."""
    looked = []
    with pytest.MonkeyPatch.context() as patch:
        computed = tallies._computed
        patch.setattr(tallies, "_computed", lambda context: looked.append(1) or computed(context))
        patch.setattr(tallies, "MANY", 1 if kept else 1_000_000)
        context = mlcoach_context(mlcoach)
        found = tallies.item_tallies(context)
        context.close()
    return found, bool(looked)


def mlcoach_context(mlcoach: Program) -> Context:
    return Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})


def grade(mlcoach: Program, item: str, rating: int) -> None:
    context = mlcoach_context(mlcoach)
    record(context, ItemGraded(item, rating, 9, "2026-12-01", ""))
    context.close()


def tomorrow(mlcoach: Program) -> None:
    mlcoach.now = mlcoach.now.replace(day=mlcoach.now.day + 1)


CHANGES: dict[str, Callable[[Program], object]] = {
    "an answer": lambda mlcoach: grade(mlcoach, CARDS[1], 1),
    "an answer taken back": lambda mlcoach: mlcoach("undo"),
    "another day": tomorrow,
    "another setting": lambda mlcoach: mlcoach("config set memory.adaptive false"),
    "another curriculum": lambda mlcoach: mlcoach.write(
        "config/curriculum/math-la.toml",
        'schema = 1\nover = "math.la"\n\n[change.vectors]\nhide = { card = ["columns-are-images"] }\n',
    ),
    "a damaged cache": lambda mlcoach: mlcoach.write("cache/tallies.json", '[["2026-11-23", true'),
    "a cache of something else": lambda mlcoach: mlcoach.write("cache/tallies.json", "[]"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_tallies_are_kept_until_something_changes(mlcoach: Program, change: str) -> None:
    for item in CARDS:
        grade(mlcoach, item, 3)
    first, looked = asked(mlcoach)
    assert first and looked
    assert asked(mlcoach) == (first, False)
    CHANGES[change](mlcoach)
    again, looked = asked(mlcoach)
    assert looked
    if change in ("another curriculum", "an answer taken back", "another day"):
        assert again != first
    assert again == asked(mlcoach, kept=False)[0]
    assert asked(mlcoach) == (again, False)


def test_a_home_with_few_items_keeps_nothing(mlcoach: Program) -> None:
    grade(mlcoach, CARDS[0], 3)
    assert asked(mlcoach, kept=False)[1]
    assert not (mlcoach.home / "cache" / "tallies.json").exists()
