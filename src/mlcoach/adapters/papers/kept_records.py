"""What reference managers said of the papers of the queue: which of them holds an entry already, word for word."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mlcoach.adapters.papers import bibtex_records, csl
from mlcoach.adapters.papers.records import citation_key, plain_key, records_of, title_of
from mlcoach.domain.papers.details import KnownPaper
from mlcoach.domain.papers.state import place_of

MOST_CANDIDATES = 50  # of one citation key and one title


class KeptRecords:
    """The papers of the queue by the citation keys of their entries."""

    def __init__(self, kept: Mapping[str, Mapping[str, Any]]) -> None:
        self._papers: dict[tuple[str, str, str], list[str]] = {}
        self.library: dict[str, list[str]] = {}  # comments and preambles by the paper that holds them
        for paper, details in kept.items():
            for form in ("bibtex", "csl"):
                for record in records_of(details, form):
                    self.add(paper, form, record)
            if library := details.get("library"):
                self.library[paper] = [str(one) for one in library]

    def add(self, paper: str, form: str, record: Mapping[str, Any]) -> None:
        """Remember that a paper holds an entry."""
        papers = self._papers.setdefault((form, plain_key(citation_key(form, record)), title_of(form, record)), [])
        if paper not in papers:
            papers.append(paper)

    def candidates(self, form: str, record: Mapping[str, Any]) -> Sequence[str]:
        """Return the papers that may hold an entry: under its key, or without one, which an export gives it."""
        key, title = plain_key(citation_key(form, record)), title_of(form, record)
        there = self._papers.get((form, key, title), ())
        return [*there[-MOST_CANDIDATES:], *(self._papers.get((form, "", title), ())[-MOST_CANDIDATES:] if key else ())]


def held(
    paper: str, known: KnownPaper, form: str, record: Mapping[str, Any], met: Sequence[Mapping[str, Any]] = ()
) -> Mapping[str, Any] | None:
    """Return the record of a paper that is an entry word for word, or that an export would write so; None without.

    An export gives a key that comes twice a number. So may a manager: a record that is an entry above (`met`) is not
    one of another key as well.
    """
    kept: list[Mapping[str, Any]] = records_of(known.details, form)
    if record in kept:
        return record
    if not kept:
        return None
    known = as_exported(paper, known)
    if form == "csl":
        return kept[0] if csl.item_of(paper, known) == record else None
    exported = [(one, bibtex_records.safe(one)) for one in kept[1:]]
    exported += [
        (kept[0], bibtex_records.record_of(paper, known, lambda key, there=there: there))  # type: ignore[misc]
        for there in (True, False)
    ]
    for one, written in exported:
        if written["type"] == record["type"] and written["fields"] == record["fields"]:
            if written["key"] == record["key"]:
                return one
            if one not in met and re.fullmatch(rf"{re.escape(written['key'])}-\d+", record["key"]):
                return one
    return None


def as_exported(paper: str, known: KnownPaper) -> KnownPaper:
    """Return what is known of a paper, with the id and the address that its key holds."""
    kind, _, bare = paper.partition(":")
    details = dict(known.details)
    if kind in ("arxiv", "doi") and bare:
        details.setdefault(kind, bare)
    if place := place_of(paper, details):
        details.setdefault("url", place)
    return known._replace(details=details)
