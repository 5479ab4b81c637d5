"""The screens of `mlcoach practice`: a run of the tests, the watch screen, and what is to be agreed to."""

import re

from mlcoach.domain.keys import named
from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import cells, ends, flow, plural, wrap
from mlcoach.render.prose import code, folded, prose
from mlcoach.render.review.grade import finished_lines
from mlcoach.render.screen import SPOKEN, Line, Lines, drawn, prose_width
from mlcoach.render.screen_driver import Section
from mlcoach.views.practice import ConsentView, PracticeView, TestView, WatchView

WIDEST_TEXT = 80  # cells
MOST_PRINTED = 20  # lines of what the program printed, on a screen
MOST_FAILED = 3  # tests that are told in full: the others may fail for the same reason
LABEL = 10  # cells of the words before values
VERDICTS = {
    "right": ("✓ ", "right", "good"),
    "wrong": ("✗ ", "not yet", "bad"),
    "error": ("✗ ", "it did not run to the end", "bad"),
    "timeout": ("✗ ", "out of time", "bad"),
}
KEYS = ("save runs the tests", *named("h", "t", "v", "e", "r", "n", "q"))
FEW_KEYS = ("save runs the tests", *named("h", "t", "e", "q"))
LOW = 24  # rows; below, the keys leave their room to the task
_ASKS_TOO = re.compile(r"\b(?:then|and) answer\b", re.IGNORECASE)  # a question beside the code, which no test sees


def lines(view: PracticeView, width: int | None) -> Lines:
    """Return what a run says, for `--check`."""
    room = prose_width(width)
    shown = [[(view.title, "title")], [(view.file, "muted")], *result_lines(view, room)]
    if view.note:
        shown += [[], *_text(view.note, room, "warn")]
    if view.graded:
        shown += [[], _graded(view)]
        other = "good" if view.graded.rating == "hard" else "hard"
        shown.append([("Another grade: ", "muted"), (f"mlcoach undo && mlcoach grade {view.item} {other}", "accent")])
    return shown


def _graded(view: PracticeView) -> Line:
    assert view.graded is not None
    due = format_day(view.graded.due, view.graded.day)
    return [("Graded ", ""), (view.graded.rating, "strong"), (f"; asked again on {due}.", "")]


def result_lines(view: PracticeView, room: int) -> Lines:
    """Return the verdict, each test with what it said, and what the program printed."""
    if view.status is None:
        return []
    mark, words, style = VERDICTS[view.status]
    if view.status == "error" and not any(test.ran for test in view.tests):
        words = "it cannot be run"
    right = sum(test.ok for test in view.tests)
    count = f" · {right} of {plural(len(view.tests), 'test')}"
    took = f" · {view.seconds:.2f} s" if view.seconds >= 0.005 else ""
    shown: Lines = [[drawn(mark, style), (words, style), (count, ""), (took, "muted")]]
    if view.message:
        shown += [[], *_text(view.message, room, "bad", "  "), *_place(view.line, view.text, room)]
    failed = [test for test in view.tests if not test.ok and test.ran]
    # One error that ends several tests is told once.
    same: dict[tuple[str, int, str], list[TestView]] = {}
    for test in failed:
        same.setdefault((test.said, test.line, test.id if test.came or not test.said else ""), []).append(test)
    for first, *more in list(same.values())[:MOST_FAILED]:
        shown += [[], *_failed(first, room)]
        if more:
            shown += _labelled("the same", ", ".join(test.id for test in more), room, "muted")
    if others := [test.id for told in list(same.values())[MOST_FAILED:] for test in told]:
        shown += [[], *_text(f"not right either: {', '.join(others)}", room, "muted")]
    waiting = [test.id for test in view.tests if not test.ran]
    if waiting and not view.message:
        shown += [[], *_text(f"not run any more: {', '.join(waiting)}", room, "muted")]
    if view.feedback:
        shown += [[], *_labelled("Think of", view.feedback, room, "warn")]
    if view.pattern:
        shown += [[], *_labelled("Pattern", view.pattern, room, "strong")]
    if view.printed.strip():
        shown += [[], *_printed(view, room)]
    return shown


