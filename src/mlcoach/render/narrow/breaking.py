"""A line as several that fit: broken at blanks, its commands whole as far as that is possible."""

import re
from collections.abc import Callable
from typing import NamedTuple

from mlcoach.domain.help.commands import broken_command
from mlcoach.render.spans import Line, Lines

NARROWEST_COLUMN = 24  # cells in which a text can go on below its beginning
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")  # between two columns
_PATH = r"(^|[\s`'\"])~?/\S"
_ENTRY = re.compile(r"\s*(- |\d{1,2}\. )")  # of a list
# In backticks, or behind a colon or as all there is, to the end of a text; a sentence has commas and ends in a stop.
_QUOTED = r"`mlcoach [^`]*`[^\s`]*"
_BARE = r"(?:(?<=: )|^\s*)(?:\$ )?mlcoach (?:[^`\s]*[^`\s,;:.?!](?:\s+|$))+$"
_COMMAND = re.compile(f"{_QUOTED}|{_BARE}")
_ADDRESS = ("https://", "http://")
_MARKED = ("accent", "code")  # styles of text that is a command wherever it begins
_WORDS = re.compile(r"\s+|\S+")

Fitting = Callable[[str, int], str]  # a command and the room for it -> a form that means the same and fits, if any


class _Piece(NamedTuple):
    text: str
    style: str
    is_command: bool = False


def broken(line: Line, width: int, *, rows: bool = True, fitting: Fitting | None = None) -> Lines:
    """Return a line as several that fit, broken at blanks and indented as it was.

    A row of a table goes on below its column, or a little set apart where that column is narrow; without `rows` it
    stays whole. A word is never cut, an address goes to a line of its own, at the margin where it fits only there. A
    line with a path stays whole: the terminal folds it by itself, and what it holds can still be copied.

    A command that does not fit is said shorter where `fitting` knows how, then goes to a line of its own, and only
    what is too long even for that is broken, between words and so that a shell reads it as one. Without `fitting` it
    stays whole there.
    """
    whole = _text(line)
    if len(whole) <= width or not (rows or not _GAP.search(whole.strip())):
        return [line]
    pieces = _with_brackets([piece for text, style in line for piece in _pieces(text, style)])
    if re.search(_PATH, "".join(" " if piece.is_command else piece.text for piece in pieces)):
        return [line]
    if fitting is not None and any(piece.is_command for piece in pieces):
        pieces = _said_shorter(pieces, width, fitting)
        whole = "".join(piece.text for piece in pieces)
        if len(whole) <= width:
            return [_joined([(piece.text, piece.style) for piece in pieces])]
    return _laid_out(pieces, whole, width, may_break=fitting is not None)


def is_code(line: Line) -> bool:
    """Return whether a line is one of a block of code; code within a text has its backticks."""
    inked = [(text, style) for text, style in line if text.strip()]
    return bool(inked) and all(style == "code" for _, style in inked) and not inked[0][0].lstrip().startswith("`")


def _laid_out(pieces: list[_Piece], whole: str, width: int, *, may_break: bool) -> Lines:
    indent, column, is_narrow = _indents(whole, width)
    lines: Lines = [[]]
    used = at = 0
    for index, piece in enumerate(pieces):
        text = piece.text
        at += len(text)
        if text.isspace() and len(lines) > 1 and used == len(indent):
            continue  # the rest of a gap at which the line was broken already
        if text.isspace() and used:
            # The whole next word decides, though it may be of several styles.
            ends = next((at for at in range(index + 1, len(pieces)) if pieces[at].text.isspace()), len(pieces))
            word = "".join(one.text for one in pieces[index + 1 : ends])
            if used + len(text) + len(word) > width or (is_narrow and at == column):
                lines.append([(indent, "")])
                used = len(indent)
                continue
        is_set_apart = used == len(indent) < 2 and lines[1:] and not text.startswith("`")
        if piece.is_command and (used + len(text) > width or is_set_apart):
            used = _put_command(piece, lines, used, width, may_break=may_break)
            continue
        if used + len(text) > width and text.startswith(_ADDRESS) and not _text(lines[-1]).strip():
            lines[-1], used = (
                [],
                0,
            )  # at the margin: the terminal breaks what is too long even there, and copies it whole
        lines[-1].append((text, piece.style))
        used += len(text)
    return [_joined(line) for line in lines]


