"""Anki's template language: `{{Field}}`, sections, filters; and the gaps of cloze notes."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from mlcoach.domain.cloze import unclosed

_MARK = re.compile(r"\{\{([^{}]*)\}\}")
_GAP = re.compile(r"\{\{c([0-9]{1,3})::|\}\}")
# As Anki sees it: a picture is something, and so is a blank that is written out.
_NOTHING = re.compile(r"(?:[ \t\n\v\f\r]|</?(?:br|div) ?/?>)*", re.IGNORECASE)
_BARE = re.compile(r"<[^<>]*>|&nbsp;|\s")
# A word and its reading, `日本[にほん]`; what is before the word up to a blank belongs to others.
_READING = re.compile(r" ?([^ >\[\]]{1,200})\[([^\[\]]{1,200})\]")
READINGS = {"furigana": r"<ruby>\1<rt>\2</rt></ruby>", "kanji": r"\1", "kana": r"\2"}
_ANSWER_LINE = re.compile(r"<hr\s[^<>]*id\s*=\s*[\"']?answer[\"']?[^<>]*>", re.IGNORECASE)
LONGEST_RENDERED = 200_000  # characters
# Marks around a gap, until the HTML around it has become text. They are in no text of a card: private use.
GAP_BEGIN, GAP_END = "\ue000", "\ue001"
EMPTY_GAP = re.compile(f"{GAP_BEGIN}\\s*{GAP_END}")
OCCLUSION = "image-occlusion:"


class Piece(NamedTuple):
    """A piece of a template: `kind` is text, field, section (shown with a value), inverted (without one) or end."""

    kind: str
    text: str
    filters: tuple[str, ...] = ()


@lru_cache(maxsize=1000)
def parsed(template: str) -> tuple[Piece, ...]:
    """Return the pieces of a template."""
    pieces: list[Piece] = []
    position = 0
    for match in _MARK.finditer(template):
        if match.start() > position:
            pieces.append(Piece("text", template[position : match.start()]))
        position = match.end()
        inner = match[1].strip()
        if inner[:1] in ("#", "^", "/"):
            kind = {"#": "section", "^": "inverted", "/": "end"}[inner[0]]
            pieces.append(Piece(kind, inner[1:].strip()))
        elif not inner.startswith("!"):
            *filters, name = inner.split(":")
            pieces.append(Piece("field", name.strip(), tuple(filter.strip().lower() for filter in filters)))
    if position < len(template):
        pieces.append(Piece("text", template[position:]))
    return tuple(pieces)


def rendered(
    template: str,
    fields: Mapping[str, str],
    show: Callable[[str, str, tuple[str, ...]], str],
    true: str = "",
) -> str:
    """Return a template filled in. `show` gives the HTML of (name, value, filters); `true` is a section that holds."""
    parts: list[str] = []
    room = LONGEST_RENDERED
    hidden = 0  # how many sections deep lies the one that is not shown
    for kind, text, filters in parsed(template):
        if kind == "end":
            hidden = max(0, hidden - 1)
        elif kind in ("section", "inverted"):
            holds = text == true or not _NOTHING.fullmatch(fields.get(text, ""))
            if hidden or holds == (kind == "inverted"):
                hidden += 1
        elif not hidden:
            part = text if kind == "text" else show(text, fields.get(text, ""), filters)
            room -= len(part)
            if room < 0:
                break
            parts.append(part)
    return "".join(parts)


def answer_part(answer: str) -> str:
    """Return what a template of an answer adds to the question: what is below the line, where there is one."""
    *_, below = _ANSWER_LINE.split(answer, maxsplit=1)
    return below if _BARE.sub("", below) else answer


def with_readings(value: str, filter: str) -> str:
    """Return a field whose words have readings in brackets as a filter of Anki shows it: furigana, kanji or kana."""
    if "[" not in value:
        return value

    def shown(match: "re.Match[str]") -> str:
        return match[0] if match[2].startswith("sound:") else match.expand(READINGS[filter])

    return _READING.sub(shown, value.replace("&nbsp;", " "))


def with_gaps(text: str, number: int) -> tuple[str, bool]:
    """Return the text of a cloze note with marks around the gaps of one number, the others filled in.

    Says too whether there is such a gap. The hint of a gap is behind it in parentheses. Anki ends a gap at the first
    two braces; where the gap then lacks a brace that follows, as in `{{c1::\\frac{a}{b}}}`, the brace is meant within.
    """
    parts: list[str] = []
    # Of each gap that is open: its number, and where its text begins.
    open_gaps: list[tuple[int, int]] = []
    position = 0
    found = False
    while match := _GAP.search(text, position):
        parts.append(text[position : match.start()])
        position = match.end()
        if match[1]:
            open_gaps.append((int(match[1]), len(parts)))
        elif not open_gaps:
            parts.append(match[0])
        else:
            gap, begin = open_gaps.pop()
            inner, colons, hint = "".join(parts[begin:]).partition("::")
            del parts[begin:]
            missing = 0 if colons else unclosed(inner)
            if missing > 0 and text.startswith("}", position):
                more = text[position : position + missing]
                more = more[: len(more) - len(more.lstrip("}"))]
                inner += more
                position += len(more)
            if gap == number and inner.strip():
                found = True
                inner = inner.replace(GAP_BEGIN, "").replace(GAP_END, "")
                inner = f"{GAP_BEGIN}{inner}{GAP_END}" + (f" ({hint.strip()})" if colons and hint.strip() else "")
            parts.append(inner)
    parts.append(text[position:])
    return "".join(parts), found
