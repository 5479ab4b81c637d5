"""Documents that commands make: to a file of the learner's choice, with a copy that undo can put back."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def save_document(context: "Context", text: str, to: str) -> str:
    """Write a document to the file named, as one step of undo, and return its path. Raises StoreError."""
    from mlcoach.services.files import write_file

    path = Path(to).expanduser().absolute()
    write_file(context, path, text)
    return str(path)
