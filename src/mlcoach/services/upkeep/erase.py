"""`undo --erase`: a private line that was written by mistake goes for ever, and everything else of its entry stays."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.erasing import command_without_text, has_free_text, is_erased
from mlcoach.domain.event_keys import is_circumstance
from mlcoach.domain.events import Event, FileWritten
from mlcoach.errors import NotFoundError
from mlcoach.services.upkeep.undo import describe
from mlcoach.views.work.erase import ErasedView, ErasingView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_NUMBER = 10  # digits
Found = list[tuple[ErasingView, list[Event]]]


def find(context: "Context", names: Sequence[str]) -> Found:
    """Return the commands that are meant, each with all its entries: numbers of `undo --list`, or ids of entries.

    Without a name the last command. What was erased before can be erased again, for copies that were held by another
    program then. Raises NotFoundError.
    """
    found: Found = []
    for name in names or ("1",):
        events = _named(context, name)
        if any(events == others for _, others in found):
            continue
        texts = [event for event in events if has_free_text(event.body) and not is_erased(event)]
        shown = "; ".join(describe(context, event) for event in events[:3] if not is_circumstance(event.body))
        found.append((ErasingView(context.store.typed(events[0].id), shown, len(texts)), events))
    return found


def _named(context: "Context", name: str) -> list[Event]:
    if name.isascii() and name.isdecimal() and len(name) < LONGEST_NUMBER:
        number = int(name)
        steps = context.store.undoable(number)
        if not 1 <= number == len(steps):
            raise NotFoundError(f"there is no entry {name} to erase", "`mlcoach undo --list` shows what there is")
        return context.store.of_one_command(steps[-1].ids[:1])
    events = context.store.of_one_command([name])
    if not events:
        raise NotFoundError(f"no entry `{name[:60]}`", "`mlcoach log` lists them with their ids")
    return events


def question(found: Found) -> str:
    """Return what is asked before."""
    commands = "; ".join(f"`{view.command[:200]}` ({view.summary})" for view, _ in found)
    return (
        f"Erase the words in {commands}? They go from the journal, from all backups, and from other machines when the"
        " journals are joined. Minutes, days and answers stay. This cannot be undone."
    )


class Forgotten(NamedTuple):
    """How many backups have the words no more, those that could not be written, and whether the store's file has not.

    `files` are those which the commands wrote and that are still there.
    """

    backups: int
    left: tuple[Path, ...]
    is_clean: bool
    files: tuple[str, ...]


def erase(context: "Context", found: Found) -> ErasedView:
    """Blank the text of these commands for ever, here and in all backups. Raises StoreError.

    Copies that were kept of files which these commands wrote are removed; the files themselves are the learner's.
    """
    from mlcoach.store.database import explained
    from mlcoach.store.erasing.erase import erase as erase_in_journal

    ids = tuple(event.id for _, events in found for event in events)
    store = context.writable_store()
    with explained(store.path):
        if not all(is_erased(event) for _, events in found for event in events):
            step = store.new_command()
            erase_in_journal(store.connection, ids, context.instant, context.today, step, context.command_text)
        gone = forget_words(context, ids)
    return ErasedView(
        commands=tuple(view._replace(command=command_without_text(view.command)) for view, _ in found),
        entries=ids,
        backups=gone.backups,
        left=tuple(str(path) for path in gone.left),
        files=gone.files,
        clean=gone.is_clean,
    )


def forget_words(context: "Context", ids: Sequence[str]) -> Forgotten:
    """Let the words of erased entries go from all that is kept beside the journal: unused pages, backups, copies."""
    from mlcoach.adapters.notes import note_index
    from mlcoach.services import files, made_files
    from mlcoach.store.erasing.backups import erase_in_copies
    from mlcoach.store.erasing.erase import clean

    store = context.writable_store()
    is_clean = clean(store.connection)
    context.refuse_if_moved()
    backups, left = erase_in_copies(context.places.backups, ids)
    (context.places.cache / note_index.FILE_NAME).unlink(missing_ok=True)  # it is made again without what is gone
    theirs = []
    for body in (event.body for event in store.of_one_command(ids)):
        if isinstance(body, FileWritten):
            path = files.path_of(context, body)
            if body.digest_after:
                made_files.put(context, files.copy_of(context, path, body.digest_after), None)
            if path.exists():
                theirs.append(str(path))
    return Forgotten(backups, tuple(left), is_clean, tuple(dict.fromkeys(theirs)))
