"""`mlcoach doctor`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach doctor --rebuild"


def command(
    ctx: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Fold every row again from the journal, then look.")
    ] = False,
    set_aside: Annotated[
        bool,
        typer.Option("--set-aside", help="Set aside entries of days still to come, then look; undo brings them back."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Check the store and everything around it. Looking changes nothing, whatever state it is in.

    Exit code 0: all is well, perhaps with advice. 4: only settings or curriculum are broken. 5: the store is.
    """
    from mlcoach.render.upkeep import doctor as screen
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.upkeep import doctor as service

    app = ctx.obj
    rebuilt = None
    if rebuild:
        with waiting_bar(app.screen, "Folding everything again") as on_progress:
            rebuilt = service.rebuild(app.context, on_progress)
    aside = service.set_aside(app.context) if set_aside else None
    with waiting_bar(app.screen, "Comparing rows with the journal") as on_progress:
        view = service.examine(app.context, on_progress, rebuilt, aside)
    app.show("doctor", view, as_json, screen.lines)
    if view.exit_code:
        raise typer.Exit(view.exit_code)
