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


class MergedPaperView(NamedTuple):
    """An entry that is the paper of another one. `key` and `into` are their citation keys, or what else names them.

    `paper` is the paper of the queue that both are; both keys are kept.
    """

    place: str
    key: str
    into: str
    paper: str
    title: str


class SharedPaperView(NamedTuple):
    """A paper that an export writes several times, once for each of its citation keys."""

    paper: str
    title: str
    keys: tuple[str, ...]


class ImportedView(NamedTuple):
    """What an import did: numbers of entries, what was left out, what is worth a look, and what was merged.

    `read` is the sum of those added, updated (known and completed), unchanged (known), merged and left out.
    """

    read: int
    added: int
    updated: int
    unchanged: int
    skipped: tuple[SkippedPaperView, ...] = ()
    doubts: tuple[SkippedPaperView, ...] = ()
    merged: tuple[MergedPaperView, ...] = ()


class PapersExportedView(NamedTuple):
    """A document that holds papers."""

    format: str
    papers: int
    text: str
    merged: tuple[SharedPaperView, ...] = ()
