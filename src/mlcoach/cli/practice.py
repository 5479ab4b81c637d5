"""`mlcoach practice`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import Json, complete_item

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.cli.keys import Keys
    from mlcoach.domain.curriculum import Exercise
    from mlcoach.render.screen_driver import ScreenDriver
    from mlcoach.services.practice.session import PracticeSession
    from mlcoach.views.grade import GradedView

EXAMPLE = "Example: mlcoach practice prog.py.basics/where-letters-occur"
LOOKS = 0.1  # seconds between two looks at the file


def command(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ITEM|UNIT]",
            help="An exercise, a unit, or nothing for what is next.",
            autocompletion=complete_item,
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Run the tests once; exit code 0 only when all is right.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="What checks itself, with its state.")] = False,
    whole: Annotated[
        bool, typer.Option("--all", help="With --list: all units, also those not begun or locked.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Exercises that check themselves, in your own editor: save the file, and the tests run.

    A file of yours is never overwritten, and what you write never leaves your machine. Exit code 8 with --check says
    that it ran and is not right. Code of other people runs only after you read it and agreed to it. With --plain
    nothing is redrawn.
    """
    from functools import partial

    from mlcoach.render.practice import listing
    from mlcoach.services.practice import exercises

    app, item = ctx.obj, " ".join(words or ())
    if listed or whole:
        app.show("practice_list", exercises.listing(app.context, item), as_json, partial(listing.lines, whole=whole))
        return
    exercise = exercises.meant(app.context, item)
    if exercise.code is None:
        _typed(ctx, exercise, check=check, as_json=as_json)
        return
    if check or as_json:
        _check(app, exercise, as_json=as_json)
        return
    if not (app.screen.interactive and app.screen.is_terminal):
        _open(app, exercise)
        return
    _watch(app, exercise)


def _typed(ctx: typer.Context, exercise: "Exercise", *, check: bool, as_json: bool) -> None:
    """Ask an exercise whose answer is typed or told, as a review does; one that gives a program is opened in a file."""
    from mlcoach.cli.review import command as review
    from mlcoach.errors import UsageError
    from mlcoach.render.practice.given import given_lines
    from mlcoach.services.practice.exercises import load
    from mlcoach.services.practice.given_code import put_given

    if check:
        load(ctx.obj.context, exercise.id)  # which says of one without tests that it has none
        raise UsageError(f"the answer of `{exercise.id}` is typed", f"`mlcoach practice {exercise.id}` asks it")
    given = None if as_json else put_given(ctx.obj.context, exercise)
    if given is None:
        review(ctx, item=exercise.id, as_json=as_json)
    else:
        ctx.obj.show("practice", given, False, given_lines)


def _check(app: "App", exercise: "Exercise", *, as_json: bool) -> None:
    from mlcoach.errors import ExitCode
    from mlcoach.render.practice import watch as screen
    from mlcoach.services.practice.session import check

    agree(app, exercise)
    view = check(app.context, exercise)
    app.show("practice", view, as_json, screen.lines)
    if view.status != "right":
        raise typer.Exit(ExitCode.WRONG)


def _open(app: "App", exercise: "Exercise") -> None:
    """Write what to begin with, and say where, as there is no terminal to watch the file in."""
    import time

    from mlcoach.render.practice.watch import opened_lines
    from mlcoach.services.practice.session import PracticeSession

    session = PracticeSession(app.context, exercise, time.monotonic)
    try:
        app.show("practice", session.watch_view(), False, opened_lines)
    finally:
        session.close()


def agree(app: "App", exercise: "Exercise") -> None:
    """Let the learner read and agree to what somebody else's exercise runs. Raises UsageError where they do not."""
    from mlcoach.errors import UsageError
    from mlcoach.render.practice.watch import consent_lines
    from mlcoach.services.practice import consent

    if consent.is_allowed(app.context, exercise):
        return
    refused = UsageError(
        f"`{exercise.id}` runs code that did not come with mlcoach, and you have not agreed to it",
        f"read it and say yes in a terminal: `mlcoach practice {exercise.id}`",
    )
    if not app.screen.interactive:
        raise refused
    app.screen.error(consent_lines(consent.to_read(app.context, exercise), app.screen.width))
    if not app.confirm("Run it on this machine?", default=False):
        raise refused
    consent.allow(app.context, exercise)


def _watch(app: "App", exercise: "Exercise") -> None:
    """Show the watch screen until the learner leaves it; `n` goes on to the next exercise."""
    from mlcoach.errors import ExitCode
    from mlcoach.render.practice.watch import summary_lines
    from mlcoach.services.practice.exercises import after

    following: Exercise | None = exercise
    while following is not None:
        exercise, following = following, None
        session, graded = held_open(app, exercise)
        app.show("practice", session.view(graded), False, summary_lines)
        if session.interrupted:
            raise typer.Exit(ExitCode.INTERRUPTED)
        if session.wants_next and (following := after(app.context, exercise)) is None:
            app.hint("nothing else here checks itself; `mlcoach practice --list` shows all")


def held_open(
    app: "App", exercise: "Exercise", *, ends: float | None = None, of: str = ""
) -> "tuple[PracticeSession, GradedView | None]":
    """Hold the watch screen open until the learner leaves it; return the session and the grade that followed.

    `ends` and `of` are those of a mock interview. Raises UsageError where they do not agree to run it.
    """
    import sys
    import time

    from mlcoach.cli.keys import Keys
    from mlcoach.render.screen_driver import make_screen_driver
    from mlcoach.services.practice.session import PracticeSession

    agree(app, exercise)
    session = PracticeSession(app.context, exercise, time.monotonic, ends=ends, of=of)
    graded = None
    try:
        app.give_keys()
        keys, driver = Keys(sys.stdin, LOOKS, "practice"), make_screen_driver(app.screen, plain=app.is_plain)
        with keys, driver:
            play(app, session, keys, driver)
    finally:
        graded = session.close()
    return session, graded


def play(app: "App", session: "PracticeSession", keys: "Keys", driver: "ScreenDriver") -> None:
    """Run the tests at each save, and let the keys act, until the learner leaves."""
    from mlcoach.domain.keys import WORDS
    from mlcoach.errors import MlcoachError
    from mlcoach.render.practice.watch import sections

    def show(*, running: bool = False) -> None:
        view = session.watch_view()._replace(running=running)
        driver.show(1, sections(view, driver.width, app.screen.measure()[1], color=driver.color))

    try:
        show()
        while not session.done:
            if session.was_saved():
                show(running=True)
                try:
                    session.run()
                except MlcoachError as error:
                    session.say("; ".join(filter(None, (error.message, error.hint))))
                show()
            key = keys.read()
            if key == "tick" and session.clock_moved():
                show()
            if key == "tick" or driver.scroll(key):
                continue
            if key == "ctrl-z":
                with driver.paused():
                    keys.suspend()
            else:
                session.press(key)
                if key != WORDS and not session.done:  # what is answered to each letter of a word is said once
                    driver.pressed()
            if session.wants_editor:
                _edit(app, session, keys, driver)
            show()
    except KeyboardInterrupt:
        session.press("ctrl-c")


def _edit(app: "App", session: "PracticeSession", keys: "Keys", driver: "ScreenDriver") -> None:
    from mlcoach.adapters.editor import edit_file
    from mlcoach.cli.way_out import told_editor
    from mlcoach.errors import MlcoachError

    session.wants_editor = False
    try:
        with keys.paused(), driver.paused():
            edit_file(told_editor(app), session.file)
    except MlcoachError as error:
        session.say("; ".join(filter(None, (error.message, error.hint))))
