"""The people a learner is in touch with: whom to write to and why, and what passed.

Names and words go into a file, days and kinds into the journal, both as one step of undo.
"""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.work_files import PersonEntry, PersonLine, people_text, read_people
from mlcoach.domain.text import checked
from mlcoach.domain.work.people import WEEKS, Errand, PersonState, errand, in_turn, open_advice
from mlcoach.domain.work_events import PersonTouch, PersonTouched
from mlcoach.errors import UsageError
from mlcoach.services.files import OwnFiles, change
from mlcoach.services.work import files
from mlcoach.views.work.people import (
    AdviceView,
    PeopleView,
    PersonLineView,
    PersonView,
    ShownPersonView,
    TouchedView,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context

TAGS = ("mentor", "reverse", "buddy", "recruiter")
MOST_WEEKS = 104
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
    found = [errand(id, states[id], _weeks(entry)) for id, entry in entries.items() if _is_kept(states.get(id))]
    views = [view_of(context, entries[one.person], states[one.person], one) for one in in_turn(found, context.today)]
    due = tuple(view for view in views if view.due <= context.today)
    return PeopleView(
        context.today, due, tuple(view for view in views if view not in due), () if views else FIRST_STEPS
    )


def add(context: "Context", name: str, tag: str, weeks: int | None, day: date) -> TouchedView:
    """Keep a person. One of the same name is somebody else. Raises UsageError for a bad name, tag or interval."""
    name = files.checked_name(name, "name")
    if tag and tag not in TAGS:
        raise UsageError(f"no tag `{tag:.40}`", f"say {', '.join(TAGS)}")
    if weeks is not None and not 1 <= weeks <= MOST_WEEKS:
        raise UsageError(f"`--every` must be 1 to {MOST_WEEKS} weeks, got {weeks}", "write it as `6w`")

    def write(own: OwnFiles) -> TouchedView:
        people = _read(context, own)
        id = files.new_id((*people, *context.store.work.people()))
        same = [other for other, entry in people.items() if entry.name.casefold() == name.casefold()]
        people[id] = PersonEntry(name, tag, weeks or 0)
        _write(context, own, people, PersonTouched(id, "added"), day)
        hint = f"there is another {name}, `{same[0]}`: say which by the id" if same else ""
        return _touched(context, id, "added", hint=hint)

    return change(context, write)


def log(context: "Context", name: str, touch: PersonTouch, text: str, day: date, *, tried: str = "") -> TouchedView:
    """Record what passed with a person: their advice, or the learner's question, deed or thanks.

    `tried` is what the learner tried before asking. What was done is the advice given first and still open, or the one
    whose words the text begins with. Raises NotFoundError and UsageError.
    """
    text = checked(text, "text", 4_000)
    tried = checked(tried, "text", 4_000)
    if touch == "asked" and not (text and tried):
        raise UsageError(
            "a question shows what you tried, and asks one thing",
            'say both: `--asked "what exactly?" --tried "what you did before"`',
        )
    if touch == "advice" and not text:
        raise UsageError("the advice is empty", 'write it: `--advice "…"`')

    def write(own: OwnFiles) -> TouchedView:
        people = _read(context, own)
        id = files.meant(name, {id: entry.name for id, entry in people.items()}, "person", "mlcoach people list")
        advice = ""
        if touch == "advice":
            advice = files.new_id(line.advice for entry in people.values() for line in entry.lines)
        elif touch == "did":
            advice = _advice_done(context, id)
        words = f"{text} (tried before: {tried})" if tried else text
        line = PersonLine(day.isoformat(), touch, words, advice)
        people[id] = people[id]._replace(lines=(*people[id].lines, line))
        _write(context, own, people, PersonTouched(id, touch, advice), day)
        return _touched(context, id, touch, advice=_text_of(people[id], advice))

    return change(context, write)


def drop(context: "Context", name: str, day: date) -> TouchedView:
    """Forget a person: name and words leave the file, the journal keeps an id without a name. Raises as `log` does."""

    def write(own: OwnFiles) -> TouchedView:
        people = _read(context, own)
        id = files.meant(name, {id: entry.name for id, entry in people.items()}, "person", "mlcoach people list")
        view = _touched(context, id, "dropped")
        del people[id]
        _write(context, own, people, PersonTouched(id, "dropped"), day)
        return view

    return change(context, write)


def show(context: "Context", name: str) -> ShownPersonView:
    """Return all that is kept of a person. Raises NotFoundError and UsageError."""
    entries = files.people(context)
    id = files.meant(name, {id: entry.name for id, entry in entries.items()}, "person", "mlcoach people list")
    entry = entries[id]
    state = context.store.work.people().get(id, PersonState(context.today.isoformat()))
    advice = tuple(
        AdviceView(one.id, _text_of(entry, one.id), _day(one.day), _maybe(one.done), _maybe(one.reported))
        for one in state.advice
    )
    lines = tuple(
        PersonLineView(_maybe(line.day) or context.today, line.touch, line.text) for line in reversed(entry.lines)
    )
    next_one = errand(id, state, _weeks(entry))
    return ShownPersonView(view_of(context, entry, state, next_one), advice, lines, context.today)


def view_of(context: "Context", entry: PersonEntry, state: PersonState, one: Errand) -> PersonView:
    """Return a person with what to write to them."""
    reason = REASONS[one.reason].format(advice=_text_of(entry, one.advice), day=state.asked)
    late = max(0, (context.today - one.due).days)
    command = f"mlcoach people log {_called(context, one.person, entry)} {COMMANDS[one.reason]}"
    last = _maybe(state.last_day)
    return PersonView(one.person, entry.name, entry.tag, _weeks(entry), last, reason, one.due, late, command)


def _called(context: "Context", id: str, entry: PersonEntry) -> str:
    """Return how to name a person on the command line: by the first word of the name where that is enough."""
    first = entry.name.split()[0].lower()
    others = [other for key, other in files.people(context).items() if key != id]
    plain = first.isascii() and first.isalnum()
    return first if plain and not any(f" {first}" in f" {other.name.lower()}" for other in others) else id


def _advice_done(context: "Context", id: str) -> str:
    state = context.store.work.people().get(id)
    waiting = open_advice(state) if state else ()
    return waiting[0].id if waiting else ""


def _touched(context: "Context", id: str, action: str, *, advice: str = "", hint: str = "") -> TouchedView:
    entry = files.people(context)[id]
    state = context.store.work.people()[id]
    return TouchedView(view_of(context, entry, state, errand(id, state, _weeks(entry))), action, advice, hint)


def _read(context: "Context", own: OwnFiles) -> dict[str, PersonEntry]:
    path = files.people_path(context)
    return read_people(own.text(path), path)


def _write(context: "Context", own: OwnFiles, people: dict[str, PersonEntry], body: PersonTouched, day: date) -> None:
    from mlcoach.store.append import NewEvent

    new = [NewEvent(body, day, day != context.today)]
    own.write({files.people_path(context): people_text(people)}, new=new)


def _is_kept(state: PersonState | None) -> bool:
    return state is not None and not state.dropped


def _weeks(entry: PersonEntry) -> int:
    return entry.weeks or WEEKS.get(entry.tag, WEEKS[""])


def _text_of(entry: PersonEntry, advice: str) -> str:
    return next((line.text for line in entry.lines if advice and line.advice == advice and line.touch == "advice"), "")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
