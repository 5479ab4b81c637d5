"""Items whose numbers vary: drawn from a seed, so that the same numbers can be shown again."""

import math
import random
import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from mlcoach.domain.practice.values import Evaluate, ExpressionError, Value, filled, is_number, is_vector

MOST_TRIES = 1_000  # draws until the conditions hold
POINTS = 8  # at which a formula is compared
REAL_STEP = 0.1
_ROUNDED = 10  # decimals: a sum of steps in binary is off by a hair


class Variable(NamedTuple):
    """What a variable is drawn from: `choice`, or low, low + step, … up to `high`; a `step` of 0 is any number between.

    `size` makes it a vector, (3,), or a matrix, (2, 2), of such numbers.
    """

    name: str
    choice: tuple[Value, ...] = ()
    low: float = 0
    high: float = 0
    step: float = 1
    size: tuple[int, ...] = ()


class Acceptance(NamedTuple):
    """How near an answer must be: within `rel` of it or within `abs`, to `sigfig` digits, to `decimals`, or exactly."""

    rel: float = 0.0
    abs: float = 0.0
    sigfig: int = 0
    decimals: int = -1
    exact: bool = False


class KnownMistake(NamedTuple):
    """A misconception: what it answers, what to say then, and the card that explains it (a full id, or "")."""

    id: str
    answer: str
    feedback: str
    card: str = ""


class Vary(NamedTuple):
    """The table `vary` of an item. Texts have places `{name}`; `answer` and the conditions are expressions.

    With `free` the answer is a formula in these letters, compared at points of their ranges.
    """

    prompt: str
    answer: str
    accept: Acceptance
    vars: tuple[Variable, ...] = ()
    derive: tuple[tuple[str, str], ...] = ()
    where: tuple[str, ...] = ()
    solution: str = ""
    mistakes: tuple[KnownMistake, ...] = ()
    free: tuple[Variable, ...] = ()


class Variant(NamedTuple):
    """An item with its numbers. `answer` is a number or a vector, None for a formula; `formula` then says it.

    `mistakes` are the known ones with what each would answer, None where it answers nothing with these numbers.
    """

    seed: int
    values: Mapping[str, Value]
    prompt: str
    answer: Value
    solution: str
    mistakes: tuple[tuple[KnownMistake, Value], ...]
    formula: str = ""


def stored_vary(row: Sequence[Any]) -> Vary:
    """Return the table as it was before it was written as JSON."""
    prompt, answer, accept, variables, derive, where, solution, mistakes, free = row
    return Vary(
        prompt,
        answer,
        Acceptance(*accept),
        tuple(_stored_variable(variable) for variable in variables),
        tuple((name, expression) for name, expression in derive),
        tuple(where),
        solution,
        tuple(KnownMistake(*mistake) for mistake in mistakes),
        tuple(_stored_variable(variable) for variable in free),
    )


def _stored_variable(row: Sequence[Any]) -> Variable:
    name, choice, low, high, step, size = row
    return Variable(name, tuple(choice), low, high, step, tuple(size))


def seed_of(item: str, number: int) -> int:
    """Return the seed of an item's answer of this number, counted from 1: the same everywhere, never 0."""
    return 1 + int.from_bytes(blake2b(f"{item}\0{number}".encode(), digest_size=6).digest(), "big")


def draw(vary: Vary, seed: int, evaluate: Evaluate) -> Variant:
    """Return the variant of a seed. Raises ExpressionError where no numbers fit or an expression comes to nothing."""
    # Only `random()` draws the same with every release of Python.
    chance = random.Random(seed)
    fault, computed = "", False
    for _ in range(MOST_TRIES):
        values: dict[str, Value] = {variable.name: drawn(variable, chance) for variable in vary.vars}
        try:
            for name, expression in vary.derive:
                values[name] = evaluate(expression, values)
            fits = all(evaluate(condition, values) for condition in vary.where)
        except ExpressionError as error:  # what has no value with these numbers may have one with others
            fault = str(error)
            continue
        computed = True
        if fits:
            return _variant(vary, seed, values, evaluate)
    raise ExpressionError(f"no numbers fulfil `where` in {MOST_TRIES:,} draws" if computed else fault)


def drawn(variable: Variable, chance: random.Random) -> Value:
    """Return a value of a variable."""
    if not variable.size:
        return _one(variable, chance)
    count, *inner = variable.size
    return tuple(drawn(variable._replace(size=tuple(inner)), chance) for _ in range(count))


def _one(variable: Variable, chance: random.Random) -> Value:
    if variable.choice:
        return variable.choice[int(chance.random() * len(variable.choice))]
    if not variable.step:
        return variable.low + chance.random() * (variable.high - variable.low)
    count = 1 + math.floor((variable.high - variable.low) / variable.step + 1e-9)
    value = variable.low + variable.step * int(chance.random() * count)
    return value if isinstance(value, int) else round(value, _ROUNDED)


def _variant(vary: Vary, seed: int, values: dict[str, Value], evaluate: Evaluate) -> Variant:
    if vary.free:
        formula = numbers_put_in(vary.answer, values)
        mistakes = tuple((mistake, numbers_put_in(mistake.answer, values)) for mistake in vary.mistakes)
        known = {**values, "answer": as_formula(formula)}
        return Variant(seed, values, filled(vary.prompt, values), None, filled(vary.solution, known), mistakes, formula)
    answer = evaluate(vary.answer, values)
    if not (is_number(answer) or is_vector(answer)):
        raise ExpressionError(f"`{vary.answer}` is neither a number nor a vector")
    found: list[tuple[KnownMistake, Value]] = []
    for mistake in vary.mistakes:
        try:
            found.append((mistake, evaluate(mistake.answer, values)))
        except ExpressionError:
            found.append((mistake, None))  # this mistake cannot be made with these numbers
    known = {**values, "answer": answer}
    return Variant(seed, values, filled(vary.prompt, values), answer, filled(vary.solution, known), tuple(found))


def numbers_put_in(expression: str, values: Mapping[str, Value]) -> str:
    """Return an expression with the drawn values in the place of their names, negative ones in parentheses."""

    def number(match: "re.Match[str]") -> str:
        if match[0] not in values or not is_number(values[match[0]]):
            return match[0]
        value = values[match[0]]
        return repr(value) if value >= 0 else f"({value!r})"

    return re.sub(r"(?<![\w.])[A-Za-z][A-Za-z0-9_]*", number, expression)


def points(vary: Vary, seed: int) -> list[dict[str, Value]]:
    """Return the points at which a formula of this seed is compared."""
    chance = random.Random(seed)
    return [{variable.name: drawn(variable, chance) for variable in vary.free} for _ in range(POINTS)]


def as_formula(expression: str) -> str:
    """Return an expression as people write it."""
    return expression.replace("**", "^").replace("*", "·").replace("-", "−")


def feedback(variant: Variant, mistake: KnownMistake) -> str:
    """Return what to say of a mistake, with the numbers of the variant."""
    answer = variant.answer if variant.answer is not None else as_formula(variant.formula)
    return filled(mistake.feedback, {**variant.values, "answer": answer})
