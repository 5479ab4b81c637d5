"""The weekly look back: what the week was, what gets in the way, and minutes that fit the next one."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from mlcoach.domain.time.weeks import week_name
from mlcoach.services.day.status import week_to_look_at

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.domain.events import Event, WeekPromised, WeekReviewed
    from mlcoach.domain.work_events import HabitKept
    from mlcoach.services.context import Context
    from mlcoach.views.sync.group import GroupRowView
    from mlcoach.views.week import EstimateView, LooksView, ReviewedView, StuckView, WeekPaperView, WeekView

MOST = 5  # leeches or stuck units at once; more would not be five minutes
UNTOUCHED_DAYS = 14
AVERAGED_WEEKS = 4
LEAST_DAYS = 6  # before today: the Sunday of a first week may say what fits
FITTING = 0.75  # of the goal; who reaches less is better off with a goal that can be kept
BREAK_DAYS = 5  # without study; after that a new beginning is offered
MOST_LOOKS = 500


def looked_back(context: "Context") -> bool:
    """Return whether the week that a look back would be about now was looked back on."""
    return context.store.week_reviewed(from_week=week_to_look_at(context))


def offer(context: "Context") -> str:
    """Return the words that offer a look back, on the day for it and after a break, or ""."""
    from mlcoach.adapters.settings import WEEKDAYS

    day = context.settings.get("look_back")
    if not day:
        return ""
    if WEEKDAYS[context.today.weekday()] == day and not looked_back(context):
        return "five minutes to look back on the week: mlcoach week"
    if gap := _break(context):
        return f"a gap of {gap} days is fine; a look at the plan before going on: mlcoach week"
    return ""


def _break(context: "Context") -> int:
    """Return for how many days nothing was studied, when that is a break without a look back; else 0."""
    studied = context.store.studied_before(context.today + timedelta(days=1), 1)
    gap = (context.today - studied[0]).days - 1 if studied else 0
    return 0 if gap < BREAK_DAYS or context.store.week_reviewed(after=studied[0]) else gap


def look(context: "Context", week: date | None = None) -> "WeekView":
    """Return the figures of the week of this Monday, by default the one to look back on. Nothing is written."""
    from mlcoach.domain.events import ItemGraded
    from mlcoach.services.cards import cards
    from mlcoach.services.curriculum import progress
    from mlcoach.services.curriculum.retained import shares_of
    from mlcoach.services.day.pace import learner_factor
    from mlcoach.services.goal.outlook import cost_of, sentence
    from mlcoach.services.habit import buddy
    from mlcoach.services.work.hours import other_time
    from mlcoach.services.work.hours.habits import habits_of
    from mlcoach.services.work.projects.show_project import week_projects
    from mlcoach.views.week import WeekView

    first = week or week_to_look_at(context)
    unit_progress = progress.unit_progress(context, with_memory=True)
    path = shares_of(context, unit_progress, context.path.units)
    events = buddy.week_events(context, first)
    answers = sum(isinstance(event.body, ItemGraded) for event in events)
    recall = context.store.recall_by_month(first, first + timedelta(days=6))
    average = _average(context)
    plan = tuple(context.settings.goal_on(weekday) for weekday in range(7))
    suggested = _suggested(context, average, plan)
    costs, by = cost_of(context, unit_progress, suggested) if suggested else (0.0, None)
    days, units = buddy.week_days(context, first), buddy.week_units(context, first)
    projects, papers = week_projects(context, events), _papers(context, first, events)
    leeches = [leech for leech in cards.leeches(context).leeches if not leech.suspended]
    return WeekView(
        week=week_name(first),
        first=first,
        last=first + timedelta(days=6),
        days=days,
        units=units,
        answers=answers,
        asked=sum(month.asked for month in recall),
        recalled=sum(month.recalled for month in recall),
        leeches=tuple(leeches[:MOST]),
        stuck=tuple(_stuck(context, unit_progress)[:MOST]),
        estimates=_estimates(context, unit_progress, first),
        factor=_factor(context, unit_progress),
        counted_factor=learner_factor(context, unit_progress),
        average_minutes=average,
        suggested_minutes=suggested,
        suggested_costs=costs,
        goal_by=by,
        plan_minutes=plan,
        promised=buddy.promise_for(context, first),
        reviewed=next((view for view in looks(context).weeks if view.week == week_name(first)), None),
        fit_at=_fit_at(context, answers),
        covered=path.covered,
        retained=path.retained,
        goal=sentence(context),
        work=_work(context, first),
        projects=projects,
        papers=papers,
        rest_minutes=_unnamed_seconds(context, first) // 60,
        interruptions=other_time.interruptions(context, first, first + timedelta(days=6)),
        other=other_time.other_time(context, first, first + timedelta(days=6)),
        habits=habits_of(context, first),
        group=_group(context, first),
    )


def _unnamed_seconds(context: "Context", first: date) -> int:
    """Return the seconds of a week that went to no unit, work of one's own or paper."""
    known = [context.store.day(first + timedelta(days=number)) for number in range(7)]
    named = ((name, spent) for day in known for name, spent in (*day.units.items(), *day.papers.items()))
    return max(0, sum(day.seconds for day in known) - sum(spent for name, spent in named if name))


