"""The screens of `streak` and `rest`."""

from collections.abc import Sequence
from datetime import date

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import plural, wrap
from mlcoach.render.screen import Line, Lines, prose_width
from mlcoach.views.habit import RestView, StreakDayView, StreakScreenView

# Readable without colour: the fuller the block, the more was done.
MARKS = {
    "goal": ("█", "good"),
    "kept": ("▄", "good"),
    "frozen": ("❄", "accent"),
    "rest": ("r", "accent"),
    "missed": ("·", "muted"),
    "open": ("○", "muted"),
}
NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def streak_lines(view: StreakScreenView, width: int | None, *, plain: bool = False) -> Lines:
    """Return the streak, the weeks behind it, and what keeps it; `plain` says in words what is else drawn."""
    if not view.best:
        return [
            [
                ("No streak yet: the first day that you keep begins one. ", ""),
                (f"{plural(view.floor, 'minute')} are enough.", ""),
            ],
            [("Begin: ", "muted"), ("mlcoach today", "accent")],
        ]
    room = prose_width(width)
    head: Line = [("Streak ", ""), (plural(view.current, "day"), "strong"), (f" · best {view.best}", "")]
    head.append((f" · {plural(view.freezes, 'freeze')} held · habit score {view.score} of 100", "muted"))
    if plain:
        shown: Lines = [head, [], *_in_words(view.days), []]
    else:
        shown = [head, *_weeks(view.days), []]
        shown.append([("  ".join(f"{MARKS[state][0]} {state}" for state in MARKS), "muted")])
    shown += [[(line, "muted")] for line in wrap(_explained(view), room)]
    if view.rest:
        shown.append([("Rest planned: ", ""), (", ".join(_span(*span) for span in view.rest), "")])
    return shown


def _explained(view: StreakScreenView) -> str:
    freezes = "a freeze covers one missed day" if view.freezes else "seven goal days earn a freeze for a missed one"
    goal = f"{view.goal} are the goal" if view.goal else "today is a day off, which costs nothing"
    return f"{view.floor} minutes keep a day, {goal}; {freezes}. Forgot to log? --date yesterday."


def _weeks(days: Sequence[StreakDayView]) -> Lines:
    """Return one line a week: Monday's date, seven marks, minutes."""
    weeks: dict[date, list[StreakDayView]] = {}
    for day in days:
        weeks.setdefault(date.fromordinal(day.day.toordinal() - day.day.weekday()), []).append(day)
    shown: Lines = [[], [("        " + " ".join(name[:2] for name in NAMES), "muted")]]
    for monday, of_week in weeks.items():
        by_weekday = {day.day.weekday(): day for day in of_week}
        line: Line = [(f"{format_day(monday)[4:]:<7} ", "muted")]
        for weekday in range(7):
            mark, style = MARKS[by_weekday[weekday].state] if weekday in by_weekday else (" ", "")
            line.append((f"{mark}  ", style))
        total = sum(day.seconds for day in of_week) // 60
        line.append((format_duration(total).rjust(7) if total else "", ""))
        shown.append(line)
    return shown


def _in_words(days: Sequence[StreakDayView]) -> Lines:
    """Return a line a day, the newest first, with what became of it and its minutes."""
    shown: Lines = []
    for day in reversed(days):
        spent = f", {format_duration(day.seconds // 60)}" if day.seconds >= 60 else ""
        shown.append([(f"{format_day(day.day)}: {day.state}{spent}", "")])
    return shown


def _span(first: date, last: date) -> str:
    return format_day(first) if first == last else f"{format_day(first)} to {format_day(last)}"


def rest_lines(view: RestView, width: int | None) -> Lines:
    """Return what was planned or taken off."""
    days = (view.last - view.first).days + 1
    said = "Rest taken off" if view.cleared else "Rest planned"
    shown: Lines = [[(f"{said}: ", ""), (_span(view.first, view.last), "strong"), (f" ({plural(days, 'day')}).", "")]]
    if not view.cleared:
        shown.append([("The streak holds on these days; nothing is asked.", "muted")])
    shown.append([("Undo: mlcoach undo", "muted")])
    return shown


def coming_lines(view: RestView, width: int | None) -> Lines:
    """Return the rest still to come."""
    if not view.coming:
        return [[("No rest is planned. ", ""), ("mlcoach rest fri..sun", "accent"), (" plans some.", "")]]
    return [[("Rest planned: ", ""), (", ".join(_span(*span) for span in view.coming), "strong")]]
