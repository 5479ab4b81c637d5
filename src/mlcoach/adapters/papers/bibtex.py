"""BibTeX: entries read with every field as it was written. `bibtex_records` writes them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mlcoach.adapters.papers.bibtex_syntax import BibtexBlock, blocks
from mlcoach.adapters.papers.library import STRAY, Broken, Library, LibraryEntry
from mlcoach.adapters.papers.people import people
from mlcoach.adapters.papers.tex import plain_text
from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.domain.papers.details import (
    LONGEST_ABSTRACT,
    LONGEST_LINE,
    LONGEST_TITLE,
    KnownPaper,
    text_of,
)
from mlcoach.domain.papers.ids import arxiv_id, paper_id
from mlcoach.domain.papers.years import year_in
from mlcoach.domain.text import first_hostile, folded_line, without_controls

STEP = 100  # entries between two words about the progress
_ADDRESS = re.compile(r"(?:\\url\{)?(?P<address>https?://[^\s{}]+)\}?")
VENUES = ("journal", "journaltitle", "booktitle", "howpublished", "publisher", "institution", "school")
MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
DEEPEST_ABBREVIATION = 5
LONGEST_VALUE = 1_000_000  # characters that abbreviations may grow to

_Fields = Mapping[str, str]


def read(text: str, on_progress: OnProgress = silent) -> Library:
    """Return the entries of a file. What is broken is named by its line, and all else is read.

    `on_progress` hears (entries done, entries in all).
    """
    found = [one._replace(key=without_controls(one.key)) if first_hostile(one.key) else one for one in blocks(text)]
    strings = {
        value.name.lower(): value.parts
        for one in found
        if one.kind == "string"
        for value in one.fields
        if not one.reason
    }
    records = [one for one in found if one.kind not in ("string", "comment", "preamble")]
    fields = [_fields(one, strings) for one in records]
    parents = {one.key.lower(): said for one, said in zip(records, fields, strict=True) if one.key and not one.reason}
    entries: list[LibraryEntry] = []
    broken = [Broken(f"line {one.line}", f"an abbreviation is broken: {_shown(one.reason)}") for one in found
              if one.kind == "string" and one.reason]  # fmt: skip
    doubts: list[Broken] = []
    lines: dict[str, int] = {}
    for number, (one, said) in enumerate(zip(records, fields, strict=True), start=1):
        if number % STEP == 0 or number == len(records):
            on_progress(number, len(records))
        place = f"line {one.line}"
        name = f"`{_shown(one.key)}`" if one.key else "an entry without a key"
        if one.reason:
            broken.append(Broken(place, f"{name} is broken: {_shown(one.reason)}"))
            continue
        known = _known(one, said, strings, parents)
        id = paper_id(f"arxiv:{text_of(known.details, 'arxiv')}") or paper_id(text_of(known.details, "doi")) or ""
        if not known.title and not id:
            broken.append(Broken(place, f"{name} has no title"))
            continue
        doubts += (Broken(place, f"{name} {_shown(doubt)}") for doubt in (*one.doubts, *_doubts(one, lines)))
        if one.key:
            lines.setdefault(one.key, one.line)
        if not all(value.name.isprintable() and all(map(_is_clean, value.parts)) for value in one.fields) or (
            first_hostile(one.key)
        ):
            doubts.append(Broken(place, STRAY))
        entries.append(LibraryEntry(place, id, known, one.key))
    doubts += _undefined(records, strings)
    kept = tuple(without_controls(one.text) for one in found if one.kind in ("comment", "preamble") and one.text)
    return Library(tuple(entries), tuple(broken), tuple(doubts), kept)


def _doubts(one: BibtexBlock, lines: Mapping[str, int]) -> Iterator[str]:
    if not one.key:
        yield "can only be cited by the key that the export gives it"
    elif one.key in lines:
        yield f"has the key of line {lines[one.key]} too"
    elif re.search(r"\s", one.key):
        yield "has a blank in its key, which BibTeX cannot read; the export writes `-` there"
    names = [value.name.lower() for value in one.fields]
    twice = ", ".join(sorted({f"`{_shown(name)}`" for name in names if names.count(name) > 1})) if (
        len(set(names)) < len(names)
    ) else ""  # fmt: skip
    if twice:
        yield f"has {twice} twice; the first counts"


def _undefined(records: Sequence[BibtexBlock], strings: Mapping[str, object]) -> Iterator[Broken]:
    """Yield a word about abbreviations that stand in entries and not in the file, as those of journals often do."""
    missing: dict[str, tuple[str, int]] = {}
    for one in records:
        for value in one.fields if not one.reason else ():
            for part in value.parts:
                if part[:1] not in ("{", '"') and not part.isdecimal() and part.lower() not in strings:
                    missing.setdefault(part.lower(), (part, one.line))
    missing = {name: found for name, found in missing.items() if name and name not in MONTHS}
    if missing:
        name, line = next(iter(missing.values()))
        more = f" and {len(missing) - 1:,} more" if len(missing) > 1 else ""
        what = "abbreviations are" if len(missing) > 1 else "is an abbreviation that is"
        yield Broken(
            f"line {line}", f"`{_shown(name)}`{more} {what} not defined in this file; the names stay as they are"
        )


def _is_clean(text: str) -> bool:
    return not first_hostile(text)


def _fields(one: BibtexBlock, strings: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return what the fields of an entry say, by name in small letters; of one that is there twice the first."""
    fields: dict[str, str] = {}
    for value in one.fields:
        name = without_controls(value.name).strip().lower()
        if name not in fields:
            fields[name] = without_controls(_resolved(value.parts, strings))
    return fields


