"""One curriculum file in memory: its text, its parsed value, and what was found wrong with it so far."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from mlcoach.curriculum.read.locate import KeyPath, Locator, Spot
from mlcoach.curriculum.read.model import LooseFile
from mlcoach.curriculum.read.problems import Problem, Severity, shown_line

MOST_PROBLEMS = 200  # of one file; a report of more is a report of something else


@dataclass(eq=False)
class Source:
    """A curriculum file. `own` marks the learner's; `position` is its place in the order of loading.

    `model` is None when nothing of the file could be understood. When there are errors it holds what is
    left without the wrong values, so that a check can go on to compare it with the other files. `refused`
    holds the paths of those values and of all around them. `unsaid` counts problems beyond those a person
    would read.
    """

    path: Path
    own: bool
    position: int
    text: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    model: LooseFile | None = None
    problems: list[Problem] = field(default_factory=list)
    refused: set[KeyPath] = field(default_factory=set)
    unsaid: int = 0

    @cached_property
    def locator(self) -> Locator:
        """Where every key is; made when the first problem needs it."""
        return Locator(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """The text line by line."""
        return self.text.split("\n")

    @property
    def is_sound(self) -> bool:
        """Whether the file by itself has no errors."""
        return not any(problem.severity == "error" for problem in self.problems)

    def problem(self, code: str, spot: Spot, message: str, hint: str = "", severity: Severity = "error") -> Problem:
        """Return a problem at a place of this file."""
        written = self.lines[spot.line - 1] if spot.line <= len(self.lines) else ""
        line, length = shown_line(written, spot.column, spot.length)
        return Problem(
            severity, str(self.path), spot.line, spot.column, length, line, code, message, hint
        )  # fmt: skip

    def note(self, code: str, spot: Spot, message: str, hint: str = "", severity: Severity = "error") -> None:
        """Add a problem to those of the file itself."""
        if len(self.problems) >= MOST_PROBLEMS:
            self.unsaid += 1
            return
        self.problems.append(self.problem(code, spot, message, hint, severity))


class KeyLocation(NamedTuple):
    """A key of a file."""

    source: Source
    path: KeyPath

    @property
    def key_spot(self) -> Spot:
        """Where the key is."""
        return self.source.locator.key(self.path)

    @property
    def value_spot(self) -> Spot:
        """Where the value is."""
        return self.source.locator.value(self.path)

    def text(self) -> str:
        """Return `file:line`, for messages that point to a second place."""
        return f"{self.source.path.name}:{self.key_spot.line}"


def later(*places: KeyLocation) -> KeyLocation:
    """Return the place in the file that was loaded last: the newcomer answers for a quarrel."""
    return max(places, key=lambda place: place.source.position)
