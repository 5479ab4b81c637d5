"""What `mlcoach project lint` shows."""

from typing import NamedTuple


class LintFindingView(NamedTuple):
    """What a rule found: file and line (0: the file as a whole), what is wrong, and what to do."""

    rule: str
    level: str
    file: str
    line: int
    title: str
    remedy: str
    detail: str


class SkippedFileView(NamedTuple):
    """What could not be looked at, and why."""

    path: str
    reason: str


class LintedFolderView(NamedTuple):
    """One repository: how many files were looked at, what is wrong, and what was left out."""

    folder: str
    files: int
    findings: tuple[LintFindingView, ...]
    skipped: tuple[SkippedFileView, ...]
    skipped_in_all: int


class LintView(NamedTuple):
    """The repositories looked at; `rules` are how many each was held against."""

    folders: tuple[LintedFolderView, ...]
    rules: int
    errors: int
    warnings: int


class RuleView(NamedTuple):
    """One rule, as the learner's files leave it."""

    id: str
    check: str
    level: str
    title: str
    remedy: str


class RulesView(NamedTuple):
    """All rules."""

    rules: tuple[RuleView, ...]
