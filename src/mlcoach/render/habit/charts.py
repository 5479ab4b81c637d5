"""Charts as inline SVG: a picture with a name and a description, whose numbers are in a table beside it.

Colours are classes that the page's style sheet gives a value, one for light and one for dark.
"""

from collections.abc import Sequence
from itertools import groupby
from math import sqrt
from typing import NamedTuple

from mlcoach.domain.text import one_line

CELL, GAP = 11, 2
LEFT, TOP = 50, 22
HEIGHT = 150
WIDE = 720
TALL = 2 * HEIGHT  # of the hours a week
STRIP, STRIP_LEFT = 28, 92  # of a track's hours, and kept free for its name
LETTER = 12  # pixels of a letter at most: on a phone letters are larger within a picture
# As `html.escape` does, which brings the names of all characters with it.
ESCAPED = {
    ord(sign): f"&{name};" for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot"), ("'", "#x27"))
}
SIGNS = {"s-kept": "g-half", "s-frozen": "g-dot", "s-rest": "g-dash"}  # on a day, by its class
SHAPES = {"g-half": "h11v5.5h-11z", "g-dot": "m5.5 5.5h0", "g-dash": "m2.5 5.5h6"}
MOST_SPREAD = 13  # columns; fewer are no wider, and leave room


class Bar(NamedTuple):
    """One column of stacked parts: (class of its colour, value), from the bottom up."""

    title: str
    parts: tuple[tuple[str, float], ...]


def text(words: str) -> str:
    """Return words as HTML or SVG text: data, whatever is in them."""
    if words.isascii() and words.isalnum():  # most cells of a table
        return words
    return one_line(words).translate(ESCAPED)


def chart(name: str, title: str, description: str, width: int, height: int, body: str, style: str = "") -> str:
    """Return a picture with a name, for eyes and for screen readers."""
    kind = f" class={style}" if style else ""
    return (
        f'<svg{kind} viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{text(title)}</title><desc id="{name}-d">{text(description)}</desc>{body}</svg>'
    )


def heat_map(
    name: str,
    title: str,
    description: str,
    columns: Sequence[Sequence[tuple[str, str]]],
    months: Sequence[str],
    room: int,
) -> str:
    """Return a map of days: a column a week, each of seven cells (class, what to say when pointed at; "" for none).

    With fewer weeks than there is `room` for, those before them are pale, so that the first look like those to follow.
    What colours say is also drawn: days of the floor are half filled, those of a freeze have a dot, rest a dash.
    """
    step = CELL + GAP
    parts = [
        f'<text x="0" y="{TOP + row * step + CELL - 2}">{day}</text>'
        for row, day in ((0, "Mon"), (2, "Wed"), (4, "Fri"))
    ]
    before = max(0, room - len(columns))
    width = LEFT + (before + len(columns)) * step
    if before > 1:  # of the earlier half of a year one week alone is missing
        rows = "".join(f"M{LEFT} {TOP + row * step + CELL / 2}h{before * step}" for row in range(7))
        parts.append(f'<path class="before" d="{rows}"/>')
    drawn: dict[str, list[str]] = {sign: [] for sign in SIGNS.values()}
    free = 0.0
    for column, (month, cells) in enumerate(zip(months, columns, strict=True)):
        x = LEFT + (before + column) * step
        if month and x >= free:
            parts.append(label(x, 16, month, width))
            free = x + LETTER * len(month)
        # The size of a cell is in the style sheet, its column in a group: a year has many cells.
        days = "".join(
            f"<rect class={style} y={TOP + row * step}>{f'<title>{said}</title>' if said else ''}</rect>"
            for row, (style, said) in enumerate(cells)
            if style
        )
        parts.append(f'<g class="h" transform="translate({x})">{days}</g>')
        for row, (style, _) in enumerate(cells):
            if sign := SIGNS.get(style):
                drawn[sign].append(f"M{x} {TOP + row * step}{SHAPES[sign]}")
    parts += [f'<path class="{sign}" d="{"".join(pieces)}"/>' for sign, pieces in drawn.items() if pieces]
    return chart(name, title, description, width, TOP + 7 * step, "".join(parts), "heat")


def label(x: float, y: float, words: str, width: float) -> str:
    """Return a label that begins at x, or one that ends at the right edge of the picture where it would be cut."""
    if x + LETTER * len(words) > width:
        return f'<text x="{width:.0f}" y="{y:.0f}" text-anchor="end">{words}</text>'
    return f'<text x="{x:.1f}" y="{y:.0f}">{words}</text>'


