"""Questions one after another: `?` explains the one that is asked, `back` goes to the one before."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mlcoach.cli.app import App

TOLD = "`?` explains a question, `back` goes to the one before."
BACK = "back"


class GuidedQuestion(NamedTuple):
    """One of several questions: its name where the answers are shown, its text, and what `?` says to it.

    `read` raises MlcoachError for what is no answer; `before` shows what the question is about. With `once` it is only
    waited there for enter, and nothing is answered.
    """

    name: str
    text: str
    explained: str
    default: str = ""
    read: Callable[[str], object] = str
    before: Callable[[], None] | None = None
    once: bool = False


def ask_until_read(
    app: "App", text: str, default: str, explain: Callable[[str], None], read: Callable[[str], object]
) -> str:
    """Ask one question until its answer can be read, or is `back`, and return that; what is wrong with it is said.

    `explain` gets what was typed behind the `?`.
    """
    from mlcoach.errors import MlcoachError

    while True:
        answer = app.ask(text, default)
        if answer.lower() == BACK:
            return BACK
        if answer.startswith("?"):
            explain(answer.strip("? "))
            continue
        try:
            read(answer)
        except MlcoachError as error:
            app.show_error(error, as_json=False)
        else:
            return answer


def ask_guided(app: "App", questions: Sequence[GuidedQuestion]) -> list[str] | None:
    """Return the answer to each question, after they were shown together; None where the learner keeps none of them.

    An answer that was given stands in brackets when its question comes again.
    """
    app.hint(TOLD)
    answers = [question.default for question in questions]
    at = 0
    while True:
        if at == len(questions):
            step = _is_right(app, questions, answers)
            if step != BACK:
                return answers if step == "y" else None
            at -= 1
            continue
        one = questions[at]
        if one.before:
            one.before()
        said = ask_until_read(app, one.text, answers[at], lambda _, one=one: app.hint(one.explained), one.read)  # type: ignore[misc]
        if said == BACK:
            at = max(0, at - 1)
            continue
        answers[at] = "" if one.once else said
        at += 1


def _is_right(app: "App", questions: Sequence[GuidedQuestion], answers: Sequence[str]) -> str:
    """Show what was answered, and return y, n or back."""
    shown = [(one.name, said) for one, said in zip(questions, answers, strict=True) if said != one.default]
    app.screen.error([[(f"{name}: ", "muted"), (said, "")] for name, said in shown])
    while True:
        answer = app.ask("Save it? (y/n, or back)", "y").lower()
        if answer in ("y", "yes"):
            return "y"
        if answer in ("n", "no", "q", "quit"):
            app.hint("nothing was changed")
            return "n"
        if answer == BACK:
            return BACK
        app.hint("write y to save it, n to keep nothing, back to change the last answer")
