"""The screen of `doctor`."""

from mlcoach.render.layout import cells, paragraphs, plural
from mlcoach.render.screen import SPOKEN, Line, Lines, Span, drawn
from mlcoach.views.upkeep import DoctorView

MARKS = {"good": ("✓", "good", "ok"), "advice": ("!", "warn", "note"), "bad": ("✗", "bad", "wrong")}


def lines(view: DoctorView, width: int | None) -> Lines:
    """Return every finding with a mark: ✓ well, ! worth a word, ✗ to repair."""
    names = max(cells(check.name) for check in view.checks) + 2
    margin = " " * (names + 2)
    shown: Lines = []
    if view.rebuilt is not None:
        shown += [[(f"Rebuilt {plural(view.rebuilt, 'row')} from the journal.", "")], []]
    if view.set_aside is not None:
        said = f"Set aside {plural(view.set_aside, 'entry', 'entries')} of days still to come."
        shown += [[(said if view.set_aside else "There is no entry of a day still to come.", "")], []]
    for check in view.checks:
        style = "" if check.level == "good" else "strong"
        about = paragraphs(check.detail, width and width - len(margin), style=style)
        shown.append([*_mark(check.level), (" " + check.name.ljust(names), "muted"), *about[0][:1]])
        shown += [[(margin, ""), *line] for line in about[1:]]
        for more in check.more:
            shown += paragraphs(more, width, margin, "muted")
    return [*shown, [], [_verdict(view)]]


def _mark(level: str) -> Line:
    sign, style, word = MARKS[level]
    return [drawn(sign, style), (f"{word}:", SPOKEN)]


def _verdict(view: DoctorView) -> Span:
    broken = [check.name for check in view.checks if not check.ok]
    if broken == ["rows"]:
        return ("To repair: `mlcoach doctor --rebuild`.", "bad")
    if broken:
        return (f"To repair: {', '.join(broken)}.", "bad")
    noted = [check.name for check in view.checks if check.level == "advice"]
    if noted:
        return (f"All is well; worth a look: {', '.join(noted)}.", "good")
    return ("All is well.", "good")
