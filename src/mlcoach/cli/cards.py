"""`mlcoach cards` and its subcommands"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import Json, complete_item

if TYPE_CHECKING:
    from mlcoach.cli.world import World
    from mlcoach.services.context import Context
    from mlcoach.services.views.cards import MarkedView

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: mlcoach cards search eigenvalue",
)

Items = Annotated[
    list[str],
    typer.Argument(
        metavar="ITEM...", help="Cards or exercises, or the last parts of their ids.", autocompletion=complete_item
    ),
]


@app.callback()
def whole() -> None:
    """Cards and exercises: find, look at, set aside, begin afresh."""


@app.command("search", epilog='Example: mlcoach cards search "least squares"')
def search(
    ctx: typer.Context,
    text: Annotated[list[str], typer.Argument(metavar="TEXT...", help="Words that must all be there.")],
    as_json: Json = False,
) -> None:
    """Find cards and exercises by their words."""
    from mlcoach.render import cards as screen
    from mlcoach.services import cards as service

    ctx.obj.show("cards_search", service.search(ctx.obj.context, " ".join(text)), as_json, screen.search_lines)


@app.command("show", epilog="Example: mlcoach cards show math.la.eigen/trace-eig")
def show(
    ctx: typer.Context,
    item: Annotated[
        str,
        typer.Argument(
            metavar="ITEM", help="A card or exercise, or the last part of its id.", autocompletion=complete_item
        ),
    ],
    as_json: Json = False,
) -> None:
    """Show one card or exercise with its answer, its history and its memory curve."""
    from mlcoach.render import cards as screen
    from mlcoach.services import cards as service

    ctx.obj.show("cards_show", service.show(ctx.obj.context, item), as_json, screen.item_lines)


@app.command("leeches", epilog="Example: mlcoach cards leeches")
def leeches(ctx: typer.Context, as_json: Json = False) -> None:
    """List what keeps slipping, and what to do about it: reword, split, learn again, or let go."""
    from mlcoach.render import cards as screen
    from mlcoach.services import cards as service

    ctx.obj.show("cards_leeches", service.leeches(ctx.obj.context), as_json, screen.leech_lines)


@app.command("suspend", epilog="Example: mlcoach cards suspend trace-eig")
def suspend(ctx: typer.Context, items: Items, as_json: Json = False) -> None:
    """Set items aside: no review asks them until you resume them."""
    from mlcoach.services import cards as service

    _marked(ctx.obj, "cards_suspend", service.suspend, items, as_json)


@app.command("resume", epilog="Example: mlcoach cards resume trace-eig")
def resume(ctx: typer.Context, items: Items, as_json: Json = False) -> None:
    """Bring items back that were set aside."""
    from mlcoach.services import cards as service

    _marked(ctx.obj, "cards_resume", service.resume, items, as_json)


@app.command("forget", epilog="Example: mlcoach cards forget trace-eig")
def forget(ctx: typer.Context, items: Items, as_json: Json = False) -> None:
    """Begin items afresh, as though you had never answered them.

    The journal keeps the history, and `mlcoach undo` brings it back.
    """
    from mlcoach.services import cards as service

    _marked(ctx.obj, "cards_forget", service.forget, items, as_json)


def _marked(
    world: "World",
    kind: str,
    mark: "Callable[[Context, Sequence[str]], MarkedView]",
    items: Sequence[str],
    as_json: bool,
) -> None:
    from mlcoach.render import cards as screen

    world.answer(kind, mark(world.context, items), as_json, screen.marked_lines)
