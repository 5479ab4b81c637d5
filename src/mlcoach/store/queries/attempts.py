"""Questions about attempts: what was tried of items that check themselves, and whose code may run."""

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from mlcoach.domain.event_keys import Key
from mlcoach.domain.event_order import EventOrder, order_of
from mlcoach.domain.events import Attempted, ItemDiscussed
from mlcoach.domain.practice.attempts import AttemptState
from mlcoach.store.database import explained
from mlcoach.store.device import known_device
from mlcoach.store.journal import events_of
from mlcoach.store.queries.base import Queries


class AttemptAt(NamedTuple):
    """An attempt that counts, and when it was made."""

    attempt: Attempted
    day: date
    order: EventOrder


class DiscussedAt(NamedTuple):
    """What came up beside an item, and where it sorts among other events."""

    body: ItemDiscussed
    order: EventOrder


class AttemptQueries(Queries):
    """Questions about attempts."""

    def states(self, items: Iterable[str] | None = None) -> dict[str, AttemptState]:
        """Return what was tried of those of these items that have attempts or a word on their code; of all for None."""
        wanted = None if items is None else json.dumps(list(items))
        rows = self._rows(
            "SELECT key, tries, right, first_right, last_right, last_day, verdict, misconceptions, allowed FROM attempt"
            " WHERE ? IS NULL OR key IN (SELECT value FROM json_each(?)) ORDER BY key",
            (wanted, wanted),
        )
        found: dict[str, AttemptState] = {}
        for key, *fields, misconceptions, allowed in rows:
            # Most have neither, and reading nothing a thousand times takes its time.
            pairs = () if allowed == "[]" else tuple((device, digest) for device, digest in json.loads(allowed))
            named = {} if misconceptions == "{}" else json.loads(misconceptions)
            found[key] = AttemptState._make((*fields, named, pairs))
        return found

    def of(self, item: str) -> list[AttemptAt]:
        """Return the attempts at an item that count, in journal order."""
        with explained(self.path):
            events = events_of(self.connection, Key("attempt", item))
        return [
            AttemptAt(event.body, event.study_day, order_of(event))
            for event in events
            if isinstance(event.body, Attempted)
        ]

    def discussed(self, item: str) -> list[DiscussedAt]:
        """Return what came up beside an item, as far as it counts, in journal order."""
        with explained(self.path):
            events = events_of(self.connection, Key("attempt", item))
        return [DiscussedAt(event.body, order_of(event)) for event in events if isinstance(event.body, ItemDiscussed)]

    def device(self) -> str:
        """Return the name of this copy of the journal, "" before its first write."""
        with explained(self.path):
            return known_device(self.connection)
