"""The screens of `undo` and `redo`."""

from mlcoach.domain.erasing import BLANK
from mlcoach.domain.text import one_line
from mlcoach.render.layout import NARROW_TERMINAL, columns, fit, paragraphs, plural, short_day
from mlcoach.render.screen import Lines
from mlcoach.views.upkeep import StepsView, UndoView
from mlcoach.views.work.erase import ErasedView

NOTHING_TO_UNDO = (
    "Nothing to take back: nothing was recorded on this machine since the beginning, or since the last restore, or all "
    "of it is undone. What came by sync is taken back on the machine that recorded it."
)
NOTHING_TO_REDO = "Nothing to bring back: redo follows an undo, as long as nothing else is recorded."


def undo_lines(view: UndoView, width: int | None) -> Lines:
    """Return what was taken back."""
    if view.command is None:
        return paragraphs(NOTHING_TO_UNDO, width)
    shown = paragraphs(f"Took back: {_said(view)}", width)
    shown.append([("Redo: mlcoach redo", "muted")])
    return shown


def redo_lines(view: UndoView, width: int | None) -> Lines:
    """Return what was brought back."""
    if view.command is None:
        return paragraphs(NOTHING_TO_REDO, width)
    shown = paragraphs(f"Brought back: {_said(view)}", width)
    shown.append([("Undo: mlcoach undo", "muted")])
    return shown


def list_lines(view: StepsView, width: int | None) -> Lines:
    """Return the commands that can be taken back, newest first."""
    if not view.steps:
        return paragraphs(NOTHING_TO_UNDO, width)
    rows = [
        [
            (str(step.n).rjust(2), "strong"),
            (f"{short_day(step.at.date(), view.today)} {step.at:%H:%M}", "muted"),
            (fit(one_line(step.command), width * 2 // 5) if width and width >= NARROW_TERMINAL else step.command, ""),
            (step.summary, "muted"),
        ]
        for step in view.steps
    ]
    # Without a width nothing is cut: what was done is what one chooses by, and goes on below its column.
    return [*columns(rows, None, flexible=3), [("Take one back: mlcoach undo N", "muted")]]


def erased_lines(view: ErasedView, width: int | None) -> Lines:
    """Return what was erased, and where the text may still be."""
    names = ", ".join(f"`{one_line(one.command).removesuffix(BLANK).strip() or 'a command'}`" for one in view.commands)
    shown = paragraphs(f"Erased the words of {names}, here and in {plural(view.backups, 'backup')}.", width)
    shown += paragraphs("Minutes, days and answers stay; the words cannot be brought back.", width, style="muted")
    if not view.clean:
        said = "Another program holds the database: erase it again later, so that its unused parts are cleaned too."
        shown += paragraphs(said, width, style="warn")
    shown += [[("Could not be written, and still has them: ", "warn"), (path, "")] for path in view.left]
    if view.files:
        shown += paragraphs("These files are yours and were left as they are:", width)
        shown += [[("  ", ""), (path, "accent")] for path in view.files]
    said = "What was exported, sent or copied elsewhere is not reached; a journal joined later is."
    return [*shown, *paragraphs(said, width, style="muted")]


def _said(view: UndoView) -> str:
    summary = f" ({one_line(view.summary)})" if view.summary else ""
    return f"{one_line(view.command or '')}{summary}"
