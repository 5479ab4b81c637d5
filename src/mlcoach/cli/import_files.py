"""`mlcoach import` and its subcommands"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.lazy import make_group
from mlcoach.cli.params import Json
from mlcoach.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

group = make_group("mlcoach import anki Downloads/everything.colpkg", alone=False)


def _code(skipped: "Sequence[object]") -> int:
    """Return the exit code of an import: 7 when something was left out."""
    return int(ExitCode.LEFT_OUT if skipped else ExitCode.OK)


FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read; it is not changed.")]


@group.callback()
def whole(ctx: typer.Context, as_json: Json = False) -> None:
    """Bring in what other programs know: cards, answers, or the journal of another machine.

    What is there already is never doubled, so a file may be imported again.
    """
    ctx.obj.as_json = as_json


@group.command("anki", epilog="Example: mlcoach import anki Downloads/everything.colpkg")
def anki(
    ctx: typer.Context,
    file: FileArgument,
    track: Annotated[str, typer.Option("--track", metavar="TRACK", help="The track of a new subject.")] = "ml",
    as_json: Json = False,
) -> int:
    """Import cards, answers and schedules from Anki.

    FILE is a .apkg or .colpkg file. Every deck becomes a unit in a subject of your own, every card an item; pictures
    and sounds are named only. One undo takes all of it back, the files included. The exit code is 7 when something was
    left out, which is then listed.
    """
    from mlcoach.render import exchange as screen
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.exchange import import_anki as service

    app = ctx.obj
    with waiting_bar(app.screen, "Importing from Anki") as on_progress:
        view = service.import_anki(app.context, file, track, on_progress)
    app.show("import_anki", view, as_json, screen.anki_lines)
    return _code(view.skipped)


@group.command("reviews", epilog="Example: mlcoach import reviews revlog.csv")
def reviews(ctx: typer.Context, file: FileArgument, as_json: Json = False) -> int:
    """Import answers from a CSV file.

    It has the columns of the FSRS optimizers, in any order: card_id, review_time (milliseconds UTC, or an ISO time),
    review_rating (1 to 4), review_state (may be empty) and review_duration (milliseconds). card_id is an item's id or
    the number Anki gave the card; answers to cards that are not here are kept, for measuring how well your memory is
    predicted. Where all times are seconds, they are read as such.
    """
    from mlcoach.render import exchange as screen
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.exchange import reviews_csv as service

    app = ctx.obj
    with waiting_bar(app.screen, "Importing answers") as on_progress:
        view = service.import_reviews(app.context, file, on_progress)
    app.show("import_reviews", view, as_json, screen.reviews_lines)
    return _code(view.skipped)


@group.command("journal", epilog="Example: mlcoach import journal laptop.jsonl")
def journal(
    ctx: typer.Context,
    file: FileArgument,
    join_copies: Annotated[
        bool,
        typer.Option("--join-copies", help="Join a copy of this home that went on under its name, without asking."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Join the journal of another machine to this one.

    Both machines then know the same when you do it on each, in whatever order. Entries that are here already are passed
    over. The store is backed up first, and `mlcoach undo` takes back what came, on this machine. Exit code 7: done, but
    some entries were refused.
    """
    from mlcoach.errors import ExitCode
    from mlcoach.render import exchange as screen
    from mlcoach.render.waiting_bar import waiting_bar
    from mlcoach.services.exchange import journal as service

    app = ctx.obj
    with waiting_bar(app.screen, "Joining journals", least=1) as on_progress:
        view = service.import_journal(app.context, file, on_progress, join_copies=join_copies)
    app.show("import_journal", view, as_json, screen.journal_lines)
    if view.skipped:
        raise typer.Exit(int(ExitCode.LEFT_OUT))
