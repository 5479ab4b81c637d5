"""What the correction of memory costs in a store of ten years, beside what there was without it.

    python tests/benchmarks/folding.py

makes the store (a minute or two), folds its 200,000 answers from the start without the correction and with it, and
then measures what one answer more reads and writes, and what undoing it does.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from big_store import LAST_DAY, NOW

ROUNDS = 50


def main() -> None:
    """Make the store, measure, print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "big"
        subprocess.run([sys.executable, str(Path(__file__).parent / "big_store.py"), str(home)], check=True)
        measure(home / "data" / "mlcoach.db")


def measure(path: Path) -> None:
    """Print what folding everything and what one answer more costs."""
    from mlcoach.domain.events import ItemGraded, Revoked
    from mlcoach.domain.time.study_days import LocalInstant
    from mlcoach.store import learner_model
    from mlcoach.store.append import NewEvent, append
    from mlcoach.store.memory import fold as memory_fold
    from mlcoach.store.open_database import connect_to_write
    from mlcoach.store.refold import rebuild_all

    connection = connect_to_write(path, NOW)
    plain = seconds(lambda: [done for done, _ in rebuild_all(connection)], without=memory_fold)
    whole = seconds(lambda: [done for done, _ in rebuild_all(connection)])
    answers = learner_model.read(connection).model.answers
    print(f"{answers} scored answers folded: {plain:.1f} s without the correction, {whole:.1f} s with it", end="")
    print(f", {whole / plain:.2f} times as long")
    known = learner_model.read(connection)
    reading = min(seconds(lambda: learner_model.read(connection)) for _ in range(ROUNDS))
    connection.execute("BEGIN IMMEDIATE")
    writing = min(seconds(lambda: learner_model.write(connection, known)) for _ in range(ROUNDS))
    connection.execute("ROLLBACK")
    print(f"read in {reading * 1000:.2f} ms, written in {writing * 1000:.2f} ms")
    instant = int(time.mktime(LAST_DAY.timetuple()) + 80_000) * 1_000_000
    took, undone = [], []
    with_it, since = [], learner_model.refolded
    learner_model.refolded = lambda *arguments: timed(with_it, since, *arguments)  # type: ignore[assignment]
    for number in range(ROUNDS):
        item = f"own.s{number % 10}.u{number // 10}/c{number}"
        body = ItemGraded(item, 3, 8, LAST_DAY.isoformat())
        moment = LocalInstant(instant + number * 1_000_000, 0)
        began = time.perf_counter()
        (event,) = append(connection, [NewEvent(body, LAST_DAY)], moment, f"grade {number}", "grade")
        took.append(time.perf_counter() - began)
    for number in range(ROUNDS):
        began = time.perf_counter()
        append(
            connection,
            [NewEvent(Revoked((f"{event.device}-{event.seq - number}",)), LAST_DAY)],
            moment,
            f"u{number}",
            "undo",
        )
        undone.append(time.perf_counter() - began)
    middle = ROUNDS // 2
    print(
        f"one answer more: {sorted(took)[middle] * 1000:.2f} ms, of it the correction {sorted(with_it[:ROUNDS])[middle] * 1000:.2f} ms"
    )
    print(
        f"one undone: {sorted(undone)[middle] * 1000:.2f} ms, of it the correction {sorted(with_it[ROUNDS:])[middle] * 1000:.2f} ms"
    )
    connection.close()


def timed(into, function, *arguments):  # type: ignore[no-untyped-def]
    """Call a generator function to its end and keep what it took."""
    began = time.perf_counter()
    found = list(function(*arguments))
    into.append(time.perf_counter() - began)
    return found


def seconds(work, without=None) -> float:  # type: ignore[no-untyped-def]
    """Return what some work takes; `without` is the module that folds all answers, to let it learn nothing."""
    kept = without.Learning if without else None
    if without:
        without.Learning = type("Unlearning", (kept,), {"learn": lambda *_: None})
    began = time.perf_counter()
    work()
    took = time.perf_counter() - began
    if without:
        without.Learning = kept
    return took


if __name__ == "__main__":
    main()
