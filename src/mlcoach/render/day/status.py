"""The screen of `mlcoach status`."""

from mlcoach.render.day.progress_bar import streak_spans, timer_words
from mlcoach.render.layout import clock, plural
from mlcoach.render.screen import SPOKEN, Line, Lines, drawn
from mlcoach.views.day import StatusView


def lines(view: StatusView, width: int | None) -> Lines:
    """Return the state of the day, in one or two lines."""
    line: Line = [(f"{clock(view.minutes.done)} of {clock(view.minutes.goal)}", "strong"), (" studied", SPOKEN)]
    if view.streak_shown:
        line += [(" · ", "muted"), *streak_spans(view.streak)]
    due, new = view.left
    words = [plural(due, "card") + (f" of {view.due_items}" if view.due_items > due else "") + " due"]
    words += [f"{new} new"] if new else []
    line += [(" · ", "muted"), (", ".join(words), "")]
    shown: Lines = [line]
    if view.timer:
        shown.append([drawn("● ", "good"), (timer_words(view.timer), "")])
        if view.timer.focus:
            from mlcoach.render.day.timer import focus_words  # most timers have no breaks

            shown.append([("  ", ""), (focus_words(view.timer.focus), "")])
    return shown
