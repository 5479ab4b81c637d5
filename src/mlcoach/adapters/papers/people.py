"""The names of a field of authors: told apart as BibTeX does, as a person reads them, and in the parts of CSL."""

import re

from mlcoach.adapters.papers.tex import plain_text
from mlcoach.domain.papers.details import LONGEST_NAME, is_others
from mlcoach.domain.text import folded_line

MOST_AUTHORS = 5_000
MOST_COMMAS = 2  # in a name: `King, Jr., Martin`
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s~-]*){1,4}")


def people(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the names of an author field, and whether it ends in `and others`, which is not a name."""
    parts = people_apart(text)
    names = [name_of(part) for part in parts[: MOST_AUTHORS + 1]]
    named = [name for name in names if name and not is_others(name)]
    others = len(parts) > MOST_AUTHORS or any(map(is_others, names))
    return tuple(named[:MOST_AUTHORS]), others


def people_apart(text: str) -> list[str]:
    """Return the names of an author field as they are written; also where commas stand between them all."""
    return [one for name in apart(text, r"\s+and\s+|\s+and$") for one in _between_commas(name)]


def _between_commas(name: str) -> list[str]:
    """Return what is one name, or the names that only commas part: `Balota, D. A., Tallal, P.` are two."""
    if name.count(",") <= MOST_COMMAS:
        return [name]
    parts = apart(name, ",")
    if len(parts) <= MOST_COMMAS + 1:
        return [name]
    if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [f"{last}, {first}" for last, first in zip(parts[::2], parts[1::2], strict=True)]
    return parts


def apart(text: str, separator: str) -> list[str]:
    """Return the parts of a text between what separates them outside of braces, without empty ones."""
    parts, depth, start = [], 0, 0
    for match in re.finditer(rf"[{{}}]|{separator}", text, re.IGNORECASE):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [part.strip() for part in (*parts, text[start:]) if part.strip()]


def name_of(tex: str) -> str:
    """Return `Donald E. Knuth` for `Knuth, Donald E.`; what is in braces is not taken apart."""
    parts = [plain_text(part) for part in apart(tex, ",")] if "," in tex else [plain_text(tex)]
    if len(parts) == 2:
        parts = [parts[1], parts[0]]
    elif len(parts) > 2:
        parts = [parts[2], parts[0], parts[1]]
    return folded_line(" ".join(parts).strip(), LONGEST_NAME)


def csl_name(tex: str) -> dict[str, str]:
    """Return a name as CSL has it: family and given, the particle between them, what follows; or a whole in braces.

    As BibTeX takes names apart: before the first comma is the family's, and words in small letters before its last are
    its particle. Source: "Tame the BeaST" by Nicolas Markey, section 11.
    """
    parts = apart(tex, ",")
    words = apart(parts[0], r"[\s~]+") if parts else []
    if len(parts) > 1:
        given, suffix = (parts[2], parts[1]) if len(parts) > 2 else (parts[1], "")
        first = 0
    else:
        given = suffix = ""
        # Of a name without a comma the last word, and particles before it, are the family's.
        first = next((place for place, word in enumerate(words[:-1]) if _is_particle(word)), max(0, len(words) - 1))
        given = " ".join(words[:first])
    if not given:
        return {"literal": plain_text(tex)} if tex.strip() else {}
    end = first
    for place in range(first, len(words) - 1):
        if _is_particle(words[place]):
            end = place + 1
    named = {
        "family": " ".join(words[end:]),
        "given": given,
        "non-dropping-particle": " ".join(words[first:end]),
        "suffix": suffix,
    }
    return {name: text for name, value in named.items() if (text := plain_text(value))}


def _is_particle(word: str) -> bool:
    return word[:1].islower()
