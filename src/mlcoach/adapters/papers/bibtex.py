"""BibTeX: entries read with every field as it was written, and papers written so that nothing is lost."""

import re
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mlcoach.adapters.papers.library import STRAY, Broken, Library, LibraryEntry
from mlcoach.adapters.papers.tex import plain_text
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bibtexparser.model import Block
    from bibtexparser.model import Entry as Record

MOST_AUTHORS = 5_000
VENUES = ("journal", "journaltitle", "booktitle", "howpublished", "publisher", "institution", "school")
MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
UNSAFE = frozenset("%&#_")


def read(text: str) -> Library:
    """Return the entries of a file. What is broken is named by its line, and all else is read."""
    with _quietly():
        from bibtexparser.entrypoint import parse_string

        library = parse_string(text, parse_stack=[])
    strings = {key.lower(): string.value for key, string in library.strings_dict.items()}
    entries: list[LibraryEntry] = []
    broken: list[Broken] = []
    doubts: list[Broken] = []
    lines: dict[str, int] = {}
    parents = {record.key.lower(): _fields(record, strings) for record in library.entries}
    for block in library.blocks:
        record, doubt, reason = _record(block, lines)
        place = f"line {(block.start_line or 0) + 1}"
        if reason:
            broken.append(Broken(place, reason))
        if record is None:
            continue
        lines.setdefault(record.key, (block.start_line or 0) + 1)
        known = _known(record, strings, parents)
        id = paper_id(f"arxiv:{text_of(known.details, 'arxiv')}") or paper_id(text_of(known.details, "doi")) or ""
        if not known.title and not id:
            broken.append(Broken(place, f"`{record.key}` has no title"))
            continue
        if doubt:
            doubts.append(Broken(place, doubt))
        if first_hostile(block.raw or ""):
            doubts.append(Broken(place, STRAY))
        entries.append(LibraryEntry(place, id, known))
    return Library(tuple(entries), tuple(broken), tuple(doubts))


def write(records: Iterable[Mapping[str, Any]]) -> str:
    """Return a file of records, each `{"type", "key", "fields": [[name, value as written], …]}`."""
    with _quietly():
        from bibtexparser.entrypoint import write_string
        from bibtexparser.library import Library as Written
        from bibtexparser.model import Entry as Record
        from bibtexparser.model import Field

        library = Written()
        taken: set[str] = set()
        for record in records:
            key, number = record["key"], 1
            while key.lower() in taken:
                number += 1
                key = f"{record['key']}-{number}"
            taken.add(key.lower())
            fields = [Field(name, value) for name, value in record["fields"]]
            library.add(Record(record["type"], key, fields))
        return write_string(library, unparse_stack=[])


def record_of(id: str, known: KnownPaper) -> dict[str, Any]:
    """Return the record of a paper: as its manager wrote it, with what it lacks added behind."""
    kept = known.details.get("bibtex")
    venue = text_of(known.details, "venue")
    arxiv = text_of(known.details, "arxiv")
    record: dict[str, Any] = (
        {"type": kept["type"], "key": kept["key"], "fields": [list(field) for field in kept["fields"]]}
        if isinstance(kept, dict)
        else {"type": "article" if venue else "misc", "key": key_for(id, known), "fields": []}
    )
    there = {name.lower() for name, _ in record["fields"]}
    wanted = {
        "author": " and ".join(_name_as_tex(author) for author in known.authors),
        "title": _as_tex(known.title),
        "journal": _as_tex(venue) if not there.intersection(VENUES) else "",
        "year": str(known.year or "") if "date" not in there else "",
        "doi": text_of(known.details, "doi"),
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv and "eprint" not in there else "",
        "url": text_of(known.details, "url"),
        "abstract": _as_tex(text_of(known.details, "abstract")),
    }
    record["fields"] += [[name, f"{{{value}}}"] for name, value in wanted.items() if value and name not in there]
    return record


