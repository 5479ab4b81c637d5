"""`mlcoach init`"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from mlcoach.cli.params import Json

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.services.upkeep.init import InitAnswers

T = TypeVar("T")
EXAMPLE = 'Example: mlcoach init --path core --minutes "90 sat=3h sun=0" --slot "after dinner, at 20:00" --yes'


def command(
    ctx: typer.Context,
    path: Annotated[str, typer.Option("--path", help="The path through the map.", show_default=False)] = "",
    minutes: Annotated[
        str,
        typer.Option(
            "--minutes", help="Minutes a day: 90, `60 sat=180 sun=0`, or seven from Monday on.", show_default=False
        ),
    ] = "",
    slot: Annotated[
        str, typer.Option("--slot", help="When, and after what: `after dinner, at 20:00`.", show_default=False)
    ] = "",
    floor: Annotated[
        str, typer.Option("--floor", metavar="MINUTES", help="What keeps the streak on a bad day.", show_default=False)
    ] = "",
    known: Annotated[
        str, typer.Option("--known", help="Subjects and units you know already.", show_default=False)
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the defaults for whatever is not given.")] = False,
    as_json: Json = False,
) -> None:
    """Answer a few questions to fit the plan to you: path, minutes, time of day, what you know already.

    Nothing needs it, and it can be run again. One undo takes all of it back.
    """
    from mlcoach.render.upkeep import init as screen
    from mlcoach.services.upkeep import init as service

    app = ctx.obj
    answers = _answers(app, path, minutes, slot, floor, known, yes=yes)
    app.show("init", service.apply(app.context, answers), as_json, screen.lines)


def _answers(app: "App", path: str, minutes: str, slot: str, floor: str, known: str, *, yes: bool) -> "InitAnswers":
    """Return the answers, from the options, then from questions unless the defaults do."""
    from mlcoach.errors import UsageError
    from mlcoach.render.upkeep import init as screen
    from mlcoach.services.upkeep import init as service

    context = app.context
    now = service.defaults(context)
    given = (path, minutes, slot, floor, known)
    if not yes and not all(given) and not app.screen.interactive:
        raise UsageError("init asks questions, and this is not a terminal", "pass --yes to take the defaults")

    def answer(words: str, question: str, default: str, read: Callable[[str], T]) -> T:
        if words:
            return read(words)
        if yes:
            return read(default)
        return _ask(app, question, default, read)

    if not yes and not path:
        app.screen.error([[("The paths through the map:", "strong")]])
        app.screen.error(screen.choice_lines(service.paths(context), app.screen.width))
    chosen = answer(path, "Which path?", now.path, lambda words: service.read_path(context, words))
    week = answer(minutes, "Minutes a day?", service.minutes_in_words(now.minutes), service.read_minutes)
    when, cue = answer(
        slot,
        "When, and after what?",
        service.slot_in_words(now.slot, now.cue),
        lambda words: service.read_slot(words, now.slot),
    )
    least = answer(floor, "Minutes that count on a bad day?", str(now.floor), service.read_floor)
    units = answer(
        known,
        "What do you know already (subjects or units, such as `math.pre start.setup`)?",
        "nothing",
        lambda words: service.read_known(context, words),
    )
    return service.InitAnswers(chosen, week, when, cue, least, units)


def _ask(app: "App", question: str, default: str, read: Callable[[str], T]) -> T:
    """Ask until the answer can be read; what is wrong with it is said, and nothing is lost."""
    from mlcoach.errors import MlcoachError

    while True:
        try:
            return read(app.ask(question, default))
        except MlcoachError as error:
            app.show_error(error, as_json=False)
