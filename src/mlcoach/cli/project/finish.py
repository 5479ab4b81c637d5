"""`mlcoach project finish`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, study_day_of
from mlcoach.cli.project.params import ProjectOption

EXAMPLE = 'Example: mlcoach project finish --verdict back --note "the labels were wrong"'


def complete_verdict(incomplete: str) -> list[str]:
    """Complete a verdict."""
    return [verdict for verdict in ("go-on", "back", "stop") if verdict.startswith(incomplete)]


def command(
    ctx: typer.Context,
    verdict: Annotated[str, typer.Option("--verdict", help="go-on, back or stop.", autocompletion=complete_verdict)],
    note: Annotated[
        str, typer.Option("--note", "-n", "-m", help="Why; what is left open; what it taught.", show_default=False)
    ] = "",
    project: ProjectOption = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """End the stage under way with a verdict.

    go-on opens the next stage, back the one before; stop ends the project with what it taught. Going on asks for the
    steps of the gates, or for a note that says why they are open.
    """
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import change_project as service

    app = ctx.obj
    view = service.finish(app.context, project, verdict, note, study_day_of(app, date))
    app.show("project_finish", view, as_json, screen.changed_lines)
