"""The map in words: its subjects and paths, and all that is known of one part of it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.cloze import filled_in
from mlcoach.domain.curriculum import Card, Exercise, Unit, taken_as_known, unlocked_by
from mlcoach.domain.day import unit_status
from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.day.unit_status import SATISFIED, UnitStanding
from mlcoach.errors import UsageError
from mlcoach.services.cards import text as cards_text
from mlcoach.services.curriculum import progress
from mlcoach.services.curriculum.names import find
from mlcoach.services.curriculum.retained import shares_of, unit_shares
from mlcoach.services.curriculum.steps_done import closed_steps
from mlcoach.services.day.pace import learner_factor
from mlcoach.services.work import checklists
from mlcoach.views.curriculum import (
    ExerciseLineView,
    ListView,
    PathLineView,
    PathView,
    PretestView,
    RequirementView,
    ShownChecklistView,
    ShownPathView,
    ShownSubjectView,
    ShownUnitView,
    StepLineView,
    SubjectLineView,
    SubjectView,
    UnitLineView,
    UnitView,
)
from mlcoach.views.papers.paper import ShownPaperView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

Shown = ShownUnitView | ShownSubjectView | ShownPathView | ShownChecklistView | ShownPaperView
PASSED = ("passed", "mastered", "rusty")


def listing(context: "Context") -> ListView:
    """Return all subjects with how far the learner is in each, and all paths."""
    catalog = context.catalog
    status = statuses(context)
    units: dict[str, list[Unit]] = {subject: [] for subject in catalog.subjects()}
    for unit in catalog.units.values():
        units[unit.subject].append(unit)
    subjects = tuple(
        SubjectLineView(
            id=subject.id,
            title=subject.title,
            track=subject.track,
            units=len(units[subject.id]),
            hours=_hours(units[subject.id]),
            mastered=sum(status[unit.id] == "mastered" for unit in units[subject.id]),
            passed=sum(status[unit.id] in PASSED for unit in units[subject.id]),
            skipped=sum(status[unit.id] == "skipped" for unit in units[subject.id]),
        )
        for subject in catalog.subjects().values()
    )
    chosen = context.settings.get("path")
    hours = {id: unit.hours for id, unit in catalog.units.items()}
    paths = tuple(
        PathLineView(
            path.id,
            path.title,
            len(path.units),
            _hours(catalog.units[unit] for unit in path.units),
            sum(status[unit] in SATISFIED for unit in path.units),
            path.id == chosen,
            *taken_as_known(path, catalog.paths.values(), hours),
        )
        for path in catalog.paths.values()
    )
    return ListView(subjects, paths, tuple(catalog.checklists().items()), checklists.lines(context))


def show(context: "Context", name: str, *, origin: bool = False, answers: bool = False) -> Shown:
    """Return all that is known of a unit, subject, path, checklist or paper of the map.

    With `origin` a unit also says which file each of its values comes from, with `answers` those of the questions to
    try before it; UsageError for anything else.
    Raises NotFoundError or UsageError for a name that fits nothing or several.
    """
    found = find(context, name)
    if origin and found.kind != "unit":
        raise UsageError(
            f"--origin tells of a unit, and `{found.id}` is a {found.kind}",
            "`mlcoach curriculum path SUBJECT` prints the files of a subject",
        )
    if answers and found.kind != "unit":
        raise UsageError(f"--answers tells of a unit, and `{found.id}` is a {found.kind}", "name one of its units")
    match found.kind:
        case "unit":
            return ShownUnitView(_unit(context, found.id, origin=origin, answers=answers))
        case "subject":
            return ShownSubjectView(_subject(context, found.id))
        case "path":
            return ShownPathView(_path(context, found.id))
        case "paper":
            from mlcoach.services.papers import passes

            return passes.show(context, found.id)
        case _:
            return ShownChecklistView(checklists.shown(context, found.id))


def statuses(context: "Context", unit_progress: unit_status.UnitProgress | None = None) -> dict[str, UnitStanding]:
    """Return the status of every unit: locked, ready, learning, passed, mastered, rusty or skipped."""
    return (unit_progress or progress.unit_progress(context, with_memory=True)).standings(context.catalog.units)


def unit_line(unit: Unit, status: UnitStanding) -> UnitLineView:
    """Return a unit as one line."""
    return UnitLineView(unit.id, unit.title, status, unit.hours, unit.lane, unit.core)


def requirements(
    context: "Context", unit: Unit, status: dict[str, UnitStanding], granted: Sequence[str] = ()
) -> tuple[RequirementView, ...]:
    """Return what a unit builds on, why, and the status of each; `granted` are those that the path takes as known."""
    units = context.catalog.units
    return tuple(
        RequirementView(id, edge.why, units[id].title, status[id], edge.share, id in granted)
        for edge in unit.requires
        if (id := edge.unit) in units
    )


def _hours(units: Iterable[Unit]) -> float:
    return sum((unit.hours for unit in units), 0.0)


def _unit(context: "Context", id: str, *, origin: bool, answers: bool) -> UnitView:
    catalog = context.catalog
    unit, text = catalog.units[id], catalog.text(id)
    unit_progress = progress.unit_progress(context, with_memory=True)
    status = statuses(context, unit_progress)
    heads = catalog.items(id)
    exercises = [catalog.item(head.id) for head in heads if head.kind == "exercise"]
    state = unit_progress.states.get(id)
    passed = state.passed_day if state else ""
    since = (passed or (state.last_day if status[id] == "skipped" else state.first_day)) if state else ""
    met, relearned = _progress(context, [head.id for head in heads], passed)
    followers = [catalog.units[follower] for follower in unlocked_by(catalog.units)[id]]
    return UnitView(
        id=id,
        title=unit.title,
        status=status[id],
        hours=unit.hours,
        lane=unit.lane,
        core=unit.core,
        subject=unit.subject,
        subject_title=catalog.subjects()[unit.subject].title,
        track=unit.track,
        minutes=state.seconds // 60 if state else 0,
        since=date.fromisoformat(since) if since else None,
        why=text.why,
        assumes=text.assumes,
        requires=requirements(context, unit, status, unit_progress.granted(unit.requires)),
        locked_by=tuple(unit_progress.locked_by(unit.requires)),
        unlocks=tuple(follower.id for follower in followers),
        opens=tuple(unit_line(follower, status[follower.id]) for follower in followers),
        objectives=text.objectives,
        read=text.read,
        pretest=len(text.asked_before),
        questions=tuple(_question(card, answered=answers) for card in text.asked_before),
        recall=text.recall,
        items=tuple(head.id for head in heads),
        cards=sum(head.kind == "card" for head in heads),
        exercises=tuple(
            ExerciseLineView(item.id, item.title, item.kind, item.minutes, item.stage, bool(item.code or item.vary))
            for item in exercises
            if isinstance(item, Exercise)
        ),
        met=met,
        relearned=relearned,
        papers=text.papers,
        origin=catalog.origin(id) if origin else {},
        steps=_steps(context, id, state),
        pace=round(learner_factor(context, unit_progress), 2),
        running=(timer := context.store.timer()) is not None and catalog.aliases().get(timer.unit, timer.unit) == id,
        **unit_shares(unit_progress, id)._asdict(),
    )


def _steps(context: "Context", unit: str, state: UnitState | None) -> tuple[StepLineView, ...]:
    closed = closed_steps(context, unit, state)
    return tuple(
        StepLineView(step.id, step.title, step.at, step.minutes, step.id in closed)
        for step in context.catalog.steps(unit)
    )


def _question(card: Card, *, answered: bool) -> PretestView:
    answer = filled_in(card.question) if card.form == "cloze" else card.answer
    return PretestView(cards_text.one_line_question(card), card.code, card.language, answer if answered else "")


def _progress(context: "Context", items: list[str], passed: str) -> tuple[int, int]:
    """Return how many items were answered, and how many count towards mastery, also under earlier ids."""
    wanted = set(items)
    olds = [old for old, now in context.catalog.aliases().items() if now in wanted]
    found = context.store.items([*items, *olds]).values()
    met = sum(bool(state.last_day) for state in found)
    relearned = sum(
        bool(passed and state.first_recalled < state.last_recalled and state.last_recalled > passed)
        for state in found
        if state.first_recalled
    )
    return min(met, len(items)), min(relearned, len(items))


def _subject(context: "Context", id: str) -> SubjectView:
    from mlcoach.services.curriculum.files import files_of

    catalog = context.catalog
    subject, counts = catalog.subjects()[id], catalog.counts(id)
    unit_progress = progress.unit_progress(context, with_memory=True)
    status = statuses(context, unit_progress)
    units = [unit for unit in catalog.units.values() if unit.subject == id]
    return SubjectView(
        id=id,
        title=subject.title,
        track=subject.track,
        summary=subject.summary,
        assumes=subject.assumes,
        survey=subject.survey,
        hours=counts.hours,
        cards=counts.cards,
        exercises=counts.exercises,
        units=tuple(unit_line(unit, status[unit.id]) for unit in units),
        field=catalog.field(id),
        namesake=f"path:{id}" if id in catalog.paths else "",
        files=tuple(file for path in files_of(context, id) if (file := str(path)) not in catalog.skipped),
        **shares_of(context, unit_progress, (unit.id for unit in units))._asdict(),
    )


def _path(context: "Context", id: str) -> PathView:
    catalog = context.catalog
    path = context.with_kept(catalog.paths[id])
    unit_progress = progress.unit_progress(context, with_memory=True)
    status = statuses(context, unit_progress)
    units = [catalog.units[unit] for unit in path.units]
    return PathView(
        id=id,
        name=f"path:{id}" if id in catalog.subjects() else id,
        title=path.title,
        goal=path.goal,
        audience=path.audience,
        hours=_hours(units),
        hours_left=_hours(unit for unit in units if status[unit.id] not in SATISFIED),
        current=context.settings.get("path") == id,
        units=tuple(unit_line(unit, status[unit.id]) for unit in units),
        known=tuple(unit_line(catalog.units[known], status[known]) for known in path.known),
        **shares_of(context, unit_progress, path.units)._asdict(),
    )
