"""The layout of the map: every line is drawn, goes to the right, and crosses no box."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.map_layout import Box, Cell, MapLayout, depths, lay_out, place

Drawn = tuple[dict[str, list[str]], dict[str, list[str]]]


@st.composite
def maps(draw: st.DrawFn) -> Drawn:
    """Draw lanes with units, and what each builds on among those before it."""
    units = [f"u{number}" for number in range(draw(st.integers(0, 24)))]
    edges = {
        unit: sorted(draw(st.sets(st.sampled_from(units[:number]), max_size=4))) if number else []
        for number, unit in enumerate(units)
    }
    lanes: dict[str, list[str]] = {name: [] for name in "abc"}
    for unit in units:
        lanes[draw(st.sampled_from("abc"))].append(unit)
    return lanes, edges


def laid_out(drawn: Drawn) -> MapLayout:
    lanes, edges = drawn
    return lay_out(lanes, edges, {unit: 40.0 + len(unit) for unit in edges}, 50.0)


def crosses(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Return whether a line across or down goes through the inside of a box."""
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return left < box.x + box.width and right > box.x and top < box.y + box.height and bottom > box.y


def test_depth_is_the_longest_way() -> None:
    assert depths({"a": [], "b": ["a"], "c": ["a", "b"], "d": []}) == {"a": 0, "b": 1, "c": 2, "d": 0}


def test_what_builds_on_one_unit_goes_beside_it() -> None:
    lanes = {"math": ["a", "b", "c", "d"], "ml": ["e"]}
    cells = place(lanes, {"a": [], "b": [], "c": ["b"], "d": ["c"], "e": ["a", "d"]})
    assert cells == {"a": Cell(0, 0), "b": Cell(0, 1), "c": Cell(1, 1), "d": Cell(2, 1), "e": Cell(3, 2)}


def test_a_hundred_units_without_lines_fill_rows() -> None:
    lanes = {"own": [f"u{number}" for number in range(100)]}
    cells = place(lanes, {})
    assert max(cell.column for cell in cells.values()) == 13
    assert max(cell.row for cell in cells.values()) == 7
    assert len(set(cells.values())) == 100


def test_a_line_past_a_box_goes_around_it() -> None:
    """Of a, b, c in a row, the line from a to c can go neither along the row of c nor along that of a."""
    laid = lay_out({"x": ["a", "b", "c"]}, {"a": [], "b": ["a"], "c": ["b", "a"]}, dict.fromkeys("abc", 30.0), 0.0)
    line = next(line for line in laid.lines if (line.source, line.target) == ("a", "c"))
    assert len(line.points) == 6
    assert line.points[2][1] == line.points[3][1] > laid.boxes["b"].y + laid.boxes["b"].height


def test_nothing_is_nothing() -> None:
    assert lay_out({}, {}, {}, 50.0) == MapLayout(50.0, 0.0, {}, (), ())


@given(maps())
def test_every_edge_is_a_line_from_left_to_right(drawn: Drawn) -> None:
    laid = laid_out(drawn)
    wanted = {(source, target) for target, sources in drawn[1].items() for source in sources}
    assert {(line.source, line.target) for line in laid.lines} == wanted
    for line in laid.lines:
        source, target = laid.boxes[line.source], laid.boxes[line.target]
        assert line.points[0][0] == source.x + source.width
        assert line.points[-1] == (target.x, target.y + target.height / 2)
        for one, other in pairwise(line.points):
            assert one[0] == other[0] or one[1] == other[1], "lines only go across and up or down"
            assert one[0] <= other[0] + 1e-9, "no line goes back"


@given(maps())
def test_no_line_crosses_a_box_and_no_box_another_one(drawn: Drawn) -> None:
    laid = laid_out(drawn)
    for one, other in combinations(laid.boxes.values(), 2):
        apart = one.x + one.width < other.x or other.x + other.width < one.x
        assert apart or one.y + one.height < other.y or other.y + other.height < one.y
    for line in laid.lines:
        for start, end in pairwise(line.points):
            assert not any(crosses(box, start, end) for box in laid.boxes.values())


@given(maps())
def test_all_is_within_the_picture_and_each_unit_in_its_lane(drawn: Drawn) -> None:
    laid = laid_out(drawn)
    bands = {band.name: band for band in laid.bands}
    for lane, units in drawn[0].items():
        for unit in units:
            box = laid.boxes[unit]
            assert bands[lane].y <= box.y and box.y + box.height <= bands[lane].y + bands[lane].height
            assert box.x >= 50 and box.x + box.width <= laid.width
    for line in laid.lines:
        for x, y in line.points:
            assert 50 <= x <= laid.width
            assert 0 <= y <= laid.height


@given(maps())
def test_lines_of_different_units_never_go_up_or_down_along_one_another(drawn: Drawn) -> None:
    laid = laid_out(drawn)
    upright = [
        (line, start[0], *sorted((start[1], end[1])))
        for line in laid.lines
        for start, end in pairwise(line.points)
        if start[0] == end[0]
    ]
    for (one, x, top, bottom), (other, x2, top2, bottom2) in combinations(upright, 2):
        if x == x2 and min(bottom, bottom2) - max(top, top2) > 0:
            assert one.source == other.source or one.target == other.target


def test_a_cycle_is_refused() -> None:
    from graphlib import CycleError

    with pytest.raises(CycleError):
        depths({"a": ["b"], "b": ["a"]})
