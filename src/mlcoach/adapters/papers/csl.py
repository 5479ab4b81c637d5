"""CSL-JSON, the format that reference managers exchange: items read, and papers written."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mlcoach.adapters.papers.library import STRAY, Broken, Library, LibraryEntry
from mlcoach.domain.papers.details import (
    LONGEST_ABSTRACT,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TITLE,
    KnownPaper,
    text_of,
)
from mlcoach.domain.papers.ids import arxiv_id, paper_id
from mlcoach.domain.text import first_hostile, folded_line, without_controls

MOST_AUTHORS = 5_000
DEEPEST = 50  # objects and lists in one another
TAGS = re.compile(r"</?[A-Za-z][^<>]{0,80}>")


def read(text: str) -> Library:
    """Return the items of a file: a list, or an object that holds one as `items`. Raises ValueError with a place."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    items = whole.get("items") if isinstance(whole, dict) else whole
    if not isinstance(items, list):
        raise ValueError("it holds no list of items")
    entries: list[LibraryEntry] = []
    broken: list[Broken] = []
    doubts: list[Broken] = []
    for number, item in enumerate(items, start=1):
        place = f"item {number}"
        if not isinstance(item, dict):
            broken.append(Broken(place, "it is not an object"))
            continue
        try:
            whole_item, stray = _cleaned(item)
        except RecursionError:
            broken.append(Broken(place, "it is nested too deep"))
            continue
        if stray:
            doubts.append(Broken(place, STRAY))
        known = known_of(whole_item)
        id = paper_id(f"arxiv:{text_of(known.details, 'arxiv')}") or paper_id(text_of(known.details, "doi")) or ""
        if not known.title and not id:
            broken.append(Broken(place, "it has no title"))
            continue
        entries.append(LibraryEntry(place, id, known))
    return Library(tuple(entries), tuple(broken), tuple(doubts))


def _cleaned(value: Any, depth: int = 0) -> tuple[Any, bool]:
    """Return a value without characters that could steer a terminal, and whether there were any.

    Raises RecursionError for one nested deeper than any reference manager nests.
    """
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, str):
        clean = without_controls(value)
        return clean, bool(first_hostile(value))
    if isinstance(value, dict):
        pairs = [(_cleaned(name), _cleaned(inner, depth + 1)) for name, inner in value.items()]
        stray = any(name[1] or inner[1] for name, inner in pairs)
        return {name[0]: inner[0] for name, inner in pairs}, stray
    if isinstance(value, list):
        parts = [_cleaned(inner, depth + 1) for inner in value]
        return [part[0] for part in parts], any(part[1] for part in parts)
    return value, False


def known_of(item: Mapping[str, Any]) -> KnownPaper:
    """Return what an item says of a paper. Crossref's own JSON, where titles are lists, is read too."""
    doi = paper_id(_line(item, "DOI"))
    details = {
        "doi": doi.partition(":")[2] if doi and doi.startswith("doi:") else "",
        "arxiv": _arxiv(item),
        "venue": _line(item, "container-title"),
        "url": _line(item, "URL"),
        "abstract": _abstract(item.get("abstract")),
        "csl": dict(item),
    }
    named = item.get("author")
    authors = [_name(author) for author in (named if isinstance(named, list) else [])[:MOST_AUTHORS]]
    return KnownPaper(
        _line(item, "title", LONGEST_TITLE),
        tuple(filter(None, authors)),
        _year(item),
        {name: value for name, value in details.items() if value},
    )


def write(items: Iterable[Mapping[str, Any]]) -> str:
    """Return a file of items."""
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def item_of(key: str, known: KnownPaper) -> dict[str, Any]:
    """Return the item of a paper: as its manager wrote it, with what it lacks added."""
    kept = known.details.get("csl")
    item: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {"id": key, "type": "article"}
    venue = text_of(known.details, "venue")
    if venue and "type" not in (kept or {}):
        item["type"] = "article-journal"
    wanted = {
        "title": known.title,
        "author": [_parts(author) for author in known.authors],
        "issued": {"date-parts": [[known.year]]} if known.year else None,
        "DOI": text_of(known.details, "doi"),
        "URL": text_of(known.details, "url"),
        "container-title": venue,
        "abstract": text_of(known.details, "abstract"),
    }
    for name, value in wanted.items():
        if value and name not in item:
            item[name] = value
    arxiv = text_of(known.details, "arxiv")
    if arxiv and not _arxiv(item):
        item.setdefault("archive", "arXiv")
        item["archive_location"] = arxiv
    return item


def _line(item: Mapping[str, Any], name: str, longest: int = LONGEST_LINE) -> str:
    value = item.get(name)
    if isinstance(value, list):
        value = value[0] if value else ""
    return folded_line(TAGS.sub("", str(value)), longest) if isinstance(value, str | int | float) else ""


def _abstract(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    # Crossref wraps headings and paragraphs in JATS tags.
    apart = re.sub(r"</?jats:(?:p|title|sec|list-item)>", " ", value)
    return " ".join(without_controls(TAGS.sub("", apart)).split())[:LONGEST_ABSTRACT]


def _name(author: Any) -> str:
    if not isinstance(author, dict):
        return ""
    if literal := author.get("literal") or author.get("name"):
        return folded_line(str(literal), LONGEST_NAME)
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return folded_line(" ".join(str(author[part]) for part in order if author.get(part)), LONGEST_NAME)


def _parts(author: str) -> dict[str, str]:
    given, _, family = author.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": family}


def _year(item: Mapping[str, Any]) -> int | None:
    for name in ("issued", "published", "published-print", "published-online"):
        date = item.get(name)
        if not isinstance(date, dict):
            continue
        parts = date.get("date-parts")
        given = (
            str(parts[0][0]) if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] else ""
        )
        given = given or str(date.get("raw") or date.get("literal") or "")
        if match := re.search(r"\b(1[6-9]\d\d|20\d\d)\b", given):
            return int(match[1])
    return None


def _arxiv(item: Mapping[str, Any]) -> str:
    """Return the bare arXiv id of an item, wherever its manager put it."""
    archive = str(item.get("archive") or item.get("publisher") or "").lower()
    for name in ("archive_location", "number"):
        value = item.get(name)
        if isinstance(value, str) and ("arxiv" in archive or "arxiv" in value.lower()) and (bare := arxiv_id(value)):
            return bare
    for name in ("URL", "DOI", "note"):
        value = item.get(name)
        if not isinstance(value, str):
            continue
        match = re.search(r"arxiv[:\s]+(\S+)", value, re.IGNORECASE) if name == "note" else None
        if bare := arxiv_id(match[1] if match else value if name != "note" else ""):
            return bare
    return ""