def _failed(test: TestView, room: int) -> Lines:
    shown: Lines = [[drawn("✗ ", "bad"), ("not right, test `", SPOKEN), (test.id, "strong"), ("`:", SPOKEN)]]
    if test.call:
        shown += _labelled("called", test.call, room, "code")
    for name, value in test.inputs:
        shown += _labelled("with", f"{name} = {value}", room)
    if test.came:
        shown += _labelled("came", test.came, room, "bad")
        shown += _labelled("expected", test.expected, room, "good")
    if test.said:
        shown += _text(test.said, room, "" if test.came else "bad", "  ")
    shown += _place(test.line, test.text, room)
    if test.why:
        # What the test is there for; whether that is what went wrong, nothing proves.
        shown += _labelled("checks", test.why, room, "muted")
    return shown


def _place(line: int, text: str, room: int) -> Lines:
    if not line:
        return []
    lead = f"  line {line}  "
    first, *rest = code(one_line(text), "", max(10, room - cells(lead)))
    return [[(lead, "muted"), *first], *([(" " * cells(lead), ""), *piece] for piece in rest)]


def _labelled(label: str, text: str, room: int, style: str = "") -> Lines:
    """Return a word and what it says, which goes on below itself."""
    lead = f"  {label}"
    lead += " " * max(1, LABEL + 2 - cells(lead))
    pieces = wrap(text, max(20, room - cells(lead)))
    first, *rest = pieces or [""]
    return [[(lead, "muted"), (first, style)], *([(" " * cells(lead), ""), (piece, style)] for piece in rest)]


def _printed(view: PracticeView, room: int) -> Lines:
    every = view.printed.rstrip("\n").split("\n")
    kept = every[:MOST_PRINTED]
    more = len(every) > len(kept) or view.printed_cut
    shown: Lines = [[("Your program printed:", "muted")]]
    shown += [
        [drawn("│ ", "muted"), *piece]
        for line in kept
        for piece in folded([(line.expandtabs(4), "")], max(10, room - 2))
    ]
    return [*shown, [drawn("│ … ", "muted"), ("and more", "muted")]] if more else shown


def _text(text: str, room: int, style: str = "", indent: str = "") -> Lines:
    return [[(line, style)] for line in wrap(text, room, indent)]


# The watch screen -----------------------------------------------------------------------------------------------------


def sections(view: WatchView, width: int, rows: int = LOW, *, color: bool = False) -> list[Section]:
    """Return the watch screen: the task, what was opened, and the last run; on few rows the keys needed most."""
    room = min(width, WIDEST_TEXT)
    run = view.exercise
    about = _clock(view)
    found = [
        Section("head", _head(run.title, about, room)),
        Section("prompt", prose(view.prompt, room, color=color, code_width=width)),
        Section("file", _file(view, room)),
    ]
    language = "cpp" if run.file.endswith(".cpp") else "python"
    for number, hint in enumerate(view.hints, start=1):
        title: Lines = [[(f"Hint {number}", "strong")]]
        found.append(Section(f"hint {number}", title + prose(hint, room, color=color, code_width=width)))
    if view.tests:
        found.append(Section("tests", _tests(view, language, width, color=color)))
    if view.solution:
        title = [[("A solution", "strong")]]
        found.append(Section("solution", title + code(view.solution, language, width, color=color)))
    if run.status is not None:
        found.append(Section(f"run {view.serial}", result_lines(run, room)))
    if view.running:
        found.append(Section("running", [[("running the tests …", "muted")]], foot=True))
    if run.proposed_rating:
        found.append(Section("grade", _proposal(view, room), foot=True))
    if view.note:
        found.append(Section("note", _text(view.note, room, "warn"), foot=True))
    found.append(
        Section(
            "keys",
            [[(line, "muted")] for line in flow(KEYS if rows >= LOW else FEW_KEYS, room, " · ")],
            foot=True,
            once=True,
        )
    )
    return found


