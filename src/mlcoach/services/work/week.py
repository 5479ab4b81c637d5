"""What a week held of people and jobs, counted: no name, for a week may be shown to others."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.event_keys import Key, KeyKind
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.work_events import JobMoved, JobTimeLogged, PersonTouched

if TYPE_CHECKING:
    from mlcoach.services.context import Context

KINDS: tuple[KeyKind, ...] = ("people", "jobs")
COUNTED = ("asked", "answered", "advice", "did", "gave", "thanked")


def week_of_work(context: "Context", first: date, days: int = 7) -> str:
    """Return the touches, moves and hours of the days from this one on, "" where there are none."""
    events = [event for kind in KINDS for event in context.store.events_of(Key(kind, ""))]
    bodies = [event.body for event in events if first <= event.study_day <= first + timedelta(days=days - 1)]
    touches = Counter(one.touch for one in bodies if isinstance(one, PersonTouched) and one.touch in COUNTED)
    # A job that was moved to its own stage, with a new day, came there once.
    moved = dict.fromkeys((one.job, one.stage) for one in bodies if isinstance(one, JobMoved))
    moves = Counter(stage for _, stage in moved)
    minutes = sum(one.seconds for one in bodies if isinstance(one, JobTimeLogged)) // 60
    said = []
    if touches:
        said.append("people: " + ", ".join(f"{number} {touch}" for touch, number in touches.items()))
    if moves:
        said.append("jobs: " + ", ".join(f"{number} {stage}" for stage, number in moves.items()))
    if minutes:
        said.append(f"{format_duration(minutes)} of work for clients")
    return "; ".join(said)
