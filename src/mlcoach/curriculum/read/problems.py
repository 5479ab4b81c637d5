"""What is wrong with a curriculum file, as values: where, what and the remedy. No terminal in here."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from mlcoach.domain.text import one_line, visible

Severity = Literal["error", "warning"]

# Longer lines are not worth showing: a caret in them is not found.
LONGEST_SHOWN_LINE = 400
# Python writes out numbers of up to 4300 digits only.
LONGEST_NUMBER = 1000  # bits


class Problem(NamedTuple):
    """One finding. `line` and `column` count from 1, in characters; `length` is the width of the caret.

    `source_line` is safe to show: control characters are replaced one for one, so columns keep their
    place; it is empty when the line is too long to show. `code` is a stable slug.
    """

    severity: Severity
    file: str
    line: int
    column: int
    length: int
    source_line: str
    code: str
    message: str
    hint: str = ""


class CheckCounts(NamedTuple):
    """What a check has looked at."""

    files: int = 0
    subjects: int = 0
    units: int = 0
    cards: int = 0
    exercises: int = 0
    papers: int = 0


class Report(NamedTuple):
    """The result of a check, sorted by file and line."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    counts: CheckCounts


def shown(value: object, limit: int = 60) -> str:
    """Return a value from a file as it may be in a message: one line, no control characters, not long."""
    if isinstance(value, int) and value.bit_length() > LONGEST_NUMBER:
        return "a very large number"
    text = one_line(str(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"


def shown_line(line: str, column: int, length: int) -> tuple[str, int]:
    """Return a source line that is safe to show, and the caret's width cut to fit it."""
    if column > LONGEST_SHOWN_LINE:
        return "", 1
    clean = visible(line.replace("\t", " "))
    if len(clean) > LONGEST_SHOWN_LINE:
        clean = clean[: LONGEST_SHOWN_LINE - 1] + "…"
    return clean, max(1, min(length, len(clean) - column + 1))


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate most like the word, or "" when none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word[:100], list(candidates), n=1, cutoff=0.6)
    return found[0] if found else ""


def did_you_mean(word: str, candidates: Iterable[str], otherwise: str = "") -> str:
    """Return the hint that names the nearest candidate, or `otherwise`."""
    near = nearest(word, candidates)
    return f"did you mean `{near}`?" if near else otherwise
