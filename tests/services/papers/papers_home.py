"""A context in an empty home, and papers to put into its queue."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from mlcoach.domain.papers import paper_source
from mlcoach.domain.papers.details import KnownPaper
from mlcoach.services.context import Context
from mlcoach.services.papers import add as papers_add
from mlcoach.services.papers.web import WebAnswers
from mlcoach.views.papers.queue import AddedView

ADAM, ATTENTION, RESNET = "arxiv:1412.6980", "arxiv:1706.03762", "arxiv:1512.03385"
NEW, SCHWARZ = "arxiv:2401.00917", "doi:10.1214/aos/1176344136"
FAST = KnownPaper(
    "Fast and Continual Learning for Hybrid Control Policies",
    ("Xuan Lin",),
    2024,
    {
        "arxiv": "2401.00917",
        "abstract": "Hybrid model predictive control …",
        "categories": ["cs.RO"],
        "withdrawn": True,
    },
)


def opened(home: Path, instant: str = "2026-11-23T20:00:00+01:00") -> Context:
    """Return a context of a home at a moment; close it."""
    return Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": instant}, "paper")


def later(context: Context, **span: float) -> None:
    """Move the clock of a context on."""
    instant = context.now + timedelta(**span)
    context.environment = {**context.environment, "MLCOACH_NOW": instant.isoformat()}
    context.tick()


def add(context: Context, *words: str, **details: object) -> AddedView:
    """Put papers into the queue without the web."""
    return papers_add.add(context, words, paper_source.Details(**details), context.today)  # type: ignore[arg-type]


def knowing(papers: Mapping[str, KnownPaper], trouble: str = "") -> Callable[[Sequence[str]], WebAnswers]:
    """Return somebody to ask who knows these papers and no others."""

    def ask(ids: Sequence[str]) -> WebAnswers:
        found = {id: papers[id] for id in ids if id in papers}
        return WebAnswers(found, frozenset() if trouble else frozenset(ids) - found.keys(), trouble)

    return ask
