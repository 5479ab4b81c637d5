"""The screen of `mlcoach curriculum map`: a path on one screen, or one unit opened. Readable without colour."""

from collections.abc import Sequence

from mlcoach.render.curriculum.marks import NARROW, hours_text, joined, legend, mark, share, shares_text, wrapped
from mlcoach.render.curriculum.spoken_map import counted, spoken_trees, spoken_unit
from mlcoach.render.curriculum.trees import tree_lines
from mlcoach.render.layout import cells, columns, ends, pad, paragraphs, plural
from mlcoach.render.screen import SPOKEN, Line, Lines, Span, prose_width
from mlcoach.views.curriculum import MapGroupView, MapRowView, MapView

COVERED = ("passed", "mastered", "rusty", "skipped")
HEADS = "covered  retained"
NEXT = 4  # units under way or ready that the map of a path names
WELL, SOME = 0.85, 0.5  # retained, from where a mark is brighter
NOTHING_NEEDED = "It builds on nothing"
NOTHING_OPENED = "Nothing else builds on it: it is an end of the map."
ALL = "mlcoach curriculum map {} --all"


def lines(view: MapView, width: int | None, *, whole: bool = False, plain: bool = False) -> Lines:
    """Return a path as marks by track, a unit between what it builds on and what it opens, a subject as its tree.

    `whole` are the trees of all units, each with its title and what it waits for; `plain` counts instead of drawing.
    """
    if plain and view.kind == "unit":
        return [*spoken_unit(view, whole=whole), [], *_tips(_unit_tips(view)[whole:], prose_width(width))]
    if whole or view.kind == "subject":
        return spoken_trees(view) if plain else tree_lines(view, width)
    room = prose_width(width)
    return _unit(view, room) if view.kind == "unit" else _path(view, room, plain=plain)


def shaded(row: MapRowView) -> Span:
    """Return the mark of a unit: of what is passed the brighter, the more of it would be recalled today."""
    sign, style = mark(row.status)
    if row.status not in ("passed", "mastered"):
        return sign, style
    return sign, "remembered" if row.retained >= WELL else style if row.retained >= SOME else "faded"


def _path(view: MapView, room: int, *, plain: bool) -> Lines:
    tracks = [(group, _in_order(group)) for group in view.groups]
    units = [row for _, rows in tracks for row in rows]
    left = f"{hours_text(view.hours_left)} of {hours_text(view.hours)} left"
    shown: Lines = [[(line, "title")] for line in wrapped(view.title, room)]
    parts = [f"path {view.id}", plural(len(units), "unit"), left, shares_text(view.covered, view.retained)]
    shown += joined(parts, room, " · ")
    if not units:
        return [*shown, [], [("It has no units yet.", "")]]
    shown.append([])
    label = max(cells(group.name) for group, _ in tracks) + 2
    if plain:
        for group, _ in tracks:
            shown += paragraphs(counted(group), room)
    elif room < NARROW:
        for group, rows in tracks:
            shown.append([(f"{group.name}  ", "strong"), (shares_text(group.covered, group.retained), "muted")])
            shown += [[("  ", ""), *line] for line in _marks(rows, room - 2)]
    else:
        space = room - label - cells(HEADS) - 2
        shown.append(ends([(f"{'units of the path, in order':>{label + 27}}", "muted")], [(HEADS, "muted")], room))
        for group, rows in tracks:
            first, *more = _marks(rows, space)
            numbers: Line = [(f"{share(group.covered):>7}", ""), (f"{share(group.retained):>10}", "")]
            shown.append(ends([(pad(group.name, label), "strong"), *first], numbers, room))
            shown += [[(" " * label, ""), *line] for line in more]
    shown += [] if plain else [[], *legend(room)]
    if following := _following(units):
        shown += [[], *_named(following, room)]
    return [*shown, [], *_tips([("One unit:", "mlcoach curriculum map UNIT"), ("All:", ALL.format(view.name))], room)]


def _in_order(group: MapGroupView) -> list[MapRowView]:
    """Return the units of a group, each once, in the order of the path."""
    return sorted((row for row in group.units if not row.repeated), key=lambda row: row.place)


def _following(units: Sequence[MapRowView]) -> list[MapRowView]:
    """Return what can be gone on with: units under way, then those that are ready, in the order of the path."""
    found = [row for status in ("learning", "ready") for row in units if row.status == status]
    return sorted(found, key=lambda row: (row.status != "learning", row.place))[:NEXT]


