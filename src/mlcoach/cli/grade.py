"""`mlcoach grade`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, complete_item, study_day_of
from mlcoach.domain.memory.ratings import RATINGS

EXAMPLE = "Example: mlcoach grade math.la.eigen/eig-def good --seconds 12"


def command(
    ctx: typer.Context,
    item: Annotated[
        str,
        typer.Argument(
            metavar="ITEM", help="A card or exercise, or the last part of its id.", autocompletion=complete_item
        ),
    ],
    rating: Annotated[
        str, typer.Argument(metavar="RATING", help="again, hard, good or easy.", autocompletion=lambda: list(RATINGS))
    ],
    seconds: Annotated[
        int, typer.Option("--seconds", metavar="N", help="How long it took; counts towards the day.")
    ] = 0,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Record one answer without the review screen, early or late.

    A second answer on the same study day is a repetition within the day. At most a minute of a card counts as time.
    """
    from mlcoach.render.review import grade as screen
    from mlcoach.services.review import grade as service

    app = ctx.obj
    view = service.grade(app.context, item, rating, seconds, study_day_of(app, date))
    app.answer("grade", view, as_json, screen.lines)
