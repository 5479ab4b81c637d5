"""`mlcoach paper check`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, PaperArgument, study_day_of

EXAMPLE = "Example: mlcoach paper check 1706.03762 title abstract"


def command(
    ctx: typer.Context,
    paper: PaperArgument,
    steps: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ITEM]...", help="Steps of the pass, by id or its beginning.", show_default=False),
    ] = None,
    answer: Annotated[
        str, typer.Option("--answer", "-a", help="What the step brought to light.", show_default=False)
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Untick them.")] = False,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Tick steps of the pass under way.

    Without a step, show the checklist.
    """
    from mlcoach.render.papers import passes as screen
    from mlcoach.services.papers import passes as service

    app = ctx.obj
    day = study_day_of(app, date)
    view = service.check(app.context, paper, steps or (), day, done=not undo, answer=answer)
    app.show("paper_check", view, as_json, screen.checked_lines)
