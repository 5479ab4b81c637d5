"""The schema of the database, one numbered step at a time.

Each migration runs in one transaction together with its record. A released migration is never edited; a new schema is
a new function at the end of the list. Tables of projections hold nothing that the journal could not rebuild.
"""

import sqlite3
from collections.abc import Callable

Migration = Callable[[sqlite3.Connection], None]


def m001_journal_and_projections(connection: sqlite3.Connection) -> None:
    """The journal, what it touches, and the folded rows that reading commands use."""
    for statement in _JOURNAL + _PROJECTIONS:
        connection.execute(statement)


_JOURNAL = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE event (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        happened INTEGER NOT NULL,
        offset_minutes INTEGER NOT NULL,
        study_day TEXT NOT NULL,
        recorded INTEGER NOT NULL,
        device TEXT NOT NULL,
        seq INTEGER NOT NULL,
        command TEXT NOT NULL,
        command_text TEXT NOT NULL,
        kind TEXT NOT NULL,
        backdated INTEGER NOT NULL,
        data TEXT NOT NULL,
        UNIQUE (device, seq)
    ) STRICT""",
    "CREATE INDEX event_by_command ON event (command)",
    "CREATE INDEX event_by_kind ON event (kind, number)",
    # Which keys an event touches: a fold reads the events of one key in one index range.
    """CREATE TABLE event_key (
        kind TEXT NOT NULL,
        key TEXT NOT NULL,
        event INTEGER NOT NULL REFERENCES event (number),
        PRIMARY KEY (kind, key, event)
    ) STRICT, WITHOUT ROWID""",
)

_PROJECTIONS = (
    "CREATE TABLE revoked (event TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    """CREATE TABLE day (
        key TEXT PRIMARY KEY,
        seconds INTEGER NOT NULL,
        reviews INTEGER NOT NULL,
        goal INTEGER NOT NULL,
        floor INTEGER NOT NULL,
        opened INTEGER NOT NULL,
        planned_minutes INTEGER NOT NULL,
        plan TEXT,
        units TEXT NOT NULL,
        papers TEXT NOT NULL,
        passes TEXT NOT NULL,
        notes INTEGER NOT NULL,
        number INTEGER NOT NULL
    ) STRICT""",
    # The walk over all days for the streak reads this index alone, never the plans.
    "CREATE INDEX day_minutes ON day (number, seconds, goal, floor)",
    """CREATE TABLE item (
        key TEXT PRIMARY KEY,
        unit TEXT NOT NULL,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        due TEXT NOT NULL,
        last_day TEXT NOT NULL,
        first_day TEXT NOT NULL,
        interval INTEGER NOT NULL,
        repetitions INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        last_grade TEXT NOT NULL,
        first_recalled TEXT NOT NULL,
        last_recalled TEXT NOT NULL,
        suspended INTEGER NOT NULL,
        buried_until TEXT NOT NULL,
        flagged INTEGER NOT NULL,
        due_number INTEGER NOT NULL
    ) STRICT""",
    # All that finding and ranking the due items needs, so that a wall of overdue ones costs one scan of this index.
    "CREATE INDEX item_due ON item (suspended, due_number, buried_until, interval, unit, key)",
    "CREATE INDEX item_unit ON item (unit, first_day)",
    "CREATE INDEX item_first_day ON item (first_day)",
    """CREATE TABLE unit (
        key TEXT PRIMARY KEY,
        mark TEXT NOT NULL,
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL,
        passed_day TEXT NOT NULL,
        seconds INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE paper (
        key TEXT PRIMARY KEY,
        status TEXT NOT NULL,
        reading_pass INTEGER NOT NULL,
        added TEXT NOT NULL,
        last_day TEXT NOT NULL,
        data TEXT NOT NULL
    ) STRICT""",
    "CREATE TABLE single (key TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID",
)


def m002_text_of_the_last_answer(connection: sqlite3.Connection) -> None:
    """Item rows remember the digest of what the item said when it was answered last; before this, none is known."""
    connection.execute("ALTER TABLE item RENAME TO item_before")
    for index in ("item_due", "item_unit", "item_first_day"):
        connection.execute(f"DROP INDEX {index}")
    for statement in _ITEM_WITH_TEXT:
        connection.execute(statement)
    columns = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(item_before)"))
    connection.execute(f"INSERT INTO item ({columns}, text) SELECT {columns}, '' FROM item_before")
    connection.execute("DROP TABLE item_before")


_ITEM_WITH_TEXT = (
    """CREATE TABLE item (
        key TEXT PRIMARY KEY,
        unit TEXT NOT NULL,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        due TEXT NOT NULL,
        last_day TEXT NOT NULL,
        first_day TEXT NOT NULL,
        interval INTEGER NOT NULL,
        repetitions INTEGER NOT NULL,
        lapses INTEGER NOT NULL,
        last_grade TEXT NOT NULL,
        first_recalled TEXT NOT NULL,
        last_recalled TEXT NOT NULL,
        suspended INTEGER NOT NULL,
        buried_until TEXT NOT NULL,
        flagged INTEGER NOT NULL,
        text TEXT NOT NULL,
        due_number INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX item_due ON item (suspended, due_number, buried_until, interval, unit, key)",
    "CREATE INDEX item_unit ON item (unit, first_day)",
    "CREATE INDEX item_first_day ON item (first_day)",
)


def m003_papers_listed_from_columns(connection: sqlite3.Connection) -> None:
    """What a list of papers shows is in columns, and the rest of what is known of one behind them."""
    connection.execute("DROP TABLE paper")
    connection.execute(
        """CREATE TABLE paper (
            key TEXT PRIMARY KEY,
            status TEXT NOT NULL,
            reading_pass INTEGER NOT NULL,
            added TEXT NOT NULL,
            last_day TEXT NOT NULL,
            touched INTEGER NOT NULL,
            title TEXT NOT NULL,
            authors TEXT NOT NULL,
            year INTEGER,
            why TEXT NOT NULL,
            passes TEXT NOT NULL,
            passes_done INTEGER NOT NULL,
            cites TEXT NOT NULL,
            data TEXT NOT NULL
        ) STRICT"""
    )
    # The turn of the queue is read from these without sorting.
    connection.execute("CREATE INDEX paper_touched ON paper (status, touched DESC, key)")
    connection.execute("CREATE INDEX paper_added ON paper (status, added, key)")
    connection.execute("CREATE INDEX paper_read ON paper (touched DESC) WHERE passes <> '[]'")
    refold_later(connection, "paper")


def refold_later(connection: sqlite3.Connection, kind: str) -> None:
    """Leave word that the rows of a kind are to be folded again from the journal, before anything else is written."""
    connection.execute(
        "INSERT INTO meta VALUES ('refold', ?) ON CONFLICT (name) DO UPDATE SET value = value || ' ' || excluded.value",
        (kind,),
    )


def m004_recall_by_day(connection: sqlite3.Connection) -> None:
    """Day rows count the answers that came back on a later day, and those recalled: statistics read no journal."""
    connection.execute("ALTER TABLE day ADD COLUMN asked INTEGER NOT NULL DEFAULT 0")
    connection.execute("ALTER TABLE day ADD COLUMN recalled INTEGER NOT NULL DEFAULT 0")
    # As `fold_day` counts: the answer before it was given, but not on the same day.
    connection.execute(
        "WITH graded AS (SELECT event.id, event.study_day, json_extract(event.data, '$.after') AS after,"
        " json_extract(event.data, '$.rating') > 1 AS recalled FROM event_key"
        " JOIN event ON event.number = event_key.event"
        " WHERE event_key.kind = 'day' AND event.kind = 'item_graded' AND event.id NOT IN (SELECT event FROM revoked)),"
        " counted AS (SELECT study_day, count(*) AS asked, sum(recalled) AS recalled FROM graded WHERE after <> ''"
        " AND NOT EXISTS (SELECT 1 FROM event AS other WHERE other.id = graded.after"
        " AND other.study_day = graded.study_day AND other.id NOT IN (SELECT event FROM revoked)"
        " AND other.number IN (SELECT event FROM event_key WHERE kind = 'day' AND key = graded.study_day))"
        " GROUP BY study_day)"
        " UPDATE day SET asked = counted.asked, recalled = counted.recalled FROM counted"
        " WHERE day.key = counted.study_day"
    )
    # Sums over all days read this index alone, never the plans.
    connection.execute("CREATE INDEX day_answers ON day (number, reviews, asked, recalled)")


def m005_correction(connection: sqlite3.Connection) -> None:
    """The correction of the memory model, and the index by which the answers are read in time order."""
    for statement in _CORRECTION:
        connection.execute(statement)
    refold_later(connection, "correction")


_CORRECTION = (
    # The place in time up to which a row is the fold of all answers, how many of them were scored, and the state.
    """CREATE TABLE correction (
        study_day TEXT NOT NULL,
        happened INTEGER NOT NULL,
        device TEXT NOT NULL,
        seq INTEGER NOT NULL,
        answers INTEGER NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (study_day, happened, device, seq)
    ) STRICT, WITHOUT ROWID""",
    """CREATE INDEX event_answers ON event (study_day, happened, device, seq)
        WHERE kind IN ('item_graded', 'answer_kept')""",
)


def m006_steps(connection: sqlite3.Connection) -> None:
    """Units know their steps, days whether their plan is done; what was put aside touches its day too."""
    connection.execute("ALTER TABLE unit ADD COLUMN steps TEXT NOT NULL DEFAULT '{}'")
    connection.execute("ALTER TABLE unit ADD COLUMN since_step INTEGER NOT NULL DEFAULT 0")
    connection.execute("ALTER TABLE unit ADD COLUMN how TEXT NOT NULL DEFAULT ''")
    for column in ("answered", "steps", "closed"):
        connection.execute(f"ALTER TABLE day ADD COLUMN {column} TEXT NOT NULL DEFAULT '[]'")
    connection.execute("ALTER TABLE day ADD COLUMN finished INTEGER NOT NULL DEFAULT 0")
    connection.execute(
        "INSERT OR IGNORE INTO event_key (kind, key, event) SELECT 'day', study_day, number FROM event"
        " WHERE kind = 'item_marked' AND json_extract(data, '$.mark') IN ('buried', 'suspended')"
    )
    connection.execute("DROP INDEX day_minutes")
    connection.execute("CREATE INDEX day_minutes ON day (number, seconds, goal, floor, finished)")
    refold_later(connection, "unit")
    refold_later(connection, "day")


def m007_entries_in_one_order(connection: sqlite3.Connection) -> None:
    """What `log` lists is read in an order that is the same on every machine, from its end."""
    for name, columns in (("event_listed", "device, seq"), ("event_listed_recorded", "device, recorded, seq")):
        connection.execute(
            f"CREATE INDEX {name} ON event ({columns}) WHERE kind IN ('time_logged', 'timer_stopped', 'pass_finished')"
        )


def m008_attempts(connection: sqlite3.Connection) -> None:
    """What was tried of each item that checks itself, and whose code the learner agreed to run."""
    connection.execute(
        """CREATE TABLE attempt (
            key TEXT PRIMARY KEY,
            unit TEXT NOT NULL,
            tries INTEGER NOT NULL,
            right INTEGER NOT NULL,
            first_right TEXT NOT NULL,
            last_right TEXT NOT NULL,
            last_day TEXT NOT NULL,
            verdict TEXT NOT NULL,
            misconceptions TEXT NOT NULL,
            allowed TEXT NOT NULL
        ) STRICT"""
    )


def m009_trace_of_an_item(connection: sqlite3.Connection) -> None:
    """Item rows keep what the recall of the schedule depends on; until they are folded again, none is known."""
    connection.execute("ALTER TABLE item ADD COLUMN trace TEXT NOT NULL DEFAULT ''")


def m010_kept_predictions(connection: sqlite3.Connection) -> None:
    """The recall that was predicted for the latest answers, kept as they come."""
    connection.execute(
        """CREATE TABLE prediction (
            study_day TEXT NOT NULL,
            happened INTEGER NOT NULL,
            device TEXT NOT NULL,
            seq INTEGER NOT NULL,
            alone REAL NOT NULL,
            corrected REAL NOT NULL,
            recalled INTEGER NOT NULL,
            PRIMARY KEY (study_day, happened, device, seq)
        ) STRICT, WITHOUT ROWID"""
    )


MIGRATIONS: tuple[Migration, ...] = (
    m001_journal_and_projections, m002_text_of_the_last_answer, m003_papers_listed_from_columns, m004_recall_by_day,
    m005_correction, m006_steps, m007_entries_in_one_order, m008_attempts, m009_trace_of_an_item,
    m010_kept_predictions,
)  # fmt: skip
NEWEST = len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """Return the number of the last migration applied; 0 for an empty database."""
    row = connection.execute("PRAGMA user_version").fetchone()
    return int(row[0])


def migrate(connection: sqlite3.Connection, applied_at: str, migrations: tuple[Migration, ...] = MIGRATIONS) -> int:
    """Bring the database to the newest schema version and return how many migrations ran, in one transaction.

    The connection is in autocommit mode. Another process may migrate at the same time: the version is read again
    inside the transaction.
    """
    if version(connection) >= len(migrations):
        return 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        waiting = list(enumerate(migrations, start=1))[version(connection) :]
        for number, migration in waiting:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS migration"
                " (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL) STRICT"
            )
            migration(connection)
            connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (number, migration.__name__, applied_at))
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return len(waiting)
