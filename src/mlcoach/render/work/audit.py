"""The screens of time that is not study, of the audit of a week, and of the look back on a quarter or a year."""

from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import columns, ends, paragraphs, plural
from mlcoach.render.screen import PIPED_WIDTH, UNDO, Line, Lines, Span, prose_width
from mlcoach.views.work.audit import (
    AuditKeptView,
    AuditView,
    HabitView,
    InterruptionsView,
    OtherLoggedView,
    SpanView,
)

QUESTION = "Did any item of the feeds change anything you did?"
MOST_PASSED = 12
MOST_SAID = 13
BAR = 24  # cells of the longest bar


def other_lines(view: OtherLoggedView, width: int | None) -> Lines:
    """Return what was logged, and that it is not study."""
    said = f"Logged {format_duration(view.minutes)} of {one_line(view.what)} ({format_day(view.date)}), not study."
    week = f"This week: {format_duration(view.week_minutes)}. Where the hours go: mlcoach week --audit"
    return [*paragraphs(said, width), *paragraphs(week, width, style="muted"), UNDO]


def audit_lines(view: AuditView, width: int | None) -> Lines:
    """Return the week in hours, what can give way, and the question."""
    shown = hours_lines(view, width)
    if view.changed or view.less:
        return [*shown, [], *_answers(view.changed, view.less, width)]
    if view.other:
        shown += [[], *paragraphs(QUESTION, width, style="strong")]
        shown.append([("Answer: ", "muted"), ("mlcoach week --audit --changed … --less …", "accent")])
    return shown


def hours_lines(view: AuditView, width: int | None) -> Lines:
    """Return the week in hours, and what can give way."""
    room = prose_width(width)
    title = f"Where the {format_duration(view.whole_minutes)} went, {format_day(view.first)} to {format_day(view.last)}"
    shown: Lines = paragraphs(title, room, style="title")
    goal = f"of {format_duration(view.goal_minutes)} planned" if view.goal_minutes else ""
    rows: list[list[Span]] = [[("  study", ""), (format_duration(view.study_minutes), "strong"), (goal, "muted")]]
    rows += [[(f"  {one_line(one.what)}", ""), (format_duration(one.minutes), ""), ("", "")] for one in view.other]
    rows.append([("  unnamed", "muted"), (format_duration(view.unnamed_minutes), "muted"), ("sleep too", "muted")])
    shown += columns(rows, width, right=(1,))
    shown += _interrupted(view.interruptions, room)
    if not view.other:
        said = "Nothing else is named yet. Whatever is measured once can give way: mlcoach log 1h30m --other feeds"
        return [*shown, *paragraphs(said, room, style="muted")]
    shown.append([("What can give way", "title")])
    for one in view.gives_way:
        days = f", {one.goal_days:.1f} days of your goal" if one.goal_days else ""
        said = f"half of {one_line(one.what)} is {format_duration(one.half_minutes)} a week{days}"
        shown += paragraphs(said, room, "  ")
    shown += paragraphs("In its place: mlcoach curriculum show instead-of-feeds", room, style="muted")
    return shown


def kept_lines(view: AuditKeptView, width: int | None) -> Lines:
    """Return what was answered."""
    return [[("Kept for ", ""), (view.week, "strong")], *_answers(view.changed, view.less, width), UNDO]


def _answers(changed: str, less: str, width: int | None) -> Lines:
    rows: list[list[Span]] = [
        [(name, "muted"), (one_line(text), "")]
        for name, text in (("  Changed anything", changed), ("  To give way", less))
        if text
    ]
    return columns(rows, width)


def _interrupted(interruptions: tuple[InterruptionsView, ...], room: int) -> Lines:
    if not interruptions:
        return []
    total = sum(one.number for one in interruptions)
    named = ", ".join(f"{one_line(one.why)} {one.number}" for one in interruptions if one.why)
    times = "once" if total == 1 else f"{total:,} times"
    return paragraphs(f"interrupted {times}{f': {named}' if named else ''}", room, "  ", "muted")


