"""What placement would pass, before anybody agrees to it."""

from collections.abc import Sequence

from mlcoach.domain.text import one_line
from mlcoach.render.layout import paragraphs, plural, wrap
from mlcoach.render.screen import Lines, prose_width
from mlcoach.views.placement.placement import PlacedUnitView


def pending_lines(units: Sequence[PlacedUnitView], width: int | None) -> Lines:
    """Return the units in a numbered list, each with its hours and the reason below it."""
    room = prose_width(width)
    return [[("By your answers you know:", "strong")], *_numbered(units, room)]


def _numbered(units: Sequence[PlacedUnitView], room: int) -> Lines:
    shown: Lines = []
    indent = len(str(len(units))) + 1
    for number, unit in enumerate(units, start=1):
        first, *rest = wrap(f"{one_line(unit.title)}, {unit.hours:g}h", room - indent)
        shown.append([(f"{number}".rjust(indent - 1) + " ", "muted"), (first, "")])
        shown += [[(" " * indent, ""), (line, "")] for line in rest]
        why = wrap(one_line(unit.why), room - indent) if unit.why else []
        shown += [[(" " * indent, ""), (line, "muted")] for line in why]
    return shown


def lacking_lines(units: Sequence[PlacedUnitView], width: int | None) -> Lines:
    """Return the units that a path takes for granted and that are not known, in a numbered list."""
    room = prose_width(width)
    shown = list(paragraphs("Your path takes these for granted, and nothing shows yet that you know them:", room))
    return shown + _numbered(units, room)


def pending_question(units: Sequence[PlacedUnitView]) -> str:
    """Return the question whether to mark them."""
    hours = sum(unit.hours for unit in units)
    these = "this unit" if len(units) == 1 else f"these {plural(len(units), 'unit')}"
    return f"Mark {these} ({hours:g}h) as passed? (all/choose/none)"
