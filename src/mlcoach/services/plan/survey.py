"""A week in which every subject of the path is looked at, before any is learned."""

from datetime import timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.views.plan import SurveyDayView, SurveyedView, SurveyView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

DAYS = 7
LEAST, MOST = 10, 60  # minutes for a subject


def survey(context: "Context") -> SurveyView:
    """Return the coming seven days, those without minutes left out, with the subjects of the path shared among them.

    A subject of which all is passed is left out. Nothing is written: what a survey takes counts as time on nothing in
    particular, so that no unit is begun by it.
    """
    status = unit_progress(context).status
    catalog = context.catalog
    units: dict[str, str] = {}
    for id in context.path.units:
        if id in catalog.units and status[id] not in SATISFIED:
            units.setdefault(catalog.units[id].subject, id)
    subjects = [subject for subject in units if subject in catalog.subjects()]
    coming = [context.today + timedelta(days=number) for number in range(DAYS)]
    rest = context.store.rest()
    days = [
        (day, minutes)
        for day in coming
        if (minutes := context.settings.goal_on(day.weekday())) and not any(a <= day <= b for a, b in rest)
    ]
    whole = sum(minutes for _, minutes in days)
    found: list[SurveyDayView] = []
    done = spent = 0
    for day, minutes in days:
        spent += minutes
        upto = round(len(subjects) * spent / whole)
        share = subjects[done:upto]
        done = upto
        each = min(MOST, max(LEAST, 5 * (minutes // max(1, len(share)) // 5)))
        views = tuple(
            SurveyedView(
                subject, catalog.subjects()[subject].title, units[subject], catalog.units[units[subject]].title,
                catalog.subjects()[subject].survey, each,
            )
            for subject in share
        )  # fmt: skip
        if views:
            found.append(SurveyDayView(day, views))
    return SurveyView(context.path.id, tuple(found))
