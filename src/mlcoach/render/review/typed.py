"""What `mlcoach grade` shows of an item whose answer is typed."""

from mlcoach.domain.text import one_line
from mlcoach.render.layout import plural
from mlcoach.render.prose import prose
from mlcoach.render.screen import Lines, drawn
from mlcoach.views.grade import GradedView
from mlcoach.views.typed import AttemptMadeView, QuestionView

HOW = {
    "number": "a number: 3, -2.5, 2/3, 40% or 1e-3",
    "vector": 'numbers: "(1, 2, 3)"',
    "formula": 'a formula: "2*x^2"',
    "text": "a word or two",
    "": "",
}


def question_lines(view: QuestionView, width: int | None) -> Lines:
    """Return what an item asks this time, and how it is answered."""
    title: Lines = [[(one_line(view.title), "title")], []] if view.title else []
    tried: Lines = [[(f"{plural(view.tries, 'wrong answer')} so far.", "muted")]] if view.tries else []
    how: Lines = [
        [("Answer it with ", "muted"), (HOW[view.typing], "muted")],
        [("  ", ""), (f"mlcoach grade {view.item} --answer …", "accent")],
        [("Or give it up: ", "muted"), (f"mlcoach grade {view.item} again", "accent")],
    ]
    return [[(view.item, "muted")], *title, *prose(view.question, width), [], *tried, *how]


def attempt_lines(view: AttemptMadeView, width: int | None) -> Lines:
    """Return what was wrong with an answer after which another try is left."""
    shown: Lines = [[drawn("✗ ", "warn"), (f"{one_line(view.answer)}: not this time", "warn")]]
    shown += prose(view.feedback, width) if view.feedback else []
    shown += _brings(view.brings)
    shown.append([("Once more: ", "muted"), (f"mlcoach grade {view.item} --answer …", "accent")])
    return [*shown, [("Or give it up: ", "muted"), (f"mlcoach grade {view.item} again", "accent")]]


def verdict_lines(view: GradedView, width: int | None) -> Lines:
    """Return what came of a typed answer that was graded; nothing where none was typed."""
    if not view.verdict:
        return []
    answer = one_line(view.answer)
    if view.verdict == "right":
        shown: Lines = [[drawn("✓ ", "good"), (f"{answer} is right", "good")]]
    else:
        shown = [[drawn("✗ ", "warn"), (f"{answer}: not this time; it is {one_line(view.right_answer)}", "warn")]]
        shown += prose(view.feedback, width) if view.feedback else []
        shown += _brings(view.brings)
    return shown + (prose(view.solution, width) if view.solution else [])


def _brings(card: str) -> Lines:
    return [[("The card that explains it: ", "muted"), (f"mlcoach review --item {card}", "accent")]] if card else []
