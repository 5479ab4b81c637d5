"""`mlcoach paper import`"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import DayOption, Json, study_day_of
from mlcoach.errors import ExitCode

if TYPE_CHECKING:
    from datetime import date

    from mlcoach.cli.app import App

EXAMPLE = "Example: mlcoach paper import library.bib"


def command(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A BibTeX or CSL-JSON file.", show_default=False)],
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Read a reference manager's file into the queue: BibTeX or CSL-JSON.

    Everything it says of a paper is kept, for `mlcoach paper export`. A broken entry is named by its line, and all
    others are read; the exit code is then 7. What is in the queue already keeps what you said and did. Entries that are
    one paper are merged, and every citation key is kept: it names the paper wherever one is expected.
    """
    app = ctx.obj
    import_library(app, file, study_day_of(app, date), as_json)


def import_library(app: "App", file: Path, day: "date", as_json: bool) -> None:
    """Import a file and show what became of it."""
    from mlcoach.render.papers import exchange
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.papers import import_file as service

    with waiting_bar(app.screen, f"Reading {file.name}") as on_progress:
        view = service.import_file(app.context, file.expanduser(), day, on_progress)
    app.show("paper_import", view, as_json, exchange.imported_lines)
    if view.skipped:
        raise typer.Exit(ExitCode.LEFT_OUT)
