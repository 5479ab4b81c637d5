"""What adverts ask for and the learner has no evidence of, by what an hour of learning brings."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Role, RoleTool, unit_of
from mlcoach.domain.day.unit_status import UnitProgress
from mlcoach.domain.work.skills import FoundSkills, SkillCount, Vocabulary, count_skills, count_unknown, per_hour
from mlcoach.errors import UsageError
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.work import paths
from mlcoach.views.work.gap import GapView, SkillGapView, SkillState, UnknownWordView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

KNOWN = ("passed", "mastered", "rusty")


def gap(context: "Context", name: str = "") -> GapView:
    """Return the gap of all adverts on the board, of one job, or of a role. Raises NotFoundError and UsageError."""
    roles = context.catalog.roles()
    if name in roles:
        return of_role(context, roles[name])
    if name:
        from mlcoach.services.work.jobs.jobs import find  # names are needed for one of them alone

        id, entry = find(context, name)
        text = paths.text_of(paths.advert_path(context, id))
        if text is None:
            raise UsageError(
                f"no advert of {entry.employer} is kept",
                f"`mlcoach job gap -` reads one from a pipe; roles are {', '.join(roles)}",
            )
        return of_texts(context, [text], f"{entry.employer} {entry.role}".strip())
    states = context.store.work.jobs()
    jobs = sorted(id for id, state in states.items() if state.kind != "client" and not state.dropped)
    texts = [text for id in jobs if (text := paths.text_of(paths.advert_path(context, id)))]
    if not texts:
        raise UsageError(
            "no advert is kept yet",
            f"`mlcoach job add EMPLOYER ROLE --advert FILE` keeps one; or name a role: {', '.join(roles)}",
        )
    return of_texts(context, texts, "your adverts")


def of_source(context: "Context", source: str) -> GapView:
    """Return the gap of an advert that is piped in. Raises UsageError for one without any text."""
    from mlcoach.domain.work.advert import plain_advert  # adverts that are kept are plain already

    text = plain_advert(source)
    if not any(character.isalpha() for character in text):
        raise UsageError("the advert has no text", "pipe in a page as text or HTML: `mlcoach job gap - < advert.txt`")
    return of_texts(context, [text], "this advert")


def of_texts(context: "Context", texts: Sequence[str], about: str) -> GapView:
    """Return the gap of some adverts; each is looked at once, however often its words are in it."""
    tools = _tools(context)
    vocabulary = Vocabulary(tools.values())
    found = [vocabulary.find(text) for text in texts]
    return _view(context, about, found, count_skills(found), tools)


def of_role(context: "Context", role: Role) -> GapView:
    """Return what a role needs as if one advert asked for all of it."""
    tools = {tool.id: tool for tool in role.tools}
    return _view(context, role.title, [], [SkillCount(id, 1, 1) for id in tools], tools)


def lacking(context: "Context", text: str, most: int) -> tuple[str, ...]:
    """Return the names of the skills of one advert that lack most."""
    return tuple(skill.name for skill in of_texts(context, [text], "").missing[:most])


def unit_for(context: "Context", text: str) -> str:
    """Return the unit that teaches what a text is about, "" where its words name no skill."""
    tools = _tools(context)
    skills = Vocabulary(tools.values()).find(text).skills
    return next((tools[id].units[0] for id in skills if tools[id].units), "")


def _tools(context: "Context") -> dict[str, RoleTool]:
    return {tool.id: tool for role in context.catalog.roles().values() for tool in role.tools}


def _view(
    context: "Context",
    about: str,
    found: Sequence[FoundSkills],
    counts: Iterable[SkillCount],
    tools: dict[str, RoleTool],
) -> GapView:
    progress = unit_progress(context)
    exercises = _exercises(context, {unit for count in counts for unit in tools[count.skill].units})
    skills = [_skill(context, count, tools[count.skill], progress, exercises) for count in counts]
    missing = [skill for skill in skills if skill.state in ("part", "open")]
    unknown = count_unknown(found)
    return GapView(
        about,
        len(found),
        sum(not one.english for one in found),
        tuple(sorted(missing, key=lambda skill: (-skill.per_hour, skill.skill))),
        tuple(skill for skill in skills if skill.state == "untaught"),
        tuple(skill for skill in skills if skill.state == "passed"),
        tuple(UnknownWordView(word, number) for word, number in unknown),
        len(unknown),
    )


def _exercises(context: "Context", units: Collection[str]) -> dict[str, int]:
    """Return of some units how many of their exercises were done at least once."""
    exercises = context.catalog.exercises
    aliases = context.catalog.aliases()
    done: dict[str, int] = {}
    for item in context.store.work.answered():
        unit = unit_of(aliases.get(item, item))
        if item in exercises and unit in units:
            done[unit] = done.get(unit, 0) + 1
    return done


def _skill(
    context: "Context", count: SkillCount, tool: RoleTool, progress: UnitProgress, exercises: dict[str, int]
) -> SkillGapView:
    units = tool.units
    passed = [unit for unit in units if progress.status.get(unit) in KNOWN]
    claimed = [unit for unit in units if progress.status.get(unit) == "skipped"]
    waiting = [unit for unit in units if unit not in passed and unit not in claimed]
    done = sum(exercises.get(unit, 0) for unit in units)
    hours = sum(context.catalog.units[unit].hours for unit in waiting)
    begun = any(progress.status.get(unit) == "learning" for unit in units)
    state: SkillState = "part" if passed or claimed or begun or done else "open"
    if not units:
        state = "untaught"
    elif not waiting:
        state = "passed"
    said = [f"{len(passed)} of {len(units)} units passed"] if passed else []
    said += [f"{len(claimed)} by your word"] if claimed else []
    said += [f"{done} exercise{'s' if done != 1 else ''} done"] if done else []
    return SkillGapView(
        tool.id, tool.name, count.adverts, count.must, state, ", ".join(said) or "none", waiting[0] if waiting else "",
        round(hours, 1), round(per_hour(count, hours), 2) if waiting else 0.0,
    )  # fmt: skip
