"""The whole journal out and in: to another machine, or back from it. Joining is the union of both."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mlcoach.domain.bulk import OnProgress
from mlcoach.errors import InvalidFileError, NotFoundError
from mlcoach.services.exchange.reviews_csv import grouped
from mlcoach.views.exchange import JournalImportView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.union import Line

LONGEST_LINE = 64_000_000  # bytes; taking back an import names each of its entries
MOST_LINES = 5_000_000


def export_journal(context: "Context") -> tuple[str, int]:
    """Return the journal as lines of JSON, and how many."""
    from mlcoach.store.database import explained
    from mlcoach.store.union import journal_lines

    with explained(context.store.path):
        lines = list(journal_lines(context.store.connection))
    return "".join(line + "\n" for line in lines), len(lines)


def import_journal(context: "Context", path: Path, on_progress: OnProgress | None = None) -> JournalImportView:
    """Join another journal to this one, all entries that are sound in one transaction. A second time adds nothing.

    Undo does not take it back: each device takes back what it wrote itself. Raises NotFoundError and InvalidFileError
    for a file that is not a journal, StoreError when nothing could be written.
    """
    from mlcoach.store.database import explained
    from mlcoach.store.union import Joined, join, read_line

    refused: list[tuple[int, str]] = []
    lines: list[Line] = []
    read = 0
    for number, raw in _lines(path):
        read += 1
        try:
            lines.append(read_line(number, raw.decode("utf-8"), context.instant.microseconds))
        except UnicodeDecodeError:
            refused.append((number, "a line that is not UTF-8"))
        except ValueError as error:
            refused.append((number, str(error)))
    if read and not lines:
        raise InvalidFileError(
            f"`{path}` is not a journal: line {refused[0][0]} is {refused[0][1]}", "`mlcoach export journal` writes one"
        )
    joined = Joined(0, 0, [])
    if lines:
        store = context.writable_store()
        with explained(store.path):
            joined = join(store.connection, lines, on_progress)
    found = sorted(refused + joined.refused)
    return JournalImportView(
        file=str(path),
        read=read,
        added=joined.added,
        updated=0,
        skipped=grouped((f"line {number}", reason) for number, reason in found),
        known=joined.known,
    )


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield (number, line) of the lines that are not empty, within the limits."""
    try:
        with path.open("rb") as file:
            yield from _within_limits(path, file)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise NotFoundError(f"no file `{path}`", "name the journal to import") from error
    except OSError as error:
        raise InvalidFileError(f"cannot read `{path}`: {error.strerror}", "make it readable") from error


def _within_limits(path: Path, file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if number > MOST_LINES or (len(line) >= LONGEST_LINE and not line.endswith(b"\n")):
            raise InvalidFileError(f"`{path}` is larger than a journal can be", "`mlcoach export journal` writes one")
        if line.strip():
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
