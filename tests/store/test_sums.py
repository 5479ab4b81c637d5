"""A store means the same under every Python: `sum` of floats is compensated from 3.12 on, and folds must not notice.

`tests/fixtures/README.md` says how the rows here were made.
"""

import builtins
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from mlcoach.store.learner_model import unlike_fold
from mlcoach.store.open_database import connect_to_write
from mlcoach.store.projections import alike
from tests.conftest import Program

KEPT = Path(__file__).parent.parent / "fixtures" / "sums"
LONG_AFTER = "2026-12-01T20:00:00+01:00"


def compensated(values: Iterable[Any], start: Any = 0) -> Any:
    """Add as Python does from 3.12 on: Neumaier's sum, in which what an addition rounds away is kept for the end."""
    total, lost = start, 0.0
    for value in values:
        before = total
        total = before + value
        if isinstance(total, float):
            lost += (before - total) + value if abs(before) >= abs(value) else (value - total) + before
    return total + lost if isinstance(total, float) else total


def one_by_one(values: Iterable[Any], start: Any = 0) -> Any:
    """Add as Python did before."""
    total = start
    for value in values:
        total = total + value
    return total


@pytest.fixture
def store(mlcoach: Program) -> Path:
    """A store with the kept journal, folded by this program."""
    mlcoach.at(LONG_AFTER)(f"import journal '{KEPT / 'journal.jsonl'}'")
    return mlcoach.home / "data" / "mlcoach.db"


def kept_rows(name: str) -> list[tuple[Any, ...]]:
    rows = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    return [(*row[:5], json.dumps(row[5])) for row in rows]


def numbers(value: Any) -> list[float]:
    if isinstance(value, list | tuple):
        return [number for inner in value for number in numbers(inner)]
    return [value] if isinstance(value, float) else []


def test_the_two_kinds_of_sums_are_told_apart_by_what_is_kept() -> None:
    plain, other = (numbers([json.loads(row[5]) for row in kept_rows(name)]) for name in ("plain", "compensated"))
    apart = sum(one != two for one, two in zip(plain, other, strict=True))
    assert apart > len(plain) / 3
    assert compensated([0.1] * 10) == 1.0 != one_by_one([0.1] * 10)


@pytest.mark.parametrize("name", ["plain", "compensated"])
def test_a_store_folded_by_another_python_is_sound(store: Path, mlcoach: Program, name: str) -> None:
    connection = connect_to_write(store, LONG_AFTER)
    connection.execute("DELETE FROM correction")
    connection.executemany("INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?)", kept_rows(name))
    assert not any(wrong for _, _, wrong in unlike_fold(connection))
    connection.close()
    found = json.loads(mlcoach("doctor --json").out)["data"]
    assert found["ok"], found


@pytest.mark.parametrize("adding", [compensated, one_by_one])
@pytest.mark.slow
def test_folds_and_plans_are_the_same_to_the_last_bit_however_python_adds(
    store: Path, mlcoach: Program, monkeypatch: pytest.MonkeyPatch, adding: Callable[..., Any]
) -> None:
    def rows() -> list[Any]:
        connection = connect_to_write(store, LONG_AFTER)
        try:
            return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("correction", "item", "day")]
        finally:
            connection.close()

    mlcoach("doctor --rebuild")
    before, plan = rows(), mlcoach("today --json").out
    monkeypatch.setattr(builtins, "sum", adding)
    mlcoach("doctor --rebuild")
    assert rows() == before
    assert mlcoach("today --json").out == plan


def test_what_is_alike_is_alike_inside_json_too() -> None:
    near, far = json.dumps({"a": [0.1, "x"]}), json.dumps({"a": [0.1 + 1e-8, "x"]})
    assert alike(("k", near), ("k", json.dumps({"a": [0.1 + 1e-11, "x"]})))
    assert not alike(("k", near), ("k", far))
    assert not alike(("k", near), ("k", json.dumps({"b": [0.1, "x"]})))
    assert not alike(("k", "[1]"), ("k", "{}"))
