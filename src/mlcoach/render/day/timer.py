"""The screens of the timer."""

from mlcoach.domain.day.focus import turn_at
from mlcoach.domain.day.units import place
from mlcoach.domain.time.durations import format_duration
from mlcoach.render.day import log
from mlcoach.render.layout import cells, fit, paragraphs, plural
from mlcoach.render.screen import PIPED_WIDTH, Lines, drawn
from mlcoach.views.day import FocusView, StepView, TimerChangedView, TimerView

ABOUT_FROM = 12  # cells; with less room the title of what runs says nothing


def lines(view: TimerChangedView, width: int | None, *, watched: bool = False) -> Lines:
    """Return what became of the timer; `watched`: its live line follows, and the keys that are told there."""
    about = f" on {view.timer.title}" if view.timer.title else ""
    if view.action == "started":
        return [
            [drawn("● ", "good"), (f"Timer started{about} at {view.timer.clock}.", "")],
            *_opening_lines(view, width),
            *([[(focus_words(view.timer.focus), "")]] if view.timer.focus else []),
            *([] if watched else [[("Stop it: mlcoach stop", "muted")]]),
        ]
    if view.action == "cancelled":
        return [
            [(f"Threw away the timer{about}: {_length(view.timer.minutes)} not recorded.", "")],
            [("Undo: mlcoach undo", "muted")],
        ]
    assert view.entry is not None
    shown = log.lines(view.entry, width)
    if view.step and view.fresh:
        about = f"Next time, step {view.step.n} of {view.step.of}: {place(view.step.title, view.step.at)}"
        shown[-1:-1] = paragraphs(about, width or PIPED_WIDTH)
    return shown


def focus_words(focus: FocusView) -> str:
    """Return when to break, or when to go on."""
    if focus.phase == "work":
        return f"Break at {focus.until}, in {format_duration(focus.left_minutes)}, for {focus.pause}m."
    return f"Break until {focus.until}, {format_duration(focus.left_minutes)} more; then {focus.work}m of work."


def _opening_lines(view: TimerChangedView, width: int | None) -> Lines:
    """Return what to open now: the reading with its address, and the exercise after it."""
    shown: Lines = []
    if view.questions:
        shown += _labelled("Try", f"{plural(view.questions, 'question')} before you read; wrong answers help", width)
        shown.append([("        ", ""), (f"mlcoach place {view.timer.what}", "accent")])
    if view.step and not view.step.id.endswith("/before"):
        shown += _step_lines(view.step, view.exercise is not None, width)
    if view.step:
        shown += _labelled("Then", "mlcoach done: it says what to open next", width)
    return shown


def _step_lines(step: StepView, is_exercise: bool, width: int | None) -> Lines:
    """Return the step to do now: what it is, and its address or the command that opens it."""
    reading = f"{step.title}: {step.at}" if step.at else step.title
    shown = _labelled("Do" if is_exercise else "Read", reading, width)
    about = f"step {step.n} of {step.of}, about {format_duration(step.minutes_left)} left"
    shown.append([("        ", ""), (about, "muted")])
    if step.url:
        shown.append([("        ", ""), (step.url, "accent")])
    if is_exercise:
        shown.append([("        ", ""), (step.command, "accent")])
    return shown


def finished_question(step: StepView) -> str:
    """Return the question whether a step is finished, which the timer's end asks."""
    return f"Step {step.n} of {step.of}: {place(step.title, step.at)}; is it finished?"


def _labelled(label: str, text: str, width: int | None) -> Lines:
    lines = paragraphs(text, width, " " * 8)
    lines[0] = [(f"  {label:<6}", "muted"), (lines[0][0][0].lstrip(), "")]
    return lines


def clock_line(timer: TimerView, seconds: int, width: int | None, *, step: bool = False) -> str:
    """Return the live line: the time since the start, and the keys; with `step` there is one that finishes it.

    It is redrawn in place, so that it must not wrap: what is running is cut short first, then the keys go.
    """
    total = timer.minutes * 60 + seconds
    clock = f"● {total // 3600}:{total // 60 % 60:02d}:{total % 60:02d}"
    keys = f"  ({_keys(step)})"
    room = (width or PIPED_WIDTH) - 1 - cells(clock) - cells(keys)
    if room < 0:
        keys, room = "", room + cells(keys)
    if timer.focus:
        turn = turn_at(total // 60, timer.focus.work, timer.focus.pause)
        turned = f"  {'break in' if turn.phase == 'work' else 'BREAK, work in'} {turn.left}m"
        if cells(turned) <= room:
            clock, room = clock + turned, room - cells(turned)
    about = fit(timer.title, room - 2) if timer.title and room > ABOUT_FROM else ""
    return clock + (f"  {about}" if about else "") + keys


def spoken_clock(timer: TimerView, seconds: int, *, step: bool = False) -> str:
    """Return what the live line tells, as a sentence that is written now and then: nothing is drawn or cut short."""
    total = timer.minutes * 60 + seconds
    about = f" on {timer.title}" if timer.title else ""
    said = f"{plural(total // 60, 'minute')} so far{about}."
    if timer.focus:
        turn = turn_at(total // 60, timer.focus.work, timer.focus.pause)
        said += f" {'Break' if turn.phase == 'work' else 'It is a break; work'} in {plural(turn.left, 'minute')}."
    return f"{said} Keys: {_keys(step)}."


def _keys(step: bool) -> str:
    return "d finishes the step and stops, Ctrl-C leaves it running" if step else "Ctrl-C leaves it running"


def _length(minutes: int) -> str:
    return format_duration(minutes) if minutes else "less than a minute"
