"""The people a learner is in touch with: whom to write to and why, and what passed."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.work_files import PersonEntry
from mlcoach.domain.time.study_days import format_day
from mlcoach.domain.work.people import WEEKS, Errand, PersonState, errand, in_turn
from mlcoach.services.work import files
from mlcoach.views.work.people import (
    AdviceView,
    PeopleView,
    PersonLineView,
    PersonView,
    ShownPersonView,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context

REASONS = {
    "report": "report back: what you did of “{advice}”, and what came of it",
    "thank": "thank them for the answer, and say what you will do with it",
    "advice": "do what they advised, or say why not: “{advice}”",
    "remind": "no answer since {day}: one friendly reminder, then leave it",
    "first": "ask the first good question",
    "touch": "write when there is something to say: what you tried, what is next",
}
COMMANDS = {
    "report": '--thanked "…"',
    "thank": '--thanked "…"',
    "advice": '--did "…"',
    "remind": '--asked "…"',
    "first": '--asked "…"',
    "touch": '--asked "…"',
}
FIRST_STEPS = (
    "List ten people who have been where you want to go, some only a few years ahead, one of them younger than you.",
    "Read or use something that each of them made; then ask one specific question.",
)


def overview(context: "Context") -> PeopleView:
    """Return whom to write to, and why. Raises InvalidFileError for a broken file."""
    entries = files.people(context)
    states = context.store.work.people()
    found = [errand(id, states[id], weeks_of(entry)) for id, entry in entries.items() if _is_kept(states.get(id))]
    views = [view_of(context, entries[one.person], states[one.person], one) for one in in_turn(found, context.today)]
    due = tuple(view for view in views if view.due <= context.today)
    return PeopleView(
        context.today, due, tuple(view for view in views if view not in due), () if views else FIRST_STEPS
    )


def show(context: "Context", name: str) -> ShownPersonView:
    """Return all that is kept of a person. Raises NotFoundError and UsageError."""
    entries = files.people(context)
    id = files.meant(name, {id: entry.name for id, entry in entries.items()}, "person", "mlcoach people list")
    entry = entries[id]
    state = context.store.work.people().get(id, PersonState(context.today.isoformat()))
    advice = tuple(
        AdviceView(one.id, text_of_advice(entry, one.id), _day(one.day), _maybe(one.done), _maybe(one.reported))
        for one in state.advice
    )
    lines = tuple(
        PersonLineView(_maybe(line.day) or context.today, line.touch, line.text) for line in reversed(entry.lines)
    )
    next_one = errand(id, state, weeks_of(entry))
    return ShownPersonView(view_of(context, entry, state, next_one), advice, lines, context.today)


def view_of(context: "Context", entry: PersonEntry, state: PersonState, one: Errand) -> PersonView:
    """Return a person with what to write to them."""
    asked = _maybe(state.asked)
    day = format_day(asked, context.today) if asked else ""
    reason = REASONS[one.reason].format(advice=text_of_advice(entry, one.advice), day=day)
    late = max(0, (context.today - one.due).days)
    command = f"mlcoach people log {_called(context, one.person, entry)} {COMMANDS[one.reason]}"
    last = _maybe(state.last_day)
    return PersonView(one.person, entry.name, entry.tag, weeks_of(entry), last, reason, one.due, late, command)


def _called(context: "Context", id: str, entry: PersonEntry) -> str:
    """Return how to name a person on the command line: by the first word of the name where that is enough."""
    first = entry.name.split()[0].lower()
    others = [other for key, other in files.people(context).items() if key != id]
    plain = first.isascii() and first.isalnum()
    return first if plain and not any(f" {first}" in f" {other.name.lower()}" for other in others) else id


def _is_kept(state: PersonState | None) -> bool:
    return state is not None and not state.dropped


def weeks_of(entry: PersonEntry) -> int:
    """Return the weeks between two touches of a person: their own, else those of the tag."""
    return entry.weeks or WEEKS.get(entry.tag, WEEKS[""])


def text_of_advice(entry: PersonEntry, advice: str) -> str:
    """Return the words of an advice, "" for none."""
    return next((line.text for line in entry.lines if advice and line.advice == advice and line.touch == "advice"), "")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
