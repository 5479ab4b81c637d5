"""The map as a picture: tracks as lanes, further right what builds on more, a mark and a shade for each unit.

Every unit is a link to its row of the table below the picture, so that it is reached by keyboard and read aloud. Where
a unit is pointed at or has the focus, the lines that lead to it stand out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mlcoach.domain.curriculum import TRACKS
from mlcoach.domain.day.unit_status import UnitStanding
from mlcoach.domain.map_layout import MapLayout, MapLine, lay_out
from mlcoach.render.curriculum.marks import mark
from mlcoach.render.habit.charts import text
from mlcoach.views.pages.report import DrawnUnitView

LEFT = 62  # kept free for the names of the tracks
LETTER, AROUND = 6.7, 27  # pixels of a letter at the size of the style sheet, and of all else in a box
ROUND = 4  # radius of a corner of a line
LEVELS = (0.01, 0.7, 0.85)  # retained, from where the next shade begins
STATUS: dict[UnitStanding, str] = {
    "passed": "p", "mastered": "m", "rusty": "y", "learning": "n", "ready": "e", "locked": "l", "skipped": "s",
}  # fmt: skip
COVERED = ("passed", "mastered", "rusty", "skipped")


def picture(
    units: Sequence[DrawnUnitView], description: str, numbers: Mapping[str, int], names: Mapping[str, str]
) -> str:
    """Return these units as one inline picture; `numbers` are the rows that they link to, `names` their short ones."""
    lanes = {track: [unit.id for unit in units if unit.track == track] for track in TRACKS}
    widths = {unit.id: AROUND + LETTER * len(names[unit.id]) for unit in units}
    laid = lay_out(lanes, {unit.id: unit.drawn for unit in units}, widths, LEFT)
    leading: dict[str, list[MapLine]] = {}
    for line in laid.lines:
        leading.setdefault(line.target, []).append(line)
    parts = []
    for number, band in enumerate(laid.bands):
        shade = f'<rect class="b" y="{band.y:.0f}" width="{laid.width:.0f}" height="{band.height:.0f}"/>'
        parts.append(shade if number % 2 == 0 else "")
        parts.append(f'<text class="t" x="6" y="{band.y + band.height / 2 + 4:.0f}">{text(band.name)}</text>')
    parts += [_unit(numbers[unit.id], unit, names[unit.id], laid, leading.get(unit.id, ())) for unit in units]
    return (
        f'<svg class="map" viewBox="0 0 {laid.width:.0f} {laid.height:.0f}" width="{laid.width:.0f}" '
        f'role="group" aria-labelledby="map-t map-d"><title id="map-t">The map</title>'
        f'<desc id="map-d">{text(description)}</desc>{"".join(parts)}</svg>'
    )


def short_names(units: Iterable[DrawnUnitView]) -> dict[str, str]:
    """Return the last part of every id, with the one before it where a track has the same last part twice."""
    units = list(units)
    count = Counter((unit.track, unit.id.rpartition(".")[2]) for unit in units)
    return {
        unit.id: ".".join(unit.id.split(".")[-(1 if count[unit.track, unit.id.rpartition(".")[2]] == 1 else 2) :])
        for unit in units
    }


def level(retained: float) -> int:
    """Return the shade of a share retained: 0 for none of it, 3 for nearly all."""
    return sum(retained >= least for least in LEVELS)


def said(unit: DrawnUnitView) -> str:
    """Return a unit in words: its title, its status, and what would be recalled of it."""
    recalled = f", {unit.retained:.0%} retained" if unit.retained or unit.status in COVERED else ""
    return f"{unit.title}: {unit.status}{recalled}"


def _unit(number: int, unit: DrawnUnitView, name: str, laid: MapLayout, leading: Iterable[MapLine]) -> str:
    box = laid.boxes[unit.id]
    lines = "".join(path_of(line) for line in leading)
    drawn = f'<path d="{lines}"/>' if lines else ""
    style = f"{STATUS[unit.status]} r{level(unit.retained)}{'' if unit.on_path else ' o'}"
    sign, _ = mark(unit.status)
    return (
        f'<g>{drawn}<a href="#u{number}" class="{style}" transform="translate({box.x:.0f} {box.y:.0f})">'
        f'<title>{text(said(unit))}</title><rect width="{box.width:.0f}"/>'
        f'<text x="6" y="14">{sign} {text(name)}</text></a></g>'
    )


def path_of(line: MapLine) -> str:
    """Return a line as a path whose corners are round; whole pixels and steps from point to point keep it short."""
    points = [(round(x), round(y)) for x, y in line.points]
    (x, y), *_ = points
    parts = [f"M{x} {y}"]
    for corner, after in zip(points[1:], [*points[2:], points[-1]], strict=True):
        across, down = corner[0] - x, corner[1] - y
        onwards = after[0] - corner[0], after[1] - corner[1]
        reach = min(ROUND, abs(across + down) // 2, abs(sum(onwards)) // 2)
        ahead = _step(across, reach), _step(down, reach)
        beyond = _step(onwards[0], reach), _step(onwards[1], reach)
        across, down = across - ahead[0], down - ahead[1]
        parts.append((f"h{across}" if across else "") + (f"v{down}" if down else ""))
        if reach:
            turned = ahead[0] + beyond[0], ahead[1] + beyond[1]
            parts.append(f"q{ahead[0]} {ahead[1]} {turned[0]} {turned[1]}")
        x, y = corner[0] + beyond[0], corner[1] + beyond[1]
    return "".join(parts)


def _step(distance: int, reach: int) -> int:
    """Return a step of that reach in the direction of a distance; 0 where there is none."""
    return (distance > 0) * reach - (distance < 0) * reach
