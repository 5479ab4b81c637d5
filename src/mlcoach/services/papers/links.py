"""What a paper is tied to: questions of the learner's own, the papers it cites, and the page or PDF to open."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.domain.paper_events import PaperAdded, PaperCited, PaperQuestionAsked
from mlcoach.domain.papers.details import text_of
from mlcoach.domain.papers.ids import paper_id, short_id, slug
from mlcoach.domain.papers.passes import PASSES
from mlcoach.domain.papers.state import place_of
from mlcoach.domain.text import checked
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.services.papers.paper_catalog import paper_catalog
from mlcoach.services.papers.passes import open_state
from mlcoach.services.papers.show import whole
from mlcoach.services.papers.state import entry, stored_state
from mlcoach.services.record import record
from mlcoach.views.papers.around import CitedView, OpenedView, PaperQuestionView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LONGEST_QUESTION = 500


def ask(context: "Context", name: str, text: str, day: date, *, reading_pass: int = 0) -> PaperQuestionView:
    """Add a question of the learner's own to a pass, the one under way by default.

    Raises UsageError for an empty question, a pass that does not exist, and a paper that is not open.
    """
    key = names.paper(context, name)
    state = open_state(context, key)
    asked = " ".join(checked(text, "question", LONGEST_QUESTION).split())
    if not asked:
        raise UsageError("the question is empty", f'`mlcoach paper ask {short_id(key)} "What breaks without it?"`')
    number = reading_pass or state.reading_pass
    if number not in PASSES:
        raise UsageError(f"there is no pass {number}", "the passes are 1, 2 and 3")
    of_pass = [one for one in state.questions if one.reading_pass == number]
    same = next((one for one in of_pass if one.text == asked), None)
    if same:
        return PaperQuestionView(entry(context, key), number, same.id, asked, there=True, changed=False)
    taken = {one.id for one in of_pass} | {step for _, step in state.steps} | {one.step for one in state.answers}
    free = next(f"q{place}" for place in range(1, len(taken) + 2) if f"q{place}" not in taken)
    record(context, PaperQuestionAsked(key, number, free, asked), day=day, opens_day=False)
    return PaperQuestionView(entry(context, key), number, free, asked, there=True)


def forget_question(context: "Context", name: str, question: str, day: date) -> PaperQuestionView:
    """Take a question of the learner's own away. Raises NotFoundError for one that is not there."""
    key = names.paper(context, name)
    questions = stored_state(context, key).questions
    found = next((one for one in questions if one.id == question.strip().lower()), None)
    if found is None:
        known = ", ".join(f"`{one.id}` ({one.text[:40]})" for one in questions[:6]) or "there is none"
        raise NotFoundError(f"no question `{checked(question, 'question')[:80]}` of yours", known)
    record(context, PaperQuestionAsked(key, found.reading_pass, found.id, there=False), day=day, opens_day=False)
    return PaperQuestionView(entry(context, key), found.reading_pass, found.id, found.text, there=False)


def cite(
    context: "Context", name: str, cited: Sequence[str], day: date, *, read: bool, queue: bool, there: bool
) -> CitedView:
    """Note that a paper cites others, by id, or by name where they are in the queue; or no longer with `there` False.

    `read` says that the learner knows them already, `queue` adds those to the queue that are not there. All of it is
    one step of undo. Raises NotFoundError or UsageError for a name that means no paper, and for a paper that would
    cite itself.
    """
    key = names.paper(context, name)
    state = stored_state(context, key)
    known = {one.paper: one.read for one in state.cites}
    keys = list(dict.fromkeys(_cited(context, word) for word in cited))
    if not keys:
        raise UsageError("which paper does it cite?", f"`mlcoach paper cite {short_id(key)} 1409.0473`")
    if key in keys:
        raise UsageError("a paper does not cite itself", "name another one")
    bodies: list[PaperCited | PaperAdded] = [
        PaperCited(key, one, read or known.get(one, False), there)
        for one in keys
        if (one in known) != there or (there and read and not known[one])
    ]
    queued = [one for one in keys if there and queue and context.store.paper_row(one) is None]
    bundled = paper_catalog(context) if queued else {}
    for one in queued:
        classic = bundled.get(one)
        why = f"cited by {state.title or key}"
        details = (classic.title, classic.authors, classic.year, classic.why or why) if classic else ("", (), None, why)
        bodies.append(PaperAdded(one, *details))
    if bodies:
        record(context, *bodies, day=day, opens_day=False)
    view = whole(context, key, stored_state(context, key))
    return CitedView(
        entry(context, key),
        tuple(one for one in view.cites if one.id in keys),
        there,
        bool(bodies),
        tuple(queued),
    )


def _cited(context: "Context", word: str) -> str:
    if found := paper_id(word):
        return found
    wanted = word.strip().lower()
    bundled = paper_catalog(context)
    if wanted in bundled:
        return wanted
    try:
        return names.paper(context, word)
    except NotFoundError as error:
        near = [paper for paper in bundled.values() if slug(word) and slug(paper.title).startswith(slug(word))]
        if len(near) == 1:
            return near[0].id
        hint = error.hint if error.hint.startswith("did you") else "name it by its arXiv id or DOI"
        raise NotFoundError(f"no paper `{checked(word, 'paper')[:80]}`", hint) from None


def open_paper(context: "Context", name: str, opener: Callable[[str], None], *, page: bool = False) -> OpenedView:
    """Give the PDF of a paper to the system's viewer, or its page where there is none or `page` is wanted.

    Raises UsageError for a paper of which neither is known, and as the opener does.
    """
    key = paper_id(name) or name.lower()
    if context.store.paper_row(key) is None and key not in paper_catalog(context):
        key = names.paper(context, name)
    data = context.store.paper(key)
    state = stored_state(context, key) if data else None
    pdf = Path(text_of(state.details, "pdf")) if state and text_of(state.details, "pdf") else None
    if pdf and not page and not pdf.exists():
        context.notices.append(f"the PDF is no longer at {pdf}; `mlcoach paper add` with its new path repairs that")
    from mlcoach.domain.papers.ids import address

    place = place_of(key, state.details) if state else address(key)
    target = str(pdf) if pdf and pdf.exists() and not page else place
    if not target:
        raise UsageError(
            "neither a page nor a PDF of it is known", "`mlcoach paper add PDF --title` with its title adds the file"
        )
    opener(target)
    row = entry(context, key) if data else None
    return OpenedView(row, target)