def key_for(id: str, known: KnownPaper) -> str:
    """Return a citation key that a person would choose: `vaswani2017attention`."""
    from mlcoach.domain.papers.names import surname, title_key

    first = surname(known.authors[0]) if known.authors else ""
    words = [word for word in re.findall(r"[^\W_]+", known.title.lower()) if word not in ("a", "an", "the", "on")]
    word = title_key(words[0]) if words else ""
    key = f"{first}{known.year or ''}{word}"
    plain = "".join(character for character in key if character.isascii() and character.isalnum())
    return plain or re.sub(r"[^a-z0-9-]+", "-", id).strip("-")


def _record(block: "Block", lines: Mapping[str, int]) -> "tuple[Record | None, str, str]":
    """Return the record of a block, a doubt about it, and what is broken about it; nothing for a comment."""
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, ParsingFailedBlock
    from bibtexparser.model import Entry as Record

    if isinstance(block, Record):
        return block, "", ""
    if not isinstance(block, ParsingFailedBlock):
        return None, "", ""
    inner = block.ignore_error_block
    if isinstance(block, DuplicateBlockKeyBlock) and isinstance(inner, Record):
        return inner, f"the key `{_shown(inner.key)}` is that of line {lines.get(inner.key, 0)} too", ""
    if isinstance(block, DuplicateFieldKeyBlock) and isinstance(inner, Record):
        twice = ", ".join(sorted(f"`{_shown(key)}`" for key in block.duplicate_keys))
        return inner, f"`{_shown(inner.key)}` has {twice} twice; the first counts", ""
    raw = (block.raw or "").strip()
    if raw.lower().startswith(("@string", "@comment", "@preamble")):
        return None, "", ""
    name = re.match(r"@\w+\s*[{(]\s*([^,\s]{1,80})", raw)
    what = f"`{_shown(name[1])}` is broken" if name else "an entry is broken"
    reason = " ".join(str(getattr(block.error, "abort_reason", "") or "it has no end").split())
    return None, "", f"{what}: {_shown(reason)[:1].lower()}{_shown(reason)[1:].rstrip('. ')}"


def _fields(record: "Record", strings: Mapping[str, str]) -> dict[str, str]:
    """Return what the fields of a record say, by name in small letters; of one that is there twice the first."""
    fields: dict[str, str] = {}
    for field in record.fields:
        fields.setdefault(field.key.lower(), _resolved(without_controls(str(field.value)), strings))
    return fields


def _known(record: "Record", strings: Mapping[str, str], parents: Mapping[str, Mapping[str, str]]) -> KnownPaper:
    fields = _fields(record, strings)
    written: list[list[str]] = []
    for field in record.fields:
        value = without_controls(str(field.value))
        kept = value if _stands_alone(value) else f"{{{_resolved(value, strings)}}}"
        written.append([without_controls(field.key), kept])
    # A part of a volume has its year and the volume's title from there.
    volume = parents.get(fields.get("crossref", "").strip().lower(), {})
    inherited = {"year": volume.get("year", ""), "booktitle": volume.get("booktitle") or volume.get("title", "")}
    fields = {**{name: value for name, value in inherited.items() if value}, **fields}
    title = folded_line(plain_text(fields.get("title", "")), LONGEST_TITLE)
    doi = paper_id(fields.get("doi", "")) or ""
    details = {
        "doi": doi.partition(":")[2] if doi.startswith("doi:") else "",
        "arxiv": _arxiv(fields, doi),
        "venue": folded_line(plain_text(next((fields[name] for name in VENUES if fields.get(name)), "")), LONGEST_LINE),
        "url": folded_line(fields.get("url", ""), LONGEST_LINE),
        "abstract": plain_text(fields.get("abstract", ""))[:LONGEST_ABSTRACT],
        "bibtex": {"type": without_controls(record.entry_type), "key": without_controls(record.key), "fields": written},
    }
    authors = [folded_line(_name(name), LONGEST_NAME) for name in _names(fields.get("author", ""))[:MOST_AUTHORS]]
    year = re.search(r"\b(1[6-9]\d\d|20\d\d)\b", fields.get("year", "") or fields.get("date", ""))
    return KnownPaper(
        title,
        tuple(filter(None, authors)),
        int(year[1]) if year else None,
        {name: value for name, value in details.items() if value},
    )


