"""What `sync` costs with 20,000 entries, over a folder and over a bare git repository, as ratios within one run.

    python tests/benchmarks/syncing.py [ENTRIES]

Two homes in one process: the first puts its entries, the second takes them, then neither has anything to do. The
measures, in processor time, are `python -c pass` and folding the same entries from nothing. Last, how much longer `log` takes where sync
runs by itself: the process is begun, and not waited for.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

ENTRIES, ITEMS, DAYS = 20_000, 2_000, 700
NOW = "2026-11-23T20:00:00+00:00"
LAST = date(2026, 11, 22)
ROUNDS = 5


def fill(home: Path, entries: int) -> None:
    """Write answers and study sessions of two years into a home."""
    from mlcoach.domain.bulk import collector_paused
    from mlcoach.domain.events import ItemGraded, TimeLogged
    from mlcoach.domain.time.study_days import LocalInstant
    from mlcoach.store.append import NewEvent, append

    chance = random.Random(20261123)
    began = 1_795_377_600_000_000 - DAYS * 86_400_000_000
    new = []
    for number in range(entries):
        day = number * DAYS // entries
        study = LAST - timedelta(days=DAYS - 1 - day)
        body = (
            TimeLogged(chance.randrange(300, 5000), unit="math.la.vectors")
            if number % 10 == 0
            else ItemGraded(
                f"own.s{number % 7}.u1/c{chance.randrange(ITEMS)}", chance.choice((1, 2, 3, 3, 3, 4)), 9, ""
            )
        )
        new.append(NewEvent(body, study, happened=LocalInstant(began + day * 86_400_000_000 + number * 1_000_000, 0)))
    context = context_of(home)
    with collector_paused():
        store = context.writable_store()
        append(store.connection, new, context.instant, store.new_command(), "filled")
    context.close()


def context_of(home: Path):  # type: ignore[no-untyped-def]
    """Return the environment of one command in a home."""
    from mlcoach.services.context import Context

    return Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": NOW, "MLCOACH_MACHINE": home.name}, "sync")


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of some work, here and in the processes it starts: others may use the machine too."""
    began = os.times()[:4]
    work()
    return sum(os.times()[:4]) - sum(began)


def exchange(home: Path) -> None:
    """Sync a home as its command does, without starting a process."""
    from mlcoach.services.sync.exchange import sync

    context = context_of(home)
    try:
        assert sync(context).left_out == ()
    finally:
        context.close()


def connected(home: Path, address: str, key: str = "") -> None:
    """Make the place, or join it, without an exchange."""
    from mlcoach.services.sync import places

    context = context_of(home)
    if key:
        places.join(context, address, key)
    else:
        places.make(context, address)
    context.close()


def fold(home: Path) -> None:
    """Fold everything from nothing."""
    from mlcoach.domain.bulk import collector_paused
    from mlcoach.store.refold import rebuild_all

    context = context_of(home)
    with collector_paused():
        for _ in rebuild_all(context.writable_store().connection):
            pass
    context.close()


def measure(kind: str, folder: Path, entries: int, bare: float) -> None:
    """Print what one kind of place costs."""
    one, two = folder / f"{kind}-one", folder / f"{kind}-two"
    address = str(folder / f"{kind}.git" if kind == "git" else folder / f"{kind}-place")
    if kind == "git":
        subprocess.run(["git", "init", "--quiet", "--bare", address], check=True)
    fill(one, entries)
    connected(one, address)
    connected(two, address, (one / "data" / "sync" / "key.txt").read_text())
    pushing = seconds(lambda: exchange(one))
    pulling = seconds(lambda: exchange(two))
    folding = min(seconds(lambda: fold(two)) for _ in range(3))
    nothing = seconds(lambda: [exchange(two) for _ in range(ROUNDS)]) / ROUNDS
    print(
        f"{kind:7} pushing {pushing:.2f} s, {pushing / bare:.0f} × python -c pass; pulling {pulling:.2f} s,"
        f" {pulling / folding:.2f} × folding alone ({folding:.2f} s); nothing to do {nothing * 1000:.0f} ms,"
        f" {nothing / bare:.2f} × python -c pass"
    )


def measure_automatic(folder: Path) -> None:
    """Print how much longer a command takes that begins a sync."""
    from mlcoach.services.sync import automatic, progress

    home = folder / "folder-two"
    took = []
    for number in range(ROUNDS * 4):
        context = context_of(home)
        assert context.instant
        progress._write(context, progress.SyncProgress())
        began = time.perf_counter()
        automatic.begin(context)
        took.append(time.perf_counter() - began)
        context.close()
        time.sleep(0.5 if number % 4 else 1.5)
    print(f"begun by itself: {statistics.median(took) * 1000:.2f} ms more, at most {max(took) * 1000:.2f} ms")


def main(entries: int) -> None:
    """Measure both kinds of place, and what begins a sync by itself."""
    command = [sys.executable, "-c", "pass"]
    bare = seconds(lambda: [subprocess.run(command, check=True) for _ in range(20)]) / 20
    print(f"python -c pass: {bare * 1000:.1f} ms; {entries:,} entries")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("folder", "git"):
            measure(kind, Path(folder), entries, bare)
        measure_automatic(Path(folder))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
