"""The week of another member, as it came: looked at before a figure of it is believed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from mlcoach.domain.group.promise import PromiseState, promise_state
from mlcoach.domain.text import one_line

DAY_SECONDS = 24 * 60 * 60
MOST_UNITS = 1000
MOST_TEXT = 300  # characters


class SharedWeek(NamedTuple):
    """What the table shows of a week. None is what the member does not share."""

    minutes: int | None
    units: int | None  # studied or passed
    passed: int | None
    streak: int | None
    promise: PromiseState | None
    promised: str


def read_week(report: Any, first: date) -> SharedWeek:
    """Return what a report says of the week that begins on a Monday. Raises ValueError for what is not a report."""
    try:
        if report["first"] != first.isoformat():
            raise ValueError("the report of another week")
        shared = report["shared"]
        if not isinstance(shared, list) or not all(isinstance(part, str) for part in shared):
            raise ValueError("not a report")
        minutes = _minutes(report["days"], first) if "minutes" in shared else None
        units, passed = _units(report["units"]) if "units" in shared else (None, None)
        streak = _whole(report.get("streak", 0), 1_000_000) if "minutes" in shared else None
        promised = _text(report["promised"]) if "promises" in shared else ""
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a report") from error
    promise = promise_state(promised, minutes or 0, passed or 0) if "promises" in shared else None
    return SharedWeek(minutes, units, passed, streak, promise, promised)


def _minutes(days: list[Mapping[str, Any]], first: date) -> int:
    week = {(first + timedelta(days=number)).isoformat() for number in range(7)}
    if not {day["day"] for day in days} <= week or len(days) > 7:
        raise ValueError("days of another week")
    return sum(_whole(day["seconds"], DAY_SECONDS) for day in days) // 60


def _units(units: list[Mapping[str, Any]]) -> tuple[int, int]:
    if len(units) > MOST_UNITS:
        raise ValueError("more units than a week can hold")
    return len(units), sum(unit["passed"] is True for unit in units)


def _whole(number: Any, most: int) -> int:
    if type(number) is not int or not 0 <= number <= most:
        raise ValueError("not a number of a report")
    return number


def _text(text: Any) -> str:
    if not isinstance(text, str):
        raise ValueError("not a text of a report")
    return one_line(text)[:MOST_TEXT]
