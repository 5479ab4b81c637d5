"""What one answer on the review screen costs in a store of ten years, beside writing the same rows by hand.

    python tests/benchmarks/grading.py [ANSWERS]

makes the store (under a minute), then sits at a review of that many cards and prints the median time from a key to the
finished next screen, and the median of a bare transaction that is forced to the disk in the same file system.
"""

import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from big_store import NOW


def milliseconds(took: list[float]) -> str:
    """Return the median and the largest of some times."""
    return f"{statistics.median(took) * 1000:.2f} ms (largest {max(took) * 1000:.2f})"


def bare_transactions(folder: Path, count: int) -> list[float]:
    """Return how long transactions of one small row take that are forced to the disk."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE entry (text TEXT)")
    took = []
    for number in range(count):
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entry VALUES (?)", (str(number) * 100,))
        connection.execute("COMMIT")
        took.append(time.perf_counter() - began)
    connection.close()
    return took


def session(home: Path, count: int) -> dict[str, list[float]]:
    """Return how long the keys of a session take, screen included, by what they do."""
    from mlcoach.domain.day import review_queue
    from mlcoach.render.review.review import sections
    from mlcoach.services.context import Context
    from mlcoach.services.review import queue
    from mlcoach.services.review.session import ReviewSession

    context = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": NOW}, "review")
    made = queue.make_queue(context, review_queue.WantedItems(limit=count, only="cards"))
    session = ReviewSession(context, made.entries, time.monotonic)
    took: dict[str, list[float]] = {"reveal": [], "answer": []}
    for _ in range(count):
        for key, name in (("space", "reveal"), ("3", "answer")):
            began = time.perf_counter()
            session.press(key)
            if not session.done:
                sections(session.view(), 80, color=True)
            took[name].append(time.perf_counter() - began)
        if session.done:
            break
    context.close()
    return took


def main(count: int) -> None:
    """Make the store, hold a session, print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "big"
        subprocess.run([sys.executable, str(Path(__file__).parent / "big_store.py"), str(home)], check=True)
        took = session(home, count)
        bare = bare_transactions(Path(folder), count)
        print(f"bare transaction  {milliseconds(bare)}")
        for name, times in took.items():
            print(f"{name:16}  {milliseconds(times[1:])}")  # the first one opens everything


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
