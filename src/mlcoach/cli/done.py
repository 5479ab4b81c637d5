"""`mlcoach done`, `mlcoach skip` and `mlcoach reopen`: the learner's word on units, steps and subjects"""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mlcoach.cli.params import DayOption, Json, complete_unit, study_day_of
from mlcoach.errors import UsageError

if TYPE_CHECKING:
    from datetime import date as Day

    from mlcoach.cli.app import App
    from mlcoach.domain.events import StepMark, UnitMark

EXAMPLE = "Example: mlcoach done; mlcoach done math.la.vectors; mlcoach done math.la.vectors/3b1b-vectors"
EXAMPLE_SKIP = "Example: mlcoach skip math.pre career.habits"
EXAMPLE_REOPEN = "Example: mlcoach reopen math.la.vectors"

Wanted = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WHAT]",
        help="Units by id or title, a step of one (UNIT/STEP), or nothing for the step under way.",
        autocompletion=complete_unit,
        show_default=False,
    ),
]
Several = Annotated[
    list[str],
    typer.Argument(
        metavar="WHAT…", help="Units and subjects by id or title, or steps (UNIT/STEP).", autocompletion=complete_unit
    ),
]


class Closing(NamedTuple):
    """What came of a closing question: how it went, 1 to 4 (0: not told), and the command that kept its answer."""

    recalled: int = 0
    command: str = ""


NOT_ASKED = Closing()
Note = Annotated[str, typer.Option("--note", "-n", "-m", help="A line to remember.", show_default=False)]


def command(
    ctx: typer.Context,
    what: Wanted = None,
    date: DayOption = "",
    note: Note = "",
    no_questions: Annotated[
        bool, typer.Option("--no-questions", help="Pass a unit without its closing question.")
    ] = False,
    minutes: Annotated[
        str,
        typer.Option("--minutes", metavar="TIME", help="How long a step took, where no timer ran.", show_default=False),
    ] = "",
    as_json: Json = False,
) -> None:
    """You finished it: the step under way, a step by name, or a whole unit.

    Where no time is on record for a step, it asks on a terminal how long it took: a day counts by its minutes.

    A unit can be passed before its cards are known or its last exercise is done: its cards are then the first new
    ones of the days after, and the exercise comes in place of practice. Its cards keep coming back, so that it stays.
    """
    from mlcoach.services.day import done as service

    app = ctx.obj
    day = study_day_of(app, date)
    found = service.meant(app.context, what) if what else [service.current_step(app.context)]
    if len(found) > 1:
        if minutes or as_json or app.as_json:
            raise UsageError("`--minutes` and `--json` are for one unit or step", "name one at a time")
        _each(app, "done", found, "passed", date, note, as_json)
        return
    step = found[0]
    asks = app.screen.interactive and not (as_json or app.as_json)
    if service.is_step(step):
        if asks and not what and not is_meant(app, step):
            return
        if asks and not no_questions and (unit := service.closes(app.context, step)):
            _close(app, unit, step, day, note)
            return
        took = _minutes(minutes) if minutes else _minutes_asked(app, step, day) if asks else 0
        if took is None:
            app.hint("nothing was changed")
            return
        _step(app, "done", step, "done", day, as_json, took)
        return
    if minutes:
        raise UsageError("`--minutes` is for a step", f"`mlcoach log {minutes} {step}` records time on the unit")
    closing = NOT_ASKED
    opened = service.open_steps(app.context, step)
    if asks and not no_questions:
        if opened and not _passes_with_open(app, opened):
            return
        closing = _closing_question(app, step, day)
    _unit(app, "done", step, "passed", day, as_json, note, closing, silent=no_questions, opened=opened)


def skip(ctx: typer.Context, what: Several, date: DayOption = "", note: Note = "", as_json: Json = False) -> None:
    """You know it already, or do not want it; what builds on it can then begin."""
    _each(ctx.obj, "skip", what, "skipped", date, note, as_json)


def reopen(ctx: typer.Context, what: Several, date: DayOption = "", note: Note = "", as_json: Json = False) -> None:
    """Put it back to learning."""
    _each(ctx.obj, "reopen", what, "learning", date, note, as_json)


def _each(app: "App", kind: str, names: list[str], mark: "UnitMark", date: str, note: str, as_json: bool) -> None:
    from mlcoach.services.day import done as service

    day = study_day_of(app, date)
    found = service.meant(app.context, names)
    if as_json and len(found) > 1:
        raise UsageError("`--json` tells of one unit or step", "name one at a time")
    for name in found:
        if service.is_step(name):
            step: StepMark = "skipped" if mark == "skipped" else "done" if mark == "passed" else "open"
            _step(app, kind, name, step, day, as_json)
        else:
            _unit(app, kind, name, mark, day, as_json, note)


