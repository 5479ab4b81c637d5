"""What `mlcoach search` found."""

from typing import Literal, NamedTuple

HitKind = Literal[
    "unit", "subject", "path", "reading", "card", "exercise", "paper", "checklist", "project", "note", "help"
]


class SearchHitView(NamedTuple):
    """One thing that holds the words: its kind, id and title, the text around them, and the command for it.

    `written` says of a note what it was written as: a note, a log line, a line of a week, and so on; else "".
    """

    kind: HitKind
    id: str
    title: str
    text: str
    command: str
    written: str = ""


class SearchView(NamedTuple):
    """The hits, the best first, and how many more there are."""

    words: str
    hits: tuple[SearchHitView, ...]
    more: int
