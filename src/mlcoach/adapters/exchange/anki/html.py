"""HTML of a card -> the plain text our cards are written in: line breaks, lists, code, formulas; nothing that acts.

The scanner reads every character once. `html.parser` of the standard library takes seconds for a text of 20 kB that
was made to hurt, and a package has a hundred thousand texts.
"""

import re
from html import unescape
from typing import NamedTuple

from mlcoach.domain.text import is_hostile, is_plain

_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9-]*)((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)>|<[/!?A-Za-z][^<>]*>""")
_ATTRIBUTE = re.compile(r"""(?:^|\s)([a-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:([^\]\n]{0,300})\]")
_LATEX = re.compile(r"\[(latex|\$\$?)\]((?:[^\[]|\[(?!/?(?:latex|\$\$?)\]))*)\[/\1\]", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f\xa0]+")
_LINES = re.compile(r"\n{3,}")
BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
        "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    )
)  # fmt: skip
DROPPED = frozenset(("head", "noscript", "object", "rp", "script", "style", "svg", "template", "title"))
SMALL = {
    "sup": dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True)),
    "sub": dict(zip("0123456789+-−=()aeijoruvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑᵢⱼₒᵣᵤᵥₓ", strict=True)),
}
TAB = 4
DEEPEST_LIST = 6  # lists within lists are indented no further


class Text(NamedTuple):
    """A text, and the names of pictures and sounds that it can only name."""

    text: str
    media: tuple[str, ...] = ()


def to_text(source: str) -> Text:
    """Return HTML as plain text."""
    if not source:
        return Text("")
    if "<" not in source and "&" not in source and "[" not in source and source.isprintable():
        return Text(_tidy(_BLANKS.sub(" ", source)))
    media: list[str] = []

    def sound(match: "re.Match[str]") -> str:
        media.append(_name(match[1]))
        return f"(sound: {media[-1]})"

    if "[" in source:
        source = _LATEX.sub(_formula, _SOUND.sub(sound, source))
    writer = _Writer(media)
    _walk(_without_comments(source), writer)
    return Text(_tidy(_harmless("".join(writer.parts))), tuple(media))


def _walk(source: str, writer: "_Writer") -> None:
    position = 0
    waiting_for = ""  # the end of an element whose contents are dropped
    for match in _TAG.finditer(source):
        if not waiting_for:
            writer.text(source[position : match.start()])
        position = match.end()
        if match[2] is None:
            continue
        closing, name = bool(match[1]), match[2].lower()
        if waiting_for:
            if closing and name == waiting_for:
                waiting_for = ""
        elif name in DROPPED and not closing and not match[3].endswith("/"):
            waiting_for = name
        elif closing:
            writer.close(name)
        else:
            writer.open(name, match[3])
    if not waiting_for:
        writer.text(source[position:])


