"""The page of `report`: one HTML file without network or script, in light and dark, on screen and on paper."""

from collections import Counter
from datetime import date

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS, format_day
from mlcoach.render.curriculum.marks import mark
from mlcoach.render.habit import map_picture, report_charts
from mlcoach.render.habit.charts import text
from mlcoach.render.habit.html_parts import legend, section, table
from mlcoach.render.habit.report_style import STYLE
from mlcoach.render.layout import plural
from mlcoach.render.screen import Lines
from mlcoach.views.pages.report import PageView, ReportView

MOST_PATTERNS, MOST_PROJECTS = 12, 12


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
        parts += [
            report_charts.year(stats),
            report_charts.weeks(stats),
            report_charts.recall(view),
            report_charts.calibration(stats),
        ]
    parts += [_progress(view), _forecast(view), _practised(view), _projects(view), _papers(view)]
    parts += [report_charts.years(view), _group(view)]
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
    return section(
        "group", "The group", table(caption, ["Name", "Hours", "Units", "Streak", "Promise"], rows, words=True)
    )


def _practised(view: PageView) -> str:
    if not view.practised:
        return ""
    subjects = [[one.subject, str(one.solved), str(one.tried)] for one in view.practised]
    # What a single exercise was tried of says little.
    shared = [one for one in view.patterns if one.items > 1][:MOST_PATTERNS]
    patterns = [
        [one.name, f"{one.solved} of {one.items}", str(one.solid), str(one.due) if one.due else "–"] for one in shared
    ]
    left = len(view.patterns) - len(patterns)
    return section(
        "practised", "Practice",
        table("Exercises and cards that check themselves", ["Subject", "Solved", "Tried"], subjects),
        table(
            "By pattern, least solid first; solid: you would most likely solve it again today",
            ["Pattern", "Solved", "Solid", "Due"], patterns,
        ) if patterns else "",
        f"<p class=more>{plural(left, 'pattern')} more: mlcoach practice --list</p>"
        if left else "",
    )  # fmt: skip


def _projects(view: PageView) -> str:
    if not view.projects:
        return ""
    rows = [
        [
            project.title,
            f"stage {project.stage} of {project.of}" if project.status == "doing" else project.status,
            format_duration(project.minutes) if project.minutes else "–",
            _last(project.last_day, view.made),
        ]
        for project in view.projects[:MOST_PROJECTS]
    ]
    heads = ["Project", "Where", "Time", "Last"]
    return section("projects", "Projects", table("Begun, those under way first", heads, rows, words=True))


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
    return section(
        "map", "The map",
        f'<div class="scroll" role="region" tabindex="0" aria-label="The map">'
        f"{map_picture.picture(view.units, about)}</div>",
        f'<ul class="legend">{marks}<li>retained: none {shades} all</li>{off}</ul>{more}',
        table("Every unit of the map", heads, rows, folded=True, words=True, ids="u"),
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
    path = view.path_title or view.path
    caption = f"Covered and retained of each track, by hours, and the units passed; your path is {path}"
    names = ("Track", "Share", "Covered", "Retained", "Units", "On the path")
    heads = "".join(f'<th scope="col"{" class=wide" * (name == "Share")}>{name}</th>' for name in names)
    whole = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{text(caption)}">'
        f"<table class=num><caption>{text(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )
    shades = legend([("s-goal", "retained"), ("s-faded", "covered, but faded or never asked"), ("s-open", "not yet")])
    return section("progress", "Progress over the map", whole, shades)


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
    return section("forecast", "Forecast", f"<p>{text(said)}</p>")


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _last(day: date | None, made: date) -> str:
    if day is None:
        return "–"
    return f"{day.day} {MONTHS[day.month - 1]}" if day.year == made.year else _day(day)


def _papers(view: PageView) -> str:
    if not view.papers:
        return section("papers", "Papers", "<p>None yet: mlcoach paper add</p>")
    counts = ", ".join(f"{number} {status}" for status, number in view.stats.papers.items())
    rows = [[paper.title, paper.status, _last(paper.last, view.made)] for paper in view.papers]
    return section(
        "papers",
        "Papers",
        f"<p>{text(counts)}</p>",
        table("Papers touched last", ["Title", "Status", "Last"], rows, words=True),
    )


def saved_lines(view: ReportView, width: int | None) -> Lines:
    """Return where the page is: alone on its line, so that it can be copied."""
    return [[(view.path, "strong")]]
