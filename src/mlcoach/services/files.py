"""The one way in which commands change the learner's files: alone, whole or not at all, and so that undo can put back.

`change` holds a lock of this home from before a file is read until after the journal has its entry, so that no other
command writes in between. An editor asks for no lock: what was read is compared with what is there before it is
replaced, and where it differs the change is made again from the new text. Copies of what was and what comes lie below
`backups/files`, named by their digest; the journal says which command wrote what.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from mlcoach.adapters import whole_file
from mlcoach.adapters.lock import awaited
from mlcoach.adapters.whole_file import ChangedMeanwhileError, Replaced
from mlcoach.domain.bulk import OnProgress
from mlcoach.domain.events import Body, FileWritten
from mlcoach.errors import InvalidFileError, MlcoachError, StoreError, UsageError
from mlcoach.services.device import settle
from mlcoach.services.made_files import TRIES, make_folders, put
from mlcoach.services.record import record, record_all
from mlcoach.store.append import NewEvent

if TYPE_CHECKING:
    from mlcoach.services.context import Context

T = TypeVar("T")
LOCK = "files.lock"


def change(context: "Context", decide: "Callable[[OwnFiles], T]") -> T:
    """Change files of the learner's, while no other command does, and return what `decide` returns.

    `decide` reads with the OwnFiles it gets and writes with their `write`, as its last deed; it is called again when
    another program has saved one of the files in between. Settings and curriculum are read afresh first. Raises
    StoreError when another command holds the files for a minute, ChangedMeanwhileError for a file that is saved again
    and again, and what `decide` raises; then nothing was changed.
    """
    if context.places.database.exists():
        settle(context)  # it may ask something, and nobody is to wait for the answer behind the lock
    with _alone(context):
        for _ in range(TRIES - 1):
            with suppress(ChangedMeanwhileError):
                return decide(_read_afresh(context))
        return decide(_read_afresh(context))


def write_file(
    context: "Context", path: Path, text: str | bytes | None, also: tuple[Body, ...] = ()
) -> FileWritten | None:
    """Write a text that owes nothing to what is in the file (None removes it), as `OwnFiles.write` does.

    Returns what was recorded, or None when the file already reads so; then nothing is written but `also`.
    """
    return change(context, lambda own: next(iter(own.write({path: text}, also)), None))


class OwnFiles:
    """The learner's files while no other command changes them: what was read of them, and what they are to be."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._known: dict[Path, bytes | None] = {}
        self._command = ""

    def read(self, path: Path) -> bytes | None:
        """Return what is in a file, None for no file. Raises StoreError."""
        if path not in self._known:
            self._recover(path)
            self._known[path] = whole_file.read(path)
        return self._known[path]

    def text(self, path: Path) -> str | None:
        """Return the text of a file with plain line feeds, None for no file. Raises InvalidFileError and StoreError."""
        content = self.read(path)
        return None if content is None else decoded(path, content)

    def read_curriculum(self) -> None:
        """Read all of the learner's curriculum files, for a change that is made of all of them. Raises StoreError."""
        from mlcoach.curriculum.read.find import list_files

        folder = self._context.places.curriculum
        for stamp in list_files(folder):
            with suppress(StoreError):  # what cannot be read is left out of the curriculum
                self.read(folder / stamp.name)

    def write(
        self,
        texts: Mapping[Path, str | bytes | None],
        also: tuple[Body, ...] = (),
        new: Sequence[NewEvent] = (),
        on_progress: OnProgress | None = None,
        *,
        private: bool = True,
    ) -> tuple[FileWritten, ...]:
        """Write several files, all or none of them, and record it with the events `also`, as one step of undo.

        `new` are entries with days and instants of their own that belong to the step, whose folding `on_progress`
        hears; without `private` an existing file keeps its rights. Returns what was recorded. Raises StoreError when
        files, copies or journal cannot be written, ChangedMeanwhileError when a file is no longer what was read; then
        all of them are as they were.
        """
        context = self._context
        contents = {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}
        changed = [path for path in contents if self.read(path) != contents[path]]
        if not changed and not also and not new:
            return ()
        if changed:
            _open_store(context)
        bodies = tuple(
            FileWritten(_name(context, path), self._keep(path, self.read(path)), self._keep(path, contents[path]))
            for path in changed
        )
        with self.together() as replaced:
            for path in changed:
                replaced.append(self._put(path, contents[path], private=private))
            if new:
                own = [NewEvent(body, context.today) for body in (*bodies, *also)]
                record_all(context, [*own, *new], on_progress, command=self.command())
            else:
                record(context, *bodies, *also, opens_day=False, command=self.command())
        return bodies

    def carry(self, contents: Mapping[Path, bytes | None], erased: Set[str] = frozenset()) -> None:
        """Let files be what another machine made of them (None for no file), all or none of them.

        There is no entry: undo is for what was done here. What they said before is kept among the copies, unless its
        digest is among the `erased`. Raises as `write` does.
        """
        changed = [path for path in contents if self.read(path) != contents[path]]
        for path in changed:
            for content in (self.read(path), contents[path]):
                if _digest(content) not in erased:
                    self._keep(path, content)
        replaced: list[Replaced] = []
        try:
            for path in changed:
                replaced.append(self._put(path, contents[path]))  # noqa: PERF401 - what was done so far is put back
        except BaseException as error:
            self._put_back(replaced, error)
            raise
        finally:
            for one in replaced:
                whole_file.settle(one)

    @contextmanager
    def together(self) -> Iterator[list[Replaced]]:
        """Keep what was replaced, once the entry of `command()` is in the journal; put all of it back otherwise."""
        replaced: list[Replaced] = []
        try:
            yield replaced
        except BaseException as error:
            # Interrupted behind the entry, as while a backup is made: the journal has it, so it is done.
            if not self._is_recorded():
                self._put_back(replaced, error)
            raise
        finally:
            for one in replaced:
                whole_file.settle(one)

    def command(self) -> str:
        """Return the name of this step in the journal."""
        if not self._command:
            self._command = self._context.writable_store().new_command()
        return self._command

    def turn_back(self, body: FileWritten) -> Replaced | None:
        """Put back what a command replaced, if the file is as the command left it; None where it was put back already.

        Raises UsageError, naming the copy, for a file that has changed since.
        """
        return self._exchange(body.path, found=body.digest_after, wanted=body.digest_before)

    def turn_forward(self, body: FileWritten) -> Replaced | None:
        """Put in place again what undo took away, if the file is as undo left it. Raises as `turn_back` does."""
        return self._exchange(body.path, found=body.digest_before, wanted=body.digest_after)

    def is_as_left(self, body: FileWritten) -> bool:
        """Return whether a file is as a command left it, or was put back by hand."""
        path = path_of(self._context, body)
        return _digest(self.read(path)) in (body.digest_after, body.digest_before)

    def _exchange(self, name: str, *, found: str, wanted: str) -> Replaced | None:
        path = path_of(self._context, FileWritten(name, found, wanted))
        digest = _digest(self.read(path))
        if digest == wanted:
            return None  # it was put back by hand, or a kill came between file and journal
        copy = copy_of(self._context, path, wanted)
        if digest != found:
            from mlcoach.services.sync.turning import turned_where_carried

            copies = [copy_of(self._context, path, one) if one else None for one in (found, wanted)]
            turned = turned_where_carried(self._context, name, self.read(path), *copies)
            if turned is not None:
                self._keep(path, self.read(path))
                return self._put(path, turned)
            hint = f"the text it would get is in {copy}" if wanted else "it would be removed; do so by hand if you like"
            raise UsageError(f"`{path}` has been changed since, so it was left as it is", hint)
        content = whole_file.read(copy) if wanted else None
        if wanted and (content is None or _digest(content) != wanted):
            raise StoreError(f"the copy `{copy}` is missing or damaged", f"`{path}` was left as it is")
        return self._put(path, content)

    def _put(self, path: Path, content: bytes | None, *, private: bool = True) -> Replaced:
        if content is not None:
            make_folders(self._context, path)
        replaced = whole_file.replace(path, content, before=self.read(path), private=private)
        self._known[path] = content
        _forget_settings(self._context, path)
        return replaced

    def _put_back(self, replaced: Sequence[Replaced], error: BaseException) -> None:
        for one in reversed(replaced):
            self._known.pop(one.path, None)
            if not whole_file.put_back(one) and isinstance(error, MlcoachError):
                copy = copy_of(self._context, one.path, _digest(one.content))
                was = f"what it said before is in {copy}" if one.content is not None else "it was not there before"
                error.hint = f"look at `{one.path}`: it could not be put back; {was}"
            _forget_settings(self._context, one.path)

    def _is_recorded(self) -> bool:
        try:
            return bool(self._command) and self._context.writable_store().has_command(self._command)
        except Exception:
            return False

    def _keep(self, path: Path, content: bytes | None) -> str:
        """Keep a copy of a content and return its digest, "" for no file."""
        digest = _digest(content)
        if content is not None:
            copy = copy_of(self._context, path, digest)
            if whole_file.read(copy) != content:
                put(self._context, copy, content)
        return digest

    def _recover(self, path: Path) -> None:
        """Put back what a command that was killed between file and journal had set aside."""
        target = path.resolve()
        for old in whole_file.set_aside(target):
            current = whole_file.read(target)
            known = self._recorded_digest(path)
            # Only what has a copy is replaced: a text that was saved since by hand has none.
            is_ours = current is None or copy_of(self._context, path, _digest(current)).exists()
            if is_ours and known != _digest(current) and known in (None, _digest(whole_file.read(old))):
                whole_file.bring_back(target, old)
                _forget_settings(self._context, path)
            old.unlink(missing_ok=True)

    def _recorded_digest(self, path: Path) -> str | None:
        """Return the digest of what a file is by the journal, None where that says nothing of it."""
        with suppress(InvalidFileError):  # broken settings are what may be repaired now
            return self._context.store.file_digest(_name(self._context, path))
        return None


