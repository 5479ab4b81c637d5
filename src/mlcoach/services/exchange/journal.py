"""The whole journal out and in: to another machine, or back from it. Joining is the union of both."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from mlcoach.domain.bulk import OnProgress
from mlcoach.domain.text import escaped
from mlcoach.errors import DamagedStoreError, InvalidFileError, NotFoundError, UsageError
from mlcoach.services.exchange.reviews_csv import grouped
from mlcoach.views.exchange import JournalImportView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.union import Line

LONGEST_LINE = 64_000_000  # bytes; taking back an import names each of its entries
MOST_LINES = 5_000_000


class ExportedJournal(NamedTuple):
    """The journal as lines of JSON, how many they are, and how many entries could not be read of a `damaged` store."""

    text: str
    entries: int
    damaged: bool = False
    lost: int = 0


def export_journal(context: "Context") -> ExportedJournal:
    """Return the journal; of a damaged store what can be read of it. Raises StoreError where nothing can."""
    from mlcoach.store.database import explained
    from mlcoach.store.union import journal_lines

    lost, damaged = 0, False
    try:
        with explained(context.places.database):
            lines = list(journal_lines(context.store.connection))
    except (DamagedStoreError, ValueError, TypeError, RecursionError):  # a row, or what is in it
        from mlcoach.store.damage.salvage import salvage

        lines, lost = salvage(context.places.database)
        damaged = True
    return ExportedJournal("".join(escaped(line) + "\n" for line in lines), len(lines), damaged, lost)


def save_journal(context: "Context", exported: ExportedJournal, to: Path) -> None:
    """Write an exported journal to a file, as `save_document` does.

    Where the store is damaged nothing can be recorded, so that undo would not bring a replaced file back: then the file
    must be a new one. Raises UsageError and StoreError.
    """
    from mlcoach.services.files import save_document
    from mlcoach.store.damage.find import find_damage
    from mlcoach.store.damage.new_file import write_new

    if not exported.damaged:
        try:
            save_document(context, exported.text, to)
            return
        except UsageError:
            raise
        except Exception:
            if find_damage(context.places.database) is None:
                raise
    path = to.expanduser().absolute()
    try:
        write_new(path, exported.text)
    except FileExistsError as error:
        raise UsageError(f"`{to}` is there already, and the store is damaged", "name a new file") from error
    except OSError as error:
        raise UsageError(f"cannot write `{to}`: {error.strerror}", "name a new file") from error


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
        context.refuse_if_moved()
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
