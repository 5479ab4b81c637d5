"""What reference managers said of a paper, word for word: its records in each format, and how they are called."""

import re
from collections.abc import Mapping
from typing import Any

from mlcoach.adapters.papers import bibtex_records, csl
from mlcoach.domain.papers.details import KnownPaper

JABREF = re.compile(r"@comment\s*\{\s*(jabref-[\w-]+:\s*[\w-]+)", re.IGNORECASE)


def form_of(known: KnownPaper) -> str:
    """Return the format that a description came in: `bibtex` or `csl`."""
    return "bibtex" if "bibtex" in known.details else "csl"


def records_of(details: Mapping[str, Any], form: str) -> list[Any]:
    """Return the records of a paper in a format: its own first, then those of the entries that were merged into it."""
    own, also = details.get(form), details.get(f"{form}_also")
    return [*([own] if isinstance(own, dict) else []), *(also if isinstance(also, list | tuple) else ())]


def citation_key(form: str, record: Mapping[str, Any]) -> str:
    """Return the citation key of a record."""
    return str(record.get("key", "")) if form == "bibtex" else csl.key_of(record)


def block_name(block: str) -> str:
    """Return what a comment or preamble is known by: JabRef's say what they hold, and are replaced by newer ones."""
    match = JABREF.match(block)
    return match[1].lower() if match else block


def title_of(form: str, record: Mapping[str, Any]) -> str:
    """Return the letters and digits of the title of a record."""
    if form == "csl":
        title = str(record.get("title", ""))
    else:
        title = next((str(value) for name, value in record["fields"] if str(name).lower() == "title"), "")
    return "".join(filter(str.isalnum, title))


def plain_key(key: str) -> str:
    """Return a citation key without the number that an export gives one that comes twice."""
    return re.sub(r"-\d+$", "", bibtex_records.safe_key(key)).lower()
