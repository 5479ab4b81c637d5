"""The people a learner is in touch with: what passed between them, and whom to write to next."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from mlcoach.domain.event_order import order_of
from mlcoach.domain.events import Event
from mlcoach.domain.work_events import PersonTouched

Tag = Literal["mentor", "reverse", "buddy", "recruiter", ""]
Reason = Literal["report", "advice", "thank", "remind", "first", "touch"]

# Weeks from one touch to the next, where the learner said nothing else: when there is something to say, and not seldom.
WEEKS: Mapping[str, int] = {"mentor": 6, "reverse": 6, "buddy": 2, "recruiter": 4, "": 8}
ADVICE_DAYS = 14  # until advice is done, or it is said why not
ANSWER_DAYS = 14  # until one friendly reminder
FIRST_DAYS = 7  # until the first question to somebody new
REASONS: tuple[Reason, ...] = ("report", "thank", "advice", "remind", "first", "touch")  # by what cannot wait


class AdviceState(NamedTuple):
    """Advice that was given on an ISO day; when it was done, and when the person heard of it ("" for not yet)."""

    id: str
    day: str
    done: str = ""
    reported: str = ""


class PersonState(NamedTuple):
    """What passed with a person, as ISO days. `last_day` is that of the last touch, of the learner's or theirs."""

    added: str = ""
    last_day: str = ""
    asked: str = ""
    answered: str = ""
    thanked: str = ""
    advice: tuple[AdviceState, ...] = ()
    touches: int = 0
    dropped: bool = False


class Errand(NamedTuple):
    """A reason to write to a person, due on a day; `advice` is the id of what it is about, "" elsewhere."""

    person: str
    reason: Reason
    due: date
    advice: str = ""


def fold_people(events: Iterable[Event]) -> dict[str, PersonState]:
    """Return the state of every person that was ever added, by id; dropped ones say so."""
    people: dict[str, PersonState] = {}
    for event in sorted(events, key=order_of):
        if isinstance(event.body, PersonTouched):
            id = event.body.person
            people[id] = _after(people.get(id, PersonState()), event.body, event.study_day.isoformat())
    return people


def _after(state: PersonState, body: PersonTouched, day: str) -> PersonState:
    state = state._replace(added=state.added or day)
    match body.touch:
        case "added":
            return state._replace(dropped=False)
        case "dropped":
            return state._replace(dropped=True)
        case "asked":
            state = state._replace(asked=day)
        case "answered":
            state = state._replace(answered=day)
        case "advice":
            # Advice is an answer too.
            state = state._replace(answered=day, advice=(*state.advice, AdviceState(body.advice, day)))
        case "did":
            done = tuple(one._replace(done=day) if one.id == body.advice else one for one in state.advice)
            return state._replace(advice=done)  # the person does not know yet
        case "thanked":
            told = tuple(one._replace(reported=day) if one.done and not one.reported else one for one in state.advice)
            state = state._replace(thanked=day, advice=told)
    return state._replace(last_day=day, touches=state.touches + 1)


def open_advice(state: PersonState) -> tuple[AdviceState, ...]:
    """Return the advice that was neither done nor declined, the oldest first."""
    return tuple(one for one in state.advice if not one.done)


def errand(id: str, state: PersonState, weeks: int) -> Errand:
    """Return what to write to a person next, and when it is due; `weeks` are those between two touches.

    What was done is reported back at once, an answer gets its thanks; advice has two weeks, and so has a question
    before one friendly reminder. Else the interval counts from the last touch.
    """
    done = next((one for one in state.advice if one.done and not one.reported), None)
    if done:
        return Errand(id, "report", date.fromisoformat(done.done), done.id)
    if state.answered and state.answered > state.thanked and not open_advice(state):
        return Errand(id, "thank", date.fromisoformat(state.answered))
    waiting = open_advice(state)
    if waiting:
        return Errand(id, "advice", _after_days(waiting[0].day, ADVICE_DAYS), waiting[0].id)
    if state.asked and state.asked > max(state.answered, state.thanked):
        return Errand(id, "remind", _after_days(state.asked, ANSWER_DAYS))
    if not state.last_day:
        return Errand(id, "first", _after_days(state.added, FIRST_DAYS))
    return Errand(id, "touch", _after_days(state.last_day, 7 * weeks))


def in_turn(errands: Iterable[Errand], today: date) -> list[Errand]:
    """Return the errands that are due, those that cannot wait in front, then the others by their day."""
    return sorted(
        errands,
        key=lambda one: (
            one.due > today,
            REASONS.index(one.reason) if one.due <= today else 0,
            one.due,
            one.person,
        ),
    )


def _after_days(day: str, days: int) -> date:
    start = date.fromisoformat(day)
    return start + timedelta(days=min(days, (date.max - start).days))
