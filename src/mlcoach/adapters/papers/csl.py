"""CSL-JSON, the format that reference managers exchange: items read, and papers written."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mlcoach.adapters.papers.library import STRAY, Broken, Library, LibraryEntry
from mlcoach.adapters.papers.people import csl_name, name_of, people_apart
from mlcoach.adapters.papers.tex import without_entities
from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.domain.papers.details import (
    LONGEST_ABSTRACT,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TITLE,
    KnownPaper,
    is_others,
    text_of,
)
from mlcoach.domain.papers.ids import arxiv_id, paper_id
from mlcoach.domain.papers.years import year_in, year_of
from mlcoach.domain.text import first_hostile, folded_line, without_controls

MOST_AUTHORS = 5_000
DEEPEST = 50  # objects and lists in one another
STEP = 100  # items between two words about the progress
DATES = ("issued", "published", "published-print", "published-online")
TAGS = re.compile(r"</?[A-Za-z][^<>]{0,80}>")


def read(text: str, on_progress: OnProgress = silent) -> Library:
    """Return the items of a file: a list, or an object that holds one as `items`. Raises ValueError with a place.

    `on_progress` hears (items done, items in all).
    """
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON: {error.msg}, line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except ValueError as error:  # a number of thousands of digits
        raise ValueError("it holds a number that is too long") from error
    items = whole.get("items") if isinstance(whole, dict) else whole
    if not isinstance(items, list):
        raise ValueError("it holds no list of items")
    entries: list[LibraryEntry] = []
    broken: list[Broken] = []
    doubts: list[Broken] = []
    for number, item in enumerate(items, start=1):
        place = f"item {number}"
        if number % STEP == 0 or number == len(items):
            on_progress(number, len(items))
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
        entries.append(LibraryEntry(place, id, known, key_of(whole_item)))
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
    details: dict[str, Any] = {
        "doi": doi.partition(":")[2] if doi and doi.startswith("doi:") else "",
        "arxiv": _arxiv(item),
        "venue": _line(item, "container-title"),
        "url": _line(item, "URL"),
        "abstract": _abstract(item.get("abstract")),
        "csl": dict(item),
    }
    named = item.get("author")
    authors = [_name(author) for author in (named if isinstance(named, list) else [])[: MOST_AUTHORS + 1]]
    details["others"] = len(authors) > MOST_AUTHORS or any(map(is_others, authors))
    authors = [author for author in authors if not is_others(author)][:MOST_AUTHORS]
    return KnownPaper(
        _line(item, "title", LONGEST_TITLE),
        tuple(filter(None, authors)),
        _year(item),
        {name: value for name, value in details.items() if value},
    )


def write(items: Iterable[Mapping[str, Any]]) -> str:
    """Return a file of items."""
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def key_of(item: Mapping[str, Any]) -> str:
    """Return the citation key of an item: its id, or what its manager's note says it is."""
    key = item.get("citation-key") or item.get("id")
    return folded_line(str(key), LONGEST_LINE) if isinstance(key, str | int) else ""


def item_of(key: str, known: KnownPaper) -> dict[str, Any]:
    """Return the item of a paper: as its manager wrote it, with what it lacks added.

    `key` is the id of one that no CSL came with.
    """
    kept = known.details.get("csl")
    item: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {"id": key, "type": "article"}
    if isinstance(kept, dict) and known.details.get("csl_also"):
        # What the paper has from items that were merged into it stands in those.
        return item
    venue = text_of(known.details, "venue")
    if venue and "type" not in (kept or {}):
        item["type"] = "article-journal"
    wanted = {
        "title": known.title,
        "author": _authors(known),
        "issued": {"date-parts": [[known.year]]} if known.year else None,
        "DOI": text_of(known.details, "doi") or _arxiv_doi(known),
        # An address that an id says already tells nothing; an item that came without one goes without.
        "URL": "" if isinstance(kept, dict) and _identified(known) else text_of(known.details, "url"),
        "container-title": venue,
        "abstract": text_of(known.details, "abstract"),
    }
    for name, value in wanted.items():
        if value and name not in item:
            item[name] = value
    arxiv = text_of(known.details, "arxiv")
    if arxiv and (not isinstance(kept, dict) or not _arxiv(item)):
        item.setdefault("archive", "arXiv")
        item["archive_location"] = arxiv
    return item


def _identified(known: KnownPaper) -> bool:
    return bool(text_of(known.details, "doi") or text_of(known.details, "arxiv"))


def _line(item: Mapping[str, Any], name: str, longest: int = LONGEST_LINE) -> str:
    value = item.get(name)
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str | int | float):
        return ""
    try:
        text = str(value)
    except ValueError:  # a number of thousands of digits
        return ""
    return folded_line(without_entities(TAGS.sub("", text)), longest)


def _abstract(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    # Crossref wraps headings and paragraphs in JATS tags.
    apart = re.sub(r"</?jats:(?:p|title|sec|list-item)>", " ", value)
    return " ".join(without_controls(without_entities(TAGS.sub("", apart))).split())[:LONGEST_ABSTRACT]


def _name(author: Any) -> str:
    if not isinstance(author, dict):
        return ""
    if literal := author.get("literal") or author.get("name"):
        return folded_line(str(literal), LONGEST_NAME)
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return folded_line(" ".join(str(author[part]) for part in order if author.get(part)), LONGEST_NAME)


def _authors(known: KnownPaper) -> list[dict[str, str]]:
    """Return the authors in the parts of CSL: as a BibTeX entry takes them apart, else as their names say."""
    names = [author for author in known.authors if not is_others(author)]
    written = _written(known, "author")
    if written[:1] + written[-1:] in ("{}", '""'):
        apart = [one for one in people_apart(written[1:-1]) if not is_others(one)]
        if list(map(name_of, apart)) == names:
            return list(map(csl_name, apart))
    return [{"literal": name} if _NOT_A_NAME.search(name) else csl_name(name) for name in names]


def _arxiv_doi(known: KnownPaper) -> str:
    """Return the DOI that arXiv gives, where a BibTeX entry has it: the id alone is kept of it."""
    doi = _written(known, "doi").strip('{}"')
    return doi if (paper_id(doi) or "").startswith("arxiv:") and doi.startswith("10.") else ""


def _written(known: KnownPaper, field: str) -> str:
    """Return a field of a paper's BibTeX entry as it was written, "" without."""
    record = known.details.get("bibtex")
    fields = record.get("fields", ()) if isinstance(record, dict) else ()
    return next((str(value).strip() for name, value in fields if str(name).lower() == field), "")


_NOT_A_NAME = re.compile(r"[{}\\$%&#^,]")


def _year(item: Mapping[str, Any]) -> int | None:
    return next((year for name in DATES if (year := _year_of_date(item.get(name))) is not None), None)


def _year_of_date(date: Any, depth: int = 0) -> int | None:
    """Return the year of a date as the programs of the field write one.

    An object with `date-parts`, `year`, `raw` or `literal`; a text, also an extended date (EDTF); a number; or a list
    of any of these, where the first counts.
    """
    if isinstance(date, str):
        return year_in(date)
    if isinstance(date, int | float):
        return year_of(date)
    if depth > 3:
        return None
    if isinstance(date, list):
        return _year_of_date(date[0], depth + 1) if date else None
    if not isinstance(date, dict):
        return None
    parts = date.get("date-parts")
    while isinstance(parts, list):
        parts = parts[0] if parts else None
    if (year := year_of(parts)) is not None:
        return year
    ways = ("year", "edtf", "raw", "literal", "date")
    return next((year for way in ways if (year := _year_of_date(date.get(way), depth + 1)) is not None), None)


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
