"""A row of names that people write, `school maths and linear algebra`: which units it stands for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlcoach.domain.words import split_names
from mlcoach.services import names, spoken_names

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def split(context: "Context", words: Sequence[str]) -> list[str]:
    """Return the names in a row of words: ids and titles, the longest first."""
    return split_names(words, lambda name: bool(spoken_names.called(context, name, ("unit", "subject"))))


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
