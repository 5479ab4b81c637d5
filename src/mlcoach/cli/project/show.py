"""`mlcoach project show`"""

import typer

from mlcoach.cli.params import Json
from mlcoach.cli.project.params import SomeProjectWords

EXAMPLE = "Example: mlcoach project show invoices"


def command(ctx: typer.Context, project: SomeProjectWords = None, as_json: Json = False) -> None:
    """Show one project: stage, steps, numbers against the baseline, verdicts, notes, commits by week."""
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import change_project as service

    app = ctx.obj
    app.show("project_show", service.show(app.context, " ".join(project or ())), as_json, screen.shown_lines)
