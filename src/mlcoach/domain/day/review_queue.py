"""What a review was asked for, and in which order the chosen items are asked."""

from collections.abc import Iterable
from typing import NamedTuple

from mlcoach.domain.curriculum import ItemHead
from mlcoach.domain.day.plan import LONGEST_PRACTICE
from mlcoach.domain.day.queue import interleaved, queue


class WantedItems(NamedTuple):
    """What the learner asked for. `limit` is None for the setting, `only` is cards, exercises, problems or "" for all.

    With `item`, only that one, due or not; with `block`, what that block of today's plan asks. With `reverse`, only
    cards that go both ways; with `clock`, exercises that fit so many minutes.
    """

    limit: int | None = None
    only: str = ""
    subject: str = ""
    ahead: int = 0
    item: str = ""
    reverse: bool = False
    block: int = 0
    clock: int = 0


class QueueEntry(NamedTuple):
    """An item of the queue. `due` is an ISO study day, "" for an item never answered."""

    head: ItemHead
    due: str = ""


def exercises_to_ask(
    due: dict[str, QueueEntry], chosen: list[str], planned: set[str], wanted: WantedItems
) -> list[str]:
    """Return the due exercises to ask: today's planned ones; asked for by name, what fits one practice."""
    exercises = [id for id in chosen if due[id].head.kind == "exercise"]
    asked = [id for id in exercises if id in planned]
    asked_for = wanted.only in ("exercises", "problems")
    if (asked and not wanted.clock) or not (asked_for or wanted.subject):
        return asked
    asked = []
    minutes = 0.0
    for id in exercises:
        minutes += due[id].head.minutes if wanted.clock else due[id].head.minutes / 2
        if asked and minutes > (wanted.clock or LONGEST_PRACTICE):
            break
        asked.append(id)
    return asked


def fitting(ids: list[str], entries: dict[str, QueueEntry], minutes: float, *, first: bool) -> list[str]:
    """Return the items from the front that fit into these minutes; `first`: one in any case."""
    found: list[str] = []
    for id in ids:
        minutes -= entries[id].head.minutes
        if minutes < 0 and (found or not first):
            break
        found.append(id)
    return found


def in_order(planned: list[str], due: list[str], new: list[str], entries: dict[str, QueueEntry]) -> list[str]:
    """Return the ids as they are asked: the plan's cards as planned, the others mixed, then the exercises."""
    taken = {*due, *new}
    cards = [id for id in planned if id in taken and entries[id].head.kind == "card"]
    others = taken.difference(cards)
    mixed = queue(_cards(due, others, entries), _cards(new, others, entries), float("inf"))
    exercises = [entries[id].head for id in (*due, *new) if entries[id].head.kind == "exercise"]
    return [*cards, *(head.id for head in mixed), *(head.id for head in interleaved(exercises))]


def _cards(ids: Iterable[str], among: set[str], entries: dict[str, QueueEntry]) -> list[ItemHead]:
    return [entries[id].head for id in ids if id in among and entries[id].head.kind == "card"]
