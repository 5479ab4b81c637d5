"""What one client's talk is at: when each item was asked, how much time the learner has, and what they had enough of.

Nothing of it is written down. It ends with its server; what must outlive that is in the journal.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mlcoach.domain.assistant.evening import AtHand
from mlcoach.domain.assistant.handles import HANDLE, item_of, without_ids
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.errors import NotFoundError
from mlcoach.views.assistant.reading import PlannedBlockView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MINUTE = 60 * MICROSECONDS
LONGEST_SECONDS = 3_600  # who left the table for longer did not think all the while


class Talk:
    """The talk of one client.

    `enough_cards`: the learner wants no more of the review today; `closed`: their evening was closed.
    """

    def __init__(self) -> None:
        self.enough_cards = self.closed = False
        self._asked: dict[str, float] = {}
        self._urged: set[str] = set()
        self._until: int | None = None
        self._minutes: dict[str, int] = {}

    def with_ids(self, context: "Context", given: Mapping[str, Any]) -> dict[str, Any]:
        """Return arguments with the ids of items in the place of their handles. Raises NotFoundError for no item's."""
        found = dict(given)
        for name, value in given.items():
            if isinstance(value, str) and HANDLE.fullmatch(value):
                found[name] = item_of(value, context.catalog.item_ids())
                if not found[name]:
                    raise NotFoundError(f"nothing is called `{value}`", "`question` names what it asks")
        return found

    def hidden(self, context: "Context", text: str) -> str:
        """Return what is said with handles in the place of the ids of items."""
        return without_ids(text, context.catalog.heads)

    def asks(self, item: str, clock: float) -> None:
        """Remember that an item was asked now."""
        self._asked[item] = clock

    def seconds_on(self, item: str, clock: float) -> int:
        """Return the seconds since an item was asked or tried last, 0 where it was not; from now on they count anew."""
        asked, self._asked[item] = self._asked.get(item, clock), clock
        return min(LONGEST_SECONDS, round(clock - asked))

    def has_minutes(self, context: "Context", minutes: int) -> None:
        """Remember how long the learner said they have, from now on."""
        self._until = context.instant.microseconds + minutes * MINUTE

    def plans(self, blocks: Iterable[PlannedBlockView]) -> None:
        """Remember the plan that was made for the time that the learner has."""
        self._minutes = {}
        for block in blocks:
            what = block.unit or block.paper or block.kind
            self._minutes[what] = self._minutes.get(what, 0) + block.minutes

    def at_hand(self, context: "Context") -> AtHand:
        """Return what the learner said of their evening."""
        left = None if self._until is None else max(0, (self._until - context.instant.microseconds) // MINUTE)
        return AtHand(left, not self.enough_cards, self._minutes, self.closed)

    def begins(self) -> None:
        """Remember that something else began: who was asked cards before and leaves them has enough of them."""
        self.enough_cards = self.enough_cards or bool(self._asked)

    def was_urged(self, item: str, *, give_up: bool) -> bool:
        """Return whether an assistant was told before to ask for a guess, and remember that it is told now."""
        urged = item in self._urged
        self._urged.add(item)
        return urged and give_up
