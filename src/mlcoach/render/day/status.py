"""The screen of `mlcoach status`."""

from mlcoach.domain.day.plan import CardsLeft
from mlcoach.render.day.progress_bar import day_words, streak_spans, timer_words
from mlcoach.render.screen import SPOKEN, Line, Lines, drawn
from mlcoach.views.day import StatusView


def lines(view: StatusView, width: int | None) -> Lines:
    """Return the state of the day, in one or two lines."""
    line: Line = [(day_words(view.minutes.done, view.minutes.goal), "strong")]
    if view.minutes.goal:
        line.append((" studied", SPOKEN))
    if view.streak_shown:
        line += [(" · ", "muted"), *streak_spans(view.streak)]
    later = view.due_items - view.left[0]
    words = CardsLeft(*view.left).words or "no cards due"
    line += [(" · ", "muted"), (words, ""), *([(f", {later} more due can wait", "muted")] if later > 0 else [])]
    shown: Lines = [line]
    if view.timer:
        shown.append([drawn("● ", "good"), (timer_words(view.timer), "")])
        if view.timer.focus:
            from mlcoach.render.day.timer import focus_words  # most timers have no breaks

            shown.append([("  ", ""), (focus_words(view.timer.focus), "")])
    return shown
