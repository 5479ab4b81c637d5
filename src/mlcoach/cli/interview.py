"""`mlcoach interview`"""

from typing import TYPE_CHECKING

import typer

from mlcoach.cli.params import Json

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlcoach.cli.app import App
    from mlcoach.views.practice import InterviewProblemView, InterviewQuestionView

EXAMPLE = "Example: mlcoach interview"
RATINGS = "1 again, 2 hard, 3 good, 4 easy"


def command(
    ctx: typer.Context,
    as_json: Json = False,
) -> None:
    """A mock interview of 45 minutes: two problems you have not seen, one question of theory, and a look back.

    The problems are solved in your own editor, as in `practice`. Ctrl-C ends it; what was tried is kept. With
    --plain nothing is redrawn.
    """
    from mlcoach.render.practice import interview as screen
    from mlcoach.services.practice import interview

    app = ctx.obj
    view = interview.choose(app.context)
    if as_json or not (app.screen.interactive and app.screen.is_terminal):
        app.show("interview", view, as_json, screen.lines)
        return
    app.show("interview", view, False, screen.before_lines)
    if not app.confirm("Begin?", default=True):
        return
    import time

    began = time.monotonic()
    ends = began + view.minutes * 60
    problems = []
    for number, problem in enumerate(view.problems, start=1):
        words = f"problem {number} of {len(view.problems)}"
        problems.append(_solve(app, problem, ends, words))
    question = _explain(app, view.question, time.monotonic) if view.question else None
    app.show(
        "interview",
        interview.looked_back(app.context, view, problems, question, time.monotonic() - began),
        False,
        screen.look_back_lines,
    )


def _solve(app: "App", problem: "InterviewProblemView", ends: float, words: str) -> "InterviewProblemView":
    """Hold the watch screen open on a problem, with the clock of the interview, until the learner leaves it."""
    import time

    from mlcoach.cli.practice import held_open
    from mlcoach.errors import ExitCode
    from mlcoach.services.practice.exercises import load
    from mlcoach.services.practice.interview import solved

    began = time.monotonic()
    session, graded = held_open(app, load(app.context, problem.item), ends=ends, of=words)
    if session.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)
    spent = time.monotonic() - began
    return solved(problem, session.view(graded), spent, tried=session.was_tried)


def _explain(
    app: "App", question: "InterviewQuestionView", clock: "Callable[[], float]"
) -> "InterviewQuestionView | None":
    """Ask the question of theory; the learner speaks, sees the answer, and says how it was."""
    from mlcoach.domain.memory.ratings import RATING_NAMES
    from mlcoach.render.practice import interview as screen
    from mlcoach.services.practice.interview import answer_of, explained

    app.screen.error(screen.question_lines(question, app.screen.width))
    began = clock()
    app.ask("Say it aloud, then press enter for the answer.")
    spent = clock() - began
    app.screen.error(screen.answer_lines(answer_of(app.context, question), app.screen.width))
    while True:
        said = app.ask(f"How was yours? {RATINGS} (enter: leave it out)")
        if not said:
            return None
        names = {str(number): name for number, name in RATING_NAMES.items()}
        if (rating := names.get(said, said)) in RATING_NAMES.values():
            return explained(app.context, question, rating, spent)
