"""The head of the page of `report`: the numbers that matter most, what to do, and the plan of the first weeks."""

from datetime import date

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS
from mlcoach.render.habit.charts import text
from mlcoach.render.habit.day_blocks import block_lines
from mlcoach.render.habit.html_parts import section
from mlcoach.render.layout import plural
from mlcoach.views.day import TodayView
from mlcoach.views.habit import FinishView
from mlcoach.views.pages.report import DrawnUnitView, PageView

MOST_NAMED = 3  # units under way or fading
FADED = 0.85  # retained below this is fading
LATER = (
    "As you go on, this page will show your days as a map of the year, your hours by track, how much you recall of "
    "what comes back, and how far you are on each track: from your third week on, when there is something to see."
)


def head(view: PageView) -> str:
    """Return all that stands above the map."""
    return f"{_top(view)}{shares_labels(view)}{_figures(view)}{_to_do(view)}"


def _top(view: PageView) -> str:
    """Return what matters most: the two numbers, the streak, and when the path ends."""
    stats = view.stats
    path = view.path_title or view.path
    rows = [("Covered", f"{stats.covered:.0%}", f"of your path passed: {path}, by its hours")]
    if stats.covered:
        of_it = f"of that you would still recall ({stats.retained:.0%} of the path)"
        rows.append(("Retained", f"{stats.retained / stats.covered:.0%}", of_it))
    if stats.streak_shown and stats.streak.best:
        rows.append(("Streak", plural(stats.streak.current, "day"), f"best {stats.streak.best}"))
    left, end = stats.forecast.hours_left, stats.forecast.finish
    if not left:
        rows.append(("The path ends", "walked", "to its end"))
    elif end:
        rows.append(("The path ends", span(end), f"most likely {day_text(end.likely)}"))
    else:
        rows.append(("The path ends", "–", f"about {left:.0f} hours left, no end in sight at this pace"))
    items = "".join(
        f"<div><dt>{text(name)}</dt><dd>{_large(value)} {text(about)}</dd></div>" for name, value, about in rows
    )
    return f'<dl class="top">{items}</dl>'


def _large(value: str) -> str:
    """Return what the eye meets first; of a range, no day is cut in two where there is no room for both."""
    first, dash, last = value.partition(" – ")
    return (
        f"<b class=range><span>{text(first)} –</span> <span>{text(last)}</span></b>"
        if dash
        else f"<b>{text(value)}</b>"
    )


def span(end: FinishView) -> str:
    """Return from when to when a path ends, in days."""
    early = day_text(end.early) if end.early.year != end.late.year else day_text(end.early).rpartition(" ")[0]
    return f"{early} – {day_text(end.late)}"


def day_text(day: date) -> str:
    """Return a day with its year."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def shares_bar(covered: float, retained: float) -> str:
    """Return a bar of what is retained and what else is covered; the numbers are beside it."""
    return (
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="s-open" width="100" height="8"/><rect class="s-faded" width="{covered * 100:.1f}" height="8"/>'
        f'<rect class="s-held" width="{retained * 100:.1f}" height="8"/></svg>'
    )


def shares_labels(view: PageView) -> str:
    """Return the bar of the path with a label under each of its parts; none before anything is passed."""
    covered, retained = view.stats.covered, view.stats.retained
    if not covered:
        return ""
    parts = [
        ("s-held", "retained", retained), ("s-faded", "faded or never asked", covered - retained),
        ("s-open", "to go", 1 - covered),
    ]  # fmt: skip
    labels = "".join(
        f'<li style="flex:{share * 100:.0f} 0 auto"><span class="key {style}"></span>{words} {share:.0%}</li>'
        for style, words, share in parts
        if share >= 0.005
    )
    return f'{shares_bar(covered, retained)}<ul class="legend parts">{labels}</ul>'


def _figures(view: PageView) -> str:
    stats = view.stats
    if not stats.days_studied:
        return ""
    rows = [("Studied", f"{format_duration(stats.total_minutes)} on {plural(stats.days_studied, 'day')}")]
    if stats.reviews:
        rows += [("Answers", f"{stats.reviews:,}"), ("Cards and exercises met", f"{stats.items_learned:,}")]
    if stats.retention is not None:
        rows.append(("Recalled on a later day", f"{stats.retention:.0%} ({stats.desired:.0%} wanted)"))
    return "<dl>" + "".join(f"<div><dt>{text(name)}</dt><dd>{text(value)}</dd></div>" for name, value in rows) + "</dl>"


def _to_do(view: PageView) -> str:
    """Return what is under way, what fades most, and what comes next."""
    lines = []
    if going := [unit.title for unit in view.units if unit.status == "learning"]:
        more = f" and {len(going) - MOST_NAMED} more" if len(going) > MOST_NAMED else ""
        lines.append(("Under way", text("; ".join(going[:MOST_NAMED]) + more)))
    if fading := fading_most(view.units):
        names = "; ".join(f"{unit.title} ({unit.retained:.0%} retained)" for unit in fading[:MOST_NAMED])
        lines.append(("Fading most", text(names)))
    if view.plan and (ready := [unit.title for unit in view.units if unit.status == "ready" and unit.on_path]):
        lines.append(("Ready", text("; ".join(ready))))
    if said := _next(view):
        lines.append(("Next", said))
    items = "".join(f"<li><b>{name}</b> {words}</li>" for name, words in lines)
    return f"<ul class=do>{items}</ul>" if items else ""


def fading_most(units: tuple[DrawnUnitView, ...]) -> list[DrawnUnitView]:
    """Return what was passed and fades, the least retained first; what was never asked says nothing."""
    faded = [
        unit for unit in units if unit.status in ("passed", "mastered", "rusty") and 0 < unit.retained < FADED
    ]  # fmt: skip
    return sorted(faded, key=lambda unit: unit.retained)


def _next(view: PageView) -> str:
    if view.plan:  # it says what comes first
        waiting = next((block for block in view.plan.blocks if not block.done), None)
        return f"{text(waiting.title)}: <code>{text(waiting.command)}</code>" if waiting else ""
    parts = []
    if view.due:
        parts.append(f"{plural(view.due, 'card')} due: <code>mlcoach review</code>")
    if step := view.next_step:
        which = (
            f"step {step.n} of {step.of} of {step.unit_title}: {step.title}" if step.n else f"close {step.unit_title}"
        )
        parts.append(f"{text(which)}: <code>mlcoach start {text(step.unit)}</code>")
    return ", then ".join(parts)


def plan(view: TodayView) -> str:
    """Return the plan of today, and what will stand here later."""
    done, goal, left = (format_duration(n) for n in (view.minutes.done, view.minutes.goal, view.minutes.left))
    said = f"{done} of {goal} done, {left} left." if view.minutes.done else f"{goal} are planned."
    blocks = "".join(f"<li>{'<br>'.join(block_lines(block))}</li>" for block in view.blocks)
    return section(
        "plan", "Today", f"<p>{text(said)}</p>",
        f"<ol>{blocks}</ol>" if blocks else "<p>Nothing is planned today.</p>",
    )  # fmt: skip


def later() -> str:
    """Return the sentence of what the page will show."""
    return section("later", "What this page will show", f"<p>{text(LATER)}</p>")
