"""When sync last reached its place, and how often it failed since: one small file."""

import json
from pathlib import Path
from typing import NamedTuple

from mlcoach.private_files import keep_in_cache


class SyncProgress(NamedTuple):
    """The instants of the last try and of the last that left nothing out, in microseconds since 1970 UTC (0 for none),
    how many tries failed since, and why the last did; `planned` is when the next is to begin that waits already.
    """

    tried: int = 0
    done: int = 0
    failures: int = 0
    problem: str = ""
    planned: int = 0


def read_progress(file: Path) -> SyncProgress:
    """Return what is known of earlier tries, nothing where the file cannot be read."""
    try:
        found = json.loads(file.read_bytes())
        return SyncProgress(
            int(found["tried"]),
            int(found["done"]),
            int(found["failures"]),
            str(found["problem"])[:1000],
            int(found.get("planned", 0)),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return SyncProgress()


def keep_progress(file: Path, progress: SyncProgress) -> None:
    """Keep it, if the disk lets us."""
    keep_in_cache(file, json.dumps(progress._asdict()).encode())
