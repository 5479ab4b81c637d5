r"""LaTeX formulas as readable Unicode: `$x_{t+1} = \frac{a+b}{2}$` -> `xₜ₊₁ = (a+b)/2`.

A terminal shows LaTeX raw, and a card must never read as another formula than it is. So this knows the LaTeX that
people write on cards, keeps every grouping that matters (`e^{-(x-1)/2}` is never `e^-(x-1)/2`), and leaves a formula
it does not understand exactly as it was written. Imported when a text with mathematics is shown, not before.
"""

import re
from unicodedata import normalize

from mlcoach.render.formula_symbols import (
    ACCENTS,
    ALPHABETS,
    DROPPED,
    MATRIX_FENCES,
    NAMES,
    PREFIXES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    SYMBOLS,
    WORDS,
)

DEEPEST = 40  # groups within groups; a card has three or four
FRACTIONS = ("\\frac", "\\dfrac", "\\tfrac", "\\cfrac")
LOOSE = ("{", "\\sqrt", *FRACTIONS)  # what a script must not be glued to
LONGEST_SUBSCRIPT_WORD = 2  # letters; `ₜᵣₐᵢₙ` is harder to read than `_train`

# As in Pandoc: no blank inside the dollars and no digit after them, so that prices and shell variables stay.
_MATHS = re.compile(
    r"\$\$(?P<display>.+?)\$\$"
    r"|\\\[(?P<brackets>.+?)\\\]"
    r"|\\\((?P<parentheses>.+?)\\\)"
    r"|(?<![\w\\$])\$(?![\s$])(?P<inline>(?:\\.|[^$\\])+?)(?<!\s)\$(?![\w$])",
    re.DOTALL,
)
_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|.", re.DOTALL)
_MARKS = "\u0300-\u036f\u20d0-\u20ff"
_SMALL = "\u1d2c-\u1dbf\u2070-\u209c²³¹ʰʲʳˡˣʷ\u02b0-\u02ff\u2c7c\u2c7d′*"
# What may be above the line of a fraction without parentheses, and what below it or after a root.
_TIGHT = re.compile(r"[^\s+\-−±=<>≤≥≈~·×/,;|∈→]+")
_ATOM = re.compile(
    rf"[\d.]+|[∂d]?[{_SMALL}]*[^\W\d_][{_MARKS}]*[{_SMALL}]*|[^\W\d_][{_SMALL}]*\([^()]*\)|√\w|√\([^()]*\)"
)
_LETTER = re.compile(rf"[\d.]+|\w[{_MARKS}]*|\w[{_MARKS}]*[{_SMALL}]+|\(.*\)")
_DIFFERENTIAL = re.compile(r"(∂[⁰-ⁿ²³]*)\s+(?=\w)")


class _UnknownError(Exception):
    """Something this reader does not know; the formula is then shown as written."""


def readable(text: str) -> str:
    """Return a text with its formulas (between dollars, `\\(…\\)` or `\\[…\\]`) in Unicode."""
    if "$" not in text and "\\" not in text:
        return text
    shown = _MATHS.sub(lambda match: formula(next(filter(None, match.groups())), match[0]), text)
    return shown.replace("\\$", "$")


def formula(source: str, otherwise: str | None = None) -> str:
    """Return one formula, without its dollars, in Unicode; `otherwise` (the source) when it cannot be read."""
    try:
        reader = _Reader(_TOKEN.findall(source))
        shown = reader.sequence(())
        if reader.rest:
            raise _UnknownError
    except (_UnknownError, RecursionError):
        return source if otherwise is None else otherwise
    return " ".join(shown.split())


