"""Where projects are on this machine.

That is kept in a file of the machine's own state, by the random ids of the projects: the journal goes to other
machines, and paths do not.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.domain.text import one_line
from mlcoach.errors import UsageError
from mlcoach.services.files import write_file
from mlcoach.services.made_files import put

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FOLDERS = "projects.json"


def folders(context: "Context") -> dict[str, str]:
    """Return where the projects are on this machine, by id; what cannot be read says nothing."""
    with suppress(OSError, ValueError):
        found = json.loads((context.places.state / FOLDERS).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return {str(id): path for id, path in found.items() if isinstance(path, str)}
    return {}


def folder_of(context: "Context", id: str) -> Path | None:
    """Return the folder of a project on this machine, None where none was named; it may have moved since."""
    path = folders(context).get(id, "")
    return Path(path) if path else None


def remember_folder(context: "Context", id: str, folder: Path) -> None:
    """Keep where a project is on this machine. Raises StoreError."""
    put(context, context.places.state / FOLDERS, _with(context, id, folder).encode())


def change_folder(context: "Context", id: str, folder: Path) -> None:
    """Say that a project is in another folder now, as a step that undo takes back. Raises StoreError."""
    write_file(context, context.places.state / FOLDERS, _with(context, id, folder))


def _with(context: "Context", id: str, folder: Path) -> str:
    known = folders(context) | {id: str(folder)}
    return json.dumps(dict(sorted(known.items())), ensure_ascii=False, indent=1) + "\n"


def as_folder(words: str) -> Path:
    """Return the absolute path of a folder as typed. Raises UsageError for one that is not there."""
    path = Path(words).expanduser().absolute()
    if not path.is_dir():
        what = "is a file" if path.exists() else "is not there"
        raise UsageError(f"`{one_line(words)[:200]}` {what}", "name a folder that is there")
    return path
