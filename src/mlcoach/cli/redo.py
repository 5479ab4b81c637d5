"""`mlcoach redo`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach redo"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Bring back what `mlcoach undo` took last; any other command in between ends this."""
    from mlcoach.render.upkeep import undo as screen
    from mlcoach.render.waiting_bar import LONG, waiting_bar
    from mlcoach.services.upkeep import undo as service

    app = ctx.obj
    with waiting_bar(app.screen, "Folding again", least=LONG) as on_progress:
        view = service.redo(app.context, on_progress)
    app.show("redo", view, as_json, screen.redo_lines)
