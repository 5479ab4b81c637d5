"""The sections of the page that draw time and recall: each a picture, with its numbers folded under it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil

from mlcoach.domain.habit.streak import StreakState
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS, format_day
from mlcoach.render.habit import charts
from mlcoach.render.habit.charts import Bar
from mlcoach.render.habit.html_parts import legend, section, table
from mlcoach.render.layout import plural
from mlcoach.views.habit import StatsView, StreakDayView
from mlcoach.views.pages.report import PageView

SHOWN_TRACKS = 6  # what eyes can tell apart; the rest is one part
REST = "everything else"
STATES: dict[StreakState, str] = {
    "goal": "goal reached", "kept": "floor reached", "missed": "not studied", "frozen": "held by a freeze",
    "rest": "rest", "open": "open",
}  # fmt: skip


def year(stats: StatsView) -> str:
    """Return the last year, a column a week."""
    first = stats.days[0].day - timedelta(days=stats.days[0].day.weekday())
    by_day = {day.day: day for day in stats.days}
    weeks = (stats.days[-1].day - first).days // 7 + 1
    columns = []
    for week in range(weeks):
        monday = first + timedelta(days=7 * week)
        cells = [by_day.get(monday + timedelta(days=number)) for number in range(7)]
        columns.append([_cell(day) for day in cells])
    months = _month_labels([first + timedelta(days=7 * week) for week in range(weeks)])
    counts = Counter(day.state for day in stats.days)
    said = ", ".join(f"{counts[state]} {words}" for state, words in STATES.items() if counts[state])
    rows = []
    for week in range(weeks - 1, -1, -1):
        monday = first + timedelta(days=7 * week)
        known = [day for number in range(7) if (day := by_day.get(monday + timedelta(days=number)))]
        rows.append([
            f"{format_day(monday)} {monday.year}", format_duration(sum(day.seconds for day in known) // 60),
            str(sum(day.state == "goal" for day in known)), str(sum(day.state == "kept" for day in known)),
        ])  # fmt: skip
    return section(
        "year", "The last year",
        charts.heat_map("heat", "Days of the last year", f"A column a week, Monday on top: {said}.", columns, months),
        legend(("s-" + state, words) for state, words in STATES.items() if counts[state]),
        table("The weeks of the last year", ["Week of", "Studied", "Goal days", "Floor days"], rows, folded=True),
        style="whole",
    )  # fmt: skip


def _cell(day: StreakDayView | None) -> tuple[str, str]:
    if day is None:
        return "", ""
    return (
        f"s-{day.state}",
        f"{format_day(day.day)}: {format_duration(day.minutes)}, {STATES[day.state].removesuffix(' reached')}",
    )


def weeks(stats: StatsView) -> str:
    """Return the hours of each week by track."""
    totals: Counter[str] = Counter()
    for week in stats.weeks:
        totals.update(week.tracks)
    shown = [track for track, _ in totals.most_common(SHOWN_TRACKS)]
    style = {track: f"t{number}" for number, track in enumerate(shown)}
    columns = []
    for week in stats.weeks:
        parts = [(style[track], week.tracks.get(track, 0) / 60) for track in shown]
        rest = sum(minutes for track, minutes in week.tracks.items() if track not in style) / 60
        columns.append(Bar(format_day(week.monday), (*parts, ("t-rest", rest))))
    labels = _month_labels([week.monday for week in stats.weeks])
    # Whole hours at the top and in the middle of the scale.
    top = 2 * ceil(max((sum(value for _, value in bar.parts) for bar in columns), default=0) / 2)
    most = max(stats.weeks, key=lambda week: week.minutes)
    said = f"{plural(len(columns), 'week')}, most in that of {format_day(most.monday)}: {format_duration(most.minutes)}"
    parts_shown = [(style[track], track) for track in shown]
    if len(totals) > len(shown):
        parts_shown.append(("t-rest", REST))
    heads = ["Week of", "All", *shown, *([REST] if len(totals) > len(shown) else [])]
    rows = []
    for week in reversed(stats.weeks):
        cells = [_time(week.tracks.get(track, 0)) for track in shown]
        if len(totals) > len(shown):
            cells.append(_time(sum(minutes for track, minutes in week.tracks.items() if track not in style)))
        rows.append([f"{format_day(week.monday)} {week.monday.year}", _time(week.minutes), *cells])
    tracks = [[track, _time(minutes)] for track, minutes in stats.tracks.items()]
    return section(
        "weeks", "Hours by week and track",
        charts.bars("bars", "Hours by week and track", f"{said}.", columns, top, labels, " h"),
        legend(parts_shown),
        table("Time by week and track", heads, rows, folded=True),
        table("Time by track, all in all", ["Track", "Time"], tracks, folded=True) if tracks else "",
    )  # fmt: skip


def _month_labels(mondays: Sequence[date]) -> list[str]:
    """Return the month's name at the first week of each, and at the very first week where there is room for it."""
    labels = [MONTHS[monday.month - 1] if monday.day <= 7 else "" for monday in mondays]
    if mondays and not any(labels[:4]):
        labels[0] = MONTHS[mondays[0].month - 1]
    return labels


def _time(minutes: int) -> str:
    return format_duration(minutes) if minutes else "–"


def years(view: PageView) -> str:
    """Return what each year held; nothing in the first one."""
    if len(view.years) < 2:  # the first one is the page itself
        return ""
    rows = [[str(year.year), _time(year.minutes), str(year.days), f"{year.answers:,}"] for year in reversed(view.years)]
    return section("years", "Year by year", table("Years", ["Year", "Studied", "Days", "Answers"], rows))


def recall(view: PageView) -> str:
    """Return the share recalled by month."""
    if not view.recall:
        return ""
    months = view.recall
    labels = [str(month.month.year) if month.month.month == 1 else "" for month in months]
    if len(months) <= 18:
        labels = [MONTHS[month.month.month - 1] for month in months]
    values = [month.recalled / month.asked for month in months]
    lowest, highest = min(values), max(values)
    said = (
        f"{plural(len(months), 'month')}, between {lowest:.0%} and {highest:.0%}; {view.stats.desired:.0%} is wanted."
    )
    rows = [
        [
            f"{MONTHS[month.month.month - 1]} {month.month.year}",
            f"{month.asked:,}",
            f"{month.recalled / month.asked:.0%}",
        ]
        for month in reversed(months)
    ]
    low = min(0.5, lowest)
    return section(
        "recall", "Recall by month",
        charts.curve("recalled", "Share recalled by month", said, values, view.stats.desired, labels, low),
        legend([("k-dot", "recalled, of what came back on a later day"), ("k-wanted", "wanted")]),
        table("Recall by month", ["Month", "Answers", "Recalled"], rows, folded=True),
    )  # fmt: skip


def calibration(stats: StatsView) -> str:
    """Return the recall that was predicted and what came."""
    if not stats.calibration:
        return ""
    points = [(one.predicted, one.recalled) for one in stats.calibration]
    low = min(0.5, *(value for point in points for value in point))
    rows = [[f"{one.predicted:.0%}", f"{one.recalled:.0%}", f"{one.answers:,}"] for one in stats.calibration]
    said = "Groups of answers: the recall that was predicted, and the share recalled; on the dashed line both agree."
    return section(
        "calibration", "Predicted and recalled",
        f"<p>The latest {stats.calibrated:,} answers. A dot above the dashed line: you recalled more than was "
        "predicted.</p>",
        charts.diagonal("agree", "Recall predicted and observed", said, points, low),
        table("Recall predicted and observed", ["Predicted", "Recalled", "Answers"], rows, folded=True),
    )  # fmt: skip
