"""What Crossref knows of a paper with a DOI: one question a DOI, answered as JSON much like CSL's."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from mlcoach.adapters.fetch import Manners, WebTrouble, get
from mlcoach.adapters.papers.arxiv import FoundOnline
from mlcoach.adapters.papers.csl import known_of
from mlcoach.domain.papers.details import KnownPaper

VARIABLE = "MLCOACH_CROSSREF"
USUAL_BASE = "https://api.crossref.org"
GAP_SECONDS = 1.0


def look_up(
    dois: Sequence[str], environment: Mapping[str, str], cache: Path, manners: Manners | None = None
) -> FoundOnline:
    """Ask Crossref for papers by DOI, and return what it knows by DOI.

    Nothing is raised: what goes wrong is in `trouble`, and the asking ends there. What it does not know (other
    agencies give DOIs too) is not in the answer.
    """
    base = environment.get(VARIABLE) or USUAL_BASE
    manners = manners or Manners(GAP_SECONDS if base == USUAL_BASE else 0.0, cache / "crossref-asked")
    found: dict[str, KnownPaper] = {}
    for doi in dict.fromkeys(dois):
        try:
            body = get(f"{base.rstrip('/')}/works/{quote(doi, safe='')}", "application/json", manners)
            found[doi] = parse_work(body)
        except WebTrouble as trouble:
            if str(trouble) == "it answers 404":
                continue
            return FoundOnline(found, f"Crossref cannot be asked: {trouble}")
    return FoundOnline(found)


def parse_work(body: bytes) -> KnownPaper:
    """Return what an answer says of a paper. Raises WebTrouble for what is not a complete answer."""
    if not body.strip():
        raise WebTrouble("its answer is empty")
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise WebTrouble("its answer is not complete JSON") from error
    message = whole.get("message") if isinstance(whole, dict) else None
    if not isinstance(message, dict):
        raise WebTrouble("its answer is not the record of a paper")
    known = known_of(message)
    return known._replace(details={name: value for name, value in known.details.items() if name != "csl"})
