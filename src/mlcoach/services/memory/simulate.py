"""What other retentions would cost and bring this learner, from their own cards, seconds and settings."""

from datetime import date
from statistics import mean
from typing import TYPE_CHECKING

from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.domain.memory.fsrs6 import Memory
from mlcoach.domain.memory.items import ItemState
from mlcoach.domain.memory.ratings import AGAIN
from mlcoach.domain.memory.recall import validate_retention
from mlcoach.domain.memory.simulate import KnownCard, Learner, simulate
from mlcoach.domain.memory.trace import Trace, unpacked
from mlcoach.errors import UsageError
from mlcoach.views.memory import SimulationView, TargetView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

TARGETS = (0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 0.97)
LONGEST = 3650  # study days
MOST_NEW = 200
LATEST = 1000  # answers whose seconds are looked at
FEWEST = 20  # of a sort, before its own mean is believed


def run(
    context: "Context",
    days: int,
    new: int | None = None,
    target: float | None = None,
    on_progress: OnProgress = silent,
) -> SimulationView:
    """Return the workload and what is known after `days` study days for several desired retentions.

    `new` cards are met each day, by default as many as the settings say; `target` is one more retention to look at.
    `on_progress` hears (targets done, targets in all). Nothing is written. Raises UsageError for numbers out of range.
    """
    if not 1 <= days <= LONGEST:
        raise UsageError(f"`--days` must be 1 to {LONGEST:,}, got {days}")
    each_day: int = context.settings.get("new_cards") if new is None else new
    if not 0 <= each_day <= MOST_NEW:
        raise UsageError(f"`--new` must be 0 to {MOST_NEW} cards a day, got {each_day}")
    desired: float = context.settings.get("retention")
    asked = [desired] if target is None else [desired, validate_retention(target)]
    targets = sorted({*TARGETS, *asked})
    learner = _learner(context, each_day)
    found = []
    for done, retention in enumerate(targets, start=1):
        outcome = simulate(learner, retention, days)
        found.append(
            TargetView(
                retention=retention,
                reviews_a_day=outcome.answers / days,
                minutes_a_day=outcome.seconds / 60 / days,
                later_minutes_a_day=outcome.later_seconds / 60 / max(1, days // 4),
                recalled=outcome.recalled / outcome.asked if outcome.asked else None,
                known=outcome.known,
                minutes_for_each=outcome.seconds / 60 / outcome.known if outcome.known else None,
            )
        )
        on_progress(done, len(targets))
    return SimulationView(days, each_day, len(learner.known), learner.waiting, desired, tuple(found))


def _learner(context: "Context", new: int) -> Learner:
    aliases, today = context.catalog.aliases(), context.today
    states = {aliases.get(key, key): state for key, state in context.store.every_item().items() if state.repetitions}
    heads = context.catalog.heads(states)
    known = [
        KnownCard(
            _trace(states[id], min(0, (date.fromisoformat(states[id].last_day) - today).days)),
            max(0, (date.fromisoformat(states[id].due) - today).days),
        )
        for id, head in heads.items()
        if head.kind == "card" and not states[id].suspended
    ]
    cards = sum(head.kind == "card" for unit in context.path.units for head in context.catalog.items(unit))
    met = sum(head.kind == "card" and head.unit in set(context.path.units) for head in heads.values())
    seconds = {"recalled": [], "failed": [], "first": []}  # type: dict[str, list[int]]
    for answer in context.store.latest_answers(LATEST):
        if answer.seconds:
            sort = "first" if answer.first else "failed" if answer.rating == AGAIN else "recalled"
            seconds[sort].append(answer.seconds)
    usual = Learner()
    return Learner(
        known=known,
        new=new,
        waiting=max(0, cards - met),
        recalled_seconds=_own(seconds["recalled"], usual.recalled_seconds),
        failed_seconds=_own(seconds["failed"], usual.failed_seconds),
        first_seconds=_own(seconds["first"], usual.first_seconds),
        parameters=context.store.parameters(),
        model=context.store.learner_model() if context.settings.get("memory.adaptive") else None,
    )


def _trace(state: ItemState, last: int) -> Trace:
    """Return what the next recall of a card depends on, whose last answer was on this day."""
    memory = Memory(state.stability, state.difficulty)
    return unpacked(state.trace, memory, last) if state.trace else Trace(memory, last, answered=True)


def _own(seconds: list[int], usual: float) -> float:
    """Return the learner's own mean, at most that of a long look, or what is usual while there are too few answers."""
    return mean(min(took, 120) for took in seconds) if len(seconds) >= FEWEST else usual
