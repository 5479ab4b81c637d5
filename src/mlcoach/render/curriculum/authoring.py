"""The screens of `mlcoach curriculum fix` and `diff`."""

from collections.abc import Iterable

from mlcoach.domain.text import one_line
from mlcoach.render.curriculum.files import CHECK
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.prose import prose
from mlcoach.render.screen import UNDO, Lines
from mlcoach.views.curriculum_files import DiffView, FixView, OverlayDifferenceView, UnitDifferenceView

DIFF = "mlcoach curriculum diff"
FIX = "mlcoach curriculum fix"


def fix_lines(view: FixView, width: int | None) -> Lines:
    """Return what was written into which file."""
    shown: Lines = []
    for one in view.files:
        shown.append([(one.file, "title")])
        shown += [[("  id    ", "muted"), (item, "accent")] for item in one.items]
        shown += [[("  mark  ", "muted"), (unit, "accent")] for unit in one.marks]
    if not view.files:
        shown += paragraphs("Nothing to write: every item has its id, every change of a unit its mark.", width)
    shown += _broken(view.broken, width)
    return [*shown, UNDO] if view.files else shown


def diff_lines(view: DiffView, width: int | None) -> Lines:
    """Return overlay by overlay what is the learner's, and what changed upstream since."""
    shown: Lines = []
    for overlay in view.overlays:
        shown += [*_overlay(overlay, width), []]
    if not view.overlays:
        of = f" of {view.subject}" if view.subject else ""
        shown += [*paragraphs(f"You have no overlay{of}: everything is as it is bundled.", width), []]
    units = [unit for overlay in view.overlays for unit in overlay.units]
    shown += _broken(view.broken, width)
    changed = sum(bool(unit.upstream) for unit in units)
    if view.seen:
        shown += paragraphs("Marked as seen; from now on only later changes are shown.", width)
        shown.append(UNDO)
    elif changed:
        which = "it" if changed == 1 else "them"
        shown += paragraphs(f"{plural(changed, 'unit')} changed upstream; your changes still apply.", width)
        shown.append([(f"Once you have looked at {which}: ", "muted"), (f"{DIFF} --seen", "accent")])
    if any(unit.unit and unit.upstream is None and not unit.own for unit in units) and not view.seen:
        shown.append([("To be shown changes upstream from now on: ", "muted"), (FIX, "accent")])
    while shown and not shown[-1]:
        shown.pop()
    return shown


def _overlay(overlay: OverlayDifferenceView, width: int | None) -> Lines:
    shown: Lines = [[(overlay.file, "title")], [(f"over {overlay.subject}", "muted")]]
    for unit in overlay.units:
        shown += _unit(unit, width)
    shown += [[("  adds unit ", ""), (unit, "accent")] for unit in overlay.own_units]
    for resource in overlay.resources:
        shown += prose(resource, width, "  ")
    return shown


def _unit(unit: UnitDifferenceView, width: int | None) -> Lines:
    shown: Lines = [[("  ", ""), (unit.unit or unit.name, "accent"), (f"  {one_line(unit.title)}", "")]]
    shown += [line for text in unit.yours for line in prose(f"yours: {text}", width, "    ")]
    if unit.renamed:
        name = unit.unit.rpartition(".")[2]
        shown += prose(f"`{unit.name}` is the name now; write `[change.{name}]`", width, "    ")
    if not unit.unit:
        shown += prose("this unit is no longer in the bundle; your text is kept and does nothing", width, "    ")
    elif unit.own:
        shown += prose("a unit of yours: nothing upstream", width, "    ")
    elif unit.upstream is None:
        shown += prose("upstream: no mark yet to tell by", width, "    ")
    elif unit.upstream:
        shown += prose(f"upstream since: {_names(unit.upstream)} changed", width, "    ")
    else:
        shown += prose("upstream: as it was", width, "    ")
    return shown


def _names(parts: Iterable[str]) -> str:
    """Return `why`, `card` and so on as they are called on screens."""
    plurals = {"card": "cards", "exercise": "exercises", "paper": "papers", "read": "readings"}
    plurals["requires"] = "prerequisites"
    return ", ".join(plurals.get(part, part) for part in parts)


def _broken(files: tuple[str, ...], width: int | None) -> Lines:
    if not files:
        return []
    shown = paragraphs("Left as they are, since they have errors:", width)
    shown += [[("  ", ""), (file, "accent")] for file in files]
    return [*shown, [("See: ", "muted"), (CHECK, "accent")]]
