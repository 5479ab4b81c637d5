"""`mlcoach export` and its subcommands"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import Json, complete_subject

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlcoach.cli.app import App

group = make_group("mlcoach export reviews -o revlog.csv", alone=False)

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to stdout.", show_default=False),
]
JsonOfFile = Annotated[bool, typer.Option("--json", help="With -o, print one JSON document on what was written.")]


@group.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """Take out what is yours: cards for Anki, answers for other schedulers, or the whole journal."""
    ctx.obj.as_json = as_json


@group.command("anki", epilog="Example: mlcoach export anki --subject math.la -o linear-algebra.apkg")
def anki(
    ctx: typer.Context,
    output: Output = None,
    subject: Annotated[
        list[str] | None,
        typer.Option(
            "--subject",
            metavar="ID",
            help="Only this subject; once for each.",
            show_default=False,
            autocompletion=complete_subject,
        ),
    ] = None,
    as_json: JsonOfFile = False,
) -> None:
    """Export cards and exercises as an Anki package.

    It has a deck for each subject. Importing a newer export into Anki changes the notes that are there and keeps their
    schedule. What came from Anki itself is left out unless you name its subject. Answers are not in it: `mlcoach export
    reviews` has them.
    """
    from mlcoach.services.exchange import export_anki as service

    app = ctx.obj
    if output is None and app.screen.is_terminal:
        from mlcoach.errors import UsageError

        raise UsageError("an Anki package is nothing a terminal can show", "write it to a file: `-o mlcoach.apkg`")
    package = service.export_anki(app.context, subject or ())
    _hand_over(app, package.content, output, package.notes, "note", as_json)


@group.command("reviews", epilog="Example: mlcoach export reviews -o revlog.csv")
def reviews(ctx: typer.Context, output: Output = None, as_json: JsonOfFile = False) -> None:
    """Export every answer that counts as CSV.

    It has the columns of the FSRS optimizers: card_id, review_time in milliseconds UTC, review_rating 1 to 4,
    review_state (1 for the first answer to an item, 2 for the others), review_duration in milliseconds.
    """
    from mlcoach.adapters.exchange.reviews_csv import format_reviews
    from mlcoach.domain.text import harmless
    from mlcoach.services.exchange.reviews_csv import answers_of

    answers = answers_of(ctx.obj.context)
    _hand_over(ctx.obj, harmless(format_reviews(answers)), output, len(answers), "answer", as_json)


@group.command("journal", epilog="Example: mlcoach export journal -o laptop.jsonl")
def journal(ctx: typer.Context, output: Output = None, as_json: JsonOfFile = False) -> int:
    """Export the whole journal, one entry a line as JSON.

    `mlcoach import journal` on another machine joins it to the journal there. Files of your own (config, curriculum,
    notes) are not in it. Of a damaged store what can be read is exported, and the exit code is 7 when that is not all.
    """
    from mlcoach.errors import ExitCode
    from mlcoach.services.exchange.journal import export_journal, save_journal

    app = ctx.obj
    exported = export_journal(app.context)
    _hand_over(
        app, exported.text, output, exported.entries, "line", as_json, exported.lost,
        save=lambda to: save_journal(app.context, exported, to),
    )  # fmt: skip
    if exported.damaged:
        left_out = f"{exported.lost:,} of {exported.lost + exported.entries:,} entries cannot be read and are left out"
        app.hint(
            f"the store is damaged; {left_out if exported.lost else 'every entry of it was read'}."
            " `mlcoach restore` brings back a backup, and `mlcoach import journal` then joins what was saved here"
        )
    return int(ExitCode.LEFT_OUT if exported.lost else ExitCode.OK)


def _hand_over(
    app: "App",
    content: str | bytes,
    output: Path | None,
    count: int,
    what: str,
    as_json: bool,
    lost: int = 0,
    save: "Callable[[Path], None] | None" = None,
) -> None:
    """Write a document to the file named, with `save` where it is given, and say so; or to stdout."""
    from mlcoach.render import exchange as screen
    from mlcoach.services.files import save_document
    from mlcoach.views.exchange import ExportFileView

    if output is None:
        if as_json or app.as_json:
            from mlcoach.errors import UsageError

            raise UsageError("--json tells of a file that was written", "add `-o FILE`")
        if isinstance(content, str):
            app.screen.document(content)
        else:
            app.screen.package(content)
        return
    if save is None:
        save_document(app.context, content, output)
    else:
        save(output)
    app.answer("export", ExportFileView(str(output), count, what, lost), as_json, screen.exported_lines)
