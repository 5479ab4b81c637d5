"""The screens of `done`, `skip` and `reopen`."""

from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.screen import Lines
from mlcoach.views.units import UnitChangedView

SAID = {"passed": "Passed", "skipped": "Skipped", "learning": "Back to learning"}


def lines(view: UnitChangedView, width: int | None) -> Lines:
    """Return what was marked and what it opened."""
    shown: Lines = [[("✓ ", "good"), (f"{SAID[view.mark]}: {view.title}", "strong"), (f"  {view.unit}", "muted")]]
    if view.recall:
        shown += [[("Before you go on, with everything closed:", "muted")]]
        shown += paragraphs(view.recall, width, "  ")
    if view.mark == "passed" and view.items:
        known = f"{view.recalled} of {plural(view.items, 'card and exercise', 'cards and exercises')} recalled so far"
        shown += paragraphs(
            f"{known}; it counts as mastered when four of five came back on another day.", width, style="muted"
        )
    if view.unlocked:
        shown.append([("Now ready:", "")])
        shown += [[("  ", ""), (unit, "accent"), (f"  {title}", "")] for unit, title in view.unlocked]
    shown.append([("Undo: mlcoach undo", "muted")])
    return shown
