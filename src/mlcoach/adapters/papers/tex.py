"""TeX in names and titles -> text: accents and braces are resolved, formulas stay as they are."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 20_000  # characters that are looked at
_BRACES = re.compile(r"(?<!\\)[{}]")
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "d": "\u0323", "b": "\u0331",
    "r": "\u030a",
}  # fmt: skip
_WORDS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”",
    "textasciitilde": "\ue003", "textunderscore": "_", "textregistered": "®", "texttrademark": "™",
    "textcopyright": "©", "copyright": "©", "textless": "<", "textgreater": ">", "textbar": "|", "slash": "/",
    "textbullet": "•", "textperiodcentered": "·", "texttimes": "×", "texteuro": "€",
    "textdegree": "°", "textmu": "µ", "textquotesingle": "'", "textexclamdown": "¡", "textquestiondown": "¿",
    "textbackslash": "\ue000", "backslash": "\ue000", "textbraceleft": "\ue001", "textbraceright": "\ue002",
    # What only changes how letters look says nothing here.
    "em": "", "it": "", "bf": "", "rm": "", "sc": "", "tt": "", "sl": "", "itshape": "", "bfseries": "",
}  # fmt: skip
_ACCENT = re.compile(
    r"\\(?:(?P<sign>['`^\"~=.])|(?P<letter>[uvHckdbr])(?![A-Za-z]))\s*"
    r"(?:\{\s*(?:\\(?P<dotless>[ij])\s*|(?P<braced>[^\W\d_])?)\}|\\(?P<bare_dotless>[ij])(?![A-Za-z])\s*"
    r"|(?P<bare>[^\W\d_]))"
)
# A letter that an accent of the next one follows: without the braces the two would become one macro.
_LETTER = re.compile(r"(\\(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij]))(?=\\['`^\"~=.])")
_WORD = re.compile(r"\\(" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")(?![A-Za-z])(?:\s*\{\}|\s+)?")
_STYLE = re.compile(r"\\(?:emph|text(?:it|bf|sc|rm|sf|tt|sl|up|normal)?|mbox|uppercase|lowercase)\s*(?=\{)")
_SIGN = re.compile(r"\\([&%#_$ ,;:/{}\-]|@(?=\W))")
_SIGNS = {" ": " ", ",": " ", ";": " ", ":": " ", "/": "", "-": "", "@": ""}
# What is printed of the characters that are taken out elsewhere.
_HELD = {"\\{": "\ue001", "\\}": "\ue002", "\\&": "&", "\\$": "$"}
_RELEASED = str.maketrans({"\ue000": "\\", "\ue001": "{", "\ue002": "}", "\ue003": "~"})
_FORMULA = re.compile(r"((?<!\\)\$\$?[^$]*(?<!\\)\$\$?|(?<!\\)\\\(.*?\\\))", re.DOTALL)
_MACRO = re.compile(r"\\([A-Za-z]+)\*?(?:\s*\{\}|\s+)?")
# What these mean, their arguments decide, so all of TeX must be known for them.
_WITH_ARGUMENTS = re.compile(
    r"\\(?:begin|end|[dt]?frac|sqrt|url|href|footnote\w*|symbol|char|ding|ensuremath|input|verb)\b"
)
# Mendeley escapes `\alpha` so, and Better BibTeX balances braces with ones that are not printed.
_GLUED = re.compile(r"\\backslash(?=[A-Za-z])")
_PHANTOM = re.compile(r"\\[hv]?phantom\s*(?:\\[{}]|\{(?:[^{}\\]|\\.)*\})")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#[xX][0-9a-fA-F]{1,5});")


def plain_text(tex: str) -> str:
    r"""Return what TeX would print: `M{\"u}ller` -> `Müller`, `{BERT}` -> `BERT`; `$\ell_1$` stays a formula.

    An unknown macro leaves its argument behind; what cannot be read at all stays as it is. What a web page left in a
    file (`&amp;`) is read as a page would show it.
    """
    text = tex[:LONGEST]
    # Most titles and names need no more than this, which spares a library its start.
    return without_entities(_folded(text) if "\\" not in text and "$" not in text else _decoded(text))


def without_entities(text: str) -> str:
    """Return the text with the entities of HTML as the characters they stand for."""
    if "&" not in text or not _ENTITY.search(text):
        return text
    from html import unescape

    return _ENTITY.sub(lambda match: unescape(match[0]), text)


@lru_cache(maxsize=4096)  # the same names come again and again in one library
def _decoded(text: str) -> str:
    # Accents and formulas are read here, ten times faster than by what knows all of TeX.
    text = _GLUED.sub(r"\\textbackslash{}", _PHANTOM.sub("", text) if "phantom" in text else text)
    pieces = _FORMULA.split(text.translate(dict.fromkeys((0xE000, 0xE001, 0xE002, 0xE003))))
    if not any("$" in piece.replace("\\$", "") for piece in pieces[::2]):
        plain = [_plain(piece) if place % 2 == 0 else piece for place, piece in enumerate(pieces)]
        if all(piece is not None for piece in plain):
            return " ".join("".join(piece or "" for piece in plain).split()).translate(_RELEASED)
    return _by_library(text)


def _plain(text: str) -> str | None:
    """Return a text without formulas, or None where a macro is in it that is not known here."""
    if "\\" in text:
        text = _LETTER.sub(r"\1{}", text)
        text = _STYLE.sub("", _WORD.sub(lambda match: _WORDS[match[1]], _ACCENT.sub(_accented, text)))
        text = _SIGN.sub(lambda match: _HELD.get(match[0]) or _SIGNS.get(match[1], match[1]), text)
        text = text.replace("\\\\", " ")
        if "\\" in text:
            if _WITH_ARGUMENTS.search(text):
                return None
            text = _MACRO.sub(lambda match: _macro(match[1]), text)
        if "\\" in text:
            return None
    return _printed(text)


@lru_cache(maxsize=2048)
def _macro(name: str) -> str:
    """Return what a macro without arguments prints: a sign, or nothing."""
    return _by_library(f"\\{name}")


def _accented(match: "re.Match[str]") -> str:
    letter = match["dotless"] or match["bare_dotless"] or match["braced"] or match["bare"] or ""
    if not letter:
        return (match["sign"] or "").replace("~", "\ue003")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match["sign"] or match["letter"]])


def _folded(text: str) -> str:
    return " ".join(_printed(text).split())


def _printed(text: str) -> str:
    text = text.replace("~", " ").replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    return _BRACES.sub("", text)


def _by_library(text: str) -> str:
    import logging

    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    try:
        decoded = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=False).latex_to_text(text)
    except Exception:  # a text that breaks the reader is shown as it was written
        decoded = text
    return " ".join(decoded.split())
