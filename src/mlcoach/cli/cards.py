"""`mlcoach cards` and its subcommands"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.card_options import Answer, Cloze, Edit, Numeric, Question, Reverse, Tolerance, made_card
from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import ItemWords, Json, complete_item, complete_unit

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.services.context import Context
    from mlcoach.views.cards import MarkedView

group = make_group("mlcoach cards search eigenvalue")

Items = Annotated[
    list[str],
    typer.Argument(
        metavar="ITEM...", help="Cards or exercises, or the last parts of their ids.", autocompletion=complete_item
    ),
]


@group.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """Cards and exercises: find, look at, set aside, begin afresh; alone, what keeps slipping."""
    ctx.obj.as_json = as_json
    if not ctx.invoked_subcommand:
        leeches(ctx, as_json)


@group.command("search", epilog='Example: mlcoach cards search "least squares"')
def search(
    ctx: typer.Context,
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEXT]...", help="Words that must all be there; none finds all.", show_default=False),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Don't cut a long list.")] = False,
    as_json: Json = False,
) -> None:
    """Find cards and exercises by their words."""
    from functools import partial

    from mlcoach.render import cards as screen
    from mlcoach.services.cards import cards as service

    view = service.search(ctx.obj.context, " ".join(text or ()))
    ctx.obj.show("cards_search", view, as_json, partial(screen.search_lines, everything=everything))


@group.command("show", epilog="Example: mlcoach cards show math.la.eigen/trace-eig")
def show(
    ctx: typer.Context,
    item: ItemWords,
    answer: Annotated[
        bool, typer.Option("--answer", help="With hints and solution, also of an exercise that you did not do yet.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show a card or exercise: answer, history, memory curve.

    An exercise that you did not do yet keeps its hints and its solution to itself, unless you ask for them.
    """
    from functools import partial

    from mlcoach.render import cards as screen
    from mlcoach.services.cards import cards as service

    ctx.obj.show(
        "cards_show", service.show(ctx.obj.context, " ".join(item)), as_json, partial(screen.item_lines, answer=answer)
    )


@group.command(
    "new", epilog='Example: mlcoach cards new eigen -q "Rank of a product AB?" -a "At most the smaller rank."'
)
def new(
    ctx: typer.Context,
    unit: Annotated[
        str,
        typer.Argument(metavar="UNIT", help="The unit it belongs to.", autocompletion=complete_unit),
    ],
    question: Question = None,
    answer: Answer = None,
    cloze: Cloze = None,
    numeric: Numeric = None,
    tolerance: Tolerance = None,
    reverse: Reverse = False,
    problem: Annotated[
        str, typer.Option("--problem", metavar="TITLE", help="A problem of another site instead.", show_default=False)
    ] = "",
    url: Annotated[str, typer.Option("--url", help="With --problem: where it is.", show_default=False)] = "",
    minutes: Annotated[
        int | None, typer.Option("--minutes", help="With --problem: how long it takes; 25.", show_default=False)
    ] = None,
    edit: Edit = False,
    as_json: Json = False,
) -> None:
    """Write a card of your own, or schedule a problem.

    Without options it asks for question and answer; --edit opens your editor. Its id is made of its first words and
    stays, so that its progress stays whatever you change later.
    """
    from mlcoach.curriculum.write import card_keys
    from mlcoach.render import cards as screen
    from mlcoach.services.cards import new as service

    app = ctx.obj
    options = card_keys.CardOptions(question, cloze, numeric, answer, tolerance, reverse)
    if problem or url or minutes is not None:
        from mlcoach.errors import UsageError
        from mlcoach.services.work import problems

        if not problem or options != card_keys.CardOptions():
            raise UsageError("`--url` and `--minutes` go with `--problem` alone", problems.HOW)
        made = problems.add_problem(app.context, unit, problem, url, problems.MINUTES if minutes is None else minutes)
        app.answer("cards_new", made, as_json, screen.new_problem_lines)
        return
    view = made_card(
        app,
        options,
        lambda: service.template(app.context, unit),
        lambda text: service.add_from_text(app.context, unit, text),
        lambda keys: service.add(app.context, unit, keys),
        edit=edit,
        as_json=as_json,
    )
    if view is None:
        return
    if view.item is None:
        app.hint("nothing was written, so there is no card")
    app.answer("cards_new", view, as_json, screen.new_lines)


