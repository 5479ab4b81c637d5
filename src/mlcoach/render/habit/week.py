"""The weekly look back, step by step."""

from collections import Counter

from mlcoach.domain.day.forecast import BETWEEN
from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS, format_day
from mlcoach.render.curriculum.marks import joined, shares_text
from mlcoach.render.habit.streak import NAMES
from mlcoach.render.layout import columns, ends, paragraphs, plural, recalled_words
from mlcoach.render.screen import Lines, Span, prose_width
from mlcoach.render.sync.group import table_lines
from mlcoach.render.work.audit import habit_lines, interrupted_lines
from mlcoach.views.buddy import BuddyDayView
from mlcoach.views.week import LooksView, ReviewedView, WeekView

FEW_AT_ONCE = 3  # units passed without a minute on them that are named


def look_lines(view: WeekView, width: int | None) -> Lines:
    """Return the whole week at once, for looking without answering."""
    shown = [*week_lines(view, width), [], *stuck_lines(view, width), [], *minutes_lines(view, width)]
    if view.reviewed:
        return [*shown, [], *reviewed_lines(view.reviewed, width)]
    said = 'Write it down: mlcoach week --well "what went well" --hurt "what did not" --keep'
    return [*shown, [], [(said, "muted")]]


def head_lines(view: WeekView, width: int | None) -> Lines:
    """Return the minutes of the week and of its days, and what they come to."""
    room = prose_width(width)
    minutes = sum(day.seconds for day in view.days) // 60
    goal = sum(day.goal for day in view.days if day.state != "rest")
    title = f"{format_day(view.first)} to {format_day(view.last, view.first)}"
    if not view.days:
        return [[(title, "title")], [("Nothing is recorded for this week.", "muted")]]
    head = ends([(title, "title")], [(f"{format_duration(minutes)} of {format_duration(goal)}", "strong")], room)
    days = [f"{NAMES[day.day.weekday()]} {_of_day(day)}" for day in view.days]
    return [head, *joined(days, room, " · "), *paragraphs(_meaning(view, minutes, goal), room)]


def week_lines(view: WeekView, width: int | None) -> Lines:
    """Return the figures of the week."""
    room = prose_width(width)
    shown: Lines = head_lines(view, width)
    if not view.days:
        return shown
    if view.promised:
        shown.append([("Promised: ", "muted"), (one_line(view.promised), "")])
    told = [unit for unit in view.units if unit.minutes or not unit.passed]
    at_once = [unit for unit in view.units if unit not in told]  # passed by placement, or by the learner's word
    few = len(at_once) <= FEW_AT_ONCE
    for unit in view.units if few else told:
        spent = format_duration(unit.minutes) if unit.minutes else "–"
        shown.append([(f"  {spent:>6}  ", "muted"), (unit.title, ""), (" · passed" if unit.passed else "", "good")])
    for project in view.projects:
        at = f" · stage {project.stage} of {project.of}"
        spent = format_duration(project.minutes)
        shown.append([(f"  {spent:>6}  ", "muted"), (one_line(project.title), ""), (at, "muted")])
    for paper in view.papers:
        ended = f" · pass {' and '.join(map(str, paper.passes))} ended" if paper.passes else ""
        spent = format_duration(paper.minutes) if paper.minutes else "–"
        shown.append([(f"  {spent:>6}  ", "muted"), (one_line(paper.title), ""), (ended, "good")])
    if view.rest_minutes:
        spent = format_duration(view.rest_minutes)
        shown.append([(f"  {spent:>6}  ", "muted"), ("other: reviews, notes, nothing in particular", "muted")])
    if not few:
        shown.append(
            [(f"  {'–':>6}  ", "muted"), (f"{len(at_once)} units you knew already", ""), (" · passed", "good")]
        )
    if view.answers:
        shown.append([("  ", ""), (recalled_words(view.answers, view.asked, view.recalled), "muted")])
    shown += interrupted_lines(view.interruptions, width)
    if view.other:
        named = ", ".join(f"{one_line(one.what)} {format_duration(one.minutes)}" for one in view.other)
        shown += paragraphs(f"not study: {named}; mlcoach week --audit", room, "  ", "muted")
    shown += habit_lines(view.habits, width)
    if view.covered:
        said = f"your path: {shares_text(view.covered, view.retained)}, what of it you would recall today"
        shown += paragraphs(said, room, "  ", "muted")
    if view.work:
        shown += paragraphs(view.work, room, "  ", "muted")
    if view.fit_at:
        said = f"{view.fit_at:,} answers on later days: enough to fit the memory model to you. "
        shown += [[(said, "muted")], [("  ", ""), ("mlcoach memory optimize", "accent")]]
    if len(view.group) > 1:
        shown += [[], [("The group", "title")], *table_lines(view.group, width)]
    return shown


def _of_day(day: BuddyDayView) -> str:
    """Return the minutes of a day, as every screen has them, and what became of it where that is not seen from them."""
    if not day.minutes:
        return day.state
    spent = format_duration(day.minutes)
    return spent if day.state in ("kept", "open") else f"{spent} {day.state}"


