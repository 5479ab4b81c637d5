"""`mlcoach place`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import Json, complete_map

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.render.screen import Lines
    from mlcoach.services.placement.scope import PlacementScope
    from mlcoach.views.placement.placement import PlacedUnitView, PlacementView

EXAMPLE = "Example: mlcoach place; mlcoach place math.la; mlcoach place --json --answer 3"

Scope = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SUBJECT|PATH]",
        help="What to be asked about: subjects, units or a path; your path without.",
        autocompletion=complete_map,
        show_default=False,
    ),
]


def command(
    ctx: typer.Context,
    what: Scope = None,
    answer: Annotated[
        str | None,
        typer.Option("--answer", metavar="ANSWER", help="right, wrong, or what is asked for.", show_default=False),
    ] = None,
    shown: Annotated[
        bool, typer.Option("--show", help="What you did not know, with its answers; nothing is asked.")
    ] = False,
    stop: Annotated[bool, typer.Option("--stop", help="Stop here; what was answered counts.")] = False,
    minutes: Annotated[
        int | None,
        typer.Option("--minutes", min=1, metavar="N", help="Stop after so many minutes.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Find out what you know already: fifteen to thirty questions, about ten minutes.

    Numbers and short answers are checked, others you grade yourself. What is known counts as passed, and its cards are
    brought in slowly; a unit takes two right answers to it or to what needs it, one of them checked, and what is made
    or done, such as a project, is passed only where you say so yourself. At the end you see the list with its reasons
    and say which of it to mark; enter marks what you answered yourself. Stop at any moment: every answer is saved. One
    undo takes the answers and what they passed back; what you then choose to learn too is a setting. With --plain
    nothing is redrawn; with --json it asks and takes answers without a screen.
    """
    from mlcoach.services.placement import place, result, scope

    app = ctx.obj
    if shown:
        from mlcoach.render.placement.placement import missed_lines

        app.show("place_show", result.missed_questions(app.context), as_json, missed_lines)
        return
    wanted = scope.scope_of(app.context, what or ())
    if answer is not None or stop or as_json:
        last = place.answer(app.context, place.look(app.context, wanted), answer) if answer is not None else None
        app.show("place", result.view(app.context, wanted, stop=stop, last=last), as_json, _lines)
        return
    if place.look(app.context, wanted).question is None:
        app.show("place", result.view(app.context, wanted), as_json, _lines)
        return
    if not (app.screen.interactive and app.screen.is_terminal):
        from mlcoach.errors import UsageError

        raise UsageError(
            "placement asks questions, and this is not a terminal",
            "`mlcoach place --json` shows the question, `mlcoach place --json --answer …` answers it",
        )
    play_placement(app, wanted, minutes=minutes)


def _lines(view: "PlacementView", width: int | None) -> "Lines":
    """Return the screen of a placement; a script that reads JSON does not load it."""
    from mlcoach.render.placement import placement as screen

    return screen.lines(view, width)


def play_placement(app: "App", wanted: "PlacementScope", *, minutes: int | None = None) -> None:
    """Ask on the screen until it is done or stopped, and show what was found."""
    import sys
    import time

    from mlcoach.cli.keys import Keys
    from mlcoach.errors import ExitCode
    from mlcoach.render.placement import placement as screen
    from mlcoach.render.screen_driver import make_screen_driver
    from mlcoach.services.placement import result
    from mlcoach.services.placement.session import PlacementSession

    context = app.context
    app.give_keys()
    keys, driver = Keys(sys.stdin, screen="placement"), make_screen_driver(app.screen, plain=app.is_plain)
    with keys, driver:
        session = PlacementSession(context, wanted, time.monotonic, minutes)
        keys.takes_text = session.takes_text
        try:
            while not session.done:
                shown = session.view()
                driver.show(shown.serial, screen.sections(shown, driver.width, color=driver.color))
                key = keys.read()
                if key == "ctrl-z":
                    with driver.paused():
                        keys.suspend()
                elif shown.typed or not driver.scroll(key):
                    session.press(key)
        except KeyboardInterrupt:
            session.press("ctrl-c")
    context.refuse_if_moved()
    if session.interrupted:
        app.hint("Your answers are saved: `mlcoach place` goes on, `mlcoach undo` takes them back.")
        raise typer.Exit(ExitCode.INTERRUPTED)
    pending = result.pending(context, wanted)
    try:
        only = _agreed(app, pending) if pending else None
    except KeyboardInterrupt:
        app.hint("Nothing is marked. Your answers are saved: `mlcoach place` shows this again.")
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    found = result.view(context, wanted, stop=session.stopped, only=only)
    app.show("place", found, False, screen.lines)
    if wanted.is_path and found.complete and (lacking := result.lacking(context, found)):
        _learn_too(app, lacking)


def _learn_too(app: "App", lacking: "tuple[PlacedUnitView, ...]") -> None:
    """Ask which units are to be learned too that the path takes for granted: else no plan ever names them."""
    from mlcoach.render.placement.pending import lacking_lines
    from mlcoach.services.placement import result

    app.screen.error(lacking_lines(lacking, app.screen.width))
    units = [unit.unit for unit in lacking]
    try:
        wanted = _choose(app, "Learn them too, before what needs them? (all/choose/none)", "none", units)
    except KeyboardInterrupt:
        wanted = frozenset()
    if wanted:
        result.learn_too(app.context, [unit for unit in units if unit in wanted])
        app.hint("They are in your plan from now on; `mlcoach config set also …` changes it.")


def _agreed(app: "App", pending: "tuple[PlacedUnitView, ...]") -> frozenset[str]:
    """Show what would be passed with its reasons, and ask which of it is: nothing is marked behind somebody's back."""
    from mlcoach.render.placement.pending import pending_lines, pending_question

    app.screen.error(pending_lines(pending, app.screen.width))
    own = [str(number) for number, unit in enumerate(pending, start=1) if unit.because == unit.unit]
    usual = "all" if len(own) == len(pending) else " ".join(own) or "none"
    return _choose(app, pending_question(pending), usual, [unit.unit for unit in pending])


def _choose(app: "App", question: str, usual: str, units: list[str]) -> frozenset[str]:
    """Return which of a numbered list is meant: all, none, or the numbers of some."""
    from mlcoach.domain.placement.chosen import chosen_of

    while True:
        said = app.ask(question, usual).lower()
        if said in ("a", "all", "y", "yes"):
            return frozenset(units)
        if said in ("n", "no", "none"):
            return frozenset()
        if said in ("c", "choose"):
            said = app.ask("Which ones? Their numbers, such as 1 3-5 (enter: all of them)", f"1-{len(units)}")
        chosen = chosen_of(said, len(units))
        if chosen is not None:
            return frozenset(units[place] for place in chosen)
        app.hint(f"all, none, or the numbers of those you agree to, 1 to {len(units)}")
