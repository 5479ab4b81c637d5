"""The screen of `mlcoach curriculum show --known`."""

from mlcoach.render.curriculum.marks import NARROW, joined, mark, shares_text, wrapped
from mlcoach.render.layout import cells, columns, plural
from mlcoach.render.screen import Lines, Span, prose_width
from mlcoach.views.curriculum import KnownUnitView, KnownView, ShownKnownView

NOTHING = "Nothing is passed yet: a unit counts from `mlcoach done UNIT`, or `mlcoach skip UNIT` where you know it."
NEVER = "never asked"
SAID = "on your word"


def known_lines(view: ShownKnownView, width: int | None) -> Lines:
    """Return what is known, subject by subject, the strongest and the weakest units first."""
    known, room = view.known, prose_width(width)
    shown: Lines = [[("What you know", "title")]]
    shown += joined([known.title, shares_text(known.covered, known.retained)], room, " · ")
    if not known.subjects:
        return [*shown, [], *([(line, "")] for line in wrapped(NOTHING, room))]
    retained = {unit.id: unit.retained for subject in known.subjects for unit in subject.units}
    for name, units in (("Strongest", known.strongest), ("Weakest", known.weakest)):
        if units:
            lead = f"{name}: "
            parts = [f"{id} {retained[id]:.0%}" for id in units]
            rest = joined(parts, room - cells(lead), ", ")
            shown += [[(lead if number == 0 else " " * cells(lead), ""), *line] for number, line in enumerate(rest)]
    for subject in known.subjects:
        # Whole subjects keep their place, however many are known.
        about = f"  {shares_text(subject.covered, subject.retained)}"
        shown += [[], [(subject.title, "strong"), (about, "muted")]]
        rows = [_row(unit, room) for unit in subject.units]
        shown += [[("  ", ""), *line] for line in columns(rows, room - 2, flexible=1, right=(2,))]
    return [*shown, [], *([(line, "muted")] for line in wrapped(_way(known), room))]


def _row(unit: KnownUnitView, room: int) -> list[Span]:
    sign, style = mark(unit.status)
    said = f"{unit.retained:.0%}" if unit.met else SAID if unit.status == "skipped" else NEVER
    row: list[Span] = [(f"{sign} {unit.id}", style), (unit.title, ""), (said, "")]
    return row if room < NARROW else [*row, (f"{unit.met} of {plural(unit.cards, 'card')} met", "muted")]


def _way(known: KnownView) -> str:
    if any(not unit.met for subject in known.subjects for unit in subject.units):
        return "The number is what you would recall today. What was never asked is covered and counts as not retained."
    return "The number is what you would recall today: of every card of the unit, met or not."
