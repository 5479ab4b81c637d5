"""What arXiv knows of papers: one question for many ids, and the Atom feed it answers with."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from mlcoach.adapters.fetch import Manners, WebTrouble, get
from mlcoach.domain.papers.details import LONGEST_ABSTRACT, LONGEST_LINE, LONGEST_NAME, LONGEST_TITLE, KnownPaper
from mlcoach.domain.papers.ids import arxiv_id
from mlcoach.domain.text import folded_line, without_controls

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

VARIABLE = "MLCOACH_ARXIV"
USUAL_BASE = "https://export.arxiv.org"
AT_ONCE = 50  # ids in one question
GAP_SECONDS = 3.0  # arXiv's terms of use ask for that much between two questions
ATOM = "{http://www.w3.org/2005/Atom}"
ARXIV = "{http://arxiv.org/schemas/atom}"
# Its identifiers name the namespaces of documents, never places that are asked.
ERRORS = "arxiv.org/api/errors"
MOST_AUTHORS = 5_000


class FoundOnline(NamedTuple):
    """What was found by bare arXiv id, and what kept the rest from being found ("" for an answer)."""

    papers: Mapping[str, KnownPaper]
    trouble: str = ""


def look_up(
    ids: Sequence[str], environment: Mapping[str, str], cache: Path, manners: Manners | None = None
) -> FoundOnline:
    """Ask arXiv for papers by their bare ids, all in one question where they are few.

    What it does not know is not in the answer. Nothing is raised: what goes wrong stands in `trouble`.
    """
    base = environment.get(VARIABLE) or USUAL_BASE
    manners = manners or Manners(GAP_SECONDS if base == USUAL_BASE else 0.0, cache / "arxiv-asked")
    found: dict[str, KnownPaper] = {}
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        query = urlencode({"id_list": ",".join(part), "max_results": len(part)}, safe=",/")
        try:
            body = get(f"{base.rstrip('/')}/api/query?{query}", "application/atom+xml", manners)
            found |= parse_feed(body)
        except WebTrouble as trouble:
            return FoundOnline(found, f"arXiv cannot be asked: {trouble}")
    return FoundOnline({id: known for id, known in found.items() if id in wanted})


def parse_feed(body: bytes) -> dict[str, KnownPaper]:
    """Return the papers of an answer by bare id. Raises WebTrouble for an incomplete feed, or arXiv's complaint."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if not body.strip():
        raise WebTrouble("its answer is empty")
    try:
        feed = fromstring(body, forbid_dtd=True)
    except DefusedXmlException as error:
        raise WebTrouble("its answer declares entities, which no feed needs", later=False) from error
    except (ParseError, LookupError, ValueError) as error:
        raise WebTrouble(f"its answer is not a complete feed ({str(error)[:100]})") from error
    if feed.tag != f"{ATOM}feed":
        raise WebTrouble("its answer is not a feed")
    papers: dict[str, KnownPaper] = {}
    for entry in feed.iter(f"{ATOM}entry"):
        address = _text(entry, f"{ATOM}id")
        if ERRORS in address:
            raise WebTrouble(f"it says: {_text(entry, f'{ATOM}summary')[:200]}", later=False)
        if bare := arxiv_id(address):
            papers[bare] = _known(entry, bare, address)
    return papers


def _known(entry: "Element", bare: str, address: str) -> KnownPaper:
    authors = [_text(author, f"{ATOM}name", LONGEST_NAME) for author in entry.findall(f"{ATOM}author")[:MOST_AUTHORS]]
    published = _text(entry, f"{ATOM}published")[:10]
    version = re.search(r"v(\d{1,4})$", address)
    comment = _text(entry, f"{ARXIV}comment")
    main = entry.find(f"{ARXIV}primary_category")
    first = [main.get("term", "")] if main is not None else []
    listed = [category.get("term", "") for category in entry.findall(f"{ATOM}category")]
    details = {
        "arxiv": bare,
        "version": int(version[1]) if version else 0,
        "published": published if re.fullmatch(r"\d{4}-\d\d-\d\d", published) else "",
        "abstract": _abstract(entry.findtext(f"{ATOM}summary") or ""),
        "venue": _text(entry, f"{ARXIV}journal_ref"),
        "doi": _text(entry, f"{ARXIV}doi").split(" ")[0],
        "comment": comment,
        "categories": [one[:40] for one in dict.fromkeys([*first, *listed]) if one],
        "withdrawn": bool(re.search(r"\bwithdrawn\b", comment, re.IGNORECASE)),
    }
    year = int(published[:4]) if details["published"] else None
    title = _text(entry, f"{ATOM}title", LONGEST_TITLE)
    return KnownPaper(
        title, tuple(filter(None, authors)), year, {name: value for name, value in details.items() if value}
    )


def _text(parent: "Element", name: str, longest: int = LONGEST_LINE) -> str:
    return folded_line(parent.findtext(name) or "", longest)


def _abstract(text: str) -> str:
    """Return an abstract as paragraphs: in older answers its lines are broken, and an indent begins a new one."""
    paragraphs = re.split(r"\n\s*\n|\n(?=  )", without_controls(text).strip())
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)[:LONGEST_ABSTRACT]
