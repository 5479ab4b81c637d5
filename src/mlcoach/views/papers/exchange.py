"""What the import, export and completion of papers show."""

from typing import NamedTuple

from mlcoach.views.papers.queue import AdditionView


class RefreshedView(NamedTuple):
    """What `paper refresh` learnt. `action` of an addition is updated or unchanged; `unknown` are ids not known there.

    `trouble` is why the web did not help, "" where it was.
    """

    papers: tuple[AdditionView, ...]
    unknown: tuple[str, ...] = ()
    trouble: str = ""


class SkippedPaperView(NamedTuple):
    """What was left out of an import, or taken with a doubt, and why."""

    place: str
    reason: str


class ImportedView(NamedTuple):
    """What an import did: numbers of papers, what was left out, and what is worth a look."""

    read: int
    added: int
    updated: int
    unchanged: int
    skipped: tuple[SkippedPaperView, ...] = ()
    doubts: tuple[SkippedPaperView, ...] = ()


class PapersExportedView(NamedTuple):
    """A document that holds papers."""

    format: str
    papers: int
    text: str
