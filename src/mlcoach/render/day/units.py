"""The screens of `done`, `skip` and `reopen`."""

from collections.abc import Sequence

from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.screen import SPOKEN, Lines, drawn
from mlcoach.views.units import RemainderView, StepChangedView, UnitChangedView

NAMED = 3  # open steps
SAID = {"passed": "Passed", "skipped": "Skipped", "learning": "Back to learning"}
STEP_SAID = {"done": "Finished", "skipped": "Skipped", "open": "Open again"}


def lines(view: UnitChangedView, width: int | None) -> Lines:
    """Return what was marked and what it opened."""
    shown: Lines = [
        [
            drawn("✓ ", "good"),
            (f"{SAID[view.mark]}: ", "strong"),
            ("unit ", SPOKEN),
            (view.title, "strong"),
            (f"  {view.unit}", "muted"),
        ]
    ]
    if view.open_steps:
        shown += paragraphs(f"{open_words(view.open_steps)}; they stay open.", width, style="warn")
    if view.recall:
        shown += [[("Before you go on, with everything closed:", "muted")]]
        shown += paragraphs(view.recall, width, "  ")
    if view.remainder:
        shown += paragraphs(_remainder(view.remainder), width, style="warn")
    elif view.mark == "passed" and view.items:
        known = f"{view.recalled} of {plural(view.items, 'card and exercise', 'cards and exercises')} recalled so far"
        shown += paragraphs(
            f"{known}; it counts as mastered when four of five came back on another day.", width, style="muted"
        )
    if view.unlocked:
        shown.append([("Now ready:", "")])
        shown += [[("  ", ""), (unit, "accent"), (f"  {title}", "")] for unit, title in view.unlocked]
    shown.append([("Undo: mlcoach undo", "muted")])
    return shown


def open_words(titles: Sequence[str]) -> str:
    """Return which steps of a unit are open, the first of many."""
    more = f"; and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    named = "; ".join(one_line(title) for title in titles[:NAMED])
    return f"{plural(len(titles), 'step')} {'is' if len(titles) == 1 else 'are'} open ({named}{more})"


def _remainder(remainder: RemainderView) -> str:
    """Return in one line what a unit was passed without."""
    parts = []
    if remainder.cards_unmet:
        parts.append(f"{plural(remainder.cards_unmet, 'card')} not met yet")
    if remainder.mean_recall is not None and remainder.mean_recall < 0.8:
        parts.append(f"its cards recalled at {remainder.mean_recall:.0%}")
    if remainder.exercises:
        parts.append(f"the last exercise not done ({remainder.exercises[0]})")
    missing = ", ".join(parts) or "its cards are still fresh"
    when = []
    if remainder.cards_unmet:
        when.append("from tomorrow on reviews ask its cards before other new ones, as many as the day has room for")
    if remainder.exercises:
        when.append("the exercise comes on a day with the minutes for it")
    then = "; ".join(when) or "reviews bring them back"
    return f"Still to do: {missing}. {then[0].upper()}{then[1:]}. The next units are open."


def step_lines(view: StepChangedView, width: int | None) -> Lines:
    """Return what became of a step, and what its unit is at now."""
    shown: Lines = [
        [
            drawn("✓ ", "good"),
            (f"{STEP_SAID[view.mark]}: ", "strong"),
            ("step ", SPOKEN),
            (view.step_title, ""),
            drawn(" · "),
            ("; of unit ", SPOKEN),
            (view.title, ""),
        ]
    ]
    if view.answered:
        said = f"The step before, {one_line(view.answered)}; nothing shows that this one was begun since."
        shown += paragraphs(f"{said} Not meant? The last line takes this one back.", width, style="warn")
    if view.recall:
        shown += [[("With everything closed, say or write it down:", "muted")], *paragraphs(view.recall, width, "  ")]
    if view.minutes:
        shown.append([(f"{format_duration(view.minutes)} recorded on {view.title}.", "muted")])
    elif view.untimed:
        shown += paragraphs("Hardly any time is recorded for it. If you studied:", width, style="muted")
        shown.append([("  ", ""), (f"mlcoach log 30m {view.unit}", "accent")])
    if view.next:
        place = f"{view.next.title}: {view.next.at}" if view.next.at else view.next.title
        about = f"Now step {view.next.n} of {view.next.of}, about {format_duration(view.next.minutes_left)}: {place}"
        shown += paragraphs(about, width)
        shown += [[("  ", ""), (opens, "accent")] for opens in (view.next.url, view.next.command) if opens]
    elif not view.passed:
        shown += paragraphs(f"That was the last step of {view.title}.", width)
        shown.append([("Pass it: ", "muted"), (f"mlcoach done {view.unit}", "accent")])
    if view.timer:
        shown.append([("The timer runs on; ", "muted"), ("mlcoach stop", "accent"), (" ends it.", "muted")])
    shown.append([("Undo: mlcoach undo", "muted")])
    return shown


def compare_lines(objectives: Sequence[str], width: int | None) -> Lines:
    """Return what an answer to the closing question can be compared with."""
    if not objectives:
        return []
    shown: Lines = [[("To compare: after this unit you can", "muted")]]
    return shown + [line for one in objectives for line in paragraphs(f"- {one_line(one)}", width, "  ")]


def question_lines(question: str, width: int | None) -> Lines:
    """Return the closing question of a unit."""
    return [[("With everything closed, say or write it down:", "strong")], *paragraphs(question, width, "  ")]
