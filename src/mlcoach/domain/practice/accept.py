"""Typed answers: what was meant, whether it is near enough, and which known mistake it shows.

A text that cannot be an answer is a fault, not a mistake: it is asked again and costs nothing.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from mlcoach.domain.answers import LONGEST_NUMBER, parse_number
from mlcoach.domain.practice.values import Evaluate, ExpressionError, Value, as_fraction, is_number, plain, shown
from mlcoach.domain.practice.variants import Acceptance, KnownMistake, Variant, Vary, points

LONGEST_TYPED = 200  # characters
LONGEST_TO_TYPE = 9  # characters of the shortest text that is right; more is a test of typing
SHOWN_DIGITS, _EXACT_DIGITS = 4, 12
SHORTEST_WITH_TYPO = 6  # letters
SAME_FORMULA = 1e-6  # relative
# Sums in binary are off by a hair: 0.1 + 0.2 is right where 0.3 is asked for exactly.
_RELATIVE_HAIR, _HAIR = 1e-9, 1e-12
# Decimal and other signs of Arabic and of full width -> ours.
_SIGNS = str.maketrans("٫٬،，；（）％٪", ".,,,;()%%")
_TIMES = str.maketrans("−–·×⋅", "--***")
_TOO_LARGE = re.compile(r"[-+]?[0-9.,]+e[+]?[0-9]+", re.IGNORECASE)
_BY_ZERO = re.compile(r".*/\s*[-+]?0*[.,]?0*\s*%?\s*")
_ARTICLES = frozenset({"a", "an", "the"})
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_FUNCTION = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
NUMBER_FORMS = "write it like 3, -2.5, 2/3, 40 % or 1e-3"


class Typed(NamedTuple):
    """The numbers or vectors that a text may mean; with none, `fault` says what is wrong with it."""

    readings: tuple[Value, ...]
    fault: str = ""


class Judged(NamedTuple):
    """What came of an answer. With a `fault` it was not one, and nothing was decided."""

    right: bool = False
    mistake: KnownMistake | None = None
    fault: str = ""


# Numbers and vectors -----------------------------------------------------------------------------------------


def read_number(text: str) -> Typed:
    """Return the numbers that a text may mean: as `parse_number` reads it, with the digits of any script."""
    plain_text = _western(text).strip()
    if len(plain_text) > LONGEST_NUMBER:
        return Typed((), f"a number has at most {LONGEST_NUMBER} characters here")
    if readings := parse_number(plain_text):
        return Typed(readings)
    name = f"`{text.strip()}`"
    if "/" in plain_text and _BY_ZERO.fullmatch(plain_text):
        return Typed((), f"{name} divides by zero, which gives no number")
    if _TOO_LARGE.fullmatch("".join(plain_text.split())):
        return Typed((), f"{name} is too large; {NUMBER_FORMS}")
    if any(bracket in plain_text for bracket in "([") or ";" in plain_text:
        return Typed((), "one number is asked for, not several")
    return Typed((), f"{name} is not a number; {NUMBER_FORMS}" if plain_text else NUMBER_FORMS)


def read_vector(text: str, size: int) -> Typed:
    """Return the vectors of so many numbers that a text may mean, with or without brackets."""
    inner = _western(text).strip().strip("()[]{}⟨⟩ ").strip()
    form = f"write {size} numbers like ({', '.join(str(number) for number in range(1, size + 1))})"
    if not inner:
        return Typed((), form)
    if len(inner) > LONGEST_TYPED:
        return Typed((), f"this is too long; {form}")
    parts = _parts(inner, size)
    if len(parts) != size:
        count = "one number" if len(parts) == 1 else f"{len(parts)} numbers"
        return Typed((), f"that is {count}, and the answer has {size}; {form}")
    readings: list[float] = []
    for part in parts:
        typed = read_number(part)
        if typed.fault:
            return Typed((), typed.fault)
        readings.append(typed.readings[0])
    return Typed((tuple(readings),))


def _parts(inner: str, size: int) -> list[str]:
    """Return the parts of a vector: between semicolons, else commas, else blanks."""
    if ";" in inner:
        return [part.strip() for part in inner.split(";")]
    spaced = [part.strip() for part in re.split(r",\s+", inner)]
    if len(spaced) == size:  # (1,5, 2,5): a comma without a blank is a decimal sign here
        return spaced
    parts = [part.strip() for part in inner.split(",")]
    return parts if len(parts) > 1 else inner.split()


def _western(text: str) -> str:
    """Return a text with the digits and signs of other scripts as those of ours: ٣ is 3."""
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() and not letter.isascii() else letter
        for letter in text.translate(_SIGNS)
    )


def is_near(value: float, right: float, accept: Acceptance) -> bool:
    """Return whether a number is as near to the right one as is asked for."""
    return abs(value - right) <= margin(right, accept) + _RELATIVE_HAIR * abs(right) + _HAIR


def margin(right: float, accept: Acceptance) -> float:
    """Return how far off an answer may be, in its own unit: half of the last digit asked for, or the tolerance."""
    if accept.exact:
        return 0.0
    if accept.sigfig:
        place = math.floor(math.log10(abs(right))) if right else 0
        return 0.5 * 10.0 ** (place - accept.sigfig + 1)
    if accept.decimals >= 0:
        return 0.5 * 10.0**-accept.decimals
    return max(accept.abs, accept.rel * abs(right))


def is_same(value: Value, right: Value, accept: Acceptance) -> bool:
    """Return whether a number or a vector counts as another."""
    if isinstance(right, tuple):
        if not isinstance(value, tuple) or len(value) != len(right):
            return False
        return all(is_same(one, other, accept) for one, other in zip(value, right, strict=True))
    return is_number(value) and is_near(value, right, accept)


def answer_text(answer: Value, accept: Acceptance) -> str:
    """Return a right answer as it is shown: as many digits as were asked for."""
    if isinstance(answer, tuple):
        return f"({', '.join(answer_text(part, accept) for part in answer)})"
    if accept.decimals >= 0 and not float(answer).is_integer():
        return shown(answer, f".{accept.decimals}f")
    if accept.sigfig:
        return plain(answer, accept.sigfig)
    if accept.exact:
        text = plain(answer, _EXACT_DIGITS)
        return (as_fraction(answer) or text) if len(text) > LONGEST_TO_TYPE else text
    return plain(answer, SHOWN_DIGITS)


def shortest_text(answer: float, accept: Acceptance) -> str:
    """Return the shortest text that would be right."""
    for digits in range(1, LONGEST_TO_TYPE + 1):
        text = plain(float(f"{answer:.{digits}g}"), digits)
        if any(is_near(value, answer, accept) for value in parse_number(text)):
            return min(filter(None, (text, as_fraction(answer))), key=len)
    return as_fraction(answer) or repr(answer)


# Formulas ----------------------------------------------------------------------------------------------------


def as_expression(text: str, letters: Sequence[str]) -> str:
    """Return a formula as people type it as an expression: `2x²` is `2*x**2`, `ln` is `log`."""
    plain_text = (
        _western(text).replace("−", "-").replace("–", "-").replace("·", "*").replace("×", "*").replace("⋅", "*")
    )
    plain_text = plain_text.replace("π", "pi").replace("√(", "sqrt(").replace("^", "**")
    plain_text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda match: f"**({match[0].translate(_SUPERSCRIPTS)})", plain_text)
    plain_text = re.sub(r"\bln\b(?=\s*\()", "log", plain_text).strip()
    plain_text = re.sub(r"^[A-Za-z'′]+(?:\([A-Za-z, ]*\))?\s*=(?!=)\s*", "", plain_text)  # y = …, f'(x) = …
    # 2x, 2(x + 1), (x + 1)(x − 1): a sign left out is a multiplication; 1e-3 and log2(8) are what they look like.
    plain_text = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?(?![\d.]))\s*(?=[A-Za-df-z(]|e(?![-+]?\d))", r"\1*", plain_text)
    plain_text = re.sub(r"\)\s*(?=[\w(])", ")*", plain_text)
    for letter in letters:
        plain_text = re.sub(rf"(?<![\w.])({re.escape(letter)})\s*(?=\()", r"\1*", plain_text)
    if letters:
        either = "|".join(re.escape(letter) for letter in sorted(letters, key=len, reverse=True))
        plain_text = re.sub(rf"(?<![\w.])({either})\s+(?={_FUNCTION.pattern})", r"\1*", plain_text)
        # xy is x times y where both are letters of the formula.
        word = re.compile(rf"(?<![\w.])(?:{either}){{2,}}(?![\w(])")
        plain_text = word.sub(lambda match: "*".join(re.findall(either, match[0])), plain_text)
    return plain_text


def judge_formula(vary: Vary, variant: Variant, text: str, evaluate: Evaluate) -> Judged:
    """Return whether a typed formula equals the right one at points of the letters' ranges."""
    if len(text) > LONGEST_TYPED:
        return Judged(fault=f"a formula has at most {LONGEST_TYPED} characters here")
    letters = [variable.name for variable in vary.free]
    typed = as_expression(text, letters)
    asked = points(vary, variant.seed)
    known = [_value(variant.formula, point, evaluate) for point in asked]
    try:
        found = _values(typed, asked, evaluate)
    except ExpressionError as error:
        form = f"write it like 2*x^2 or exp(-x), with {_listed(letters)}"
        return Judged(fault=f"{error}; {form}" if text.strip() else form)
    if _agree(found, known):
        return Judged(right=True)
    for mistake, formula in variant.mistakes:
        if _agree(found, [_value(formula, point, evaluate) for point in asked]):
            return Judged(mistake=mistake)
    return Judged()


