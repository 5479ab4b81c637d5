"""The screens of `mlcoach curriculum show`."""

from collections.abc import Iterable, Sequence

from mlcoach.domain.curriculum import FieldEntry, Reading
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.curriculum.marks import NARROW, hours_text, joined, legend, mark, shares_text, status_mark, wrapped
from mlcoach.render.layout import cells, columns, ends, plural
from mlcoach.render.papers.show import shown_lines as paper_lines
from mlcoach.render.prose import code, prose
from mlcoach.render.screen import SPOKEN, Line, Lines, Span, drawn, prose_width
from mlcoach.render.work.checklists import checklist_lines
from mlcoach.views.curriculum import (
    PathView,
    RequirementView,
    ShownChecklistView,
    ShownPathView,
    ShownSubjectView,
    ShownUnitView,
    SubjectView,
    UnitLineView,
    UnitView,
)
from mlcoach.views.papers.paper import ShownPaperView

COSTS = {"free": "free", "audit": "free to audit", "paid": "paid", "login": "needs an account"}
WAITING = ("locked", "ready")
WIDE = 72  # below this, the mark alone says the status
FIELD_HEADINGS = {"group": "Groups", "person": "People", "venue": "Venues", "news": "News and discussion"}


def shown_lines(
    view: ShownUnitView | ShownSubjectView | ShownPathView | ShownChecklistView | ShownPaperView, width: int | None
) -> Lines:
    """Return all that is known of one part of the map."""
    room = room_of(width)
    match view:
        case ShownUnitView(unit=unit):
            return _unit(unit, room)
        case ShownSubjectView(subject=subject):
            return _subject(subject, room)
        case ShownPathView(path=path):
            return _path(path, room)
        case ShownPaperView():
            return paper_lines(view, room)
        case ShownChecklistView(checklist=checklist):
            return checklist_lines(checklist, width)


def room_of(width: int | None) -> int | None:
    return None if width is None else prose_width(width)


def _heading(title: str, id: str, room: int | None) -> Lines:
    """Return a title with the id at the end of its line, or below where there is no room."""
    title = one_line(title)
    if room is None:
        return [[(title, "title"), (f"  {id}", "muted")]]
    if cells(title) + cells(id) + 2 <= room:
        return [ends([(title, "title")], [(id, "muted")], room)]
    return [*([(line, "title")] for line in wrapped(title, room)), [(id, "muted")]]


def command_tips(tips: Iterable[tuple[str, str]]) -> Lines:
    """Return commands behind what they are good for; the screen sets one apart where a line is too short for both."""
    return [[(f"{label} ", "muted"), (command, "accent")] for label, command in tips]


def _shares(covered: float, retained: float, room: int | None, status: str = "") -> Lines:
    """Return what is covered and retained, where there is anything to say of either; `status` is that of a unit."""
    if not covered and not retained:
        return []
    if not covered:
        return _muted(prose(f"under way; {retained:.0%} of it would be recalled today", room))
    if status == "skipped" and not retained:
        return _muted(prose("left out as you said; nothing of it was asked, so nothing shows what you recall", room))
    why = ": of what was passed, no card was answered yet" if covered and not retained else ""
    return _muted(prose(f"{shares_text(covered, retained)}{why}", room))


def _section(title: str, lines: Lines) -> Lines:
    """Return lines below a heading, or nothing when there are none."""
    return [[], [(title, "strong")], *lines] if lines else []


def _bullets(texts: Iterable[str], room: int | None) -> Lines:
    return [line for text in texts for line in prose(f"- {one_line(text)}", room, "  ")]


def _unit(unit: UnitView, room: int | None) -> Lines:
    shown = _heading(unit.title, unit.id, room)
    sign, style = mark(unit.status)
    shown.append([drawn(f"{sign} ", style), (_standing(unit), "strong")])
    kind = f"{unit.lane} unit" + (", core" if unit.core else "")
    shown += joined([kind, f"about {hours_text(unit.hours)}", f"{unit.subject_title} ({unit.subject})"], room, " · ")
    shown += _shares(unit.covered, unit.retained, room, unit.status)
    shown += [[], *prose(unit.why, room)] if unit.why else []
    missing = [need for need in unit.requires if need.unit in unit.locked_by and unit.status in WAITING]
    others = [need for need in unit.requires if need not in missing]
    shown += _section("Waits for", _needs(missing, room))
    if missing:
        shown += prose(_way_around(unit, missing), room)
    shown += _section("Builds on", _needs(others, room))
    shown += _section("Takes for granted", _bullets(unit.assumes, room))
    shown += _section("Afterwards you can", _bullets(unit.objectives, room))
    if _waits_for_questions(unit) or any(question.answer for question in unit.questions):
        shown += _section("Try first; a wrong answer costs nothing", _questions(unit, room))
        shown += _section("The answers", _answers(unit, room))
    shown += _section("Step by step", _steps(unit, room) if unit.status == "learning" else [])
    shown += _section("Read", _readings([place for place in unit.read if place.core], room))
    shown += _section(
        "More, if you like" if any(place.core for place in unit.read) else "Read",
        _readings([place for place in unit.read if not place.core], room),
    )
    met = f": {unit.met} of {len(unit.items)} met so far" if unit.met else ""
    shown += _section(f"To recall and redo{met}", _practice(unit, room))
    shown += _section("Papers", _papers(unit, room))
    shown += _section("At the end, with everything closed", prose(unit.recall, room, "  ") if unit.recall else [])
    shown += _section("Opens", _unit_table(unit.opens, room))
    shown += _section("Where it is written", _origins(unit, room))
    return [*shown, [], *command_tips(_next(unit))]


