"""Forgetting somebody for good: the copies that undo keeps of the files with their name go too."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.errors import UsageError
from mlcoach.services import made_files
from mlcoach.services.work import paths

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_NAMED = 5
LEAST_LETTERS = 3  # of a name that is looked for in notes: shorter ones are parts of too many words


def ask_first(context: "Context", what: str, *, yes: bool) -> bool:
    """Return whether it may be done: it cannot be undone. Raises UsageError without a terminal."""
    if yes:
        return True
    if context.confirm is None:
        raise UsageError("erasing asks before, and this is not a terminal", "add --yes; it cannot be undone")
    return context.confirm(f"Forget {what} for ever, with the copies that undo keeps? This cannot be undone.")


def copies_of(context: "Context", id: str) -> list[Path]:
    """Return the copies of files in which this person or job is, and those of files that were about it alone."""
    folder = context.places.backups / "files"
    mark = id.encode()
    found = {path for path in folder.glob("*.toml") if mark in (_content(path) or b"")}
    digests = context.store.work.digests_of_files(f"/jobs/{id}")
    found |= {path for digest in digests for path in folder.glob(f"{digest}.*")}
    return sorted(found)


def erase_copies(context: "Context", id: str) -> int:
    """Remove these copies, and return how many there were. Raises StoreError."""
    copies = copies_of(context, id)
    for copy in copies:
        made_files.put(context, copy, None)
    return len(copies)


def left_over(context: "Context", id: str, name: str, command: str) -> tuple[str, ...]:
    """Return where the name still is after it was dropped, as sentences, with the command that takes it away."""
    said = []
    if copies := len(copies_of(context, id)):
        in_copies = "1 copy" if copies == 1 else f"{copies} copies"
        said.append(
            f"the name is still in {in_copies} of the file, which undo needs; `{command} {id} --erase` removes them too"
        )
    return (*said, *still_named(context, name))


def still_named(context: "Context", name: str) -> tuple[str, ...]:
    """Return which files of the learner's own name somebody still, as a sentence; they are the learner's to change."""
    if len(name) < LEAST_LETTERS:
        return ()
    pattern = re.compile(rf"(?<!\w){re.escape(name.casefold())}(?!\w)".encode())
    candidates = [paths.people_path(context), paths.jobs_path(context), *sorted(context.places.notes.rglob("*.md"))]
    found = [
        path.name
        for path in candidates
        if (content := _content(path)) and pattern.search(content.decode(errors="replace").casefold().encode())
    ]
    if not found:
        return ()
    more = " and more" if len(found) > MOST_NAMED else ""
    return (f"your own files name them still: {', '.join(found[:MOST_NAMED])}{more}",)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None
