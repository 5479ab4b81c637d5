"""What `undo --erase` asks about and did."""

from typing import NamedTuple


class ErasingView(NamedTuple):
    """A command whose text can be erased: what was typed, what it recorded, in how many entries there are words."""

    command: str
    summary: str
    texts: int


class ErasedView(NamedTuple):
    """What was erased: the commands by name, their entries, and in how many backups.

    `left` are copies that could not be written, `files` those of the learner's that hold what was written in them and
    were left as they are, `clean` says whether nothing of the text stays in unused parts of the database.
    """

    commands: tuple[ErasingView, ...]
    entries: tuple[str, ...]
    backups: int
    left: tuple[str, ...]
    files: tuple[str, ...]
    clean: bool