class _Reader:
    """A recursive descent over the tokens of one formula. Every method returns finished text."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens[::-1]
        self.depth = 0

    def sequence(self, ends: tuple[str, ...]) -> str:
        """Read up to one of the tokens in `ends`, which is left standing, or up to the end."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _UnknownError
        shown = ""
        while self.rest and self.rest[-1] not in ends:
            token = self.rest[-1]
            if token in ("}", "\\right", "\\end", "&"):
                raise _UnknownError
            piece = self.piece()
            if (token in FRACTIONS and self.is_factor(shown)) or (token in LOOSE and self.is_raised(piece)):
                piece = f" ({piece})" if shown[-1:].isalnum() else f"({piece})"
            apart = token not in "^_" and _runs_together(shown, piece)
            shown += " " + piece if apart else piece
        if ends and not self.rest:
            raise _UnknownError
        self.depth -= 1
        return _DIFFERENTIAL.sub(r"\1", shown)

    def is_factor(self, before: str) -> bool:
        """Return whether the fraction just read has a neighbour that would seem to be a part of it."""
        following = next((token for token in reversed(self.rest) if token.strip() and token not in _BLANKS), "")
        if following in ("\\right", "\\end", "\\\\"):
            following = ""
        if before.rstrip()[-1:].isalnum() or before.rstrip()[-1:] in (")", "]", "!"):
            return True
        if following.startswith("\\"):
            return SYMBOLS.get(following[1:], "x")[0] in "∑∏∫∂∇√⟨‖([" or SYMBOLS.get(following[1:], "x").isalpha()
        return following.isalnum() or following in ("(", "[", "^", "_", "!", "{")

    def is_raised(self, piece: str) -> bool:
        """Return whether a script applies to the group or root just read and would seem to apply to its end."""
        return bool(self.rest) and self.rest[-1] in ("^", "_") and not _LETTER.fullmatch(piece)

    def is_followed_by_word(self) -> bool:
        """Return whether the next symbol is a letter or number, without a blank between."""
        following = self.rest[-1] if self.rest else ""
        return following.isalnum() or (following.startswith("\\") and SYMBOLS.get(following[1:], "-")[0].isalpha())

    def piece(self) -> str:
        """Read one symbol or group."""
        token = self.rest.pop()
        if token == "{":
            return self.closed("}")
        if token in "^_":
            return self.script(token)
        if token.isspace() or token == "~":
            return " "
        if token == "'":
            return "′"
        if token == "-":
            return "−"
        if token.startswith("\\"):
            return self.command(token[1:])
        return token

    def closed(self, end: str) -> str:
        """Read a sequence and its end."""
        inner = self.sequence((end,))
        self.rest.pop()
        return inner

    def argument(self) -> str:
        """Read what a command or a script applies to: a group, or the next symbol."""
        self.skip_blanks()
        if not self.rest or self.rest[-1] in ("}", "&", "^", "_"):
            raise _UnknownError
        return self.piece().strip()

    def skip_blanks(self) -> None:
        while self.rest and self.rest[-1].isspace():
            self.rest.pop()

    def script(self, sign: str) -> str:
        """Read a superscript or subscript: in small characters where all of it has them."""
        inner = self.argument()
        if not inner:
            return ""
        if sign == "^" and inner in ("′", "∗", "*", "°", "∘"):
            return {"∗": "*", "∘": "°"}.get(inner, inner)
        if sign == "^" and inner in ("⊤", "𝖳"):
            return "ᵀ"
        table = SUPERSCRIPTS if sign == "^" else SUBSCRIPTS
        small = [table.get(character) for character in inner.replace(" ", "")]
        too_long = sign == "_" and inner.isalpha() and len(inner) > LONGEST_SUBSCRIPT_WORD
        if all(small) and not too_long:
            return "".join(filter(None, small))
        bare = inner.isalnum() and not self.is_followed_by_word()
        return sign + (inner if bare else f"({inner})")

    def command(self, name: str) -> str:
        """Read what follows a backslash."""
        if name in SYMBOLS:
            symbol = SYMBOLS[name]
            if symbol in PREFIXES:
                self.skip_blanks()
            return symbol
        if name in NAMES:
            return NAMES[name]
        if name in DROPPED:
            return DROPPED[name]
        if "\\" + name in FRACTIONS:
            return f"{_grouped(self.argument(), _TIGHT)}/{_grouped(self.argument(), _ATOM)}"
        if name in ("binom", "dbinom", "tbinom"):
            return f"({self.argument()} choose {self.argument()})"
        if name == "sqrt":
            return self.root()
        if name in ACCENTS:
            inner = self.argument()
            if len(inner) == 1:
                return normalize("NFC", inner + ACCENTS[name])
            return "".join(letter + "\u0305" for letter in inner) if name == "overline" else f"{name}({inner})"
        if name in ALPHABETS:
            return "".join(ALPHABETS[name].get(character, character) for character in self.argument())
        if name in WORDS:
            return self.words()
        if name in ("left", "right"):
            return self.fence(name)
        if name == "begin":
            return self.environment()
        raise _UnknownError

    def root(self) -> str:
        degree = ""
        self.skip_blanks()
        if self.rest and self.rest[-1] == "[":
            self.rest.pop()
            degree = self.closed("]").strip()
        sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
        inner = self.argument()
        if sign is None:
            return f"{_grouped(inner, _ATOM)}^(1/{degree})"
        return sign + (f"({inner})" if self.is_followed_by_word() else _grouped(inner, _ATOM))

    def words(self) -> str:
        """Read the argument of `\\text` and its like, where blanks count and nothing is mathematics."""
        self.skip_blanks()
        if not self.rest or self.rest.pop() != "{":
            raise _UnknownError
        taken: list[str] = []
        while self.rest and self.rest[-1] != "}":
            token = self.rest.pop()
            if token == "{" or (token.startswith("\\") and token[1:] not in _IN_WORDS):
                raise _UnknownError
            taken.append(" " if token in _BLANKS else token.removeprefix("\\"))
        if not self.rest:
            raise _UnknownError
        self.rest.pop()
        return "".join(taken)

    def fence(self, name: str) -> str:
        """Read `\\left( … \\right)`; a full stop stands for no fence on that side."""
        if name == "right":
            raise _UnknownError
        opening = self.delimiter()
        inner = self.sequence(("\\right",))
        self.rest.pop()
        return f"{opening}{inner.strip()}{self.delimiter()}"

    def delimiter(self) -> str:
        self.skip_blanks()
        if not self.rest:
            raise _UnknownError
        token = self.rest.pop()
        if token == ".":
            return ""
        if token.startswith("\\"):
            if token[1:] not in SYMBOLS:
                raise _UnknownError
            return SYMBOLS[token[1:]]
        return token

    def environment(self) -> str:
        """Read a matrix, cases or aligned lines: rows on one line, with semicolons between them."""
        name = self.words().rstrip("*")
        if name == "array":
            self.words()
        if name not in MATRIX_FENCES:
            raise _UnknownError
        rows: list[list[str]] = [[]]
        while True:
            rows[-1].append(self.sequence(("&", "\\\\", "\\end")).strip())
            end = self.rest.pop()
            if end == "\\end":
                break
            if end == "\\\\":
                rows.append([])
        if self.words().rstrip("*") != name:
            raise _UnknownError
        opening, closing = MATRIX_FENCES[name]
        return opening + _rows([row for row in rows if any(row)], aligned=not closing and not opening) + closing


