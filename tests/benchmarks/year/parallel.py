"""Several lives at once, in processes of their own."""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from tests.benchmarks.year import Statistics, live

Job = tuple[str, int, int]
"""Run, seed and days."""


def lives(jobs: Sequence[Job], processes: int) -> list[Statistics]:
    """Return the lives in the order of the jobs; a line tells when each is over."""
    found: dict[Job, Statistics] = {}
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(_timed, job): job for job in jobs}
        for done in as_completed(waiting):
            life, took = done.result()
            found[waiting[done]] = life
            print(f"{life.run}, seed {life.seed}: {life.days} days in {took:.0f} s", flush=True)
    return [found[job] for job in jobs]


def _timed(job: Job) -> tuple[Statistics, float]:
    began = time.perf_counter()
    return live(*job), time.perf_counter() - began
