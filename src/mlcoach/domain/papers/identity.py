"""Whether two descriptions are of one paper. Losing a paper is worse than listing it twice.

Two DOIs that differ, or two arXiv ids, are two papers, and so are those without a shared author. An id that two papers
name joins them only if their titles or their authors agree: managers write one wrong id into many entries.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from mlcoach.domain.papers.ids import normal_title
from mlcoach.domain.papers.names import LEAST_WORDS, short_title_key, surname, title_key

YEARS_APART = 2  # a preprint and its journal
WORDS_SHARED = 0.5  # of the words of two titles, from which on they are spellings of one
BOOK, PART, THESIS = "book", "part", "thesis"
KINDS = {
    "book": BOOK, "mvbook": BOOK, "collection": BOOK, "proceedings": BOOK, "inbook": PART, "incollection": PART,
    "chapter": PART, "phdthesis": THESIS, "mastersthesis": THESIS, "thesis": THESIS, "article": "paper",
    "inproceedings": "paper", "conference": "paper", "article-journal": "paper", "paper-conference": "paper",
}  # fmt: skip


class Traits(NamedTuple):
    """What tells works of one title apart: kind, first page, and the ISBNs without their check digits; "" unknown."""

    kind: str = ""
    page: str = ""
    isbns: frozenset[str] = frozenset()
    url: str = ""


@dataclass(frozen=True)
class Face:
    """By what a paper is recognised. `by_hand` says that the learner added it, by its id or its title.

    `record` holds the details `bibtex`, `csl` and `url`, as a mapping or as its JSON; it is read when it is looked at.
    """

    key: str
    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    arxiv: str = ""
    doi: str = ""
    record: Mapping[str, Any] | str = ""
    dropped: bool = False
    by_hand: bool = False

    @cached_property
    def traits(self) -> Traits:
        """What tells it apart from works of the same title."""
        if not self.record:
            return Traits()
        return traits_of(json.loads(self.record) if isinstance(self.record, str) else self.record)

    @property
    def ids(self) -> tuple[str, ...]:
        """The full ids that it names."""
        pairs = (("arxiv", self.arxiv), ("doi", self.doi.lower()))
        return tuple(f"{kind}:{bare}" for kind, bare in pairs if bare)


def ids_differ(one: Face, other: Face) -> bool:
    """Return whether ids say that the two are two papers."""
    return _differ(one.doi.lower(), other.doi.lower()) or _differ(one.arxiv, other.arxiv)


def same_by_id(one: Face, other: Face) -> bool:
    """Return whether two faces that share an id are one paper."""
    if _differ(one.doi.lower(), other.doi.lower()):
        return False
    if titles_alike(one.title, other.title):
        return True
    if _differ(one.arxiv, other.arxiv):
        return False
    people = people_agree(one.authors, other.authors)
    if people is None:
        return one.by_hand or other.by_hand
    return people and not _traits_differ(one.traits, other.traits)


def same_by_title(one: Face, other: Face, *, named_only: bool = False) -> bool:
    """Return whether two faces of one title are one paper. `named_only`: one is nothing but a title to find it by."""
    if ids_differ(one, other) or _traits_differ(one.traits, other.traits):
        return False
    people = people_agree(one.authors, other.authors)
    if people is not None:
        return people and _near(one.year, other.year)
    if named_only:
        return True
    if one.year != other.year and None not in (one.year, other.year):
        return False
    if not one.authors and not other.authors and _differ(one.traits.url, other.traits.url):
        return False
    return len(normal_title(one.title).split()) >= LEAST_WORDS


def same_but_for_subtitle(one: Face, other: Face) -> bool:
    """Return whether two faces, of which one may lack its subtitle, are one paper: authors and year must say so."""
    if ids_differ(one, other) or _traits_differ(one.traits, other.traits):
        return False
    return people_agree(one.authors, other.authors) is True and _near(one.year, other.year)


def titles_alike(one: str, other: str) -> bool:
    """Return whether two titles are spellings of one; also where one is not known."""
    keys = title_key(one), title_key(other)
    if not all(keys) or keys[0] == keys[1]:
        return True
    if keys[0] == short_title_key(other) or keys[1] == short_title_key(one):
        return True
    words = set(normal_title(one).split()), set(normal_title(other).split())
    return len(words[0] & words[1]) > WORDS_SHARED * len(words[0] | words[1])


def people_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool | None:
    """Return whether two lists are of the same authors, None where one is not known.

    A list may be cut short or in another order: the first must be the same and half of the shorter list shared, or more
    than half of the longer one.
    """
    first, second = _people(one), _people(other)
    if not first or not second:
        return None
    shared = sum(any(_same_person(a, b) for b in second) for a in first)
    if _same_person(first[0], second[0]):
        return 2 * shared >= min(len(first), len(second))
    return 2 * shared > max(len(first), len(second))


def traits_of(details: Mapping[str, Any]) -> Traits:
    """Return what the record of a reference manager says of a paper's kind."""
    record = details.get("bibtex")
    url = str(details.get("url") or "")
    if isinstance(record, dict):
        said = {str(name).lower(): str(value) for name, value in reversed(record["fields"])}
        return _traits(str(record["type"]), said.get("pages", ""), said.get("isbn", ""), url)
    item = details.get("csl")
    if isinstance(item, dict):
        return _traits(str(item.get("type", "")), str(item.get("page", "")), str(item.get("ISBN", "")), url)
    return Traits(url=url)


def _traits(kind: str, pages: str, isbn: str, url: str) -> Traits:
    page = re.search(r"[A-Za-z]?\d+", pages)
    # An ISBN of thirteen digits is one of ten with 978 before it; the last digit only checks the others.
    found = re.findall(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]", isbn)
    bare = (re.sub(r"\D", "", one[:-1]) for one in found)
    isbns = frozenset(digits[3:] if len(digits) == 12 else digits for digits in bare)
    return Traits(KINDS.get(kind.lower(), ""), page[0].lower() if page else "", isbns, url)


def _traits_differ(one: Traits, other: Traits) -> bool:
    if _differ(one.kind, other.kind) or _differ(one.page, other.page):
        return True
    return bool(one.isbns and other.isbns) and not one.isbns & other.isbns


def _people(authors: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(last, _initial(author)) for author in authors[:200] if (last := surname(author))]


def _initial(author: str) -> str:
    given = author.partition(",")[2] if "," in author else author.rpartition(" ")[0]
    return normal_title(given)[:1]


def _same_person(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0] == other[0] and not _differ(one[1], other[1])


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= YEARS_APART
