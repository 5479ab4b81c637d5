"""The screen of `mlcoach forecast`."""

from datetime import date

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS
from mlcoach.render.layout import columns, paragraphs
from mlcoach.render.screen import PIPED_WIDTH, Lines, Span
from mlcoach.views.habit import ForecastView


def lines(view: ForecastView, width: int | None) -> Lines:
    """Return what is left of the path and when it ends."""
    room = min(width or PIPED_WIDTH, PIPED_WIDTH)
    if not view.hours_left:
        return paragraphs(f"The path `{view.path}` is walked to its end.", room)
    left = f"About {view.hours_left:.0f}h are left of the path `{view.path}`, at {view.factor:g} times its estimates."
    shown = paragraphs(left, room)
    if view.finish is None:
        return [*shown, *paragraphs("At this pace no end is in sight.", room, style="muted")]
    source = "as the plan has it until ten days are studied" if view.from_plan else "as in the last weeks"
    shown += paragraphs(f"At {format_duration(view.pace_minutes)} a week, {source}, it ends", room)
    rows: list[list[Span]] = [
        [("at the earliest", "muted"), (_day(view.finish.early), "")],
        [("most likely", "strong"), (_day(view.finish.likely), "strong")],
        [("at the latest", "muted"), (_day(view.finish.late), "")],
    ]
    shown += [[("  ", ""), *line] for line in columns(rows, None)]
    if view.next_paths:
        shown += paragraphs(f"Paths that go on from here: {', '.join(view.next_paths)}.", room)
        shown.append([(f"See one: mlcoach curriculum show {view.next_paths[0]}", "muted")])
    return shown


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
