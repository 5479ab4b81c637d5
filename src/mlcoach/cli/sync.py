"""`mlcoach sync` and its subcommands"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import Json
from mlcoach.errors import ExitCode

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.services.sync.places import Connected
    from mlcoach.views.sync.exchange import SyncView

group = make_group("mlcoach sync init ~/Sync/mlcoach, then mlcoach sync")
PlaceArgument = Annotated[
    str,
    typer.Argument(
        metavar="PLACE",
        help="A folder that something carries between your machines, a git remote, s3:// or postgresql://.",
    ),
]
JoinCopies = Annotated[
    bool, typer.Option("--join-copies", help="Join a copy of this home that went on under its name, without asking.")
]


TRIES = 3  # at a key that is typed


@group.callback()
def whole(
    ctx: typer.Context,
    join_copies: JoinCopies = False,
    background: Annotated[bool, typer.Option("--background", hidden=True)] = False,
    wait: Annotated[int, typer.Option("--wait", hidden=True, min=0, max=300)] = 0,
    as_json: Json = False,
) -> None:
    """Keep several machines alike: journal, settings, own subjects and cards, notes.

    They meet in a folder that something else carries (Syncthing, a cloud drive, a stick), in a git remote, or at an
    s3:// or postgresql:// address; what lies there is sealed. What you write in exercises is not carried. Files that
    two machines changed are merged, or both kept and named. Exit code 7: done, but something was left out, which is
    then listed.
    """
    app = ctx.obj
    app.as_json = as_json
    if ctx.invoked_subcommand is not None:
        return
    if background:
        import time

        app.context.confirm = None
        time.sleep(wait)
    view = _exchange(app, None, join_copies=join_copies)
    from mlcoach.render.sync import exchange as screen

    app.show("sync", view, as_json, screen.lines)
    if view.left_out:
        raise typer.Exit(int(ExitCode.LEFT_OUT))


@group.command("init", epilog="Example: mlcoach sync init ~/Sync/mlcoach")
def init(ctx: typer.Context, place: PlaceArgument, as_json: Json = False) -> None:
    """Make a place, show its key, put what is here.

    The key is for your other machines, and is kept in a file here. It is not in the place, and without it what lies
    there cannot be read, so keep a copy where you keep passwords.
    """
    from mlcoach.services.sync import places

    app = ctx.obj
    connected = places.make(app.context, place)
    _show_made(app, connected, connected.key.text, as_json)


@group.command("join", epilog="Example: mlcoach sync join ~/Sync/mlcoach")
def join(
    ctx: typer.Context,
    place: PlaceArgument,
    key_file: Annotated[
        Path | None,
        typer.Option("--key-file", metavar="FILE", help="A file with the key, instead of being asked for it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Join the place of another machine, and exchange everything.

    The key is asked for, or read from standard input or a file; never give it as an argument, which other programs see.
    """
    from mlcoach.errors import WrongKeyError
    from mlcoach.services.sync import places

    app = ctx.obj
    for left in range(TRIES - 1, -1, -1):
        try:
            connected = places.join(app.context, place, _key_text(app, key_file))
            break
        except WrongKeyError as error:  # what is wrong with the place is no better at another try
            if not left or key_file is not None or not app.screen.interactive:
                raise
            app.show_error(error, as_json=False)
    _show_made(app, connected, None, as_json)


@group.command("status", epilog="Example: mlcoach sync status")
def status(ctx: typer.Context, as_json: Json = False) -> None:
    """Show the place, what waits here, and conflicts to settle."""
    from mlcoach.render.sync import exchange as screen
    from mlcoach.services.sync import status as service

    ctx.obj.show("sync_status", service.status(ctx.obj.context), as_json, screen.status_lines)


def complete_switch(incomplete: str) -> list[str]:
    """Complete the two words."""
    return [word for word in ("on", "off") if word.startswith(incomplete)]


@group.command("auto", epilog="Example: mlcoach sync auto on")
def auto(
    ctx: typer.Context,
    switch: Annotated[str, typer.Argument(metavar="on|off", help="on or off.", autocompletion=complete_switch)],
    as_json: Json = False,
) -> None:
    """Sync by itself after what you record, or not.

    It runs in the background, at most every five minutes; `status` says when it failed several times.
    """
    from mlcoach.errors import UsageError
    from mlcoach.render.sync import exchange as screen
    from mlcoach.services.sync import automatic as service

    if switch not in ("on", "off"):
        raise UsageError(f"`{switch}` is not on or off", "`mlcoach sync auto on`")
    view = service.switch(ctx.obj.context, on=switch == "on")
    ctx.obj.show("sync_auto", view, as_json, screen.automatic_lines)


def _exchange(app: "App", connected: "Connected | None", *, join_copies: bool = False) -> "SyncView":
    from mlcoach.render.waiting_bar import LONG, waiting_bar
    from mlcoach.services.sync import exchange as service

    with waiting_bar(app.screen, "Joining what came", least=LONG) as on_progress:
        return service.sync(app.context, on_progress, connected, join_copies=join_copies)


def _show_made(app: "App", connected: "Connected", key: str | None, as_json: bool) -> None:
    """Exchange for the first time, and show the place; the key first, whatever comes of the exchange."""
    from mlcoach.render.sync import exchange as screen
    from mlcoach.services.practice.machine import work_folder
    from mlcoach.services.sync import places
    from mlcoach.views.sync.exchange import SyncMadeView

    kind = "sync_join" if key is None else "sync_init"
    if key is not None and not (as_json or app.as_json):
        app.screen.lines(screen.key_lines(connected.place.address, key, app.screen.width))
    exchanged, kept = _exchange(app, connected), str(places.key_file(app.context))
    view = SyncMadeView(connected.place.address, key, kept, exchanged, str(work_folder(app.context)))
    app.show(kind, view, as_json, screen.made_lines)
    if view.sync.left_out:
        raise typer.Exit(int(ExitCode.LEFT_OUT))


def _key_text(app: "App", key_file: Path | None) -> str:
    """Return the key as the learner gives it."""
    import sys

    from mlcoach.adapters.sync.sealing import characters_missing
    from mlcoach.services.sync.places import read_key_file

    if key_file is not None:
        return read_key_file(key_file)
    if app.screen.interactive:
        from mlcoach.cli.keys import unseen

        with unseen(sys.stdin):
            key = str(app.ask("The key, as `sync init` showed it on the first machine (it is not shown here):"))
            # A narrow terminal shows it on two lines, and so it is copied.
            while missing := characters_missing(key):
                more = str(app.ask(f"\n{missing} more characters of it (enter: that was all):"))
                if not more:
                    break
                key += f"\n{more}"
        app.hint("")  # the enter was not shown either
        return key
    return sys.stdin.read(100_000)
