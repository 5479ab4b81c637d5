"""The paper of a day: one a week from the fifth week on, two from two fifths of the core; the learner's days win."""

from datetime import date, timedelta
from math import fsum
from typing import TYPE_CHECKING

from mlcoach.domain.day.plan import PaperChoice
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.day.fortnight import Lately, lately

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

CORE_SHARE = 0.4  # of the core's hours, from where on papers come more often
FROM_WEEK = 4  # whole weeks of study before papers come by themselves
SELDOM, OFTEN = 7, 3  # days between two papers
LOOKED_AT = 10  # papers of each kind among which the one for a day is chosen


def paper_of_the_day(context: "Context", progress: "UnitProgress", recent: Lately) -> PaperChoice | None:
    """Return the paper for today, or None on a day without one."""
    return next_paper(context, progress) if is_paper_day(context, progress, recent) else None


def is_paper_day(context: "Context", progress: "UnitProgress", recent: Lately) -> bool:
    """Return whether the plan of today holds a paper.

    Weekdays that the learner set are the days. Else papers come from the fifth week on, or as soon as the learner
    queued one: once a week, and from two fifths of the core on every third day.
    """
    if context.settings.is_set("paper_days"):
        return is_set_paper_day(context, context.today)
    since = recent.since(context.today, "paper")
    if core_share(context, progress) >= CORE_SHARE:
        return since >= OFTEN
    first = context.store.first_day()
    weeks = (context.today - first).days // 7 if first else 0
    own = bool(context.store.paper_rows("queued", 1) or context.store.paper_rows("reading", 1))
    return since >= SELDOM and (own or weeks >= FROM_WEEK)


def is_queue_empty(context: "Context", progress: "UnitProgress") -> bool:
    """Return whether today is a day for a paper and there is none to read; once a week where no days were set."""
    first = context.store.first_day()
    if not context.settings.is_set("paper_days") and (not first or (context.today - first).days % SELDOM):
        return False
    return is_paper_day(context, progress, lately(context)) and next_paper(context, progress) is None


def is_set_paper_day(context: "Context", day: date) -> bool:
    """Return whether the learner set the weekday of a day as one with a paper."""
    from mlcoach.adapters.settings import WEEKDAYS

    return context.settings.is_set("paper_days") and WEEKDAYS[day.weekday()] in context.settings.get("paper_days")


def core_share(context: "Context", progress: "UnitProgress") -> float:
    """Return the share of the core's hours that is passed or skipped."""
    core = [unit for unit in context.catalog.units.values() if unit.core]
    satisfied = fsum(unit.hours for unit in core if progress.status[unit.id] in SATISFIED)
    return satisfied / (fsum(unit.hours for unit in core) or 1)


def next_paper(context: "Context", progress: "UnitProgress") -> PaperChoice | None:
    """Return the paper for a paper day: what is being read, another one while too few move, else a core classic."""
    from mlcoach.domain.papers.queue import next_in_turn

    store = context.store
    monday = context.today - timedelta(days=context.today.weekday())
    had_a_day = store.papers_moved(monday, context.today - timedelta(days=1))
    reading = store.paper_rows("reading", LOOKED_AT)
    queued = store.paper_rows("queued", LOOKED_AT)
    rows = {row.key: row for row in (*reading, *queued)}
    if id := next_in_turn([row.key for row in reading], [row.key for row in queued], had_a_day):
        row = rows[id]
        return PaperChoice(id, row.title or id, row.reading_pass, row.why, _pass_minutes(context, row.reading_pass))
    touched = store.paper_titles()
    passed = {id for id, status in progress.status.items() if status in SATISFIED}
    for id, classic in context.catalog.papers().items():
        if classic.core and id not in touched and passed.intersection(classic.units):
            return PaperChoice(id, classic.title, 1, classic.why, offered=True)
    return None


def _pass_minutes(context: "Context", reading_pass: int) -> int:
    """Return how many minutes a pass takes this learner; 0, the usual, where they timed none yet."""
    if not context.store.newest_passes(1):
        return 0
    from mlcoach.services.papers.pace import pass_minutes

    return pass_minutes(context)[reading_pass]
