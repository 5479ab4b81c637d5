"""The screen of `mlcoach plan`."""

from collections.abc import Sequence

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.day.today import KINDS
from mlcoach.render.layout import columns
from mlcoach.render.screen import Lines, Span
from mlcoach.views.day import BlockView
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
        for number, run in enumerate(_runs(day.blocks)):
            style = "muted" if all(block.done for block in run) else ""
            rows.append(
                [
                    (label if number == 0 else "", "title"),
                    (KINDS[run[0].kind], "muted"),
                    (_title(run), style),
                    (format_duration(sum(block.minutes for block in run)), style),
                ]
            )
    shown = columns(rows, width, flexible=2, right=(3,))
    shown += [[], [(f"Path {view.path}. Only today is fixed; the rest follows what you do.", "muted")]]
    return shown


def _runs(blocks: Sequence[BlockView]) -> list[list[BlockView]]:
    """Return the blocks with the parts of one unit that follow each other taken together."""
    runs: list[list[BlockView]] = []
    for block in blocks:
        if runs and block.unit and block.unit == runs[-1][0].unit:
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _title(run: list[BlockView]) -> str:
    step = next((block.step for block in run if block.step), None)
    return f"{run[0].title}, from step {step.n} of {step.of}" if step else run[0].title
