"""`mlcoach paper drop`"""

from typing import Annotated

import typer

from mlcoach.cli.params import DayOption, Json, PaperWords, study_day_of

EXAMPLE = 'Example: mlcoach paper drop 1312.5602 --note "not my field"'


def command(
    ctx: typer.Context,
    paper: PaperWords,
    note: Annotated[str, typer.Option("--note", "-n", "-m", help="The reason.", show_default=False)] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Take a paper out of the queue. What you read and noted of it stays."""
    from mlcoach.render.papers import queue as papers_queue
    from mlcoach.services.papers import passes as service

    app = ctx.obj
    view = service.drop(app.context, " ".join(paper), note, study_day_of(app, date))
    app.show("paper_drop", view, as_json, papers_queue.dropped_lines)
