"""The tables of a file that are lists of their own: checklists, and rules that a project is held against."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from mlcoach.curriculum.read.table import Line, Name, Table
from mlcoach.domain.work.rules import CHECKS, LEVELS

if TYPE_CHECKING:
    Check = str
    Level = str
else:
    Check = Literal[CHECKS]
    Level = Literal[LEVELS]
MOST_LINES, MOST_MEGABYTES = 1_000, 100_000


class ChecklistItemTable(Table):
    """One line to tick."""

    id: Name = Field(description="Id within the checklist")
    text: Line = Field(description="What to do")
    why: Line | None = Field(default=None, description="Why, in a sentence")
    group: Line | None = Field(default=None, description="Heading it is listed under")
    was: list[Name] = Field(default=[], description="Earlier ids of this line; its tick is kept")


class ChecklistTable(Table):
    """Steps to tick. One of yours with the id of a bundled one changes that."""

    id: Name = Field(description="Id of the checklist")
    title: Line = Field(description="Title")
    item: list[ChecklistItemTable] = Field(default=[], description="The steps in order")
    hide: list[Name] = Field(default=[], description="Ids of bundled steps that you do not want")
    extends: bool = Field(default=True, description="false: replaces the bundled checklist of this id entirely")
    was: list[Name] = Field(default=[], description="Earlier ids of this checklist; its ticks are kept")


class RuleTable(Table):
    """A rule for repositories. One of yours with the id of a bundled one changes what it says."""

    id: Name = Field(description="Id of the rule")
    check: Check | None = Field(default=None, description="What is looked at; needed for a new rule")
    level: Level | None = Field(default=None, description="off, warn or error (error where nothing is said)")
    title: Line | None = Field(default=None, description="What is wrong where it fails; needed for a new rule")
    remedy: Line | None = Field(default=None, description="What to do about it; needed for a new rule")
    words: list[Line] | None = Field(default=None, description="The words it looks for, or file names")
    lines: Annotated[int, Field(ge=1, le=MOST_LINES)] | None = Field(
        default=None, description="How many lines of the README it reads"
    )
    megabytes: Annotated[int, Field(ge=1, le=MOST_MEGABYTES)] | None = Field(
        default=None, description="How large a file may be"
    )
