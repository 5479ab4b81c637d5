"""`mlcoach project drop`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, study_day_of
from mlcoach.cli.project.params import SomeProjectWords

EXAMPLE = 'Example: mlcoach project drop birdsong --note "no data to be had"'


def command(
    ctx: typer.Context,
    project: SomeProjectWords = None,
    note: Annotated[str, typer.Option("--note", "-n", "-m", help="The reason.", show_default=False)] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Give a project or an idea up. Its history and its files stay."""
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import change_project as service

    app = ctx.obj
    view = service.drop(app.context, " ".join(project or ()), note, study_day_of(app, date))
    app.show("project_drop", view, as_json, screen.changed_lines)
