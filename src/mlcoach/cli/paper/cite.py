"""`mlcoach paper cite`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, PaperArgument, complete_paper, study_day_of

EXAMPLE = "Example: mlcoach paper cite 1706.03762 1409.0473 --read"


def command(
    ctx: typer.Context,
    paper: PaperArgument,
    cited: Annotated[
        list[str],
        typer.Argument(metavar="CITED...", help="The papers it cites.", autocompletion=complete_paper),
    ],
    read: Annotated[bool, typer.Option("--read", help="You have read them already.")] = False,
    queue: Annotated[bool, typer.Option("--queue", help="Put them into the queue.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="It does not cite them after all.")] = False,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Note which papers a paper cites: those of its references that you have read, or want to read."""
    from mlcoach.render.papers import around as screen
    from mlcoach.services.papers import links as service

    app = ctx.obj
    day = study_day_of(app, date)
    view = service.cite(app.context, paper, cited, day, read=read, queue=queue, there=not remove)
    app.show("paper_cite", view, as_json, screen.cited_lines)
