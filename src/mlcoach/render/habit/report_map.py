"""The map on the page: the picture where a window has room for it, and everywhere the units of each track by name."""

from collections import Counter
from collections.abc import Sequence

from mlcoach.domain.curriculum import TRACKS
from mlcoach.domain.day.unit_status import UnitStanding
from mlcoach.render.curriculum.marks import mark
from mlcoach.render.habit import map_picture
from mlcoach.render.habit.charts import text
from mlcoach.render.habit.html_parts import section, table
from mlcoach.render.layout import plural
from mlcoach.views.pages.report import DrawnUnitView, PageView

# What can be done comes first, what is behind comes last.
ORDER: tuple[UnitStanding, ...] = ("learning", "ready", "rusty", "locked", "passed", "mastered", "skipped")


def drawn_units(units: Sequence[DrawnUnitView]) -> list[DrawnUnitView]:
    """Return the units of the picture: those of the path, and what was begun beside it; all where there is no path."""
    chosen = [unit for unit in units if unit.on_path or unit.status not in ("locked", "ready")]
    return chosen or list(units)


def the_map(view: PageView) -> str:
    """Return the section of the map."""
    if not view.units:
        return ""
    drawn = drawn_units(view.units)
    stats, counts = view.stats, Counter(unit.status for unit in drawn)
    said = ", ".join(f"{counts[status]} {status}" for status in map_picture.STATUS if counts[status])
    about = f"{plural(len(drawn), 'unit')}: {said}. {stats.covered:.0%} of your path is covered, "
    about += f"{stats.retained:.0%} retained. Each unit is a link to its row of the table below."
    names = map_picture.short_names(view.units)
    rows = [
        [
            names[unit.id], unit.title, unit.track, unit.status if unit.on_path else f"{unit.status}, off your path",
            f"{unit.retained:.0%}" if unit.retained or unit.status in map_picture.COVERED else "–",
            ", ".join(names.get(id, id) for id in unit.requires) or "–",
        ]
        for unit in view.units
    ]  # fmt: skip
    heads = ["Name", "Unit", "Track", "Status", "Retained", "Builds on"]
    marks = "".join(f"<li>{mark(status)[0]} {status}</li>" for status in map_picture.STATUS if counts[status])
    shades = "".join(f'<span class="key k{number}"></span>' for number in range(len(map_picture.LEVELS) + 1))
    off = "<li><i>slanted</i>: off your path</li>" if any(not unit.on_path for unit in drawn) else ""
    numbers = {unit.id: number for number, unit in enumerate(view.units)}
    return section(
        "map", "The map",
        f'<div class="picture">{map_picture.picture(drawn, about, numbers, names)}</div>',
        f'<ul class="legend">{marks}<li class="picture">retained: none {shades} all</li>{off}</ul>',
        _by_track(drawn), _beside(view, len(drawn)),
        table("Every unit, with its short name and what it builds on", heads, rows, folded=True, words=True, ids="u"),
        style="whole map-page",
    )  # fmt: skip


def _by_track(units: Sequence[DrawnUnitView]) -> str:
    """Return the units of each track by their full names, those under way and ready first."""
    tracks = []
    for track in TRACKS:
        inside = [unit for unit in units if unit.track == track]
        if not inside:
            continue
        closed = sum(unit.status in map_picture.COVERED for unit in inside)
        parts = []
        for status in ORDER:
            found = [unit for unit in inside if unit.status == status]
            if not found:
                continue
            listed = "; ".join(f"<i>{text(unit.title)}</i>" if not unit.on_path else text(unit.title) for unit in found)
            parts.append(f"<dd><b>{mark(status)[0]} {status}</b> {listed}")
        tracks.append(f"<div><dt>{text(track)}, {closed} of {len(inside)}{''.join(parts)}</div>")
    return f"<dl class=tracks>{''.join(tracks)}</dl>"


def _beside(view: PageView, drawn: int) -> str:
    """Return what is neither in the picture nor in the list."""
    others = len(view.units) - drawn
    ready = sum(unit.status == "ready" and not unit.on_path for unit in view.units)
    said = [f"Beside your path: {plural(others, 'unit')} more, {ready} of them ready."] if others else []
    if view.units_left_out:
        said.append(f"{plural(view.units_left_out, 'unit')} more had no room here.")
    return f"<p class=more>{' '.join(said)}</p>" if said else ""