def _papers(context: "Context", first: date, events: "list[Event]") -> "tuple[WeekPaperView, ...]":
    """Return the papers that had time in a week, or of which a pass ended, the most read first."""
    from mlcoach.domain.paper_events import PassFinished
    from mlcoach.services.day.status import title_of
    from mlcoach.views.week import WeekPaperView

    seconds: Counter[str] = Counter()
    for number in range(7):
        seconds.update(context.store.day(first + timedelta(days=number)).papers)
    ended = [event.body for event in events if isinstance(event.body, PassFinished)]
    ids = sorted({*(+seconds), *(body.paper for body in ended)}, key=lambda id: (-seconds[id], id))
    return tuple(
        WeekPaperView(
            id,
            title_of(context, "", id),
            seconds[id] // 60,
            tuple(sorted(body.reading_pass for body in ended if body.paper == id)),
        )
        for id in ids
    )


def _work(context: "Context", first: date) -> str:
    """Return what was done for people and jobs in a week, "" where none are kept."""
    if not context.store.works_with():
        return ""
    from mlcoach.services.work.week import week_of_work

    return week_of_work(context, first)


def _group(context: "Context", first: date) -> "tuple[GroupRowView, ...]":
    """Return the week of a group as last seen, empty without one."""
    if not (context.places.group / "group.json").exists():
        return ()
    from mlcoach.services.group.weeks import seen_rows

    return seen_rows(context, first)


def _fit_at(context: "Context", answered: int) -> int:
    """Return how many scored answers there are, in the week in which they reach 400 and when they have doubled; else 0.

    Who has fitted parameters already is not asked again, and neither is anybody every week.
    """
    from mlcoach.adapters.memory.optimizer import NEEDED

    scored = context.store.learner_model().answers
    if scored < NEEDED or context.store.parameters() is not None:
        return 0
    before = max(scored - answered, 1)
    mark = NEEDED
    while mark * 2 <= scored:
        mark *= 2
    return scored if before < mark else 0