def _arxiv(fields: Mapping[str, str], doi: str) -> str:
    """Return the bare arXiv id of an entry, wherever it stands."""
    archive = f"{fields.get('archiveprefix', '')} {fields.get('eprinttype', '')}".lower()
    eprint = fields.get("eprint", "")
    if eprint and ("arxiv" in archive or not archive.strip()) and (bare := arxiv_id(eprint)):
        return bare
    if doi.startswith("arxiv:"):
        return doi.partition(":")[2]
    if bare := arxiv_id(fields.get("url", "")):
        return bare
    for name in ("journal", "note", "howpublished", "volume"):
        match = re.search(r"arxiv[:\s]+(?:preprint\s+arxiv[:\s]+)?(\S+)", fields.get(name, ""), re.IGNORECASE)
        if match and (bare := arxiv_id(match[1].rstrip(".,;)}"))):
            return bare
    return ""


def _resolved(value: str, strings: Mapping[str, str], depth: int = 0) -> str:
    """Return what a value says: its parts without the marks around them, and what abbreviations stand for."""
    parts = []
    for part in _parts(value):
        if len(part) > 1 and (part[0], part[-1]) in (("{", "}"), ('"', '"')):
            parts.append(part[1:-1])
        elif part.lower() in strings and depth < 5:
            parts.append(_resolved(strings[part.lower()], strings, depth + 1))
        else:
            parts.append(part)
    return "".join(parts)


def _parts(value: str) -> list[str]:
    """Return the parts of a value that `#` joins."""
    if "#" not in value:
        return [value.strip()]
    parts, depth, quoted, start = [], 0, False, 0
    for place, character in enumerate(value):
        if character == '"' and not depth:
            quoted = not quoted
        depth += (character == "{") - (character == "}")
        if character == "#" and not depth and not quoted:
            parts.append(value[start:place].strip())
            start = place + 1
    return [*parts, value[start:].strip()]


def _stands_alone(value: str) -> bool:
    """Return whether a value means the same in another file: no abbreviation but a month is in it."""
    return all(part.startswith(("{", '"')) or part.isdecimal() or part.lower() in MONTHS for part in _parts(value))


def _names(text: str) -> list[str]:
    """Return the names of an author field, split at ` and ` outside of braces."""
    names, depth, start = [], 0, 0
    for match in re.finditer(r"[{}]|\s+and\s+", text, re.IGNORECASE):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            names.append(text[start : match.start()])
            start = match.end()
    return [name.strip() for name in (*names, text[start:]) if name.strip()]


def _name(tex: str) -> str:
    """Return `Donald E. Knuth` for `Knuth, Donald E.`; a name in braces is one of an institution."""
    if tex.startswith("{") and tex.endswith("}") and tex.count("{") == 1:
        return plain_text(tex)
    parts = [plain_text(part) for part in tex.split(",")]
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}".strip()
    return f"{parts[2]} {parts[0]} {parts[1]}".strip()


def _name_as_tex(author: str) -> str:
    # A name of one word, or one that holds an `and`, is taken apart wrongly unless it stands in braces.
    whole = " " not in author or re.search(r"\sand\s|,", author)
    return f"{{{_as_tex(author)}}}" if whole else _as_tex(author)


def _as_tex(text: str) -> str:
    """Return a text with TeX's own characters escaped; formulas and what is TeX already stay."""
    if "$" in text or "\\" in text:
        return _balanced(text)
    return _balanced("".join(f"\\{character}" if character in UNSAFE else character for character in text))


def _balanced(text: str) -> str:
    """Return the text without braces where they do not close one another: they would swallow the rest of a file."""
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    whole = text if depth == 0 else re.sub(r"(?<!\\)[{}]", "", text)
    # A backslash at the end would take the closing brace of the field along.
    return f"{whole} " if whole.endswith("\\") else whole


def _shown(text: str) -> str:
    return folded_line(text, 200)


@contextmanager
def _quietly() -> "Iterator[None]":
    """Keep the library's own words about broken entries off the terminal: we say them with their lines."""
    import logging

    logger = logging.getLogger("bibtexparser")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
