"""Going through a unit's cards before an exam, say: nothing is written, so the schedule stays as it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from mlcoach.domain.day.review_queue import QueueEntry
from mlcoach.domain.events import Attempted
from mlcoach.domain.memory.items import ItemState
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.review.current_item import SessionStep
from mlcoach.services.review.items import item_states, scheduled_recall
from mlcoach.services.review.queue import LARGEST_LIMIT, goes_both_ways, resolve_scope, within
from mlcoach.services.review.session import ReviewSession

if TYPE_CHECKING:
    from mlcoach.services.context import Context


class Cram(ReviewSession):
    """A session whose answers count in its summary and nowhere else."""

    def _write(self, rating: int, made: Attempted | None = None) -> None:
        asked = self._asked().subject
        self._steps.append(
            SessionStep(self._waiting, self._finished, self._current, (), rating, self._seconds(), asked=asked)
        )

    def _write_attempt(self, made: Attempted) -> tuple[str, ...]:
        return ("",)

    def _revoke_events(self, events: tuple[str, ...]) -> None:
        """Do nothing: nothing was written that could be taken back."""

    def _intervals(self) -> tuple[int, ...]:
        return ()

    def _refuse(self) -> None:
        self._note = "not while cramming, which writes nothing"

    _actions: ClassVar[dict[str, Callable[[Any], None]]] = {
        **ReviewSession._actions, "b": _refuse, "s": _refuse, "f": _refuse,
    }  # fmt: skip


def cram_queue(
    context: "Context", name: str, limit: int | None = None, *, reverse: bool = False
) -> tuple[QueueEntry, ...]:
    """Return all cards of a unit, subject or track, the likeliest to be forgotten first and unmet ones last.

    With `reverse`, those that go both ways.

    Raises NotFoundError or UsageError for a name that fits nothing or several, or that has no cards.
    """
    if limit is not None and not 1 <= limit <= LARGEST_LIMIT:
        raise UsageError(f"`--limit` must be 1 to {LARGEST_LIMIT:,}, got {limit}")
    scope = resolve_scope(context, name)
    units = [unit for unit in context.catalog.units if within(context, unit, scope)]
    heads = [head for unit in units for head in context.catalog.items(unit) if head.kind == "card"]
    if reverse:
        heads = [head for head in heads if goes_both_ways(context, head)]
    if not heads:
        what = "cards that go both ways" if reverse else "cards"
        raise NotFoundError(f"`{scope}` has no {what}", "`mlcoach curriculum list` shows what there is")
    known = item_states(context, [head.id for head in heads])
    on_day = scheduled_recall(context)

    def recall(item: str) -> float:
        state = known.get(item, ItemState())
        # Unmet ones come behind all that were met.
        return on_day(state, context.today) if state.repetitions else 2.0

    heads.sort(key=lambda head: recall(head.id))
    return tuple(QueueEntry(head, known.get(head.id, ItemState()).due) for head in heads[:limit])
