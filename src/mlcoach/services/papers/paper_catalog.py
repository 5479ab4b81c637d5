"""The papers the map knows: the bundled lists, what units cite, and which of them are near to the learner."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Paper
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.services.curriculum import progress
from mlcoach.views.papers.queue import SuggestedView, SuggestionView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

SUGGESTED = 3
FAR = float("inf")


def paper_catalog(context: "Context") -> dict[str, Paper]:
    """Return every paper of the map by id: those of the lists, then those only units cite; `units` holds both."""
    catalog = context.catalog
    known = catalog.papers()
    for unit in catalog.units:
        for cited in catalog.text(unit).papers:
            paper = known.get(cited.id) or Paper(cited.id, cited.title, why=cited.why, passes=cited.passes)
            known[cited.id] = paper if unit in paper.units else paper._replace(units=(*paper.units, unit))
    return known


def suggest(context: "Context") -> SuggestedView:
    """Return two or three papers for this week that are not in the queue, those of the units under way first.

    While three are being read already it is two: the others want to be finished.
    """
    reading = context.store.paper_counts().get("reading", 0)
    number = SUGGESTED if reading < SUGGESTED else SUGGESTED - 1
    found = suggestions(context, context.store.paper_titles(), number)
    return SuggestedView(found, reading, context.store.paper_counts().get("queued", 0))


def offered_today(context: "Context") -> str:
    """Return the paper that a plan of today offers because the queue is empty, "" for none."""
    from mlcoach.services.day.fortnight import lately
    from mlcoach.services.day.papers import paper_of_the_day

    chosen = paper_of_the_day(context, progress.unit_progress(context), lately(context))
    return chosen.id if chosen is not None and chosen.offered else ""


def suggestions(context: "Context", known: Collection[str], number: int = SUGGESTED) -> tuple[SuggestionView, ...]:
    """Return papers to begin with that are not in `known`, the one of today's plan first, then those nearest to the
    units under way.

    A paper is as far away as there are hours of study before one of its units and in it, not counting what is
    satisfied or under way. Of papers as near as one another the classics come first.
    """
    unit_progress = progress.unit_progress(context)
    status = unit_progress.status
    units = context.catalog.units

    def hours_before(unit: str) -> float:
        missing: dict[str, float] = {}
        pending = [unit]
        while pending:
            key = pending.pop()
            open_now = key in units and status[key] not in (*SATISFIED, "learning")
            if open_now and key not in missing and (key == unit or key not in unit_progress.known):
                missing[key] = units[key].hours
                pending += [requirement.unit for requirement in units[key].requires]
        return sum(missing.values())

    hours = {id: hours_before(id) for id in units}

    def subjects(paper: Paper) -> list[str]:
        # A unit of the paper_catalog itself (reading classics) is not a subject that a paper could be near to.
        return [key for key in paper.units if key in units and units[key].track != "papers"] or list(paper.units)

    def nearest(paper: Paper) -> str:
        """Return the unit that a paper is nearest to: one under way, else the one that needs least before it."""
        return min(subjects(paper), key=lambda key: (hours.get(key, FAR), status.get(key) != "learning"), default="")

    def distance(paper: Paper) -> tuple[float, bool, bool]:
        unit = nearest(paper)
        return hours.get(unit, FAR), status.get(unit) != "learning", not paper.core

    waiting = [paper for paper in context.catalog.papers().values() if paper.id not in known]
    planned = offered_today(context) if waiting else ""
    chosen = sorted(waiting, key=lambda paper: (paper.id != planned, distance(paper)))[:number]

    def reason(paper: Paper) -> str:
        if paper.id == planned:
            return "is the one in today's plan"
        unit = nearest(paper)
        if unit not in units:
            return ""
        title, stands = units[unit].title, status[unit]
        if stands == "learning":
            return f"goes with {title}, which you are studying"
        if stands in SATISFIED:
            return f"goes with {title}, which you know already"
        before = hours[unit] - units[unit].hours
        if before:
            return f"goes with {title}, about {before:.0f} hours of study from here"
        # What it builds on may be under way, which is no hours of other study and still not passed.
        missing = [units[other].title for other in unit_progress.locked_by(units[unit].requires)]
        waits = f"opens once you have passed {' and '.join(missing)}"
        return f"goes with {title}, {f'which {waits}' if missing else 'ready for you'}"

    return tuple(SuggestionView(one.id, one.title, one.year, one.why, reason(one)) for one in chosen)
