"""`mlcoach project lint`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json
from mlcoach.errors import ExitCode, UsageError

EXAMPLE = "Example: mlcoach project lint ~/code/late-invoices --strict"


def command(
    ctx: typer.Context,
    folders: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FOLDER]...", help="Repositories; without one, that of the project under way.", show_default=False
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with exit code 8 where a rule of level error fails.")
    ] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules, and how to change one.")] = False,
    as_json: Json = False,
) -> None:
    """Look at a repository as a stranger would, and say what to do about it.

    It reads files and nothing else: nothing of a repository is run, no link is followed, the web is not asked.
    """
    from mlcoach.render.work import lint as screen
    from mlcoach.services.work.projects import lint as service

    app = ctx.obj
    if rules:
        if folders or strict:
            raise UsageError("--rules looks at no repository", "leave the folders and --strict away")
        app.show("project_rules", service.rules(app.context), as_json, screen.rules_lines)
        return
    view = service.lint(app.context, folders or ())
    app.show("project_lint", view, as_json, screen.lint_lines)
    if strict and view.errors:
        raise typer.Exit(ExitCode.WRONG)
