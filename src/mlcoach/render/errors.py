"""Errors as people read them: what, where with the line and a caret, and the remedy."""

from typing import NamedTuple

from mlcoach.errors import InvalidFileError, MlcoachError, SourceLocation
from mlcoach.render.layout import cells
from mlcoach.render.screen import SPOKEN, Lines, drawn

LONGEST_SOURCE = 100
HINT_INDENT = " " * len("hint: ")


class ErrorView(NamedTuple):
    """An error as JSON: a stable code, the message and the remedy."""

    code: str
    message: str
    hint: str


def error_view(error: MlcoachError) -> ErrorView:
    """Return the error for scripts."""
    return ErrorView(error.code, error.message, error.hint)


def error_lines(error: MlcoachError) -> Lines:
    """Return the error for a person."""
    lines: Lines = [[("error: ", "bad"), (error.message, "strong")]]
    if isinstance(error, InvalidFileError) and error.place:
        lines += place_lines(error.place)
    if error.hint:
        first, *others = error.hint.split("\n")
        lines.append([("hint: ", "accent"), (first, "")])
        lines += [[(line if line[:1].isspace() else HINT_INDENT + line, "")] for line in others]
    return lines


def place_lines(place: SourceLocation, width: int | None = None) -> Lines:
    """Return the place in a file: its name, the source line and a caret below what is meant.

    On a terminal of `width` cells the source line is cut to fit, for a caret below a broken line points nowhere.
    """
    lines: Lines = [
        [
            drawn("  --> ", "muted"),
            drawn(f"{place.file}:{place.line}:{place.column}"),
            (f"line {place.line}, column {place.column} of {place.file}", SPOKEN),
        ]
    ]
    if not place.source_line.strip():
        return lines
    source = place.source_line.rstrip("\n").replace("\t", " ")
    column, length = place.column, max(1, place.length)
    number = str(place.line)
    margin = " " * len(number)
    longest = LONGEST_SOURCE if width is None else max(20, min(LONGEST_SOURCE, width - len(number) - 3))
    if len(source) > longest:
        # A long line is shown around the place that matters.
        start = max(0, min(column - longest // 5, len(source) - longest))
        source, column = source[start : start + longest], column - start
    before = cells(source[: column - 1])
    marked = max(1, min(length, longest - column + 1))
    lines.append([drawn(f"{margin} |", "muted")])
    lines.append([drawn(f"{number} | ", "muted"), ("reads: ", SPOKEN), (source, "")])
    lines.append([drawn(f"{margin} | ", "muted"), drawn(" " * before + "^" * marked, "bad")])
    return lines
