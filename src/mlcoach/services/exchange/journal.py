"""The whole journal out and in: to another machine, or back from it. Joining is the union of both."""

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from mlcoach.domain.bulk import OnProgress
from mlcoach.domain.text import escaped
from mlcoach.domain.time.study_days import format_day
from mlcoach.errors import DamagedStoreError, InvalidFileError, NotFoundError, UsageError
from mlcoach.services.device import settle
from mlcoach.services.exchange.reviews_csv import grouped
from mlcoach.services.upkeep.erase import forget_words
from mlcoach.store.backups import back_up
from mlcoach.store.copies import REFUSED, Line, forks
from mlcoach.store.database import explained
from mlcoach.store.erasing.erase import erased_here
from mlcoach.store.union import ImportNote, Joined, NotAnEntryError, brings_something, join, journal_lines, read_line
from mlcoach.views.exchange import JournalImportView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.store import Store

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


def import_journal(
    context: "Context", path: Path, on_progress: OnProgress | None = None, *, join_copies: bool = False
) -> JournalImportView:
    """Join another journal to this one, all entries that are sound in one transaction. A second time adds nothing.

    The store is backed up before, and undo takes back what came, as one step, on this device. Entries that a copy of
    this home wrote under the same name are joined with `join_copies`, or when the learner says so; else refused.
    Raises NotFoundError and InvalidFileError for a file that is not a journal, StoreError when nothing could be
    written.
    """
    read = _read(context, path)
    joined = Joined(0, 0, [])
    backup = None
    if read.lines:
        settle(context)
        store = context.writable_store()
        with explained(store.path):
            join_copies = join_copies or wants_copies(context, store, read.lines)
            if join_copies or brings_something(store.connection, read.lines):
                backup = _backed_up(context, store)
            known = erased_here(store.connection)
            step = store.new_command()
            note = ImportNote(context.instant, context.today, step, context.command_text)
            joined = join(store.connection, read.lines, on_progress, note, join_copies=join_copies)
            if gone := erased_here(store.connection) - known:
                forget_words(context, sorted(gone))
        context.refuse_if_moved()
    found = sorted(read.refused + joined.refused)
    return JournalImportView(
        file=str(path),
        read=read.number,
        added=joined.added,
        updated=0,
        skipped=grouped((f"line {number}", reason) for number, reason in found),
        known=joined.known,
        backup=backup,
        can_undo=joined.noted,
        copies=any(reason == REFUSED for _, reason in joined.refused),
    )


class _Read(NamedTuple):
    """The lines of a file: how many, those that are entries, and (line, reason) of the others."""

    number: int
    lines: list[Line]
    refused: list[tuple[int, str]]


def _read(context: "Context", path: Path) -> _Read:
    """Read a journal. Raises InvalidFileError where no line can be one of a journal."""
    refused: list[tuple[int, str]] = []
    lines: list[Line] = []
    number = strange = 0
    for at, raw in _lines(path):
        number += 1
        try:
            lines.append(read_line(at, raw.decode("utf-8"), context.instant.microseconds))
        except (UnicodeDecodeError, NotAnEntryError) as error:
            strange += 1
            refused.append((at, "a line that is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)))
        except ValueError as error:
            refused.append((at, str(error)))
    if number and strange == number:
        raise InvalidFileError(
            f"`{path}` is not a journal: line {refused[0][0]} is {refused[0][1]}", "`mlcoach export journal` writes one"
        )
    return _Read(number, lines, refused)


def wants_copies(context: "Context", store: "Store", lines: list[Line]) -> bool:
    """Return whether the learner wants the entries of a copied home joined; False without a terminal."""
    if context.confirm is None:
        return False
    found = [fork for fork in forks(store.connection, lines) if not fork.known]
    if not found:
        return False
    since = format_day(date.fromisoformat(min(fork.since for fork in found)), context.today)
    here, there = sum(fork.here for fork in found), sum(fork.there for fork in found)
    return context.confirm(
        f"This journal comes from a copy of this home. Since {since} both wrote under the same name:"
        f" {_counted(here)} here, {_counted(there)} there. Join them, so that one side gets a name of its own?"
        " Nothing is dropped, and a backup is made first."
    )


def _counted(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _backed_up(context: "Context", store: "Store") -> str | None:
    """Copy the store before it is changed and return the copy's name; None while it has no entry."""
    if store.newest_recorded() is None:
        return None
    return back_up(store.connection, context.places.backups, context.now.astimezone(UTC)).stem


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
