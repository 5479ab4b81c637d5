"""Where the units of a map are drawn: a lane a track, further right what builds on more, and lines around every box.

A layered drawing after K. Sugiyama, S. Tagawa and M. Toda (Methods for visual understanding of hierarchical system
structures, IEEE Transactions on Systems, Man, and Cybernetics 11, 1981), with the lanes given and the lines at right
angles. A line leaves its box to the right, goes up or down between two columns, and along a row whose boxes are not in
its way, or between two rows: it never crosses a box. Lengths are pixels.
"""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

BOX, ROW = 19.0, 27.0  # height of a box, and from one row to the next
LANE_GAP = 7.0  # more than that between two lanes
TRACK = 5.0  # from one line to the next where they go up or down side by side
MARGIN = 8.0  # between a box and the first line beside it
GAP_TRACK, GAP_TRACKS = 2.0, 3  # from one line to the next between two rows, and how many fit there
LOW = 6.0  # a line along the row of its own box is so much lower than those that end on that row


class Box(NamedTuple):
    """A unit: its left and upper edge, its width and height."""

    x: float
    y: float
    width: float
    height: float


class Band(NamedTuple):
    """A lane: its name, upper edge and height."""

    name: str
    y: float
    height: float


class MapLine(NamedTuple):
    """What leads from one unit to another: the corners of a line that only goes across and up or down."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]


class MapLayout(NamedTuple):
    """The drawing as a whole."""

    width: float
    height: float
    boxes: dict[str, Box]
    bands: tuple[Band, ...]
    lines: tuple[MapLine, ...]


class Cell(NamedTuple):
    """A place on the grid: column from the left, row from the top over all lanes."""

    column: int
    row: int


class _Turn(NamedTuple):
    """Where a line goes up or down: right of which column, who shares it there, and between which heights.

    Heights are half rows: 2 n is the middle of row n, 2 n + 1 the gap below it.
    """

    column: int
    shared: str
    begin: int
    end: int


class _Way(NamedTuple):
    """A line on the grid; `low` where it goes along the row of its source, lower than what ends on that row."""

    source: str
    target: str
    turns: tuple[_Turn, ...]
    low: bool = False


def depths(edges: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return for each node the length of the longest way that leads to it. Raises CycleError for a cycle."""
    found: dict[str, int] = {}
    for node in TopologicalSorter(edges).static_order():
        found[node] = 1 + max((found[other] for other in edges.get(node, ())), default=-1)
    return found


