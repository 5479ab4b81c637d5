"""`mlcoach paper ask`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, PaperArgument, study_day_of

EXAMPLE = 'Example: mlcoach paper ask 1706.03762 "What breaks without the scaling?"'


def command(
    ctx: typer.Context,
    paper: PaperArgument,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[QUESTION]...", help="The question.", show_default=False)
    ] = None,
    reading_pass: Annotated[
        int,
        typer.Option("--pass", metavar="N", help="Its pass; else the one under way.", show_default=False),
    ] = 0,
    remove: Annotated[
        str, typer.Option("--remove", metavar="ID", help="Take a question of yours away.", show_default=False)
    ] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Add a question of your own to a pass over this paper; it is ticked and answered like the others.

    Questions for every paper belong into the checklist: `mlcoach curriculum edit paper-pass-1`.
    """
    from mlcoach.render.papers import around as screen
    from mlcoach.services.papers import links as service

    app = ctx.obj
    day = study_day_of(app, date)
    if remove:
        view = service.forget_question(app.context, paper, remove, day)
    else:
        view = service.ask(app.context, paper, " ".join(words or ()), day, reading_pass=reading_pass)
    app.show("paper_ask", view, as_json, screen.question_lines)
