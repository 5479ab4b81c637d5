"""Roles in a curriculum file: what employers look for, and the words by which their adverts call it."""

from pydantic import Field

from mlcoach.curriculum.read.table import Line, Name, SubjectId, Table

MOST_TOOLS = 500


class RoleToolTable(Table):
    """A skill: defined in one role, and named by its id in the `tools` of others."""

    id: Name = Field(description="Id of the skill, the same in all roles")
    name: Line = Field(description="What it is called")
    aliases: list[Line] = Field(default=[], description="Other words by which adverts call it")
    units: list[SubjectId] = Field(default=[], description="Full ids of the units that teach it, in order")


class RoleTable(Table):
    """A role that employers look for. One of yours with the id of a bundled one changes that."""

    id: Name = Field(description="Id of the role, as in `mlcoach job gap ID`")
    title: Line = Field(description="Title")
    tasks: list[Line] = Field(default=[], description="What it does all day, a sentence each")
    tools: list[Name] = Field(default=[], description="Ids of the skills it needs, the most asked for first")
    tool: list[RoleToolTable] = Field(default=[], max_length=MOST_TOOLS, description="Skills defined here")
    hide: list[Name] = Field(default=[], description="Ids of bundled skills that do not belong to it for you")
    extends: bool = Field(default=True, description="false: replaces the bundled role of this id entirely")
