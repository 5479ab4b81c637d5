"""The screen of `mlcoach paper stats`."""

from mlcoach.domain.papers.passes import PASS_NAMES
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.papers.entries import indented, with_formulas
from mlcoach.render.screen import Lines, Span
from mlcoach.views.papers.stats import PaperStatsView

BLOCKS = ("█", "▓", "░")  # a pass of each kind; the numbers beside them say the same


def stats_lines(view: PaperStatsView, width: int | None) -> Lines:
    """Return the look back on reading."""
    if not view.passes:
        return [
            [("No pass has ended yet.", "")],
            [("Begin one: ", "muted"), ("mlcoach paper read", "accent")],
        ]
    time = f", {format_duration(view.minutes)}" if view.minutes else ""
    shown: Lines = [[(f"{plural(view.passes, 'pass', 'passes')} over {plural(view.papers, 'paper')}{time}", "strong")]]
    if view.decided:
        share = round(100 * view.stopped_early / view.decided)
        said = f"{view.stopped_early} of {plural(view.decided, 'paper')} stopped after pass 1 ({share}%)"
        shown += paragraphs(f"{said}: that is what it is for." if view.stopped_early else f"{said}.", width)
    if view.weeks:
        shown += [[], [("Passes by week", "strong")]]
        rows: list[list[Span]] = []
        for week in view.weeks:
            bar = "".join(block * number for block, number in zip(BLOCKS, week.passes, strict=True))
            counts = ", ".join(f"{number}× pass {place}" for place, number in enumerate(week.passes, 1) if number)
            rows.append([(format_day(week.monday), ""), (bar[:40], "good"), (counts or "none", "muted")])
        shown += indented(rows, width, flexible=2)
    shown += [[], [("Time for a pass", "strong")]]
    for one in view.times:
        took = (
            f"median {format_duration(one.median_minutes)} of {one.timed} timed" if one.median_minutes else "not timed"
        )
        plan = f"planned: {format_duration(one.budget_minutes)}"
        shown += paragraphs(f"pass {one.reading_pass}, {PASS_NAMES[one.reading_pass]}: {took}; {plan}", width, "  ")
    if view.subjects:
        shown += [[], [("What they are about", "strong")]]
        table: list[list[Span]] = [
            [(one.subject or "nothing on the map", ""), (one.title, "muted"), (str(one.papers), "")]
            for one in view.subjects
        ]
        shown += indented(table, width, flexible=1)
    if view.changed:
        shown += [[], [("What changed your mind", "strong")]]
        for change in view.changed:
            shown += paragraphs(change.text, width, "  ")
            shown += paragraphs(f"{with_formulas(change.title)}, {format_day(change.date)}", width, "    ", "muted")
    return shown
