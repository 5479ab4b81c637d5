"""The trees of `mlcoach curriculum map --all`: every unit with what it waits for, readable without colour."""

from collections.abc import Sequence

from mlcoach.domain.text import one_line
from mlcoach.render.curriculum.marks import NARROW, hours_text, joined, legend, mark, shares_text, wrapped
from mlcoach.render.layout import cells, pad, plural, wrap
from mlcoach.render.screen import Line, Lines, prose_width
from mlcoach.views.curriculum import MapGroupView, MapRowView, MapView, RequirementView

QUIET = ("locked", "skipped")
DEEPEST = 60  # levels drawn where a line has no end
NOTHING_NEEDED = "It builds on nothing: you can begin here."


def tree_lines(view: MapView, width: int | None) -> Lines:
    """Return the trees with the status of each unit and the reason of each lock."""
    room = None if width is None else prose_width(width)
    shown = _ancestry(view, room) if view.kind == "unit" else _trees(view, room)
    return [*shown, [], *legend(room)]


def _ancestry(view: MapView, room: int | None) -> Lines:
    """Return what a unit needs, as a tree upwards, and what it opens."""
    needs, opens = view.groups
    shown: Lines = [[(line, "title")] for line in wrapped(view.title, room)]
    shown += [[], [("It needs", "strong")]]
    if len(needs.units) == 1:
        shown += [[(f"  {line}", "")] for line in wrapped(NOTHING_NEEDED, room and room - 2)]
    else:
        shown += _tree(needs.units, room, with_edges=True)
        left = f"{hours_text(view.hours_left)} of {hours_text(view.hours)} left before it"
        done = "all of it is behind you" if not view.hours_left else left
        shown.append([(done, "muted")])
    shown += [[], [("It opens", "strong")]]
    if not opens.units:
        shown.append([("  nothing else: it is an end of the map", "")])
    shown += _tree(opens.units, room, behind=view.id)
    if view.further:
        shown.append([(f"and {plural(view.further, 'unit')} further on", "muted")])
    return shown


def _trees(view: MapView, room: int | None) -> Lines:
    count = sum(not row.repeated for group in view.groups for row in group.units)
    left = f"{hours_text(view.hours_left)} of {hours_text(view.hours)} left"
    shown: Lines = [[(line, "title")] for line in wrapped(view.title, room)]
    parts = [f"{view.kind} {view.id}", plural(count, "unit"), left, shares_text(view.covered, view.retained)]
    shown += joined(parts, room, " · ")
    if not count:
        shown += [[], [("It has no units yet.", "")]]
    for group in view.groups:
        if view.kind == "path":
            shown += [[], [(group.name, "strong"), (f"  {_done(group)}", "muted")]]
        else:
            shown.append([])
        shown += _tree(group.units, room)
    return shown


def _done(group: MapGroupView) -> str:
    whole = [row for row in group.units if not row.repeated]
    done = sum(row.status in ("passed", "mastered", "rusty", "skipped") for row in whole)
    return f"{done} of {len(whole)} done" if done else plural(len(whole), "unit")


def _tree(rows: Sequence[MapRowView], room: int | None, *, with_edges: bool = False, behind: str = "") -> Lines:
    """Return a tree; `with_edges` gives the reason of every edge, else each lock its reasons but `behind`."""
    rails = _rails([row.depth for row in rows], room)
    heads = [cells(rail) + 2 + cells(row.title) for (rail, _), row in zip(rails, rows, strict=True)]
    ids = max((cells(row.id) for row in rows), default=0)
    titles = max(heads, default=0)
    if room is not None:
        titles = min(titles, room - ids - 2 - 6)
    shown: Lines = []
    for (rail, below), row in zip(rails, rows, strict=True):
        if room is not None and room < NARROW:
            shown += _narrow_row(row, rail, below, room)
        else:
            shown += _row(row, rail, below, titles, ids, cut=room is not None)
        if with_edges:
            # What is only named again says its reason where it may lock the unit the map is of.
            reasons = [row.why] if row.why and (row.depth == 1 or not row.repeated) else []
        else:
            reasons = [_reason(need) for need in row.waits_for if need.unit != behind]
        for reason in reasons:
            shown += _detail(reason, f"{below} ", room)
    return shown


