"""The papers the map knows: the bundled lists, what units cite, and which classics are near to the learner."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Paper
from mlcoach.domain.progress import SATISFIED
from mlcoach.services import states
from mlcoach.services.views.papers import SuggestionView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

SUGGESTED = 3


def shelf(context: "Context") -> dict[str, Paper]:
    """Return every paper of the map by id: those of the lists, then those only units cite; `units` holds both."""
    catalog = context.catalog
    known = catalog.papers()
    for unit in catalog.units:
        for cited in catalog.text(unit).papers:
            paper = known.get(cited.id) or Paper(cited.id, cited.title, why=cited.why, passes=cited.passes)
            known[cited.id] = paper if unit in paper.units else paper._replace(units=(*paper.units, unit))
    return known


def suggestions(context: "Context", known: Collection[str]) -> tuple[SuggestionView, ...]:
    """Return three core classics to begin with that are not in `known`, those nearest to the units under way first.

    A classic is as far away as there are hours of study before one of its units and in it, not counting what is
    satisfied or under way.
    """
    status = states.standing(context).status
    units = context.catalog.units

    def hours_before(unit: str) -> float:
        missing: dict[str, float] = {}
        pending = [unit]
        while pending:
            key = pending.pop()
            if key in units and key not in missing and status[key] not in (*SATISFIED, "learning"):
                missing[key] = units[key].hours
                pending += [requirement.unit for requirement in units[key].requires]
        return sum(missing.values())

    def distance(paper: Paper) -> tuple[float, bool]:
        # A unit of the shelf itself (reading classics) is no subject that a paper could be near to.
        subjects = [key for key in paper.units if key in units and units[key].track != "papers"] or list(paper.units)
        hours = min((hours_before(key) for key in subjects), default=float("inf"))
        return hours, not any(status.get(key) == "learning" for key in subjects)

    classics = [paper for paper in context.catalog.papers().values() if paper.core and paper.id not in known]
    nearest = sorted(classics, key=distance)[:SUGGESTED]
    return tuple(SuggestionView(paper.id, paper.title, paper.year, paper.why) for paper in nearest)