def _known(
    one: BibtexBlock, fields: _Fields, strings: Mapping[str, tuple[str, ...]], parents: Mapping[str, _Fields]
) -> KnownPaper:
    written: list[list[str]] = []
    for value in one.fields:
        kept = " # ".join(value.parts) if _stand_alone(value.parts) else f"{{{_resolved(value.parts, strings)}}}"
        written.append([without_controls(value.name).strip(), without_controls(kept)])
    fields = _with_volume(fields, parents)
    named = filter(None, (plain_text(fields.get(name, "")) for name in ("title", "subtitle")))
    title = folded_line(": ".join(named), LONGEST_TITLE)
    doi = paper_id(fields.get("doi", "")) or ""
    authors, others = people(fields.get("author", ""))
    # Zotero writes the address of a web page there.
    found = _ADDRESS.fullmatch(fields.get("howpublished", "").replace("\\_", "_").strip())
    published = found["address"] if found else ""
    fields = {name: value for name, value in fields.items() if name != "howpublished" or not published}
    details: dict[str, Any] = {
        "doi": doi.partition(":")[2] if doi.startswith("doi:") else "",
        "arxiv": _arxiv(fields, doi),
        "venue": folded_line(plain_text(next((fields[name] for name in VENUES if fields.get(name)), "")), LONGEST_LINE),
        "url": folded_line(fields.get("url", "") or published, LONGEST_LINE),
        "abstract": plain_text(fields.get("abstract", ""))[:LONGEST_ABSTRACT],
        "others": others,
        "bibtex": {"type": without_controls(one.kind), "key": without_controls(one.key), "fields": written},
    }
    return KnownPaper(
        title,
        authors,
        year_in(fields.get("year", "")) or year_in(fields.get("date", "")),
        {name: value for name, value in details.items() if value},
    )


def _with_volume(fields: _Fields, parents: Mapping[str, _Fields]) -> _Fields:
    """Return the fields with what a part of a volume has from there: its date, unless it has its own, and the title."""
    volume = parents.get(fields.get("crossref", "").strip().lower()) if fields.get("crossref") else None
    if not volume:
        return fields
    inherited = {"booktitle": volume.get("booktitle") or volume.get("title", "")}
    if not fields.get("year") and not fields.get("date"):
        inherited |= {"year": volume.get("year", ""), "date": volume.get("date", "")}
    return {**{name: value for name, value in inherited.items() if value}, **fields}


def _arxiv(fields: _Fields, doi: str) -> str:
    """Return the bare arXiv id of an entry, wherever it is."""
    archive = f"{fields.get('archiveprefix', '')} {fields.get('eprinttype', '')}".lower()
    eprint = fields.get("eprint", "")
    if eprint and ("arxiv" in archive or not archive.strip()) and (bare := arxiv_id(eprint)):
        return bare
    if doi.startswith("arxiv:"):
        return doi.partition(":")[2]
    if bare := arxiv_id(fields.get("url", "")):
        return bare
    for name in ("journal", "note", "howpublished", "volume"):
        if "arxiv" not in fields.get(name, "").lower():
            continue
        match = re.search(r"arxiv[:\s]+(?:preprint\s+arxiv[:\s]+)?(\S+)", fields[name], re.IGNORECASE)
        if match and (bare := arxiv_id(match[1].rstrip(".,;)}"))):
            return bare
    return ""


def _resolved(parts: tuple[str, ...], strings: Mapping[str, tuple[str, ...]], depth: int = 0) -> str:
    """Return what a value says: its parts without the marks around them, and what abbreviations stand for."""
    said = []
    for part in parts:
        if len(part) > 1 and (part[0], part[-1]) in (("{", "}"), ('"', '"')):
            said.append(part[1:-1])
        elif part.lower() in strings and depth < DEEPEST_ABBREVIATION:
            said.append(_resolved(strings[part.lower()], strings, depth + 1))
        else:
            said.append(part)
    return "".join(said)[:LONGEST_VALUE]


def _stand_alone(parts: tuple[str, ...]) -> bool:
    """Return whether a value means the same in another file: no abbreviation but a month is in it."""
    return all(part.startswith(("{", '"')) or part.isdecimal() or part.lower() in MONTHS for part in parts)


def _shown(text: str) -> str:
    return folded_line(text, 200)
