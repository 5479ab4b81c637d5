"""The screen of `mlcoach grade`, light because scripts call it for every card."""

from mlcoach.domain.text import one_line
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import plural, wrap
from mlcoach.render.screen import Line, Lines, prose_width
from mlcoach.views.grade import GradedView, StepFinishedView

CHANGED = "Its text has changed since you answered it last; your progress with it was kept."


def lines(view: GradedView, width: int | None) -> Lines:
    """Return what one answer did."""
    room = prose_width(width)
    title = _readable(one_line(view.question))
    gap = f"{plural(view.interval_days, 'day')} after its last answer"
    shown: Lines = [
        *([(line, "muted")] for line in (wrap(title, room) if width else [title])),
        *_verdict(view, room),
        [(view.rating.capitalize(), "strong"), (f": {view.item}", "")],
        [("Asked again on ", ""), (format_day(view.due, view.day), "strong"), (f", {gap}.", "")],
    ]
    if view.step:
        shown += finished_lines(view.step, room)
    if view.suspended:
        shown.append([("It is set aside and stays so: no review asks it.", "muted")])
    if view.changed:
        shown += [[(line, "muted")] for line in wrap(CHANGED, room)]
    if view.leech:
        subject = view.item.partition("/")[0].rpartition(".")[0]
        advice = leech_advice(view.lapses, "make two cards of it or reword it")
        shown += [[(line, "warn")] for line in wrap(advice, room)]
        shown.append([("  mlcoach curriculum edit ", "accent"), (subject, "accent")])
        shown.append(read_again(view.item))
    shown.append([("Undo: mlcoach undo", "muted")])
    return shown


def finished_lines(step: StepFinishedView, room: int) -> Lines:
    """Return which step an answer finished, and which one comes now: nobody has to guess what `done` would do."""
    said = f"Step {step.n} of {step.of} of {step.title} is finished"
    if step.passed:
        return [[(line, "good")] for line in wrap(f"{said}; the unit is passed already.", room)]
    if not step.next_n:
        ends = [("Pass it: ", "muted"), (f"mlcoach done {step.unit}", "accent")]
        return [*([(line, "good")] for line in wrap(f"{said}; it was the last one.", room)), ends]
    shown: Lines = [[(line, "good")] for line in wrap(f"{said}; now step {step.next_n}: {step.next}", room)]
    return [*shown, [("  ", ""), (step.opens, "accent")]] if step.opens else shown


def _verdict(view: GradedView, room: int) -> Lines:
    """Return what came of a typed answer."""
    if not view.verdict:
        return []
    from mlcoach.render.review.typed import verdict_lines

    return verdict_lines(view, room)


def leech_advice(lapses: int, how: str) -> str:
    """Return what to do about an item that slips again and again; `how` says what can be done to the card."""
    return f"This one has slipped {lapses} times; it may ask for too much at once: {how}, or read its unit again."


def read_again(item: str) -> Line:
    """Return the command that shows an item's unit."""
    return [(f"  mlcoach curriculum show {item.partition('/')[0]}", "accent")]


def _readable(text: str) -> str:
    if "$" not in text and "\\" not in text:
        return text
    from mlcoach.render.formula import readable

    return readable(text)
