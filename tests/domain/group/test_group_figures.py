"""What figures say of a promise, and what of another's week is believed."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.group.members import Member, Roster, is_name, read_roster
from mlcoach.domain.group.promise import promise_state
from mlcoach.domain.group.shared_week import SharedWeek, read_week

MONDAY = date(2026, 11, 23)
REPORT: dict[str, Any] = {
    "first": "2026-11-23", "shared": ["minutes", "units", "promises"], "streak": 4, "promised": "2 hours",
    "days": [{"day": "2026-11-23", "seconds": 7100}, {"day": "2026-11-24", "seconds": 130}],
    "units": [{"passed": True}, {"passed": False}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("promise", "minutes", "passed", "state"),
    [
        ("", 600, 3, ""),
        ("ten hours", 600, 0, "kept"),
        ("ten hours", 599, 0, "open"),
        ("I will study at least 1.5h, and pass two units!", 90, 2, "kept"),
        ("I will study at least 1.5h, and pass two units!", 90, 1, "open"),
        ("90 minutes", 90, 0, "kept"),
        ("1h 30m", 90, 0, "kept"),
        ("1h 30m", 89, 0, "open"),
        ("an hour", 60, 0, "kept"),
        ("ten hours, and the SVD unit", 6000, 9, "open"),  # figures cannot tell
        ("no more than two hours", 6000, 0, "open"),
        ("be kind to myself", 6000, 9, "open"),
        ("the week", 6000, 9, "open"),
    ],
)
def test_a_promise_is_kept_where_figures_can_tell(promise: str, minutes: int, passed: int, state: str) -> None:
    assert promise_state(promise, minutes, passed) == state


def test_a_week_is_read() -> None:
    assert read_week(REPORT, MONDAY) == SharedWeek(120, 2, 1, 4, "kept", "2 hours")
    assert read_week(REPORT | {"shared": ["notes"]}, MONDAY) == SharedWeek(None, None, None, None, None, "")


@pytest.mark.parametrize(
    "changed",
    [
        {"first": "2026-11-30"},
        {"shared": "minutes"},
        {"days": [{"day": "2026-11-30", "seconds": 1}]},
        {"days": [{"day": "2026-11-23", "seconds": -1}]},
        {"days": [{"day": "2026-11-23", "seconds": 90_000}]},
        {"days": [{"day": "2026-11-23", "seconds": True}]},
        {"days": [{"day": "2026-11-23", "seconds": 1}] * 8},
        {"streak": "12"},
        {"units": [{"passed": False}] * 1001},
        {"units": 3},
        {"promised": None},
    ],
)
def test_a_week_that_is_none_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        read_week(REPORT | changed, MONDAY)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*REPORT, "number", "members", "keys"]), inner)
    ),
    max_leaves=12,
)


@given(JSON)
def test_whatever_comes_is_read_or_refused(data: Any) -> None:
    for read in (lambda: read_week(data, MONDAY), lambda: read_roster(data)):
        try:
            read()
        except ValueError:
            continue


def test_a_roster_is_read_as_it_was_written() -> None:
    roster = Roster(3, (Member("ada", "age1a"), Member("Ben B.", "age1b")), ("KEY",))
    assert read_roster(roster.as_data()) == roster
    assert roster.named("ben b.") == Member("Ben B.", "age1b")
    for changed in (
        {"members": []}, {"members": [["ada", "x"], ["ADA", "y"]]}, {"keys": []}, {"number": True},
        {"members": [["a\x1b[2J", "x"]]}, {"members": [["ada"]]},
    ):  # fmt: skip
        with pytest.raises(ValueError):
            read_roster(roster.as_data() | changed)


def test_names_are_short_and_harmless() -> None:
    assert all(map(is_name, ("ada", "Zoë K.", "李")))
    assert not any(map(is_name, ("", " ada", "a" * 31, "a\nb", "a\x1b", "‮a")))
