"""`mlcoach paper note`"""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import DayOption, Json, PaperArgument, study_day_of

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.views.papers.around import NoteFileView

EXAMPLE = 'Example: mlcoach paper note 1706.03762 "the root of d keeps softmax soft"'


def command(
    ctx: typer.Context,
    paper: PaperArgument,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]...", help="The note.", show_default=False)
    ] = None,
    message: Annotated[str, typer.Option("--message", "--note", "-n", "-m", help="The note.", show_default=False)] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """Keep a short note on a paper; a piped text is read.

    Without a text its file of notes opens in your editor: Markdown, with the answers of the passes filled in. It lies
    in `notes/papers` of the data folder, where you can keep it in git.
    """
    from mlcoach.render.papers import around
    from mlcoach.render.papers import passes as screen
    from mlcoach.services.papers import passes as service

    app = ctx.obj
    day = study_day_of(app, date)
    text = " ".join(words or ())
    if text and message:
        from mlcoach.errors import UsageError

        raise UsageError("the note is given twice", "write it as TEXT or with -m, not both")
    piped = sys.stdin is None or not sys.stdin.isatty()
    if not words and not message and not piped:
        app.show("paper_note_file", _edited(app, paper), as_json, around.note_file_lines)
        return
    if not words and not message:
        from mlcoach.domain.text import LONGEST_NOTE
        from mlcoach.services import names

        paper = names.paper(app.context, paper)  # before anything is read
        message = _piped(LONGEST_NOTE * 2)
    app.show("paper_note", service.note(app.context, paper, text or message, day), as_json, screen.noted_lines)


def _edited(app: "App", paper: str) -> "NoteFileView":
    """Return what became of the file of notes that the learner edited."""
    from mlcoach.adapters.editor import edit_text
    from mlcoach.cli.way_out import told_editor
    from mlcoach.services import names
    from mlcoach.services.papers.notes import edit_notes

    context = app.context
    key = names.paper(context, paper)  # before anything is written in vain
    command = told_editor(app)
    return edit_notes(context, key, lambda text, accept: edit_text(command, text, accept))


def _piped(longest: int) -> str:
    """Return up to `longest` characters of what is piped in, line ends as plain line feeds."""
    try:
        text = sys.stdin.read(longest) if sys.stdin is not None else ""
    except UnicodeDecodeError as error:
        from mlcoach.errors import UsageError

        raise UsageError("the note is not UTF-8 text", "save it as UTF-8") from error
    return text.replace("\r\n", "\n")
