"""`mlcoach grade`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import DayOption, Json, complete_item, study_day_of
from mlcoach.domain.memory.ratings import RATINGS

if TYPE_CHECKING:
    from datetime import date as day_type

    from mlcoach.cli.app import App

EXAMPLE = "Example: mlcoach grade math.la.eigen/eig-def good --seconds 12"


def command(
    ctx: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ITEM [RATING]",
            help="A card or exercise by id or words; then again, hard, good or easy, which a typed answer proposes.",
            autocompletion=complete_item,
        ),
    ],
    answer: Annotated[
        str | None,
        typer.Option("--answer", metavar="TEXT", help="The answer, for an item that checks it.", show_default=False),
    ] = None,
    seconds: Annotated[
        int, typer.Option("--seconds", metavar="N", help="How long it took; counts towards the day.")
    ] = 0,
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Record one answer without the review screen, early or late.

    ITEM alone shows what an item with a typed answer asks this time; --answer answers it. A second answer on the same
    study day is a repetition within the day. At most a minute of a card counts as time.
    """
    from mlcoach.render.review import grade as screen
    from mlcoach.services.review import grade as service

    app = ctx.obj
    item, rating = _item_and_rating(words)
    if answer is not None or not rating:
        _typed(app, item, answer, rating, seconds, study_day_of(app, date), as_json=as_json)
        return
    view = service.grade(app.context, item, rating, seconds, study_day_of(app, date))
    app.answer("grade", view, as_json, screen.lines)


def _item_and_rating(words: list[str]) -> tuple[str, str]:
    """Return the words of the item and the rating behind it, "" for none; of two words the second is meant as one."""
    if len(words) > 1 and (words[-1].lower() in RATINGS or len(words) == 2):
        return " ".join(words[:-1]), words[-1]
    return " ".join(words), ""


def _typed(
    app: "App", item: str, answer: str | None, rating: str, seconds: int, day: "day_type", *, as_json: bool
) -> None:
    """Show what an item asks, or judge the answer to it."""
    from mlcoach.render.review import grade, typed
    from mlcoach.services.practice import answer as service
    from mlcoach.views.grade import GradedView

    if answer is None:
        app.show("question", service.question(app.context, item), as_json, typed.question_lines)
        return
    view = service.answer(app.context, item, answer, rating, seconds, day)
    if isinstance(view, GradedView):
        app.answer("grade", view, as_json, grade.lines)
    else:
        app.answer("attempt", view, as_json, typed.attempt_lines)