@group.command("leeches", epilog="Example: mlcoach cards leeches")
def leeches(ctx: typer.Context, as_json: Json = False) -> None:
    """List what keeps slipping, and what to do about it.

    Reword it, split it, learn it again, or let it go.
    """
    from mlcoach.render import cards as screen
    from mlcoach.services.cards import cards as service

    ctx.obj.show("cards_leeches", service.leeches(ctx.obj.context), as_json, screen.leech_lines)


@group.command("suspend", epilog="Example: mlcoach cards suspend trace-eig")
def suspend(ctx: typer.Context, items: Items, as_json: Json = False) -> None:
    """Set items aside: no review asks them until you resume them."""
    from mlcoach.services.cards import cards as service

    _marked(ctx.obj, "cards_suspend", service.suspend, items, as_json)


@group.command("resume", epilog="Example: mlcoach cards resume trace-eig")
def resume(ctx: typer.Context, items: Items, as_json: Json = False) -> None:
    """Bring items back that were set aside."""
    from mlcoach.services.cards import cards as service

    _marked(ctx.obj, "cards_resume", service.resume, items, as_json)


@group.command("forget", epilog="Example: mlcoach cards forget trace-eig")
def forget(ctx: typer.Context, items: Items, as_json: Json = False) -> None:
    """Begin items afresh, as though you had never answered them.

    The journal keeps the history, and `mlcoach undo` brings it back.
    """
    from mlcoach.services.cards import cards as service

    _marked(ctx.obj, "cards_forget", service.forget, items, as_json)


@group.command("adopt", epilog="Example: mlcoach cards adopt math.la.eigen/my-old-id my-new-id")
def adopt(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id it had; `mlcoach doctor` lists what is gone.")],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The card or exercise to go on with.", autocompletion=complete_item)
    ],
    as_json: Json = False,
) -> None:
    """Let the progress of a card that is gone go on under another one."""
    from mlcoach.render import cards as screen
    from mlcoach.services.cards import cards as service

    ctx.obj.answer("cards_adopt", service.adopt(ctx.obj.context, old, new), as_json, screen.adopted_lines)


def _marked(
    app: "App",
    kind: str,
    mark: "Callable[[Context, Sequence[str]], MarkedView]",
    items: Sequence[str],
    as_json: bool,
) -> None:
    from mlcoach.render import cards as screen

    app.answer(kind, mark(app.context, items), as_json, screen.marked_lines)


Numbers = Annotated[
    list[int],
    typer.Argument(metavar="N...", help="The numbers that `mlcoach cards drafts` shows.", show_default=False),
]


@group.command("drafts", epilog="Example: mlcoach cards drafts")
def drafts(ctx: typer.Context, as_json: Json = False) -> None:
    """List the cards that an assistant proposed.

    They wait until you accept or reject them; none is asked before.
    """
    from mlcoach.render import card_drafts as screen
    from mlcoach.services.cards import drafts as service

    ctx.obj.show("cards_drafts", service.drafts(ctx.obj.context), as_json, screen.drafts_lines)


@group.command("accept", epilog="Example: mlcoach cards accept 1 3")
def accept(ctx: typer.Context, numbers: Numbers, as_json: Json = False) -> None:
    """Keep proposed cards, in a file of yours.

    Each is one step of undo, and asked from then on.
    """
    from mlcoach.render import card_drafts as screen
    from mlcoach.services.cards import drafts as service

    ctx.obj.answer("cards_accept", service.accept(ctx.obj.context, numbers), as_json, screen.settled_lines)


@group.command("reject", epilog="Example: mlcoach cards reject 2")
def reject(ctx: typer.Context, numbers: Numbers, as_json: Json = False) -> None:
    """Let proposed cards go."""
    from mlcoach.render import card_drafts as screen
    from mlcoach.services.cards import drafts as service

    ctx.obj.answer("cards_reject", service.reject(ctx.obj.context, numbers), as_json, screen.settled_lines)