def is_meant(app: "App", step: str, otherwise: str = "nothing was changed") -> bool:
    """Ask whether a step is finished that nobody opened: an answer to an exercise has just finished the one before."""
    from mlcoach.services.day import done as service
    from mlcoach.services.day.steps import resolve_step

    answered = service.answered_before(app.context, step)
    if not answered:
        return True
    app.hint(f"The step before, {answered}.")
    if app.confirm(f"Is this one finished too: {resolve_step(app.context, step).title}?", default=False):
        return True
    app.hint(otherwise)
    return False


def _passes_with_open(app: "App", opened: tuple[str, ...]) -> bool:
    """Ask whether a unit is passed although some of its steps are open."""
    from mlcoach.render.day.units import open_words

    if app.confirm(f"{open_words(opened)}. Pass it all the same?", default=False):
        return True
    app.hint("nothing was changed")
    return False


def _close(app: "App", unit: str, step: str, day: "Day", note: str) -> None:
    """Ask the closing question of a unit whose step it is, and pass the unit where nothing else of it is open."""
    from mlcoach.services.day import done as service

    closing = _closing_question(app, unit, day)
    title = app.context.catalog.units[unit].title
    if not service.open_steps(app.context, unit) and app.confirm(
        f"That was the last step. Pass {title}?", default=True
    ):
        _unit(app, "done", unit, "passed", day, False, note, closing, silent=True)
    else:
        _step(app, "done", step, "done", day, False, closing=closing)


def _minutes(text: str) -> int:
    from mlcoach.domain.time.durations import parse_duration

    return 0 if text.strip() == "0" else parse_duration(text)


def _minutes_asked(app: "App", step: str, day: "Day") -> int | None:
    """Ask how long a step took for which no time is on record; None where the learner leaves the question.

    Enter records none: what nobody studied is not to come from an estimate.
    """
    from mlcoach.cli.app import LEAVE
    from mlcoach.services.day import done as service
    from mlcoach.services.day.steps import resolve_step

    while service.untimed_minutes(app.context, step, day):
        title = resolve_step(app.context, step).title
        asked = f"Hardly any time is recorded for: {title}. How many minutes more did it take (0: none, q: leave)?"
        answer = app.ask(asked, "0")
        if answer.lower() in LEAVE:
            return None
        try:
            return _minutes(answer)
        except UsageError as error:
            app.hint(f"{error}; {error.hint}")
    return 0


def _step(
    app: "App",
    kind: str,
    name: str,
    mark: "StepMark",
    day: "Day",
    as_json: bool,
    minutes: int = 0,
    *,
    closing: Closing | None = None,
) -> None:
    from mlcoach.render.day import units as screen
    from mlcoach.services.day import done as service

    view = service.mark_step(app.context, name, mark, day, minutes, closing.command if closing else "")
    app.show(kind, view._replace(recall="") if closing else view, as_json, screen.step_lines)


def _unit(
    app: "App",
    kind: str,
    name: str,
    mark: "UnitMark",
    day: "Day",
    as_json: bool,
    note: str = "",
    closing: Closing = NOT_ASKED,
    *,
    silent: bool = False,
    opened: tuple[str, ...] = (),
) -> None:
    from mlcoach.render.day import units as screen
    from mlcoach.services.day import units as service

    view = service.mark_unit(app.context, name, mark, day, note, closing.recalled, closing.command)
    view = view._replace(open_steps=opened)
    app.show(kind, view._replace(recall="") if closing.recalled or silent else view, as_json, screen.lines)


def _closing_question(app: "App", name: str, day: "Day") -> Closing:
    """Ask the closing question of a unit, keep the answer in words, and ask how it went."""
    from mlcoach.render.day import units as screen
    from mlcoach.services.day import done as service

    question, compare = service.closing_question(app.context, name)
    if not question:
        return NOT_ASKED
    app.screen.lines(screen.question_lines(question, app.screen.width))
    words = app.ask("Your answer in your own words, kept as a note of the unit (enter: none):")
    command = _keep(app, name, words, day, "")
    app.screen.lines(screen.compare_lines(compare, app.screen.width))
    while True:
        answer = app.ask("How did it go? 1 again, 2 hard, 3 good, 4 easy (enter passes over it)")
        grade = GRADES.get(answer.lower(), answer)
        if grade in ("", "0", "1", "2", "3", "4"):
            return Closing(int(grade or 0), command)
        if answer.startswith("mlcoach "):
            app.hint("this is still the question; enter passes over it, then type the command")
            continue
        # Words were meant for the line before.
        command = _keep(app, name, answer if " " in answer else "", day, command)
        app.hint("write a number from 1 to 4, or nothing")


GRADES = {"again": "1", "hard": "2", "good": "3", "easy": "4", "q": ""}


def _keep(app: "App", unit: str, answer: str, day: "Day", command: str) -> str:
    """Keep an answer in words as a note of a unit and return the command it belongs to; one that may not be kept is
    told."""
    from mlcoach.services.day import done as service

    if not answer:
        return command
    try:
        command = service.keep_answer(app.context, unit, answer, day, command)
        app.hint("kept as a note of the unit")
    except UsageError as error:
        app.hint(f"{error}; {error.hint}")
    return command
