"""Whether the answer to a goal with a date holds: of those told "it fits", how many are done by the day.

    python -m tests.benchmarks.goal --learners 4

sets on the first day the nearest day of which "it fits" is said, which is the hardest case, and later and nearer ones;
then simulated learners (see `tests.benchmarks.year`) live until that day. For those told "too much" it is counted
whether all that the plan kept is done. Found by the room that is left (ROOM), for the nearest day that fits:

                    days  learners  in time  days to spare
0     taste, 2 h      20         8      88%            2.7
0     taste, weekends 35         8      75%            1.5
0     interview, known 85        4     100%           16.0
0.05  taste, 2 h      21         8      88%            3.7
0.05  taste, weekends 41         8     100%            5.6
0.05  interview, known 86        4     100%           15.2
0.1   all of these             19       95%
0.5   taste, 2 h      24         6     100%            5.8
0.5   taste, weekends 42         6     100%            6.3
0.5   interview, known 98        3     100%           29.3

The learners' hours err by unit, not as a whole, and they follow each plan: real ones need the room that is left here.
"""

import argparse
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from tests.benchmarks.year.life import Life
from tests.benchmarks.year.program import Program
from tests.benchmarks.year.runs import Run

LONGEST = 400  # days
SPANS = (0.7, 1.0, 1.2)  # of the nearest day that fits
RUNS = (
    Run("taste, 2 h", "taste"),
    Run("taste, 1 h", "taste", (60,) * 7),
    Run("taste, weekends", "taste", (0, 0, 0, 0, 0, 240, 240)),
    Run("interview, known", "interview", (120,) * 7, ("ml", "dl", "career.portfolio", "math.causal")),
    Run("interview, 2 h", "interview"),
)


class Told(NamedTuple):
    """What a learner was told on the first day, and what became of it: days to spare, None where not in time."""

    run: str
    span: float
    days: int
    verdict: str
    kept_done: bool
    spare: int | None


def one(run: Run, span: float, seed: int) -> Told:
    """Live until the day of a goal."""
    folder = Path(tempfile.mkdtemp(prefix="mlcoach-goal-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    try:
        program = Program(folder, run.path, run.week, run.known)
        nearest = _nearest_that_fits(program)
        days = max(2, round(nearest * span))
        program.set_goal(days)
        verdict, keeps = program.goal()
        record = Life(run, seed, program).live(days, least=0)
        program.close()
        spare = days - record.ended if record.ended else None
        return Told(run.name, span, days, verdict, keeps <= record.passed.keys(), spare)
    finally:
        shutil.rmtree(folder)


def _nearest_that_fits(program: Program) -> int:
    low, high = 1, LONGEST  # too near, and far enough
    while high - low > 1:
        middle = (low + high) // 2
        program.set_goal(middle)
        if program.goal()[0] == "fits":
            high = middle
        else:
            low = middle
    return high


def table(found: Sequence[Told]) -> list[str]:
    """Return a line for each kind of learner and span."""
    groups: defaultdict[tuple[str, float], list[Told]] = defaultdict(list)
    for told in found:
        groups[told.run, told.span].append(told)
    lines = [f"{'':18} {'days':>5} {'told':>9} {'learners':>8} {'in time':>8} {'days to spare':>14} {'kept done':>10}"]
    for (run, _), lives in groups.items():
        spare = [told.spare for told in lives if told.spare is not None]
        lines.append(
            f"{run:18} {lives[0].days:>5} {lives[0].verdict:>9} {len(lives):>8} {len(spare) / len(lives):>8.0%}"
            f" {fmean(spare) if spare else 0:>14.1f} {fmean(told.kept_done for told in lives):>10.0%}"
        )
    fits = [told for told in found if told.verdict == "fits"]
    if fits:
        held = sum(told.spare is not None for told in fits)
        lines.append(f'of {len(fits)} learners told "fits", {held} ({held / len(fits):.0%}) are done by the day')
    return lines


def main() -> None:
    """Read the options, live, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.goal")
    parser.add_argument("--learners", type=int, default=4, help="for each kind and span")
    parser.add_argument("--runs", default="", help=f"some of {'; '.join(run.name for run in RUNS)}, by their beginning")
    parser.add_argument("--spans", default=",".join(map(str, SPANS)), help="times the nearest day that fits")
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    runs = [run for run in RUNS if run.name.startswith(wanted.runs)]
    spans = [float(span) for span in wanted.spans.split(",")]
    jobs = [(run, span, seed) for seed in range(wanted.learners) for run in runs for span in spans]
    with ProcessPoolExecutor(wanted.processes, mp_context=get_context("spawn")) as pool:
        found = []
        for told in pool.map(one, *zip(*jobs, strict=True)):
            found.append(told)
            print(*told, flush=True)
    print(*table(found), sep="\n")


if __name__ == "__main__":
    main()