def _meaning(view: WeekView, minutes: int, goal: int) -> str:
    """Return what the figures of the week come to and what to do about it."""
    days = sum(day.seconds > 0 for day in view.days)  # as `stats` counts them
    said = f"You studied on {plural(days, 'day')}"
    if goal and minutes >= goal:
        return f"{said} and reached the goal of the week: keep it as it is."
    if view.suggested_minutes:
        fits = format_duration(view.suggested_minutes)
        if view.goal_by:
            return f"{said}. {_cost(view)}"
        return f"{said}. Your goal is more than your weeks hold: {fits} a day would fit."
    return f"{said}; the rest of the goal is nothing to catch up on, the plan moves with you."


def _cost(view: WeekView) -> str:
    """Return what fewer minutes would cost before the day of a goal: there they are not advice."""
    assert view.goal_by is not None
    day = f"{view.goal_by.day} {MONTHS[view.goal_by.month - 1]}"
    lately = format_duration(view.suggested_minutes)
    return (
        f"Your weeks hold about {lately} a day. If you go on with so much, {view.suggested_costs:.0f}h of units fewer"
        f" fit until {day}; `mlcoach goal` shows what falls for it."
    )


def stuck_lines(view: WeekView, width: int | None) -> Lines:
    """Return what gets in the way, each with a way on."""
    if not view.leeches and not view.stuck:
        return [[("Nothing is stuck.", "good")]]
    shown: Lines = []
    if view.stuck:
        shown.append([("Stuck units", "title")])
    for unit in view.stuck:
        time = f"{format_duration(unit.minutes)} of about {format_duration(unit.estimate_minutes)}"
        since = f", last on {format_day(unit.last, view.last)}" if unit.last else ""
        shown.append([(f"  {unit.title}", ""), (f"  {time}{since}", "muted")])
        ways = [f"mlcoach done {unit.unit}", "skip"]
        if unit.minutes < unit.estimate_minutes:  # left lying: going on is the nearest way
            ways.insert(0, f"mlcoach start {unit.unit}")
        shown.append([("    ", ""), (" or ".join([", ".join(ways[:-1]), ways[-1]]), "accent")])
    if view.leeches:
        shown.append([("Cards that keep slipping", "title")])
        rows = [
            [(f"  {one_line(leech.question)}", ""), (plural(leech.lapses, "lapse"), "muted")] for leech in view.leeches
        ]
        shown += columns(rows, width)
        shown.append([("    rewrite or set aside: ", "muted"), ("mlcoach cards leeches", "accent")])
    return shown


def minutes_lines(view: WeekView, width: int | None) -> Lines:
    """Return estimates against real hours, and the minutes that fit."""
    shown: Lines = []
    if view.estimates:
        shown.append([("Estimated and real", "title")])
        shown += _indented(
            [
                [
                    (one.title, ""),
                    (f"{format_duration(one.minutes)} for about {format_duration(one.done_estimate_minutes)}", "muted"),
                ]
                for one in view.estimates
            ],
            width,
        )
    if view.factor is not None:
        said = f"What you did of the units you passed took {view.factor:.2f} times its estimate."
        if view.counted_factor and round(view.counted_factor, 2) != round(view.factor, 2):
            said += f" Plans count {view.counted_factor:.2f} times, {BETWEEN}."
        shown += paragraphs(said, prose_width(width), style="muted")
    if view.average_minutes:
        average = format_duration(view.average_minutes)
        said = f"Lately a planned day had {average} on average; your plan is {_planned(view.plan_minutes)}."
        shown += paragraphs(said, prose_width(width))
    else:
        shown.append([(f"Your plan is {_planned(view.plan_minutes)}.", "")])
    if view.suggested_minutes:
        keep = f"{format_duration(view.suggested_minutes)} would be a goal you can keep."
        shown += paragraphs(_cost(view) if view.goal_by else keep, prose_width(width), style="warn")
    if view.goal:
        shown += paragraphs(view.goal, prose_width(width))
    return shown


def reviewed_lines(view: ReviewedView, width: int | None) -> Lines:
    """Return what was kept."""
    shown: Lines = [[("Looked back on ", ""), (view.week, "strong")]]
    rows = [("Well", view.well), ("Hurt", view.hurt), ("Promised", view.promise)]
    shown += _indented([[(name, "muted"), (text, "")] for name, text in rows if text], None)
    if view.decision == "change":
        shown.append([("  The minutes changed: ", ""), (view.plan, "strong")])
    else:
        shown.append([("  The plan is kept.", "good")])
    return shown


def kept_lines(view: ReviewedView, width: int | None) -> Lines:
    """Return what a look back that was just made ends in."""
    return [*reviewed_lines(view, width), [("Undo: mlcoach undo", "muted")]]


def looks_lines(view: LooksView, width: int | None) -> Lines:
    """Return all looks back."""
    if not view.weeks:
        return [[("No look back yet: ", ""), ("mlcoach week", "accent")]]
    return [line for look in view.weeks for line in reviewed_lines(look, width)]


def _indented(rows: list[list[Span]], width: int | None) -> Lines:
    return [[("  ", ""), *line] for line in columns(rows, width and width - 2)]


def _planned(minutes: tuple[int, ...]) -> str:
    usual = Counter(minutes).most_common(1)[0][0]
    others = [
        f"{name} {format_duration(number) if number else 'off'}"
        for name, number in zip(NAMES, minutes, strict=True)
        if number != usual
    ]
    return ", ".join([f"{format_duration(usual)} a day", *others])
