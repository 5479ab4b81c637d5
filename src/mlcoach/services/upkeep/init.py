"""Fit the plan to the learner: path, minutes, slot, what they know already. One step of undo takes all of it back.

Answers arrive as people type them, from a question or from an option, and are read by the same functions.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.settings import WEEKDAYS
from mlcoach.adapters.setup_words import usual_minutes
from mlcoach.domain import text
from mlcoach.domain.curriculum import taken_as_known
from mlcoach.domain.day.goal import GoalState, minutes_until
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.events import Body, GoalSet, UnitMarked
from mlcoach.domain.time.deadlines import deadline_in
from mlcoach.domain.words import words_of
from mlcoach.errors import NotFoundError
from mlcoach.services import named_units
from mlcoach.services.curriculum import progress
from mlcoach.services.day.forecast import planned_end
from mlcoach.services.day.pace import learner_factor
from mlcoach.services.upkeep import config
from mlcoach.views.upkeep import ChoiceView, InitView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

NO_DAY = ("", "no", "none", "never", "no date", "nothing", "-")


class KnownUnits(NamedTuple):
    """What somebody says they know, in map order: the units that they named, and those that a word only bears on."""

    named: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()


class InitAnswers(NamedTuple):
    """What init sets up. `minutes` are the goals from Monday on.

    `known` are the ids of units that were named, `hinted` of those on which a word only bears. `by` is the day of a
    goal, None to leave that as it is.
    """

    path: str
    minutes: tuple[int, ...]
    slot: str
    cue: str
    floor: int
    known: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()
    by: date | None = None


def defaults(context: "Context") -> InitAnswers:
    """Return the answers as the settings have them now."""
    chosen = context.settings
    return InitAnswers(
        path=chosen.get("path"),
        minutes=tuple(chosen.goal_on(weekday) for weekday in range(7)),
        slot=chosen.get("slot"),
        cue=chosen.get("cue"),
        floor=chosen.get("floor"),
    )


def paths(context: "Context") -> tuple[ChoiceView, ...]:
    """Return the paths to choose from."""
    hours = {id: unit.hours for id, unit in context.catalog.units.items()}
    known = context.catalog.paths.values()
    return tuple(
        ChoiceView(
            path.id, path.title, sum(map(hours.__getitem__, path.units)), *taken_as_known(path, known, hours),
            path.goal, path.audience,
        ) for path in known
    )  # fmt: skip


def read_path(context: "Context", words: str) -> str:
    """Return the path that a person named, by its id, its number in the list or its title; a day beside it is let be.

    Raises NotFoundError with the nearest, and UsageError for several.
    """
    from mlcoach.services import spoken_names

    known = list(context.catalog.paths)
    name = deadline_in(words.strip(), context.today)[0]
    if name.isdecimal() and len(name) < 4 and 1 <= int(name) <= len(known):
        return known[int(name) - 1]
    try:
        return _resolved(name, known, "path", f"the paths are {', '.join(known)}")
    except NotFoundError:
        if found := spoken_names.called(context, name, ("path",)):
            return spoken_names.choose(context, name, found).id
        among = words_of(name)
        if len(within := [id for id in known if id in among]) == 1:  # `a data scientist interview`
            return within[0]
        raise


def read_by(context: "Context", words: str) -> date | None:
    """Return the day by which the path must be walked, None for no day. Raises UsageError for an invalid one."""
    if words.strip().lower() in NO_DAY:
        return None
    from mlcoach.services.goal.goal import read_day

    return read_day(context, words.strip())


def day_within(context: "Context", words: str) -> str:
    """Return the day that words on something else name beside it, as `read_by` takes it; "" for none."""
    day = deadline_in(words, context.today)[1]
    return day.isoformat() if day else ""


def read_known(context: "Context", words: str) -> KnownUnits:
    """Return the units that somebody says they know: by subject, unit, track or path, as people say it.

    A word from a title or a text is a hint: who knows SQL may not know the rest of a unit on it.

    Raises NotFoundError and UsageError where nothing fits, for a slip of a name, and for a name that fits several.
    """
    unknown: list[str] = []
    found = named_units.units_said(context, words, unknown)
    if unknown:
        context.notices.append(f"not understood, and left out: {', '.join(unknown)[:200]}")
    return KnownUnits(
        tuple(id for id in context.catalog.units if found.get(id)),
        tuple(id for id in context.catalog.units if found.get(id) is False),
    )


def preview(context: "Context", answers: InitAnswers) -> InitView:
    """Return what the answers come to; nothing is written."""
    now = progress.unit_progress(context)
    status = now.status
    hours, finish = planned_end(context, answers.path, answers.minutes, answers.known)
    skipped = tuple(id for id in answers.known if status[id] not in SATISFIED)
    hinted = tuple(id for id in answers.hinted if status[id] not in SATISFIED)
    return InitView(
        path=answers.path,
        path_title=context.catalog.paths[answers.path].title,
        minutes=answers.minutes,
        floor=answers.floor,
        slot=answers.slot,
        cue=answers.cue,
        skipped=skipped,
        file=str(context.places.config_file),
        changed=False,
        hinted=hinted,
        hours_left=hours,
        finish=finish,
        skipped_titles=tuple(context.catalog.units[id].title for id in skipped),
        hinted_titles=tuple(context.catalog.units[id].title for id in hinted),
        factor=learner_factor(context, now),
        by=answers.by,
        hours_there=_hours_there(context, answers),
    )


def _hours_there(context: "Context", answers: InitAnswers) -> float:
    """Return the hours that units have until the day of the goal, 0 without one."""
    if answers.by is None:
        return 0.0
    began = context.store.first_day() or context.today
    days = minutes_until(GoalState(answers.path, answers.by), context.today, began, answers.minutes)
    return round(sum(share * minutes for _, share, minutes in days) / 60, 1)


def apply(context: "Context", answers: InitAnswers) -> InitView:
    """Write the settings and mark what is known as skipped, as one step of undo.

    That is the learner's word: placement asks about these units and takes it for no more than a hint. A unit on which a
    word only bears is kept; placement finds it likelier.

    Raises InvalidFileError for a config that is broken and StoreError when nothing could be written.
    """
    from mlcoach.services.files import change

    planned = preview(context, answers)
    marks: tuple[Body, ...] = tuple(UnitMarked(id, "skipped", claimed=True) for id in planned.skipped)
    goal = context.store.goal()
    if answers.by and (goal is None or (goal.path, goal.by) != (answers.path, answers.by)):
        kept = goal.kept if goal and goal.path == answers.path else ()
        marks += (GoalSet(answers.path, answers.by.isoformat(), kept),)
    plan_stands = context.store.day(context.today).plan is not None
    wanted = _wanted(answers)
    if planned.hinted:
        wanted["familiar"] = sorted({*context.settings.get("familiar"), *planned.hinted})
    written = change(context, lambda own: config.set_values(context, own, wanted, marks))
    changed = written or bool(marks)
    if changed and plan_stands:
        context.notices.append("today keeps its goal and its plan; a new plan: mlcoach today --replan")
    return planned._replace(changed=changed)


def _resolved(name: str, ids: Collection[str], kind: str, otherwise: str) -> str:
    """Return the id that a name means; where there is not even a near one, the error says where to look."""
    try:
        return text.resolve(name, ids, kind)
    except NotFoundError as error:
        raise NotFoundError(error.message, error.hint or otherwise) from None


def _wanted(answers: InitAnswers) -> dict[str, object]:
    """Return the settings that the answers stand for; None is the default."""
    plain = {"path": answers.path, "floor": answers.floor, "slot": answers.slot, "cue": answers.cue or None}
    return {**plain, **minutes_wanted(answers.minutes)}


def minutes_wanted(minutes: tuple[int, ...]) -> dict[str, object]:
    """Return the settings that minutes from Monday on stand for; None is the default."""
    usual = usual_minutes(minutes)
    week = {
        f"weekday.{day}": None if number == usual else number for day, number in zip(WEEKDAYS, minutes, strict=True)
    }
    return {"goal": usual, **week}
