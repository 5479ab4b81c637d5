"""Reserved hours: which moment they begin at, what collides, what is free."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.habit.slots import (
    Busy,
    Collision,
    Proposal,
    Week,
    clock_of,
    collisions,
    in_quiet,
    minutes_of,
    proposals,
    quiet_span,
    reserve,
)

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
NIGHT = quiet_span("22:30..07:00")


def busy(title: str, begin: str, end: str) -> Busy:
    return Busy(title, *(datetime.fromisoformat(text).replace(tzinfo=BERLIN) for text in (begin, end)))


def week(*minutes: int, begin: str = "20:00", rollover: int = 4) -> Week:
    days = [(MONDAY + timedelta(days=number), length) for number, length in enumerate(minutes)]
    return Week(days, minutes_of(begin), NIGHT, rollover, BERLIN)


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2026-03-28", "2026-03-28T19:00"), ("2026-03-29", "2026-03-29T18:00"),  # forward in the night between
        ("2026-10-24", "2026-10-24T18:00"), ("2026-10-25", "2026-10-25T19:00"),  # and back
    ],
)  # fmt: skip
def test_eight_in_the_evening_stays_eight(day: str, utc: str) -> None:
    slot = reserve(date.fromisoformat(day), minutes_of("20:00"), 120, 4, BERLIN)
    assert slot.begin.astimezone(UTC) == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert slot.begin.hour == 20


def test_a_slot_over_the_change_keeps_its_minutes() -> None:
    forward = reserve(date(2026, 3, 28), minutes_of("01:30"), 60, 4, BERLIN)
    assert (forward.begin.isoformat(), forward.end.isoformat()) == (
        "2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00",
    )  # fmt: skip
    back = reserve(date(2026, 10, 24), minutes_of("01:30"), 120, 4, BERLIN)
    assert back.end.isoformat() == "2026-10-25T02:30:00+01:00"


def test_an_hour_that_is_leapt_over_is_read_with_the_offset_before() -> None:
    slot = reserve(date(2026, 3, 28), minutes_of("02:30"), 60, 4, BERLIN)
    assert slot.begin.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_before_the_rollover_the_slot_is_in_the_night_after() -> None:
    assert reserve(MONDAY, minutes_of("01:00"), 60, 4, BERLIN).begin.date() == date(2026, 11, 24)
    assert reserve(MONDAY, minutes_of("04:00"), 60, 4, BERLIN).begin.date() == MONDAY
    assert reserve(MONDAY, minutes_of("01:00"), 60, 0, BERLIN).begin.date() == MONDAY


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439))
def test_quiet_hours_are_as_long_on_either_side_of_midnight(begin: int, end: int, minute: int) -> None:
    span = quiet_span(f"{clock_of(begin)}..{clock_of(end)}")
    inside = span is not None and (minute - begin) % 1440 < (end - begin) % 1440
    assert in_quiet(minute, span) == inside


def test_an_event_that_touches_a_slot_does_not_collide() -> None:
    touching = [
        busy("before", "2026-11-23T19:00", "2026-11-23T20:00"),
        busy("after", "2026-11-23T22:00", "2026-11-23T23:00"),
    ]
    assert collisions(week(120), touching) == []


def test_a_collision_names_the_nearest_free_time_of_that_day() -> None:
    choir = busy("Choir", "2026-11-24T19:30", "2026-11-24T21:00")
    found = collisions(week(120, 60), [choir])
    assert [(one.reserved.day, one.busy.title, one.instead) for one in found] == [
        (date(2026, 11, 24), "Choir", minutes_of("21:00")),
    ]  # fmt: skip
    full = busy("Move house", "2026-11-24T00:00", "2026-11-25T00:00")
    assert [one.instead for one in collisions(week(120, 60), [full])] == [None]


def test_proposals_leave_the_quiet_hours_alone() -> None:
    found = proposals(week(120), [], 100)
    assert found[0] == Proposal(minutes_of("20:00"), 1)
    assert {one.begin for one in found} == set(range(minutes_of("07:00"), minutes_of("20:31"), 30))


def test_proposals_fit_the_longest_day() -> None:
    assert max(one.begin for one in proposals(week(60, 180), [], 100)) == minutes_of("19:30")


def test_what_is_free_on_more_days_comes_first_then_what_is_nearer() -> None:
    evenings = [busy("Course", f"2026-11-{day}T19:00", f"2026-11-{day}T22:00") for day in (23, 25)]
    assert proposals(week(120, 120, 120), evenings, 3) == [
        Proposal(minutes_of("17:00"), 3), Proposal(minutes_of("16:30"), 3), Proposal(minutes_of("16:00"), 3),
    ]  # fmt: skip


spans = st.tuples(st.integers(0, 7 * 1440), st.integers(1, 600))


@given(st.lists(spans, max_size=12), st.lists(st.integers(1, 300), min_size=1, max_size=7))
def test_a_day_is_free_or_collides(taken: list[tuple[int, int]], minutes: list[int]) -> None:
    start = datetime(2026, 11, 23, tzinfo=BERLIN)
    events = [
        Busy(str(n), start + timedelta(minutes=at), start + timedelta(minutes=at + long))
        for n, (at, long) in enumerate(taken)
    ]
    looked_at = week(*minutes)
    collided = {one.reserved.day for one in collisions(looked_at, events)}
    by_hand = {
        day
        for day, length in looked_at.days
        for slot in [looked_at.slot(day, length, looked_at.begin)]
        if any(event.begin < slot.end and event.end > slot.begin for event in events)
    }
    assert collided == by_hand
    free = {one.begin: one.free_days for one in proposals(looked_at, events, 100)}
    if looked_at.begin in looked_at.beginnings(max(minutes)):
        assert free.get(looked_at.begin, 0) == len(minutes) - len(collided)


def test_collisions_are_whole() -> None:
    choir = busy("Choir", "2026-11-23T19:30", "2026-11-23T21:00")
    looked_at = week(120)
    slot = looked_at.slot(MONDAY, 120, looked_at.begin)
    assert collisions(looked_at, [choir]) == [Collision(slot, choir, minutes_of("17:30"))]