def place(lanes: Mapping[str, Sequence[str]], edges: Mapping[str, Sequence[str]]) -> dict[str, Cell]:
    """Return the place of every node of the lanes: its depth across, and a row of its lane.

    `edges` lead from a node to what it builds on. A node goes beside what it builds on where there is room; those that
    nothing leads to or from fill what is left of their lane from left to right.
    """
    nodes = {node for lane in lanes.values() for node in lane}
    inner = {node: [other for other in edges.get(node, ()) if other in nodes] for node in nodes}
    depth = depths(inner)
    joined = {node for node, others in inner.items() if others} | {other for all in inner.values() for other in all}
    across = max((depth[node] for node in joined), default=0) + 1
    # As many columns as the lines need; without lines, as many as make a drawing that is wider than high.
    across = max(across, round((2 * len(nodes)) ** 0.5) if not joined else across)
    cells: dict[str, Cell] = {}
    top = 0
    for lane in lanes.values():
        linked = [node for node in lane if node in joined]
        in_column = [[node for node in linked if depth[node] == column] for column in range(across)]
        rows = max(map(len, in_column), default=0)
        for column, members in enumerate(in_column):
            free = set(range(top, top + rows))
            for node in sorted(members, key=lambda node: _wanted(inner[node], cells, top, lane)):
                wanted = _wanted(inner[node], cells, top, lane)
                row = min(free, key=lambda row: (abs(row - wanted), row))
                free.remove(row)
                cells[node] = Cell(column, row)
        taken = {cells[node] for node in linked}
        alone = [node for node in lane if node not in joined]
        rows = max(rows, -(-len(lane) // across))
        empty = (Cell(column, top + row) for row in range(rows) for column in range(across))
        cells |= zip(alone, (cell for cell in empty if cell not in taken), strict=False)
        top += rows
    return cells


def _wanted(before: Iterable[str], cells: Mapping[str, Cell], top: int, lane: Sequence[str]) -> float:
    """Return the mean row of what a node builds on within its lane, else the first."""
    rows = [cells[other].row for other in before if other in cells and other in lane]
    return sum(rows) / len(rows) if rows else top


def lay_out(
    lanes: Mapping[str, Sequence[str]], edges: Mapping[str, Sequence[str]], widths: Mapping[str, float], left: float
) -> MapLayout:
    """Return a drawing of the nodes in their lanes, with a line for each edge to a node that is drawn.

    `widths` are those that the boxes need, `left` is kept free at the left for the names of the lanes.
    """
    cells = place(lanes, edges)
    taken = set(cells.values())
    ways = [
        _way(source, target, cells, taken) for target in cells for source in edges.get(target, ()) if source in cells
    ]
    across = max((cell.column for cell in cells.values()), default=-1) + 1
    tracks = [_vertical_tracks(ways, column) for column in range(across)]
    needed = [max(widths[node] for node in cells if cells[node].column == column) for column in range(across)]
    columns = [left]
    for width, used in zip(needed, tracks, strict=True):
        columns.append(columns[-1] + width + 2 * MARGIN + TRACK * max(used.values(), default=0))
    tops, bands, height = _rows(lanes, cells)
    boxes = {node: Box(columns[cell.column], tops[cell.row], needed[cell.column], BOX) for node, cell in cells.items()}
    gaps = _gap_tracks(ways)
    lines = []
    for way in ways:
        start, end = boxes[way.source], boxes[way.target]
        y = start.y + BOX / 2 + (LOW if way.low else 0.0)
        points = [(start.x + start.width, y)]
        for turn in way.turns:
            x = columns[turn.column] + needed[turn.column] + MARGIN + TRACK * tracks[turn.column][turn.shared]
            points.append((x, y))
            if turn.end % 2:
                y = tops[turn.end // 2] + BOX + GAP_TRACK * (1 + gaps[turn.end, way.target])
            else:
                y = end.y + BOX / 2
            points.append((x, y))
        points.append((end.x, y))
        lines.append(MapLine(way.source, way.target, tuple(points)))
    return MapLayout(columns[-1], height, boxes, bands, tuple(lines))


def _way(source: str, target: str, cells: Mapping[str, Cell], taken: set[Cell]) -> _Way:
    """Return a way with as few turns as the boxes between allow."""
    (first, begin), (last, end) = cells[source], cells[target]

    def is_free(row: int) -> bool:
        return not any(Cell(column, row) in taken for column in range(first + 1, last))

    if is_free(end):
        turn = _Turn(first, f"from {source}", 2 * begin, 2 * end)
        return _Way(source, target, () if begin == end else (turn,))
    if is_free(begin):
        return _Way(source, target, (_Turn(last - 1, f"to {target}", 2 * begin, 2 * end),), low=True)
    gap = 2 * end - 1 if begin < end else 2 * end + 1
    return _Way(
        source,
        target,
        (_Turn(first, f"from {source}", 2 * begin, gap), _Turn(last - 1, f"to {target}", gap, 2 * end)),
    )


def _vertical_tracks(ways: Iterable[_Way], column: int) -> dict[str, int]:
    """Return the place of each line that goes up or down right of a column: side by side where they would touch."""
    spans: dict[str, tuple[int, int]] = {}
    for way in ways:
        for turn in way.turns:
            if turn.column == column:
                low, high = sorted((turn.begin, turn.end))
                known = spans.get(turn.shared, (low, high))
                spans[turn.shared] = min(low, known[0]), max(high, known[1])
    return _side_by_side(spans)


def _gap_tracks(ways: Iterable[_Way]) -> dict[tuple[int, str], int]:
    """Return the place of each line between two rows, by the gap and the unit it leads to."""
    spans: dict[int, dict[str, tuple[int, int]]] = {}
    for way in ways:
        if len(way.turns) == 2:
            first, last = way.turns
            known = spans.setdefault(first.end, {}).get(way.target, (first.column, last.column))
            spans[first.end][way.target] = min(known[0], first.column), last.column
    return {
        (gap, target): track % GAP_TRACKS
        for gap, here in spans.items()
        for target, track in _side_by_side(here).items()
    }


def _side_by_side(spans: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Return for each span the first track in which it touches no other one."""
    ends: list[int] = []  # of what each track holds so far
    tracks: dict[str, int] = {}
    for name, (low, high) in sorted(spans.items(), key=lambda span: (span[1], span[0])):
        track = next((number for number, end in enumerate(ends) if end < low), len(ends))
        ends[track : track + 1] = [high]
        tracks[name] = track
    return tracks


def _rows(lanes: Mapping[str, Sequence[str]], cells: Mapping[str, Cell]) -> tuple[list[float], tuple[Band, ...], float]:
    """Return the upper edges of the boxes of each row, the bands of the lanes, and the height of all."""
    tops: list[float] = []
    bands: list[Band] = []
    y = 0.0
    for name, lane in lanes.items():
        if not lane:
            continue
        count = max(cells[node].row for node in lane) + 1 - len(tops)
        height = count * ROW + LANE_GAP
        tops += [y + LANE_GAP / 2 + (ROW - BOX) / 2 + number * ROW for number in range(count)]
        bands.append(Band(name, y, height))
        y += height
    return tops, tuple(bands), y
