"""`mlcoach paper show`"""

import typer

from mlcoach.cli.params import Json, PaperWords

EXAMPLE = "Example: mlcoach paper show 1706.03762"


def command(ctx: typer.Context, paper: PaperWords, as_json: Json = False) -> None:
    """Show one paper: what it is, why, passes, notes, cards, units, citations, checklist.

    A paper of the map can be shown without being in the queue.
    """
    from mlcoach.render.papers import show as screen
    from mlcoach.services.papers import passes as service

    ctx.obj.show("paper_show", service.show(ctx.obj.context, " ".join(paper)), as_json, screen.shown_lines)
