"""`mlcoach project new`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = 'Example: mlcoach project new "Which invoices are paid late" --template cli --at ~/late-invoices'


def complete_template(incomplete: str) -> list[tuple[str, str]]:
    """Complete the name of a template."""
    from mlcoach.domain.work.templates import TEMPLATES

    return [(name, about) for name, about in TEMPLATES.items() if name.startswith(incomplete)]


def command(
    ctx: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="TITLE", help="What it is to find out or do; or the id of an idea.")
    ],
    template: Annotated[
        str,
        typer.Option(
            "--template",
            "-t",
            help="cli, reproduce, kaggle-replay or one-day.",
            autocompletion=complete_template,
            show_default=False,
        ),
    ] = "",
    at: Annotated[
        str,
        typer.Option(
            "--at", metavar="FOLDER", help="Its folder: for a template a new or empty one.", show_default=False
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Begin a project, with the files of a template in a new or empty folder.

    A template is a small package with a command, tests, CI, a README that names problem, number and baseline, and an
    eda.py that describes any table. Nothing is ever written over. Without --template, --at is the folder of a
    repository that is there already.
    """
    from mlcoach.render.work import project as screen
    from mlcoach.services.work.projects import change_project as service

    app = ctx.obj
    app.show("project_new", service.begin(app.context, " ".join(words), template, at), as_json, screen.changed_lines)
