"""`mlcoach project check`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, study_day_of
from mlcoach.cli.project.params import ProjectOption, complete_step

EXAMPLE = "Example: mlcoach project check problem ideas"


def command(
    ctx: typer.Context,
    steps: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STEP]...",
            help="Steps, by id or its beginning.",
            autocompletion=complete_step,
            show_default=False,
        ),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Untick them.")] = False,
    project: ProjectOption = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Tick steps of the stage under way.

    Without a step, show the stage. A step that two lists have is `responsible-ml/baseline`.
    """
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import change_project as service

    app = ctx.obj
    view = service.check(app.context, project, steps or (), study_day_of(app, date), done=not undo)
    app.show("project_check", view, as_json, screen.changed_lines)