def _put_command(piece: _Piece, lines: Lines, used: int, width: int, *, may_break: bool) -> int:
    """Put a command that is too long where it stands on a line of its own, broken where it has to be; return the cells
    that are used of the last line."""
    alone = next((indent for indent in ("  ", "") if len(indent) + len(piece.text) <= width), "")
    if used and _text(lines[-1]).strip():
        lines.append([])
    lines[-1] = [(alone, "")] if alone else []
    parts = broken_command(piece.text, width, width - 2) if may_break else [piece.text]
    lines[-1].append((parts[0], piece.style))
    lines += [[("  ", ""), (part, piece.style)] for part in parts[1:]]
    return len(_text(lines[-1]))


def _indents(whole: str, width: int) -> tuple[str, int, bool]:
    """Return what stands before the lines that go on, the column that goes past the edge, and whether it is narrow."""
    indent = whole[: len(whole) - len(whole.lstrip())]
    if entry := _ENTRY.match(whole):  # it goes on below its text
        indent = " " * entry.end()
    starts = [gap.end() for gap in _GAP.finditer(whole) if gap.start() < width]
    column = starts[-1] if starts else 0
    is_narrow = width - column < min(NARROWEST_COLUMN, width // 2)
    if column or _GAP.search(whole):
        indent = f"{indent}  " if is_narrow or not column else " " * column
    return indent, column, is_narrow


def _said_shorter(pieces: list[_Piece], width: int, fitting: Fitting) -> list[_Piece]:
    """Return the pieces with each command as short as it has to be: for the line, else for a line of its own."""
    left = width - sum(len(piece.text) for piece in pieces)
    shorter: list[_Piece] = []
    for piece in pieces:
        if piece.is_command:
            before, command, behind = _parts(piece.text)
            around = len(before) + len(behind)
            here = fitting(command, len(command) + left)
            if len(here) > len(command) + left:
                here = fitting(command, width - around)
            piece = piece._replace(text=before + here + behind)
            left += len(command) - len(here)
        shorter.append(piece)
    return shorter


def _parts(text: str) -> tuple[str, str, str]:
    """Return what stands before a command, the command, and what stands behind it."""
    start = text.index("mlcoach ")
    end = text.rindex("`") if "`" in text[:start] else len(text)
    return text[:start], text[start:end], text[end:]


def _pieces(text: str, style: str) -> list[_Piece]:
    """Return blanks and words; a command is one word: it is to be copied."""
    found: list[_Piece] = []
    end = 0
    marked = style in _MARKED and text.lstrip().startswith("mlcoach ")
    commands = [(len(text) - len(text.lstrip()), len(text.rstrip()))] if marked else []
    commands = commands or [match.span() for match in _COMMAND.finditer(text)]
    for start, stop in commands:
        start += len(text[start:stop]) - len(text[start:stop].lstrip())
        found += [_Piece(word, style) for word in _WORDS.findall(text[end:start])]
        found.append(_Piece(text[start:stop], style, True))
        end = stop
    return found + [_Piece(word, style) for word in _WORDS.findall(text[end:])]


def _with_brackets(pieces: list[_Piece]) -> list[_Piece]:
    """Return the pieces, each command with the brackets and stops that touch it."""
    joined: list[_Piece] = []
    for piece in pieces:
        touches = joined and not piece.text.isspace() and not joined[-1].text.isspace()
        if touches and (piece.is_command or joined[-1].is_command):
            before = joined.pop()
            style = piece.style if piece.is_command else before.style
            joined.append(_Piece(before.text + piece.text, style, True))
        else:
            joined.append(piece)
    return joined


def _joined(line: Line) -> Line:
    """Return a line with what follows in one style as one span."""
    joined: Line = []
    for text, style in line:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + text, style)
        elif text:
            joined.append((text, style))
    return joined


def _text(line: Line) -> str:
    return "".join(text for text, _ in line)