def _standing(unit: UnitView) -> str:
    """Return the learner's progress with a unit, in a few words."""
    day = f" on {format_day(unit.since)}" if unit.since else ""
    spent = f", {format_duration(unit.minutes)} so far" if unit.minutes else ""
    total = len(unit.items)
    back = f"; {unit.relearned} of {total} came back since" if total and unit.relearned else ""
    if unit.running and unit.status in ("ready", "learning"):
        return f"under way{spent}: the timer runs on it"
    match unit.status:
        case "locked":
            return f"locked: waits for {plural(len(unit.locked_by), 'unit')}"
        case "ready":
            return "ready to begin"
        case "learning":
            return f"learning, begun{day}{spent}" if day else f"learning{spent}"
        case "passed":
            return f"passed{day}{spent}{back}"
        case "mastered":
            return f"mastered, passed{day}{spent}{back}"
        case "rusty":
            return f"passed{day}{spent}, and a little rusty: a review brings it back"
        case _:
            return f"skipped{day}: known or not wanted"


def _way_around(unit: UnitView, missing: Sequence[RequirementView]) -> str:
    start, skip = f"`mlcoach start {unit.id}`", f"`mlcoach skip {missing[0].unit}`"
    return f"The lock only advises: {start} begins it all the same, and {skip} says that you know that one already."


def _next(unit: UnitView) -> list[tuple[str, str]]:
    """Return the commands that lead on from here, each with what it is good for."""
    if unit.running:
        return [("Stop the timer:", "mlcoach stop"), ("When you are through:", f"mlcoach done {unit.id}")]
    match unit.status:
        case "learning":
            tips = [("Go on:", f"mlcoach start {unit.id}"), ("When you are through:", f"mlcoach done {unit.id}")]
        case "rusty":
            tips = [("Refresh it:", f"mlcoach review --subject {unit.subject}")]
        case "passed" | "mastered" | "skipped":
            tips = [("Back to learning:", f"mlcoach reopen {unit.id}")]
        case "locked":
            tips = [("The way there:", f"mlcoach curriculum map {unit.id}")]
        case _:
            tips = [("Begin:", f"mlcoach start {unit.id}")]
    return tips


def _needs(needs: Sequence[RequirementView], room: int | None) -> Lines:
    lines: Lines = []
    for need in needs:
        title = one_line(need.title)
        line: Line = [("  ", ""), *status_mark(need.status), (need.unit, "accent")]
        if room is None or cells(need.unit) + cells(title) + 6 <= room:
            lines.append([*line, (f"  {title}", "")])
        else:
            lines += [line, *([(f"    {text}", "")] for text in wrapped(title, room - 4))]
        enough = f"{need.share:.0%} of it is enough" if need.share < 1 else ""
        granted = "your path takes it as known" if need.granted else ""
        why = ": ".join(filter(None, (granted or enough, need.why)))
        lines += [[("    ", ""), *part] for part in _muted(prose(why, room and room - 4))] if why else []
    return lines


def _muted(lines: Lines) -> Lines:
    return [[(text, style or "muted") for text, style in line] for line in lines]


def _waits_for_questions(unit: UnitView) -> bool:
    """Return whether the questions before a unit are still to be tried: time spent on it alone does not answer them."""
    if unit.status != "learning":
        return unit.status in WAITING
    return any(step.id.endswith("/before") and not step.done for step in unit.steps)


