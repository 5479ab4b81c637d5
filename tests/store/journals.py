"""Small journals for the tests of the store: connections in memory, random events, and what the rows say."""

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from mlcoach.domain.events import (
    AnswerKept,
    Attempted,
    CardDrafted,
    CodeAllowed,
    DayOpened,
    DayPlanned,
    DraftSettled,
    Event,
    FileWritten,
    ItemAdopted,
    ItemDiscussed,
    ItemGraded,
    ItemMarked,
    ItemScheduled,
    ParametersAdopted,
    PlacementAnswered,
    PlacementJudged,
    RestCleared,
    RestPlanned,
    Revoked,
    TimeLogged,
    TimerCancelled,
    TimerStarted,
    TimerStopped,
    UnitMarked,
)
from mlcoach.domain.memory.fsrs6 import DEFAULT_PARAMETERS
from mlcoach.domain.paper_events import (
    PaperAdded,
    PaperCardMade,
    PaperCited,
    PaperDescribed,
    PaperDropped,
    PaperNoted,
    PaperQuestionAsked,
    PaperStepChecked,
    PassFinished,
)
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.domain.work_events import (
    ChecklistTicked,
    ProjectBegun,
    ProjectDropped,
    ProjectIdeaKept,
    ProjectMeasured,
    ProjectNoted,
    ProjectStageFinished,
    ProjectStepChecked,
)
from mlcoach.store.append import NewEvent, append
from mlcoach.store.journal import insert
from mlcoach.store.open_database import connect_to_read
from mlcoach.store.projections import TABLES, all_keys, row_of, stored_row
from mlcoach.store.refold import refold

APPLIED = "2026-11-23T20:00:00+01:00"
MONDAY = date(2026, 11, 23)
NOON = 1_795_431_600_000_000  # microseconds, 2026-11-23 11:00 UTC
MINUTE = 60_000_000
FITTED = (*DEFAULT_PARAMETERS[:8], 1.6, *DEFAULT_PARAMETERS[9:20], 0.4)  # as a fit could find them


# Closed after each test by a fixture: an open connection that is collected is a warning, which fails a test.
OPENED: list[sqlite3.Connection] = []


def in_memory() -> sqlite3.Connection:
    """Return a new store that lives in memory until the test ends."""
    connection = connect_to_read(Path("/nowhere/mlcoach.db"), APPLIED)
    OPENED.append(connection)
    return connection


def do(
    connection: sqlite3.Connection, *bodies: Any, minute: int = 0, day: date = MONDAY, command: str = ""
) -> list[Event]:
    """Append events as one command, `minute` minutes after noon."""
    new = [NewEvent(body, day) for body in bodies]
    name = command or f"c{connection.execute('SELECT count(*) FROM event').fetchone()[0]}"
    return append(connection, new, LocalInstant(NOON + minute * MINUTE, 60), name, f"typed {name}")


def rows(connection: sqlite3.Connection, *, revoked: bool = False) -> dict[str, list[Any]]:
    """Return all rows that were folded, by table."""
    tables = sorted(set(TABLES.values())) + (["revoked"] if revoked else [])
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}


def assert_rows_are_folds(connection: sqlite3.Connection) -> None:
    """Fail unless every row is the fold of its key's events, and no row is without a key."""
    keys = all_keys(connection)
    for key in keys:
        assert stored_row(connection, key) == row_of(connection, key), key
    named = {(TABLES[key.kind], key.kind if TABLES[key.kind] == "single" else key.id) for key in keys}
    found = {(table, row[0]) for table, of_table in rows(connection).items() for row in of_table}
    assert found <= named


def arrive(connection: sqlite3.Connection, events: list[Event]) -> None:
    """Let events arrive as a merge brings them: inserted as they are, their keys folded."""
    connection.execute("BEGIN IMMEDIATE")
    refold(connection, insert(connection, events, "merged"))
    connection.execute("COMMIT")


_items = st.sampled_from(("a.b/one", "a.b/two", "a.c/three"))
_units = st.sampled_from(("a.b", "a.c"))
_papers = st.sampled_from(("arxiv:1706.03762", "slug"))
_projects = st.sampled_from(("cafe01", "cafe02"))
_days = st.integers(0, 6).map(lambda days: MONDAY + timedelta(days=days))
_iso = _days.map(date.isoformat)
_seconds = st.integers(1, 5000)
_about = st.one_of(
    st.fixed_dictionaries({"unit": _units}),
    st.fixed_dictionaries({"paper": _papers}),
    st.fixed_dictionaries({"work": st.just("project:cafe01")}),
    st.just(dict[str, str]()),
)

