"""`mlcoach doctor`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import Json

if TYPE_CHECKING:
    from mlcoach.cli.app import App

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
    machine: Annotated[
        bool, typer.Option("--machine", help="Look at the machine instead: what it has, and which units fit.")
    ] = False,
    form: Annotated[str, typer.Option("--format", metavar="FORMAT", help="With --machine: text or markdown.")] = "text",
    as_json: Json = False,
) -> None:
    """Check the store and everything around it. Looking changes nothing, whatever state it is in.

    Exit code 0: all is well, perhaps with advice. 4: only settings or curriculum are broken. 5: the store is.
    """
    from mlcoach.render.upkeep import doctor as screen
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.upkeep import doctor as service

    app = ctx.obj
    if form not in ("text", "markdown") or (form != "text" and not machine):
        from mlcoach.errors import UsageError

        raise UsageError("`--format` must be text or markdown, with `--machine`", "`mlcoach doctor --machine`")
    if machine:
        _show_machine(app, form, as_json)
        return
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


def _show_machine(app: "App", form: str, as_json: bool) -> None:
    from mlcoach.render.work import machine as screen
    from mlcoach.services.upkeep import machine as service

    view = service.machine(app.context)
    if form == "markdown" and not as_json:
        app.screen.document(screen.markdown(view))
    else:
        app.show("machine", view, as_json, screen.lines)
