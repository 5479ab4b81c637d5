"""The marks of units and small pieces of text that the screens of the curriculum share."""

from collections.abc import Sequence

from mlcoach.domain.text import one_line
from mlcoach.render.layout import cells, wrap
from mlcoach.render.screen import SPOKEN, Line, Lines, Span, drawn

# One mark and one style for each status; the order is that of the legend.
MARKS: dict[str, Span] = {
    "passed": ("✓", "good"),
    "mastered": ("★", "good"),
    "rusty": ("~", "warn"),
    "learning": ("▸", "accent"),
    "ready": ("○", ""),
    "locked": ("·", "muted"),
    "skipped": ("–", "muted"),
}
NARROW = 60  # below this, what is side by side elsewhere goes below one another
ONE_DIGIT = 0.0995  # the share below which per cent have a digit behind the point
RECALLED, FADED, OPEN = "█", "▓", "·"  # parts of a bar of what is covered and retained


def mark(status: str) -> Span:
    """Return the mark of a status."""
    return MARKS[status]


def hours_text(hours: float) -> str:
    """Return hours of study as `12h` or `2.5h`."""
    return f"{hours:,.10g}h"


def hours_words(hours: float) -> str:
    """Return hours of study as `1 hour` or `2.5 hours`."""
    return f"{hours:,.10g} hour{'s' * (hours != 1)}"


def status_mark(status: str) -> Line:
    """Return the mark of a status before what it stands for, and where it is heard its word."""
    sign, style = mark(status)
    return [drawn(f"{sign} ", style), (f"{status}: ", SPOKEN)]


def legend(width: int | None) -> Lines:
    """Return what the marks mean; who hears words instead needs none."""
    lines = joined([f"{sign} {status}" for status, (sign, _) in MARKS.items()], width)
    return [[drawn(text, style) for text, style in line] for line in lines]


def joined(parts: Sequence[str], width: int | None, gap: str = "  ") -> Lines:
    """Return parts side by side, muted, in as many lines as they need; no part is broken."""
    rows: list[list[str]] = [[]]
    for part in parts:
        if width is not None and rows[-1] and cells(gap.join([*rows[-1], part])) > width:
            rows.append([part])
        else:
            rows[-1].append(part)
    if gap.isspace():
        return [[(gap.join(row), "muted")] for row in rows]
    # Apart, so that who hears it is never told of a product.
    return [[(text, "muted") for part in row for text in (gap, part)][1:] for row in rows]


def wrapped(text: str, room: int | None) -> list[str]:
    """Return a text as lines; one where there is no width."""
    return wrap(one_line(text), room) if room is not None else [one_line(text)]


def shares_text(covered: float, retained: float) -> str:
    """Return what is covered and what is retained, which are never shown alone."""
    return f"{share(covered)} covered, {share(retained)} retained"


def share(value: float) -> str:
    """Return a share in per cent, with one digit where whole numbers would hide that there is something."""
    if 0 < value < 0.0005:
        return "under 0.1%"
    return f"{value:.1%}" if 0 < value < ONE_DIGIT else f"{value:.0%}"


def shares_bar(covered: float, retained: float, size: int) -> Line:
    """Return a bar of so many cells: what would be recalled today, what else is covered, and the rest."""
    full = round(retained * size)
    passed = max(full, round(covered * size))
    return [(RECALLED * full, "good"), (FADED * (passed - full), "warn"), (OPEN * (size - passed), "muted")]


def shares_legend(width: int | None) -> Lines:
    """Return what the parts of the bar mean."""
    lines = joined(
        [f"{RECALLED} recalled today", f"{FADED} passed, but faded or never asked", f"{OPEN} not yet"], width
    )
    return [[drawn(text, style) for text, style in line] for line in lines]
