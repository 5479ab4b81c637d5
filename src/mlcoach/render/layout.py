"""Words and columns: the small pieces that every screen is laid out with. Widths are terminal cells."""

import re
from collections.abc import Sequence
from datetime import date

from mlcoach.domain.text import one_line
from mlcoach.render.screen import SPOKEN, Line, Lines, Span, drawn, is_drawn

NARROW_TERMINAL = 60  # cells
WORDS = re.compile(r"`mlcoach [^`]*`[^\s`]*|\S+")  # a command in backticks is one
SHORTEST_CUT = 16  # cells of a column in which a text can still be read
MOST_LINES = 3  # of a text in a table: what is longer is looked at by its own command


def cells(text: str) -> int:
    """Return how many terminal cells a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, width: int) -> str:
    """Return the text cut to `width` cells, with an ellipsis where something is missing."""
    if cells(text) <= width:
        return text
    while text and cells(text) > width - 1:
        text = text[: min(len(text) - 1, width - 1)]
    return text.rstrip() + "…"


def pad(text: str, width: int) -> str:
    """Return the text filled with blanks to `width` cells."""
    return text + " " * max(0, width - cells(text))


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Return the text as lines of at most `width` cells; its own line breaks stay, words are never cut in half
    unless one alone is longer than a line. A command in backticks is one word; the screen breaks it if it must."""
    lines: list[str] = []
    room = max(10, width - cells(indent))
    for paragraph in text.expandtabs(4).split("\n"):
        if cells(paragraph) <= room:
            lines.append(indent + paragraph if paragraph else "")
            continue
        lead = paragraph[: len(paragraph) - len(paragraph.lstrip())]
        current = lead
        for word in WORDS.findall(paragraph):
            while cells(word) > room and "://" not in word and not word.startswith("`mlcoach "):
                if current.strip():
                    lines.append(indent + current.rstrip())
                    current = lead
                part = _beginning(word, room)
                lines.append(indent + part)
                word = word[len(part) :]
            if current.strip() and cells(current) + 1 + cells(word) > room:
                lines.append(indent + current.rstrip())
                current = lead + word
            else:
                current = f"{current} {word}" if current.strip() else current + word
        if current.strip():
            lines.append(indent + current.rstrip())
    return lines


def _beginning(word: str, room: int) -> str:
    """Return as much of a word as `room` cells hold; some letters take two."""
    part = word[:room]
    while len(part) > 1 and cells(part) > room:
        part = part[:-1]
    return part


def flow(words: Sequence[str], room: int, gap: str) -> list[str]:
    """Return words joined by a gap, on as many lines as they need; no word is parted."""
    lines: list[str] = []
    for word in words:
        if lines and cells(lines[-1]) + cells(gap) + cells(word) <= room:
            lines[-1] += gap + word
        else:
            lines.append(word)
    return lines


def paragraphs(text: str, width: int | None, indent: str = "", style: str = "") -> Lines:
    """Return a text as wrapped lines; unwrapped when there is no width."""
    if width is None:
        return [[(indent + line, style)] if line else [] for line in text.split("\n")]
    return [[(line, style)] for line in wrap(text, width, indent)]


def columns(
    rows: Sequence[Sequence[Span]],
    width: int | None,
    *,
    flexible: int = 0,
    right: Sequence[int] = (),
    gap: int = 2,
    most: int = MOST_LINES,
    heads: Sequence[str] = (),
) -> Lines:
    """Return rows as aligned columns, those of `right` at their right edge, below their names; see `row_lines`.

    `heads` are the names; where the rows are heard, each says them itself.
    """
    found = row_lines(rows, width, flexible=flexible, right=right, gap=gap, most=most, heads=heads)
    return [line for lines in found for line in lines]


