"""`mlcoach paper suggest`"""

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach paper suggest"


def command(ctx: typer.Context, as_json: Json = False) -> None:
    """Name two or three papers of the bundled lists for this week: those that go with what you are studying."""
    from mlcoach.render.papers import queue
    from mlcoach.services.papers import paper_catalog as service

    ctx.obj.show("paper_suggest", service.suggest(ctx.obj.context), as_json, queue.suggested_lines)
