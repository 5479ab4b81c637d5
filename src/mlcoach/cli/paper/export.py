"""`mlcoach paper export`"""

from pathlib import Path
from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach paper export --format bibtex -o papers.bib"


def command(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="bibtex, csl or markdown.")] = "bibtex",
    status: Annotated[
        str,
        typer.Option("--status", metavar="STATUS", help="Only those; shelf is the bundled lists.", show_default=False),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; else stdout.", show_default=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """Write the queue for a reference manager, or as a reading log in Markdown.

    What a manager said of a paper when it was imported is written again as it was.
    """
    from mlcoach.render.papers import exchange
    from mlcoach.services.files import save_document
    from mlcoach.services.papers import export as service

    app = ctx.obj
    view = service.export(app.context, form, status)
    shown = as_json or app.as_json
    if shown:
        app.show("paper_export", view, True, lambda view, width: [])
    elif output is None:
        app.screen.text(view.text.rstrip("\n"))
        app.flush_notices()
    if output is not None:
        save_document(app.context, view.text, output, private=False)
        app.hint(f"{view.papers} {'paper' if view.papers == 1 else 'papers'} written to {output}")
    for line in () if shown else exchange.shared_lines(view):
        app.hint(line)
