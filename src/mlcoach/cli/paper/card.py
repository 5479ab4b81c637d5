"""`mlcoach paper card`"""

import typer

from mlcoach.cli.card_options import Answer, Cloze, Edit, Numeric, Question, Reverse, Tolerance, made_card
from mlcoach.cli.params import Json, PaperArgument

EXAMPLE = 'Example: mlcoach paper card 1412.6980 -q "Why does Adam correct its bias?" -a "Both means start at zero."'


def command(
    ctx: typer.Context,
    paper: PaperArgument,
    question: Question = None,
    answer: Answer = None,
    cloze: Cloze = None,
    numeric: Numeric = None,
    tolerance: Tolerance = None,
    reverse: Reverse = False,
    edit: Edit = False,
    as_json: Json = False,
) -> None:
    """Make a card from a paper, in a subject of your own, `papers.own`; without options it asks for it."""
    from mlcoach.curriculum.write import card_keys
    from mlcoach.render.papers import around as screen
    from mlcoach.services.papers import cards

    app = ctx.obj
    options = card_keys.CardOptions(question, cloze, numeric, answer, tolerance, reverse)
    view = made_card(
        app,
        options,
        lambda: cards.template(app.context, paper),
        lambda text: cards.card_from_text(app.context, paper, text),
        lambda keys: cards.card(app.context, paper, keys),
        edit=edit,
        as_json=as_json,
    )
    if view is None:
        return
    if view.item is None:
        app.hint("nothing was written, so there is no card")
    app.show("paper_card", view, as_json, screen.card_lines)