BODIES = st.one_of(
    st.builds(
        lambda seconds, about, by: TimeLogged(seconds, **about, worded_by=by),
        _seconds,
        _about,
        st.sampled_from(("", "assistant")),
    ),
    st.builds(lambda about: TimerStarted(**about), _about),
    st.builds(
        lambda began, took, about, day: TimerStopped(began, began + took, stopped_on=day, **about),
        st.integers(NOON, NOON + 60 * MINUTE),
        st.integers(-MINUTE, 90 * MINUTE),
        _about,
        st.one_of(st.just(""), _iso),
    ),
    st.just(TimerCancelled()),
    st.builds(
        lambda item, rating, seconds, due: ItemGraded(item, rating, seconds, due),
        _items,
        st.integers(1, 4),
        st.integers(0, 90),
        st.one_of(st.just(""), _iso),
    ),
    st.builds(
        lambda item, rating, due: ItemGraded(item, rating, 9, due, origin="anki"),
        _items,
        st.integers(1, 4),
        st.one_of(st.just(""), _iso),
    ),
    st.builds(ItemScheduled, _items, _iso, st.floats(0.01, 900), st.floats(1, 10), st.just("anki")),
    st.builds(AnswerKept, st.just("1700000000000"), st.integers(1, 4), st.integers(0, 60), st.just("reviews")),
    st.builds(ParametersAdopted, st.sampled_from((FITTED, ()))),
    st.builds(ItemMarked, _items, st.sampled_from(("suspended", "resumed", "buried", "flagged", "unflagged")), _iso),
    st.builds(ItemAdopted, _items, _items),
    st.builds(UnitMarked, _units, st.sampled_from(("passed", "skipped", "learning"))),
    st.builds(RestPlanned, _iso, _iso),
    st.builds(RestCleared, _iso, _iso),
    st.builds(
        Attempted,
        _items,
        st.sampled_from(("right", "wrong", "error", "timeout")),
        st.just("tests"),
        misconception=st.sampled_from(("", "no-max")),
        failed=st.sampled_from(((), ("shift",))),
    ),
    st.builds(PlacementAnswered, st.just("a.b"), st.just("a.b/pre"), st.booleans(), st.just("self"), seconds=_seconds),
    st.builds(
        PlacementJudged,
        st.integers(1, 30),
        st.just(({"unit": "a.b", "probability": 0.9, "verdict": "known", "because": "a.b"},)),
        st.booleans(),
    ),
    st.builds(CodeAllowed, _items, st.sampled_from(("d1", "d2")), st.booleans()),
    st.builds(
        ItemDiscussed, _items, st.sampled_from(("said", "hint", "solution", "sentence")), st.just("so"), _seconds
    ),
    st.builds(CardDrafted, st.just("a.b"), st.just({"q": "What?", "a": "That."})),
    st.builds(DraftSettled, st.just("aa-1"), st.sampled_from(("", "a.b/what"))),
    st.builds(PaperAdded, _papers, st.sampled_from(("One", "Two"))),
    st.builds(PaperStepChecked, _papers, st.integers(1, 3), st.sampled_from(("x", "y")), st.booleans()),
    st.builds(PaperNoted, _papers, st.just("a note")),
    st.builds(PassFinished, _papers, st.integers(1, 3), st.sampled_from(("go-on", "stop", "later")), _seconds),
    st.builds(PaperDropped, _papers),
    st.builds(
        PaperDescribed, _papers, st.sampled_from(("", "Title")), details=st.just({"doi": "10.1/x", "tags": ["a"]})
    ),
    st.builds(PaperQuestionAsked, _papers, st.integers(1, 3), st.just("q1"), st.just("Why?"), st.booleans()),
    st.builds(PaperCited, _papers, st.just("arxiv:1206.5533"), st.booleans(), st.booleans()),
    st.builds(PaperCardMade, _papers, st.just("papers.own.terms/a")),
    st.builds(ChecklistTicked, st.just("portfolio"), st.sampled_from(("x", "y")), st.booleans()),
    st.builds(
        ProjectIdeaKept, _projects, st.just("An idea"), st.integers(0, 2), decide_by=st.one_of(st.just(""), _iso)
    ),
    st.builds(ProjectBegun, _projects, st.sampled_from(("One", "Two"))),
    st.builds(ProjectStepChecked, _projects, st.just("project-workflow"), st.sampled_from(("x", "y")), st.booleans()),
    st.builds(ProjectMeasured, _projects, st.sampled_from(("model", "business")), value=st.sampled_from(("", "0.7"))),
    st.builds(ProjectStageFinished, _projects, st.integers(1, 5), st.sampled_from(("go-on", "back", "stop"))),
    st.builds(ProjectNoted, _projects, st.just("a note")),
    st.builds(ProjectDropped, _projects),
    st.builds(DayOpened, st.integers(0, 200), st.integers(1, 60)),
    st.builds(DayPlanned, st.integers(0, 200), st.just(({"kind": "close"},)), st.booleans()),
    st.builds(FileWritten, st.just("config/config.toml"), st.just(""), st.just("ab")),
)


@st.composite
def journals(draw: st.DrawFn) -> list[Event]:
    """Draw what two devices wrote: clocks that jump, entries for other days, revocations of revocations.

    Grades follow the one before of their item, or none, as they do where two devices did not know of each other.
    """
    events: list[Event] = []
    for device in ("aa", "bb"):
        own: list[Event] = []
        for seq in range(1, draw(st.integers(0, 8)) + 1):
            standing = _standing(own)
            if standing and draw(st.integers(0, 3)) == 0:
                body: Any = Revoked((draw(st.sampled_from(standing)),))
            else:
                body = draw(BODIES)
            if isinstance(body, ItemGraded) and draw(st.booleans()):
                before = [event.id for event in own if getattr(event.body, "item", "") == body.item]
                body = body._replace(after=before[-1] if before else "")
            day = draw(_days)
            # No clock was right that is more than a day behind the study day.
            late = max(0, (day - MONDAY).days - draw(st.integers(0, 1)))
            instant = NOON + (late * 24 * 60 + draw(st.integers(-300, 300))) * MINUTE
            name, command = f"{device}-{seq}", f"{device}-c{seq}"
            own.append(Event(name, instant, 60, day, instant, device, seq, command, body, day != MONDAY))
        events += own
    return events


def _standing(events: list[Event]) -> list[str]:
    """Return the events that are not revoked: the only ones that can be taken back."""
    revoked: set[str] = set()
    for event in reversed(events):
        if isinstance(event.body, Revoked) and event.id not in revoked:
            revoked.update(event.body.events)
    return [event.id for event in events if event.id not in revoked]
