"""A learner of ten years: 20,000 study sessions, 10,000 items, 200,000 grades. The same at every call.

    python tests/benchmarks/big_store.py FOLDER

makes it below FOLDER, which `MLCOACH_HOME` then names. The items are cards of the learner's own subjects, so that the
curriculum is as large as the store.
"""

import random
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

SESSIONS, ITEMS, GRADES, DAYS = 20_000, 10_000, 200_000, 3_650
LAST_DAY = date(2026, 11, 22)
NOW = "2026-11-23T20:00:00+00:00"
UNITS, CARDS = 100, ITEMS // 100


def write_curriculum(folder: Path) -> list[str]:
    """Write ten subjects of ten units with a hundred cards each and return the item ids."""
    folder.mkdir(parents=True, exist_ok=True)
    items = []
    for subject in range(10):
        lines = ["schema = 1", f'id = "own.s{subject}"', f'title = "Subject {subject}"', 'track = "ml"', ""]
        for unit in range(10):
            lines += [
                "[[unit]]",
                f'id = "u{unit}"',
                f'title = "Unit {unit} of {subject}"',
                "hours = 10",
                'lane = "concept"',
            ]
            lines += ['why = "measured"', 'objectives = ["measure it"]', 'recall = "What was measured?"']
            for card in range(CARDS):
                lines += ["[[unit.card]]", f'id = "c{card}"', f'q = "Question {card}?"', f'a = "Answer {card}."']
                items.append(f"own.s{subject}.u{unit}/c{card}")
        (folder / f"own-s{subject}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return items


def events(items: list[str]) -> list[tuple[date, int, object]]:
    """Return (study day, microseconds, body) in the order in which they happened."""
    from mlcoach.domain.events import DayOpened, ItemGraded, TimeLogged

    chance = random.Random(20261122)
    first = LAST_DAY - timedelta(days=DAYS - 1)
    drawn: list[tuple[date, int, object]] = []
    for number in range(DAYS):
        day = first + timedelta(days=number)
        drawn.append((day, _instant(day, 0), DayOpened(120, 20)))
    for number in range(SESSIONS):
        day = first + timedelta(days=number * DAYS // SESSIONS)
        unit = f"own.s{number // 2000}.u{number // 200 % 10}"
        drawn.append((day, _instant(day, chance.randrange(1, 50_000)), TimeLogged(chance.randrange(600, 3600), unit)))
    per_item = GRADES // len(items)
    for index, item in enumerate(items):
        start = index * (DAYS - 400) // len(items)
        # Intervals grow so that the last answer lies a little back; one item in twenty is due by now.
        span = DAYS - 1 - start
        marks = sorted(chance.random() ** 2 for _ in range(per_item - 1))
        asked = [start, *(start + 1 + int(mark * (span - 1)) for mark in marks)]
        for place, number in enumerate(asked):
            day = first + timedelta(days=number)
            rating = chance.choices((1, 2, 3, 4), (12, 10, 68, 10))[0]
            last = place == per_item - 1
            due = LAST_DAY + timedelta(days=chance.randrange(-10, 190)) if last else day + timedelta(days=1)
            body = ItemGraded(item, rating, chance.randrange(4, 40), max(due, day).isoformat(), "", 0.9)
            drawn.append((day, _instant(day, chance.randrange(1, 50_000)), body))
    return sorted(drawn, key=lambda entry: (entry[0], entry[1]))


def _instant(day: date, second: int) -> int:
    moment = datetime.combine(day, time(6), tzinfo=UTC) + timedelta(seconds=second)
    return int(moment.timestamp()) * 1_000_000


def make(home: Path) -> None:
    """Make the store and the curriculum below `home`."""
    from mlcoach.domain.events import Event, ItemGraded
    from mlcoach.store.device import device_of
    from mlcoach.store.journal import insert
    from mlcoach.store.open_database import connect_to_write
    from mlcoach.store.refold import rebuild_all

    items = write_curriculum(home / "config" / "curriculum")
    connection = connect_to_write(home / "data" / "mlcoach.db", NOW)
    connection.execute("BEGIN IMMEDIATE")
    device = device_of(connection)
    journal = []
    last_grade: dict[str, str] = {}
    for seq, (day, instant, body) in enumerate(events(items), start=1):
        id = f"{device}-{seq}"
        if isinstance(body, ItemGraded):
            body = body._replace(after=last_grade.get(body.item, ""))
            last_grade[body.item] = id
        journal.append(Event(id, instant, 0, day, instant, device, seq, f"{device}-c{seq}", body))
    insert(connection, journal, "benchmark")
    connection.execute("COMMIT")
    for _ in rebuild_all(connection):
        pass
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
