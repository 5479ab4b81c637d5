"""What a pass shows that is walked through on a screen."""

from typing import NamedTuple

from mlcoach.views.papers.paper import PaperView


class WalkView(NamedTuple):
    """A pass being walked through. `cursor` is the place of the current step, `seconds` how long it takes so far.

    `on_timer` when a timer runs, which then counts the time.
    """

    paper: PaperView
    cursor: int
    seconds: int
    budget_minutes: int
    note: str
    on_timer: bool