def _head(title: str, about: str, room: int) -> Lines:
    if cells(title) + 2 + cells(about) <= room:
        return [ends([(title, "title")], [(about, "muted")], room)]
    return [*_text(title, room, "title"), [(about, "muted")]]


def _clock(view: WatchView) -> str:
    if view.minutes_left is None:
        return f"about {format_duration(view.minutes)}"
    left = f"{format_duration(view.minutes_left)} left" if view.minutes_left > 0 else "time is up"
    return f"{view.of} · {left}"


def _file(view: WatchView, room: int) -> Lines:
    run = view.exercise
    shown: Lines = [[("Write in ", "muted"), (run.file, "accent")]]
    if _ASKS_TOO.search(view.prompt):
        shown += _text("What it asks beside the code, answer in your head or in a comment of the file.", room, "muted")
    shown += _text(run.runs_with, room, "muted")
    return shown + _text(run.fenced, room, "muted")


def _tests(view: WatchView, language: str, width: int, *, color: bool) -> Lines:
    shown: Lines = []
    for id, body in view.tests:
        shown += [[(f"Test {id}", "strong")], *code(body, language, width, color=color), []]
    return shown[:-1]


def _proposal(view: WatchView, room: int) -> Lines:
    text = f"graded {view.exercise.proposed_rating} when you leave it; 1 again, 2 hard, 3 good, 4 easy change that"
    return _text(text, room, "good")


def opened_lines(view: WatchView, width: int | None) -> Lines:
    """Return the task and where to write it, where there is no terminal to watch the file in."""
    room = prose_width(width)
    shown: Lines = [[(view.exercise.title, "title")], *prose(view.prompt, room), *_file(view, room), []]
    return [*shown, [("Run the tests: ", "muted"), (f"mlcoach practice {view.exercise.item} --check", "accent")]]


def summary_lines(view: PracticeView, width: int | None) -> Lines:
    """Return what is left to say when the watch screen closes."""
    if view.graded:
        finished = finished_lines(view.graded.step, prose_width(width)) if view.graded.step else []
        return [[(view.title, "strong")], _graded(view), *finished, [("Undo: mlcoach undo", "muted")]]
    if view.status is None and view.tries:
        return [
            [(f"{plural(view.tries, 'try', 'tries')} so far: ", ""), (view.title, "strong")],
            [("Your file: ", "muted"), (view.file, "accent")],
        ]
    if view.status is None:
        return [[("Not tried yet: ", ""), (view.title, "strong")], [("Your file: ", "muted"), (view.file, "accent")]]
    _, words, style = VERDICTS[view.status]
    shown: Lines = [[(view.title, "strong"), (": ", ""), (words, style)]]
    if view.status != "right":
        shown.append([("Go on: ", "muted"), (f"mlcoach practice {view.item}", "accent")])
    return shown


# The consent ----------------------------------------------------------------------------------------------------------


def consent_lines(view: ConsentView, width: int | None) -> Lines:
    """Return what somebody else's exercise runs, to be read before the learner agrees to it."""
    room = prose_width(width)
    what = "it changed since you agreed to it" if view.changed else "it did not come with mlcoach"
    shown = _text(f"{view.title} runs code of somebody else: {what}. Read what it runs:", room, "warn")
    for id, body in view.tests:
        shown += [[], [(f"Test {id}", "strong")], *code(body, view.language, width)]
    if view.starter:
        shown += [[], [("What your file begins with", "strong")], *code(view.starter, view.language, width)]
    return [*shown, [], *_text(f"Here: {view.fenced}.", room, "muted")]
