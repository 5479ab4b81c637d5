"""The corrected interval of an item, from what all answers say of the learner."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcoach.domain.memory.fsrs6 import Memory
    from mlcoach.services.context import Context


def corrected_interval_after(
    context: "Context", item: str, day: date, retention: float
) -> "Callable[[int, Memory], float] | None":
    """Return the interval after which recall falls to `retention`, as a function of an answer given on this day.

    None where the learner wants FSRS-6 alone. Later answers to the item do not count for it.
    """
    if not context.settings.get("memory.adaptive"):
        return None
    from mlcoach.domain.memory.learner_model import corrected_interval
    from mlcoach.domain.memory.trace import trace_of
    from mlcoach.services.review import items

    parameters = context.store.parameters()
    history = [event for event in items.item_history(context, item) if event.study_day <= day]
    return corrected_interval(
        context.store.learner_model(), trace_of(history, parameters), day.toordinal(), retention, parameters
    )
