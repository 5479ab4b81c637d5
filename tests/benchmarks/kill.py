"""Answers interrupted by SIGKILL at random moments: is every acknowledged one there, and does every row equal its fold?

    python tests/benchmarks/kill.py [--times 1000] [--seed 20261122] [--append]

runs `mlcoach grade` that often in processes that are killed anywhere between their first and their last instruction;
with `--append` only the write itself, so that nearly every kill lands in the middle of it. Prints one JSON document;
the exit code is 0 when nothing was lost and nothing is half written.
"""

import argparse
import io
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

NOW = "2026-11-23T20:00:00+01:00"
UNDISTURBED = 5  # answers given without a kill at first, to see how long one takes
MEASURED_AGAIN = 25  # and then one after so many: the day grows with every answer


@cache
def item_ids() -> list[str]:
    """Return exercises of the bundled curriculum: their seconds are kept as told, those of a card up to a minute."""
    from mlcoach.curriculum.cache.catalog import open_catalog
    from mlcoach.curriculum.read.find import bundled_folder

    with tempfile.TemporaryDirectory() as folder, open_catalog(bundled_folder(), Path(folder), Path(folder)) as catalog:
        heads = catalog.heads(catalog.item_ids("math.la."))
        return [id for id, head in heads.items() if head.kind == "exercise"]


def item_of(number: int) -> str:
    """Return the exercise of an answer."""
    return item_ids()[number % len(item_ids())]


def grade_command(home: Path, number: int) -> None:
    """Give one answer as a user does; its seconds tell which it was."""
    from mlcoach.cli.main import run_with

    environment = {"MLCOACH_HOME": str(home), "MLCOACH_NOW": NOW}
    out = io.StringIO()
    if run_with(["grade", item_of(number), "good", "--seconds", str(number)], environment, out, sys.stderr):
        raise SystemExit("grade failed")


def grade_append(home: Path, number: int) -> None:
    """Write one answer, with nothing around it."""
    from mlcoach.domain.events import ItemGraded
    from mlcoach.domain.time.study_days import LocalInstant
    from mlcoach.store.append import NewEvent, append
    from mlcoach.store.open_database import connect_to_write

    connection = connect_to_write(home / "data" / "mlcoach.db", NOW)
    answer = ItemGraded(item_of(number), 3, number, "2026-12-01")
    append(connection, [NewEvent(answer, date(2026, 11, 23))], LocalInstant(number, 60), f"grade-{number}", "grade")


def answer(home: Path, number: int, write: Callable[[Path, int], None], delay: float | None) -> tuple[bool, float]:
    """Write one answer in a process of its own and kill it after `delay` seconds (None: let it end).

    Returns whether it was acknowledged, and how long it took.
    """
    reading, writing = os.pipe()
    began = time.perf_counter()
    process = os.fork()
    if process == 0:
        try:
            write(home, number)
            os.write(writing, b"acknowledged")
        finally:
            os._exit(0)  # whatever happened: this process must not go on with the parent's work
    os.close(writing)
    if delay is not None:
        time.sleep(delay)
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    took = time.perf_counter() - began
    acknowledged = os.read(reading, 100) == b"acknowledged"
    os.close(reading)
    return acknowledged, took


def examine(home: Path, acknowledged: set[int]) -> dict[str, object]:
    """Return what is in the store after all that, opened as the next command opens it."""
    from mlcoach.store.open_database import connect_to_write
    from mlcoach.store.projections import all_keys, row_of, stored_row

    connection = connect_to_write(home / "data" / "mlcoach.db", NOW)
    rows = connection.execute("SELECT json_extract(data, '$.seconds') FROM event WHERE kind = 'item_graded'")
    found = [number for (number,) in rows]
    keys = all_keys(connection)
    result = {
        "written": len(found),
        "lost": len(acknowledged - set(found)),
        "twice": len(found) - len(set(found)),
        "keys": len(keys),
        "rows_unlike_folds": sum(stored_row(connection, key) != row_of(connection, key) for key in keys),
        "integrity": connection.execute("PRAGMA integrity_check").fetchone()[0],
        "foreign_keys": len(connection.execute("PRAGMA foreign_key_check").fetchall()),
    }
    connection.close()
    return result


def run(times: int, seed: int, write: Callable[[Path, int], None]) -> dict[str, object]:
    """Give `times` answers that are killed at moments drawn with `seed`, and return what became of them."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        acknowledged: set[int] = set()
        spans: list[float] = []
        number = killed = survived = 0
        while killed + survived < times:
            undisturbed = number < UNDISTURBED or number % MEASURED_AGAIN == 0
            delay = None if undisturbed else chance.uniform(0, 1.2 * sorted(spans[-UNDISTURBED:])[UNDISTURBED // 2])
            done, took = answer(home, number, write, delay)
            if done:
                acknowledged.add(number)
            if not undisturbed:
                killed, survived = killed + (not done), survived + done
            elif done:
                spans.append(took)
            else:
                raise SystemExit("not even an undisturbed answer was written")
            number += 1
        return {"killed": killed, "acknowledged": survived, **examine(home, acknowledged)}


def main() -> int:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--append", action="store_true")
    options = parser.parse_args()
    # Imported before the first fork, so that kills land in the work and not in the imports.
    import mlcoach.cli.main
    import mlcoach.domain.memory.recall
    import mlcoach.store.backups
    import mlcoach.store.projections  # noqa: F401

    item_ids()
    result = run(options.times, options.seed, grade_append if options.append else grade_command)
    print(json.dumps(result))
    good = result["integrity"] == "ok" and not any(
        result[name] for name in ("lost", "twice", "rows_unlike_folds", "foreign_keys")
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
