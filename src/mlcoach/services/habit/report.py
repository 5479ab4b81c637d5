"""The page to look at: the numbers of `stats` and what a terminal has no room for."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.domain.branches import without_shortcuts
from mlcoach.domain.curriculum import TRACKS, is_deck, unit_of
from mlcoach.domain.day import unit_status
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum import progress as curriculum_progress
from mlcoach.services.curriculum.retained import shares_of
from mlcoach.services.day.status import week_to_look_at
from mlcoach.services.day.steps import open_steps
from mlcoach.services.habit import numbers
from mlcoach.services.habit import stats as habit_stats
from mlcoach.services.practice.former_ids import present_states
from mlcoach.services.review.items import due_count
from mlcoach.views.pages.report import (
    DrawnUnitView,
    NextStepView,
    PageView,
    PaperLineView,
    PractisedView,
    TrackProgressView,
    YearView,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlcoach.domain.practice.attempts import AttemptState
    from mlcoach.domain.practice.counts import PracticeCount
    from mlcoach.services.context import Context
    from mlcoach.views.day import TodayView
    from mlcoach.views.sync.group import GroupRowView
    from mlcoach.views.work.project import ProjectLineView

MOST_PAPERS = 8
FIRST_DAYS = 14  # of which the page shows the plan: a chart of so little says nothing
MOST_UNITS = 120  # in the picture of the map: more are too small to read, and too much for one page
FILE_NAME = "report.html"


def page(context: "Context") -> PageView:
    """Return everything the page shows. Nothing is written."""
    unit_progress = curriculum_progress.unit_progress(context, with_memory=True)
    drawn, left_out = _drawn(context, unit_progress)
    tried = present_states(context)
    week = week_to_look_at(context)
    return PageView(
        made=context.today,
        path=context.path.id,
        path_title=context.path.title,
        stats=habit_stats.stats(context, unit_progress),
        years=_years(context),
        recall=tuple(numbers.recall_by_month(context)),
        progress=_progress(context, unit_progress),
        papers=_papers(context),
        practised=_practised(context, tried),
        patterns=_patterns(context, tried),
        projects=_projects(context),
        units=drawn,
        units_left_out=left_out,
        group_week=week,
        group=_group(context, week),
        plan=_plan(context),
        due=due_count(context),
        next_step=_next_step(context, unit_progress),
    )


def _plan(context: "Context") -> "TodayView | None":
    """Return the plan of today in the first two weeks, None later."""
    first = context.store.first_day()
    if first is not None and (context.today - first).days >= FIRST_DAYS:
        return None
    from mlcoach.services.day.today import today

    return today(context)


def _next_step(context: "Context", unit_progress: unit_status.UnitProgress) -> NextStepView | None:
    """Return the open step of the unit of the path worked on last, else of the first that is ready."""
    path = [context.catalog.units[id] for id in context.path.units if id in context.catalog.units]
    going = [unit for unit in path if unit_progress.status[unit.id] == "learning"]
    if going:
        unit = max(going, key=lambda one: unit_progress.states[one.id].last_day)
    else:
        ready = (one for one in path if not unit_progress.status[one.id] and not unit_progress.locked_by(one.requires))
        if (first := next(ready, None)) is None:
            return None
        unit = first
    step = next(iter(open_steps(context, unit.id, unit_progress.states.get(unit.id))), None)
    return NextStepView(unit.id, unit.title, step.title if step else "", step.n if step else 0, step.of if step else 0)


def _group(context: "Context", week: date) -> "tuple[GroupRowView, ...]":
    """Return the group's week as it was last seen; all that makes one is imported only where there is one."""
    if not context.places.group_file.exists():
        return ()
    from mlcoach.services.group.weeks import seen_rows

    return seen_rows(context, week)


