"""Charts as inline SVG: a picture with a name and a description, whose numbers are in a table beside it.

Colours are classes that the page's style sheet gives a value, one for light and one for dark.
"""

from collections.abc import Sequence
from typing import NamedTuple

from mlcoach.domain.text import one_line, visible

CELL, GAP = 11, 2
LEFT, TOP = 50, 22
HEIGHT = 150
WIDE = 720
LETTER = 12  # pixels of a letter at most: on a phone letters are larger within a picture
# As `html.escape` does, which brings the names of all characters with it.
ESCAPED = {
    ord(sign): f"&{name};" for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("'", "#x27"))
}
MOST_SPREAD = 13  # columns; fewer are no wider, and leave room


class Bar(NamedTuple):
    """One column of stacked parts: (class of its colour, value), from the bottom up."""

    title: str
    parts: tuple[tuple[str, float], ...]


def text(words: str) -> str:
    """Return words as HTML or SVG text: data, whatever is in them."""
    return visible(one_line(words)).translate(ESCAPED)


def chart(name: str, title: str, description: str, width: int, height: int, body: str, style: str = "") -> str:
    """Return a picture with a name, for eyes and for screen readers."""
    kind = f" class={style}" if style else ""
    return (
        f'<svg{kind} viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{text(title)}</title><desc id="{name}-d">{text(description)}</desc>{body}</svg>'
    )