def path_of(context: "Context", body: FileWritten) -> Path:
    """Return the file that an event speaks of, in this home: the home may have moved since."""
    for root, folder in _roots(context):
        if body.path.startswith(f"{root}/"):
            return folder / body.path.removeprefix(f"{root}/")
    return Path(body.path)


def copy_of(context: "Context", path: Path, digest: str) -> Path:
    """Return where the copy with this digest lies."""
    return context.places.backups / "files" / f"{digest}{path.suffix}"


def decoded(path: Path, content: bytes) -> str:
    """Return a text with plain line feeds and without its byte order mark. Raises InvalidFileError."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InvalidFileError(f"`{path}` is not UTF-8 text", "save it as UTF-8 in your editor") from error


@contextmanager
def _alone(context: "Context") -> Iterator[None]:
    """Keep other commands away from the files of this home."""
    if context.holds_files:
        yield
        return
    with awaited(context.places.data / LOCK):
        context.holds_files = True
        try:
            yield
        finally:
            context.holds_files = False


def _read_afresh(context: "Context") -> OwnFiles:
    """Forget what was read before the lock; day and instant of the command stay."""
    context.__dict__.pop("settings", None)
    context.reopen_catalog()
    return OwnFiles(context)


def _open_store(context: "Context") -> None:
    """Open the store before anything is touched, so that a store that cannot be written stops the command here."""
    # Where the settings are broken, what comes now may be what repairs them.
    with suppress(InvalidFileError):
        context.writable_store()


def _digest(content: bytes | None) -> str:
    if content is None:
        return ""
    from hashlib import blake2b

    return blake2b(content, digest_size=16).hexdigest()


def _name(context: "Context", path: Path) -> str:
    """Return the file's name in the journal: relative to its folder, so that a home can be moved."""
    for root, folder in _roots(context):
        if path.is_relative_to(folder):
            return f"{root}/{path.relative_to(folder).as_posix()}"
    return str(path)