def _values(formula: str, asked: Sequence[Mapping[str, Value]], evaluate: Evaluate) -> list[Value]:
    """Return the values of a typed formula, None where it has none. Raises ExpressionError where it never has one."""
    found: list[Value] = []
    fault: ExpressionError | None = None
    for point in asked:
        try:
            found.append(evaluate(formula, point))
        except ExpressionError as error:
            fault = error
            found.append(None)
    if fault is not None and not any(is_number(value) for value in found):
        raise fault
    return found


def _value(formula: str, point: Mapping[str, Value], evaluate: Evaluate) -> Value:
    try:
        return evaluate(formula, point)
    except ExpressionError:
        return None


def _agree(found: Sequence[Value], known: Sequence[Value]) -> bool:
    """Return whether two formulas have the same values wherever the second has one, and it has some."""
    pairs = [(one, other) for one, other in zip(found, known, strict=True) if is_number(other)]
    return bool(pairs) and all(
        is_number(one) and abs(one - other) <= SAME_FORMULA * max(1e-3, abs(other)) for one, other in pairs
    )


def formulas_agree(vary: Vary, variant: Variant, other: str, evaluate: Evaluate) -> bool:
    """Return whether a formula, with its numbers in, equals the right one of a variant."""
    asked = points(vary, variant.seed)
    return _agree(
        [_value(other, point, evaluate) for point in asked],
        [_value(variant.formula, point, evaluate) for point in asked],
    )


