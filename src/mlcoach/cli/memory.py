"""`mlcoach memory` and its subcommands"""

from typing import Annotated

import typer

from mlcoach.cli.params import Json, complete_item

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
    """Show how often you recall, and how well that is foretold.

    Every answer is predicted from what lies before it. Beside FSRS-6 stand a moving average, which knows nothing but
    how often you recalled of late, SM-2, and FSRS-6 fitted to your answers where the extra package is installed.
    Lower is better for log loss and RMSE, higher for AUC.
    """
    from mlcoach.render.memory import memory as screen
    from mlcoach.render.progress_bar import progress_bar
    from mlcoach.services.memory import status as service

    with progress_bar(ctx.obj.screen, "Foretelling your answers") as told:
        view = service.status(ctx.obj.context, told)
    ctx.obj.show("memory_status", view, as_json, screen.status_lines)


@app.command("explain", epilog="Example: mlcoach memory explain eig-def")
def explain(
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="A card or exercise.", autocompletion=complete_item)],
    as_json: Json = False,
) -> None:
    """Say why a card is due when it is.

    It shows what FSRS-6 says, what your answers add to that, and the strongest reasons.
    """
    from mlcoach.render.memory import explain as screen
    from mlcoach.services.memory import explain as service

    ctx.obj.show("memory_explain", service.explain(ctx.obj.context, item), as_json, screen.explain_lines)


@app.command("optimize", epilog="Example: mlcoach memory optimize")
def optimize(ctx: typer.Context, as_json: Json = False) -> None:
    """Fit the memory model to your answers; adopt it if it is better.

    It needs 400 answers given a day or more after the one before, and the extra package: pip install
    'mlcoach[optimize]'. The model is judged on the last fifth of your answers, which it has not seen.
    """
    from mlcoach.render.memory import memory as screen
    from mlcoach.render.progress_bar import progress_bar
    from mlcoach.services.memory import parameters as service

    with progress_bar(ctx.obj.screen, "Folding with other parameters") as told:
        view = service.optimize(ctx.obj.context, told)
    ctx.obj.show("memory_optimize", view, as_json, screen.optimize_lines)


@app.command("use", epilog="Example: mlcoach memory use default")
def use(
    ctx: typer.Context,
    parameters: Annotated[
        list[str],
        typer.Argument(metavar="PARAMETERS...", help="21, 19 or 17 numbers as Anki shows them, or `default`."),
    ],
    as_json: Json = False,
) -> None:
    """Schedule with FSRS parameters you have, or the defaults."""
    from mlcoach.render.memory import memory as screen
    from mlcoach.render.progress_bar import progress_bar
    from mlcoach.services.memory import parameters as service

    with progress_bar(ctx.obj.screen, "Folding with other parameters") as told:
        view = service.use(ctx.obj.context, parameters, told)
    ctx.obj.show("memory_use", view, as_json, screen.optimize_lines)


@app.command("simulate", epilog="Example: mlcoach memory simulate --days 180 --new 5")
def simulate(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", metavar="N", help="How many study days.")] = 365,
    new: Annotated[
        int | None, typer.Option("--new", metavar="N", help="New cards a day; else the setting.", show_default=False)
    ] = None,
    retention: Annotated[
        float | None,
        typer.Option("--retention", metavar="P", help="One more retention to look at.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what other retentions would cost and bring.

    Your cards live on under the model, with your own seconds for each answer. Nothing is written.
    """
    from mlcoach.render.memory import memory as screen
    from mlcoach.render.progress_bar import progress_bar
    from mlcoach.services.memory import simulate as service

    with progress_bar(ctx.obj.screen, "Simulating") as told:
        view = service.run(ctx.obj.context, days, new, retention, told)
    ctx.obj.show("memory_simulate", view, as_json, screen.simulation_lines)
