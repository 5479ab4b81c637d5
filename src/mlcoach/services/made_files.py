"""Files that the program makes and no undo puts back: pages, what a group saw, a key. It needs no journal."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters import whole_file
from mlcoach.adapters.whole_file import ChangedMeanwhileError
from mlcoach.errors import StoreError
from mlcoach.private_files import PARTIAL, abandoned, make_folder

if TYPE_CHECKING:
    from mlcoach.services.context import Context

TRIES = 5  # times that another program may save at the very moment of the change


def put(context: "Context", path: Path, content: bytes | None) -> Path:
    """Replace a file that no undo puts back (None removes it), whatever is in it, and return its path.

    Raises StoreError.
    """
    if content is not None:
        make_folders(context, path)
    for _ in range(TRIES - 1):
        with suppress(ChangedMeanwhileError):
            whole_file.settle(whole_file.replace(path, content, before=whole_file.read(path)))
            return path
    whole_file.settle(whole_file.replace(path, content, before=whole_file.read(path)))
    return path


def make_folders(context: "Context", path: Path) -> None:
    """Make the folders of a file; those of this home are tightened and cleared of partial files. Raises StoreError."""
    parent = path.parent
    root = next(
        (
            folder
            for folder in (context.places.config, context.places.data, context.places.state)
            if parent.is_relative_to(folder)
        ),
        None,
    )
    try:
        if root is None:
            if not parent.exists():
                make_folder(parent)
            return
        make_folder(root)
        for depth in range(1, len(parent.relative_to(root).parts) + 1):
            make_folder(root.joinpath(*parent.relative_to(root).parts[:depth]))
        for left in abandoned(parent):
            if left.suffix == f".{PARTIAL}":
                left.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot write `{path}`: {error.strerror}", "make its folder writable; nothing was changed"
        ) from error
