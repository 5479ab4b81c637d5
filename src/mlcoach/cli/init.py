"""`mlcoach init`"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from mlcoach.cli.guided import BACK, ask_until_read
from mlcoach.cli.params import Json

if TYPE_CHECKING:
    from mlcoach.cli.app import App
    from mlcoach.services.upkeep.init import InitAnswers

EXAMPLE = 'Example: mlcoach init --path core --minutes "90 sat=3h sun=0" --slot "after dinner, at 20:00" --yes'


def command(
    ctx: typer.Context,
    path: Annotated[str, typer.Option("--path", help="The path through the map.", show_default=False)] = "",
    minutes: Annotated[
        str,
        typer.Option(
            "--minutes", help="Minutes a day: 90, `2h mon-fri, sat 3h`, or seven from Monday on.", show_default=False
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
    by: Annotated[
        str,
        typer.Option("--by", metavar="DAY", help="A day to be done by: 2027-02-01, in 8 weeks.", show_default=False),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the defaults for whatever is not given.")] = False,
    as_json: Json = False,
) -> None:
    """Answer a few questions to fit the plan to you: path, minutes, time of day, what you know already.

    What was understood is shown before anything is written. Nothing needs it, and it can be run again. One undo takes
    all of it back.
    """
    from mlcoach.render.upkeep import init as screen
    from mlcoach.services.upkeep import init as service

    app = ctx.obj
    answers, in_dialogue = _answers(app, path, minutes, slot, floor, known, by, yes=yes)
    shown = screen.saved_lines if in_dialogue else screen.lines
    app.show("init", service.apply(app.context, answers), as_json, shown)
    if in_dialogue and not as_json and app.screen.is_terminal and _wants_placement(app, answers):
        from mlcoach.cli.place import play_placement
        from mlcoach.services.placement.scope import scope_of

        app.context.reread_settings()
        play_placement(app, scope_of(app.context, ()))
    else:
        app.hint("Not sure what you know? `mlcoach place` finds out in ten minutes.")


def _wants_placement(app: "App", answers: "InitAnswers") -> bool:
    """Offer to find out what the learner knows; whoever said that they know something has something to show."""
    app.hint("15 to 30 questions find out what you know already; stop at any moment, every answer counts.")
    try:
        return app.confirm("Begin with them now?", default=bool(answers.known or answers.hinted))
    except KeyboardInterrupt:
        return False  # all that was answered before is saved


def _answers(
    app: "App", path: str, minutes: str, slot: str, floor: str, known: str, by: str, *, yes: bool
) -> "tuple[InitAnswers, bool]":
    """Return the answers, and whether some came from questions; with `yes` what is not given has its default."""
    from mlcoach.adapters import setup_words
    from mlcoach.errors import UsageError
    from mlcoach.services.upkeep import init as service

    context = app.context
    now = service.defaults(context)
    questions = (
        InitQuestion(
            "path", path, "Which path (`? 2` explains it)?", now.path, lambda words: service.read_path(context, words)
        ),
        InitQuestion(
            "minutes",
            minutes,
            "Minutes a day (such as `90`, or `2h mon-fri, sat 3h`)?",
            setup_words.minutes_in_words(now.minutes),
            setup_words.read_minutes,
        ),
        InitQuestion(
            "slot",
            slot,
            "When, and after what (such as `after dinner, at 20:00`)?",
            setup_words.slot_in_words(now.slot, now.cue),
            lambda words: setup_words.read_slot(words, now.slot),
        ),
        InitQuestion(
            "floor", floor, "How few minutes still count on a bad day?", str(now.floor), setup_words.read_floor
        ),
        InitQuestion(
            "known",
            known,
            "What do you know already (such as `school mathematics, python`)?",
            "nothing",
            lambda words: service.read_known(context, words),
        ),
        InitQuestion(
            "by",
            by or service.day_within(context, path),
            "By when must it be done (such as `in 8 weeks`, `1 Feb`)?",
            "no date",
            lambda words: service.read_by(context, words),
        ),
    )
    asked = [question for question in questions if not question.given]
    if [question.name for question in asked] == ["by"]:
        asked = []  # few have a day: nobody is asked for it alone
    if asked and not yes and not app.screen.interactive:
        raise UsageError("init asks questions, and this is not a terminal", "pass --yes to take the defaults")
    found = {one.name: one.read(one.given or one.default) for one in questions if one.given or yes or not asked}
    if asked and not yes:
        _ask_all(app, asked, found)
    return _put_together(found), bool(asked) and not yes


def _put_together(found: dict[str, Any]) -> "InitAnswers":
    from mlcoach.services.upkeep.init import InitAnswers

    when, cue = found["slot"]
    known, hinted = found["known"]
    return InitAnswers(found["path"], found["minutes"], when, cue, found["floor"], known, hinted, found["by"])


CALLED = {
    "path": "path",
    "minutes": "minutes",
    "slot": "time",
    "floor": "bad day",
    "known": "known already",
    "by": "date",
}


# What `?` says to each question.
EXPLAINED = {
    "path": "a path is an order of units with an end; `? 2` explains path 2, its number or name takes it, "
    "and you can change it at any time",
    "minutes": "what you mean to study on each weekday, reviews included: `90`, `2h mon tue thu fri`, "
    "`weekdays 1h, sat 3h`, `2h, sun off`; plans and dates reckon with it",
    "slot": "the time at which you begin and what you do before it; reminders and the calendar hold to it",
    "floor": "a day with so many minutes keeps the streak, however short it fell of your aim",
    "known": "subjects or units that need no study, by their names; of what you know in part `mlcoach place` finds "
    "out the rest, and `nothing` is an answer too",
    "by": "a day at which the path must be done; the plan then says what fits, and `no date` sets none",
}


class InitQuestion(NamedTuple):
    """A question, what the options gave for it ("" for nothing), and how an answer to it is read."""

    name: str
    given: str
    text: str
    default: str
    read: Callable[[str], Any]


def _ask_all(app: "App", questions: Sequence[InitQuestion], found: dict[str, Any]) -> None:
    """Ask all questions, one can go back from each; then show what was understood until it is right.

    Raises typer.Abort where the learner keeps nothing of it.
    """
    from mlcoach.render.upkeep import init as screen
    from mlcoach.services.upkeep import init as service

    app.hint("Enter takes what is in brackets; `?` explains, `back` goes to the one before.")
    words = {question.name: question.default for question in questions}
    at, last = 0, len(questions)
    named = ", ".join(f"{number} {CALLED[question.name]}" for number, question in enumerate(questions, start=1))
    while True:
        if at == last:
            answers = _put_together(found)
            facts = screen.fact_lines(service.preview(app.context, answers), app.screen.width)
            asked = f"Save it? (y/n, or the number of what to change: {named})"
            app.show_before_questions([[("Understood:", "strong")], *facts], asked, on_stderr=True)
            answer = app.ask(asked, "y").lower()
            if answer in ("y", "yes"):
                return
            if answer in ("n", "no", "q"):
                app.hint("nothing was changed")
                raise typer.Abort
            at = int(answer) - 1 if answer.isdecimal() and 1 <= int(answer) <= last else last - (answer == "back")
            if at == last:
                continue
            _ask_one(app, questions[at], words, found)
            at = last
            continue
        at = max(0, at - 1) if _ask_one(app, questions[at], words, found) == "back" else at + 1


def _explain(app: "App", question: InitQuestion, asked: str, usual: str) -> None:
    """Say what a question is about; of the paths what the one that was asked about is for, else the usual one."""
    from mlcoach.errors import MlcoachError
    from mlcoach.render.upkeep import init as screen
    from mlcoach.services.upkeep import init as service

    if question.name != "path":
        app.hint(EXPLAINED[question.name])
        return
    try:
        path = service.read_path(app.context, asked or usual)
    except MlcoachError as error:
        app.show_error(error, as_json=False)
        return
    choices = enumerate(service.paths(app.context), start=1)
    number, choice = next(pair for pair in choices if pair[1].id == path)
    app.screen.error(screen.explained_lines(number, choice, app.screen.columns))
    if not asked:
        app.hint(EXPLAINED["path"])


def _ask_one(app: "App", question: InitQuestion, words: dict[str, str], found: dict[str, Any]) -> str:
    """Ask until the answer can be read, or is `back`, and return it; what is wrong with it is said."""
    from mlcoach.render.upkeep import init as screen
    from mlcoach.services.upkeep import init as service

    if question.name == "path":
        choices = service.paths(app.context)
        if app.is_plain:
            app.screen.error([[("The paths through the map:", "strong")]])
        app.screen.error(screen.choice_lines(choices, app.screen.width, plain=app.is_plain))

    def read(answer: str) -> None:
        found[question.name] = question.read(answer)

    answer = ask_until_read(
        app, question.text, words[question.name], lambda asked: _explain(app, question, asked, words["path"]), read
    )
    if answer != BACK:
        app.flush_notices()
        words[question.name] = answer
        if question.name == "path" and (day := service.day_within(app.context, answer)):
            words["by"] = day
    return answer
