"""`mlcoach help`"""

from typing import Annotated

import typer

from mlcoach.errors import NotFoundError

EXAMPLE = "Example: mlcoach help log; mlcoach help laptop"


def command(
    ctx: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TOPIC]", help="A command, or a word for what you want.", show_default=False),
    ] = None,
) -> None:
    """Explain a command, or find the one for a purpose."""
    from mlcoach.cli.meanings import meant_by

    app = ctx.obj
    whole = ctx.parent.command if ctx.parent else ctx.command
    words = topic or []
    found, parent = whole, ctx.parent
    for word in words:
        inner = found.get_command(parent, word) if hasattr(found, "get_command") and parent else None
        if inner is None:
            hint = meant_by(words, whole.summaries)  # type: ignore[attr-defined]  # of our own group
            if not hint:
                raise NotFoundError(
                    f"there is no help on `{' '.join(words):.60}`",
                    f"`mlcoach help` lists the commands; `mlcoach search {' '.join(words):.60}` looks in the map",
                )
            app.screen.text(hint)
            return
        parent = typer.Context(inner, info_name=word, parent=parent, obj=app)
        found = inner
    app.screen.text(found.get_help(parent or ctx))
