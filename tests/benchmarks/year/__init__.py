"""A learner lives through a year with the program, day by day, and what became of it is counted.

    python -m tests.benchmarks.year --runs core,weekends --seeds 3 --days 500 --json year.json

prints a row for each run and, for each run, its months. `program.py` alone knows the program; the learner, who has a
memory and a pace of their own, and the numbers do not. In tests: `live("core", seed=0, days=60)`.
"""

from tests.benchmarks.year.statistics import Statistics


def live(run: str, seed: int = 0, days: int = 500) -> Statistics:
    """Return what becomes of a learner in a kind of year (a name of `runs.RUNS`), the same at every call."""
    from tests.benchmarks.year.life import record_of
    from tests.benchmarks.year.runs import RUNS
    from tests.benchmarks.year.statistics import summarize

    record, program = record_of(RUNS[run], seed, days)
    return summarize(RUNS[run], seed, record, program.path, program.pieces, program.review_cap)
