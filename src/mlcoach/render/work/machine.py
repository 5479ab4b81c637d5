"""The screen of `doctor --machine`, and the same as Markdown to paste into a question."""

from mlcoach.domain.text import one_line
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.screen import SPOKEN, Line, Lines, drawn
from mlcoach.views.work.machine import MachineFitView, MachineView

MARKS = {"good": ("✓", "good", "ok"), "advice": ("·", "warn", "note"), "missing": ("○", "warn", "missing")}
NAMED = 4
INDENT = " " * 17


def lines(view: MachineView, width: int | None) -> Lines:
    """Return what is here, what is worth doing about it, and which units of the path fit."""
    shown: Lines = [[(view.system, "title")]]
    for check in view.checks:
        detail = paragraphs(one_line(check.detail), width, INDENT)
        shown.append([*_mark(check.level), (f" {check.name:<15}", ""), (detail[0][0][0].strip(), "strong")])
        shown += detail[1:]
        shown += paragraphs(check.advice, width, INDENT, "muted") if check.advice else []
    shown += [[], *paragraphs(f"Units of your path, {view.path}", width, style="title")]
    for fit in view.fits:
        shown += _fit_lines(fit, width)
    return [*shown, [("All advice: ", "muted"), ("mlcoach curriculum show hardware", "accent")]]


def _fit_lines(fit: MachineFitView, width: int | None) -> Lines:
    asks = "asks" if fit.units == 1 else "ask"
    text = f"{plural(fit.units, 'unit')} {asks} for {fit.needs}{'' if fit.here else ': not here'}"
    first, *more = paragraphs(text, width, "  ")
    shown: Lines = [[*_mark("good" if fit.here else "missing"), (f" {first[0][0].strip()}", "")], *more]
    if not fit.here:
        named = ", ".join(fit.ids[:NAMED]) + (" …" if fit.units > NAMED else "")
        shown += [*paragraphs(named, width, "  ", "muted"), *paragraphs(fit.advice, width, "  ", "accent")]
    return shown


def _mark(level: str) -> Line:
    sign, style, word = MARKS[level]
    return [drawn(sign, style), (f"{word}:", SPOKEN)]


def markdown(view: MachineView) -> str:
    """Return the same as a Markdown table."""
    rows = ["# This machine", "", view.system, "", "| | found | advice |", "|---|---|---|"]
    rows += [f"| {check.name} | {_cell(check.detail)} | {_cell(check.advice)} |" for check in view.checks]
    rows += ["", f"## Units of the path {_cell(view.path)}", "", "| ask for | units | here |", "|---|---|---|"]
    rows += [
        f"| {fit.needs} | {fit.units} | {'yes' if fit.here else 'no: ' + _cell(fit.advice)} |" for fit in view.fits
    ]
    return "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    return one_line(text).replace("|", "\\|")