def _reason(need: RequirementView) -> str:
    return f"needs {need.unit}: {need.why}" if need.why else f"needs {need.unit}"


def _row(row: MapRowView, rail: str, below: str, titles: int, ids: int, *, cut: bool) -> Lines:
    sign, style = mark(row.status)
    title = one_line(row.title)
    if row.repeated:
        return [[(rail, "muted"), (sign, style), (f" {row.id}, see above", "muted")]]
    space = max(8, titles - cells(rail) - 2)
    shown, *rest = wrap(title, space) if cut else [title]
    quiet = "muted" if row.status in QUIET else ""
    first: Line = [
        (rail, "muted"),
        (sign, style),
        (f" {pad(shown, space)}", quiet or ("strong" if row.status == "learning" else "")),
        (f"  {pad(row.id, ids)}", "muted"),
        (hours_text(row.hours).rjust(6), "muted"),
    ]
    return [first, *([(f"{below} ", "muted"), (more, quiet)] for more in rest)]


def _narrow_row(row: MapRowView, rail: str, below: str, room: int) -> Lines:
    sign, style = mark(row.status)
    if row.repeated:
        first, *more = wrap(f"{row.id}, see above", max(8, room - cells(rail) - 2))
        return [
            [(rail, "muted"), (sign, style), (f" {first}", "muted")],
            *([(f"{below} {text}", "muted")] for text in more),
        ]
    title, *rest = wrap(one_line(row.title), max(8, room - cells(rail) - 2))
    about = wrap(f"{row.id} · {hours_text(row.hours)}", max(8, room - cells(below) - 2))
    shown: Lines = [[(rail, "muted"), (sign, style), (f" {title}", "")]]
    shown += [[(f"{below} ", "muted"), (text, "")] for text in rest]
    return [*shown, *([(f"{below} {text}", "muted")] for text in about)]


def _detail(text: str, lead: str, room: int | None) -> Lines:
    texts = wrap(one_line(text), max(16, room - cells(lead))) if room is not None else [one_line(text)]
    return [[(lead + text, "muted")] for text in texts]


def _rails(depths: Sequence[int], room: int | None) -> list[tuple[str, str]]:
    """Return for each row the lines drawn before it, and before what is below it.

    The deeper the tree, the narrower its levels; where even that is not enough, the first levels are an ellipsis.
    """
    step = _step(max(depths, default=0), room)
    most = DEEPEST if room is None else max(4, room // 3)  # levels
    bar, tee, corner, blank = (text[:step] for text in ("│  ", "├─ ", "└─ ", "   "))
    if step == 2:
        tee, corner = "├ ", "└ "
    follows: set[int] = set()  # the depths at which something comes further down in the same branch
    drawn: list[tuple[str, str]] = []
    following = [*depths[1:], 0][: len(depths)]
    for depth, after in reversed(list(zip(depths, following, strict=True))):
        follows = {level for level in follows if level <= depth}
        above = [bar if level in follows else blank for level in range(1, depth)]
        own = [tee if depth in follows else corner] if depth else []
        under = [bar if depth in follows else blank] if depth else []
        hidden = max(0, depth - most)
        lead = "⋯ " if hidden else ""
        child = "│" if after > depth else " "
        drawn.append((lead + "".join([*above, *own][hidden:]), lead + "".join([*above, *under][hidden:]) + child))
        follows.add(depth)
    return drawn[::-1]


def _step(deepest: int, room: int | None) -> int:
    """Return how many cells a level is indented by: three, where that leaves two thirds of the line."""
    if room is None:
        return 3
    return next((step for step in (3, 2) if deepest * step <= room // 3), 1)
