"""The screen of `mlcoach plan`."""

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.day.today import KINDS
from mlcoach.render.layout import columns
from mlcoach.render.screen import Lines, Span
from mlcoach.views.plan import PlanView


def lines(view: PlanView, width: int | None) -> Lines:
    """Return the coming days, a block a line."""
    rows: list[list[Span]] = []
    for day in view.days:
        label = format_day(day.date)
        if day.rest and not day.blocks:
            rows.append([(label, "title"), ("", ""), ("rest", "muted"), ("", "")])
            continue
        if not day.blocks:
            rows.append([(label, "title"), ("", ""), ("nothing planned", "muted"), ("", "")])
        for number, block in enumerate(day.blocks):
            style = "muted" if block.done else ""
            rows.append(
                [
                    (label if number == 0 else "", "title"),
                    (KINDS[block.kind], "muted"),
                    (block.title, style),
                    (format_duration(block.minutes), style),
                ]
            )
    shown = columns(rows, width, flexible=2, right=(3,))
    shown += [[], [(f"Path {view.path}. Only today is fixed; the rest follows what you do.", "muted")]]
    return shown
