"""`mlcoach review`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import Json, complete_item, complete_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mlcoach.cli.app import App
    from mlcoach.cli.keys import Keys
    from mlcoach.domain.day.review_queue import QueueEntry, WantedItems
    from mlcoach.render.screen import Lines
    from mlcoach.render.screen_driver import ScreenDriver
    from mlcoach.services.review.session import Manner, ReviewSession
    from mlcoach.views.review import SummaryView

EXAMPLE = "Example: mlcoach review --limit 10 --subject math.la"


def command(
    ctx: typer.Context,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", help="At most so many items.", show_default=False)
    ] = None,
    only: Annotated[
        str, typer.Option("--only", metavar="KIND", help="cards, exercises or problems.", show_default=False)
    ] = "",
    clock: Annotated[
        str,
        typer.Option("--clock", metavar="35m", help="Exercises that fit; ends when it is over.", show_default=False),
    ] = "",
    subject: Annotated[
        str,
        typer.Option(
            "--subject",
            metavar="ID",
            help="Only this subject or unit.",
            autocompletion=complete_unit,
            show_default=False,
        ),
    ] = "",
    ahead: Annotated[int, typer.Option("--ahead", metavar="DAYS", help="Also what falls due so soon.")] = 0,
    item: Annotated[
        str,
        typer.Option(
            "--item",
            metavar="ITEM",
            help="This card or exercise alone, due or not.",
            autocompletion=complete_item,
            show_default=False,
        ),
    ] = "",
    block: Annotated[
        int,
        typer.Option("--block", metavar="N", min=0, help="What this block of today's plan asks.", show_default=False),
    ] = 0,
    cram: Annotated[
        str,
        typer.Option(
            "--cram",
            metavar="ID",
            help="All cards of this unit or subject, with nothing written: the schedule stays.",
            autocompletion=complete_unit,
            show_default=False,
        ),
    ] = "",
    reverse: Annotated[
        bool, typer.Option("--reverse", help="Only cards that go both ways, asked from their answer.")
    ] = False,
    confidence: Annotated[
        bool, typer.Option("--confidence", help="Ask how sure you are before each answer; see `memory status`.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Recall what is due, one key an answer. Every answer is saved as it is given.

    Space shows the answer, 1 to 4 say how well you knew it (again, hard, good, easy), u takes back, q leaves. With
    --plain nothing is redrawn. With --json, or where there is no terminal, what is due is listed and nothing is asked;
    `mlcoach grade` answers then.
    """
    from mlcoach.domain.day import review_queue
    from mlcoach.render.review import review as screen
    from mlcoach.services.review import queue as service
    from mlcoach.services.review.session import Manner

    app = ctx.obj
    settings = app.context.settings
    minutes = _minutes(clock)
    manner = Manner(confidence or settings.get("confidence"), reverse, minutes * 60)
    if cram:
        _cram(app, cram, limit, manner, alone=not (only or subject or ahead or item or as_json))
        return
    wanted = review_queue.WantedItems(limit, only, subject, ahead, item, reverse, block, minutes)
    if not as_json and app.screen.interactive and app.screen.is_terminal:
        _review(app, wanted, manner)
        return
    view = service.review(app.context, wanted)
    app.show("review", view, as_json, screen.list_lines)
    if not as_json and (view.due or view.new):
        first = (view.due or view.new)[0]
        app.hint(f"to answer one: `mlcoach grade {first.item} good`, or again, hard or easy")


def _minutes(clock: str) -> int:
    if not clock:
        return 0
    from mlcoach.domain.time.durations import parse_duration

    return parse_duration(clock)


def _cram(app: "App", name: str, limit: int | None, manner: "Manner", *, alone: bool) -> None:
    from mlcoach.errors import UsageError
    from mlcoach.render.review.review import cram_lines
    from mlcoach.services.review.cram import Cram, cram_queue

    if not alone:
        raise UsageError(
            "`--cram` goes with `--limit` and `--reverse` alone", "it asks all cards of a unit or subject, due or not"
        )
    entries = cram_queue(app.context, name, limit, reverse=manner.reverse)
    if not (app.screen.interactive and app.screen.is_terminal):
        raise UsageError("cramming needs a terminal", "`mlcoach cards search` finds cards by words")
    _play(app, entries, Cram, cram_lines, manner._replace(confidence=False))


def _review(app: "App", wanted: "WantedItems", manner: "Manner") -> None:
    from mlcoach.render.review import review as screen
    from mlcoach.services.review import queue as service
    from mlcoach.services.review.session import ReviewSession

    context = app.context
    made = service.make_queue(context, service.checked(context, wanted))
    if not made.entries:
        app.show("review", service.review(context, wanted), False, screen.list_lines)
        return
    _play(app, made.entries, ReviewSession, screen.summary_lines, manner)


def _play(
    app: "App",
    entries: "Sequence[QueueEntry]",
    kind: "type[ReviewSession]",
    summary: "Callable[[SummaryView, int | None], Lines]",
    manner: "Manner",
) -> None:
    """Hold a session of that kind over these entries, and show its summary."""
    import sys
    import time

    from mlcoach.cli.keys import Keys
    from mlcoach.cli.way_out import told_editor
    from mlcoach.errors import ExitCode
    from mlcoach.render.screen_driver import make_screen_driver
    from mlcoach.services.cards.edit import CardEditor
    from mlcoach.services.record import renew_model

    context = app.context
    renew_model(context)
    app.give_keys()
    keys, driver = Keys(sys.stdin, screen="review"), make_screen_driver(app.screen, plain=app.is_plain)
    editor = CardEditor(context)

    def edit(item: str) -> str:
        with keys.paused(), driver.paused():
            told_editor(app, waits=True)
            return editor.edit(item)

    with keys, driver:
        session = kind(context, entries, time.monotonic, edit, manner)
        keys.takes_text = session.takes_text
        keys.takes_grade_of_number = session.takes_grade_of_number
        play(session, _awake(keys, driver), driver)
    context.refuse_if_moved()  # what the summary counts must be there
    app.show("review", session.summary(), False, summary)
    if session.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)


def play(session: "ReviewSession", keys: "Iterable[str]", driver: "ScreenDriver") -> None:
    """Let the keys act on the session and show it after each, until it is done or no key comes any more."""
    from mlcoach.domain.keys import WORDS
    from mlcoach.render.review.review import answered, sections

    def show() -> None:
        view = session.view()
        driver.show(view.serial, sections(view, driver.width, color=driver.color))

    try:
        show()
        for key in keys:
            if driver.scroll(key):
                continue
            before = session.view()
            session.press(key)
            if key != WORDS:  # what is answered to each letter of a word is said once
                driver.pressed()
            if (session.done or session.view().serial != before.serial) and (words := answered(before, key)):
                driver.say(words)
            if session.done:
                return
            show()
    except KeyboardInterrupt:
        session.press("ctrl-c")


def _awake(keys: "Keys", driver: "ScreenDriver") -> "Iterable[str]":
    """Yield the keys; Ctrl-Z stops the program here and shows the screen again when it comes back."""
    for key in keys:
        if key == "ctrl-z":
            with driver.paused():
                keys.suspend()
            yield "resize"
        else:
            yield key
