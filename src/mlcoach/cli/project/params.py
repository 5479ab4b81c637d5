"""Parameters that the commands about projects share."""

from typing import Annotated

import typer


def complete_project(incomplete: str) -> list[tuple[str, str]]:
    """Complete a project by its id."""
    import os

    from mlcoach.services.context import Context
    from mlcoach.services.work.projects.projects import project_names

    return project_names(Context(os.environ), incomplete)


def complete_step(incomplete: str) -> list[tuple[str, str]]:
    """Complete an open step of the project under way."""
    import os

    from mlcoach.services.context import Context
    from mlcoach.services.work.projects.stages import step_names

    return step_names(Context(os.environ), incomplete)


ProjectOption = Annotated[
    str,
    typer.Option(
        "--project",
        "-p",
        metavar="PROJECT",
        help="Which; without it the one under way.",
        autocompletion=complete_project,
        show_default=False,
    ),
]
SomeProjectWords = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PROJECT]",
        help="By its id or words of its title; without one, the one under way.",
        autocompletion=complete_project,
        show_default=False,
    ),
]
