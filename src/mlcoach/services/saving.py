"""Documents that commands make: to a file of the learner's choice, with a copy that undo can put back."""

from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def save_document(context: "Context", content: str | bytes, to: Path | str) -> str:
    """Write a document to the file named, whole or not at all, as one step of undo, and return its path.

    A pipe or a device takes what it gets, and nothing is recorded. Raises UsageError for a folder, or a file in one
    that is not there, StoreError where it cannot be written.
    """
    from mlcoach.services.files import write_file

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
