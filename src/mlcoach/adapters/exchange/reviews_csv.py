"""Answers as a table: the CSV columns that the FSRS optimizers share, read from other programs and written.

Whatever cannot be an answer is left out and counted by its reason; a file that is not such a table at all is refused.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from mlcoach.domain.text import first_hostile
from mlcoach.errors import InvalidFileError, NotFoundError

COLUMNS = ("card_id", "review_time", "review_rating", "review_state", "review_duration")
NEEDED = COLUMNS[:3]
# As the log of the package `fsrs` calls them.
OTHER_NAMES = {"rating": "review_rating", "review_datetime": "review_time"}
NO_STATE, NEW, LEARNING, REVIEW, FILTERED, MANUAL = -1, 0, 1, 2, 4, 5
LARGEST_FILE = 400_000_000  # bytes
MOST_ROWS = 2_000_000
LONGEST_ID = 300
LONGEST_ANSWER = 24 * 3_600_000  # milliseconds
# Since 2001 in seconds; in milliseconds it would be 1970 to 1973, when nobody answered a card.
SECONDS = range(1_000_000_000, 100_000_000_000)
# Answers of one instant are exported one after the other, a millisecond apart: the last may lie beyond now.
SAME_INSTANT = 1_000
HEADER_HINT = f"its first line names the columns: {','.join(COLUMNS)}"

_RATINGS = {"1": 1, "2": 2, "3": 3, "4": 4, "1.0": 1, "2.0": 2, "3.0": 3, "4.0": 4}
_STATES = {"": NO_STATE} | {str(number): number for number in range(6)} | {f"{n}.0": n for n in range(6)}


class ReviewRow(NamedTuple):
    """One row: `instant` in milliseconds since 1970 UTC, `duration` in milliseconds, `state` -1 where none is given.

    States are 0 new, 1 learning, 2 review, 3 relearning, 4 filtered, 5 manual.
    """

    card: str
    instant: int
    rating: int
    state: int = NO_STATE
    duration: int = 0


class ReviewsFile(NamedTuple):
    """The answers of a file in the order of time, how many rows it has, and (line, reason) of what is not an answer.

    `by_hand` rows are entries of Anki's log that set a card by hand: not answers, so none is missing. With `in_seconds`
    its times were seconds, and were read so.
    """

    answers: list[ReviewRow]
    rows: int
    refused: list[tuple[int, str]]
    in_seconds: bool = False
    by_hand: int = 0


def read_reviews(path: Path, now: int) -> ReviewsFile:
    """Return the answers of a CSV file. `now` is in milliseconds since 1970 UTC; nothing later can have happened.

    Raises NotFoundError for a file that is not there, InvalidFileError for one that is not such a table or too large.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise NotFoundError(f"no file `{path}`", "name the CSV file to import") from error
    except OSError as error:
        raise InvalidFileError(f"cannot read `{path}`: {error.strerror}", "make it readable") from error
    if len(raw) > LARGEST_FILE:
        raise InvalidFileError(
            f"`{path}` is over {LARGEST_FILE // 1_000_000} MB and is not read", "split it into several files"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFileError(f"`{path}` is not UTF-8 text", "save it as UTF-8 with commas") from error
    return parse_reviews(text, now, str(path))


def parse_reviews(text: str, now: int, name: str = "this file") -> ReviewsFile:
    """Return the answers of a text, as `read_reviews` does."""
    reader = csv.reader(StringIO(text, newline=""))
    positions = _positions(reader, name)
    card_at, time_at, rating_at, state_at, duration_at = (positions.get(column, -1) for column in COLUMNS)
    least = max(card_at, time_at, rating_at) + 1
    answers: list[ReviewRow] = []
    refused: list[tuple[int, str]] = []
    checked: dict[str, str] = {}  # id -> what is wrong with it
    # Of the answers whose times may be seconds: the line, and the milliseconds of a fraction.
    lines: dict[int, int] = {}
    exact: dict[int, int] = {}
    rows = by_hand = 0
    for line, fields in _lines(reader):
        rows += 1
        if rows > MOST_ROWS:
            raise InvalidFileError(
                f"`{name}` has more than {MOST_ROWS:,} rows and is not imported", "split it into several files"
            )
        if len(fields) < least:
            refused.append((line, "a row with too few columns"))
            continue
        card = fields[card_at].strip()
        wrong = checked.get(card)
        if wrong is None:
            wrong = checked[card] = _wrong_with(card)
        rating = _RATINGS.get(fields[rating_at].strip(), 0)
        instant = _instant(fields[time_at])
        state = _STATES.get(fields[state_at].strip()) if 0 <= state_at < len(fields) else NO_STATE
        if state == MANUAL:
            by_hand += 1
            continue
        if state == FILTERED:
            wrong = wrong or "an answer while cramming, which does not affect scheduling"
        elif not rating:
            wrong = wrong or "a rating that is not 1 to 4"
        elif instant is None:
            wrong = wrong or "a time that cannot be read"
        elif not 0 < instant <= now + SAME_INSTANT:
            wrong = wrong or ("a time still to come" if instant > now else "a time before 1970")
        elif state is None:
            wrong = wrong or "a state that is not 0 to 5"
        if wrong:
            refused.append((line, wrong))
            continue
        assert instant is not None and state is not None
        duration = 0
        if 0 <= duration_at < len(fields) and fields[duration_at]:
            given = _number(fields[duration_at])
            if given is None or given < 0:
                refused.append((line, "an invalid duration; the answer is kept without it"))
            else:
                duration = min(given, LONGEST_ANSWER)
        if instant in SECONDS:
            lines[len(answers)] = line
            if "." in fields[time_at]:
                exact[len(answers)] = round(float(fields[time_at]) * 1000)
        answers.append(ReviewRow(card, instant, rating, state, duration))
    in_seconds = [answer.instant in SECONDS for answer in answers]
    if answers and all(in_seconds) and all(answer.instant * 1000 <= now for answer in answers):
        answers = [
            answer._replace(instant=exact.get(number, answer.instant * 1000)) for number, answer in enumerate(answers)
        ]
    elif any(in_seconds):
        wrong = "a time that would be seconds, among others that are milliseconds"
        refused = sorted([*refused, *((lines[number], wrong) for number, odd in enumerate(in_seconds) if odd)])
        answers = [answer for answer, odd in zip(answers, in_seconds, strict=True) if not odd]
        in_seconds = []
    answers.sort(key=lambda answer: answer.instant)
    return ReviewsFile(answers, rows, refused, bool(in_seconds) and all(in_seconds), by_hand)


def format_reviews(answers: Iterable[ReviewRow]) -> str:
    """Return answers as a CSV text with its header, from which `parse_reviews` reads the same."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for card, instant, rating, state, duration in answers:
        writer.writerow((card, instant, rating, "" if state == NO_STATE else state, duration))
    return out.getvalue()


def _positions(reader: "Iterator[list[str]]", name: str) -> dict[str, int]:
    """Return where each known column is, by the header."""
    try:
        header = next(reader, [])
    except csv.Error:
        header = []
    positions: dict[str, int] = {}
    for position, title in enumerate(header):
        plain = title.strip().lower()
        column = OTHER_NAMES.get(plain, plain)
        if column in COLUMNS:
            if column in positions:
                raise InvalidFileError(f"`{name}` has two columns `{column}`", HEADER_HINT)
            positions[column] = position
    missing = [column for column in NEEDED if column not in positions]
    if missing:
        raise InvalidFileError(f"`{name}` has no column `{missing[0]}`", HEADER_HINT)
    return positions


def _lines(reader: "csv._reader") -> Iterator[tuple[int, list[str]]]:  # type: ignore[name-defined]
    """Yield (line, fields) of the rows that hold anything; a row that is not CSV has no fields."""
    while True:
        try:
            for fields in reader:
                if fields:
                    yield reader.line_num, fields
            return
        except csv.Error:
            yield reader.line_num, []


def _wrong_with(card: str) -> str:
    if not card:
        return "a row without a card"
    if len(card) > LONGEST_ID or "\n" in card or "\t" in card or first_hostile(card):
        return "an invalid card id"
    return ""


def _instant(text: str) -> int | None:
    """Return milliseconds since 1970 UTC of a number or an ISO time, which is UTC where it names no offset."""
    number = _number(text)
    if number is not None:
        return number
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    try:
        return round(instant.timestamp() * 1000)
    except (OverflowError, ValueError):
        return None


def _number(text: str) -> int | None:
    """Return a whole number, also one that a spreadsheet wrote as 1711684180217.0."""
    # Longer ones cannot be times, and reading thousands of digits takes time.
    if len(text) > 25:
        return None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return round(float(text))
    except (ValueError, OverflowError):
        return None
