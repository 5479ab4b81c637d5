"""The one way in which commands write the learner's files: whole or not at all, with a copy that undo can put back.

A file goes to a temporary one beside it first, is forced to the disk and then takes the old one's place, so that at
any time there is the old text or the new. Copies of both lie below `backups/files`, named by their digest; the
journal says which command wrote what.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.bulk import OnProgress
from mlcoach.domain.events import Body, FileWritten
from mlcoach.errors import InvalidFileError, StoreError, UsageError
from mlcoach.services.record import record, record_all
from mlcoach.store.append import NewEvent

if TYPE_CHECKING:
    from mlcoach.services.context import Context


class Replaced(NamedTuple):
    """A file of the learner's and what stood in it (None for no file), for putting it back."""

    path: Path
    content: bytes | None


def write_file(
    context: "Context", path: Path, text: str | bytes | None, also: tuple[Body, ...] = ()
) -> FileWritten | None:
    """Write a text to a file (None removes it) and record it, with the events `also`, as one step of undo.

    Returns what was recorded, or None when the file already reads so; then nothing is written but `also`. Raises
    StoreError when file, copy or journal cannot be written; then the file is as it was.
    """
    return next(iter(write_files(context, {path: text}, also)), None)


def write_files(
    context: "Context",
    texts: Mapping[Path, str | bytes | None],
    also: tuple[Body, ...] = (),
    new: Sequence[NewEvent] = (),
    on_progress: OnProgress | None = None,
) -> tuple[FileWritten, ...]:
    """Write several files, all or none of them, as one step of undo. Returns and raises as `write_file` does.

    `new` are entries with days and instants of their own that belong to the step, whose folding `on_progress` hears.
    """
    contents = {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}
    before = {path: _read(path) for path in contents}
    changed = [path for path in contents if before[path] != contents[path]]
    if not changed and not also and not new:
        return ()
    if changed:
        _open_store(context)
    bodies = tuple(
        FileWritten(_name(context, path), _keep(context, path, before[path]), _keep(context, path, contents[path]))
        for path in changed
    )
    replaced: list[Replaced] = []
    try:
        for path in changed:
            replaced.append(put(path, contents[path]))
            _forget_settings(context, path)
        if new:
            own = [NewEvent(body, context.today) for body in (*bodies, *also)]
            record_all(context, [*own, *new], on_progress)
        else:
            record(context, *bodies, *also, opens_day=False)
    except BaseException:
        for one in replaced:
            put(*one)
            _forget_settings(context, one.path)
        raise
    return bodies


def turn_back(context: "Context", body: FileWritten) -> Replaced:
    """Put back what a command replaced, if the file is as the command left it. Returns what stood there.

    Raises UsageError, naming the copy, for a file that has changed since.
    """
    return _exchange(context, body.path, found=body.digest_after, wanted=body.digest_before)


def turn_forward(context: "Context", body: FileWritten) -> Replaced:
    """Put in place again what undo took away, if the file is as undo left it. Raises as `turn_back` does."""
    return _exchange(context, body.path, found=body.digest_before, wanted=body.digest_after)


def put(path: Path, content: bytes | None) -> Replaced:
    """Replace a file as a whole (None removes it) and return what stood there. Raises StoreError.

    A link stays a link: what it points to is replaced. A new file gets the rights that the old one had.
    """
    target = path.resolve()
    before = _read(target)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        if content is None:
            target.unlink(missing_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with partial.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                if before is not None:
                    partial.chmod(target.stat().st_mode & 0o7777)
                partial.replace(target)
            finally:
                partial.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except OSError as error:
        raise StoreError(
            f"cannot write `{path}`: {error.strerror}", "make its folder writable; nothing was changed"
        ) from error
    return Replaced(path, before)


def path_of(context: "Context", body: FileWritten) -> Path:
    """Return the file that an event speaks of, in this home: the home may have moved since."""
    for root, folder in _roots(context):
        if body.path.startswith(f"{root}/"):
            return folder / body.path.removeprefix(f"{root}/")
    return Path(body.path)


def copy_of(context: "Context", path: Path, digest: str) -> Path:
    """Return where the copy with this digest lies."""
    return context.places.backups / "files" / f"{digest}{path.suffix}"


def _exchange(context: "Context", name: str, *, found: str, wanted: str) -> Replaced:
    path = path_of(context, FileWritten(name, found, wanted))
    content = _read(path)
    digest = _digest(content)
    if digest == wanted:
        return Replaced(path, content)  # it was put back by hand, or a kill came between file and journal
    copy = copy_of(context, path, wanted)
    if digest != found:
        hint = f"the text it would get is in {copy}" if wanted else "it would be removed; do so by hand if you like"
        raise UsageError(f"`{path}` has been changed since, so it was left as it is", hint)
    if not wanted:
        replaced = put(path, None)
    else:
        kept = _read(copy)
        if kept is None or _digest(kept) != wanted:
            raise StoreError(f"the copy `{copy}` is missing or damaged", f"`{path}` was left as it is")
        replaced = put(path, kept)
    _forget_settings(context, path)
    return replaced


def _open_store(context: "Context") -> None:
    """Open the store before anything is touched, so that a store that cannot be written stops the command here."""
    # Where the settings are broken, what comes now may be what repairs them.
    with suppress(InvalidFileError):
        context.writable_store()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"cannot read `{path}`: {error.strerror}", "nothing was changed") from error


def _digest(content: bytes | None) -> str:
    if content is None:
        return ""
    from hashlib import blake2b

    return blake2b(content, digest_size=16).hexdigest()


def _keep(context: "Context", path: Path, content: bytes | None) -> str:
    """Keep a copy of a content and return its digest, "" for no file."""
    digest = _digest(content)
    if content is not None:
        copy = copy_of(context, path, digest)
        if _read(copy) != content:
            put(copy, content)
            # Notes and overlays are as private as the journal.
            copy.chmod(0o600)
    return digest


def _name(context: "Context", path: Path) -> str:
    """Return the file's name in the journal: relative to its folder, so that a home can be moved."""
    for root, folder in _roots(context):
        if path.is_relative_to(folder):
            return f"{root}/{path.relative_to(folder).as_posix()}"
    return str(path)


def _roots(context: "Context") -> tuple[tuple[str, Path], ...]:
    return (("config", context.places.config), ("data", context.places.data))


def _forget_settings(context: "Context", path: Path) -> None:
    """Let the settings be read again after their file was written; day and instant of the command stay."""
    if path == context.places.config_file:
        context.__dict__.pop("settings", None)


def _sync_folder(folder: Path) -> None:
    """Force the folder's entry to the disk, where the system lets a folder be opened."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def save_document(context: "Context", content: str | bytes, to: Path | str) -> str:
    """Write a document to the file named, whole or not at all, as one step of undo, and return its path.

    A pipe or a device takes what it gets, and nothing is recorded. Raises UsageError for a folder, or a file in one
    that is not there, StoreError where it cannot be written.
    """

    path = Path(to).expanduser().absolute()
    if path.is_dir():
        raise UsageError(f"`{to}` is a folder", "name a file")
    if not path.parent.is_dir():
        raise UsageError(f"cannot write `{to}`: its folder is not there", "name a file in a folder that is there")
    if path.exists() and not path.is_file():
        _hand_to_device(path, content)
    else:
        write_file(context, path, content)
    return str(path)


def _hand_to_device(path: Path, content: str | bytes) -> None:
    try:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise UsageError(f"cannot write `{path}`: {error.strerror}", "name a file") from error
