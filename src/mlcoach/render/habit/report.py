"""The page of `report`: one HTML file without network or script, in light and dark, on screen and on paper."""

from datetime import date

from mlcoach.domain.day.forecast import FIRST_FACTOR
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS, format_day
from mlcoach.render.habit import report_charts, report_head
from mlcoach.render.habit.charts import text
from mlcoach.render.habit.html_parts import legend, section, table
from mlcoach.render.habit.report_head import day_text, shares_bar
from mlcoach.render.habit.report_map import the_map
from mlcoach.render.habit.report_style import STYLE
from mlcoach.render.layout import plural
from mlcoach.render.screen import Lines
from mlcoach.views.pages.report import PageView, ReportView

MOST_PATTERNS, MOST_PROJECTS = 8, 8


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
        f"<header><h1>Studying, {made}</h1>{report_head.head(view)}</header>\n<main>",
        report_head.plan(view.plan) if view.plan else "",
        the_map(view),
    ]
    has_days = stats.days_studied and not view.plan
    parts += [report_charts.year(stats) if has_days else "", "<div class=columns>"]
    parts += ["" if view.plan else _progress(view), _forecast(view)]
    if has_days:
        parts += [report_charts.recall(view), report_charts.weeks(stats), report_charts.calibration(stats)]
    parts += [_practised(view), _projects(view), _papers(view)]
    parts += [report_charts.years(view), _group(view), report_head.later() if view.plan else ""]
    others = ", and from what your group shares" if len(view.group) > 1 else ""
    parts.append(
        f"</div></main>\n<footer><p>Made by mlcoach from your journal{others}. Nothing on this page comes from "
        "elsewhere, and nothing leaves it.</p></footer>\n</body>\n</html>\n"
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
    subjects = [
        [one.subject, str(one.tried), str(one.solved), f"{one.solved / one.tried:.0%}"] for one in view.practised
    ]
    # What a single exercise was tried of says little.
    shared = [one for one in view.patterns if one.items > 1 and one.items > one.solid][:MOST_PATTERNS]
    patterns = [
        [one.name, str(one.items - one.solid), f"{one.solved} of {one.items}", str(one.due) if one.due else "–"]
        for one in shared
    ]
    left = len(view.patterns) - len(patterns)
    solid = sum(one.items == one.solid for one in view.patterns)
    return section(
        "practised", "Practice",
        table("Exercises and cards that check themselves", ["Subject", "Tried", "Solved", "Share"], subjects),
        table(
            "By pattern, most that is not solid first; solid: you would most likely solve it again today",
            ["Pattern", "Not solid", "Solved", "Due"], patterns,
        ) if patterns else "",
        f"<p class=more>{plural(left, 'pattern')} more, {solid} of them solid: <code>mlcoach practice --list</code></p>"
        if left else "",
    )  # fmt: skip


def _projects(view: PageView) -> str:
    if not view.projects:
        return ""
    rows = [
        [
            project.title,
            f"{project.stage_title}, {project.stage} of {project.of}" if project.status == "doing" else project.status,
            format_duration(project.minutes) if project.minutes else "–",
            _last(project.last_day, view.made),
        ]
        for project in view.projects[:MOST_PROJECTS]
    ]
    heads = ["Project", "Stage", "Time", "Last"]
    more = len(view.projects) - len(rows)
    return section(
        "projects", "Projects", table("Begun, those under way first", heads, rows, words=True),
        f"<p class=more>{plural(more, 'project')} more: <code>mlcoach project list</code></p>" if more else "",
    )  # fmt: skip


def _progress(view: PageView) -> str:
    """Return how far the path is walked on each of its tracks; the tracks beside it are one line."""
    rows = [
        f'<tr><th scope="row">{text(one.track)}<td class="wide">{shares_bar(*one.path_shares)}'
        f"<td>{one.path_shares.covered:.0%}<td>{one.path_shares.retained:.0%}"
        f"<td>{one.path_satisfied} of {one.path_units}<td class=all>{one.satisfied} of {one.units}"
        for one in view.progress
        if one.path_units
    ]
    path = view.path_title or view.path
    caption = f"Of your path, {path}: what is covered and retained of each track by hours, and the units passed"
    styles = {"Share": " class=wide", "Of all units": " class=all"}
    heads = "".join(
        f'<th scope="col"{styles.get(name, "")}>{name}</th>'
        for name in ("Track", "Share", "Covered", "Retained", "Passed", "Of all units")
    )
    whole = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{text(caption)}">'
        f"<table class=num><caption>{text(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )
    shades = legend([("s-held", "retained"), ("s-faded", "covered, but faded or never asked"), ("s-open", "not yet")])
    beside = ", ".join(f"{one.track} {one.satisfied} of {one.units}" for one in view.progress if not one.path_units)
    return section(
        "progress", "Progress on your path", whole if rows else "", shades if rows else "",
        f"<p class=more>Tracks beside your path, units passed: {text(beside)}</p>" if beside else "",
    )  # fmt: skip


def _forecast(view: PageView) -> str:
    forecast = view.stats.forecast
    left, end = forecast.hours_left, forecast.finish
    # Before anything is passed there is no measure of the learner's own.
    by = "the curriculum's estimate, and a little more" if forecast.factor == FIRST_FACTOR else "your own measure"
    if not left:
        said = "The path is finished."
    elif end is None:
        said = f"About {left:.0f} hours are left by {by}. At this pace no end is in sight."
    else:
        pace = format_duration(forecast.pace_minutes)
        source = "as your goals plan it" if forecast.from_plan else "as in the last weeks"
        said = (
            f"About {left:.0f} hours are left by {by}. At {pace} a week on units of the path, {source} "
            f"(reviews, papers and what is beside the path come on top), it ends between {day_text(end.early)} and "
            f"{day_text(end.late)}, most likely around {day_text(end.likely)}."
        )
    return section("forecast", "Forecast", f"<p>{text(said)}</p>")


def _last(day: date | None, made: date) -> str:
    if day is None:
        return "–"
    return f"{day.day} {MONTHS[day.month - 1]}" if day.year == made.year else day_text(day)


def _papers(view: PageView) -> str:
    if not view.stats.papers:
        return "" if view.plan else section("papers", "Papers", "<p>None yet: <code>mlcoach paper add</code></p>")
    counts = ", ".join(f"{number} {status}" for status, number in view.stats.papers.items())
    rows = [[paper.title, paper.status, _last(paper.last, view.made)] for paper in view.papers]
    return section(
        "papers",
        "Papers",
        f"<p>{text(counts)}</p>",
        table("Papers worked on last", ["Title", "Status", "Last"], rows, words=True) if rows else "",
    )


def saved_lines(view: ReportView, width: int | None) -> Lines:
    """Return where the page is: alone on its line, so that it can be copied."""
    return [[(view.path, "strong")]]
