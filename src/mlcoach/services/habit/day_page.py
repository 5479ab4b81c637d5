"""The page of the day, to carry along: the plan, what the review asks with its answers, the paper's questions."""

from typing import TYPE_CHECKING

from mlcoach.domain.cloze import filled_in
from mlcoach.domain.curriculum import Card
from mlcoach.domain.day.review_queue import QueueEntry, WantedItems
from mlcoach.services.cards.text import hide_blanks
from mlcoach.services.day.today import today
from mlcoach.services.papers import passes
from mlcoach.services.practice.typed import ask
from mlcoach.services.review.queue import make_queue
from mlcoach.views.report import CarriedItemView, DayPageView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FILE_NAME = "today.html"


def day_page(context: "Context") -> DayPageView:
    """Return everything the page of today shows. Nothing is written, and nothing is answered by looking at it."""
    plan = today(context)
    items = tuple(_item(context, entry) for entry in make_queue(context, WantedItems()).entries)
    planned = next((block.paper for block in plan.blocks if block.paper), "")
    paper = planned or passes.current_paper(context)
    return DayPageView(plan, items, passes.show(context, paper).paper if paper else None)


def _item(context: "Context", entry: QueueEntry) -> CarriedItemView:
    """Return an item as the review would ask it next."""
    asked = ask(context, entry.head.id)
    subject = asked.subject
    unit_title = context.catalog.units[entry.head.unit].title
    view = CarriedItemView(entry.head.id, entry.head.kind, unit_title, not entry.due, "", "", "", "", "", "")
    if not isinstance(subject, Card):
        return view._replace(title=subject.title, question=subject.prompt, answer=subject.solution)
    answer = subject.answer
    if subject.form == "cloze":
        answer = filled_in(subject.question)
    elif subject.form == "numeric" and subject.tolerance and subject.vary is None:
        answer = f"{answer} (± {subject.tolerance:g})"
    return view._replace(
        question=hide_blanks(subject.question) if subject.form == "cloze" else subject.question,
        code=subject.code, language=subject.language, answer=answer, solution=asked.solution,
    )  # fmt: skip
