"""What is said of a card in options, and writing one in the editor instead."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.curriculum.write.card_keys import CardOptions

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


Edit = Annotated[bool, typer.Option("--edit", help="Write it in your editor, also with {{gaps}} or a number.")]


def asked_for(app: "App", options: "CardOptions", *, edit: bool, as_json: bool) -> "CardOptions | None":
    """Return the options, or where nothing was said of a card and somebody sits there, what they answer.

    None stands for no card. With `edit` or `as_json`, and where there is nobody to ask, the options are as they were.
    Raises UsageError for `edit` beside other options, which would be lost in the editor.
    """
    from mlcoach.curriculum.write.card_keys import CardOptions

    is_said = options != CardOptions()
    if edit and is_said:
        from mlcoach.errors import UsageError

        raise UsageError("`--edit` opens an empty card", "leave it out, or the other options of the card")
    if edit or as_json or app.as_json or is_said:
        return options
    if not app.screen.interactive:
        return options
    app.hint("One fact a card, ten seconds an answer. `--edit` writes one with gaps or a number in your editor.")
    question = app.ask("Question (enter: no card):")
    while question and not (answer := app.ask("Answer:")):
        app.hint("a card needs an answer; Ctrl-C leaves without a card")
    if question:
        return options._replace(question=question, answer=answer)
    app.hint("no card was made")
    return None


def made_card(
    app: "App",
    options: "CardOptions",
    start: Callable[[], str],
    from_text: Callable[[str], T],
    from_keys: Callable[[dict[str, Any]], T],
    *,
    edit: bool,
    as_json: bool,
) -> T | None:
    """Return the card that the options make, or the learner's answers, or in their editor what `start` begins with.

    None where they leave it. Raises as `asked_for` and `written`, and what `from_keys` raises.
    """
    from mlcoach.curriculum.write.card_keys import CardOptions, keys_of

    text = start() if options == CardOptions() else ""  # before anything is asked, as it looks for what is named
    said = asked_for(app, options, edit=edit, as_json=as_json)
    if said is None:
        return None
    return written(app, lambda: text, from_text) if said == CardOptions() else from_keys(keys_of(said))


def written(app: "App", start: Callable[[], str], accept: Callable[[str], T]) -> T:
    """Open what `start` returns in the learner's editor, and return what `accept` makes of the result.

    What makes no card is shown, and opened again if they like. Raises UsageError without an editor, naming the options,
    and what `start` and `accept` raise.
    """
    from mlcoach.adapters.editor import edit_text
    from mlcoach.cli.way_out import opened_again, told_editor
    from mlcoach.curriculum.write.card_keys import HOW_TO_ASK
    from mlcoach.errors import MlcoachError

    editor = told_editor(app, instead=HOW_TO_ASK)

    def read(text: str) -> tuple[str, T | None]:
        """Return the text to open again, "" for none, and what was made of it."""
        try:
            return "", accept(text)
        except MlcoachError as error:
            if app.as_json or not text.strip():
                raise
            app.hint("; ".join(filter(None, (error.message, error.hint))))
            if not opened_again(app, "Open it again?"):
                raise
            return text, None

    text = start()
    while True:
        text, made = edit_text(editor, text, read, suffix=".toml")
        if made is not None:
            return made
