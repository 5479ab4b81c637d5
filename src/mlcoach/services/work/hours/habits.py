"""Habits in the learner's own words: asked about once a week, shown as they were told, and never judged."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.work_events import HabitKept
from mlcoach.errors import UsageError
from mlcoach.views.work.audit import HabitAverageView, HabitView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

DAYS = 7


def habits_of(context: "Context", first: date) -> tuple[HabitView, ...]:
    """Return the habits of the settings, and others that were told of in the week of this Monday."""
    told = told_between(context, first - timedelta(days=7), first)
    now, before = (told.get(week.isoformat(), {}) for week in (first, first - timedelta(days=7)))
    names = dict.fromkeys((*context.settings.get("habits"), *now))
    return tuple(HabitView(name, now.get(name), before.get(name)) for name in names)


def told_between(context: "Context", first: date, last: date) -> dict[str, dict[str, int]]:
    """Return the days told by week (ISO) and habit, of the weeks between two Mondays; what was told last holds."""
    told: dict[str, dict[str, int]] = {}
    for event in context.store.written.between(("habit_kept",), first, date.max):
        body = event.body
        if isinstance(body, HabitKept) and first.isoformat() <= body.week <= last.isoformat():
            told.setdefault(body.week, {})[body.habit] = body.days
    return told


def averages(context: "Context", first: date, last: date) -> tuple[HabitAverageView, ...]:
    """Return the average days a week of each habit that was told of, of the weeks between two Mondays."""
    days: dict[str, list[int]] = {}
    for week in told_between(context, first, last).values():
        for habit, number in week.items():
            days.setdefault(habit, []).append(number)
    return tuple(HabitAverageView(habit, sum(told) / len(told), len(told)) for habit, told in days.items())


def read_habits(context: "Context", week: date, words: str) -> tuple[HabitKept, ...]:
    """Return what `5 7 3` says: on how many days of the week each habit of the settings was kept, `-` for not told.

    Raises UsageError.
    """
    names = context.settings.get("habits")
    if not names:
        raise UsageError("there are no habits yet", '`mlcoach config set habits "walk, read at night"`')
    told = words.replace(",", " ").split()
    if len(told) != len(names) or not all(one == "-" or (one in "01234567" and len(one) == 1) for one in told):
        listed = ", ".join(names)
        raise UsageError(
            f"cannot read the habits `{words[:40]}`",
            f"a number from 0 to 7, or `-`, for each of the {len(names)}: {listed}",
        )
    return tuple(
        HabitKept(week.isoformat(), name, int(days)) for name, days in zip(names, told, strict=True) if days != "-"
    )