def _roots(context: "Context") -> tuple[tuple[str, Path], ...]:
    return (("config", context.places.config), ("data", context.places.data), ("state", context.places.state))


def _forget_settings(context: "Context", path: Path) -> None:
    """Let the settings be read again after their file was written; day and instant of the command stay."""
    if path == context.places.config_file:
        context.__dict__.pop("settings", None)


def save_document(context: "Context", content: str | bytes, to: Path | str, *, private: bool = True) -> str:
    """Write a document to the file named, whole or not at all, as one step of undo, and return its path.

    Nobody else may read it; without `private`, for what is made for others, an existing file keeps its rights. A pipe
    or a device takes what it gets, and nothing is recorded. Raises UsageError for a folder, or a file in one that is
    not there, StoreError where it cannot be written.
    """
    path = Path(to).expanduser().absolute()
    if path.is_dir():
        raise UsageError(f"`{to}` is a folder", "name a file")
    if not path.parent.is_dir():
        raise UsageError(f"cannot write `{to}`: its folder is not there", "name a file in a folder that is there")
    if path.exists() and not path.is_file():
        _hand_to_device(path, content)
    else:
        change(context, lambda own: own.write({path: content}, private=private))
    return str(path)


def _hand_to_device(path: Path, content: str | bytes) -> None:
    try:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise UsageError(f"cannot write `{path}`: {error.strerror}", "name a file") from error
