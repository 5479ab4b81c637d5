"""Which files of the learner's are carried, and what of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters import settings, settings_text
from mlcoach.adapters.sync.own_files import DEEPEST, LARGEST_FILE, below, read_whole
from mlcoach.domain.sync.versions import CARRIED_FILES, CARRIED_FOLDERS, CARRIED_ROOTS, SETTINGS
from mlcoach.errors import InvalidFileError, MlcoachError

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_FILES = 10_000


class CarriedFile(NamedTuple):
    """A file as it is here (`raw`), and what of it is carried."""

    raw: bytes
    content: bytes


class Scan(NamedTuple):
    """The files that are carried, by path, and those that are not, with the reason."""

    files: dict[str, CarriedFile]
    left_out: dict[str, str]


def path_here(context: "Context", path: str) -> Path:
    """Return where a carried file is on this machine."""
    root, _, rest = path.partition("/")
    return (context.places.config if root == "config" else context.places.data) / rest


def scan(context: "Context") -> Scan:
    """Return the files that are carried. One that cannot be read, or is too large, is left out by itself."""
    files: dict[str, CarriedFile] = {}
    left_out: dict[str, str] = {}
    for path in carried_paths(context):
        try:
            raw = read_whole(path_here(context, path))
            if raw is None:
                continue
            if len(raw) > LARGEST_FILE or len(files) >= MOST_FILES:
                left_out[path] = "larger than 10 MB" if len(files) < MOST_FILES else "more than 10,000 files"
                continue
            files[path] = CarriedFile(raw, _without_local(context, raw) if path == SETTINGS else raw)
        except OSError as error:
            left_out[path] = f"it cannot be read: {error.strerror}"
        except InvalidFileError as error:
            left_out[path] = error.message
    return Scan(files, left_out)


def carried_paths(context: "Context") -> Iterator[str]:
    """Yield the paths of all files that are carried, as they are called in every home."""
    for root in CARRIED_ROOTS:
        yield from below(path_here(context, root + "/"), root, 0)
    for folder in CARRIED_FOLDERS:
        yield from below(path_here(context, folder), folder, DEEPEST)
    for folder in dict.fromkeys(path.rpartition("/")[0] for path in CARRIED_FILES):
        yield from below(path_here(context, folder), folder, 0)


def _without_local(context: "Context", raw: bytes) -> bytes:
    """Return the settings without those of this machine alone. Raises InvalidFileError for a broken file."""
    file = context.places.config_file
    text = raw.decode("utf-8-sig", errors="strict") if _is_text(raw) else ""
    values = settings.parse(raw, file)
    for name in settings.OF_THIS_MACHINE:
        if name in values:
            text = settings_text.changed_text(text, file, name, None)
    return text.encode()


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False  # `parse` says it better
    return True


def as_here(context: "Context", path: str, content: bytes, here: bytes | None) -> bytes:
    """Return what a file is on this machine for what was carried: settings keep those of this machine.

    Raises InvalidFileError for settings that this release cannot read.
    """
    if path != SETTINGS:
        return content
    file = context.places.config_file
    try:
        settings.parse(content, file)
        text = content.decode("utf-8-sig")
        values = settings.parse(here, file) if here is not None else {}
        for name in settings.OF_THIS_MACHINE:
            if name in values:
                text = settings_text.changed_text(text, file, name, values[name])
    except MlcoachError as error:
        raise InvalidFileError(
            f"the settings of the other machine were not taken: {error.message}", "update mlcoach here"
        ) from error
    return text.encode()
