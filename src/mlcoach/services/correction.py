"""FSRS-6 corrected by what the answers say of the learner: the intervals that follow, and their reasons."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcoach.domain.memory import Memory
    from mlcoach.services.context import Context
    from mlcoach.services.views.memory import ExplainView

REASONS = 3  # of them the strongest are told
WEAKEST = 0.05  # a logit that moves an interval by a few per cent


def explain(context: "Context", name: str) -> "ExplainView":
    """Return why an item is due when it is. Raises NotFoundError or UsageError for a name that fits not one."""
    from mlcoach.domain import adaptive, memory
    from mlcoach.domain.progress import ItemState
    from mlcoach.domain.trace import trace_of
    from mlcoach.services import grade, names, states
    from mlcoach.services.views.memory import ExplainView, IntervalsView, ReasonView

    item = names.item(context, name)
    state = states.item_state(context, item) or ItemState()
    on, retention = context.settings.get("memory.adaptive"), context.settings.get("retention")
    parameters, known = context.store.parameters(), context.store.correction()
    trace = trace_of(states.item_history(context, item), parameters)
    found: IntervalsView | None = None
    reasons: tuple[ReasonView, ...] = ()
    if trace.memory is not None:
        own = memory.raw_interval(trace.memory.stability, retention, memory.decay_of(parameters))
        found = IntervalsView(own, adaptive.interval(known, trace, retention, parameters))
        strengths = sorted(adaptive.reasons(known, trace, retention).items(), key=lambda reason: -abs(reason[1]))
        reasons = tuple(ReasonView(*reason) for reason in strengths[:REASONS] if abs(reason[1]) >= WEAKEST)
    return ExplainView(
        item=item,
        question=grade.one_line_question(grade.load(context, item)),
        due=date.fromisoformat(state.due) if state.due else None,
        last_day=date.fromisoformat(state.last_day) if state.last_day else None,
        interval_days=state.interval,
        retention=retention,
        adaptive=on,
        default=parameters is None,
        answers=known.answers,
        days=found,
        reasons=reasons,
        stability=state.stability,
        difficulty=state.difficulty,
        rating=grade.RATING_NAMES.get(trace.rating, ""),
        reviews=trace.reviews,
        lapses=trace.lapses,
        run=trace.run,
        repeats=trace.repeats,
    )


def reach_after(context: "Context", item: str, day: date) -> "Callable[[int, Memory], float] | None":
    """Return the corrected interval of an item as a function of its next answer, given on this day.

    None where the learner wants FSRS-6 alone. Later answers to the item do not count for it.
    """
    if not context.settings.get("memory.adaptive"):
        return None
    from mlcoach.domain.adaptive import reach
    from mlcoach.domain.trace import trace_of
    from mlcoach.services import states

    parameters = context.store.parameters()
    history = [event for event in states.item_history(context, item) if event.study_day <= day]
    retention = context.settings.get("retention")
    return reach(context.store.correction(), trace_of(history, parameters), day.toordinal(), retention, parameters)
