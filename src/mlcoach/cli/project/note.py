"""`mlcoach project note`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, study_day_of
from mlcoach.cli.project.params import ProjectOption

EXAMPLE = 'Example: mlcoach project note "half of it is one customer"'


def command(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="TEXT", help="The note.")],
    project: ProjectOption = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Keep a note on a project."""
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import change_project as service

    app = ctx.obj
    view = service.note(app.context, project, " ".join(words), study_day_of(app, date))
    app.show("project_note", view, as_json, screen.changed_lines)
