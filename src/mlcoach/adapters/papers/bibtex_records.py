"""BibTeX written: a paper as its reference manager wrote it, with what it lacks added, so that others can read it.

What a record must not hold, readers stop at: a key with blanks, a field twice, braces that do not close one another.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from mlcoach.adapters.papers.bibtex import VENUES
from mlcoach.adapters.papers.people import apart, people_apart
from mlcoach.domain.papers.details import KnownPaper, is_others, text_of

UNSAFE = frozenset("%&#_")
# Where a venue stands in an entry of each type; elsewhere it is how something was published.
VENUE_FIELDS = {
    "article": "journal", "inproceedings": "booktitle", "conference": "booktitle", "incollection": "booktitle",
    "inbook": "booktitle", "book": "publisher", "collection": "publisher", "proceedings": "publisher",
    "phdthesis": "school", "mastersthesis": "school", "thesis": "school", "techreport": "institution",
    "report": "institution",
}  # fmt: skip
CSL_TYPES = {
    "article-journal": "article", "paper-conference": "inproceedings", "chapter": "incollection", "book": "book",
    "thesis": "phdthesis", "report": "techreport",
}  # fmt: skip
DATES = ("year", "date")
PEOPLE = ("author", "editor", "translator")
_BAD_KEY = re.compile(r"[\s,{}=]+")
_BAD_NAME = re.compile(r"[\s\"#%'(),={}@]+")
_HANGING = re.compile(r"\sand\s*\}$", re.IGNORECASE)
_WORD = re.compile(r"[\w:.+/-]+", re.ASCII)

Record = dict[str, Any]


def write(records: Iterable[Mapping[str, Any]], kept: Sequence[str] = ()) -> str:
    """Return a file of records, each `{"type", "key", "fields": [[name, value as written], …]}`.

    A record that others name as their `crossref` stands behind them, as BibTeX needs it. A key that comes twice gets a
    number. `kept` are comments and preambles: preambles begin the file, comments end it.
    """
    taken: dict[str, int] = {}  # keys in small letters, and the number that was given last
    texts = [text for text in kept if text.lower().startswith("@preamble")]
    for record in parents_last(list(records)):
        key = plain = record["key"]
        number = taken.get(plain.lower(), 0)
        while key.lower() in taken:
            number += 1
            key = f"{plain}-{number}"
        taken[plain.lower()] = max(number, 1)
        taken.setdefault(key.lower(), 1)
        fields = ",\n".join(f"\t{name} = {value}" for name, value in record["fields"])
        texts.append(f"@{record['type']}{{{key},\n{fields}\n}}")
    texts += [text for text in kept if not text.lower().startswith("@preamble")]
    return "".join(f"{text}\n\n" for text in texts)[:-1]


def parents_last(records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the records in their order, but each volume behind its parts, however deep they are in one another."""
    volume = {record["key"].lower(): crossref_of(record) for record in records}
    depth: dict[str, int] = dict.fromkeys(volume, 0)
    for key, parent in volume.items():
        above, steps = parent, 1
        while above in depth and steps < len(volume):
            if depth[above] >= steps:
                break
            depth[above] = steps
            above, steps = volume[above], steps + 1
            if above == key:  # a circle, which has no last one
                break
    return sorted(records, key=lambda record: depth[record["key"].lower()])


def crossref_of(record: Mapping[str, Any]) -> str:
    """Return the key in small letters that a record names as its volume, or ""."""
    found = next((value for name, value in record["fields"] if name.lower() == "crossref"), "")
    return str(found).strip().strip('{}"').strip().lower()


def record_of(id: str, known: KnownPaper, has_volume: Callable[[str], bool] = lambda key: True) -> Record:
    """Return the record of a paper: as its manager wrote it, with what it lacks added behind.

    What the volume of its `crossref` says is not added, if `has_volume` says that one with that key is there.
    """
    kept = known.details.get("bibtex")
    record: Record = safe(kept) if isinstance(kept, dict) else _own(id, known)
    record["key"] = record["key"] or key_for(id, known)
    if isinstance(kept, dict) and known.details.get("bibtex_also"):
        # What the paper has from entries that were merged into it stands in those.
        return record
    there = {name.lower() for name, _ in record["fields"]}
    volume = crossref_of(record)
    whole = bool(volume) and has_volume(volume)
    arxiv, doi = text_of(known.details, "arxiv"), text_of(known.details, "doi")
    dated = whole or bool(there.intersection(DATES))
    placed = whole or bool(there.intersection(VENUES))
    ours = not isinstance(kept, dict)
    address = text_of(known.details, "url")
    # An address that an id says already tells a reader nothing, and a file that came without one goes without.
    wanted = {
        "author": " and ".join(_names(known)),
        "title": "" if "subtitle" in there else _as_tex(known.title),  # all of its title, where there is no other
        VENUE_FIELDS.get(record["type"].lower(), "howpublished"): (
            "" if placed else _as_tex(text_of(known.details, "venue"))
        ),
        "year": "" if dated else str(known.year or ""),
        "doi": _balanced(doi),
        "eprint": arxiv if ours or not _says(record, arxiv) else "",
        "archiveprefix": "arXiv" if arxiv and "eprint" not in there and (ours or not _says(record, arxiv)) else "",
        "url": _balanced(address) if ours or not (arxiv or doi or _says(record, address.lower())) else "",
        "abstract": _as_tex(text_of(known.details, "abstract")),
    }
    record["fields"] += [[name, f"{{{value}}}"] for name, value in wanted.items() if value and name not in there]
    return record