def row_lines(
    rows: Sequence[Sequence[Span]],
    width: int | None,
    *,
    flexible: int = 0,
    right: Sequence[int] = (),
    gap: int = 2,
    most: int = MOST_LINES,
    heads: Sequence[str] = (),
) -> list[Lines]:
    """Return the lines of each row of a table.

    On a terminal the flexible column goes on below itself so that a line fits its width; where next to nothing of it
    would be left, it is whole, and the screen breaks the line. Only what takes more than `most` lines is cut. On a
    narrow terminal a flexible column that is not the first is whole, for it holds what a row is about; what follows
    comes right behind it.
    """
    if not rows:
        return []
    rows = [[(one_line(text), style) for text, style in row] for row in rows]
    if heads:
        rows = [[drawn(head, "muted") for head in heads], *rows]
    count = max(len(row) for row in rows)
    widths = [max((cells(row[index][0]) for row in rows if index < len(row)), default=0) for index in range(count)]
    loose = count  # the first column that is not aligned
    if flexible and width is not None and width < NARROW_TERMINAL and sum(widths) + gap * (count - 1) > width:
        width, loose = None, flexible
    if width is not None:
        others = sum(widths) - widths[flexible] + gap * (count - 1)
        if width - others < min(SHORTEST_CUT, widths[flexible]):
            width = None
        else:
            widths[flexible] = min(widths[flexible], width - others)
    before = sum(widths[:flexible]) + gap * flexible
    shown: list[Lines] = []
    for row in rows:
        line: Line = []
        below: Lines = []
        for index, (text, style) in enumerate(row):
            part = text
            if width is not None and index == flexible:
                part, *rest = _shortened(text, widths[index], most)
                below = [[(" " * before, ""), (more, style)] for more in rest]
            if index in right and index <= loose:
                part = " " * (widths[index] - cells(part)) + part
            last = index == len(row) - 1
            padded = pad(part, widths[index] + gap) if index < loose else part + " " * gap * bool(part)
            named = "" if is_drawn(style) else _heard_head(heads, index, text)
            lead = len(part) - len(part.lstrip()) if named else 0
            line += [(part[:lead], style), (named, SPOKEN)] if named else []
            if (
                heads
                and index == 0
                and text.strip()
                and not is_drawn(style)
                and any(cell.strip() for cell, _ in row[1:])
            ):
                line += [(part[lead:], style), (":", SPOKEN), (padded[len(part) :], style)]
                continue
            line.append(((part if last else padded)[lead:], style))
        shown.append([line, *below])
    return shown


def _shortened(text: str, width: int, most: int) -> list[str]:
    """Return a text as a few lines of at most `width` cells, with an ellipsis where there would be more."""
    lines = wrap(text, width) or [""]
    return lines if len(lines) <= most else [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), width)]


def _heard_head(heads: Sequence[str], index: int, text: str) -> str:
    """Return the name of a column as it is said before a cell; the first names its row, and `3 units` itself."""
    if index >= len(heads) or not text.strip() or not (index or text.strip()[0].isdigit()):
        return ""
    head = heads[index][:1].lower() + heads[index][1:]
    return "" if not head or head.rstrip("s") in text.lower() else f"{head} "


def tick(done: bool, waiting: str = "  ") -> Line:
    """Return the mark of what is done or still to do, and its words for who hears it."""
    return [drawn("✓ ", "good") if done else drawn(waiting, "muted"), ("done: " if done else "to do: ", SPOKEN)]


def ends(left: Line, right: Line, width: int) -> Line:
    """Return one line with `left` at its beginning and `right` at its end, or both with a gap when too long."""
    used = sum(cells(text) for text, _ in left) + sum(cells(text) for text, _ in right)
    return [*left, (" " * max(2, width - used), ""), *right]


def plural(number: int, word: str, many: str = "") -> str:
    """Return `1 card`, `2 cards`."""
    return f"{number} {word if number == 1 else many or word + 's'}"


def recalled_words(answers: int, asked: int, recalled: int) -> str:
    """Return how many answers there were, and the share recalled of those that came back on a later day.

    A card that is met for the first time does not measure what is remembered.
    """
    back = f"{asked:,} of them on a later day: {recalled / asked:.0%} recalled" if asked else "none on a later day yet"
    return f"{plural(answers, 'answer')}, {back}"


def clock(minutes: int) -> str:
    """Return minutes as h:mm."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def short_day(day: date, reference: date) -> str:
    """Return a day as people say it: today, yesterday, or `Mon 23 Nov`."""
    from mlcoach.domain.time.study_days import format_day

    distance = (reference - day).days
    return {0: "today", 1: "yesterday"}.get(distance) or format_day(day, reference)
