"""The page of `report`: one HTML file without network or script, in light and dark, on screen and on paper."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil

from mlcoach.domain.habit.streak import StreakState
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS, format_day
from mlcoach.render.curriculum.marks import mark
from mlcoach.render.habit import charts, map_picture
from mlcoach.render.habit.charts import Bar, text
from mlcoach.render.habit.report_style import STYLE
from mlcoach.render.layout import plural
from mlcoach.render.screen import Lines
from mlcoach.views.habit import StatsView, StreakDayView
from mlcoach.views.pages.report import PageView, ReportView

SHOWN_TRACKS = 6  # what eyes can tell apart; the rest is one part
REST = "everything else"
STATES: dict[StreakState, str] = {
    "goal": "goal reached", "kept": "floor reached", "missed": "not studied", "frozen": "held by a freeze",
    "rest": "rest", "open": "open",
}  # fmt: skip


def document(view: PageView) -> str:
    """Return the page."""
    stats = view.stats
    made = f"{text(format_day(view.made))} {view.made.year}"
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        # Even a text that got through could neither run nor fetch anything.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="color-scheme" content="light dark">',
        f"<title>mlcoach, {made}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
        f"<header><h1>Studying, {made}</h1>{_top(view)}{_figures(view)}</header>\n<main>",
        _map(view),
    ]
    if stats.days_studied:
        parts += [_year(stats), _weeks(stats), _years(view), _recall(view), _calibration(stats)]
    parts += [_progress(view), _practised(view), _forecast(view), _papers(view), _group(view)]
    others = ", and from what your group shares" if len(view.group) > 1 else ""
    parts.append(
        f"</main>\n<footer><p>Made by mlcoach from your journal{others}. Nothing on this page comes from elsewhere, "
        "and nothing leaves it.</p></footer>\n</body>\n</html>\n"
    )
    return "\n".join(part for part in parts if part)


def _group(view: PageView) -> str:
    if len(view.group) < 2 or view.group_week is None:
        return ""
    from mlcoach.render.sync.group import texts  # for the few who have one

    rows = [[row.name, *texts(row)] for row in view.group]
    caption = f"Week of {format_day(view.group_week)}, as last seen; units studied, ✓ passed"
    return _section("group", "The group", table(caption, ["Name", "Hours", "Units", "Streak", "Promise"], rows))


def _practised(view: PageView) -> str:
    if not view.practised:
        return ""
    rows = [[one.subject, str(one.solved), str(one.tried)] for one in view.practised]
    return _section(
        "practised",
        "Practised",
        table("Exercises and cards that check themselves", ["Subject", "Solved", "Tried"], rows),
    )


def _top(view: PageView) -> str:
    """Return what matters most: the two numbers, the streak, and when the path ends."""
    stats = view.stats
    path = view.path_title or view.path
    rows = [
        ("Covered", f"{stats.covered:.0%}", f"passed, of the hours of {path}"),
        ("Retained", f"{stats.retained:.0%}", "would be recalled today"),
    ]
    if stats.streak_shown:
        rows.append(("Streak", plural(stats.streak.current, "day"), f"best {stats.streak.best}"))
    left, end = stats.forecast.hours_left, stats.forecast.finish
    if not left:
        rows.append(("The path ends", "walked", "to its end"))
    elif end:
        name = _month if _month(end.early) != _month(end.late) else _day
        rows.append(("The path ends", name(end.likely), f"between {name(end.early)} and {name(end.late)}"))
    else:
        rows.append(("The path ends", "–", f"about {left:.0f} hours left, no end in sight at this pace"))
    items = "".join(
        f"<div><dt>{text(name)}</dt><dd><b>{text(value)}</b> {text(about)}</dd></div>" for name, value, about in rows
    )
    return f'<dl class="top">{items}</dl>{_shares_bar(stats.covered, stats.retained)}'


def _shares_bar(covered: float, retained: float) -> str:
    """Return a bar of what is retained and what else is covered; the numbers are beside it."""
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="s-open" width="100" height="8"/><rect class="s-faded" width="{covered * 100:.1f}" height="8"/>'
        f'<rect class="s-goal" width="{retained * 100:.1f}" height="8"/></svg>'
    )


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _map(view: PageView) -> str:
    if not view.units:
        return ""
    stats, counts = view.stats, Counter(unit.status for unit in view.units)
    said = ", ".join(f"{counts[status]} {status}" for status in map_picture.STATUS if counts[status])
    about = f"{plural(len(view.units), 'unit')}: {said}. {stats.covered:.0%} of your path is covered, "
    about += f"{stats.retained:.0%} retained. Each unit is a link to its row of the table below."
    names = map_picture.short_names(view.units)
    rows = [
        [
            unit.title, unit.track, unit.status,
            f"{unit.retained:.0%}" if unit.retained or unit.status in map_picture.COVERED else "–",
            ", ".join(names.get(id, id) for id in unit.requires) or "–",
        ]
        for unit in view.units
    ]  # fmt: skip
    heads = ["Unit", "Track", "Status", "Retained", "Builds on"]
    marks = "".join(f"<li>{mark(status)[0]} {status}</li>" for status in map_picture.STATUS if counts[status])
    shades = "".join(f'<span class="key k{number}"></span>' for number in range(len(map_picture.LEVELS) + 1))
    off = "<li><i>slanted</i>: off your path</li>" if any(not unit.on_path for unit in view.units) else ""
    more = f"<p>{plural(view.units_left_out, 'unit')} more had no room here.</p>" if view.units_left_out else ""
    return _section(
        "map", "The map",
        f'<div class="scroll" role="region" tabindex="0" aria-label="The map">'
        f"{map_picture.picture(view.units, about)}</div>",
        f'<ul class="legend">{marks}<li>retained: none {shades} all</li>{off}</ul>{more}',
        table("Every unit of the map", heads, rows, folded=True, ids="u"),
        style="whole map-page",
    )  # fmt: skip


def _figures(view: PageView) -> str:
    stats = view.stats
    rows = [
        ("Studied", f"{format_duration(stats.total_minutes)} on {plural(stats.days_studied, 'day')}"),
        ("Answers", f"{stats.reviews:,}"),
        ("Cards and exercises met", f"{stats.items_learned:,}"),
    ]
    if stats.retention is not None:
        rows.append(("Recalled on a later day", f"{stats.retention:.0%} ({stats.desired:.0%} wanted)"))
    return "<dl>" + "".join(f"<div><dt>{text(name)}</dt><dd>{text(value)}</dd></div>" for name, value in rows) + "</dl>"


def _section(name: str, title: str, *parts: str, style: str = "") -> str:
    kind = f' class="{style}"' if style else ""
    return (
        f'<section{kind} aria-labelledby="{name}">\n<h2 id="{name}">{text(title)}</h2>\n'
        + "\n".join(parts)
        + "\n</section>"
    )


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, folded: bool = False, ids: str = ""
) -> str:
    """Return rows as a table whose first cells name the rows; folded behind its caption where it is long.

    With `ids` each row has an id to link to: that word and its number from 0. Rows and cells have no end tags, which
    HTML does without: long tables are a tenth smaller.
    """
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    body = "\n".join(
        f'<tr{f" id={ids}{number}" if ids else ""}><th scope="row">{text(row[0])}'
        + "".join(f"<td>{text(cell)}" for cell in row[1:])
        for number, row in enumerate(rows)
    )
    inner = f"<caption>{text(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
    # A table that is wider than a phone scrolls by itself, also by keyboard.
    whole = f'<div class="scroll" role="region" tabindex="0" aria-label="{text(caption)}"><table>{inner}</table></div>'
    return f"<details><summary>{text(caption)}</summary>\n{whole}\n</details>" if folded else whole


def _legend(entries: Iterable[tuple[str, str]]) -> str:
    items = "".join(f'<li><span class="key {style}"></span>{text(name)}</li>' for style, name in entries)
    return f'<ul class="legend">{items}</ul>'


def _year(stats: StatsView) -> str:
    first = stats.days[0].day - timedelta(days=stats.days[0].day.weekday())
    by_day = {day.day: day for day in stats.days}
    weeks = (stats.days[-1].day - first).days // 7 + 1
    columns, months = [], []
    for week in range(weeks):
        monday = first + timedelta(days=7 * week)
        cells = [by_day.get(monday + timedelta(days=number)) for number in range(7)]
        columns.append([_cell(day) for day in cells])
        months.append(MONTHS[monday.month - 1] if monday.day <= 7 else "")
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
    return _section(
        "year", "The last year",
        charts.heat_map("heat", "Days of the last year", f"A column a week, Monday on top: {said}.", columns, months),
        _legend(("s-" + state, words) for state, words in STATES.items() if counts[state]),
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


def _weeks(stats: StatsView) -> str:
    totals: Counter[str] = Counter()
    for week in stats.weeks:
        totals.update(week.tracks)
    shown = [track for track, _ in totals.most_common(SHOWN_TRACKS)]
    style = {track: f"t{number}" for number, track in enumerate(shown)}
    columns, labels = [], []
    for week in stats.weeks:
        parts = [(style[track], week.tracks.get(track, 0) / 60) for track in shown]
        rest = sum(minutes for track, minutes in week.tracks.items() if track not in style) / 60
        columns.append(Bar(format_day(week.monday), (*parts, ("t-rest", rest))))
        labels.append(MONTHS[week.monday.month - 1] if week.monday.day <= 7 else "")
    # Whole hours at the top and in the middle of the scale.
    top = 2 * ceil(max((sum(value for _, value in bar.parts) for bar in columns), default=0) / 2)
    most = max(stats.weeks, key=lambda week: week.minutes)
    said = f"{plural(len(columns), 'week')}, most in that of {format_day(most.monday)}: {format_duration(most.minutes)}"
    legend = [(style[track], track) for track in shown]
    if len(totals) > len(shown):
        legend.append(("t-rest", REST))
    heads = ["Week of", "All", *shown, *([REST] if len(totals) > len(shown) else [])]
    rows = []
    for week in reversed(stats.weeks):
        cells = [_time(week.tracks.get(track, 0)) for track in shown]
        if len(totals) > len(shown):
            cells.append(_time(sum(minutes for track, minutes in week.tracks.items() if track not in style)))
        rows.append([f"{format_day(week.monday)} {week.monday.year}", _time(week.minutes), *cells])
    tracks = [[track, _time(minutes)] for track, minutes in stats.tracks.items()]
    return _section(
        "weeks", "Hours by week and track",
        charts.bars("bars", "Hours by week and track", f"{said}.", columns, top, labels, " h"),
        _legend(legend),
        table("Time by week and track", heads, rows, folded=True),
        table("Time by track, all in all", ["Track", "Time"], tracks) if tracks else "",
    )  # fmt: skip


def _time(minutes: int) -> str:
    return format_duration(minutes) if minutes else "–"


def _years(view: PageView) -> str:
    rows = [[str(year.year), _time(year.minutes), str(year.days), f"{year.answers:,}"] for year in reversed(view.years)]
    return _section("years", "Year by year", table("Years", ["Year", "Studied", "Days", "Answers"], rows))


def _recall(view: PageView) -> str:
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
    return _section(
        "recall", "Recall by month",
        charts.curve("recalled", "Share recalled by month", said, values, view.stats.desired, labels, low),
        _legend([("k-dot", "recalled, of what came back on a later day"), ("k-wanted", "wanted")]),
        table("Recall by month", ["Month", "Answers", "Recalled"], rows, folded=len(rows) > 12),
    )  # fmt: skip


def _calibration(stats: StatsView) -> str:
    if not stats.calibration:
        return ""
    points = [(one.predicted, one.recalled) for one in stats.calibration]
    low = min(0.5, *(value for point in points for value in point))
    rows = [[f"{one.predicted:.0%}", f"{one.recalled:.0%}", f"{one.answers:,}"] for one in stats.calibration]
    said = "Groups of answers: the recall that was predicted, and the share recalled; on the dashed line both agree."
    return _section(
        "calibration", "Predicted and recalled",
        f"<p>On a sample of {stats.calibrated:,} answers. Dots above the dashed line: you recalled more than was "
        "predicted.</p>",
        charts.diagonal("agree", "Recall predicted and observed", said, points, low),
        table("Recall predicted and observed", ["Predicted", "Recalled", "Answers"], rows),
    )  # fmt: skip


def _progress(view: PageView) -> str:
    rows = []
    for one in view.progress:
        bar = _shares_bar(one.covered, one.retained)
        on_path = f"{one.path_satisfied} of {one.path_units}" if one.path_units else "–"
        rows.append(
            f'<tr><th scope="row">{text(one.track)}</th><td class="wide">{bar}</td>'
            f"<td>{one.covered:.0%}</td><td>{one.retained:.0%}</td>"
            f"<td>{one.satisfied} of {one.units}</td><td>{on_path}</td></tr>"
        )
    caption = f"What is covered and retained of each track, by hours; your path is {view.path_title or view.path}"
    names = ("Track", "Share", "Covered", "Retained", "Units passed", "On the path")
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    whole = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{text(caption)}">'
        f"<table><caption>{text(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )
    legend = _legend([("s-goal", "retained"), ("s-faded", "covered, but faded or never asked"), ("s-open", "not yet")])
    return _section("progress", "Progress over the map", whole, legend)


def _forecast(view: PageView) -> str:
    left, end = view.stats.forecast.hours_left, view.stats.forecast.finish
    if not left:
        said = "The path is finished."
    elif end is None:
        said = f"About {left:.0f} hours are left. At this pace no end is in sight."
    else:
        pace = format_duration(view.stats.forecast.pace_minutes)
        source = "as your goals plan it" if view.stats.forecast.from_plan else "as in the last weeks"
        said = (
            f"About {left:.0f} hours are left by your own measure. At {pace} a week, {source}, the "
            f"path ends around {_day(end.likely)}; between {_day(end.early)} and {_day(end.late)}."
        )
    return _section("forecast", "Forecast", f"<p>{text(said)}</p>")


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _papers(view: PageView) -> str:
    if not view.papers:
        return _section("papers", "Papers", "<p>None yet: mlcoach paper add</p>")
    counts = ", ".join(f"{number} {status}" for status, number in view.stats.papers.items())
    rows = [[paper.title, paper.status, _day(paper.last) if paper.last else "–"] for paper in view.papers]
    return _section(
        "papers", "Papers", f"<p>{text(counts)}</p>", table("Papers touched last", ["Title", "Status", "Last"], rows)
    )


def saved_lines(view: ReportView, width: int | None) -> Lines:
    """Return where the page is: alone on its line, so that it can be copied."""
    return [[(view.path, "strong")]]
