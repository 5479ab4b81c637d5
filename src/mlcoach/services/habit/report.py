"""The page to look at: the numbers of `stats` and what a terminal has no room for."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import TRACKS, is_deck, unit_of
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.time.weeks import week_to_look_back_on
from mlcoach.services.curriculum import progress as curriculum_progress
from mlcoach.services.group.weeks import seen_rows
from mlcoach.services.habit import numbers
from mlcoach.services.habit import stats as habit_stats
from mlcoach.services.practice.former_ids import present_states
from mlcoach.views.report import PageView, PaperLineView, PractisedView, TrackProgressView, YearView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_PAPERS = 25
FILE_NAME = "report.html"


def page(context: "Context") -> PageView:
    """Return everything the page shows. Nothing is written."""
    return PageView(
        made=context.today,
        path=context.path.id,
        path_title=context.path.title,
        stats=habit_stats.stats(context),
        years=_years(context),
        recall=tuple(numbers.recall_by_month(context)),
        progress=_progress(context),
        papers=_papers(context),
        practised=_practised(context),
        group_week=week_to_look_back_on(context.today),
        group=seen_rows(context, week_to_look_back_on(context.today)),
    )


def _years(context: "Context") -> tuple[YearView, ...]:
    """Return what each year held, the newest last."""
    years = (YearView(year, seconds // 60, days, answers) for year, seconds, days, answers in context.store.years())
    return tuple(year for year in years if year.minutes or year.answers)


def _progress(context: "Context") -> tuple[TrackProgressView, ...]:
    unit_progress = curriculum_progress.unit_progress(context)
    on_path = set(context.path.units)
    found: dict[str, list[int]] = {}
    for unit in context.catalog.units.values():
        if is_deck(unit.id):
            continue
        counts = found.setdefault(unit.track, [0, 0, 0, 0])
        done = unit_progress.status[unit.id] in SATISFIED
        counts[0] += 1
        counts[1] += done
        counts[2] += unit.id in on_path
        counts[3] += done and unit.id in on_path
    return tuple(TrackProgressView(track, *found[track]) for track in TRACKS if track in found)


def _practised(context: "Context") -> tuple[PractisedView, ...]:
    """Return what was practised, subject by subject; attempts at what is gone are left out."""
    units = context.catalog.units
    found: dict[str, list[int]] = {}
    for item, state in present_states(context).items():
        unit = units.get(unit_of(item))
        if state.tries and unit is not None:
            counts = found.setdefault(unit.subject, [0, 0])
            counts[0] += state.right > 0
            counts[1] += 1
    return tuple(
        PractisedView(subject.title, *found[subject.id]) for subject in context.catalog.subjects().values()
        if subject.id in found
    )  # fmt: skip


def _papers(context: "Context") -> tuple[PaperLineView, ...]:
    """Return the papers touched last."""
    return tuple(
        PaperLineView(
            paper.title or paper.key, paper.status, date.fromisoformat(paper.last_day) if paper.last_day else None
        )
        for paper in context.store.last_touched_papers(MOST_PAPERS)
    )


def save(context: "Context", text: str, to: str = "") -> Path:
    """Write the page and return where: to the file named, as one step of undo, else to its place among the data.

    Raises StoreError when it cannot be written.
    """
    if to:
        from mlcoach.services.files import save_document

        return Path(save_document(context, text, to))
    from mlcoach.services.files import put

    return put(context, context.places.data / FILE_NAME, text.encode())