class _Writer:
    """Collects the text of elements as they come."""

    def __init__(self, media: list[str]) -> None:
        self.parts: list[str] = []
        self.media = media
        self._lists: list[int] = []  # the number of the next entry; -1 in a list without numbers
        self._code = 0  # inside <pre>
        self._held: list[tuple[str, int]] = []  # elements whose text is changed at their end, and where it begins

    def text(self, source: str) -> None:
        if source:
            text = unescape(source) if "&" in source else source
            self.parts.append(text.replace("\r", "") if self._code else _BLANKS.sub(" ", text))

    def open(self, name: str, attributes: str) -> None:
        if name == "br":
            self.parts.append("\n")
        elif name == "img":
            self._picture(attributes)
        elif name == "rt":
            self.parts.append("(")
        elif name == "li":
            self._entry()
        elif name in ("td", "th"):
            if self.parts and not self.parts[-1].endswith("\n"):
                self.parts.append(" | ")
        elif name == "pre":
            if not self._code:
                self.parts.append("\n```\n")
            self._code += 1
        elif name in BLOCKS:
            self.parts.append("\n\n" if name in ("p", "hr") else "\n")
            if name in ("ul", "ol"):
                self._lists.append(1 if name == "ol" else -1)
        elif name in ("sub", "sup", "code", "tt", "kbd", "samp", "anki-mathjax"):
            shown = "math-block" if name == "anki-mathjax" and "block" in attributes.lower() else name
            self._held.append((shown, len(self.parts)))

    def close(self, name: str) -> None:
        if name == "pre":
            if self._code:
                self._code -= 1
                if not self._code:
                    self.parts.append("\n```\n")
        elif name == "rt":
            self.parts.append(")")
        elif name in BLOCKS:
            if name in ("ul", "ol") and self._lists:
                self._lists.pop()
            self.parts.append("\n\n" if name == "p" else "\n")
        elif self._held and self._held[-1][0] in (name, "math-block"):
            kind, begin = self._held.pop()
            inner = "".join(self.parts[begin:])
            del self.parts[begin:]
            self.parts.append(inner if self._code else _changed(kind, inner))

    def _picture(self, attributes: str) -> None:
        found = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(attributes)}
        name = _name(unescape(found.get("src", "")))
        self.media.append(name)
        gap = " " if self.parts and self.parts[-1][-1:].isalnum() else ""
        self.parts.append(f"{gap}(picture: {name})")

    def _entry(self) -> None:
        number = self._lists[-1] if self._lists else -1
        if number > 0:
            self._lists[-1] += 1
        depth = min(max(0, len(self._lists) - 1), DEEPEST_LIST)
        self.parts.append("\n" + "\ue002" * (2 * depth) + (f"{number}. " if number > 0 else "- "))


def _changed(kind: str, inner: str) -> str:
    """Return the text of an element as plain text says it."""
    plain = inner.strip()
    if not plain:
        return inner
    if kind == "math-block":
        return f"\\[{plain}\\]"
    if kind == "anki-mathjax":
        return f"\\({plain}\\)"
    if kind in SMALL:
        table = SMALL[kind]
        if all(letter in table for letter in plain):
            return "".join(table[letter] for letter in plain)
        mark = "^" if kind == "sup" else "_"
        return f"{mark}{plain}" if len(plain) == 1 else f"{mark}({plain})"
    return inner if "`" in inner or "\n" in plain else f"`{plain}`"


def _formula(match: "re.Match[str]") -> str:
    """Return what is between [latex] or [$] marks as the formula it is."""
    inner = re.sub(r"<br\s*/?>|</?div>", " ", match[2]).strip()
    if match[1] == "$":
        return f"\\({inner}\\)"
    if match[1] == "$$":
        return f"\\[{inner}\\]"
    return inner


def _without_comments(source: str) -> str:
    if "<!--" not in source:
        return source
    parts: list[str] = []
    position = 0
    while (begin := source.find("<!--", position)) >= 0:
        parts.append(source[position:begin])
        end = source.find("-->", begin + 4)
        if end < 0:
            return "".join(parts)
        position = end + 3
    return "".join((*parts, source[position:]))


def _name(path: str) -> str:
    """Return the name of a media file, short and on one line."""
    if path.startswith("data:"):
        return "in the card"
    name = re.split(r"[/\\]", path)[-1].strip()
    return _BLANKS.sub(" ", _harmless(name).replace("\n", " "))[:80] or "without a name"


def _harmless(text: str) -> str:
    """Return the text without what could steer a terminal or reorder a line."""
    if is_plain(text):
        return text
    return "".join(letter for letter in text if not is_hostile(letter))


def _tidy(text: str) -> str:
    """Return the text without blanks at the ends of lines and without gaps; code stays as it is written."""
    if "\n" not in text:
        return text.replace("\t", " ").strip().replace("\ue002", " ")
    lines: list[str] = []
    in_code = False
    for line in text.split("\n"):
        if line == "```":
            in_code = not in_code
            lines.append(line)
        else:
            lines.append(line.expandtabs(TAB).rstrip() if in_code else line.replace("\t", " ").strip())
    return _LINES.sub("\n\n", "\n".join(lines)).strip("\n").replace("\ue002", " ")