def _marks(rows: Sequence[MapRowView], space: int) -> Lines:
    """Return the marks of units side by side, in as many lines as they need."""
    each = max(1, (space + 1) // 2)
    parts = [rows[start : start + each] for start in range(0, len(rows), each)]
    return [[(f"{sign} ", style) for sign, style in map(shaded, part)] for part in parts]


def _named(rows: Sequence[MapRowView], room: int) -> Lines:
    """Return units as lines of mark, id, title, hours and what would be recalled of them."""
    table: list[list[Span]] = []
    for row in rows:
        sign, style = shaded(row)
        recalled = f"{row.retained:.0%} retained" if row.retained or row.status in COVERED else row.status
        line: list[Span] = [(f"{sign} {row.id}", style), (row.title, ""), (hours_text(row.hours), "muted")]
        table.append(line if room < NARROW else [*line, (recalled, "muted")])
    lines = columns(table, room, flexible=1, right=(2,))
    # The mark says the status where it is seen, or the last column does.
    unsaid = [
        f"; {row.status}" if (row.status, "muted") not in line else "" for row, line in zip(rows, table, strict=True)
    ]
    return [[*line, (status, SPOKEN)] for line, status in zip(lines, unsaid, strict=True)]


def _unit(view: MapView, room: int) -> Lines:
    """Return a unit between what it builds on, above it, and what it opens, below it."""
    needs, opens = view.groups
    unit, *above = needs.units
    direct = [row for row in above if row.depth == 1]
    shown: Lines = []
    if direct:
        shown.append([("Builds on", "muted")])
        for row, line in zip(direct, _named(direct, room - 2), strict=True):
            shown.append([("  ", ""), *line])
            shown += [[(f"    {text}", "muted")] for text in wrapped(row.why, room - 4)] if row.why else []
        further = len({row.id for row in above}) - len(direct)
        left = f"{hours_text(view.hours_left)} of {hours_text(view.hours)} left before it"
        before = f"and {plural(further, 'unit')} further back" if further else ""
        behind = left if view.hours_left else "all of it is behind you"
        shown += joined([part for part in (f"  {before}" if before else "", behind) if part], room, " · ")
        shown.append([("  ↓", "muted")])
    else:
        said = f"{NOTHING_NEEDED}: you can begin here." if unit.status == "ready" else f"{NOTHING_NEEDED}."
        shown += [*([(line, "muted")] for line in wrapped(said, room)), []]
    sign, style = shaded(unit)
    first, *rest = wrapped(view.title, room - 2)
    shown.append([(f"{sign} ", style), (first, "title")])
    shown += [[("  ", ""), (more, "title")] for more in rest]
    parts = [view.id, hours_text(unit.hours), unit.status, shares_text(view.covered, view.retained)]
    shown += [[("  ", ""), *line] for line in joined(parts, room - 2, " · ")]
    if opens.units:
        shown += [[("  ↓", "muted")], [("Opens", "muted")]]
        shown += [[("  ", ""), *line] for line in _named(opens.units, room - 2)]
        shown += [[(f"  and {plural(view.further, 'unit')} further on", "muted")]] if view.further else []
    else:
        shown += [[], *([(line, "muted")] for line in wrapped(NOTHING_OPENED, room))]
    return [*shown, [], *legend(room), [], *_tips(_unit_tips(view), room)]


def _unit_tips(view: MapView) -> list[tuple[str, str]]:
    return [("All that leads here:", ALL.format(view.id)), ("In full:", f"mlcoach curriculum show {view.id}")]


def _tips(tips: Sequence[tuple[str, str]], room: int) -> Lines:
    """Return commands behind what they are good for, side by side where there is room."""
    whole: Line = []
    for label, command in tips:
        whole += [("   " if whole else "", ""), (f"{label} ", "muted"), (command, "accent")]
    if sum(cells(text) for text, _ in whole) <= room:
        return [whole]
    apart: Lines = []
    for label, command in tips:
        fits = cells(label) + 1 + cells(command) <= room
        line: Line = [(f"{label} ", "muted"), (command, "accent")]
        apart += [line] if fits else [[(label, "muted")], [("  ", ""), (command, "accent")]]
    return apart
