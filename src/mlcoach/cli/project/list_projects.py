"""`mlcoach project list`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach project list --all"


def command(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Those that ended, too.")] = False,
    as_json: Json = False,
) -> None:
    """List projects and ideas: those under way first, of ideas the best first."""
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import show_project as service

    app = ctx.obj
    app.show("project_list", service.listed(app.context, every=every), as_json, screen.list_lines)
