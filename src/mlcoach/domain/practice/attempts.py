"""What attempts say: the fold of those at one item, and the grade that a go at it proposes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mlcoach.domain.events import Attempted, CodeAllowed, Event
from mlcoach.domain.memory.ratings import AGAIN, EASY, GOOD, HARD


class AttemptState(NamedTuple):
    """What was tried of one item. Days are ISO study days ("" = never).

    `tries` and `right` count attempts; `verdict` is the last one's. `misconceptions` counts the known mistakes by id.
    `allowed` are the texts that the learner agreed to run, as (device, digest).
    """

    tries: int = 0
    right: int = 0
    first_right: str = ""
    last_right: str = ""
    last_day: str = ""
    verdict: str = ""
    misconceptions: Mapping[str, int] = {}
    allowed: tuple[tuple[str, str], ...] = ()


def fold_attempts(events: Iterable[Event]) -> AttemptState:
    """Return the state of one item from its attempts, and from the learner's words on its code, in journal order."""
    state = AttemptState()
    misconceptions: dict[str, int] = {}
    allowed: dict[tuple[str, str], None] = {}
    for event in events:
        body, day = event.body, event.study_day.isoformat()
        if isinstance(body, CodeAllowed):
            allowed.pop((event.device, body.digest), None)
            if body.allowed:
                allowed[event.device, body.digest] = None
        elif isinstance(body, Attempted):
            right = body.verdict == "right"
            if body.misconception:
                misconceptions[body.misconception] = misconceptions.get(body.misconception, 0) + 1
            state = state._replace(
                tries=state.tries + 1,
                right=state.right + right,
                first_right=(state.first_right or day) if right else state.first_right,
                last_right=day if right else state.last_right,
                last_day=day,
                verdict=body.verdict,
            )
    return state._replace(misconceptions=misconceptions, allowed=tuple(allowed))


def together(states: Sequence[AttemptState]) -> AttemptState:
    """Return the state of an item that was tried under several ids, the present one last."""
    if len(states) < 2:
        return states[0] if states else AttemptState()
    latest = max(states, key=lambda state: state.last_day)
    misconceptions: dict[str, int] = {}
    for state in states:
        for name, count in state.misconceptions.items():
            misconceptions[name] = misconceptions.get(name, 0) + count
    return AttemptState(
        tries=sum(state.tries for state in states),
        right=sum(state.right for state in states),
        first_right=min((state.first_right for state in states if state.first_right), default=""),
        last_right=max(state.last_right for state in states),
        last_day=latest.last_day,
        verdict=latest.verdict,
        misconceptions=misconceptions,
        allowed=tuple(pair for state in states for pair in state.allowed),
    )


def proposed_rating(attempts: Sequence[Attempted], usual: float, gave_up: bool = False) -> int | None:
    """Return the rating that the attempts since the last grade propose, None where they say nothing yet.

    Right at once and without hints is good, easy within half the `usual` seconds (0 for unknown); right after a wrong
    try or a hint is hard; with the solution seen before, or given up, it is again. Attempts after the first right one
    change nothing.
    """
    tried: list[Attempted] = []
    for attempt in attempts:
        tried.append(attempt)
        if attempt.verdict == "right":
            break
    if not tried or tried[-1].verdict != "right":
        return AGAIN if gave_up else None
    last = tried[-1]
    if any(attempt.solution for attempt in tried):
        return AGAIN
    if len(tried) > 1 or last.hints:
        return HARD
    return EASY if 0 < last.seconds < usual / 2 else GOOD