def _questions(unit: UnitView, room: int | None) -> Lines:
    lines: Lines = []
    for number, asked in enumerate(unit.questions, start=1):
        lines += prose(f"{number}. {asked.question}", room, "  ")
        lines += code(asked.code, asked.language, room, "      ") if asked.code else []
    if lines and not any(asked.answer for asked in unit.questions):
        lines += command_tips([("  The answers:", f"mlcoach curriculum show {unit.id} --answers")])
    return lines


def _answers(unit: UnitView, room: int | None) -> Lines:
    """Return the answers below all the questions: who reads or hears a question is not told its answer at once."""
    return [
        line
        for number, asked in enumerate(unit.questions, start=1)
        if asked.answer
        for line in prose(f"{number}. {asked.answer}", room, "  ")
    ]


def _steps(unit: UnitView, room: int | None) -> Lines:
    lines: Lines = []
    for number, step in enumerate(unit.steps, start=1):
        style = "good" if step.done else "muted"
        lead: Line = [(f"{number:>4} ", style), drawn("✓ " if step.done else "  ", style)]
        name = step.id.partition("/")[2]  # as `done`, `skip` and `reopen` take it
        # State, title, minutes, id: in one order for all of them, each with a word that says what it is.
        state = ("done: " if step.done else "to do: ", SPOKEN)
        heard = (f"; {format_duration(step.minutes)}; its name is {name}", SPOKEN)
        minutes = drawn(f"{format_duration(step.minutes):>6}  ", style)
        title = one_line(f"{step.title}: {step.at}" if step.at else step.title)
        quiet = "muted" if step.done else ""
        lines.append([*lead, state, minutes, (title, quiet), drawn(f" · {name}", quiet), heard])
    if unit.pace != 1 and unit.steps:
        said = f"Minutes as the authors expect them; your plan counts {unit.pace:.3g} times that."
        lines += _muted(prose(said, room, "  "))
    tip: Line = [("  Take one by its name: ", "muted"), (f"mlcoach done {unit.id}/NAME", "accent")]
    return [*lines, [*tip, (", or skip, or reopen", "muted")]]


def _readings(places: Sequence[Reading], room: int | None) -> Lines:
    lines: Lines = []
    for place in places:
        title = ", ".join(filter(None, (one_line(place.title), one_line(place.by))))
        about = ", ".join(filter(None, (place.kind, COSTS.get(place.cost, place.cost))))
        note = f" ({about})" if about else ""
        if place.instead:
            lines += prose(f"- {title}{note} is closed; instead: {place.instead}", room, "  ")
            continue
        lines += prose(f"- {title}{note}", room, "  ")
        lines += _muted(prose(place.at, room, "    ")) if place.at else []
        # An address stays whole, so that a terminal can open it.
        lines += [[("    ", ""), (place.url, "accent")]] if place.url else []
    return lines


def _practice(unit: UnitView, room: int | None) -> Lines:
    lines: Lines = []
    if unit.pretest:
        lines.append([("  - ", ""), (f"{plural(unit.pretest, 'question')} to try before you begin", "")])
    if unit.cards:
        lines.append([("  - ", ""), (plural(unit.cards, "card"), "")])
    if unit.exercises:
        lines.append([("  - ", ""), (f"{plural(len(unit.exercises), 'exercise')}:", "")])
        for exercise in unit.exercises:
            lead = f"{format_duration(exercise.minutes):>9}  "
            title = one_line(exercise.title) + (" · checks itself" if exercise.checked else "")
            texts = [title] if room is None else wrapped(title, room - cells(lead))
            lines.append([(lead, "muted"), (texts[0], "")])
            lines += [[(" " * cells(lead) + text, "")] for text in texts[1:]]
    return lines


def _papers(unit: UnitView, room: int | None) -> Lines:
    lines: Lines = []
    for paper in unit.papers:
        lines += prose(f"- {one_line(paper.title)}", room, "  ")
        lines += _muted(prose(paper.why, room, "    ")) if paper.why else []
        lines.append([("    ", ""), (f"mlcoach paper add {short_id(paper.id)}", "accent")])
    return lines


def _origins(unit: UnitView, room: int | None) -> Lines:
    """Return the files that values come from, each with its keys."""
    by_file: dict[str, list[str]] = {}
    for key, file in unit.origin.items():
        by_file.setdefault(file, []).append(key)
    lines: Lines = []
    for file, keys in by_file.items():
        lines.append([("  ", ""), (file, "accent")])
        lines += [[("    ", ""), *line] for line in joined(keys, room and room - 4)]
    return lines


