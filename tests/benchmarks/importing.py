"""What importing 200,000 answers to 10,000 cards costs, as ratios within one run.

    python tests/benchmarks/importing.py [CARDS [ANSWERS]]

The measure is plain Python that inserts the journal rows of the same import, with their indexes, in one transaction.
`import reviews` and `import anki` are timed as whole commands inside one process, from the file to the last fold; then
everything is folded again, and the import of the package is undone and redone. All of these learn from the answers how
the learner remembers; that part is timed by itself too, and taken off in the lines in brackets.
"""

import contextlib
import io
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.anki_packages import PackedCard, PackedNote, PackedReview, package
from tests.benchmarks.big_store import write_curriculum

CARDS, ANSWERS = 10_000, 20  # answers to each card
NOW = "2026-11-23T20:00:00+00:00"
FIRST = 1_560_000_000_000  # milliseconds: June 2019
DAY = 86_400_000


def history(chance: random.Random, count: int = CARDS, each: int = ANSWERS) -> list[list[tuple[int, int, int]]]:
    """Return for each card its answers as (instant in milliseconds, rating, days until the next)."""
    cards = []
    for number in range(count):
        instant = FIRST + number * 7_919_000
        answers = []
        for place in range(each):
            interval = 1 + place * 2 + chance.randrange(3)
            answers.append((instant, chance.choices((1, 2, 3, 4), (12, 10, 68, 10))[0], interval))
            instant += interval * DAY + chance.randrange(3_600_000)
        cards.append(answers)
    return cards


def write_csv(path: Path, items: list[str], cards: list[list[tuple[int, int, int]]]) -> None:
    """Write the answers as the optimizer's table, in the order of time."""
    rows = [(item, *answer) for item, answers in zip(items[: len(cards)], cards, strict=True) for answer in answers]
    rows.sort(key=lambda row: row[1])
    lines = [f"{item},{instant},{rating},,9000" for item, instant, rating, _ in rows]
    header = "card_id,review_time,review_rating,review_state,review_duration"
    path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")


def write_package(path: Path, cards: list[list[tuple[int, int, int]]]) -> None:
    """Write the same as a package of fifty decks with texts as people write them."""
    began = 1_600_000_000_000
    taken: set[int] = set()
    reviews = []
    for number, answers in enumerate(cards):
        for instant, rating, interval in answers:
            while instant in taken:
                instant += 1
            taken.add(instant)
            reviews.append(PackedReview(instant, began + number, rating, interval))
    question = (
        "What does <b>number {}</b> say about \\(x_{}\\)?<br><div>Think of <i>rank</i> &amp; <code>A @ v</code>.</div>"
    )
    notes = [
        PackedNote(
            began + number, (question.format(number, number), f"It says {number}.<ul><li>one</li><li>two</li></ul>")
        )
        for number in range(len(cards))
    ]
    packed = [
        PackedCard(began + number, began + number, 100 + number % 50, 0, 2, 2, 2_600, 40, 2_500, len(cards[0]))
        for number in range(len(cards))
    ]
    decks = {100 + number: f"Deck::Part {number}" for number in range(50)}
    package(path, notes, packed, reviews, decks=decks)


def plain(source: Path, target: Path) -> float:
    """Return the seconds that inserting the rows of a journal takes, in one transaction into an empty one."""
    from mlcoach.store.open_database import connect_to_write

    read = sqlite3.connect(source)
    columns = (
        "number, id, happened, offset_minutes, study_day, recorded, device, seq, command, command_text, kind,"
        " backdated, data"
    )
    rows = read.execute(f"SELECT {columns} FROM event ORDER BY number").fetchall()
    keys = read.execute("SELECT kind, key, event FROM event_key ORDER BY event").fetchall()
    read.close()
    connection = connect_to_write(target, NOW)
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO event ({columns}) VALUES ({', '.join('?' * 13)})", rows)
    connection.executemany("INSERT INTO event_key VALUES (?, ?, ?)", keys)
    connection.execute("COMMIT")
    took = time.perf_counter() - began
    connection.close()
    return took


@contextlib.contextmanager
def timed(name: str, times: dict[str, float]) -> Iterator[None]:
    """Note how long the block takes."""
    began = time.perf_counter()
    yield
    times[name] = time.perf_counter() - began


def call(home: Path, *words: str) -> str:
    """Run a command in this process and return what it printed."""
    from mlcoach.cli.main import run_with

    out, err = io.StringIO(), io.StringIO()
    code = run_with(words, {"MLCOACH_HOME": str(home), "MLCOACH_NOW": NOW}, out, err)
    if code:
        raise SystemExit(f"{' '.join(words)} failed: {err.getvalue()}")
    return out.getvalue().splitlines()[0] if out.getvalue() else ""


def refold(database: Path) -> None:
    """Fold everything again."""
    from mlcoach.store.open_database import connect_to_write
    from mlcoach.store.refold import rebuild_all

    connection = connect_to_write(database, NOW)
    for _ in rebuild_all(connection):
        pass
    connection.close()


def learn(database: Path) -> None:
    """Learn again from all answers how the learner remembers, and nothing else."""
    from mlcoach.store.database import transaction
    from mlcoach.store.learner_model import BEGINNING, refolded
    from mlcoach.store.open_database import connect_to_write

    connection = connect_to_write(database, NOW)
    with transaction(connection):
        for _ in refolded(connection, BEGINNING):
            pass
    connection.close()


def main(count: int, each: int) -> None:
    """Make the files, import them, print the ratios."""
    cards = history(random.Random(20261122), count, each)
    for kind in ("reviews", "anki"):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            home = root / "home"
            if kind == "reviews":
                items = write_curriculum(home / "config" / "curriculum")
                file = root / "log.csv"
                write_csv(file, items, cards)
            else:
                file = root / "all.apkg"
                write_package(file, cards)
            call(home, "today")  # compiles the curriculum
            times: dict[str, float] = {}
            with timed("import", times):
                said = call(home, "import", kind, str(file))
            database = home / "data" / "mlcoach.db"
            with timed("refold", times):
                refold(database)
            with timed("learning", times):
                learn(database)
            for name in ("import", "refold"):
                times[f"({name})"] = times[name] - times["learning"]
            shutil.copy(database, root / "copy.db")
            measure = plain(database, root / "plain.db")
            call(home, "today")
            with timed("import again", times):
                call(home, "import", kind, str(file))
            for command in ("undo", "redo"):
                with timed(command, times):
                    call(home, command)
            print(f"import {kind}: {said}\n  plain insertion {measure:.2f} s")
            for name, took in times.items():
                print(f"  {name:14}{took:6.2f} s  {took / measure:5.2f} x")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    main(*numbers, *(CARDS, ANSWERS)[len(numbers) :])
