"""Projection rows: the cached fold of each key. Written here only, from the events, never adjusted in place."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from math import isclose
from typing import Any

from mlcoach.domain.curriculum import unit_of
from mlcoach.domain.day import progress
from mlcoach.domain.event_keys import Key
from mlcoach.domain.event_order import order_of
from mlcoach.domain.events import Event, ItemAdopted
from mlcoach.domain.habit import rest as habit_rest
from mlcoach.domain.memory import items as memory_items
from mlcoach.domain.papers import passes as papers_passes
from mlcoach.store.journal import events_of
from mlcoach.store.parameters import parameters_of

CLOSE = 1e-9  # how far apart two numbers of a fold may be, relatively or in all
NEVER = date.max.toordinal()
LAST_YEAR = date.max.year  # a journal from elsewhere may say anything
TABLES = {
    "day": "day", "item": "item", "unit": "unit", "paper": "paper", "attempt": "attempt",
    "timer": "single", "rest": "single", "parameters": "single", "goal": "single", "placement": "single",
    "people": "single", "jobs": "single", "checklist": "single", "project": "single",
}  # fmt: skip


def all_keys(connection: sqlite3.Connection) -> list[Key]:
    """Return every key the journal touches, in the order in which they are folded."""
    return sorted(map(Key._make, connection.execute("SELECT DISTINCT kind, key FROM event_key")), key=_turn)


def _turn(key: Key) -> tuple[bool, Key]:
    """Order keys for folding: the parameters come first, for the items are folded with them."""
    return key.kind != "parameters", key


def row_of(
    connection: sqlite3.Connection, key: Key, histories: dict[str, list[Event]] | None = None
) -> tuple[Any, ...] | None:
    """Return the projection row that the key's events fold to, or None when nothing of it is left.

    The history of an item that was read for it is left in `histories`.
    """
    events = events_of(connection, key)
    if not events:
        return None
    match key.kind:
        case "day":
            day = progress.fold_day(events, date.fromisoformat(key.id))
            plan = None if day.plan is None else _json(day.plan)
            return (
                key.id, day.seconds, day.reviews, day.goal, day.floor, int(day.opened), day.planned_minutes, plan,
                _json(day.units), _json(day.papers), _json(day.passes), day.notes,
                date.fromisoformat(key.id).toordinal(), day.asked, day.recalled, _json(day.answered),
                _json(day.steps), _json(day.closed), int(day.finished),
            )  # fmt: skip
        case "item":
            together = history_of(connection, key.id, events)
            if histories is not None:
                histories[key.id] = together
            if not together:
                return None
            return item_row(key.id, memory_items.fold_item(together, key.id, parameters_of(connection)))
        case "unit":
            unit = progress.fold_unit(events)
            return (key.id, *unit._replace(steps=_json(unit.steps)))  # type: ignore[arg-type]
        case "paper":
            paper = papers_passes.fold_paper(events)
            if paper is None:
                return None
            return (
                key.id, paper.status, paper.reading_pass, paper.added, paper.last_day, paper.touched, paper.title,
                _json(paper.authors), paper.year if 0 < (paper.year or 0) <= LAST_YEAR else None, paper.why,
                _json(paper.passes), papers_passes.passes_done(paper),
                _json([citation.paper for citation in paper.cites]), _json(paper._asdict()),
            )  # fmt: skip
        case "attempt":
            from mlcoach.domain.practice.attempts import fold_attempts  # needed where there are some

            attempts = fold_attempts(events)
            return (
                key.id, unit_of(key.id), attempts.tries, attempts.right, attempts.first_right, attempts.last_right,
                attempts.last_day, attempts.verdict, _json(attempts.misconceptions), _json(attempts.allowed),
            )  # fmt: skip
        case "placement":
            from mlcoach.domain.placement.answers import fold_placement  # as above

            return ("placement", _json(fold_placement(events)._asdict()))
        case "people":
            from mlcoach.domain.work.people import fold_people  # as above

            return ("people", _json(fold_people(events)))
        case "jobs":
            from mlcoach.domain.work.jobs import fold_jobs  # as above

            return ("jobs", _json(fold_jobs(events)))
        case "checklist":
            from mlcoach.domain.work.checklists import fold_ticks  # as above

            return ("checklist", _json(fold_ticks(events)))
        case "project":
            from mlcoach.domain.work.projects import fold_projects  # as above

            return ("project", _json({id: state._asdict() for id, state in fold_projects(events).items()}))
        case "timer":
            timer = progress.fold_timer(events)
            return None if timer is None else ("timer", _json(timer.to_data()))
        case "parameters":
            parameters = memory_items.fold_parameters(events)
            return None if parameters is None else ("parameters", _json(parameters))
        case "goal":
            from mlcoach.domain.day.goal import fold_goal  # as attempts

            goal = fold_goal(events)
            return None if goal is None else ("goal", _json(goal))
        case _:
            return ("rest", _json(habit_rest.fold_rest(events)))


def item_row(item: str, state: memory_items.ItemState) -> tuple[Any, ...]:
    """Return the projection row of an item in this state."""
    fields = [int(value) if isinstance(value, bool) else value for value in state]
    # Days as numbers (proleptic Gregorian ordinals) let SQLite rank what is due without parsing dates.
    due_number = date.fromisoformat(state.due).toordinal() if state.due else NEVER
    return (item, unit_of(item), *fields[:-1], due_number, fields[-1])


def stored_row(connection: sqlite3.Connection, key: Key) -> tuple[Any, ...] | None:
    """Return the projection row as it is."""
    table = TABLES[key.kind]
    name = key.kind if table == "single" else key.id
    row = connection.execute(f"SELECT * FROM {table} WHERE key = ?", (name,)).fetchone()
    return None if row is None else tuple(row)


def alike(one: Any, other: Any) -> bool:
    """Return whether two folds are the same but for last digits, in which releases and machines may differ."""
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
    if isinstance(one, str) and isinstance(other, str) and one != other and one[:1] == other[:1] in ("[", "{"):
        return alike(json.loads(one), json.loads(other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    return bool(one == other)


def item_events(connection: sqlite3.Connection, item: str) -> list[Event]:
    """Return the events of an item and of every item it adopted, in journal order."""
    return _with_adopted(connection, item, events_of(connection, Key("item", item)))


def history_of(connection: sqlite3.Connection, item: str, own: list[Event] | None = None) -> list[Event]:
    """Return the events that an item is folded from; none where another item took its history over.

    `own` are the events of its key, if they are at hand.
    """
    own = events_of(connection, Key("item", item)) if own is None else own
    return [] if _went_over(own, item) else _with_adopted(connection, item, own)


def _with_adopted(connection: sqlite3.Connection, item: str, own: list[Event]) -> list[Event]:
    """Return an item's own events, without the adoptions among them, and those of every item it adopted."""
    if not any(isinstance(event.body, ItemAdopted) for event in own):
        return own
    events: dict[str, Event] = {}
    pending, seen = [item], set()
    while pending:
        key = pending.pop()
        seen.add(key)
        for event in own if key == item else events_of(connection, Key("item", key)):
            if isinstance(event.body, ItemAdopted):
                if event.body.new == key and event.body.old not in seen:
                    pending.append(event.body.old)
            else:
                events[event.id] = event
    return sorted(events.values(), key=order_of)


