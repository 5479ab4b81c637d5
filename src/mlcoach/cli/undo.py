"""`mlcoach undo`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import Json
from mlcoach.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from mlcoach.cli.app import App

EXAMPLE = "Example: mlcoach undo --list, then mlcoach undo 2"


def command(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[N|ID]",
            help="A number of --list, the newest is 1, or an id as `log` shows it; with --erase several.",
            show_default=False,
        ),
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="List what can be taken back; with N, that many.")] = False,
    erase: Annotated[bool, typer.Option("--erase", help="Erase the words for ever; all else stays.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --erase: don't ask.")] = False,
    as_json: Json = False,
) -> None:
    """Take back the last command, with everything it recorded and the files it wrote. Nothing is ever deleted.

    But with --erase: the words of a command go from the journal, its backups, and at the next exchange from other
    machines. It asks before, and it cannot be undone.
    """
    from mlcoach.render.upkeep import undo as screen
    from mlcoach.render.waiting_bar import LONG, waiting_bar
    from mlcoach.services.upkeep import undo as service

    app = ctx.obj
    if erase:
        _erase(app, names or [], as_json=as_json, yes=yes)
        return
    which = _which(names or [])
    if show_list:
        if isinstance(which, str):
            raise UsageError(f"`{which[:60]}` is not how many to list", "`mlcoach undo --list 5` lists five commands")
        app.show("undo_list", service.steps(app.context, which or service.SHOWN), as_json, screen.list_lines)
        return
    with waiting_bar(app.screen, "Folding again", least=LONG) as on_progress:
        view = service.undo(app.context, which or 1, on_progress)
    app.show("undo", view, as_json, screen.undo_lines)


def _erase(app: "App", names: list[str], *, as_json: bool, yes: bool) -> None:
    from mlcoach.render.upkeep import undo as screen
    from mlcoach.services.upkeep import erase as service

    found = service.find(app.context, names)
    if not yes:
        if app.context.confirm is None:
            raise UsageError("erasing asks before, and this is not a terminal", "add --yes; it cannot be undone")
        if not app.context.confirm(service.question(found)):
            app.hint("nothing was erased")
            return
    view = service.erase(app.context, found)
    app.show("undo_erase", view, as_json, screen.erased_lines)
    if view.left or not view.clean:
        raise typer.Exit(ExitCode.LEFT_OUT)


def _which(names: list[str]) -> int | str | None:
    """Return the one number or id of an entry that was given, None for none. Raises UsageError."""
    if not names:
        return None
    if len(names) > 1:
        raise UsageError("one entry at a time", "`mlcoach undo 2`, then `mlcoach undo --list` again")
    if "-" in names[0][1:]:
        return names[0]
    if not (names[0].isascii() and names[0].isdecimal() and len(names[0]) < 10):
        raise UsageError(f"`{names[0][:60]}` is not a whole number", "`mlcoach undo --list` numbers the entries")
    if not int(names[0]):
        raise UsageError("`0` is not the number of an entry", "`mlcoach undo --list` numbers them from 1")
    return int(names[0])
