"""What is said of a card in options, and writing one in the editor instead."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from mlcoach.cli.app import App

T = TypeVar("T")

Question = Annotated[str | None, typer.Option("--question", "-q", help="The question.", show_default=False)]
Answer = Annotated[
    str | None, typer.Option("--answer", "-a", help="Its answer; a number with --numeric.", show_default=False)
]
Cloze = Annotated[str | None, typer.Option("--cloze", help="A sentence with its {{hidden}} parts.", show_default=False)]
Numeric = Annotated[
    str | None, typer.Option("--numeric", help="A question whose answer is a number.", show_default=False)
]
Tolerance = Annotated[
    float | None, typer.Option("--tolerance", help="How far off the number may be.", show_default=False)
]
Reverse = Annotated[bool, typer.Option("--reverse", help="Also ask for the question, given the answer.")]


def written(app: "App", start: Callable[[], str], accept: Callable[[str], T]) -> T:
    """Open what `start` returns in the learner's editor, and return what `accept` makes of the result.

    Raises UsageError without an editor, naming the options, and what `start` and `accept` raise.
    """
    from mlcoach.adapters.editor import edit_text
    from mlcoach.cli.way_out import told_editor
    from mlcoach.curriculum.write.card_keys import HOW_TO_ASK

    return edit_text(told_editor(app, instead=HOW_TO_ASK), start(), accept, suffix=".toml")