def safe(kept: Mapping[str, Any]) -> Record:
    """Return a record as its manager wrote it, but for what would make another reader stop."""
    fields: list[list[str]] = []
    there: set[str] = set()
    for written, value in kept["fields"]:
        name = plain = _BAD_NAME.sub("-", str(written)).strip("-") or "field"
        number = 1
        while name.lower() in there:
            number += 1
            name = f"{plain}-{number}"
        there.add(name.lower())
        closed = _closed(str(value))
        fields.append([name, _people(closed) if name.lower() in PEOPLE else closed])
    kind = str(kept["type"])
    return {"type": kind if _WORD.fullmatch(kind) else "misc", "key": safe_key(str(kept["key"])), "fields": fields}


def safe_key(key: str) -> str:
    """Return a citation key without the characters that BibTeX cannot read in one."""
    return _BAD_KEY.sub("-", key).strip("-") if _BAD_KEY.search(key) else key


def key_for(id: str, known: KnownPaper) -> str:
    """Return a citation key that a person would choose: `vaswani2017attention`."""
    from mlcoach.domain.papers.names import surname, title_key

    first = surname(known.authors[0]) if known.authors else ""
    words = [word for word in re.findall(r"[^\W_]+", known.title.lower()) if word not in ("a", "an", "the", "on")]
    word = title_key(words[0]) if words else ""
    key = f"{first}{known.year or ''}{word}"
    plain = "".join(character for character in key if character.isascii() and character.isalnum())
    return plain or re.sub(r"[^a-z0-9-]+", "-", id).strip("-") or "paper"


def _own(id: str, known: KnownPaper) -> Record:
    """Return the bare record of a paper that no BibTeX came with; one from CSL keeps its key and its type."""
    item = known.details.get("csl")
    item = item if isinstance(item, dict) else {}
    kind = CSL_TYPES.get(str(item.get("type", "")), "") or ("article" if text_of(known.details, "venue") else "misc")
    given = str(item.get("citation-key") or item.get("id") or "")
    cited = given if given and "://" not in given and not re.search(r"[\s,{}=\"#%\\()~']", given) else ""
    return {"type": kind, "key": cited or key_for(id, known), "fields": []}


def _names(known: KnownPaper) -> list[str]:
    """Return the authors as TeX, in parts where a manager gave them in parts, `others` for those not named."""
    authors = [author for author in known.authors if not is_others(author)]
    cut = bool(authors) and (len(authors) < len(known.authors) or bool(known.details.get("others")))
    item = known.details.get("csl")
    people = item.get("author") if isinstance(item, dict) else None
    named = [_person_as_tex(one) for one in people[: len(authors)]] if isinstance(people, list) else []
    if len(named) < len(authors) or not all(named):
        named = list(map(_name_as_tex, authors))
    return [*named, "others"] if cut else named


def _person_as_tex(person: Any) -> str:
    """Return `van den Oord, Aaron` of a name in parts, `{OpenAI}` of a whole one, "" of what cannot be written so."""
    if not isinstance(person, dict):
        return ""
    if isinstance(whole := person.get("literal"), str) and whole.strip():
        return f"{{{_as_tex(' '.join(whole.split()))}}}"
    if not person.get("family") or not person.get("given"):
        return ""
    parts = {name: _as_tex(" ".join(str(value).split())) for name, value in person.items()}
    last = " ".join(filter(None, (parts.get("non-dropping-particle"), parts["family"])))
    first = " ".join(filter(None, (parts["given"], parts.get("dropping-particle"))))
    whole = ", ".join(filter(None, (last, parts.get("suffix"), first)))
    return whole if whole.count(",") <= 2 and not re.search(r"\band\b", whole, re.IGNORECASE) else ""


def _name_as_tex(author: str) -> str:
    # A name of one word, or one that holds an `and`, is taken apart wrongly unless it is in braces.
    whole = " " not in author or re.search(r"\band\b|,", author, re.IGNORECASE)
    return f"{{{_as_tex(author)}}}" if whole else _as_tex(author)


def _says(record: Record, text: str) -> bool:
    r"""Return whether a field holds an arXiv id or an address, given in small letters; `_` may be written `\_`."""
    return bool(text) and any(text in str(value).lower().replace("\\_", "_") for _, value in record["fields"])


def _as_tex(text: str) -> str:
    """Return a text with TeX's own characters escaped; formulas and what is TeX already stay."""
    if "$" in text or "\\" in text:
        return _balanced(text)
    return _balanced("".join(f"\\{character}" if character in UNSAFE else character for character in text))


def _closed(value: str) -> str:
    """Return a value as it was written, in braces that close: files of older releases hold others."""
    if value.startswith("{") and value.endswith("}") and len(value) > 1 and "\\" in value:
        inner = _balanced(value[1:-1])
        return value if inner == value[1:-1] else f"{{{inner}}}"
    return value


def _people(value: str) -> str:
    """Return the names of a field as other readers take them: none is missing behind an `and`, commas join none."""
    if not (value.startswith("{") and value.endswith("}")) or (value.count(",") <= 2 and not _HANGING.search(value)):
        return value
    names = people_apart(value[1:-1])
    if len(names) == len(apart(value[1:-1], r"\s+and\s+")) and not _HANGING.search(value):
        return value
    return f"{{{' and '.join(names)}}}"


def _balanced(text: str) -> str:
    """Return the text without braces where they do not close one another: they would swallow the rest of a file."""
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    whole = text if depth == 0 else re.sub(r"\\?[{}]", "", text)
    # A backslash at the end would take the closing brace of the field along in some readers.
    return f"{whole} " if whole.endswith("\\") and not whole.endswith("\\\\") else whole
