"""`mlcoach memory` and its subcommands"""

import typer

from mlcoach.cli.params import Json

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: mlcoach memory status",
)


@app.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """How well your memory is foretold; alone, the same as `memory status`."""
    ctx.obj.as_json = as_json
    if not ctx.invoked_subcommand:
        status(ctx, as_json)


@app.command("status", epilog="Example: mlcoach memory status --json")
def status(ctx: typer.Context, as_json: Json = False) -> None:
    """Show how often you recall, and how well the scheduler foretells it.

    Every answer is predicted from what lies before it. Beside FSRS-6 stand a moving average, which knows nothing but
    how often you recalled of late, and SM-2. Lower is better for log loss and RMSE, higher for AUC.
    """
    from mlcoach.render import memory as screen
    from mlcoach.services import memory as service

    ctx.obj.show("memory_status", service.status(ctx.obj.context), as_json, screen.status_lines)