def _years(context: "Context") -> tuple[YearView, ...]:
    """Return what each year held, the newest last."""
    years = (YearView(year, seconds // 60, days, answers) for year, seconds, days, answers in context.store.years())
    return tuple(year for year in years if year.minutes or year.answers)


def _progress(context: "Context", unit_progress: unit_status.UnitProgress) -> tuple[TrackProgressView, ...]:
    on_path = set(context.path.units)
    done = {id for id, status in unit_progress.status.items() if status in SATISFIED}
    inside: dict[str, list[str]] = {}
    for unit in context.catalog.units.values():
        if not is_deck(unit.id):
            inside.setdefault(unit.track, []).append(unit.id)
    found = []
    for track in (track for track in TRACKS if track in inside):
        units = inside[track]
        walked = [id for id in units if id in on_path]
        shares, path_shares = (shares_of(context, unit_progress, ids) for ids in (units, walked))
        counts = (len(units), len(done.intersection(units)), len(walked), len(done.intersection(walked)))
        found.append(TrackProgressView(track, *counts, shares, path_shares))
    return tuple(found)


def _drawn(context: "Context", unit_progress: unit_status.UnitProgress) -> tuple[tuple[DrawnUnitView, ...], int]:
    """Return the units of the picture, the path first, then what was begun; and how many there was no room for."""
    catalog = context.catalog
    status = unit_progress.standings(catalog.units)
    units = [unit for unit in catalog.units.values() if not is_deck(unit.id)]
    on_path = set(context.path.units)
    wanted = sorted(units, key=lambda unit: (unit.id not in on_path, status[unit.id] in ("locked", "ready")))
    chosen = {unit.id for unit in wanted[:MOST_UNITS]}
    shown = [unit for unit in units if unit.id in chosen]
    edges = without_shortcuts({unit.id: [edge.unit for edge in unit.requires] for unit in shown})
    found = tuple(
        DrawnUnitView(
            id=unit.id,
            title=unit.title,
            track=unit.track,
            status=status[unit.id],
            hours=unit.hours,
            on_path=unit.id in on_path,
            retained=unit_progress.retained.get(unit.id, 0.0),
            requires=tuple(edge.unit for edge in unit.requires if edge.unit in catalog.units),
            drawn=tuple(edges[unit.id]),
        )
        for unit in shown
    )
    return found, len(units) - len(found)


def _practised(context: "Context", tried: "Mapping[str, AttemptState]") -> tuple[PractisedView, ...]:
    """Return what was practised, subject by subject; attempts at what is gone are left out."""
    units = context.catalog.units
    found: dict[str, list[int]] = {}
    for item, state in tried.items():
        unit = units.get(unit_of(item))
        if state.tries and unit is not None:
            counts = found.setdefault(unit.subject, [0, 0])
            counts[0] += state.right > 0
            counts[1] += 1
    return tuple(
        PractisedView(subject.title, *found[subject.id]) for subject in context.catalog.subjects().values()
        if subject.id in found
    )  # fmt: skip


def _patterns(context: "Context", tried: "Mapping[str, AttemptState]") -> "tuple[PracticeCount, ...]":
    """Return what was solved of each pattern: first where most would not be solved today."""
    if not any(state.tries for state in tried.values()):
        return ()
    from mlcoach.services.practice.exercises import solved_patterns

    return tuple(sorted(solved_patterns(context, tried), key=lambda one: (one.solid - one.items, -one.items, one.name)))


def _projects(context: "Context") -> "tuple[ProjectLineView, ...]":
    """Return all projects that were begun, those under way first; ideas are none yet."""
    if not context.store.projects.all():
        return ()
    from mlcoach.services.work.projects.show_project import listed

    return tuple(line for line in listed(context, every=True).projects if line.status != "idea")


def _papers(context: "Context") -> tuple[PaperLineView, ...]:
    """Return the papers worked on last; those that only wait in the queue are none of them."""
    return tuple(
        PaperLineView(
            paper.title or paper.key, paper.status, date.fromisoformat(paper.last_day) if paper.last_day else None
        )
        for paper in context.store.last_touched_papers(MOST_PAPERS)
    )


def save(context: "Context", text: str, to: str = "", name: str = FILE_NAME) -> Path:
    """Write a page and return where: to the file named, as one step of undo, else to its place among the data.

    Raises StoreError when it cannot be written.
    """
    if to:
        from mlcoach.services.files import save_document

        return Path(save_document(context, text, to))
    from mlcoach.services.made_files import put

    return put(context, context.places.data / name, text.encode())
