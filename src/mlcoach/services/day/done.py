"""The learner's word on a step: finished it, skipped it, or open again; and which step is meant without a name."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day.finished_before import KINDS, finished_before
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.day.units import place, was_worked_on
from mlcoach.domain.events import StepMark, StepMarked, TimeLogged
from mlcoach.domain.text import checked, one_line
from mlcoach.domain.time.study_days import MICROSECONDS
from mlcoach.errors import UsageError
from mlcoach.services import named_units, names
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day import log, steps
from mlcoach.services.day.beside_timer import beside_timer
from mlcoach.services.day.plan import seconds_by_unit
from mlcoach.services.day.today import today
from mlcoach.services.record import record
from mlcoach.views.units import StepChangedView

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Step
    from mlcoach.services.context import Context

LOOKS_BACK = timedelta(days=7)  # for what finished the step before
ENOUGH = 0.25  # of a step's estimate: with so much time on record nobody is asked for more


def mark_step(
    context: "Context", name: str, mark: StepMark, day: date, minutes: int = 0, command: str = ""
) -> StepChangedView:
    """Mark a step as done, skipped or open on a study day, and return what comes after it.

    `minutes` are recorded as time on its unit that is on no other record; `command` is as in `record`. Raises
    NotFoundError or UsageError for a name that fits no step.
    """
    step = steps.resolve_step(context, name)
    untimed = mark == "done" and not minutes and _untimed_minutes(context, step, day) > 0
    answered = answered_before(context, step.id) if mark == "done" else ""
    if minutes and day == context.today:
        minutes = beside_timer(context, minutes, "the step")  # which is finished all the same
    time = (TimeLogged(minutes * 60, step.unit),) if minutes else ()
    record(context, *time, StepMarked(step.unit, step.id, mark), day=day, command=command)
    view = _changed(context, step, mark, day)
    recall = context.catalog.text(step.unit).recall if step.kind == "recall" and mark == "done" else ""
    return view._replace(minutes=minutes, untimed=untimed, answered=answered, recall=recall)


def answered_before(context: "Context", name: str) -> str:
    """Return in words which step was finished just before this one and by what, "" where this one was begun since.

    Who says `done` then may mean that one. Raises as `mark_step` does.
    """
    step = steps.resolve_step(context, name)
    aliases = context.catalog.aliases()
    events = context.store.written.between(KINDS, context.today - LOOKS_BACK, context.today)
    last = finished_before(events, step.unit, aliases)
    title = next((one.title for one in context.catalog.steps(step.unit) if last and one.id == last.step), "")
    if last is None or not title or last.began_after or last.step == step.id:
        return ""
    if last.by != "done":
        return f"{one_line(title)}, was finished by {'your answer' if last.by == 'answer' else 'its questions'}"
    # What the learner said themselves is asked about only where no time was spent since.
    state, timer = unit_progress(context).states.get(step.unit), context.store.timer()
    if last.step not in context.catalog.exercises or state is None or state.since_step:
        return ""
    if timer is not None and aliases.get(timer.unit, timer.unit) == step.unit:
        since = (context.instant.microseconds - max(timer.began, last.happened)) // MICROSECONDS
        if was_worked_on(since, step.minutes):
            return ""
    return f"{one_line(title)}, was finished by your `done`"


def answered_before_timer(context: "Context") -> tuple[str, str]:
    """Return the step that the running timer is on, and of it what `answered_before` says; "" for both without one."""
    timer, catalog = context.store.timer(), context.catalog
    unit = catalog.aliases().get(timer.unit, timer.unit) if timer else ""
    step = steps.step_view(context, unit) if unit in catalog.units else None
    return (step.id, answered_before(context, step.id)) if step else ("", "")


def open_steps(context: "Context", name: str) -> tuple[str, ...]:
    """Return the titles of the open steps of a unit, without its closing question. Raises as `names.unit` does."""
    unit, progress = names.unit(context, name), unit_progress(context)
    if progress.status[unit] in SATISFIED:
        return ()
    waiting = steps.open_steps(context, unit, progress.states.get(unit))
    return tuple(step.title for step in waiting if step.kind != "recall")


def closes(context: "Context", name: str) -> str:
    """Return the unit of which a step is the closing question, "" for any other step. Raises as `mark_step` does."""
    step = steps.resolve_step(context, name)
    return step.unit if step.kind == "recall" else ""


def untimed_minutes(context: "Context", name: str, day: date) -> int:
    """Return the minutes to suggest for a step that was done with hardly any time on record; 0 where there is enough.

    Enough is a quarter of its estimate: time of its unit since the step before was finished, or what the unit had on
    that day beyond the steps finished then. A running timer will do. Raises as `mark_step` does.
    """
    return _untimed_minutes(context, steps.resolve_step(context, name), day)


def _untimed_minutes(context: "Context", step: "Step", day: date) -> int:
    timer = context.store.timer()
    aliases = context.catalog.aliases()
    known = unit_progress(context).states.get(step.unit)
    minutes = next((found.minutes for found in steps.open_steps(context, step.unit, known) if found.id == step.id), 0)
    if not minutes or (timer is not None and aliases.get(timer.unit, timer.unit) == step.unit):
        return 0
    of_the_day = context.store.day(day)
    finished = {aliases.get(id, id) for id in of_the_day.steps}
    taken = sum(other.minutes for other in context.catalog.steps(step.unit) if other.id in finished)
    spare = seconds_by_unit(context, of_the_day)[step.unit] // 60 - taken
    on_record = max(spare, known.since_step // 60 if known else 0)
    return 0 if on_record >= minutes * ENOUGH else minutes


def step_changed(context: "Context", name: str, mark: StepMark, day: date) -> StepChangedView:
    """Return a step that was marked, and what comes after it. Raises as `mark_step` does."""
    return _changed(context, steps.resolve_step(context, name), mark, day)


def _changed(context: "Context", step: "Step", mark: StepMark, day: date) -> StepChangedView:
    passed = unit_progress(context).status[step.unit] in SATISFIED
    return StepChangedView(
        unit=step.unit,
        title=context.catalog.units[step.unit].title,
        step=step.id,
        step_title=place(step.title, step.at),
        mark=mark,
        date=day,
        next=None if passed else steps.step_view(context, step.unit),
        status="step",
        passed=passed,
        timer=context.store.timer() is not None,
    )


def current_step(context: "Context") -> str:
    """Return the step under way: of the unit the timer runs on, else of the one that had time last today.

    Before any time of today it is the first step of the plan that is not done. Raises UsageError where nothing is
    under way, or the timer runs on a unit that is passed.
    """
    timer = context.store.timer()
    studied = [entry.what for entry in log.entries(context, 1).entries if entry.date == context.today]
    status = unit_progress(context).status
    for name in [timer.unit] if timer and timer.unit else studied:
        unit = context.catalog.aliases().get(name, name)
        if timer and status.get(unit) in SATISFIED:
            title = context.catalog.units[unit].title
            raise UsageError(f"{title} is passed already, and its timer runs on", "`mlcoach stop` ends it")
        if unit in context.catalog.units and (found := steps.step_view(context, unit)):
            return found.id
    blocks = today(context).blocks
    step = next((block.step for block in blocks if block.step and not block.done), None)
    # A plan done to its last block leaves its units where they are: who goes on goes on there.
    last = next((block.unit for block in reversed(blocks) if block.unit in context.catalog.units), "")
    step = step or (steps.step_view(context, last) if last else None)
    if step is None:
        raise UsageError(
            "no step is under way", "name one: `mlcoach done UNIT` passes a unit, `mlcoach today` shows them"
        )
    return step.id


def meant(context: "Context", words: Sequence[str]) -> list[str]:
    """Return the units and steps that a row of words means; of a subject or track those that are open.

    Raises NotFoundError or UsageError for words that fit nothing or several.
    """
    if step := steps.numbered(context, words, current_step):
        return [step]
    status = unit_progress(context).status
    found: dict[str, None] = {}
    for name in named_units.split(context, words):
        inside = named_units.units_of(context, name)
        if len(inside) == 1 and inside[0].endswith(f".{name.lower()}"):
            inside = [names.studied(context, name, inside[0])]
        found |= dict.fromkeys([id for id in inside if status.get(id) not in SATISFIED] or inside)
    return list(found)


def closing_question(context: "Context", name: str) -> tuple[str, tuple[str, ...]]:
    """Return the closing question of a unit, or "", and what to compare an answer with. Raises as `names.unit` does."""
    text = context.catalog.text(names.unit(context, name))
    return text.recall, tuple(text.objectives)


def keep_answer(context: "Context", name: str, answer: str, day: date, command: str = "") -> str:
    """Keep what the learner answered to a closing question as a note of its unit, and return the command that undo
    takes it back with, `command` where that is given. Raises as `checked` does."""
    note = TimeLogged(0, names.unit(context, name), note=checked(answer, "answer"))
    return record(context, note, day=day, command=command)[-1].command


def is_step(name: str) -> bool:
    """Return whether a name means a step of a unit: UNIT/STEP."""
    return "/" in name
