"""Reminders: when they come by the wall clock, and when they have nothing to say."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.habit.reminders import KINDS, ReminderInput, Times, is_quiet, occurrences, remind, unsent

BERLIN = ZoneInfo("Europe/Berlin")
TIMES = Times(20 * 60, 21 * 60 + 30, 4, (22 * 60 + 30, 7 * 60), frozenset(KINDS), frozenset({1, 3}), 6)
NOW = ReminderInput(
    date(2026, 11, 24), 0, 120, 20, 12, True, False, slot=1200, first="Vectors", first_command="mlcoach start vectors"
)


def instant(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_a_week_of_reminders() -> None:
    found = occurrences(TIMES, instant("2026-11-23T00:00"), instant("2026-11-30T00:00"), BERLIN)
    assert [f"{one.at:%a %H:%M} {one.kind}" for one in found] == [
        "Mon 20:00 slot", "Mon 21:30 streak", "Tue 20:00 slot", "Tue 20:00 paper", "Tue 21:30 streak",
        "Wed 20:00 slot", "Wed 21:30 streak", "Thu 20:00 slot", "Thu 20:00 paper", "Thu 21:30 streak",
        "Fri 20:00 slot", "Fri 21:30 streak", "Sat 20:00 slot", "Sat 21:30 streak", "Sun 20:00 slot", "Sun 20:00 week",
        "Sun 21:30 streak",
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "instants"), [("2026-03-29", ["01:30"]), ("2026-10-25", ["00:30"])])
def test_an_hour_twice_or_never_reminds_once(day: str, instants: list[str]) -> None:
    """02:30 does not exist in March and is there twice in October."""
    times = TIMES._replace(slot=150, rollover=0, kinds=frozenset({"slot"}))
    begin = instant(f"{day}T00:00")
    found = occurrences(times, begin, begin + timedelta(days=1), BERLIN)
    assert [f"{one.at.astimezone(UTC):%H:%M}" for one in found] == instants


zones = st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
stretches = st.lists(st.integers(1, 3000), min_size=1, max_size=12)


@given(zones, st.integers(0, 365 * 24 * 60), stretches, st.integers(0, 1439), st.integers(0, 12))
def test_however_time_is_cut_each_comes_once(
    name: str, minute: int, lengths: list[int], slot: int, rollover: int
) -> None:
    zone = ZoneInfo(name)
    times = TIMES._replace(slot=slot, rollover=rollover)
    begin = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    cuts = [begin]
    for length in lengths:
        cuts.append(cuts[-1] + timedelta(minutes=length))
    pieces = [one for after, until in pairwise(cuts) for one in occurrences(times, after, until, zone)]
    assert pieces == occurrences(times, begin, cuts[-1], zone)
    assert len({(one.kind, one.day) for one in pieces}) == len(pieces)


def test_what_was_sent_today_is_not_sent_again() -> None:
    window = (instant("2026-11-24T19:59"), instant("2026-11-24T20:00"), BERLIN)
    assert [one.kind for one in unsent(TIMES, *window, {})] == ["slot", "paper"]
    assert [one.kind for one in unsent(TIMES, *window, {"slot": "2026-11-24", "paper": "2026-11-19"})] == ["paper"]


def test_yesterdays_reminders_are_over() -> None:
    assert unsent(TIMES, instant("2026-11-23T19:00"), instant("2026-11-24T04:00"), BERLIN, {}) == []
    late = unsent(TIMES, instant("2026-11-23T19:00"), instant("2026-11-24T03:59"), BERLIN, {})
    assert [one.kind for one in late] == ["slot", "streak"]
    # After years of sleep only today counts.
    assert unsent(TIMES, instant("1990-01-01T00:00"), instant("2026-11-24T19:00"), BERLIN, {}) == []


def test_quiet_hours_go_over_midnight() -> None:
    assert [is_quiet(TIMES, instant(f"2026-11-24T{at}")) for at in ("22:29", "22:30", "00:00", "06:59", "07:00")] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert not is_quiet(TIMES._replace(quiet=None), instant("2026-11-24T23:00"))


@pytest.mark.parametrize(
    ("kind", "change", "title"),
    [
        ("slot", {}, "20:00: 2h of study"),
        ("slot", {"cue": "after dinner", "done": 30}, "After dinner, at 20:00: 1h30m of study"),
        ("slot", {"done": 120}, None), ("slot", {"timer": 5}, None), ("slot", {"resting": True}, None),
        ("slot", {"goal": 0}, None),
        ("streak", {}, "20m keep your streak of 12"),
        ("streak", {"streak_shown": False}, "20m are enough for today"),
        ("streak", {"done": 15}, "5m keep your streak of 12"),
        ("streak", {"done": 20}, None), ("streak", {"streak": 0}, None), ("streak", {"timer": 20}, None),
        ("streak", {"resting": True}, None),
        ("paper", {"paper": "Adam, pass 1"}, "Paper day: Adam, pass 1"), ("paper", {}, None),
        ("paper", {"paper": "Adam, pass 1", "resting": True}, None),
        ("week", {}, "Five minutes to look back on the week"), ("week", {"looked_back": True}, None),
        ("week", {"resting": True}, None),
        ("timer", {"timer": 200, "timer_on": "Vectors"}, "A timer has been running for 3h20m on Vectors"),
        ("timer", {"timer": 200, "resting": True}, "A timer has been running for 3h20m"),
        ("timer", {"timer": 179}, None),
    ],
)  # fmt: skip
def test_what_a_reminder_says(kind: str, change: dict[str, object], title: str | None) -> None:
    said = remind({kind}, NOW._replace(**change))
    assert (said.title if said else None) == title


def test_several_become_one() -> None:
    said = remind(KINDS, NOW._replace(paper="Adam, pass 1", timer=0))
    assert said is not None
    # Late in the evening the small step is asked for instead of two hours.
    assert (said.title, said.kinds) == ("20m keep your streak of 12", ("streak", "paper", "week"))
    assert said.lines == (
        "A small step: mlcoach today --minutes 20", "Paper day: Adam, pass 1: mlcoach paper",
        "Five minutes to look back on the week: mlcoach week",
    )  # fmt: skip
    assert remind((), NOW) is None


def test_a_project_and_an_idea_stand_below_the_slot_and_nowhere_else() -> None:
    now = NOW._replace(project="Late invoices", idea="Birdsong")
    slot = remind({"slot"}, now)
    assert slot is not None
    assert slot.lines[1:] == (
        "Time for the project today: Late invoices. mlcoach project",
        "Decide on the idea today: Birdsong. mlcoach project list",
    )
    week = remind({"week"}, now)
    assert week is not None
    assert len(week.lines) == 1
    first = remind({"slot"}, now._replace(first="Late invoices", first_command="mlcoach start project:1"))
    assert first is not None
    assert not any("Time for the project" in line for line in first.lines)
