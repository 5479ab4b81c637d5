"""`mlcoach project idea`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, study_day_of

EXAMPLE = 'Example: mlcoach project idea "Birdsong of my street" --growth 2 --team 1 --stepping-stone 1 --by +7'


def command(
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="TITLE", help="The idea in a line.")],
    growth: Annotated[int, typer.Option("--growth", help="Will it help you grow technically? 0, 1 or 2.")] = 0,
    team: Annotated[int, typer.Option("--team", help="Good people to work with or talk to? 0, 1 or 2.")] = 0,
    stone: Annotated[int, typer.Option("--stepping-stone", help="Does it lead to larger projects? 0, 1 or 2.")] = 0,
    by: Annotated[
        str, typer.Option("--by", metavar="DAY", help="The day to decide: +7, or 2026-12-31.", show_default=False)
    ] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Keep an idea, scored by three questions, with a day to decide.

    Ready, fire, aim: a week of thought about a week of work teaches less than the work. `mlcoach project new ID`
    begins one.
    """
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import change_project as service

    app = ctx.obj
    day = study_day_of(app, date)
    view = service.keep_idea(app.context, " ".join(words), (growth, team, stone), by, day)
    app.show("project_idea", view, as_json, screen.changed_lines)
