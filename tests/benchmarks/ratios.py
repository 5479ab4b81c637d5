"""What the commands of every day cost, as ratios within one run; absolute times say more about the machine.

    python tests/benchmarks/ratios.py [ROUNDS]

makes a store of ten years (under a minute), then runs each command in turn with a pseudo-terminal as its stdout and
prints the medians. The measure is an empty two-command Typer and Rich program that prints one table of six rows. Then
it prints which part of the start of each command goes to which imports.
"""

import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.imports import PARTS, by_part
from tests.e2e.start_up import COMPLETION

NOW = "2026-11-23T20:00:00+00:00"  # the morning after the last day of the big store

EMPTY_PROGRAM = """
import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()

@app.command()
def show() -> None:
    table = Table("what", "how much", "why")
    for number in range(6):
        table.add_row(str(number), "some", "because")
    Console().print(table)

@app.command()
def other() -> None:
    pass

app()
"""


class Run(NamedTuple):
    """One run of a command: wall seconds, processor seconds, peak memory in MiB."""

    wall: float
    processor: float
    memory: float


def run(command: list[str], environment: dict[str, str]) -> Run:
    """Run a command with a pseudo-terminal of its own and return what it cost."""
    began = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, environment)
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass  # the terminal is gone with the command
    _, status, used = os.wait4(child, 0)
    os.close(terminal)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def measure(cases: dict[str, tuple[list[str], dict[str, str]]], rounds: int) -> dict[str, Run]:
    """Run all cases in turn, so that a slow moment of the machine hits them alike; return the medians."""
    runs: dict[str, list[Run]] = {name: [] for name in cases}
    for number in range(rounds + 1):
        for name, (command, environment) in cases.items():
            done = run(command, environment)
            if number:  # the first round fills caches
                runs[name].append(done)
    return {name: Run(*map(statistics.median, zip(*done, strict=True))) for name, done in runs.items()}


def main(rounds: int) -> None:
    """Make the stores, measure, print the table."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        program = root / "empty.py"
        program.write_text(EMPTY_PROGRAM, encoding="utf-8")
        began = time.perf_counter()
        # In a process of its own: what this one once used would show as the memory of the commands it starts.
        subprocess.run([sys.executable, str(Path(__file__).parent / "big_store.py"), str(root / "big")], check=True)
        print(f"a store of ten years, made in {time.perf_counter() - began:.0f} s\n")
        base = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONDONT")}
        base |= {"MLCOACH_NOW": NOW, "TERM": "xterm-256color"}
        base.pop("NO_COLOR", None)
        homes = {name: base | {"MLCOACH_HOME": str(root / name)} for name in ("big", "none", "small")}
        mlcoach = [sys.executable, "-m", "mlcoach"]
        cases = {
            "empty program": ([sys.executable, str(program), "show"], base),
            "today, no events": ([*mlcoach, "today"], homes["none"]),
            "today, ten years": ([*mlcoach, "today"], homes["big"]),
            "status, ten years": ([*mlcoach, "status"], homes["big"]),
            "completion, ten years": (mlcoach, homes["big"] | COMPLETION),
            "stats, ten years": ([*mlcoach, "stats"], homes["big"]),
            "report, ten years": ([*mlcoach, "report"], homes["big"]),
            "python -c pass": ([sys.executable, "-c", "pass"], base),
        }
        writing = {
            "log, first days": ([*mlcoach, "log", "5m", "vectors"], homes["small"]),
            "log, ten years": ([*mlcoach, "log", "5m", "vectors"], homes["big"]),
            "grade, first days": ([*mlcoach, "grade", "math.la.vectors/columns-are-images", "good"], homes["small"]),
            "grade, ten years": ([*mlcoach, "grade", "own.s3.u3/c5", "good"], homes["big"]),
        }
        # The plan of a day without a write is computed at every call: measured before anything is written.
        show(measure(cases, rounds), measure({"today, ten years": cases["today, ten years"], **writing}, rounds))
        names = ("empty program", "today, ten years", "log, ten years", "status, ten years", "completion, ten years")
        show_imports({name: by_part(*(cases | writing)[name], rounds) for name in names})


def show(reading: dict[str, Run], writing: dict[str, Run]) -> None:
    """Print a row a command: ratios to the empty program and to `today`, and peak memory."""
    floor, today, empty = reading["empty program"], reading["today, ten years"], reading["today, no events"]
    print(f"{'':24}{'x empty program':>18}{'x today':>10}{'memory':>12}{'wall':>10}")
    for name, cost in (reading | {name: cost for name, cost in writing.items() if name not in reading}).items():
        against = writing["today, ten years"] if name in writing and name not in reading else today
        # Writing commands were measured beside a `today` of their own.
        to_floor = cost.wall / floor.wall * (today.wall / against.wall)
        print(
            f"{name:24}{to_floor:>18.2f}{cost.wall / against.wall:>10.2f}{cost.memory:>8.1f} MiB{cost.wall * 1000:>7.0f} ms"
        )
    print(f"\ntoday, ten years against no events: {today.wall / empty.wall:.3f}")
    bare = reading["python -c pass"]
    print(f"report, ten years against `python -c pass`: {reading['report, ten years'].wall / bare.wall:.1f}")


def show_imports(costs: dict[str, dict[str, tuple[int, float]]]) -> None:
    """Print a row a command: modules and milliseconds of each part, which `-X importtime` makes a little slower."""
    print(f"\n{'modules and ms imported':24}" + "".join(f"{part:>20}" for part in PARTS))
    for name, parts in costs.items():
        print(f"{name:24}" + "".join(f"{parts[part][0]:>10}{parts[part][1]:>7.1f} ms" for part in PARTS))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
