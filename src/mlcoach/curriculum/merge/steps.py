"""A unit -> the steps it is walked in: questions before, readings, exercises, the closing question."""

from collections.abc import Sequence

from mlcoach.curriculum.merge.build import closed_stand_in, open_readings
from mlcoach.curriculum.merge.merged import MergedCurriculum, MergedUnit, Sourced
from mlcoach.curriculum.read import model
from mlcoach.domain.curriculum import Reading, Step

BEFORE_MINUTES, RECALL_MINUTES = 5, 10
SHORTEST_READING, ROUNDED_TO = 15, 5  # minutes
STAGES = ("worked", "completion", "solve")
MAKES_FIRST = "start"  # the track whose units begin with something made


def build_steps(whole: MergedCurriculum, unit: MergedUnit) -> tuple[Step, ...]:
    """Return the steps of a unit in order; hidden items are left out."""
    shown = [item for item in unit.items.values() if not item.hidden]
    found = [(item.id, item.value) for item in shown if isinstance(item.value, model.ExerciseTable)]
    found = [(name, exercise) for name, exercise in found if not exercise.drill]
    exercises = [
        Step(f"{unit.id}/{name}", unit.id, "exercise", exercise.title, exercise.minutes, stage=stage)
        for stage in STAGES
        for name, exercise in found
        if exercise.stage == stage
    ]
    before, recall = [], []
    if any(item.kind == "pretest" for item in shown):
        before = [Step(f"{unit.id}/before", unit.id, "before", "Questions before you begin", BEFORE_MINUTES)]
    if unit.value.recall is not None:
        recall = [Step(f"{unit.id}/recall", unit.id, "recall", "The closing question", RECALL_MINUTES)]
    rest = round(unit.value.hours * 60) - sum(step.minutes for step in (*before, *exercises, *recall))
    readings = _readings(whole, unit, rest)
    if not readings and not exercises:
        readings = [Step(f"{unit.id}/study", unit.id, "study", unit.value.title, rest)]
    made = exercises if whole.subjects[unit.subject].value.track == MAKES_FIRST else []
    first = [step for step in made if step.stage == STAGES[0]]
    return (*before, *first, *readings, *exercises[len(first) :], *recall)


def step_readings(whole: MergedCurriculum, unit: MergedUnit) -> list[tuple[str, Sourced[model.ReadTable], Reading]]:
    """Return the readings that are steps, with their ids: the open ones marked core, else the first open one."""
    there = open_readings(whole, unit)
    return [found for found in there if found[1].value.core] or there[:1]


def _readings(whole: MergedCurriculum, unit: MergedUnit, rest: int) -> list[Step]:
    """Return the readings as steps, in `rest` minutes where they say nothing of their own."""
    found = step_readings(whole, unit)
    # Who gives a unit more or fewer hours gives them to its readings.
    minutes = _shared(rest, [entry.value.minutes for _, entry, _ in found], scaled="hours" in unit.places)
    steps: list[Step] = []
    for (name, _, reading), length in zip(found, minutes, strict=True):
        title, at, url = reading.title, reading.at, reading.url
        if reading.instead:
            title, at, url = reading.instead, "", closed_stand_in(whole, unit, reading.resource)
        steps.append(Step(f"{unit.id}/{name}", unit.id, "reading", title, length, at, url))
    return steps


def _shared(rest: int, given: Sequence[int | None], *, scaled: bool) -> list[int]:
    """Return the minutes of each reading: its own, else an even share of what the others leave.

    With `scaled` those that all have their own are stretched to fill the rest.
    """
    own = sum(minutes or 0 for minutes in given)
    missing = given.count(None)
    if missing:
        share = _rounded((rest - own) / missing)
        return [minutes or share for minutes in given]
    return [_rounded(minutes * rest / own) if scaled else minutes for minutes in given if minutes]


def _rounded(minutes: float) -> int:
    return max(SHORTEST_READING, ROUNDED_TO * round(minutes / ROUNDED_TO))
