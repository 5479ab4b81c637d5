"""The screens of `remind`."""

from datetime import datetime

from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import columns
from mlcoach.render.screen import Line, Lines
from mlcoach.views.reminders import RemindedView, RemindStatusView, SetupView

KINDS = {
    "slot": "your hours begin",
    "streak": "the floor is not reached in the evening",
    "paper": "a paper, where the plan of that day has one",
    "week": "the weekly look back",
    "timer": "a timer left running",
}


def status_lines(view: RemindStatusView, width: int | None) -> Lines:
    """Return whether reminders run, how they come, and the next ones."""
    running = (
        f"yes, process {view.process}" if view.running else "no: `mlcoach remind run`, or `mlcoach remind install`"
    )
    started = (
        f"{view.installed.way} {view.installed.path}".rstrip() if view.installed else "nothing: mlcoach remind install"
    )
    where = {"desktop": "on the desktop", "terminal": "in the terminal that runs them", "log": f"in {view.log}"}
    rows: list[Line] = [
        [("Running", "muted"), (running, "good" if view.running else "")],
        [("Started by", "muted"), (started, "")],
        [("They come", "muted"), (f"{where[view.delivery.way]}: {view.delivery.why}", "")],
        [("Kinds", "muted"), (", ".join(view.kinds) or "none: mlcoach config set reminders slot streak", "")],
        [("Quiet", "muted"), (view.quiet or "never", "")],
    ]
    shown = columns(rows, None)
    if view.next:
        shown += [[], [("Next, unless the day is done by then", "title")]]
        shown += columns([[(_when(one.at), ""), (KINDS[one.kind], "muted")] for one in view.next], width, flexible=1)
    return shown


def setup_lines(view: SetupView, width: int | None) -> Lines:
    """Return what is put in place or was taken away."""
    if view.action == "nothing":
        return [[("Nothing is installed.", "")]]
    if view.action == "uninstalled":
        return [[(f"Taken away: {view.path or 'the line in the crontab'}.", "")]]
    if view.action == "installed":
        return [
            [("Reminders are installed", "good"), (f" ({view.way}) and start by themselves.", "")],
            [("Take it away: mlcoach remind uninstall", "muted")],
        ]
    if view.action == "by hand":
        return [[("Run this once, and reminders start when you log in:", "")], [], [(view.text, "code")]]
    what = f"This file is written, {view.path}:" if view.path else "This line is added to your crontab:"
    shown: Lines = [[(what, "strong")], *[[(f"  {line}", "code")] for line in view.text.rstrip("\n").split("\n")]]
    if view.commands:
        shown += [
            [("and these commands are run:", "strong")],
            *[[(f"  {command}", "code")] for command in view.commands],
        ]
    return shown


def reminded_lines(view: RemindedView, width: int | None) -> Lines:
    """Return a reminder as lines of a terminal."""
    return [
        [(f"{datetime.fromisoformat(view.at):%H:%M}  ", "muted"), (view.title, "strong")],
        *[[(f"       {line}", "")] for line in view.lines],
    ]


def tried_lines(view: RemindedView, width: int | None) -> Lines:
    """Return which way a test reminder took."""
    took = {"desktop": "It went to the desktop.", "terminal": "It went to this terminal.", "log": "It went to the log."}
    return [[(took[view.way], ""), (" Why this way: ", "muted"), ("mlcoach remind status", "accent")]]


def _when(at: str) -> str:
    instant = datetime.fromisoformat(at)
    return f"{format_day(instant.date())} {instant:%H:%M}"