def _rows(rows: list[list[str]], *, aligned: bool) -> str:
    if aligned:
        return "; ".join(" ".join(filter(None, row)) for row in rows)
    between = ", " if any(" " in cell for row in rows for cell in row) else " "
    return "; ".join(between.join(row) for row in rows)


def _grouped(text: str, simple: re.Pattern[str]) -> str:
    """Return a part of a fraction or root, in parentheses unless it holds together by itself."""
    text = text.strip()
    if simple.fullmatch(text) or _is_enclosed(text):
        return text
    return f"({text})"


def _is_enclosed(text: str) -> bool:
    """Return whether one pair of parentheses holds all of the text."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for index, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth and index < len(text) - 1:
            return False
    return True


def _runs_together(before: str, after: str) -> bool:
    """Return whether two neighbours would wrongly read as one word, as `log` and `x` would."""
    last = before.rpartition(" ")[2]
    named = last in _NAME_TEXTS or after in _NAME_TEXTS or after.partition(" ")[0] in _NAME_TEXTS
    return named and before[-1:].isalnum() and after[:1].isalnum()


_BLANKS = frozenset("\\" + name for name in DROPPED) | {"~"}
_IN_WORDS = ("_", "%", "&", "#", " ", ",", ";", ":")
_NAME_TEXTS = frozenset(NAMES.values()) | {"max", "min"}
