"""The look back on reading: passes by week, how long they take, what they are about, and what changed a mind."""

from collections import Counter
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from mlcoach.domain.papers.details import categories_of
from mlcoach.domain.papers.passes import PASSES, PaperState
from mlcoach.domain.papers.state import state_of
from mlcoach.services.papers.pace import pass_minutes
from mlcoach.services.papers.paper_catalog import paper_catalog
from mlcoach.views.papers.stats import ChangedMindView, PaperStatsView, PapersWeekView, PassTimeView, ShareView

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Paper
    from mlcoach.services.context import Context

WEEKS = 12
MOST_SUBJECTS = 10


def stats(context: "Context") -> PaperStatsView:
    """Return the look back. Passes put aside (`later`) are not counted as read."""
    states = {key: state_of(data) for key, data in context.store.papers().items()}
    ended = [
        (date.fromisoformat(record.day), key, record)
        for key, state in states.items()
        for record in state.passes
        if record.verdict != "later"
    ]
    budget = pass_minutes(context)
    firsts = [record for _, _, record in ended if record.reading_pass == 1]
    # Somebody who stopped and came back for a second pass did not stop there.
    went_on = {key for _, key, record in ended if record.reading_pass > 1}
    decided = {key for _, key, record in ended if record.reading_pass == 1}
    stopped = {key for _, key, record in ended if record.reading_pass == 1 and record.verdict == "stop"} - went_on
    times = []
    for number in PASSES:
        of_kind = [record for _, _, record in ended if record.reading_pass == number]
        timed = [record.spent / 60 for record in of_kind if record.spent]
        times.append(
            PassTimeView(number, len(of_kind), len(timed), round(median(timed)) if timed else 0, budget[number])
        )
    changed = [
        ChangedMindView(day, key, states[key].title or key, record.changed)
        for day, key, record in ended
        if record.changed
    ]
    return PaperStatsView(
        papers=len({key for _, key, _ in ended}),
        passes=len(ended),
        minutes=sum(context.store.paper_seconds().values()) // 60,
        decided=len(decided) if firsts else 0,
        stopped_early=len(stopped),
        weeks=_weeks(context, [(day, record.reading_pass) for day, _, record in ended]),
        times=tuple(times),
        subjects=_subjects(context, {key: states[key] for _, key, _ in ended}),
        changed=tuple(sorted(changed, key=lambda one: one.date, reverse=True)),
    )


def _weeks(context: "Context", ended: list[tuple[date, int]]) -> tuple[PapersWeekView, ...]:
    """Return the last twelve weeks, from the first of them with a pass on."""
    this = context.today - timedelta(days=context.today.weekday())
    counts = Counter((day - timedelta(days=day.weekday()), number) for day, number in ended)
    mondays = [this - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    first = next((place for place, monday in enumerate(mondays) if any(counts[monday, one] for one in PASSES)), WEEKS)
    return tuple(
        PapersWeekView(monday, (counts[monday, 1], counts[monday, 2], counts[monday, 3])) for monday in mondays[first:]
    )


def _subjects(context: "Context", read: dict[str, PaperState]) -> tuple[ShareView, ...]:
    """Return what the papers read are about: subjects of the map, else their main arXiv category."""
    known = paper_catalog(context)
    titles = {id: subject.title for id, subject in context.catalog.subjects().items()}
    counts: Counter[str] = Counter()
    for key, state in read.items():
        counts.update(_about(context, known.get(key), state))
    ordered = sorted(counts.items(), key=lambda count: (-count[1], count[0]))
    return tuple(ShareView(id, titles.get(id, ""), number) for id, number in ordered[:MOST_SUBJECTS])


def _about(context: "Context", paper: "Paper | None", state: PaperState) -> set[str]:
    units = context.catalog.units
    subjects = {units[unit].subject for unit in (paper.units if paper else ()) if unit in units}
    # The shelf of classics says nothing of what a paper is about.
    subjects = {subject for subject in subjects if not subject.startswith("papers")}
    return subjects or set(categories_of(state.details)[:1]) or {""}
