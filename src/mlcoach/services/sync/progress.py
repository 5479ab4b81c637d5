"""When sync last reached its place, and how often it failed since: one small file, for `status` and `doctor`."""

from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters.sync.progress_file import SyncProgress, keep_progress, read_progress

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FAILURES_TOLD = 3


def read(context: "Context") -> SyncProgress:
    """Return what is known of earlier tries."""
    return read_progress(_file(context))


def remember_try(context: "Context") -> None:
    """Remember that sync was begun."""
    _write(context, read(context)._replace(tried=context.instant.microseconds))


def remember_plan(context: "Context", instant: int) -> None:
    """Remember that a sync waits for an instant, in microseconds since 1970 UTC."""
    _write(context, read(context)._replace(planned=instant))


def remember_failure(context: "Context", problem: str) -> None:
    """Remember that sync did not come to its end, or left something out."""
    known = read(context)
    _write(context, known._replace(tried=context.instant.microseconds, failures=known.failures + 1, problem=problem))


def remember_success(context: "Context") -> None:
    """Remember that everything was carried."""
    now = context.instant.microseconds
    _write(context, SyncProgress(now, now))


def notice(context: "Context") -> str:
    """Return what `status` says when sync by itself failed several times, "" otherwise."""
    known = read(context)
    if known.failures < FAILURES_TOLD:
        return ""
    return f"sync by itself failed {known.failures} times: {known.problem}; `mlcoach sync` tries again and says more"


def _write(context: "Context", progress: SyncProgress) -> None:
    keep_progress(_file(context), progress)


def _file(context: "Context") -> Path:
    return context.places.state / "sync.json"
