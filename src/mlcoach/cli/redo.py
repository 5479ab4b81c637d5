"""`mlcoach redo`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach redo"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Bring back what `mlcoach undo` took last; any other command in between ends this."""
    from mlcoach.render import undo as screen
    from mlcoach.services import undo as service

    world = ctx.obj
    world.show("redo", service.redo(world.context), as_json, screen.redo_lines)