def _unit_table(units: Sequence[UnitLineView], room: int | None) -> Lines:
    """Return units as a table of mark, id, title, hours and status."""
    lines: Lines = []
    if room is not None and room < NARROW:
        for unit in units:
            sign, style = mark(unit.status)
            first, *rest = wrapped(unit.title, room - 4)
            lines.append([("  ", ""), drawn(f"{sign} ", style), (first, "")])
            lines += [[("    ", ""), (more, "")] for more in rest]
            # The id, which is typed, is on a line of its own where not all fits.
            about = [unit.id, hours_text(unit.hours), unit.status]
            lines += [[("    ", ""), *line] for line in joined(about, room - 4, " · ")]
        return lines
    rows: list[list[Span]] = []
    for unit in units:
        sign, style = mark(unit.status)
        title = (unit.title, "muted" if unit.status in SATISFIED else "")
        rows.append([(f"{sign} {unit.id}", style), title, (hours_text(unit.hours), "muted"), (unit.status, style)])
    if room is not None and room < WIDE:
        rows = [row[:3] for row in rows]
    lines = columns(rows, None if room is None else room - 2, flexible=1, right=(2,))
    said = [("", "") if len(row) > 3 else (f"; {unit.status}", SPOKEN) for row, unit in zip(rows, units, strict=True)]
    return [[("  ", ""), *line, status] for line, status in zip(lines, said, strict=True)]


def _explained(room: int | None) -> Lines:
    """Return what the marks of a table mean, where it leaves the words out."""
    return [[], *legend(room)] if room is not None and NARROW <= room < WIDE else []


def _subject(subject: SubjectView, room: int | None) -> Lines:
    shown = _heading(subject.title, subject.id, room)
    parts = [f"track {subject.track}", plural(len(subject.units), "unit"), f"about {hours_text(subject.hours)}"]
    parts += [plural(subject.cards, "card")] if subject.cards else []
    parts += [plural(subject.exercises, "exercise")] if subject.exercises else []
    shown += joined(parts, room, " · ") + _shares(subject.covered, subject.retained, room)
    shown += [[], *prose(subject.summary, room)] if subject.summary else []
    shown += _section("Takes for granted", _bullets(subject.assumes, room))
    shown += _section("To get a first idea", _bullets(subject.survey, room))
    shown += _section("Units", _unit_table(subject.units, room)) + _explained(room)
    for kind, heading in FIELD_HEADINGS.items():
        shown += _section(heading, _field([entry for entry in subject.field if entry.kind == kind], room))
    if len(subject.files) > 1:
        shown += _section("Made of", [[("  ", ""), (file, "")] for file in subject.files])
    tips = [
        ("Drawn:", f"mlcoach curriculum map {subject.id}"),
        ("Change it:", f"mlcoach curriculum edit {subject.id}"),
    ]
    if subject.namesake:
        tips.append(("The path of that name:", f"mlcoach curriculum show {subject.namesake}"))
    return [*shown, [], *command_tips(tips)]


def _field(entries: Sequence[FieldEntry], room: int | None) -> Lines:
    lines: Lines = []
    for entry in entries:
        name = ", ".join(filter(None, (one_line(entry.title), one_line(entry.by))))
        instead = f"; see {entry.instead}" if entry.instead else ""
        lines += prose(f"- {name}{f' has ended{instead}' if entry.closed else ''}", room, "  ")
        lines += _muted(prose(entry.note, room, "    ")) if entry.note else []
        lines += [[("    ", ""), (entry.url, "accent")]] if entry.url and not entry.closed else []
    return lines


def _path(path: PathView, room: int | None) -> Lines:
    shown = _heading(path.title, path.id, room)
    left = f"{hours_text(path.hours_left)} of {hours_text(path.hours)} left"
    skipped = sum(unit.status == "skipped" for unit in path.units)
    done = sum(unit.status in SATISFIED for unit in path.units) - skipped
    parts = ["your path"] if path.current else []
    parts += [f"{done} of {plural(len(path.units), 'unit')} done", *([f"{skipped} skipped"] if skipped else [])]
    shown += joined([*parts, left], room, " · ")
    shown += _shares(path.covered, path.retained, room)
    shown += [[], *prose(path.goal, room)] if path.goal else []
    shown += prose(f"For whom: {path.audience}", room) if path.audience else []
    shown += _section("Units, in this order", _unit_table(path.units, room))
    shown += _section("Takes as known (the questions before each show whether you do)", _unit_table(path.known, room))
    shown += _explained(room)
    tips = [("Drawn:", f"mlcoach curriculum map {path.name}")]
    if not path.current:
        tips.append(("Take it:", f"mlcoach config set path {path.id}"))
    elif new := [unit.id for unit in path.known if unit.status not in SATISFIED]:
        tips.append(("One of these is new to you?", f"mlcoach config set also {new[0]}"))
    return [*shown, [], *command_tips(tips)]
