"""`mlcoach curriculum map` for who hears it: a sentence for each unit and for each that it needs, nothing drawn."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mlcoach.domain.text import one_line
from mlcoach.render.curriculum.marks import MARKS, hours_words, shares_text
from mlcoach.render.layout import plural
from mlcoach.render.screen import Lines
from mlcoach.views.curriculum import MapGroupView, MapRowView, MapView, RequirementView


def spoken_unit(view: MapView, *, whole: bool) -> Lines:
    """Return a unit, what it needs and what it opens; `whole`: also what those need, back to the beginning."""
    needs, opens = view.groups
    unit, *above = needs.units
    direct = [row for row in above if row.depth == 1]
    shown: Lines = [[(_unit(unit), "title")], [(shares_text(view.covered, view.retained), "muted")]]
    shown += [[(_need(row), "")] for row in direct]
    if not direct:
        begin = ": you can begin here" if unit.status == "ready" else ""
        shown.append([(f"It builds on nothing{begin}.", "")])
    else:
        further = len({row.id for row in above}) - len(direct)
        left = f"{hours_words(view.hours_left)} of {hours_words(view.hours)} are left before it"
        behind = left if view.hours_left else "all of it is behind you"
        more = f"and {plural(further, 'unit')} further back; " if further and not whole else ""
        shown.append([(f"{more}{behind}.", "muted")])
    if whole and (rows := list(_needing(above))):
        shown += [[], [("What those need", "strong")]]
        for row, own in rows:
            shown += [[(_unit(row), "")], *([(_need(need), "muted")] for need in own)]
    shown += [[], [("It opens" if opens.units else "It opens nothing else: it is an end of the map.", "strong")]]
    for row in opens.units:
        shown += [[(_unit(row), "")], *_waits(row, behind=view.id)]
    if view.further:
        shown.append([(f"and {plural(view.further, 'unit')} further on", "muted")])
    return shown


def spoken_trees(view: MapView) -> Lines:
    """Return every unit of a path or subject once, each with what it waits for."""
    units = [row for group in view.groups for row in group.units if not row.repeated]
    left = f"{hours_words(view.hours_left)} of {hours_words(view.hours)} left"
    parts = [f"{view.kind} {view.id}", plural(len(units), "unit"), left, shares_text(view.covered, view.retained)]
    shown: Lines = [[(one_line(view.title), "title")], [("; ".join(parts), "muted")]]
    if not units:
        shown += [[], [("It has no units yet.", "")]]
    for group in view.groups:
        shown += [[], [(counted(group), "strong")]] if view.kind == "path" else [[]]
        for row in sorted((row for row in group.units if not row.repeated), key=lambda row: row.place):
            shown += [[(_unit(row), "strong" if row.status == "learning" else "")], *_waits(row)]
    return shown


def counted(group: MapGroupView) -> str:
    """Return a track in words: how many of its units are at which status."""
    counts: Counter[str] = Counter(row.status for row in group.units if not row.repeated)
    said = ", ".join(f"{counts[status]} {status}" for status in MARKS if counts[status])
    return f"{group.name}: {said}; {shares_text(group.covered, group.retained)}"


def _needing(rows: Sequence[MapRowView]) -> Iterator[tuple[MapRowView, list[MapRowView]]]:
    """Yield the rows of a tree that have some below them, each with those one level down."""
    for place, row in enumerate(rows):
        own: list[MapRowView] = []
        for below in rows[place + 1 :]:
            if below.depth <= row.depth:
                break
            if below.depth == row.depth + 1:
                own.append(below)
        if own:
            yield row, own


def _unit(row: MapRowView) -> str:
    return f"{one_line(row.title)}; {row.id}; {hours_words(row.hours)}; {row.status}"


def _need(row: MapRowView) -> str:
    return f"needs: {_unit(row)}" + (f"; because {_clause(row.why)}" if row.why else "")


def _waits(row: MapRowView, behind: str = "") -> Lines:
    return [[(_waiting(need), "muted")] for need in row.waits_for if need.unit != behind]


def _waiting(need: RequirementView) -> str:
    said = f"needs: {one_line(need.title)}; {need.unit}; {need.status}"
    return said + (f"; because {_clause(need.why)}" if need.why else "")


def _clause(text: str) -> str:
    return one_line(text).rstrip(".")
