"""Rules that a project's repository is held against: content (`[[rule]]` of a curriculum file), as values."""

from typing import NamedTuple

LEVELS = ("off", "warn", "error")
# What a rule can look at; each is a function of `domain.work.lint`.
CHECKS = (
    "readme", "readme-word", "readme-number", "readme-picture", "readme-links", "file", "pinned", "entry-point",
    "not-only-notebooks", "data-set", "large-file", "secret",
)  # fmt: skip
README_LINES = 40


class Rule(NamedTuple):
    """One rule. `title` says what is wrong where it fails, `remedy` what to do; `words` are what its check looks for.

    `lines` are how many of the README it reads, `megabytes` (of 1,000,000 bytes) how large a file may be.
    """

    id: str
    check: str
    level: str
    title: str
    remedy: str
    words: tuple[str, ...] = ()
    lines: int = README_LINES
    megabytes: int = 0
