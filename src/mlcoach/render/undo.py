"""The screens of `undo` and `redo`."""

from mlcoach.domain.text import one_line
from mlcoach.render.layout import columns, fit, paragraphs, short_day
from mlcoach.render.screen import Lines
from mlcoach.services.views.upkeep import StepsView, UndoView

LONGEST_COMMAND = 40


def undo_lines(view: UndoView, width: int | None) -> Lines:
    """Return what was taken back."""
    if view.command is None:
        return [[("Nothing to take back: what this machine recorded is undone already, or there is nothing yet.", "")]]
    shown = paragraphs(f"Took back: {_said(view)}", width)
    shown.append([("Redo: mlcoach redo", "muted")])
    return shown


def redo_lines(view: UndoView, width: int | None) -> Lines:
    """Return what was brought back."""
    if view.command is None:
        return [[("Nothing to bring back: redo follows an undo, as long as nothing else was recorded since.", "")]]
    shown = paragraphs(f"Brought back: {_said(view)}", width)
    shown.append([("Undo: mlcoach undo", "muted")])
    return shown


def list_lines(view: StepsView, width: int | None) -> Lines:
    """Return the commands that can be taken back, newest first."""
    if not view.steps:
        return [[("Nothing to take back: what this machine recorded is undone already, or there is nothing yet.", "")]]
    rows = [
        [
            (str(step.n).rjust(2), "strong"),
            (f"{short_day(step.at.date(), view.today)} {step.at:%H:%M}", "muted"),
            (fit(one_line(step.command), LONGEST_COMMAND) if width else step.command, ""),
            (step.summary, "muted"),
        ]
        for step in view.steps
    ]
    if width is not None and width < 70:
        rows = [row[:3] for row in rows]
    hint = "Take back the first: mlcoach undo    another: mlcoach undo N"
    return [*columns(rows, width, flexible=len(rows[0]) - 1), [(fit(hint, width) if width else hint, "muted")]]


def _said(view: UndoView) -> str:
    summary = f" ({one_line(view.summary)})" if view.summary else ""
    return f"{one_line(view.command or '')}{summary}"
