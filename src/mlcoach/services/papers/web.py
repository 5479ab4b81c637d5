"""Asking the web what it knows of papers: arXiv for its own, Crossref for those with a DOI."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.domain.papers.details import KnownPaper

if TYPE_CHECKING:
    from mlcoach.services.context import Context


class WebAnswers(NamedTuple):
    """What was learnt by full id, which ids are not known there, and why not all could be asked ("" if they could)."""

    papers: Mapping[str, KnownPaper] = {}
    unknown: frozenset[str] = frozenset()
    trouble: str = ""


def look_up(context: "Context", ids: Sequence[str], on_progress: OnProgress = silent) -> WebAnswers:
    """Ask for papers by full id (`arxiv:…`, `doi:…`). Nothing is raised: being offline is not a failure."""
    from mlcoach.adapters.papers import arxiv, crossref

    found: dict[str, KnownPaper] = {}
    unknown: set[str] = set()
    troubles = []
    for kind, source in (("arxiv", arxiv.look_up), ("doi", crossref.look_up)):
        wanted = [id.partition(":")[2] for id in ids if id.startswith(f"{kind}:")]
        if not wanted:
            continue
        answer = source(wanted, context.environment, context.places.cache)
        found |= {f"{kind}:{bare}": known for bare, known in answer.papers.items()}
        if answer.trouble:
            troubles.append(answer.trouble)
        else:
            unknown |= {f"{kind}:{bare}" for bare in wanted} - found.keys()
        on_progress(len(found) + len(unknown), len(ids))
    return WebAnswers(found, frozenset(unknown), "; ".join(troubles))