def interrupted_lines(interruptions: tuple[InterruptionsView, ...], width: int | None) -> Lines:
    """Return how often something broke into the study of a week; no line for never."""
    return _interrupted(interruptions, prose_width(width))


def habit_lines(habits: tuple[HabitView, ...], width: int | None) -> Lines:
    """Return the habits of a week as they were told."""
    rows: list[list[Span]] = []
    for one in habits:
        if one.days is not None:
            before = f"{one.before} the week before" if one.before is not None else ""
            rows.append([(f"  {one_line(one.habit)}", ""), (f"{one.days} of 7 days", "strong"), (before, "muted")])
    return columns(rows, width)


def span_lines(view: SpanView, width: int | None) -> Lines:
    """Return a quarter or a year."""
    room = prose_width(width)
    title = f"{'13 weeks' if view.kind == 'quarter' else '52 weeks'}, {format_day(view.first)} to {_end(view)}"
    goal = f" of {format_duration(view.goal_minutes)}" if view.goal_minutes else ""
    shown: Lines = [ends([(title, "title")], [(f"{format_duration(view.minutes)}{goal}", "strong")], room)]
    if not view.minutes:
        return [*shown, [("Nothing was studied in them.", "muted")], *_work(view, room)]
    shown += [[(f"studied on {plural(view.days, 'day')}", "muted")], *_bars(view, width)]
    shown += [[], [("Where the hours went", "title")]]
    rows: list[list[Span]] = [
        [(f"  {one.track}", ""), (format_duration(one.minutes), ""), (f"{one.minutes / view.minutes:.0%}", "muted")]
        for one in view.tracks
    ]
    rows += [
        [(f"  not study: {one_line(one.what)}", "muted"), (format_duration(one.minutes), "muted"), ("", "")]
        for one in view.other
    ]
    shown += columns(rows, width, right=(1, 2))
    shown += _work(view, room)
    shown += _interrupted(view.interruptions, room)
    for habit in view.habits:
        told = f"{one_line(habit.habit)}: {habit.days:.1f} of 7 days, told in {plural(habit.weeks, 'week')}"
        shown += paragraphs(told, room, "  ")
    return [*shown, *_passed(view, width), *_said(view, width)]


def _work(view: SpanView, room: int) -> Lines:
    return paragraphs(view.work, room, "  ", "muted") if view.work else []


def _bars(view: SpanView, width: int | None) -> Lines:
    longest = max(part.minutes for part in view.parts)
    size = min(BAR, max(4, (width or PIPED_WIDTH) - 30))
    shown: Lines = []
    for part in view.parts:
        line: Line = [(f"  {part.name:<9}", "muted"), (f"{format_duration(part.minutes):>7}  ", "")]
        shown.append([*line, ("█" * round(size * part.minutes / longest), "good")])
    return shown


def _passed(view: SpanView, width: int | None) -> Lines:
    about = [plural(len(view.units), "unit") + " passed", plural(view.papers, "pass", "passes") + " over papers"]
    if view.asked:
        about.append(f"{view.recalled / view.asked:.0%} of {plural(view.asked, 'answer')} recalled")
    shown: Lines = [[], *paragraphs(", ".join(about), width, style="title")]
    rows: list[list[Span]] = [
        [(f"  {format_day(unit.day)}", "muted"), (unit.title, "")] for unit in view.units[-MOST_PASSED:]
    ]
    shown += columns(rows, width, flexible=1)
    hidden = len(view.units) - MOST_PASSED
    return [*shown, [(f"  and {plural(hidden, 'unit')} before", "muted")]] if hidden > 0 else shown


def _said(view: SpanView, width: int | None) -> Lines:
    if not view.said:
        return []
    shown: Lines = [[], [("What you said of the weeks", "title")]]
    for one in view.said[:MOST_SAID]:
        words = "; ".join(
            f"{name} {one_line(text)}" for name, text in (("well:", one.well), ("hurt:", one.hurt)) if text
        )
        shown += paragraphs(f"{one.week}  {words}", prose_width(width), "  ")
    return shown


def _end(view: SpanView) -> str:
    return format_day(view.last, view.first) if view.first.year == view.last.year else format_day(view.last)
