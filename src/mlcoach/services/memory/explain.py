"""Why an item is due when it is: the interval of FSRS-6, the corrected one, and the reasons between them."""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.views.memory import ExplainView

REASONS = 3  # the strongest ones that are shown
WEAKEST = 0.05  # a logit that moves an interval by a few per cent


def explain(context: "Context", name: str) -> "ExplainView":
    """Return why an item is due when it is. Raises NotFoundError or UsageError for a name that fits not one."""
    from mlcoach.domain.events import ItemGraded
    from mlcoach.domain.memory import learner_model, recall
    from mlcoach.domain.memory.items import ItemState
    from mlcoach.domain.memory.ratings import RATING_NAMES
    from mlcoach.domain.memory.trace import elapsed_days, trace_of
    from mlcoach.services import names
    from mlcoach.services.cards import text
    from mlcoach.services.review import grade
    from mlcoach.services.review import items as review_items
    from mlcoach.views.memory import ExplainView, IntervalsView, ReasonView

    item = names.item(context, name)
    state = review_items.item_state(context, item) or ItemState()
    on, retention = context.settings.get("memory.adaptive"), grade.wanted_retention(context, item)
    parameters, known = context.store.parameters(), context.store.learner_model()
    history = review_items.item_history(context, item)
    trace = trace_of(history, parameters)
    found: IntervalsView | None = None
    reasons: tuple[ReasonView, ...] = ()
    recalls: tuple[float | None, float | None] = (None, None)
    if trace.memory is not None:
        own = recall.raw_interval(trace.memory.stability, retention, recall.decay_of(parameters))
        corrected = learner_model.interval(known, trace, retention, parameters)
        most = learner_model.bound(known, trace, retention)
        at_most = corrected != own and not own / most < corrected < own * most
        found = IntervalsView(own, corrected, at_most)
        strengths = sorted(learner_model.reasons(known, trace, retention).items(), key=lambda reason: -abs(reason[1]))
        reasons = tuple(ReasonView(*reason) for reason in strengths[:REASONS] if abs(reason[1]) >= WEAKEST)
        elapsed = elapsed_days(trace, context.today.toordinal())
        usual = review_items.scheduled_recall(context)(state, context.today)
        recalls = usual, learner_model.recall(known, trace, elapsed, parameters) if on else usual
    return ExplainView(
        item=item,
        question=text.one_line_question(text.load_item(context, item)),
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
        rating=RATING_NAMES.get(trace.rating, ""),
        reviews=trace.reviews,
        lapses=trace.lapses,
        run=trace.run,
        repeats=trace.repeats,
        exercise=item in context.catalog.exercises,
        ladder=grade.is_on_ladder(context, item),
        recall=recalls[0],
        recall_now=recalls[1],
        gap=trace.gap,
        suspended=state.suspended,
        elsewhere=trace.memory is not None and not trace.answered,
        afresh=trace.memory is None and any(isinstance(event.body, ItemGraded) for event in history),
    )
