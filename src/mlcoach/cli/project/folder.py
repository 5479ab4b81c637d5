"""`mlcoach project folder`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json
from mlcoach.cli.project.params import ProjectOption

EXAMPLE = "Example: mlcoach project folder ~/code/late-invoices"


def command(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A folder that is there.")],
    project: ProjectOption = "",
    as_json: Json = False,
) -> None:
    """Say where a project is on this machine.

    It is kept on this machine alone and goes to no other one; saying it again replaces it.
    """
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import change_project as service

    app = ctx.obj
    app.show("project_folder", service.move_folder(app.context, project, folder), as_json, screen.changed_lines)
