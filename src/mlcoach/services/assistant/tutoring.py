"""What a talk with the assistant begins with: a unit, the last mistake, weak spots, a paper after its first pass."""

from typing import TYPE_CHECKING

from mlcoach.errors import UsageError
from mlcoach.services.assistant import day, finding, knowledge, questions
from mlcoach.views.assistant.tutoring import StudyTalkView, WeakSpotsView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.views.assistant.asking import MistakeView
    from mlcoach.views.assistant.reading import PaperStateView

SHORTEST, USUAL, LONGEST = 5, 30, 120  # minutes of an interview


def study(context: "Context", unit: str = "") -> StudyTalkView:
    """Return the unit named, or that of the step under way with the step. Raises as `day.step` and `knowledge.unit`."""
    step = None if unit else day.step(context)
    return StudyTalkView(knowledge.unit(context, step.unit if step else unit), step)


def last_mistake(context: "Context", item: str = "") -> "MistakeView":
    """Return the last wrong answer, of one item if it is named.

    Raises UsageError where nothing was answered wrong, and as `names.item` does.
    """
    found = next(iter(questions.mistakes(context, item).mistakes), None)
    if found is None:
        where = f" at `{item}`" if item else ""
        raise UsageError(f"no wrong answer{where} is on record", "`question` asks something; then there may be one")
    return found


def weak_spots(context: "Context", minutes: str = "") -> WeakSpotsView:
    """Return what an interview looks at. Raises UsageError for minutes that are not such a number."""
    length = minutes.strip() or str(USUAL)
    if not (length.isascii() and length.isdecimal() and SHORTEST <= int(length) <= LONGEST):
        raise UsageError(f"the minutes must be a whole number from {SHORTEST} to {LONGEST}", "leave them out for 30")
    return WeakSpotsView(int(length), knowledge.knowledge(context))


def read_paper(context: "Context", paper: str = "", *, notes: bool = False) -> "PaperStateView":
    """Return a paper whose first pass is over. Raises UsageError where there is none, and as `passes.show` does."""
    found = finding.paper(context, paper, notes=notes).paper
    if found is None:
        raise UsageError("no paper is being read", "the learner adds one: `mlcoach paper add ID`")
    if not found.passes:
        raise UsageError(
            f"`{found.paper}` was not read yet: its first pass is still open",
            "ten minutes for title, abstract, headings and figures first: `mlcoach paper read`",
        )
    return found
