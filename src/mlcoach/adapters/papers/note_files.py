"""The files of notes on papers: how they are called, and what is in them."""

from pathlib import Path

from mlcoach.domain.papers.ids import short_id
from mlcoach.errors import StoreError

FOLDER = "papers"


def stem_of(key: str) -> str:
    """Return how the names of a paper's files begin: its id, with a hyphen for what no file is called by."""
    return "".join(character if character.isalnum() or character in ".-" else "-" for character in short_id(key))


def note_shown(path: Path) -> str | None:
    """Return what a screen can show of a file of notes, None for no file. One bad file must not hide all papers."""
    try:
        return path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    except OSError:
        return None


def note_text(path: Path) -> str | None:
    """Return what is in a file of notes, None for no file. Raises StoreError for one that is not text."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise StoreError(f"`{path}` is not UTF-8 text", "save it as UTF-8") from error
    except OSError as error:
        raise StoreError(f"cannot read `{path}`: {error.strerror}", "make it readable") from error
