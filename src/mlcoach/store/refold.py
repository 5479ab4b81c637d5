"""Folding rows again: those of the keys that were touched, or all of them."""

import sqlite3
from collections.abc import Iterator

from mlcoach.domain.bulk import OnProgress
from mlcoach.domain.event_keys import Key
from mlcoach.domain.events import Event
from mlcoach.store.checkpoint import keep_checkpoint
from mlcoach.store.database import transaction
from mlcoach.store.journal import ANSWERED, Touched, fold_revocations, rebuild_keys
from mlcoach.store.parameters import is_of_older_model
from mlcoach.store.projections import TABLES, all_keys, followers, row_of, write_row

STEP = 200  # keys folded before the next word about it
MOST_AT_HAND = 200_000  # answers
MANY = 1000  # answers, from which it is looked whether they are most of all


def refold(connection: sqlite3.Connection, touched: Touched, on_progress: OnProgress | None = None) -> None:
    """Fold what was touched again and replace its rows, inside the caller's transaction.

    `on_progress` hears (rows done, rows in all) as a long fold goes on.
    """
    folded = followers(connection, touched.keys)
    if len(touched.memory) >= MANY and _is_most(connection, len(touched.memory)):
        _refold_all_memory(connection, folded, touched.memory, on_progress)
        return
    # Read once for an item's row and for what its answers teach; of very many, memory is worth more than time.
    histories: dict[str, list[Event]] | None = {} if len(touched.memory) <= MOST_AT_HAND else None
    for done, key in enumerate(folded, start=1):
        write_row(connection, key, row_of(connection, key, histories))
        if on_progress and (done % STEP == 0 or done == len(folded)):
            on_progress(done, len(folded))
    keep_checkpoint(connection, folded)
    if not touched.memory:
        return
    # Learning from answers is needed by those commands alone that write some.
    from mlcoach.store.learner_model import changed_from, refolded

    since = changed_from(connection, touched.memory)
    for done, coming in refolded(connection, since, histories) if since else ():
        if on_progress:
            on_progress(len(folded) + done, len(folded) + coming)


def _is_most(connection: sqlite3.Connection, answers: int) -> bool:
    """Return whether so many answers are at least a half of all."""
    there = connection.execute(f"SELECT count(*) FROM event WHERE {ANSWERED}").fetchone()[0]
    return bool(answers * 2 >= there)


def _refold_all_memory(
    connection: sqlite3.Connection, folded: list[Key], written: list[Event], on_progress: OnProgress | None
) -> None:
    """Fold what was touched, and all items with it: where most answers are new, one read of them is less work."""
    from mlcoach.store.memory.fold import fold_memory

    others = [key for key in folded if key.kind != "item"]
    for key in others:
        write_row(connection, key, row_of(connection, key))
    keep_checkpoint(connection, others)
    for done, coming in fold_memory(connection, written):
        if on_progress:
            on_progress(done, coming)


def refold_kinds(connection: sqlite3.Connection) -> None:
    """Fold the rows of the kinds again of which a migration left word, and take that word away, in one transaction."""
    with transaction(connection):
        row = connection.execute("SELECT value FROM meta WHERE name = 'refold'").fetchone()
        kinds = set(row[0].split()) if row else set()
        for key in all_keys(connection):
            if key.kind in kinds:
                write_row(connection, key, row_of(connection, key))
        if "correction" in kinds:
            from mlcoach.store.learner_model import BEGINNING, refolded

            for _ in refolded(connection, BEGINNING):
                pass
        connection.execute("DELETE FROM meta WHERE name = 'refold'")


def renew_memory(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Fold what the memory model decides again, in one transaction, where another version of it did.

    Yields (done, in all) as it goes.
    """
    from mlcoach.store.memory.fold import fold_memory

    with transaction(connection):
        if is_of_older_model(connection):  # another process may have been first
            yield from fold_memory(connection)


def rebuild_all(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Do as `rebuilt` does in one transaction, yielding (keys done, keys in all) as it goes."""
    with transaction(connection):
        yield from rebuilt(connection)


def rebuilt(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Work out again which keys each event touches, and fold everything again, inside the caller's transaction."""
    rebuild_keys(connection)
    fold_revocations(connection)
    for table in set(TABLES.values()):
        connection.execute(f"DELETE FROM {table}")
    from mlcoach.store.memory.fold import fold_memory

    keys = [key for key in all_keys(connection) if key.kind != "item"]
    for done, key in enumerate(keys, start=1):
        write_row(connection, key, row_of(connection, key))
        if done % STEP == 0 or done == len(keys):
            yield done, len(keys)
    keep_checkpoint(connection, ())
    for done, coming in fold_memory(connection):
        yield len(keys) + done, len(keys) + coming
