"""`mlcoach remind` and its subcommands"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import Json

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlcoach.cli.app import App
    from mlcoach.services.context import Context
    from mlcoach.views.reminders import RemindedView

group = make_group("mlcoach remind install")


@group.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """Reminders of your hours, of a streak at risk, papers, the look back, a forgotten timer; alone, their state.

    They keep to the wall clock, the quiet hours and planned rest, and only read your journal. `config set reminders`
    chooses the kinds.
    """
    ctx.obj.as_json = as_json
    if ctx.invoked_subcommand is None:
        status(ctx, as_json)


@group.command("run", epilog="Example: mlcoach remind run")
def run(ctx: typer.Context) -> None:
    """Remind until Ctrl-C, in this terminal and on the desktop. One at a time."""
    from mlcoach.adapters.lock import held
    from mlcoach.errors import UsageError
    from mlcoach.services.reminders import remind as service

    app = ctx.obj
    lock = service.lock_of(app.context)
    with held(lock) as alone:
        if not alone:
            from mlcoach.adapters.lock import holder

            raise UsageError(f"reminders run already (process {holder(lock)})", "`mlcoach remind status` shows them")
        scheduler = service.run(app.another_context, _saying(app), _complaining(app))
        try:
            app.hint("reminding from now on; Ctrl-C ends it")
            scheduler.start()
        except KeyboardInterrupt:
            app.hint("reminders ended")


@group.command("status", epilog="Example: mlcoach remind status")
def status(ctx: typer.Context, as_json: Json = False) -> None:
    """Show whether reminders run, how they come, and the next."""
    from mlcoach.render import reminders as screen
    from mlcoach.services.reminders import remind as service

    app = ctx.obj
    view = service.status(app.context, terminal=app.screen.is_terminal)
    app.show("remind_status", view, as_json, screen.status_lines)


@group.command("test", epilog="Example: mlcoach remind test")
def test(ctx: typer.Context, as_json: Json = False) -> None:
    """Send a reminder now, the way that works here."""
    from mlcoach.render import reminders as screen
    from mlcoach.services.reminders import remind as service

    app = ctx.obj
    view = service.trial(app.context)
    way = service.deliver(app.context, view, terminal=lambda view: not as_json and _on_terminal(app, view))
    app.show("remind_test", view._replace(way=way), as_json, screen.tried_lines)


@group.command("install", epilog="Example: mlcoach remind install --yes")
def install(
    ctx: typer.Context,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Without asking.")] = False,
    as_json: Json = False,
) -> None:
    """Have the system start the reminders; it shows first how.

    It writes units for systemd or launchd, else a line of the crontab. On Windows it prints the command to run.
    """
    from mlcoach.render import reminders as screen
    from mlcoach.services.reminders import setup as service

    app = ctx.obj
    planned = service.plan(app.context)
    if planned.action == "by hand":
        app.show("remind_install", planned, as_json, screen.setup_lines)
        return
    if not yes:
        if not as_json:
            app.screen.lines(screen.setup_lines(planned, app.screen.width))
        if not app.confirm("Install this?", default=True):
            app.hint("nothing was changed")
            return
    app.show("remind_install", service.install(app.context), as_json, screen.setup_lines)


@group.command("uninstall", epilog="Example: mlcoach remind uninstall")
def uninstall(ctx: typer.Context, as_json: Json = False) -> None:
    """Take away exactly what `install` put in place."""
    from mlcoach.render import reminders as screen
    from mlcoach.services.reminders import setup as service

    app = ctx.obj
    app.show("remind_uninstall", service.uninstall(app.context), as_json, screen.setup_lines)


def _on_terminal(app: "App", view: "RemindedView") -> bool:
    """Print a reminder where a person sees it, and return whether there is such a place."""
    from mlcoach.render.reminders import reminded_lines

    if not app.screen.is_terminal:
        return False
    app.screen.lines(reminded_lines(view, app.screen.width))
    app.screen.out.flush()
    return True


def _saying(app: "App") -> "Callable[[Context, RemindedView], str]":
    from mlcoach.services.reminders import remind as service

    def say(context: "Context", view: "RemindedView") -> str:
        return service.deliver(context, view, terminal=lambda view: _on_terminal(app, view))

    return say


def _complaining(app: "App") -> "Callable[[str], None]":
    from mlcoach.services.reminders import remind as service

    def complain(text: str) -> None:
        app.hint(f"note: {text}")
        if not app.screen.error_is_terminal:
            service.write_log(app.context, f"{app.context.now.isoformat(timespec='seconds')} {text}")

    return complain
