"""What files of a curriculum say they are, read with a pattern, so that a broken file is found too."""

import re
from pathlib import Path
from typing import NamedTuple

from mlcoach.curriculum.read.find import bundled_folder, list_files
from mlcoach.errors import InvalidFileError

# The id of a file is above its first table.
_DECLARED = re.compile(r"""^[ \t]*(id|over)[ \t]*=[ \t]*["']([^"'\n]+)["']""", re.MULTILINE)
_FIRST_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
HEAD = 100_000  # characters


class Declared(NamedTuple):
    """A file and what it says it is: a subject (`id`) or an overlay of one (`over`)."""

    path: Path
    key: str
    subject: str
    own: bool


def declared(own_folder: Path) -> list[Declared]:
    """Return what each file says it is: the bundled ones, then those of the learner's folder."""
    found: list[Declared] = []
    for folder, own in ((bundled_folder(), False), (own_folder, True)):
        for stamp in list_files(folder):
            try:
                with (folder / stamp.name).open(encoding="utf-8-sig", errors="replace") as file:
                    text = file.read(HEAD)
            except OSError:
                continue
            table = _FIRST_TABLE.search(text)
            if match := _DECLARED.search(text, 0, table.start() if table else len(text)):
                found.append(Declared(folder / stamp.name, match[1], match[2], own))
    return found


def text_of(path: Path) -> str | None:
    """Return the text of a file with plain line feeds, None for no file. Raises InvalidFileError for no text."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise InvalidFileError(f"`{path}` is not UTF-8 text", "save it as UTF-8 in your editor") from error
    except OSError as error:
        raise InvalidFileError(f"cannot read `{path}`: {error.strerror}", "make it readable") from error