def bars(
    name: str,
    title: str,
    description: str,
    columns: Sequence[Bar],
    top: float,
    labels: Sequence[str],
    unit: str,
    strips: Sequence[tuple[str, Sequence[float]]] = (),
) -> str:
    """Return stacked columns with a line at the top of the scale; `labels` are below the columns where not "".

    Below them is a strip for each of `strips`: its name, and a value a column, on one scale for all of them.
    """
    inner = WIDE - STRIP_LEFT
    step = inner / max(MOST_SPREAD, len(columns))
    parts = [_scale(top, unit)]
    width = max(1.0, step - 1.5)
    # One path a colour: a year of weeks has hundreds of pieces.
    drawn: dict[str, list[str]] = {}
    for index, bar in enumerate(columns):
        x = STRIP_LEFT + index * step
        y = float(TOP + TALL)
        for style, value in bar.parts:
            if value and top:
                below, y = round(y), y - value / top * TALL
                drawn.setdefault(style, []).append(f"M{x:.1f} {round(y)}h{width:.1f}V{below}h-{width:.1f}z")
    parts += below_line([STRIP_LEFT + index * step for index in range(len(columns))], TOP + TALL + 20, labels)
    parts += [f'<path class="{style}" d="{"".join(pieces)}"/>' for style, pieces in drawn.items()]
    height = TOP + TALL + 28
    most = max((value for _, values in strips for value in values), default=0.0)
    for words, values in strips:
        height += STRIP
        tops = [height - (value > 0 and max(1, round(value / most * (STRIP - 6)))) for value in values]
        runs = ((y, len(list(same))) for y, same in groupby(tops))
        pieces = "".join(f"V{y}h{count * step:.1f}" for y, count in runs)
        parts.append(f'<line class="rule" x1="{STRIP_LEFT}" x2="{WIDE}" y1="{height}" y2="{height}"/>')
        parts.append(f'<text x="0" y="{height - 2}">{text(words)}</text>')
        parts.append(f'<path class="t0" d="M{STRIP_LEFT} {height}{pieces}V{height}z"/>')
    return chart(name, title, description, WIDE, height + 6, "".join(parts))


def below_line(places: Sequence[float], y: int, labels: Sequence[str]) -> list[str]:
    """Return the labels under a chart that are not "": the last one, and before it those that touch no other."""
    found: list[str] = []
    free = float(WIDE + LETTER)
    for x, words in zip(reversed(places), reversed(labels), strict=True):
        begin = min(x, WIDE - LETTER * len(words))
        if words and begin + LETTER * len(words) < free:
            found.append(label(x, y, words, WIDE))
            free = begin
    return found[::-1]


def _scale(top: float, unit: str) -> str:
    marks = []
    for share in (0.0, 0.5, 1.0):
        y = TOP + TALL * (1 - share)
        marks.append(f'<line class="rule" x1="{STRIP_LEFT}" x2="{WIDE}" y1="{y:.1f}" y2="{y:.1f}"/>')
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
    parts += below_line([x - 5 for x, _ in points], TOP + HEIGHT + 20, labels)
    return chart(name, title, description, WIDE, TOP + HEIGHT + 28, "".join(parts))


def diagonal(name: str, title: str, description: str, points: Sequence[tuple[float, float, int]], low: float) -> str:
    """Return points against the line on which both axes agree, from `low` to 1 on either.

    A point is what was predicted, what was recalled, and of how many answers: the area of its dot.
    """
    side = 260

    def place(value: float) -> float:
        return (max(low, value) - low) / (1 - low) * side

    x0, y0 = LEFT + 26, TOP + 16 + side
    most = max(answers for _, _, answers in points)
    parts = [
        f'<line class="rule" x1="{x0}" x2="{x0 + side}" y1="{y0}" y2="{y0}"/>',
        f'<line class="rule" x1="{x0}" x2="{x0}" y1="{y0 - side}" y2="{y0}"/>',
        f'<line class="wanted" x1="{x0}" x2="{x0 + side}" y1="{y0}" y2="{y0 - side}"/>',
        '<text x="0" y="16">recalled</text>',
        f'<text x="0" y="{y0 - side + 6}">100%</text><text x="0" y="{y0}">{low:.0%}</text>',
        f'<text x="{x0}" y="{y0 + 24}">{low:.0%}</text>',
        f'<text x="{x0 + side / 2:.0f}" y="{y0 + 24}" text-anchor="middle">predicted</text>',
        f'<text x="{x0 + side}" y="{y0 + 24}" text-anchor="end">100%</text>',
    ]
    for x, y, answers in points:
        radius = 2 + 5 * sqrt(answers / most)
        parts.append(f'<circle class="dot" cx="{x0 + place(x):.1f}" cy="{y0 - place(y):.1f}" r="{radius:.1f}"/>')
    return chart(name, title, description, x0 + side + 14, y0 + 32, "".join(parts), "square")
