"""Texts of the curriculum as lines: paragraphs, lists, code and formulas, as far as a terminal needs them.

Cards and exercises are written in a little Markdown: fenced code, `code` within a line, **strong** words, lists.
Everything else is shown as it is. Nothing in a text is ever markup for the terminal.
"""

import re
from collections.abc import Iterator

from mlcoach.render.formula import readable
from mlcoach.render.layout import cells
from mlcoach.render.screen import GOES_ON, Line, Lines, Span

_FENCE = re.compile(r"\s*(```+|~~~+)\s*(\w*)")
_ITEM = re.compile(r"(\s*)([-*•]|\d{1,3}[.)])\s+")
_INLINE = re.compile(r"(?P<code>`[^`\n]+`)|\*\*(?P<strong>[^*\n]+?)\*\*|\ue000(?P<blank>[^\ue001]*)\ue001", re.DOTALL)
_CODE_INSIDE = re.compile(r"(`[^`\n]+`)")
TAB = 4
BROKEN_FROM = 65  # characters; a line as long as this was broken by its author's editor


def prose(
    text: str, width: int | None, indent: str = "", *, color: bool = False, code_width: int | None = None
) -> Lines:
    """Return a text as lines of at most `width` cells; each of its lines as one when there is no width.

    Fenced code is at the edge, so that it can be copied, and may be as wide as `code_width`, else as the text.
    """
    lines: Lines = []
    for is_code, language, part in parts(text):
        if is_code:
            lines += code(part, language, code_width or width, indent, color=color)
        else:
            lines += _paragraphs(part, width, indent)
    while lines and not any(text.strip() for text, _ in lines[-1]):
        lines.pop()
    return lines


def code(text: str, language: str, width: int | None, indent: str = "", *, color: bool = False) -> Lines:
    """Return a block of code, with its syntax in colour where there is colour.

    Long lines go on below, marked, and are broken at a blank where there is one. A command stays whole: the screen
    breaks it so that it can be copied.
    """
    source = text.expandtabs(TAB).rstrip()
    shown = _highlighted(source, language) if color and language else [[(line, "code")] for line in source.split("\n")]
    room = None if width is None else width - cells(indent)
    lead: Line = [(indent, "")] if indent else []
    lines: Lines = []
    for line in shown:
        is_command = re.match(r"(\$ )?mlcoach ", "".join(text for text, _ in line))
        first, *rest = [line] if is_command else _code_pieces(line, room)
        lines += [[*lead, *first], *([*lead, (GOES_ON, "muted"), *piece] for piece in rest)]
    return lines


def _code_pieces(line: Line, room: int | None) -> Lines:
    """Return a line of code in pieces that fit, those after the first behind their mark; together they are the line."""
    pieces: Lines = []
    rest = line
    while room is not None and sum(cells(text) for text, _ in rest) > room:
        first, behind = _split_at(rest, _end_of_piece("".join(text for text, _ in rest), max(1, room)))
        if not behind:
            break
        pieces.append(first)
        rest, room = behind, room if pieces[1:] else room - cells(GOES_ON)
    return [*pieces, rest]


