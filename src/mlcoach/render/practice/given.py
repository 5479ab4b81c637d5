"""The screen of an exercise whose program is in a file, and which the learner judges."""

from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.render.layout import wrap
from mlcoach.render.prose import prose
from mlcoach.render.screen import Lines, prose_width
from mlcoach.views.practice import GivenCodeView


def given_lines(view: GivenCodeView, width: int | None) -> Lines:
    """Return the task, where its program is, and the commands that run and grade it."""
    room = prose_width(width)
    state = "The program, in a file of yours to be filled in:" if view.written else "Your file, as you left it:"
    return [
        *([(line, "title")] for line in wrap(one_line(view.title), room)),
        [(f"about {format_duration(view.minutes)}", "muted")],
        [],
        *prose(view.prompt, room, code_width=width or room),
        [],
        [(state, "muted")],
        [("  ", ""), (view.file, "accent")],
        *([(line, "muted")] for line in wrap("What it asks, answer in your head or in a comment of the file.", room)),
        [("Run it:", "muted")],
        [("  ", ""), (view.run, "accent")],
        [("Then see the answer and grade it: ", "muted"), (f"mlcoach review --item {view.item}", "accent")],
    ]