def heat_map(
    name: str, title: str, description: str, columns: Sequence[Sequence[tuple[str, str]]], months: Sequence[str]
) -> str:
    """Return a map of days: a column a week, each of seven cells (class, what to say when pointed at; "" for none)."""
    step = CELL + GAP
    parts = [
        f'<text x="0" y="{TOP + row * step + CELL - 2}">{day}</text>'
        for row, day in ((0, "Mon"), (2, "Wed"), (4, "Fri"))
    ]
    # Room for a year, so that the first weeks look like those that follow; what was before them is pale.
    before = max(0, (WIDE - LEFT) // step - len(columns))
    width = LEFT + (before + len(columns)) * step
    if before:
        rows = "".join(f"M{LEFT} {TOP + row * step + CELL / 2}h{before * step}" for row in range(7))
        parts.append(f'<path class="before" d="{rows}"/>')
    for column, (month, cells) in enumerate(zip(months, columns, strict=True)):
        x = LEFT + (before + column) * step
        if month:
            parts.append(label(x, 16, month, width))
        # The size of a cell is in the style sheet, its column in a group: a year has many cells.
        days = "".join(
            f"<rect class={style} y={TOP + row * step}><title>{said}</title></rect>"
            for row, (style, said) in enumerate(cells)
            if style
        )
        parts.append(f'<g class="h" transform="translate({x})">{days}</g>')
    drawn = chart(name, title, description, width, TOP + 7 * step, "".join(parts), "heat")
    # Where the window is narrower than a year, the last weeks are seen first.
    return f'<div class="scroll past" role="region" tabindex="0" aria-label="{text(title)}">{drawn}</div>'


def label(x: float, y: float, words: str, width: float) -> str:
    """Return a label that begins at x, or one that ends at the right edge of the picture where it would be cut."""
    if x + LETTER * len(words) > width:
        return f'<text x="{width:.0f}" y="{y:.0f}" text-anchor="end">{words}</text>'
    return f'<text x="{x:.1f}" y="{y:.0f}">{words}</text>'


def bars(
    name: str, title: str, description: str, columns: Sequence[Bar], top: float, labels: Sequence[str], unit: str
) -> str:
    """Return stacked columns with a line at the top of the scale; `labels` are below the columns where not ""."""
    inner = WIDE - LEFT
    step = inner / max(MOST_SPREAD, len(columns))
    parts = [_scale(top, unit)]
    width = max(1.0, step - 1.5)
    # One path a colour: a year of weeks has hundreds of pieces.
    drawn: dict[str, list[str]] = {}
    for index, (bar, name_below) in enumerate(zip(columns, labels, strict=True)):
        x = LEFT + index * step
        y = float(TOP + HEIGHT)
        for style, value in bar.parts:
            if value and top:
                below, y = round(y), y - value / top * HEIGHT
                drawn.setdefault(style, []).append(f"M{x:.1f} {round(y)}h{width:.1f}V{below}h-{width:.1f}z")
        if name_below:
            parts.append(label(x, TOP + HEIGHT + 20, name_below, WIDE))
    parts += [f'<path class="{style}" d="{"".join(pieces)}"/>' for style, pieces in drawn.items()]
    return chart(name, title, description, WIDE, TOP + HEIGHT + 28, "".join(parts))


def _scale(top: float, unit: str) -> str:
    marks = []
    for share in (0.0, 0.5, 1.0):
        y = TOP + HEIGHT * (1 - share)
        marks.append(f'<line class="rule" x1="{LEFT}" x2="{WIDE}" y1="{y:.1f}" y2="{y:.1f}"/>')
        marks.append(f'<text x="0" y="{y + 4:.1f}">{top * share:.0f}{unit}</text>')
    return "".join(marks)


def curve(
    name: str,
    title: str,
    description: str,
    values: Sequence[float],
    wanted: float,
    labels: Sequence[str],
    low: float = 0.5,
) -> str:
    """Return shares between `low` and 1 as a line of dots, and the wanted share as a rule."""
    inner = WIDE - LEFT - 10
    step = inner / max(1, len(values) - 1)

    def y_of(value: float) -> float:
        return TOP + HEIGHT * (1 - (max(low, value) - low) / (1 - low))

    parts = []
    for share in (low, (low + 1) / 2, 1.0):
        parts.append(f'<line class="rule" x1="{LEFT}" x2="{WIDE}" y1="{y_of(share):.1f}" y2="{y_of(share):.1f}"/>')
        parts.append(f'<text x="0" y="{y_of(share) + 4:.1f}">{share:.0%}</text>')
    parts.append(f'<line class="wanted" x1="{LEFT}" x2="{WIDE}" y1="{y_of(wanted):.1f}" y2="{y_of(wanted):.1f}"/>')
    points = [(LEFT + 5 + index * step, y_of(value)) for index, value in enumerate(values)]
    if len(points) > 1:
        parts.append(f'<polyline class="curve" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>')
    dots = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in points)
    parts.append(f'<path class="dots" d="{dots}"/>')
    parts += [
        label(x, TOP + HEIGHT + 20, name_below, WIDE)
        for (x, _), name_below in zip(points, labels, strict=True)
        if name_below
    ]
    return chart(name, title, description, WIDE, TOP + HEIGHT + 28, "".join(parts))


def diagonal(name: str, title: str, description: str, points: Sequence[tuple[float, float]], low: float) -> str:
    """Return points (predicted, recalled) against the line on which both agree, from `low` to 1 on either axis."""
    side = 260

    def place(value: float) -> float:
        return (max(low, value) - low) / (1 - low) * side

    x0, y0 = LEFT + 10, TOP + side
    parts = [
        f'<line class="rule" x1="{x0}" x2="{x0 + side}" y1="{y0}" y2="{y0}"/>',
        f'<line class="rule" x1="{x0}" x2="{x0}" y1="{TOP}" y2="{y0}"/>',
        f'<line class="wanted" x1="{x0}" x2="{x0 + side}" y1="{y0}" y2="{TOP}"/>',
    ]
    for share in (low, 1.0):
        parts.append(f'<text x="{x0 + place(share) - 12:.0f}" y="{y0 + 17}">{share:.0%}</text>')
        parts.append(f'<text x="0" y="{y0 - place(share) + 4:.0f}">{share:.0%}</text>')
    parts += [f'<circle class="dot" cx="{x0 + place(x):.1f}" cy="{y0 - place(y):.1f}" r="4"/>' for x, y in points]
    return chart(name, title, description, x0 + side + 40, y0 + 24, "".join(parts), "square")