def _went_over(own: list[Event], item: str) -> bool:
    """Return whether another item adopted this one's history last: it then has no state of its own."""
    adopted = [event.body for event in own if isinstance(event.body, ItemAdopted)]
    return bool(adopted) and adopted[-1].old == item != adopted[-1].new


def followers(connection: sqlite3.Connection, keys: Iterable[Key]) -> list[Key]:
    """Return the keys and those whose fold depends on them too, in the order in which they are folded.

    These are the items that adopted one of them, and all items where the parameters change.
    """
    waiting, done = list(keys), set()
    if any(key.kind == "parameters" for key in waiting):
        waiting += [key for key in all_keys(connection) if key.kind == "item"]
    adopters = _adopters(connection)
    while waiting:
        key = waiting.pop()
        if key in done:
            continue
        done.add(key)
        if key.kind == "item":
            waiting.extend(Key("item", new) for new in adopters.get(key.id, ()))
    return sorted(done, key=_turn)


def _adopters(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return by item which items ever took over its history: renames are few, however many items there are."""
    adopters: dict[str, list[str]] = {}
    rows = connection.execute(
        "SELECT json_extract(data, '$.old'), json_extract(data, '$.new') FROM event WHERE kind = 'item_adopted'"
    )
    for old, new in rows:
        adopters.setdefault(old, []).append(new)
        adopters.setdefault(new, []).append(new)
    return adopters


def write_row(connection: sqlite3.Connection, key: Key, row: tuple[Any, ...] | None) -> None:
    """Replace the row of a key, or take it away where nothing of it is left."""
    table = TABLES[key.kind]
    if row is None:
        name = key.kind if table == "single" else key.id
        connection.execute(f"DELETE FROM {table} WHERE key = ?", (name,))
    else:
        marks = ", ".join("?" for _ in row)
        connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
