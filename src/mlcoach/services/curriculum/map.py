"""The map as trees: every unit hangs below a prerequisite, once; where it appears again it is only named.

A unit that several others lead to hangs below the first of them. An edge that longer ones imply is not drawn:
where a leads to b and b to c, c hangs below b alone.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.branches import Branch, grow, turned_round, without_shortcuts
from mlcoach.domain.curriculum import TRACKS, Unit, reachable, unlocked_by
from mlcoach.domain.day import unit_status
from mlcoach.domain.day.unit_status import SATISFIED, UnitStanding
from mlcoach.services.curriculum import progress
from mlcoach.services.curriculum.names import find_on_map
from mlcoach.services.curriculum.retained import shares_of, unit_shares
from mlcoach.services.curriculum.show import requirements, statuses
from mlcoach.views.curriculum import MapGroupView, MapRowView, MapView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

NEEDS, OPENS = "needs", "opens"
WAITING = ("locked", "ready")  # begun units do not say what they would have waited for


class MapStatus(NamedTuple):
    """What is known of every unit and its status; of those shown, their places."""

    progress: unit_status.UnitProgress
    status: dict[str, UnitStanding]
    places: dict[str, int]


def chart(context: "Context", name: str = "") -> MapView:
    """Return the prerequisite trees of a path, a subject or a unit; of the learner's path without a name.

    Raises NotFoundError or UsageError for a name that fits nothing or several, InvalidFileError when the config
    names a path that does not exist.
    """
    kind, id = find_on_map(context, name) if name else ("path", context.path.id)
    catalog = context.catalog
    unit_progress = progress.unit_progress(context, with_memory=True)
    now = MapStatus(unit_progress, statuses(context, unit_progress), {})
    if kind == "unit":
        return _unit_chart(context, id, now)
    status = now.status
    if kind == "path":
        path = context.with_kept(catalog.paths[id])
        title, members = path.title, [catalog.units[unit] for unit in path.units]
        groups = {track: [unit for unit in members if unit.track == track] for track in TRACKS}
    else:
        title = catalog.subjects()[id].title
        members = [unit for unit in catalog.units.values() if unit.subject == id]
        groups = {id: members}
    now = now._replace(places={unit.id: place for place, unit in enumerate(members, start=1)})
    return MapView(
        kind=kind,
        id=id,
        title=title,
        groups=tuple(_group(context, name, units, now) for name, units in groups.items() if units),
        hours=sum((unit.hours for unit in members), 0.0),
        hours_left=sum((unit.hours for unit in members if status[unit.id] not in SATISFIED), 0.0),
        **shares_of(context, unit_progress, (unit.id for unit in members))._asdict(),
        name=f"path:{id}" if kind == "path" and id in catalog.subjects() else id,
    )


def _group(context: "Context", name: str, units: Sequence[Unit], now: MapStatus) -> MapGroupView:
    """Return the tree of some units: below each those that it leads to."""
    edges = {unit.id: [edge.unit for edge in unit.requires] for unit in units}
    leads_to = turned_round(without_shortcuts(edges))
    roots = [unit.id for unit in units if not any(before in edges for before in edges[unit.id])]
    rows = tuple(_row(context, branch, now) for branch in grow(roots, leads_to))
    return MapGroupView(name, rows, *shares_of(context, now.progress, edges))


def _unit_chart(context: "Context", id: str, now: MapStatus) -> MapView:
    """Return what a unit needs, upwards to the roots of the map, and what it opens."""
    catalog, status = context.catalog, now.status
    units = catalog.units
    needed = reachable(id, {unit: [edge.unit for edge in units[unit].requires] for unit in units})
    edges = {unit: [edge.unit for edge in units[unit].requires] for unit in units if unit in needed or unit == id}
    # Of the unit itself every prerequisite is shown, for each may be what locks it; behind what is done, nothing is.
    above = {unit: [] if status[unit] in SATISFIED else before for unit, before in without_shortcuts(edges).items()}
    above[id] = edges[id]
    followers = unlocked_by(units)
    opened = followers[id]
    rows = tuple(_row(context, branch, now, upwards=True) for branch in grow([id], above))
    opens = tuple(_row(context, Branch(unit, 0, id, False), now) for unit in opened)
    return MapView(
        kind="unit",
        id=id,
        title=units[id].title,
        groups=(
            MapGroupView(NEEDS, rows, *shares_of(context, now.progress, needed)),
            MapGroupView(OPENS, opens, *shares_of(context, now.progress, opened)),
        ),
        hours=sum((units[unit].hours for unit in needed), 0.0),
        hours_left=sum((units[unit].hours for unit in needed if status[unit] not in SATISFIED), 0.0),
        further=len(reachable(id, followers)) - len(opened),
        **unit_shares(now.progress, id)._asdict(),
        name=id,
    )


def _row(context: "Context", branch: Branch, now: MapStatus, *, upwards: bool = False) -> MapRowView:
    unit, status = context.catalog.units[branch.id], now.status
    needs = requirements(context, unit, status)
    # Drawn upwards, the edge belongs to the unit below which this one hangs.
    edges = context.catalog.units[branch.parent].requires if upwards and branch.parent else unit.requires
    other = branch.id if upwards else branch.parent
    waits = status[branch.id] in WAITING and not branch.repeated
    known = now.progress.known
    return MapRowView(
        id=unit.id,
        title=unit.title,
        status=status[unit.id],
        hours=unit.hours,
        depth=branch.depth,
        parent=branch.parent,
        why=next((edge.why for edge in edges if edge.unit == other), ""),
        waits_for=tuple(n for n in needs if n.status not in SATISFIED and n.unit not in known) if waits else (),
        repeated=branch.repeated,
        **unit_shares(now.progress, unit.id)._asdict(),
        place=now.places.get(unit.id, 0),
    )
