"""Cards that were given up today: each is open until its sentence is said, and comes back once before the close."""

from collections.abc import Iterable
from typing import NamedTuple

from mlcoach.domain.events import Attempted, Body, Event, ItemDiscussed, ItemGraded
from mlcoach.domain.memory.ratings import AGAIN


class OpenCard(NamedTuple):
    """A card that was given up: whether its `sentence` is still to be said, and whether it is still to come `back`."""

    item: str
    sentence: bool = True
    back: bool = True


def open_cards(events: Iterable[Event]) -> tuple[OpenCard, ...]:
    """Return what is open of what was given up, the first first; the events are those of one day in journal order.

    One that was recalled later is closed; one that was given up a second time comes back on another day.
    """
    events = list(events)
    graded = {(event.command, event.body.item) for event in events if isinstance(event.body, ItemGraded)}
    found: dict[str, OpenCard] = {}
    given_up_by: dict[str, str] = {}
    for event in events:
        body = event.body
        if not isinstance(body, ItemDiscussed | ItemGraded | Attempted):
            continue
        item = body.item
        if gives_up(body) and (event.command, item) in graded:
            found[item] = OpenCard(item, back=item not in found)
            given_up_by[item] = event.command
        elif item not in found:
            continue
        elif isinstance(body, ItemDiscussed) and body.step == "sentence":
            found[item] = found[item]._replace(sentence=False)
        elif isinstance(body, ItemGraded) and event.command != given_up_by[item]:
            again = body.rating == AGAIN
            found[item] = found[item]._replace(back=False, sentence=again and found[item].sentence)
    return tuple(one for one in found.values() if one.sentence or one.back)


def gives_up(body: Body) -> bool:
    """Return whether an entry says that the solution was seen without an answer."""
    return (isinstance(body, Attempted) and body.solution) or (
        isinstance(body, ItemDiscussed) and body.step == "solution"
    )
