"""`mlcoach goal`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json, complete_path, complete_unit
from mlcoach.errors import UsageError

EXAMPLE = "Example: mlcoach goal --by 2027-02-01 --path interview"


def command(
    ctx: typer.Context,
    by: Annotated[
        str, typer.Option("--by", metavar="DAY", help="The day: 2027-02-01, 02-01 or fri.", show_default=False)
    ] = "",
    path: Annotated[
        str,
        typer.Option(
            "--path", metavar="PATH", help="The path to walk by then.", autocompletion=complete_path, show_default=False
        ),
    ] = "",
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="UNIT",
            help="This unit must not fall; also several times.",
            autocompletion=complete_unit,
            show_default=False,
        ),
    ] = None,
    let_go: Annotated[
        list[str] | None,
        typer.Option(
            "--let-go",
            metavar="UNIT",
            help="It may fall again; also several times.",
            autocompletion=complete_unit,
            show_default=False,
        ),
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", "--clear", help="End the goal; the path stays.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every unit, and what all of it takes.")] = False,
    as_json: Json = False,
) -> None:
    """A path by a day: what it takes a day, what fits, and what falls where the time is short.

    The plan then follows what fits; what falls comes after it. Where the path has the word interview in its name,
    problems come daily in the last four weeks.
    """
    from mlcoach.render.day import goal as screen
    from mlcoach.services.goal import goal as service

    app = ctx.obj
    context = app.context
    wanted = [name for name, said in (("--keep", keep), ("--let-go", let_go), ("--drop", drop)) if said]
    if (drop and len(wanted) > 1) or (wanted and (by or path)):
        raise UsageError(f"`{wanted[-1]}` stands alone", "say one thing at a time")
    if drop:
        view = service.drop(context)
    elif keep or let_go:
        view = service.keep(context, keep or (), let_go or ())
    elif by or path:
        view = service.set_goal(context, by, path)
    else:
        view = service.show(context)
    app.show("goal", view, as_json, screen.all_lines if every else screen.lines)
