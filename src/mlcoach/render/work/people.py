"""The screens of people: whom to write to, who is kept, and what passed."""

from datetime import date

from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import columns, paragraphs, short_day
from mlcoach.render.screen import UNDO, Lines, prose_width
from mlcoach.views.work.people import PeopleView, PersonView, ShownPersonView, TouchedView

SAID = {
    "added": "Kept",
    "asked": "Asked",
    "answered": "Answered",
    "advice": "Advice kept",
    "did": "Done",
    "gave": "Given",
    "thanked": "Thanked, and reported back",
    "dropped": "Forgotten",
    "erased": "Forgotten for ever",
}
MOST_LATER = 5


def overview_lines(view: PeopleView, width: int | None) -> Lines:
    """Return whom to write to and why; on an empty page, how to begin."""
    room = prose_width(width)
    shown: Lines = []
    if view.asks:
        shown.append([("Nobody is kept yet.", "strong")])
        for step in view.asks:
            shown += paragraphs(step, room, "  ")
        return [*shown, [], [("Next: ", "muted"), ("mlcoach people add NAME --tag mentor", "accent")]]
    if view.due:
        shown.append([("Write to", "strong")])
        for person in view.due:
            shown += [[], [(f"  {person.name}", "accent"), (f"  {_about(person, view.date)}", "muted")]]
            shown += paragraphs(person.reason, room, "    ")
            shown += paragraphs(person.command, room, "    ", "muted")
    else:
        shown.append([("Nobody waits for you today.", "")])
    if view.later:
        shown += [[], [("Later", "strong")]]
        shown += _rows(view.later[:MOST_LATER], view.date, width)
    if len(view.later) > MOST_LATER:
        shown.append([("All of them: mlcoach people list", "muted")])
    return shown


def list_lines(view: PeopleView, width: int | None) -> Lines:
    """Return everybody that is kept, those whose turn it is in front."""
    people = (*view.due, *view.later)
    if not people:
        return overview_lines(view, width)
    return _rows(people, view.date, width)


def _rows(people: tuple[PersonView, ...], today: date, width: int | None) -> Lines:
    rows = [
        [
            (f"  {person.name}", ""),
            (person.id, "muted"),
            (person.tag, "muted"),
            (f"{person.weeks}w", "muted"),
            ("now" if person.due <= today else format_day(person.due, today), "accent"),
        ]
        for person in people
    ]
    return columns(rows, width, flexible=0)


def shown_lines(view: ShownPersonView, width: int | None) -> Lines:
    """Return all that is kept of a person."""
    room = prose_width(width)
    person = view.person
    shown: Lines = [[(person.name, "strong"), (f"  {person.id}  {_about(person, view.today)}", "muted")], []]
    shown += paragraphs(f"Next, {short_day(person.due, view.today)}: {person.reason}", room)
    shown += paragraphs(person.command, room, "  ", "accent")
    if view.advice:
        shown += [[], [("Advice", "strong")]]
        for one in view.advice:
            state = "reported back" if one.reported else "done, not reported back" if one.done else "open"
            shown += paragraphs(f"{one.text} ({state})", room, "  ")
    if view.lines:
        shown += [[], [("What passed", "strong")]]
        for line in view.lines:
            shown += paragraphs(f"{format_day(line.day, view.today)}, {line.touch}: {line.text}", room, "  ")
    return shown


def touched_lines(view: TouchedView, width: int | None) -> Lines:
    """Return what was recorded, and what is next."""
    room = prose_width(width)
    person = view.person
    shown = paragraphs(f"{SAID[view.action]}: {person.name}, `{person.id}`.", room)
    if view.advice and view.action == "did":
        shown += paragraphs(f"Of their advice: {view.advice}", room, "  ", "muted")
    if view.hint:
        shown += paragraphs(f"{view.hint[:1].upper()}{view.hint[1:]}.", room, "  ", "muted")
    if view.action in ("dropped", "erased"):
        return [*shown, UNDO] if view.action == "dropped" else shown
    shown += paragraphs(f"Next, {format_day(person.due)}: {person.reason}", room, "  ")
    return [*shown, UNDO]


def _about(person: PersonView, today: date) -> str:
    parts = [person.tag] if person.tag else []
    parts.append(f"last {short_day(person.last, today)}" if person.last else "no word yet")
    parts.append(f"every {person.weeks} weeks")
    return ", ".join(parts)
