"""The checkpoint of the streak: never another walk than the one over all days."""

from datetime import date, timedelta
from sqlite3 import Connection

import pytest

from mlcoach.domain.events import DayOpened, RestPlanned, TimeLogged
from mlcoach.domain.habit.streak import START, Streak, walk
from mlcoach.store.checkpoint import DAYS_LEFT_OPEN, RENEWED_AFTER_DAYS, days_after, read_checkpoint, rest_spans
from tests.store.journals import MONDAY, arrive, do, in_memory

DAYS = RENEWED_AFTER_DAYS + DAYS_LEFT_OPEN + 20
LAST = MONDAY + timedelta(days=DAYS - 1)
MISSED = 7  # every so many days one is left out


def study(connection: Connection, day: date) -> None:
    do(connection, DayOpened(120, 20), TimeLogged(1800), day=day)


@pytest.fixture
def connection() -> Connection:
    """A store of more than two months, with a checkpoint and a missed day in each week."""
    made = in_memory()
    for number in range(DAYS):
        if number % MISSED:
            study(made, MONDAY + timedelta(days=number))
    return made


def streak(connection: Connection, today: date = LAST) -> Streak:
    """Return the streak as commands walk over it: from the checkpoint on."""
    known = read_checkpoint(connection)
    return walk(days_after(connection, known.judged), rest_spans(connection), today, known)


def whole(connection: Connection) -> Streak:
    return walk(days_after(connection, 0), rest_spans(connection), LAST)


def assert_same_streak(connection: Connection) -> None:
    assert streak(connection)._replace(states={}) == whole(connection)._replace(states={})


def test_two_weeks_are_left_open(connection: Connection) -> None:
    known = read_checkpoint(connection)
    assert MONDAY.toordinal() + RENEWED_AFTER_DAYS - 1 <= known.judged < LAST.toordinal() - DAYS_LEFT_OPEN
    assert_same_streak(connection)


def test_a_short_history_has_none() -> None:
    short = in_memory()
    for number in range(RENEWED_AFTER_DAYS + DAYS_LEFT_OPEN):
        study(short, MONDAY + timedelta(days=number))
    assert read_checkpoint(short) == START
    study(short, MONDAY + timedelta(days=RENEWED_AFTER_DAYS + DAYS_LEFT_OPEN))
    assert read_checkpoint(short).judged == MONDAY.toordinal() + RENEWED_AFTER_DAYS - 1


@pytest.mark.parametrize("behind", [40, 1, 0, -1])
def test_an_entry_for_a_day_near_its_edge_counts(connection: Connection, behind: int) -> None:
    do(connection, TimeLogged(5 * 3600), day=date.fromordinal(read_checkpoint(connection).judged - behind))
    assert_same_streak(connection)


def test_a_missed_day_at_its_very_edge_is_repaired() -> None:
    connection = in_memory()
    edge, days = RENEWED_AFTER_DAYS - 1, RENEWED_AFTER_DAYS + DAYS_LEFT_OPEN + 1
    today = MONDAY + timedelta(days=days - 1)
    for number in range(days):
        if number != edge:
            study(connection, MONDAY + timedelta(days=number))
    assert read_checkpoint(connection).judged == MONDAY.toordinal() + edge
    assert streak(connection, today).current == days - edge - 1
    study(connection, MONDAY + timedelta(days=edge))
    assert streak(connection, today).current == days


def test_rest_planned_for_a_day_behind_it_counts(connection: Connection) -> None:
    first = MONDAY + timedelta(days=MISSED)
    do(connection, RestPlanned(first.isoformat(), first.isoformat()))
    assert_same_streak(connection)


def test_entries_of_another_machine_count_wherever_they_belong(connection: Connection) -> None:
    other = in_memory()
    told = [
        event
        for number in range(0, DAYS, MISSED)
        for event in do(other, DayOpened(120, 20), TimeLogged(1800), day=MONDAY + timedelta(days=number))
    ]
    arrive(connection, told)
    assert_same_streak(connection)
    assert whole(connection).best == DAYS
