"""`mlcoach project measure`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import DayOption, Json, study_day_of
from mlcoach.cli.project.params import ProjectOption
from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from mlcoach.domain.work_events import Measured

EXAMPLE = "Example: mlcoach project measure --model recall --baseline 0.62 --target 0.75 --now 0.71"


def command(
    ctx: typer.Context,
    model: Annotated[
        str, typer.Option("--model", metavar="NAME", help="The model's measure.", show_default=False)
    ] = "",
    business: Annotated[
        str,
        typer.Option(
            "--business", metavar="NAME", help="What the person with the problem cares about.", show_default=False
        ),
    ] = "",
    baseline: Annotated[
        str, typer.Option("--baseline", help="The number without your model.", show_default=False)
    ] = "",
    target: Annotated[str, typer.Option("--target", help="The number to reach.", show_default=False)] = "",
    now: Annotated[str, typer.Option("--now", help="The number reached so far.", show_default=False)] = "",
    lower: Annotated[bool, typer.Option("--lower", help="Less is better, as of an error.")] = False,
    project: ProjectOption = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Keep the numbers it is judged by: the model's measure, and what the person with the problem cares about.

    Both stand against a baseline: what happens today, or the simplest method.
    """
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import change_project as service

    if bool(model) == bool(business):
        raise UsageError("say which number it is", f"--model NAME or --business NAME. {EXAMPLE}")
    app = ctx.obj
    what: Measured = "model" if model else "business"
    view = service.measure(
        app.context, project, what, model or business, study_day_of(app, date),
        baseline=baseline, target=target, value=now, lower=lower,
    )  # fmt: skip
    app.show("project_measure", view, as_json, screen.changed_lines)