def _stuck(context: "Context", unit_progress: "UnitProgress") -> "list[StuckView]":
    """Return the units under way past their estimate by the learner's own measure, or long untouched."""
    from mlcoach.services.day.pace import learner_factor
    from mlcoach.views.week import StuckView

    found = []
    own = 3600 * max(1.0, learner_factor(context, unit_progress))  # seconds for each stated hour
    for id, state in unit_progress.states.items():
        if id not in context.catalog.units or unit_progress.status[id] != "learning":
            continue
        unit = context.catalog.units[id]
        last = date.fromisoformat(state.last_day) if state.last_day else None
        untouched = last is not None and (context.today - last).days >= UNTOUCHED_DAYS
        if state.seconds > unit.hours * own or untouched:
            found.append(StuckView(id, unit.title, state.seconds // 60, round(unit.hours * 60), last))
    return sorted(found, key=lambda stuck: (stuck.estimate_minutes - stuck.minutes, stuck.unit))


def _estimates(context: "Context", unit_progress: "UnitProgress", first: date) -> "tuple[EstimateView, ...]":
    """Return the units passed in a week by study, with the estimates of all and of what was done."""
    from mlcoach.services.day.pace import passed_hours
    from mlcoach.views.week import EstimateView

    week = {(first + timedelta(days=number)).isoformat() for number in range(7)}
    units, states = context.catalog.units, unit_progress.states
    return tuple(
        EstimateView(id, units[id].title, states[id].seconds // 60, round(units[id].hours * 60), round(hours * 60))
        for id, (hours, _) in passed_hours(context, unit_progress).items()
        if states[id].passed_day in week
    )


def _factor(context: "Context", unit_progress: "UnitProgress") -> float | None:
    """Return real over estimated time of the units passed with time on record, None before the first."""
    from mlcoach.services.day.pace import passed_hours

    passed = passed_hours(context, unit_progress).values()
    estimated = sum(hours for hours, _ in passed)
    return sum(real for _, real in passed) / estimated if estimated else None


def _average(context: "Context") -> int:
    """Return the minutes of a day with a goal, over the last four weeks before today; days of rest are left out.

    Who comes back after a break is measured from the day they came back on. In the very first week nothing is said: 0.
    """
    from mlcoach.services.day.status import rest_days

    resting = rest_days(context)
    known = {number: seconds for number, seconds, _, _ in context.store.day_minutes()}
    begin = max(context.today.toordinal() - 7 * AVERAGED_WEEKS, _back_since(sorted(known)))
    asked = [
        known.get(day.toordinal(), 0)
        for day in map(date.fromordinal, range(begin, context.today.toordinal()))
        if context.settings.goal_on(day.weekday()) and not any(first <= day <= last for first, last in resting)
    ]
    enough = context.today.toordinal() - min(known, default=begin) >= LEAST_DAYS
    return sum(asked) // 60 // len(asked) if known and asked and enough else 0


def _back_since(days: list[int]) -> int:
    """Return the first of these days after the last long break, as an ordinal; 0 without a day."""
    breaks = [later for before, later in pairwise(days) if later - before > 7 * AVERAGED_WEEKS]
    return breaks[-1] if breaks else days[0] if days else 0


def _suggested(context: "Context", average: int, plan: tuple[int, ...]) -> int:
    """Return a goal that fits what is really studied, in tens and not below the floor; 0 where the goals fit.

    The average of the days is held against that of their goals, which may be long on a Saturday.
    """
    asked = [minutes for minutes in plan if minutes]
    goal = sum(asked) / len(asked) if asked else 0.0
    if not average or average >= FITTING * goal:
        return 0
    suggested = max(10 * round(average / 10), int(context.settings.get("floor")))
    return suggested if suggested < goal else 0


def looks(context: "Context") -> "LooksView":
    """Return the looks back so far, the newest week first; of several on one week the last holds."""
    from mlcoach.domain.events import WeekReviewed
    from mlcoach.services.habit.buddy import promise_for
    from mlcoach.views.week import LooksView

    newest: dict[str, ReviewedView] = {}
    for event in context.store.recent(("week_reviewed",), MOST_LOOKS):
        body = event.body
        if isinstance(body, WeekReviewed) and body.week not in newest:
            next_monday = date.fromisoformat(body.week) + timedelta(days=7)
            newest[body.week] = _reviewed(body, promise_for(context, next_monday))
    return LooksView(tuple(newest[week] for week in sorted(newest, reverse=True)))


def _reviewed(body: "WeekReviewed", promise: str) -> "ReviewedView":
    from mlcoach.views.week import ReviewedView

    return ReviewedView(
        week_name(date.fromisoformat(body.week)), body.well, body.hurt, body.decision, body.plan, promise
    )


def review(
    context: "Context",
    week: date | None,
    *,
    well: str = "",
    hurt: str = "",
    minutes: str = "",
    promise: str = "",
    habits: str = "",
) -> "ReviewedView":
    """Keep what was said about a week, with new minutes or the present ones, as one step of undo.

    `minutes` are words as `init` reads them, "" keeps the plan; `habits` are days of seven, `5 7 3`. Raises
    UsageError for words that cannot be kept, and for a week to come.
    """
    from mlcoach.adapters import setup_words
    from mlcoach.domain.events import WeekReviewed
    from mlcoach.domain.text import checked
    from mlcoach.errors import UsageError
    from mlcoach.services.work.hours.habits import read_habits

    first = week or week_to_look_at(context)
    if first > context.today:
        raise UsageError(f"`{week_name(first)}` is still to come", "look back on `this` week, or one before")
    before = tuple(context.settings.goal_on(weekday) for weekday in range(7))
    after = setup_words.read_minutes(minutes) if minutes else before
    changed = after != before
    plan = f"{setup_words.minutes_in_words(before)} -> {setup_words.minutes_in_words(after)}" if changed else ""
    body = WeekReviewed(
        first.isoformat(),
        checked(well, "note"),
        checked(hurt, "note"),
        "change" if changed else "keep",
        plan,
    )
    promised = _promised(context, first, promise)
    kept = read_habits(context, first, habits) if habits.strip() else ()
    _write(context, after if changed else None, (body, *promised, *kept))
    return _reviewed(body, promised[0].text if promised else "")


def _promised(context: "Context", first: date, words: str) -> "tuple[WeekPromised, ...]":
    from mlcoach.domain.events import WeekPromised
    from mlcoach.services.habit.buddy import checked_promise

    if not words.strip():
        return ()
    return (WeekPromised((first + timedelta(days=7)).isoformat(), checked_promise(words)),)


def _write(
    context: "Context", minutes: tuple[int, ...] | None, bodies: "tuple[WeekReviewed | WeekPromised | HabitKept, ...]"
) -> None:
    """Write the minutes, if they change, and what was said, in one step."""
    from mlcoach.services.record import record

    if minutes is None:
        record(context, *bodies, opens_day=False)
        return
    from mlcoach.services.files import change
    from mlcoach.services.upkeep import config, init

    change(context, lambda own: config.set_values(context, own, init.minutes_wanted(minutes), bodies))
