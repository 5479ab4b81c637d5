"""A mock interview: what is asked, and the look back."""

from mlcoach.domain.time.durations import format_duration
from mlcoach.render.layout import columns, plural, wrap
from mlcoach.render.prose import prose
from mlcoach.render.screen import Line, Lines, prose_width
from mlcoach.views.practice import NOT_TRIED, InterviewProblemView, InterviewQuestionView, InterviewView

RULES = (
    "Speak as you would to somebody across the table: say what you understood, ask what is open, name a simple way "
    "and its cost before you write a better one. The clock runs until you leave the last problem."
)
LOOK_BACK = (
    "What did you do in the first two minutes of each problem?",
    "Where did you fall silent, and what would you have said?",
    "Which one thing will you do differently next time?",
)


def before_lines(view: InterviewView, width: int | None) -> Lines:
    """Return what a mock interview consists of."""
    room = prose_width(width)
    parts = plural(len(view.problems), "problem") + " that you have not seen"
    parts += ", then one question of theory" if view.question else ""
    shown: Lines = [[(f"A mock interview: {format_duration(view.minutes)}", "title")]]
    return [*shown, *_text(f"{parts[0].upper()}{parts[1:]}.", room), *_text(RULES, room, "muted")]


def lines(view: InterviewView, width: int | None) -> Lines:
    """Return the whole of it where there is no terminal to hold it in, or the look back."""
    if view.over:
        return look_back_lines(view, width)
    room = prose_width(width)
    shown = before_lines(view, width)
    for number, problem in enumerate(view.problems, start=1):
        shown += [[], [(f"Problem {number}: {problem.title}", "strong")], *prose(problem.prompt, room)]
        shown.append([("Solve it: ", "muted"), (f"mlcoach practice {problem.item}", "accent")])
    if view.question:
        shown += [[], [("Theory", "strong")], *prose(view.question.text, room)]
        shown.append([("The answer: ", "muted"), (f"mlcoach cards show {view.question.item}", "accent")])
    return shown


def question_lines(question: InterviewQuestionView, width: int | None) -> Lines:
    """Return the question of theory."""
    return [[("Theory: explain it aloud, in three minutes", "title")], *prose(question.text, prose_width(width))]


def answer_lines(answer: str, width: int | None) -> Lines:
    """Return the answer to the question of theory."""
    return [[("An answer", "strong")], *prose(answer, prose_width(width))]


def look_back_lines(view: InterviewView, width: int | None) -> Lines:
    """Return how it went, and what to ask oneself."""
    room = prose_width(width)
    over = view.seconds > view.minutes * 60
    took = f"{format_duration(round(view.seconds / 60))} of {format_duration(view.minutes)}"
    shown: Lines = [[("The look back", "title"), (f"  {took}", "warn" if over else "muted")]]
    rows = [_problem(problem) for problem in view.problems]
    if view.question and view.question.rating:
        took = format_duration(round(view.question.seconds / 60))
        rows.append([("  theory", ""), (view.question.rating, ""), (took, "muted"), (view.question.item, "accent")])
    shown += columns(rows, width, flexible=0)
    patterns = [f"{problem.title}: {problem.pattern}" for problem in view.problems if problem.pattern]
    if patterns:
        shown += [[], *_text("Patterns: " + "; ".join(patterns) + ".", room)]
    shown.append([])
    for question in LOOK_BACK:
        shown += _text(f"- {question}", room)
    return [*shown, [("Keep a line of it: ", "muted"), ('mlcoach log -n "…"', "accent")]]


def _problem(problem: InterviewProblemView) -> Line:
    style = "good" if problem.status == "right" else "warn"
    how = f"{problem.right} of {plural(problem.tests, 'test')}" if problem.status != NOT_TRIED else NOT_TRIED
    hints = f", {plural(problem.hints, 'hint')}" if problem.hints else ""
    took = format_duration(round(problem.seconds / 60))
    return [(f"  {problem.title}", ""), (how + hints, style), (took, "muted"), (problem.item, "accent")]


def _text(text: str, room: int, style: str = "") -> Lines:
    return [[(line, style)] for line in wrap(text, room)]
