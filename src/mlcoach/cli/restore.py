"""`mlcoach restore`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach restore mlcoach-20261123T190000Z"


def command(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="A backup of the list.", show_default=False)] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Restore a backup; alone, list what each holds. What it replaces is kept."""
    from mlcoach.errors import UsageError
    from mlcoach.render.upkeep import backups as screen
    from mlcoach.services.upkeep import backups as service

    app = ctx.obj
    if not name:
        app.show("backups", service.listing(app.context), as_json, screen.list_lines)
        return
    chosen = service.find(app.context, name)
    if not yes:
        if not app.screen.interactive:
            raise UsageError("restore asks first, and this is not a terminal", "pass --yes to put it back")
        question = f"Put back {chosen.name} ({screen.in_words(chosen)})? What is there now is kept."
        if not app.confirm(question):
            app.hint("nothing was changed")
            return
    app.show("restore", service.restore(app.context, chosen.name), as_json, screen.restored_lines)
