"""`mlcoach group` and its subcommands"""

from typing import Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import Json
from mlcoach.errors import ExitCode

group = make_group("mlcoach group start ~/Sync/five-of-us --name ada, then mlcoach group")
PlaceArgument = Annotated[
    str,
    typer.Argument(
        metavar="PLACE", help="A folder that something carries between you, a git remote, s3:// or postgresql://."
    ),
]
NameOption = Annotated[str, typer.Option("--name", metavar="NAME", help="What the others call you.")]


@group.callback()
def whole(
    ctx: typer.Context,
    week: Annotated[
        str, typer.Option("--week", metavar="WEEK", help="this, last, -2, 2026-W48 or a day of it.", show_default=False)
    ] = "",
    as_json: Json = False,
) -> None:
    """See the weeks of those who study with you, and let them see yours.

    You meet in a folder that something carries, a git remote or a bucket. Each shares what `buddy report` shows, as the
    setting `share` has it, and nothing else; what lies there is sealed to the members. Before Thursday the table is of
    the week before. Exit code 7: shown, but something could not be read or put, which is then listed.
    """
    app = ctx.obj
    app.as_json = as_json
    if ctx.invoked_subcommand is not None:
        return
    from mlcoach.domain.time.weeks import parse_week
    from mlcoach.render.sync import group as screen
    from mlcoach.services.group import weeks as service

    view = service.table(app.context, parse_week(week, app.context.today) if week else None)
    app.show("group", view, as_json, screen.lines)
    if view.left_out:
        raise typer.Exit(int(ExitCode.LEFT_OUT))


@group.command("start", epilog="Example: mlcoach group start ~/Sync/five-of-us --name ada")
def start(ctx: typer.Context, place: PlaceArgument, name: NameOption, as_json: Json = False) -> None:
    """Start a group at a place; you add and remove its members."""
    from mlcoach.render.sync import group as screen
    from mlcoach.services.group import members as service

    ctx.obj.show("group_start", service.start(ctx.obj.context, place, name), as_json, screen.joined_lines)


@group.command("join", epilog="Example: mlcoach group join ~/Sync/five-of-us --name ben")
def join(ctx: typer.Context, place: PlaceArgument, name: NameOption, as_json: Json = False) -> None:
    """Join a group, and show the key to give to whoever started it.

    It opens when they have added you. Joining again shows the key again.
    """
    from mlcoach.render.sync import group as screen
    from mlcoach.services.group import members as service

    ctx.obj.show("group_join", service.join(ctx.obj.context, place, name), as_json, screen.joined_lines)


@group.command("add", epilog="Example: mlcoach group add ben age1…")
def add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the group calls them.")],
    key: Annotated[str, typer.Argument(metavar="KEY", help="Their public key, as `group join` showed it to them.")],
    as_json: Json = False,
) -> None:
    """Let somebody in, by their public key."""
    from mlcoach.render.sync import group as screen
    from mlcoach.services.group import members as service

    ctx.obj.show("group_add", service.add(ctx.obj.context, name, key), as_json, screen.added_lines)


def complete_member(ctx: typer.Context, incomplete: str) -> list[str]:
    """Complete the name of a member, as last seen."""
    import os

    from mlcoach.services.context import Context
    from mlcoach.services.group import membership

    try:
        roster = membership.read(Context(os.environ)).roster
    except Exception:  # completion is silent about what is wrong
        return []
    return [member.name for member in roster.members if member.name.startswith(incomplete)] if roster else []


@group.command("remove", epilog="Example: mlcoach group remove ben")
def remove(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="What the group calls them.", autocompletion=complete_member)
    ],
    as_json: Json = False,
) -> None:
    """Remove somebody.

    New weeks are closed to them, and what they write is not read any more. What they have read already they have.
    """
    from mlcoach.render.sync import group as screen
    from mlcoach.services.group import members as service

    ctx.obj.show("group_remove", service.remove(ctx.obj.context, name), as_json, screen.removed_lines)


@group.command("leave", epilog="Example: mlcoach group leave")
def leave(ctx: typer.Context, as_json: Json = False) -> None:
    """Leave the group, and take your weeks out of the place."""
    from mlcoach.render.sync import group as screen
    from mlcoach.services.group import members as service

    ctx.obj.show("group_leave", service.leave(ctx.obj.context), as_json, screen.left_lines)