def _end_of_piece(text: str, room: int) -> int:
    """Return how many characters of a line of code go on this line: to the last blank that is in it, or as many as fit.

    A blank of the indent is none to break at, nor one that would leave the line nearly empty before a word that has to
    be cut anyway.
    """
    most, used = 0, 0
    for character in text:
        used += cells(character)
        if used > room:
            break
        most += 1
    most = max(1, most)
    if text[most : most + 1].isspace():
        return most
    last = text.rfind(" ", 0, most) + 1
    indent = len(text) - len(text.lstrip())
    word = text[last:].split(" ", 1)[0]
    return last if last > indent and (last >= room // 3 or cells(word) <= room - cells(GOES_ON)) else most


def _split_at(line: Line, place: int) -> tuple[Line, Line]:
    """Return a line in two at a character; empty spans fall away."""
    first: Line = []
    behind: Line = []
    at = 0
    for text, style in line:
        cut = min(max(place - at, 0), len(text))
        first += [(text[:cut], style)] if text[:cut] else []
        behind += [(text[cut:], style)] if text[cut:] else []
        at += len(text)
    return first, behind


def folded(line: Line, width: int | None) -> Lines:
    """Return one line as several of at most `width` cells, cut anywhere: for code, and as a last resort."""
    if width is None or sum(cells(text) for text, _ in line) <= max(1, width):
        return [line]
    room = max(1, width)
    lines: Lines = [[]]
    used = 0
    for text, style in line:
        start = 0
        for index, character in enumerate(text):
            size = cells(character)
            if used + size > room:
                lines[-1].append((text[start:index], style))
                lines.append([])
                start, used = index, 0
            used += size
        lines[-1].append((text[start:], style))
    return lines


def parts(text: str) -> Iterator[tuple[bool, str, str]]:
    """Yield (is code, its language, text) for the fenced blocks of a text and what lies between."""
    fence, language, taken = "", "", list[str]()
    for line in text.strip("\n").split("\n"):
        match = _FENCE.fullmatch(line.rstrip())
        if match and (not fence or (line.strip() == fence)):
            if taken or fence:
                yield bool(fence), language, "\n".join(taken)
            taken = []
            fence, language = ("", "") if fence else (match[1], match[2])
        else:
            taken.append(line)
    if taken:
        yield bool(fence), language, "\n".join(taken)


def _paragraphs(text: str, width: int | None, indent: str) -> Lines:
    lines: Lines = []
    for source in _unbroken(_with_formulas(text).expandtabs(TAB)):
        item = _ITEM.match(source)
        lead = len(item[0]) if item else len(source) - len(source.lstrip())
        hanging = " " * (lead if width is None or lead <= width // 3 else 0)
        spans = list(_spans(source.rstrip()))
        lines += _wrapped(spans, width, indent, indent + hanging)
    return lines


def _unbroken(text: str) -> list[str]:
    """Return the lines of a text, those that its author only broke to keep their own file narrow joined again.

    A long line goes on in the next one unless that is blank, indented or the item of a list; short lines are meant.
    """
    lines: list[str] = []
    last = ""
    for line in text.split("\n"):
        goes_on = len(last) >= BROKEN_FROM and line.strip() and not line[0].isspace() and not _ITEM.match(line)
        if goes_on and not last[0].isspace():
            lines[-1] += " " + line
        else:
            lines.append(line)
        last = line
    return lines


def _with_formulas(text: str) -> str:
    """Return the text with its formulas in Unicode; what is between backticks is code and stays."""
    return "".join(part if index % 2 else readable(part) for index, part in enumerate(_CODE_INSIDE.split(text)))


def _spans(text: str) -> Iterator[Span]:
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], ""
        if match["code"]:
            yield match["code"], "code"
        elif match["strong"]:
            yield match["strong"], "strong"
        else:
            yield match["blank"], "accent"
        end = match.end()
    if end < len(text):
        yield text[end:], ""


def _wrapped(spans: list[Span], width: int | None, first: str, others: str) -> Lines:
    """Return spans broken at blanks; `first` and `others` are the indents. A word too long is cut."""
    if width is None or sum(cells(text) for text, _ in spans) + cells(first) <= width:
        return [[(first, ""), *spans]] if spans else [[]]
    room = max(width, cells(others) + 8)
    lines: Lines = [[(first, "")]]
    used, blank = cells(first), False
    for word in _words(spans):
        size = sum(cells(text) for text, _ in word)
        if word[0][0].isspace():
            blank = True
            if used == cells(first) and len(lines) == 1:
                lines[0].append(word[0])
                used += size
                blank = False
            continue
        if used + blank + size > room and used > cells(others):
            lines.append([(others, "")])
            used, blank = cells(others), False
        if blank:
            lines[-1].append((" ", ""))
            used += 1
            blank = False
        # An address stays whole, so that a terminal can open it, and a command for the screen to break.
        is_one = any("://" in text or text.startswith("`mlcoach ") for text, _ in word)
        pieces = [word] if is_one else folded(word, room - used)
        for index, piece in enumerate(pieces):
            if index:
                lines.append([(others, "")])
                used = cells(others)
            lines[-1] += piece
            used += sum(cells(text) for text, _ in piece)
    return lines


def _words(spans: list[Span]) -> Iterator[Line]:
    """Yield runs of blanks and words; a word may have several styles."""
    word: Line = []
    for text, style in spans:
        # A command is one word: it is to be copied.
        is_command = style == "code" and text.startswith("`mlcoach ")
        for part in [text] if is_command else re.findall(r"\s+|\S+", text):
            if part.isspace():
                if word:
                    yield word
                yield [(part, style)]
                word = []
            else:
                word.append((part, style))
    if word:
        yield word


def _highlighted(source: str, language: str) -> Lines:
    from rich.console import Console
    from rich.syntax import Syntax

    text = Syntax("", language, theme="ansi_dark").highlight(source)
    text.rstrip()
    console = Console(width=1000, force_terminal=True)
    return [
        [(segment.text, str(segment.style or "")) for segment in line.render(console) if segment.text]
        for line in text.split("\n")
    ]
