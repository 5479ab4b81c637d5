"""What is done to projects: begun, kept as ideas, ticked, measured, noted, finished stage by stage, dropped."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.domain.text import checked, one_line
from mlcoach.domain.work.projects import MOST_SCORE, ProjectState, number_in
from mlcoach.domain.work_events import (
    Measured,
    ProjectBegun,
    ProjectDropped,
    ProjectIdeaKept,
    ProjectMeasured,
    ProjectNoted,
    ProjectStageFinished,
    ProjectStepChecked,
    StageVerdict,
)
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.record import record
from mlcoach.services.work.projects.folders import as_folder, remember_folder
from mlcoach.services.work.projects.projects import checked_title, new_id, project_named, projects
from mlcoach.services.work.projects.show_project import project_view
from mlcoach.services.work.projects.stages import StageStep, stage_of, stages
from mlcoach.views.work.project import ProjectChangedView, ShownProjectView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

VERDICTS: tuple[StageVerdict, ...] = ("go-on", "back", "stop")
LONGEST_VALUE = 60
MOST_DAYS_TO_DECIDE = 14  # "Ready, fire, aim" in "How to Build Your Career in AI" (Andrew Ng, 2022)


def show(context: "Context", words: str) -> ShownProjectView:
    """Return one project, by default the one under way. Raises as `project_named` does."""
    id = project_named(context, words)
    return ShownProjectView(project_view(context, id, projects(context)[id]))


def begin(context: "Context", words: str, template: str, at: str) -> ProjectChangedView:
    """Begin a project: out of an idea where the words name one, else a new one, with the files of a template.

    A template goes into a new or empty folder; without one, `at` is a folder that is there. Raises UsageError for a
    title that cannot be kept and a folder that cannot be taken; then nothing is written.
    """
    known = projects(context)
    idea = next((id for id, state in known.items() if words.strip() == id and state.status != "doing"), "")
    title = known[idea].title if idea else checked_title(words)
    same = [
        id for id, state in known.items() if state.title.lower() == title.lower() and state.status in ("doing", "idea")
    ]
    if same and known[same[0]].status == "doing":
        raise UsageError(f"`{title[:80]}` is under way already", f"`mlcoach project show {same[0]}`")
    id = idea or (same[0] if same else new_id(known))
    body = ProjectBegun(id, title, template)
    written: tuple[str, ...] = ()
    folder: Path | None = None
    if template:
        from mlcoach.services.work.projects.templates import write_template

        folder, written = write_template(context, template, title, at, body)
    else:
        folder = as_folder(at) if at else None
        record(context, body)
    if folder:
        remember_folder(context, id, folder)
    doing = sum(state.status == "doing" for state in projects(context).values())
    if doing > 1:
        context.notices.append(
            f"{doing} projects are under way now; one finished is worth more than three begun: "
            "`mlcoach project finish --verdict stop` closes one with what it taught"
        )
    return _changed(context, id, "begun", changed=written)


def keep_idea(context: "Context", words: str, scores: tuple[int, int, int], by: str, day: date) -> ProjectChangedView:
    """Keep an idea with its three scores and the day by which to decide; the same words again change it.

    Raises UsageError for scores out of range, and a day that is past.
    """
    title = checked_title(words)
    if any(not 0 <= score <= MOST_SCORE for score in scores):
        raise UsageError("a score is 0, 1 or 2", "0: no, 1: a little, 2: yes")
    known = projects(context)
    same = next((id for id, state in known.items() if id == words or state.title.lower() == title.lower()), "")
    if same and known[same].status not in ("idea", "dropped"):
        raise UsageError(f"`{known[same].title[:80]}` is no longer an idea", f"`mlcoach project show {same}`")
    decide = _decide_by(context, by)
    id = same or new_id(known)
    record(context, ProjectIdeaKept(id, known[same].title if same else title, *scores, decide), day=day)
    total = sum(scores)
    said = (
        "A good next project: it stretches you, with people to talk to, towards something larger."
        if total >= 5
        else "Worth a day of trial before you decide."
        if total >= 3
        else "Little speaks for it so far; keep looking: people of a field, reading, other people's projects."
    )
    return _changed(context, id, "kept", said=said)


def _decide_by(context: "Context", words: str) -> str:
    from datetime import timedelta

    from mlcoach.domain.time.study_days import parse_day

    if not words:
        return ""
    if words.isascii() and words.removeprefix("+").isdecimal() and len(words) < 4:
        day = context.today + timedelta(days=int(words.removeprefix("+")))
    else:
        day = parse_day(words, context.today)
    if day < context.today:
        raise UsageError(
            f"`{one_line(words)[:40]}` is {day.isoformat()}, which is over", "name a day to come: +7, or 2026-12-31"
        )
    if (day - context.today).days > MOST_DAYS_TO_DECIDE:
        context.notices.append(
            f"{(day - context.today).days} days of choosing are long; a small first version teaches more"
        )
    return day.isoformat()


def check(context: "Context", project: str, words: Sequence[str], day: date, *, done: bool) -> ProjectChangedView:
    """Tick steps of a project, or untick them with `done` False; without words nothing is changed.

    A step is looked for in the stage under way, then in the others. Raises NotFoundError for an unknown step.
    """
    id = project_named(context, project)
    state = _open(context, id)
    wanted = list(
        {(step.checklist, step.item.id): step for word in words for step in [_step(context, state, word)]}.values()
    )
    changed = [step for step in wanted if step.done != done]
    if changed:
        record(context, *_checks(id, state, changed, done=done), day=day)
    unchanged = tuple(step.item.id for step in wanted if step not in changed)
    return _changed(context, id, "ticked" if done else "unticked", tuple(step.item.id for step in changed), unchanged)


def _checks(id: str, state: ProjectState, changed: list[StageStep], *, done: bool) -> list[ProjectStepChecked]:
    if done:
        return [ProjectStepChecked(id, step.checklist, step.item.id) for step in changed]
    return [
        ProjectStepChecked(id, step.checklist, name, done=False)
        for step in changed
        for name in (step.item.id, *step.item.was)
        if (step.checklist, name) in state.steps
    ]


def _step(context: "Context", state: ProjectState, word: str) -> StageStep:
    """Return the step that a word names: an id or its beginning, with its checklist in front where two have it."""
    found = stages(context, state)
    here = stage_of(found, state)
    wanted = word.strip().lower()
    in_turn = [*here.steps, *(step for stage in found if stage.number != here.number for step in stage.steps)]
    for step in in_turn:
        names = (step.item.id, *step.item.was)
        if wanted in names or wanted in {f"{step.checklist}/{name}" for name in names}:
            return step
    beginning = [step for step in here.steps if wanted and step.item.id.startswith(wanted)]
    if len(beginning) == 1:
        return beginning[0]
    if beginning:
        ids = ", ".join(f"`{step.item.id}`" for step in beginning)
        raise UsageError(f"`{one_line(word)[:80]}` is the beginning of several steps", f"say which: {ids}")
    from mlcoach.domain.text import nearest

    known = ", ".join(f"`{step.item.id}`" for step in here.steps[:8])
    raise NotFoundError(
        f"no step `{one_line(word)[:80]}` of this project",
        nearest(wanted, [step.item.id for step in in_turn]) or f"this stage has {known}",
    )


def measure(
    context: "Context",
    project: str,
    what: Measured,
    name: str,
    day: date,
    *,
    baseline: str = "",
    target: str = "",
    value: str = "",
    lower: bool = False,
) -> ProjectChangedView:
    """Keep a number that a project is judged by. Raises UsageError for a text without a number."""
    id = project_named(context, project)
    _open(context, id)
    kept = {
        word: _value(word, text)
        for word, text in (("baseline", baseline), ("target", target), ("value", value))
        if text
    }
    called = " ".join(checked(name, "name", LONGEST_VALUE).split())
    if not kept and not called:
        raise UsageError("nothing to keep", "`mlcoach project measure --model recall --baseline 0.62 --now 0.71`")
    record(context, ProjectMeasured(id, what, called, lower=lower, **kept), day=day)
    return _changed(context, id, "measured")


def _value(what: str, text: str) -> str:
    kept = " ".join(checked(text, what, LONGEST_VALUE).split())
    if number_in(kept) is None:
        raise UsageError(
            f"the {what} `{one_line(kept)[:40]}` has no number in it", 'write it like `0.62` or `"12 min"`'
        )
    return kept


def note(context: "Context", project: str, text: str, day: date) -> ProjectChangedView:
    """Keep a note on a project, whatever its status. Raises UsageError for an empty or bad note."""
    id = project_named(context, project)
    kept = checked(text, "note")
    if not kept:
        raise UsageError("the note is empty; nothing was written", '`mlcoach project note "…"`')
    record(context, ProjectNoted(id, kept), day=day)
    return _changed(context, id, "noted")


def move_folder(context: "Context", project: str, folder: str) -> ProjectChangedView:
    """Say where a project is on this machine. The journal does not hold it. Raises UsageError."""
    id = project_named(context, project)
    remember_folder(context, id, as_folder(folder))
    return _changed(context, id, "moved")


def drop(context: "Context", words: str, reason: str, day: date) -> ProjectChangedView:
    """Give a project or an idea up; its history stays. Raises UsageError for one that is closed."""
    id = project_named(context, words)
    state = projects(context)[id]
    if state.status not in ("doing", "idea"):
        raise UsageError(f"`{state.title[:80]}` is {state.status} already", "`mlcoach project list --all` shows it")
    record(context, ProjectDropped(id, checked(reason, "note")), day=day)
    return _changed(context, id, "dropped")


def finish(context: "Context", project: str, verdict: str, text: str, day: date) -> ProjectChangedView:
    """End the stage under way with a verdict: go-on, back or stop.

    Going on asks for the steps of its gates; what is left open is said in a note. Raises UsageError for an unknown
    verdict, a project that is not under way, and for open steps without a note.
    """
    id = project_named(context, project)
    state = _open(context, id)
    chosen = next((one for one in VERDICTS if one == verdict.strip().lower()), None)
    if chosen is None:
        raise UsageError(
            f"the verdict must be {', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}",
            "go-on opens the next stage, back the one before, stop ends the project with what it taught",
        )
    found = stages(context, state)
    stage = stage_of(found, state)
    kept = checked(text, "note")
    needed = [step for step in stage.steps if step.needed and not step.done]
    if chosen == "go-on" and needed and not kept:
        names = " ".join(step.item.id for step in needed)
        raise UsageError(
            f"{len(needed)} steps that this stage asks for are open: {names}"
            if len(needed) > 1
            else f"a step that this stage asks for is open: {names}",
            f'tick them: `mlcoach project check {names}`; or say why not: `--note "…"`',
        )
    if chosen == "stop" and not kept:
        raise UsageError(
            "what did it teach?", '`mlcoach project finish --verdict stop --note "…"`: a stop with a reason is a result'
        )
    last = chosen == "go-on" and stage.number >= len(found)
    record(context, ProjectStageFinished(id, stage.number, chosen, kept, last), day=day)
    return _changed(context, id, chosen, said=_follows(chosen, last=last))


def _follows(verdict: StageVerdict, *, last: bool) -> str:
    match verdict:
        case "back":
            return "Going back is part of it: what turned out not to work is known now."
        case "stop":
            return "It ends here, with what it taught. That is a result too."
        case _:
            return "`mlcoach project lint` looks at it as a stranger would." if last else ""


def _open(context: "Context", id: str) -> ProjectState:
    state = projects(context)[id]
    if state.status == "idea":
        raise UsageError(f"`{state.title[:80]}` is still an idea", f"`mlcoach project new {id}` begins it")
    if state.status != "doing":
        raise UsageError(f"`{state.title[:80]}` is {state.status}", '`mlcoach project new "TITLE"` begins another one')
    return state


def _changed(
    context: "Context",
    id: str,
    action: str,
    changed: tuple[str, ...] = (),
    unchanged: tuple[str, ...] = (),
    said: str = "",
) -> ProjectChangedView:
    return ProjectChangedView(project_view(context, id, projects(context)[id]), action, changed, unchanged, said)
