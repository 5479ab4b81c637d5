"""Roles of all files together: a skill is defined once, a role of the learner's own changes the bundled one."""

from mlcoach.curriculum.merge.assemble import entries
from mlcoach.curriculum.merge.merged import MergedCurriculum, Sourced
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.problems import did_you_mean, shown
from mlcoach.curriculum.read.roles import RoleTable
from mlcoach.curriculum.read.source import KeyLocation, Source
from mlcoach.domain.curriculum import Role, RoleTool


def add_roles(merged: MergedCurriculum, source: Source, file: model.LooseFile) -> None:
    """Add the roles of a file, and the skills defined in them; of the same id the learner's own counts."""
    for role in entries(file.role, KeyLocation(source, ("role",))):
        same = merged.roles.get(role.value.id)
        if same and (same.place.source.own or not source.own):
            _note_twice(merged, role.place, f"role `{role.value.id}`", same.place)
            continue
        merged.roles[role.value.id] = _changed(merged, same.value, role) if same else role
        for tool in entries(role.value.tool, KeyLocation(source, (*role.place.path, "tool"))):
            other = merged.role_tools.get(tool.value.id)
            if other and (other.place.source.own or not source.own):
                _note_twice(merged, tool.place, f"skill `{tool.value.id}`", other.place)
                continue
            merged.role_tools[tool.value.id] = tool


def check_roles(merged: MergedCurriculum) -> None:
    """Note the skills that a role names and no role defines, and words that two skills claim."""
    claimed: dict[str, str] = {}
    for tool in merged.role_tools.values():
        for key, word in [("name", tool.value.name), *(("aliases", alias) for alias in tool.value.aliases)]:
            other = claimed.setdefault(word.casefold(), tool.value.id)
            if other != tool.value.id:
                merged.warn(
                    "duplicate-alias",
                    KeyLocation(tool.place.source, (*tool.place.path, key)),
                    f"`{shown(word)}` is a word of the skill `{other}` already, which is the one that counts",
                    "remove it from one of them",
                )
    for role in merged.roles.values():
        # What an own role takes over from the bundled one is checked where that is.
        source = role.place.source
        for entry in entries(_as_written(role), KeyLocation(source, (*role.place.path, "tools"))):
            if entry.value not in merged.role_tools:
                merged.note_value(
                    "unknown-skill",
                    entry.place,
                    f"role `{role.value.id}` names the skill `{shown(entry.value)}`, which no role defines",
                    did_you_mean(entry.value, merged.role_tools, "write a `[[role.tool]]` with this id"),
                )


def build_role(merged: MergedCurriculum, role: RoleTable) -> Role:
    """Return a role with its skills: those it names, then those defined in it and not named."""
    names = dict.fromkeys((*role.tools, *(tool.id for tool in role.tool)))
    tools = tuple(build_tool(merged, name) for name in names if name in merged.role_tools)
    return Role(role.id, role.title, tuple(role.tasks), tools)


def build_tool(merged: MergedCurriculum, name: str) -> RoleTool:
    """Return a skill; units that are not there are left out."""
    tool = merged.role_tools[name].value
    units = (merged.resolve(unit, "") for unit in tool.units)
    return RoleTool(tool.id, tool.name, tuple(tool.aliases), tuple(unit for unit in units if unit in merged.units))


def _as_written(role: Sourced[RoleTable]) -> list[str]:
    file = role.place.source.model
    number = role.place.path[1]
    assert file is not None and isinstance(number, int)
    return file.role[number].tools


def _changed(merged: MergedCurriculum, bundled: RoleTable, own: Sourced[RoleTable]) -> Sourced[RoleTable]:
    """Return a bundled role as the learner's of the same id changes it: what it names comes on top."""
    change = own.value
    there = {*bundled.tools, *(tool.id for tool in bundled.tool)}
    for index, name in enumerate(change.hide):
        if name not in there:
            merged.warn(
                "no-match",
                KeyLocation(own.place.source, (*own.place.path, "hide", index)),
                f"role `{change.id}` has no skill `{shown(name)}`",
                f"`mlcoach job gap {change.id}` shows its skills",
            )
    if not change.extends:
        return own
    names = [*bundled.tools, *(tool.id for tool in bundled.tool), *change.tools, *(tool.id for tool in change.tool)]
    tools = [name for name in dict.fromkeys(names) if name not in change.hide]
    kept = {"tools": tools, "tool": [], "tasks": change.tasks or bundled.tasks}
    return Sourced(change.model_copy(update=kept), own.place)


def _note_twice(merged: MergedCurriculum, place: KeyLocation, name: str, other: KeyLocation) -> None:
    merged.note_value(
        "duplicate-id",
        KeyLocation(place.source, (*place.path, "id")),
        f"{name} is already in {other.text()}",
        "choose another id",
    )
