"""Checklists with their ticks."""

from itertools import groupby

from mlcoach.domain.text import one_line
from mlcoach.render.layout import cells, ends, paragraphs, plural, tick
from mlcoach.render.prose import prose
from mlcoach.render.screen import UNDO, Line, Lines, prose_width
from mlcoach.views.work.checklists import ChecklistTickedView, TickedChecklistView

OPEN = "·"


def checklist_lines(view: TickedChecklistView, width: int | None) -> Lines:
    """Return a checklist by its groups: what is ticked and what is open, with the reasons of the latter."""
    room = None if width is None else prose_width(width)
    title = one_line(view.title)
    progress = f"{view.done} of {view.of}"
    head: Line = [(title, "title")]
    if room is None or cells(title) + cells(view.id) + cells(progress) + 4 > room:
        shown: Lines = [*([(line, style)] for [(line, style)] in paragraphs(title, room, style="title"))]
        shown.append([(view.id, "muted"), ("  ", ""), (progress, _style(view))])
    else:
        shown = [ends(head, [(f"{view.id}  ", "muted"), (progress, _style(view))], room)]
    for group, items in groupby(view.items, key=lambda item: item.group):
        shown += [[], [(one_line(group), "strong")]] if group else [[]]
        for item in items:
            shown += item_lines(item.id, item.text, item.why, room, done=item.done)
    if view.orphans:
        kept = ", ".join(one_line(id) for id in view.orphans[:6])
        shown += [[], *paragraphs(f"Ticked, and no longer in this list: {kept}. It is kept.", room, style="muted")]
    if open_item := next((item for item in view.items if not item.done), None):
        command = f"mlcoach curriculum show {view.id} --check {open_item.id}"
        label = "Tick:" if view.done else "It ticks:"
        fits = room is None or cells(label) + cells(command) + 1 <= room
        tip: Lines = (
            [[(f"{label} ", "muted"), (command, "accent")]] if fits else [[(label, "muted")], [(command, "accent")]]
        )
        shown += [[], *tip]
    return shown


def item_lines(id: str, text: str, why: str, room: int | None, *, done: bool) -> Lines:
    """Return one item: its mark, its text, its id to tick it by, and where it is open its reason."""
    first, *rest = prose(f"{text} ({id})", None if room is None else room - 2)
    shown: Lines = [[*tick(done, f"{OPEN} "), *first], *([("  ", ""), *line] for line in rest)]
    if why and not done:
        shown += [[("  ", ""), *((part, "muted") for part, _ in line)] for line in prose(why, room and room - 2)]
    return shown


def ticked_lines(view: ChecklistTickedView, width: int | None) -> Lines:
    """Return a checklist as it is after items were ticked."""
    shown: Lines = []
    if view.unchanged:
        state = "ticked" if view.done else "open"
        verb = "was" if len(view.unchanged) == 1 else "were"
        shown += paragraphs(f"{', '.join(view.unchanged)} {verb} {state} before.", width)
    if view.changed:
        word = "Ticked" if view.done else "Unticked"
        counted = f"{view.checklist.done} of {plural(view.checklist.of, 'item')} done"
        shown += paragraphs(f"{word} {', '.join(view.changed)}: {counted}.", width, style="strong")
    shown += [*([[]] if shown else []), *checklist_lines(view.checklist, width)]
    return [*shown, UNDO] if view.changed else shown


def _style(view: TickedChecklistView) -> str:
    return "good" if view.of and view.done == view.of else "strong" if view.done else "muted"
