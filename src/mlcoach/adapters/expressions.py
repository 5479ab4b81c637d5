"""Expressions of items whose numbers vary, and formulas that are typed: evaluated by simpleeval, with few names.

simpleeval takes 14 ms to import, so it is imported where an expression is evaluated. Its own operators are not used:
they multiply lists and raise to any power.
"""

import ast
import math
import operator
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from mlcoach.domain.practice.values import ExpressionError, Value

LONGEST = 500  # characters
LARGEST_BITS = 4_096  # of a whole number
LARGEST_FACTORIAL, LARGEST_COMB = 170, 10_000
LARGEST_MATRIX = 10  # rows and columns
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}


def evaluate(expression: str, names: Mapping[str, Value]) -> Value:
    """Return what an expression comes to with these names: a number, a truth value, a vector or a matrix.

    Raises ExpressionError for what cannot be read, is not allowed, or has no finite value.
    """
    from simpleeval import FunctionNotDefined, InvalidExpression, NameNotDefined

    node = _parsed(expression)
    evaluator = _evaluator()
    evaluator.names = {**CONSTANTS, **names}
    try:
        value = evaluator.eval(expression, previously_parsed=node)
    except ExpressionError:
        raise
    except FunctionNotDefined as error:
        raise ExpressionError(f"there is no function `{error.func_name}`") from error
    except NameNotDefined as error:
        raise ExpressionError(f"there is no `{error.name}`") from error
    except ZeroDivisionError as error:
        raise ExpressionError(f"`{expression}` divides by zero") from error
    except (InvalidExpression, ArithmeticError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise ExpressionError(f"`{expression}` cannot be computed") from error
    return _finite(value, expression)


@lru_cache(maxsize=4_096)
def _parsed(expression: str) -> ast.AST:
    if len(expression) > LONGEST:
        raise ExpressionError(f"an expression has at most {LONGEST} characters")
    if not expression.strip():
        raise ExpressionError("there is no expression")
    try:
        # Not simpleeval's own parser: it warns of a second statement and drops it. What Python itself warns of, such as
        # `2or 3`, is nothing to a learner.
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"`{expression}` is not an expression") from error


@lru_cache(maxsize=1)
def _evaluator() -> Any:
    from simpleeval import EvalWithCompoundTypes

    class Evaluator(EvalWithCompoundTypes):
        """Numbers, vectors and the names below; no attributes, no comprehensions, no texts."""

        def __init__(self) -> None:
            super().__init__(  # type: ignore[no-untyped-call]
                operators=OPERATORS, functions=dict(FUNCTIONS), names={}
            )
            for name in ("list", "tuple", "dict", "set"):
                self.functions.pop(name, None)
            kept = (
                ast.Name, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Subscript,
                ast.Constant, ast.List, ast.Tuple,
            )  # fmt: skip
            self.nodes = {kind: handler for kind, handler in self.nodes.items() if kind in kept}
            self.nodes[ast.Constant] = _constant

        def _check_disallowed_items(self, item: Any) -> None:
            """Do nothing: no module can come up among these names, and looking for one at each step takes time."""

    return Evaluator()


def _constant(node: ast.Constant) -> Any:
    if type(node.value) not in (int, float):
        raise ExpressionError(f"`{node.value!r:.20}` is not a number")
    return _small(node.value)


def _small(value: Any) -> Any:
    """Return a number unless it is a whole one that is too long to go on with."""
    if isinstance(value, int) and value.bit_length() > LARGEST_BITS:
        raise ExpressionError("a number in it is too large")
    return value


def _numbers(*values: Any) -> None:
    if not all(isinstance(value, int | float) for value in values):
        raise ExpressionError("only numbers can be added, multiplied and compared; vectors have dot and matmul")


def _of_numbers(function: Callable[..., Any]) -> Callable[..., Any]:
    def checked(*values: Any) -> Any:
        _numbers(*values)
        return _small(function(*values))

    return checked


def _power(base: Any, power: Any) -> Any:
    _numbers(base, power)
    if isinstance(base, int) and isinstance(power, int) and power * max(1, base.bit_length()) > LARGEST_BITS:
        raise ExpressionError("a power in it is too large")
    value = base**power
    if isinstance(value, complex):
        raise ExpressionError("a root of a negative number is not a number here")
    return value


def _equal(left: Any, right: Any) -> bool:
    return bool(left == right)


def _factorial(value: Any) -> int:
    _numbers(value)
    if value != int(value) or not 0 <= value <= LARGEST_FACTORIAL:
        raise ExpressionError(f"factorial takes whole numbers from 0 to {LARGEST_FACTORIAL}")
    return math.factorial(int(value))


