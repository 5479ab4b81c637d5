"""A row of names that people write, `school maths and linear algebra`: which units it stands for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlcoach.domain.words import (
    SMALL_WORDS,
    clauses,
    is_near,
    said_and_denied,
    split_names,
    stands_for_whole,
    without_circumstance,
    without_hedge,
    without_opening,
    without_person,
    words_of,
)
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names, spoken_names

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import Path
    from mlcoach.services.context import Context

NOTHING = ("nothing", "none", "no", "-")


def split(context: "Context", words: Sequence[str]) -> list[str]:
    """Return the names in a row of words: ids and titles, the longest first."""
    return split_names(words, lambda name: bool(spoken_names.called(context, name, ("unit", "subject"))))


def units_said(context: "Context", text: str, unknown: list[str]) -> dict[str, bool]:
    """Return the units that somebody says they know, and whether they named all of it: `I know python, no statistics`.

    Of what they know a little of (`some`, `rusty`, `long ago`) they name nothing whole. Paths count too. Words that are
    not names go to `unknown`. Raises as `units_of` does for a name that fits several, for a slip of a name and where
    nothing fits, and UsageError where words such as `some` stand alone.
    """
    if _is_said(context, text.strip()) and not without_hedge(text.strip())[1]:
        return _units_in(context, text.strip(), unknown)
    said, denied = said_and_denied(without_person(text))
    known = _units_in(context, said, unknown) if said else {}
    without = _units_in(context, denied, unknown) if denied else {}
    if unknown and not known:
        raise NotFoundError(
            f"not understood: {', '.join(unknown)[:200]}",
            "name subjects, such as `school mathematics, a little python`; or `nothing`",
        )
    return {unit: whole for unit, whole in known.items() if unit not in without}


def _units_in(context: "Context", text: str, unknown: list[str]) -> dict[str, bool]:
    def is_said(name: str) -> bool:
        return _is_said(context, name)

    found: dict[str, bool] = {}
    before: dict[str, bool] = {}
    for clause in clauses(text, is_said):
        bare, is_little = without_hedge(clause if is_said(clause) else without_circumstance(without_opening(clause)))
        if not bare:
            if not is_little:
                continue  # `at school`
            if not before:
                raise UsageError(f"`{clause}` of what?", "name it: `school mathematics, a little python`")
            found |= dict.fromkeys(before, False)  # `python, rusty`
            continue
        before = {}
        for name in split_names(bare.split(), is_said):
            for unit, whole in _units_or_unknown(context, name, unknown).items():
                before[unit] = before.get(unit, False) or (whole and not is_little)
        found |= {unit: whole or found.get(unit, False) for unit, whole in before.items()}
    return found


def _units_or_unknown(context: "Context", name: str, unknown: list[str]) -> dict[str, bool]:
    """Return as `_units_called` does; a word that is not a name goes to `unknown`, unless it is a slip of one."""
    try:
        return _units_called(context, name)
    except NotFoundError:
        ids = [part for id in context.catalog.units for part in (id, *id.split("."))]
        if is_near(name, ids) or not name.replace("-", "").replace("'", "").isalpha():
            raise
        if name.lower() not in SMALL_WORDS:
            unknown.append(name)
        return {}


def _units_called(context: "Context", name: str) -> dict[str, bool]:
    """Return the units that a name stands for, and whether it means all of each."""
    if name.lower() in NOTHING:
        return {}
    path = path_named(context, name)
    if path and not spoken_names.with_last_part(context, name) and not spoken_names.subjects_within(context, name):
        return dict.fromkeys(path.units, True)
    units = dict.fromkeys(id.partition("/")[0] for id in units_of(context, name))
    return {unit: _is_whole(context, name, unit) for unit in units}


def _is_whole(context: "Context", name: str, unit: str) -> bool:
    """Return whether a name stands for all of a unit that was understood by it."""
    units, now = context.catalog.units, context.catalog.aliases().get(name, name)
    subject = context.catalog.subjects()[units[unit].subject]
    beside = [other.title for other in units.values() if other.subject == subject.id]
    return stands_for_whole(now, unit, units[unit].title, (subject.id, subject.title, subject.track), beside)


def _is_said(context: "Context", name: str) -> bool:
    return bool(path_named(context, name) or spoken_names.called(context, name, ("unit", "subject")))


def path_named(context: "Context", name: str) -> "Path | None":
    """Return the path with this id or whole title, None for none."""
    paths = context.catalog.paths
    if name in paths:
        return paths[name]
    wanted = words_of(name)
    return next((path for path in paths.values() if wanted and words_of(path.title) == wanted), None)


def units_of(context: "Context", name: str) -> list[str]:
    """Return the units that a name stands for: a unit, a step (which stays as it is), or all of a subject or track.

    Nothing is guessed by what is in a unit: then the learner is asked. Raises as `choose` does, and NotFoundError.
    """
    if "/" in name:
        return [name]
    units = context.catalog.units
    renamed = context.catalog.aliases().get(name, name)
    if renamed in units:
        return [renamed]
    last = spoken_names.with_last_part(context, renamed)
    if len(last) == 1:
        return [last[0].id]
    subjects = spoken_names.subjects_within(context, name)
    titled = spoken_names.called(context, name, ("unit", "subject")) if not subjects else []
    named = {thing.id for thing in titled if thing.kind == "subject"}
    if len(named) == 1 and all(units[thing.id].subject in named for thing in titled if thing.kind == "unit"):
        subjects = named
    if subjects:
        return [unit.id for unit in units.values() if unit.subject in subjects]
    if titled:
        return [spoken_names.choose(context, name, titled).id]
    about = [thing._replace(exact=False) for thing in spoken_names.units_about(context, name)]
    return [spoken_names.choose(context, name, last or about).id if last or about else names.unit(context, name)]
