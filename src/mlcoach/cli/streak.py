"""`mlcoach streak`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach streak"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """The streak, its freezes, and the days behind it.

    A day counts once its floor is reached (20 minutes, unless you set another). A missed day uses up a freeze where
    you have one, else the streak ends; seven days at the goal earn a freeze, two at most. Planned rest holds the
    streak. `mlcoach config set streak off` hides it everywhere.
    """
    from functools import partial

    from mlcoach.render.habit import streak as screen
    from mlcoach.services.habit import streak as service

    lines = partial(screen.streak_lines, plain=ctx.obj.is_plain)
    ctx.obj.show("streak", service.streak(ctx.obj.context), as_json, lines)