def _comb(count: Any, chosen: Any) -> int:
    _numbers(count, chosen)
    if (
        count != int(count)
        or chosen != int(chosen)
        or not 0 <= chosen <= LARGEST_COMB
        or not 0 <= count <= LARGEST_COMB
    ):
        raise ExpressionError(f"comb takes whole numbers from 0 to {LARGEST_COMB:,}")
    return int(_small(math.comb(int(count), int(chosen))))


def _round(value: Any, digits: Any = None) -> Any:
    _numbers(value, digits or 0)
    return round(value) if digits is None else round(value, int(digits))


def _extreme(function: Callable[[Sequence[Any]], Any]) -> Callable[..., Any]:
    def found(*values: Any) -> Any:
        among = values[0] if len(values) == 1 and isinstance(values[0], list | tuple) else values
        _numbers(*among)
        return function(among)

    return found


def _vector(value: Any) -> list[Any]:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= LARGEST_MATRIX:
        raise ExpressionError(f"a vector has 1 to {LARGEST_MATRIX} numbers")
    _numbers(*value)
    return list(value)


def _matrix(value: Any) -> list[list[Any]]:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= LARGEST_MATRIX:
        raise ExpressionError(f"a matrix has 1 to {LARGEST_MATRIX} rows")
    rows = [_vector(row) for row in value]
    if len({len(row) for row in rows}) > 1:
        raise ExpressionError("the rows of a matrix are equally long")
    return rows


def _dot(left: Any, right: Any) -> Any:
    one, other = _vector(left), _vector(right)
    if len(one) != len(other):
        raise ExpressionError("dot takes two vectors of the same length")
    return sum(a * b for a, b in zip(one, other, strict=True))


def _matmul(left: Any, right: Any) -> Any:
    rows = _matrix(left)
    if isinstance(right, list | tuple) and right and not isinstance(right[0], list | tuple):
        return [_dot(row, right) for row in rows]
    columns = _transpose(right)
    return [[_dot(row, column) for column in columns] for row in rows]


def _transpose(value: Any) -> list[list[Any]]:
    return [list(column) for column in zip(*_matrix(value), strict=True)]


def _det(value: Any) -> Any:
    """Return a determinant, by Bareiss's elimination: whole numbers stay whole."""
    rows = _matrix(value)
    if len(rows) != len(rows[0]):
        raise ExpressionError("a determinant is that of a square matrix")
    whole = all(isinstance(number, int) for row in rows for number in row)
    sign, before = 1, 1
    for place in range(len(rows) - 1):
        if not rows[place][place]:
            swap = next((row for row in range(place + 1, len(rows)) if rows[row][place]), None)
            if swap is None:
                return 0
            rows[place], rows[swap] = rows[swap], rows[place]
            sign = -sign
        pivot = rows[place][place]
        for row in range(place + 1, len(rows)):
            for column in range(place + 1, len(rows)):
                value = rows[row][column] * pivot - rows[row][place] * rows[place][column]
                rows[row][column] = value // before if whole else value / before
        before = pivot
    return sign * rows[-1][-1]


def _finite(value: Any, expression: str) -> Value:
    """Return a value with vectors as tuples. Raises ExpressionError for what is not finite."""
    if isinstance(value, list | tuple):
        return tuple(_finite(part, expression) for part in value)
    if isinstance(value, bool):
        return value
    try:
        if isinstance(value, int | float) and math.isfinite(value):
            return value
    except OverflowError:
        pass
    raise ExpressionError(f"`{expression}` has no finite value")


OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: _of_numbers(operator.add), ast.Sub: _of_numbers(operator.sub), ast.Mult: _of_numbers(operator.mul),
    ast.Div: _of_numbers(operator.truediv), ast.FloorDiv: _of_numbers(operator.floordiv),
    ast.Mod: _of_numbers(operator.mod), ast.Pow: _power,
    ast.USub: _of_numbers(operator.neg), ast.UAdd: _of_numbers(operator.pos), ast.Not: operator.not_,
    ast.Eq: _equal, ast.NotEq: lambda left, right: not _equal(left, right),
    ast.Lt: _of_numbers(operator.lt), ast.LtE: _of_numbers(operator.le),
    ast.Gt: _of_numbers(operator.gt), ast.GtE: _of_numbers(operator.ge),
}  # fmt: skip
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{name: _of_numbers(getattr(math, name)) for name in ("sqrt", "exp", "log", "log2", "sin", "cos", "tan")},
    **{name: _of_numbers(getattr(math, name)) for name in ("floor", "ceil")},
    "abs": _of_numbers(abs), "min": _extreme(min), "max": _extreme(max), "round": _round,
    "comb": _comb, "factorial": _factorial,
    "dot": _dot, "matmul": _matmul, "det": _det, "transpose": _transpose,
}  # fmt: skip
