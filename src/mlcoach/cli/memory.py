"""`mlcoach memory` and its subcommands"""

from functools import partial
from typing import Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import ItemWords, Json

group = make_group("mlcoach memory status")
Details = Annotated[bool, typer.Option("--details", help="Also show log loss, RMSE and AUC.")]


@group.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """How well your recall is predicted; alone, the same as `memory status`."""
    ctx.obj.as_json = as_json
    if not ctx.invoked_subcommand:
        status(ctx, as_json=as_json)


@group.command("status", epilog="Example: mlcoach memory status --json")
def status(ctx: typer.Context, details: Details = False, as_json: Json = False) -> None:
    """Show how often you recall, and how well that is predicted.

    Every answer is predicted from the ones before it. With --details FSRS-6 is compared with a moving average, which
    knows nothing but how often you recalled lately, with SM-2, and with FSRS-6 fitted to your answers where the extra
    package is installed. Lower is better for log loss and RMSE, higher for AUC.
    """
    from mlcoach.render.memory import memory as screen
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.memory import status as service

    with waiting_bar(ctx.obj.screen, "Predicting your answers") as on_progress:
        view = service.status(ctx.obj.context, on_progress)
    ctx.obj.show("memory_status", view, as_json, partial(screen.status_lines, details=details))


@group.command("explain", epilog="Example: mlcoach memory explain eig-def")
def explain(
    ctx: typer.Context,
    item: ItemWords,
    as_json: Json = False,
) -> None:
    """Say why a card is due when it is.

    It shows what FSRS-6 says, what your answers add to that, and the strongest reasons.
    """
    from mlcoach.render.memory import explain as screen
    from mlcoach.services.memory import explain as service

    ctx.obj.show("memory_explain", service.explain(ctx.obj.context, " ".join(item)), as_json, screen.explain_lines)


@group.command("optimize", epilog="Example: mlcoach memory optimize")
def optimize(ctx: typer.Context, details: Details = False, as_json: Json = False) -> None:
    """Fit the memory model to your answers; adopt it if it is better.

    It needs 400 answers given a day or more after the one before, and the extra package: pip install
    'mlcoach[optimize]'. The model is judged on the last fifth of your answers, from which neither the new nor the old
    one has learned.
    """
    from mlcoach.render.memory import memory as screen
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.memory import parameters as service

    with waiting_bar(ctx.obj.screen, "Folding with other parameters") as on_progress:
        view = service.optimize(ctx.obj.context, on_progress)
    ctx.obj.show("memory_optimize", view, as_json, partial(screen.optimize_lines, details=details))


@group.command("use", epilog="Example: mlcoach memory use default")
def use(
    ctx: typer.Context,
    parameters: Annotated[
        list[str],
        typer.Argument(metavar="PARAMETERS...", help="21, 19 or 17 numbers as Anki shows them, or `default`."),
    ],
    details: Details = False,
    as_json: Json = False,
) -> None:
    """Schedule with FSRS parameters you have, or the defaults."""
    from mlcoach.render.memory import memory as screen
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.memory import parameters as service

    with waiting_bar(ctx.obj.screen, "Folding with other parameters") as on_progress:
        view = service.use(ctx.obj.context, parameters, on_progress)
    ctx.obj.show("memory_use", view, as_json, partial(screen.optimize_lines, details=details))


@group.command("simulate", epilog="Example: mlcoach memory simulate --days 180 --new 5")
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
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.memory import simulate as service

    with waiting_bar(ctx.obj.screen, "Simulating") as on_progress:
        view = service.run(ctx.obj.context, days, new, retention, on_progress)
    ctx.obj.show("memory_simulate", view, as_json, screen.simulation_lines)
