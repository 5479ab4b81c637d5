"""`mlcoach paper card`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import Json, PaperArgument

if TYPE_CHECKING:
    from mlcoach.cli.world import World
    from mlcoach.services.views.paper_more import PaperCardMadeView

EXAMPLE = 'Example: mlcoach paper card 1412.6980 -q "Why does Adam correct its bias?" -a "Both means start at zero."'


def command(
    ctx: typer.Context,
    paper: PaperArgument,
    question: Annotated[str | None, typer.Option("--question", "-q", help="The question.", show_default=False)] = None,
    answer: Annotated[
        str | None, typer.Option("--answer", "-a", help="Its answer; a number with --numeric.", show_default=False)
    ] = None,
    cloze: Annotated[
        str | None, typer.Option("--cloze", help="A sentence with its {{hidden}} parts.", show_default=False)
    ] = None,
    numeric: Annotated[
        str | None, typer.Option("--numeric", help="A question whose answer is a number.", show_default=False)
    ] = None,
    tolerance: Annotated[
        float | None, typer.Option("--tolerance", help="How far off the number may be.", show_default=False)
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Also ask for the question, given the answer.")] = False,
    as_json: Json = False,
) -> None:
    """Make a card from a paper, in a subject of your own, `papers.own`; without options, in your editor."""
    from mlcoach.render import paper_more as screen
    from mlcoach.services import new_card, paper_cards

    world = ctx.obj
    options = new_card.Options(question, cloze, numeric, answer, tolerance, reverse)
    if options == new_card.Options():
        view = _written(world, paper)
    else:
        view = paper_cards.card(world.context, paper, new_card.keys_of(options))
    if view.item is None:
        world.hint("nothing was written, so there is no card")
    world.show("paper_card", view, as_json, screen.card_lines)


def _written(world: "World", paper: str) -> "PaperCardMadeView":
    from mlcoach.adapters.editor import edit_text, editor_command
    from mlcoach.services import paper_cards as service
    from mlcoach.services.new_card import HOW_TO_ASK

    context = world.context
    start = service.template(context, paper)
    editor = editor_command(
        context.settings.get("editor"),
        world.environment,
        terminal=world.screen.interactive,
        instead=HOW_TO_ASK,
    )
    return edit_text(editor, start, lambda text: service.card_from_text(context, paper, text), suffix=".toml")
