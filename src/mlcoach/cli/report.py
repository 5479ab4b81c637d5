"""`mlcoach report`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach report --open; mlcoach report --today -o today.html"


def command(
    ctx: typer.Context,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="Write it here.", show_default=False)
    ] = "",
    of_today: Annotated[
        bool,
        typer.Option("--today", help="A page of the day for a phone: plan, cards with folded answers, paper."),
    ] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    as_json: Json = False,
) -> None:
    """Write a page of your numbers and print its path: one HTML file, without scripts, that needs no network.

    A heat map of the year, hours by week and track, recall, progress over the map, forecast and papers. With --today it
    is a page of the day to carry on a phone. The numbers for scripts are in `mlcoach stats --json`.
    """
    from mlcoach.render.habit import report as screen
    from mlcoach.services.habit import report as service
    from mlcoach.views.pages.report import ReportView

    app = ctx.obj
    if of_today:
        from mlcoach.render.habit import day_page as day_screen
        from mlcoach.services.habit import day_page as day_service

        text = day_screen.document(day_service.day_page(app.context))
        path = service.save(app.context, text, output, day_service.FILE_NAME)
    else:
        text = screen.document(service.page(app.context))
        path = service.save(app.context, text, output)
    opened = False
    if open_it:
        from mlcoach.adapters.browser import open_page

        opened = open_page(path)
    view = ReportView(str(path), len(text.encode()), opened)
    app.answer("report", view, as_json, screen.saved_lines)
    if open_it and not opened:
        app.hint("no browser was found here; open the file by hand")
