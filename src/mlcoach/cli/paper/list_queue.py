"""`mlcoach paper list`"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json

EXAMPLE = "Example: mlcoach paper list --status queued --sort year"
ON_A_TERMINAL = 30  # papers; more cannot be read at a glance


def command(
    ctx: typer.Context,
    status: Annotated[
        str,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="queued, reading, later, finished, dropped or all; without it all but the dropped.",
            show_default=False,
        ),
    ] = "",
    sort: Annotated[str, typer.Option("--sort", metavar="ORDER", help="turn, added, year, title or time.")] = "turn",
    reading_pass: Annotated[
        int, typer.Option("--pass", metavar="N", help="Only those at this pass.", show_default=False)
    ] = 0,
    subject: Annotated[
        str,
        typer.Option(
            "--subject", metavar="ID", help="Only those of a subject, unit or arXiv category.", show_default=False
        ),
    ] = "",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=0, help="At most so many.", show_default=False)] = 0,
    everything: Annotated[bool, typer.Option("--all", help="Don't cut a long list.")] = False,
    as_json: Json = False,
) -> None:
    """List the reading queue, in the order of its turn. On a terminal a long list is cut after thirty papers."""
    from mlcoach.render.papers import queue as papers_queue
    from mlcoach.services.papers import queue as service

    app = ctx.obj
    cut = ON_A_TERMINAL if app.screen.is_terminal and not (everything or as_json or app.as_json) else 0
    wanted = service.WantedPapers(status, sort, reading_pass, subject, limit or cut)
    app.show("paper_list", service.queue(app.context, wanted), as_json, papers_queue.queue_lines)