# All of them -------------------------------------------------------------------------------------------------


def judge_variant(vary: Vary, variant: Variant, text: str, evaluate: Evaluate) -> Judged:
    """Return what comes of a text typed as the answer to a variant."""
    if vary.free:
        return judge_formula(vary, variant, text, evaluate)
    right = variant.answer
    typed = read_vector(text, len(right)) if isinstance(right, tuple) else read_number(text)
    if typed.fault:
        return Judged(fault=typed.fault)
    if any(is_same(value, right, vary.accept) for value in typed.readings):
        return Judged(right=True)
    for mistake, value in variant.mistakes:
        if value is not None and any(is_same(reading, value, vary.accept) for reading in typed.readings):
            return Judged(mistake=mistake)
    return Judged()


def judge_text(text: str, accepted: Sequence[str]) -> Judged:
    """Return whether a short text is one of those accepted: case, accents, articles and hyphens do not count.

    From six letters on one slip is forgiven: a letter too many, too few, another one, or two in the wrong order.
    """
    if not (typed := _bare(text)):
        return Judged(fault="write a word or two")
    if len(text) > LONGEST_TYPED:
        return Judged(fault=f"an answer has at most {LONGEST_TYPED} characters here")
    return Judged(right=any(_alike(typed, _bare(other)) for other in accepted))


def _bare(text: str) -> str:
    """Return a text as it is compared."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = "".join(letter if letter.isalnum() or letter in "+#" else " " for letter in letters).split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return "".join(word for word in words if word not in _ARTICLES or len(words) == 1)


def _alike(typed: str, right: str) -> bool:
    if typed == right:
        return True
    # A digit is never a slip: ResNet-50 is not ResNet-51.
    if sum(letter.isalpha() for letter in right) < SHORTEST_WITH_TYPO or _digits(typed) != _digits(right):
        return False
    return _one_slip(typed, right)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _one_slip(typed: str, right: str) -> bool:
    """Return whether one letter more, less or other, or two exchanged neighbours, make one text of the other."""
    start = next((place for place, pair in enumerate(zip(typed, right, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return abs(len(typed) - len(right)) == 1
    ends = (
        (typed[start + 1 :], right[start + 1 :]),  # another letter
        (typed[start + 1 :], right[start:]),  # one too many
        (typed[start:], right[start + 1 :]),  # one too few
    )
    if any(one == other for one, other in ends):
        return True
    exchanged = typed[start : start + 2] == right[start : start + 2][::-1]
    return exchanged and typed[start + 2 :] == right[start + 2 :]


def _listed(letters: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(letters[:-1]), letters[-1])))


# What is typed: a number, a vector of numbers, a formula, a short text, or nothing.
Typing = Literal["", "number", "vector", "formula", "text"]
AnswerWay = Literal["number", "vector", "formula", "text", "code", "words"]
