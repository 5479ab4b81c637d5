"""The learner's editor, and before it opens a line that says which it is and how to type, keep and leave there."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from mlcoach.cli.app import App


def told_editor(
    app: "App", *, chosen: str | None = None, waits: bool = False, instead: str = "run it in a terminal"
) -> list[str]:
    """Return the words of the editor, after saying how to leave it where it is one that is known.

    Who chose it in the settings knows it; who named none at all may be surprised, and enter opens it then, as it does
    with `waits`. `chosen` is the setting where it cannot be asked for, `instead`
    what can be done without a terminal. Raises UsageError without an editor or a terminal.
    """
    from mlcoach.adapters.editor import editor_command, way_out

    setting = app.context.settings.get("editor") if chosen is None else chosen
    command = editor_command(setting, app.environment, terminal=app.screen.interactive, instead=instead)
    if not setting and (way := way_out(command)):
        app.hint(f"{Path(command[0]).stem}: {way}")
        if waits or not (app.environment.get("VISUAL") or app.environment.get("EDITOR")):
            app.ask("Enter opens it.")
    return command


def opened_again(app: "App", question: str) -> bool:
    """Return whether what cannot be taken is to be opened again; who leaves at that question says no.

    Their words are then kept, which an interruption would lose.
    """
    try:
        return app.confirm(question, default=True)
    except (KeyboardInterrupt, typer.Abort):
        return False
