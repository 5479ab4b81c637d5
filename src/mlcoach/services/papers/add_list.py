"""A list of papers, one a line: those that can be added are, the others are named by their lines."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.papers import paper_source
from mlcoach.domain.papers.ids import paper_id
from mlcoach.errors import MlcoachError
from mlcoach.services.papers import add
from mlcoach.views.papers.exchange import ImportedView, SkippedPaperView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.services.papers.web import WebAnswers

Ask = Callable[[Sequence[str]], "WebAnswers"]


def add_list(
    context: "Context",
    sources: Sequence[paper_source.PaperSource],
    details: paper_source.Details,
    day: date,
    ask: Ask | None,
) -> ImportedView:
    """Add the papers of a list, asking the web about all of them at once; one step of undo.

    Raises UsageError for details that cannot be meant for several papers.
    """
    answers = ask(list(dict.fromkeys(_ids(context, sources)))) if ask and _ids(context, sources) else None
    good: list[paper_source.PaperSource] = []
    skipped: list[SkippedPaperView] = []
    for source in sources:
        try:
            # Each by itself, with nothing written: what is wrong with one is not the fault of the others.
            add.prepare(context, [source], details, day, (lambda ids: answers) if answers else None)
            good.append(source)
        except MlcoachError as error:
            if details.title or details.authors or details.year:
                raise
            skipped.append(
                SkippedPaperView(source.place, f"{error.message}; {error.hint}" if error.hint else error.message)
            )
    if not good:
        return ImportedView(len(sources), 0, 0, 0, tuple(skipped))
    prepared = add.prepare(context, good, details, day, (lambda ids: answers) if answers else None)
    view = add.commit(context, prepared, day)
    actions = [one.action for one in view.papers]
    return ImportedView(
        len(sources),
        actions.count("added"),
        actions.count("updated") + actions.count("put_back"),
        actions.count("unchanged"),
        tuple(skipped),
    )


def _ids(context: "Context", sources: Sequence[paper_source.PaperSource]) -> list[str]:
    """Return the ids of the papers of which too little is known."""
    bundled = context.catalog.papers()
    found = (source.id or paper_id(source.word) or "" for source in sources)
    return [id for id in found if id and id not in bundled and add.is_new(context, id)]
