"""The sections of the page that draw time and recall: each a picture, with its numbers folded under it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor

from mlcoach.domain.habit.streak import StreakState
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS, format_day
from mlcoach.render.habit import charts
from mlcoach.render.habit.charts import Bar
from mlcoach.render.habit.html_parts import legend, section, table
from mlcoach.render.layout import plural
from mlcoach.views.habit import REVIEWS_AND_OTHER, StatsView, StreakDayView
from mlcoach.views.pages.report import PageView

SHOWN_TRACKS = 7  # with a strip of their own; the rest is one
REST = "others"
HALF_YEAR = 27  # weeks
ALWAYS = ("goal", "kept", "missed")  # in the legend, also where there was none
CLOSE = 0.02  # as near as this, predicted and recalled are the same
STATES: dict[StreakState, str] = {
    "goal": "goal reached", "kept": "day kept", "missed": "not studied", "frozen": "held by a freeze",
    "rest": "rest", "open": "open",
}  # fmt: skip


def year(stats: StatsView) -> str:
    """Return the last year, a column a week: two halves, which stand below one another where a window is narrow."""
    first = stats.days[0].day - timedelta(days=stats.days[0].day.weekday())
    by_day = {day.day: day for day in stats.days}
    last = stats.days[-1].day
    mondays = [first + timedelta(days=7 * week) for week in range((last - first).days // 7 + 1)]
    columns = [[_cell(by_day.get(monday + timedelta(days=n)), monday + timedelta(days=n) > last) for n in range(7)]
               for monday in mondays]  # fmt: skip
    counts = Counter(day.state for day in stats.days)
    said = ", ".join(f"{counts[state]} {words}" for state, words in STATES.items() if counts[state])
    rows = []
    for monday in reversed(mondays):
        known = [day for number in range(7) if (day := by_day.get(monday + timedelta(days=number)))]
        rows.append([
            f"{format_day(monday)} {monday.year}", format_duration(sum(day.seconds for day in known) // 60),
            str(sum(day.state == "goal" for day in known)), str(sum(day.state == "kept" for day in known)),
        ])  # fmt: skip
    parts = [slice(-HALF_YEAR, None)]
    if len(mondays) > HALF_YEAR:
        parts.insert(0, slice(None, -HALF_YEAR))
    halves = "".join(
        charts.heat_map(
            f"heat{number}", f"Days from {MONTHS[mondays[part][0].month - 1]} {mondays[part][0].year}",
            f"A column a week, Monday on top. All in all: {said}.", columns[part], _month_labels(mondays[part]),
            HALF_YEAR,
        )
        for number, part in enumerate(parts, start=2 - len(parts))
    )  # fmt: skip
    title = "The last year" if len(parts) > 1 else "The last half year"
    return section(
        "year", title, f'<div class="halves">{halves}</div>',
        legend(("s-" + state, words) for state, words in STATES.items() if counts[state] or state in ALWAYS),
        table(f"The weeks of {title[0].lower()}{title[1:]}", ["Week of", "Studied", "Goal days", "Floor days"], rows,
              folded=True),
        style="whole",
    )  # fmt: skip


def _cell(day: StreakDayView | None, is_future: bool) -> tuple[str, str]:
    if day is None:
        return ("", "") if is_future else ("s-before", "")
    return (
        f"s-{day.state}",
        f"{format_day(day.day)}: {format_duration(day.minutes)}, {STATES[day.state].removesuffix(' reached')}",
    )


def weeks(stats: StatsView) -> str:
    """Return the hours of each week: units and reviews, and below them a strip for each track."""
    totals: Counter[str] = Counter()
    for week in stats.weeks:
        totals.update(week.tracks)
    known = [track for track, _ in totals.most_common() if track != REVIEWS_AND_OTHER]
    shown, others = known[:SHOWN_TRACKS], known[SHOWN_TRACKS:]
    columns, rows = [], []
    strips: dict[str, list[float]] = {track: [] for track in (*shown, *([REST] if others else []))}
    for week in stats.weeks:
        reviews = week.tracks.get(REVIEWS_AND_OTHER, 0)
        columns.append(
            Bar(format_day(week.monday), (("t-rest", reviews / 60), ("t0", max(0, week.minutes - reviews) / 60)))
        )
        spent = [week.tracks.get(track, 0) for track in shown]
        if others:
            spent.append(sum(week.tracks.get(track, 0) for track in others))
        for track, minutes in zip(strips, spent, strict=True):
            strips[track].append(minutes / 60)
        rows.append([
            f"{format_day(week.monday)} {week.monday.year}", *map(_time, (week.minutes, reviews, *spent)),
        ])  # fmt: skip
    # Whole hours at the top and in the middle of the scale.
    top = 2 * ceil(max((week.minutes for week in stats.weeks), default=0) / 120)
    most = max(stats.weeks, key=lambda week: week.minutes)
    said = f"{plural(len(columns), 'week')}, most in that of {format_day(most.monday)}: {format_duration(most.minutes)}"
    tracks = [[track, _time(minutes)] for track, minutes in stats.tracks.items()]
    return section(
        "weeks", "Hours by week and track",
        charts.bars(
            "bars", "Hours by week and track", f"{said}. Below, a strip for each track.", columns, top,
            _month_labels([week.monday for week in stats.weeks]), " h", list(strips.items()),
        ),
        legend([("t0", "units and papers, below them by track"), ("t-rest", REVIEWS_AND_OTHER)]),
        table("Time by week and track", ["Week of", "All", "Reviews, other", *strips], rows[::-1], folded=True),
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
    points = [(one.predicted, one.recalled, one.answers) for one in stats.calibration]
    # The next ten per cent below the lowest dot: the dots are not all in one corner.
    low = max(0.0, floor(10 * min(0.9, *(min(x, y) for x, y, _ in points)) - 0.2) / 10)
    rows = [[f"{one.predicted:.0%}", f"{one.recalled:.0%}", f"{one.answers:,}"] for one in stats.calibration]
    said = "Groups of answers: the recall that was predicted, and the share recalled; on the dashed line both agree."
    return section(
        "calibration", "Predicted and recalled",
        f"<p>{_verdict(stats)}</p>",
        charts.diagonal("agree", "Recall predicted and observed", said, points, low),
        legend([("k-dot", "larger: more answers"), ("k-wanted", "both agree; below it you recalled less")]),
        table("Recall predicted and observed", ["Predicted", "Recalled", "Answers"], rows, folded=True),
    )  # fmt: skip


def _verdict(stats: StatsView) -> str:
    """Return what the dots come to."""
    answers = sum(one.answers for one in stats.calibration) or 1
    predicted = sum(one.predicted * one.answers for one in stats.calibration) / answers
    recalled = sum(one.recalled * one.answers for one in stats.calibration) / answers
    came = f"Of the latest {stats.calibrated:,} answers you recalled {recalled:.0%}; {predicted:.0%} was predicted"
    if abs(recalled - predicted) <= CLOSE:
        return f"{came}: the predictions hold."
    if recalled < predicted:
        return f"{came}: cards come back a little later than they should for you."
    return f"{came}: cards come back a little sooner than they need to for you."
