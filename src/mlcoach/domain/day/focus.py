"""Work and breaks in turn: fifty minutes of one and ten of the other make an hour."""

import re
from typing import Literal, NamedTuple

from mlcoach.errors import UsageError

LONGEST_WORK, LONGEST_PAUSE = 180, 60  # minutes
_WRITTEN = re.compile(r"(\d{1,3})/(\d{1,2})")
_INTERRUPTED = re.compile(r"(\d{1,3})(?:\s+(.+))?", re.DOTALL)
LONGEST_WHY = 60


class Turn(NamedTuple):
    """What a minute of a timer is for, the minutes left of it, and the work spans that are behind."""

    phase: Literal["work", "break"]
    left: int
    spans: int


def read_focus(text: str) -> tuple[int, int]:
    """Return minutes of work and of break from `50/10`. Raises UsageError."""
    found = _WRITTEN.fullmatch(text.strip())
    work, pause = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= work <= LONGEST_WORK or not 1 <= pause <= LONGEST_PAUSE:
        raise UsageError(
            f"cannot read the focus `{text[:40]}`",
            f"minutes of work and of break, `50/10`: at most {LONGEST_WORK} and {LONGEST_PAUSE}",
        )
    return work, pause


def turn_at(minutes: int, work: int, pause: int) -> Turn:
    """Return whose turn it is after `minutes` of a timer, work first."""
    rounds, inside = divmod(max(0, minutes), work + pause)
    if inside < work:
        return Turn("work", work - inside, rounds)
    return Turn("break", work + pause - inside, rounds + 1)


def read_interruptions(text: str) -> tuple[int, str]:
    """Return how many interruptions a line tells of, and why in a word: `2 phone`. Raises UsageError."""
    found = _INTERRUPTED.fullmatch(text.strip())
    if found is None:
        raise UsageError(f"cannot read `{text[:40]}`", "write how many, and why in a word: `2 phone`, or `0`")
    why = " ".join((found[2] or "").split())
    if len(why) > LONGEST_WHY:
        raise UsageError(f"the reason has {len(why)} characters; at most {LONGEST_WHY} are kept", "one word will do")
    return int(found[1]), why
