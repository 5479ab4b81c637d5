"""`python -m tests.benchmarks.year`: see the package."""

import argparse
import json
from pathlib import Path
from typing import Any

from tests.benchmarks.year import Statistics
from tests.benchmarks.year.parallel import lives
from tests.benchmarks.year.runs import RUNS
from tests.benchmarks.year.table import months, table


def _plain(life: Statistics) -> dict[str, Any]:
    return {**life._asdict(), "months": [month._asdict() for month in life.months]}


def main() -> None:
    """Read the options, live, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.year")
    parser.add_argument("--runs", default="core", help=f"all, or some of {','.join(RUNS)}")
    parser.add_argument("--seeds", type=int, default=1, help="learners for each run")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first learner")
    parser.add_argument("--days", type=int, default=500, help="the most days a life takes")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--json", type=Path, help="a file for all numbers")
    parser.add_argument("--months", action="store_true", help="also the months of each run's first learner")
    wanted = parser.parse_args()
    names = list(RUNS) if wanted.runs == "all" else wanted.runs.split(",")
    if unknown := [name for name in names if name not in RUNS]:
        parser.error(f"no run {', '.join(unknown)}; there are {', '.join(RUNS)}")
    jobs = [(name, wanted.first + number, wanted.days) for name in names for number in range(wanted.seeds)]
    found = lives(jobs, wanted.processes)
    print("", *table(found), sep="\n")
    if wanted.months:
        for life in found:
            if life.seed == wanted.first:
                print(f"\n{life.run}, seed {life.seed}", *months(life), sep="\n")
    if wanted.json:
        wanted.json.write_text(json.dumps([_plain(life) for life in found], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
