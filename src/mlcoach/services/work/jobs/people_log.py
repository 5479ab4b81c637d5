"""Somebody is kept, something passes, somebody is forgotten.

Names and words go into a file, days and kinds into the journal, both as one step of undo.
"""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.work_files import PersonEntry, PersonLine, people_text, read_people
from mlcoach.domain.text import checked
from mlcoach.domain.work.people import errand, open_advice
from mlcoach.domain.work_events import PersonTouch, PersonTouched
from mlcoach.errors import UsageError
from mlcoach.services.files import OwnFiles, change
from mlcoach.services.work import files, paths
from mlcoach.services.work.jobs import forgetting
from mlcoach.services.work.jobs.people import text_of_advice, view_of, weeks_of
from mlcoach.store.append import NewEvent
from mlcoach.views.work.people import PersonView, TouchedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

TAGS = ("mentor", "reverse", "buddy", "recruiter")
MOST_WEEKS = 104


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
        return _touched(context, id, touch, advice=text_of_advice(people[id], advice))

    return change(context, write)


def drop(context: "Context", name: str, day: date) -> TouchedView:
    """Forget a person: name and words leave the file, the journal keeps an id without a name. Raises as `log` does.

    The view says where the name is still.
    """

    def write(own: OwnFiles) -> TouchedView:
        people = _read(context, own)
        id = files.meant(name, {id: entry.name for id, entry in people.items()}, "person", "mlcoach people list")
        view = _touched(context, id, "dropped")
        del people[id]
        _write(context, own, people, PersonTouched(id, "dropped"), day)
        return view

    view = change(context, write)
    left = forgetting.left_over(context, view.person.id, view.person.name, "mlcoach people drop")
    return view._replace(hint="; ".join(left))


def erase(context: "Context", name: str, day: date) -> TouchedView:
    """Forget a person for ever: the copies that undo keeps of the file go too; who was dropped before goes by the id.

    Raises as `log` does, and StoreError where a copy cannot be removed.
    """
    dropped = name in context.store.work.people() and name not in files.people(context)
    if dropped:
        nobody = PersonView(name, "(no name)", "", 0, None, "", context.today, 0, "")
        view = TouchedView(nobody, "dropped")
    else:
        view = drop(context, name, day)
    number = forgetting.erase_copies(context, view.person.id)
    said = f"{number} {'copy' if number == 1 else 'copies'} of the file erased; undo cannot bring anything back"
    elsewhere = "other machines keep copies of their own until it is said there too"
    named = () if dropped else forgetting.still_named(context, view.person.name)
    return view._replace(action="erased", hint="; ".join((said, *named, elsewhere)))


def _advice_done(context: "Context", id: str) -> str:
    state = context.store.work.people().get(id)
    waiting = open_advice(state) if state else ()
    return waiting[0].id if waiting else ""


def _touched(context: "Context", id: str, action: str, *, advice: str = "", hint: str = "") -> TouchedView:
    entry = files.people(context)[id]
    state = context.store.work.people()[id]
    return TouchedView(view_of(context, entry, state, errand(id, state, weeks_of(entry))), action, advice, hint)


def _read(context: "Context", own: OwnFiles) -> dict[str, PersonEntry]:
    path = paths.people_path(context)
    return read_people(own.text(path), path)


def _write(context: "Context", own: OwnFiles, people: dict[str, PersonEntry], body: PersonTouched, day: date) -> None:
    new = [NewEvent(body, day, day != context.today)]
    own.write({paths.people_path(context): people_text(people)}, new=new)
