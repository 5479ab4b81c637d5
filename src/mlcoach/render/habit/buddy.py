"""A week for a buddy, as plain text, Markdown or HTML. Words of people and files are data in each of them."""

import re
from collections.abc import Callable
from html import escape

from mlcoach.domain.text import one_line, visible
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import plural, recalled_words, wrap
from mlcoach.render.screen import Lines
from mlcoach.views.buddy import BuddyDayView, BuddyReportView, PromisedView

WIDTH = 72  # what mail shows without breaking it again
MOST_SUBJECTS = 10
STATES = {
    "goal": "goal reached", "kept": "day kept", "missed": "", "frozen": "a freeze kept the streak", "rest": "rest",
    "open": "",
}  # fmt: skip
Section = tuple[str, list[list[str]]]
"""A heading with its entries: each is a list of columns, or of one text."""


def sections(view: BuddyReportView) -> list[Section]:
    """Return the report as headings with entries, in words; the three formats only dress them."""
    found: list[Section] = []
    if view.promised:
        found.append(("Promised for this week", [[view.promised]]))
    if view.days:
        found.append((_summary(view), [_day(day) for day in view.days]))
    if view.units:
        units = [
            [unit.title, format_duration(unit.minutes) if unit.minutes else "–", "passed" if unit.passed else ""]
            for unit in view.units
        ]
        found.append(("Units", units))
    if view.answers:
        found.append(("Reviews", [[recalled_words(view.answers, view.asked, view.recalled)]]))
    if view.papers:
        found.append(("Papers", [[paper.title, f"pass {paper.reading_pass}", paper.verdict] for paper in view.papers]))
    if view.notes:
        notes = [
            [f"{format_day(note.day)}{f', {note.about}' if note.about else ''}: {note.text}"] for note in view.notes
        ]
        found.append(("Notes", notes))
    for repository in view.repositories:
        lines = [[subject] for subject in repository.subjects[:MOST_SUBJECTS]]
        more = repository.commits - len(lines)
        lines += [[f"and {more} more"]] if more > 0 else []
        lines += [[repository.problem]] if repository.problem else []
        found.append((f"{repository.name}: {plural(repository.commits, 'commit')}", lines))
    if view.promises:
        found.append(("Promised for the next week", [[view.promises]]))
    if not found:
        found.append(("Nothing to show", [["No study, review or paper is recorded for this week."]]))
    return found


def _summary(view: BuddyReportView) -> str:
    days = view.days
    minutes = sum(day.seconds for day in days) // 60
    goal = sum(day.goal for day in days if day.state != "rest")
    reached = sum(day.state == "goal" for day in days)
    floor = sum(day.state == "kept" for day in days)
    return (
        f"Studied {format_duration(minutes)} of {format_duration(goal)}; "
        f"goal on {plural(reached, 'day')}, floor on {floor} more"
        f"{f'; streak {view.streak}' if view.streak else ''}"
    )


def _day(day: BuddyDayView) -> list[str]:
    aim = f"of {format_duration(day.goal)}" if day.goal else ""
    return [format_day(day.day), format_duration(day.minutes) if day.minutes else "–", aim, STATES[day.state]]


def _title(view: BuddyReportView) -> str:
    return f"Week {view.week}: {format_day(view.first)} to {format_day(view.last, view.first)}"


def as_text(view: BuddyReportView) -> str:
    """Return the report as plain text of at most 72 columns."""
    lines = [_title(view)]
    for heading, entries in sections(view):
        lines += ["", *wrap(one_line(heading), WIDTH)]
        rows = [[one_line(cell) for cell in entry] for entry in entries]
        count = max(map(len, rows), default=0)
        widths = [max(len(row[index]) for row in rows if index < len(row)) for index in range(count)]
        for row in rows:
            if len(row) == 1:
                lines += _bullet(row[0])
                continue
            cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
            line = f"  {'  '.join(cells)}".rstrip()
            lines += [line] if len(line) <= WIDTH else _bullet(" · ".join(cell for cell in row if cell))
    return "\n".join(lines) + "\n"


def _bullet(text: str) -> list[str]:
    first, *more = wrap(text, WIDTH - 4) or [""]
    return [f"  - {first}", *(f"    {line}" for line in more)]


_MARKS = re.compile(r"([\\`*_\[\]|~>])")
_OPENING = re.compile(r"^([#+\-=])|^([0-9]+)([.)])")  # what makes a list or a heading at the beginning only


def _plain_markdown(text: str) -> str:
    """Return a text that Markdown shows as it is: no link, no heading, no HTML."""
    marked = _MARKS.sub(r"\\\1", one_line(text))
    opened = _OPENING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", marked)
    return opened.replace("&", "&amp;").replace("<", "&lt;")


def as_markdown(view: BuddyReportView) -> str:
    """Return the report as Markdown."""
    lines = [f"# {_plain_markdown(_title(view))}"]
    for heading, entries in sections(view):
        lines += ["", f"## {_plain_markdown(heading)}", ""]
        if entries and len(entries[0]) > 1:
            count = max(map(len, entries))
            lines += ["|" + " |" * count, "|" + "---|" * count]
            lines += ["| " + " | ".join(_plain_markdown(cell) for cell in entry) + " |" for entry in entries]
        else:
            lines += [f"- {_plain_markdown(entry[0])}" for entry in entries]
    return "\n".join(lines) + "\n"


def as_html(view: BuddyReportView) -> str:
    """Return the report as one HTML page without scripts, styles or addresses, for mail."""
    said = _html_text
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        f"<title>{said(_title(view))}</title></head><body>\n<h1>{said(_title(view))}</h1>",
    ]
    for heading, entries in sections(view):
        parts.append(f"<h2>{said(heading)}</h2>")
        if entries and len(entries[0]) > 1:
            rows = ("<tr>" + "".join(f"<td>{said(cell)}</td>" for cell in entry) + "</tr>" for entry in entries)
            parts.append("<table>\n" + "\n".join(rows) + "\n</table>")
        elif entries:
            parts.append("<ul>\n" + "\n".join(f"<li>{said(entry[0])}</li>" for entry in entries) + "\n</ul>")
    return "\n".join(parts) + "\n</body></html>\n"


def _html_text(text: str) -> str:
    return escape(visible(one_line(text)))


FORMATS: dict[str, Callable[[BuddyReportView], str]] = {"text": as_text, "markdown": as_markdown, "html": as_html}


def saved_lines(view: BuddyReportView, width: int | None) -> Lines:
    """Return where a report was written."""
    return [[("The week is in ", ""), (view.path, "strong")]]


def promised_lines(view: PromisedView, width: int | None) -> Lines:
    """Return the promise on record."""
    shown: Lines = [[(f"Promised for the week of {format_day(view.first)}: ", ""), (one_line(view.text), "strong")]]
    if view.before:
        shown.append([(f"It replaces: {one_line(view.before)}", "muted")])
    shown.append([("Undo: mlcoach undo", "muted")])
    return shown
