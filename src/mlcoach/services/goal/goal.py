"""The goal with a date: look at it, set it, keep a unit by hand, end it."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING

from mlcoach.domain import text
from mlcoach.domain.day.goal import (
    BANK,
    INTERVIEW_DAYS,
    INTERVIEW_SHARE,
    INTERVIEWING,
    PROBLEM_SHARE,
    ROOM,
    GoalState,
    GoalUnit,
    is_for_interviews,
    problems_from,
    unit_share,
    weight,
    would_fit,
)
from mlcoach.domain.day.plan import count
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.events import GoalSet
from mlcoach.domain.time.deadlines import deadline_in
from mlcoach.domain.time.study_days import format_day, parse_coming_day
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.hours_left import hours_left
from mlcoach.services.day.pace import passed_hours
from mlcoach.services.day.path_end import next_paths
from mlcoach.services.day.practice import builds_on
from mlcoach.services.day.today import MADE_ANEW, replan_untouched
from mlcoach.services.goal.outlook import Outlook, outlook
from mlcoach.services.record import record
from mlcoach.views.goal import KEPT_BY_HAND, GoalChange, GoalUnitView, GoalView

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Path
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

SEASON = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
FARTHEST_DAYS = 5 * 365
SET = "`mlcoach goal --by 2027-02-01 --path interview` sets one"


def show(context: "Context", changed: GoalChange = "", before: Iterable[str] | None = None) -> GoalView:
    """Return the goal as it looks today; nothing is written. `before` fell until it was changed."""
    goal = context.store.goal()
    if goal is None or goal.path not in context.catalog.paths:
        gone = goal and f"your goal was the path `{goal.path}`, which is not there any more: mlcoach goal --drop"
        return GoalView(None, goal.path if goal else context.path.id, changed=changed, note=gone or "")
    plan_path = "" if goal.path == context.path.id else context.path.id
    path = context.with_kept(context.catalog.paths[goal.path])
    if goal.by <= context.today:
        return GoalView(goal.by, goal.path, path.title, plan_path=plan_path, changed=changed)
    progress = unit_progress(context)
    found = outlook(context, goal, progress)
    falls, kept = set(found.falls), context.kept_on(context.catalog.paths[goal.path])
    pushed = [] if before is None else [id for id in found.falls if id not in before]
    follows = builds_on(context, path.units)
    known = {unit.id: unit for unit in found.units}
    return GoalView(
        by=goal.by,
        path=goal.path,
        title=path.title,
        days_left=found.days,
        verdict=found.verdict,
        fits=found.verdict == "fits",
        needed_minutes=found.needed_minutes,
        pace_minutes=round(found.usual),
        from_plan=found.from_plan,
        hours_left=round(found.needed / 60, 1),
        hours_there=round(found.there / 60, 1),
        whole_by=_whole_by(context, found),
        stated_hours=round(found.needed / 60 / found.factor, 1),
        factor=found.factor,
        own_factor=bool(passed_hours(context, progress)),
        study_days=found.study_days,
        other_minutes=round(60 - 60 * found.there / found.planned) if found.planned else 0,
        keeps=tuple(
            _unit(context, unit, _why_sure(goal, unit, progress, kept)) for unit in found.units if unit.id not in falls
        ),
        falls=tuple(_unit(context, known[id], _why_falls(follows[id], known[id], goal)) for id in found.falls),
        fitting=would_fit(found.units, falls, found.fillable) if falls else (),
        assumed=_assumed(context, path, progress, found.factor),
        problems_from=problems_from(goal),
        interview=found.interview,
        reserve_hours=round((found.there - found.fillable) / 60, 1),
        plan_path=plan_path,
        changed=changed,
        note=_keeps_plan(context) if changed else "",
        pushed=tuple(_unit(context, known[id], "") for id in pushed),
    )


def set_goal(context: "Context", by: str, path: str = "") -> GoalView:
    """Set the goal, and the path in the settings with it, as one step of undo.

    `by` is a day in words, `path` the id of a path, "" for that of the goal so far, else the learner's. Raises
    UsageError for a day that is not to come or too far off, and for a path that is walked already, NotFoundError for
    an unknown path.
    """
    before = context.store.goal()
    chosen = _path(context, path or (before.path if before else context.path.id))
    if not by and before is None:
        raise UsageError("a goal needs a day", SET)
    day = read_day(context, by) if by else before.by if before else context.today
    if day <= context.today:
        raise UsageError(f"the day of the goal, {format_day(day, context.today)}, is over", "say a new one with --by")
    body = GoalSet(chosen, day.isoformat(), before.kept if before and before.path == chosen else ())
    if chosen == context.settings.get("path"):
        _refuse_walked(context, chosen)
        record(context, body, opens_day=False)
        return show(context, "set")
    _refuse_walked(context, chosen)
    from mlcoach.services.files import change
    from mlcoach.services.upkeep import config

    change(context, lambda own: config.set_values(context, own, {"path": chosen}, (body,)))
    return show(context, "set")


def keep(context: "Context", kept: Sequence[str], let_go: Sequence[str] = ()) -> GoalView:
    """Keep units, however short the time is, and let others fall again, as one step of undo.

    What was chosen to be learned too is let go by the settings. Raises UsageError and NotFoundError, then nothing is
    changed.
    """
    goal, progress = _there(context), unit_progress(context)
    path = context.catalog.paths[goal.path]
    wanted = [names.unit(context, name) for name in dict.fromkeys(kept)]
    gone = [names.unit(context, name) for name in dict.fromkeys(let_go)]
    there, status = context.kept_on(path), progress.status
    for id in (*wanted, *gone):
        if id in wanted and id in gone:
            raise UsageError(f"`{id}` is both to be kept and to be let go", "name it once")
        if id in wanted and status[id] in SATISFIED:
            raise UsageError(f"`{id}` is done already", "`mlcoach goal --all` shows what is open")
        if (id in there) == (id in wanted):
            said = "kept already" if id in wanted else "not kept by hand"
            raise UsageError(f"`{id}` is {said}", "`mlcoach goal` shows the goal")
    before = context.with_kept(path).units
    fell = outlook(context, goal, progress).falls if goal.by > context.today else None
    aliases, also = context.catalog.aliases(), context.settings.get("also")
    stays = tuple(id for id in goal.kept if aliases.get(id, id) not in gone)
    body = GoalSet(goal.path, goal.by.isoformat(), (*stays, *wanted))
    if goal.path == context.path.id and any(aliases.get(id, id) in gone for id in also):
        from mlcoach.services.files import OwnFiles, change
        from mlcoach.services.upkeep import config

        left = [id for id in also if aliases.get(id, id) not in gone]

        def write(own: OwnFiles) -> str:
            config.set_values(context, own, {"also": left or None}, (body,))
            return own.command()

        command = change(context, write)
    else:
        command = record(context, body, opens_day=False)[-1].command
    anew = goal.path == context.path.id and replan_untouched(context, command)
    joined = [other for other in context.with_kept(path).units if other not in before and other not in wanted]
    if needed := [other for other in joined if status[other] not in SATISFIED]:
        context.notices.append(f"it needs what is not on the path either, so this comes too: {', '.join(needed)}")
    told = show(context, "kept" if wanted else "let go", fell if wanted else None)
    return told._replace(note=MADE_ANEW) if anew else told


def drop(context: "Context") -> GoalView:
    """End the goal; the path stays. Raises UsageError without one."""
    goal = _there(context)
    record(context, GoalSet(goal.path, ""), opens_day=False)
    return GoalView(None, goal.path, changed="dropped", note=_keeps_plan(context))


def _there(context: "Context") -> GoalState:
    goal = context.store.goal()
    if goal is None:
        raise UsageError("there is no goal with a date", SET)
    return goal


def _path(context: "Context", name: str) -> str:
    paths = context.catalog.paths
    if name not in paths:
        known = ", ".join(f"`{id}`" for id in paths)
        raise NotFoundError(f"no path `{name:.40}`", text.nearest(name, paths) or f"the paths are {known}")
    return name


def _refuse_walked(context: "Context", path: str) -> None:
    progress = unit_progress(context)
    if all(progress.status.get(id) in SATISFIED for id in context.catalog.paths[path].units):
        following = next_paths(context, progress)
        offered = f"paths that come next: {', '.join(following)}" if following else ""
        raise UsageError(f"the path `{path}` is finished already", offered)


def read_day(context: "Context", words: str) -> date:
    """Return the day of a goal, `2027-02-01`, `1 Feb` or `in eight weeks`. Raises UsageError for an invalid one."""
    rest, spoken = deadline_in(words, context.today)
    try:
        day = spoken if spoken and not rest else parse_coming_day(words, context.today)
    except UsageError as error:
        if SEASON.search(words):
            raise UsageError(f"`{words}`: which month do you mean?", "such as `end of June`, or a day") from None
        raise UsageError(error.message, "write a day to come: `2027-02-01`, `end of June`, `in a year`") from None
    shown = format_day(day, context.today)
    if day < context.today:
        raise UsageError(f"`{words}` is {shown}, which is over", "write a day to come: `2027-02-01`, `02-01` or `fri`")
    if day == context.today:
        raise UsageError(
            f"`{words}` is today: no time is left to plan",
            "`mlcoach today` has what the day holds; a goal needs a day from tomorrow on",
        )
    if (day - context.today).days > FARTHEST_DAYS:
        raise UsageError(
            f"`{words}` is more than five years off", "a pace is not known that far ahead: choose a nearer day"
        )
    return day


def _keeps_plan(context: "Context") -> str:
    planned = context.store.day(context.today).plan is not None
    return "Today keeps its plan; a new one: mlcoach today --replan" if planned else ""


def _whole_by(context: "Context", found: Outlook) -> date | None:
    """Return the day by which all of the path fits at the usual pace; None without one."""
    if not found.pace:
        return None
    days = ceil(found.needed * (1 + ROOM * found.half_width) / found.pace)
    if found.interview or problems_from(found.goal):
        share = INTERVIEW_SHARE if found.interview else PROBLEM_SHARE
        days += ceil(INTERVIEW_DAYS * share / unit_share(days))
    return context.today + timedelta(days=days) if days < 2 * FARTHEST_DAYS else None


def _unit(context: "Context", unit: GoalUnit, why: str) -> GoalUnitView:
    return GoalUnitView(unit.id, context.catalog.units[unit.id].title, round(unit.minutes / 60, 1), why)


def _assumed(context: "Context", path: "Path", progress: "UnitProgress", factor: float) -> tuple[GoalUnitView, ...]:
    """Return what a path takes as known and the learner has not passed, first what counts most for the goal."""
    units, open_ids = context.catalog.units, [id for id in path.known if progress.status[id] not in SATISFIED]
    follows = builds_on(context, path.units)
    worth = {id: (1 + follows[id]) * weight(id, path.id, {}) / units[id].hours for id in open_ids}
    return tuple(
        GoalUnitView(id, units[id].title, round(hours_left(context, progress, id, factor), 1))
        for id in sorted(open_ids, key=lambda id: -worth[id])
    )


def _why_sure(goal: GoalState, unit: GoalUnit, progress: "UnitProgress", kept: Collection[str]) -> str:
    if unit.id in kept:
        return KEPT_BY_HAND
    if progress.status[unit.id] == "learning":
        return "under way"
    return "what interviews are" if unit.sure and unit.id in INTERVIEWING else ""


def _why_falls(follows: int, unit: GoalUnit, goal: GoalState) -> str:
    if not unit.value and is_for_interviews(goal.path):
        return f"hardly asked in interviews, for {unit.minutes / 60:.0f}h"
    if unit.id == BANK and is_for_interviews(goal.path):
        return "it asks about theory for which there is no time"
    builds = f"{count(follows, 'unit')} of the path {'builds' if follows == 1 else 'build'} on it"
    return builds if follows else "nothing else on the path builds on it"
