"""Drills of `math.calc`: derived and integrated by SymPy, or numerically."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import sympy

X, Y = sympy.symbols("x y")
A, B, N = sympy.symbols("a b n", positive=True)
# Derived once by SymPy, then given numbers.
DERIVED = {
    "root": sympy.diff(sympy.sqrt(A * X**2 + B), X),
    "sine": sympy.diff(sympy.sin(A * X) ** 2, X),
    "power": sympy.diff(A / X**N, X),
}
NUMERIC = {name: sympy.lambdify((A, B, N, X, Y), found, "math") for name, found in DERIVED.items()}
_C = sympy.symbols("c")
_FORM = A * X**2 + B * X * Y + _C * Y**2
_NABLA = sympy.lambdify((A, B, _C, X, Y), [sympy.diff(_FORM, X), sympy.diff(_FORM, Y)])


def gradient_of_form(*numbers: float) -> tuple[float, ...]:
    """Return the gradient of ax² + bxy + cy² at (x, y)."""
    return tuple(_NABLA(*numbers))


def tangent_at_zero(curve: sympy.Expr, x: int) -> float:
    slope = sympy.diff(curve, X).subs(X, x)
    return float((curve.subs(X, x) + slope * (X - x)).subs(X, 0))


def by_differences(f: Callable[[np.ndarray], float], x: Sequence[float], h: float = 1e-5) -> tuple[float, ...]:
    """Return a gradient by central differences."""
    point = np.array(x, float)
    return tuple(float(f(point + h * e) - f(point - h * e)) / (2 * h) for e in np.eye(len(point)))


def squared_residual_gradient(
    A: Sequence[Sequence[float]], b: Sequence[float], x: Sequence[float]
) -> tuple[float, ...]:
    return by_differences(lambda point: np.sum((np.array(A) @ point - np.array(b)) ** 2), x)


def softmax_gradient(p: Sequence[float], t: int) -> tuple[float, ...]:
    return by_differences(lambda scores: np.log(np.exp(scores).sum()) - scores[t], np.log(p))


PLACES, WEIGHTS = np.polynomial.legendre.leggauss(20)
TAYLOR_OF_LOGARITHM = sympy.series(sympy.log(1 + X), X, 0, 3).removeO()


def area(f: Callable[[np.ndarray], np.ndarray], low: float, high: float) -> float:
    """Return the area under f between two places, by Gauss and Legendre."""
    half = (high - low) / 2
    return float(WEIGHTS @ f(low + (PLACES + 1) * half) * half)


WAYS = {
    "math.calc.derivatives/drill-quotient": lambda a, b, x: sympy.diff(a * X / (X + b), X).subs(X, x),
    "math.calc.derivatives/drill-chain-at-a-point": lambda x, y, p, q: sympy.diff(q * (y + p * (X - x) - y) + 7, X),
    "math.calc.derivatives/drill-tangent-meets-axis": lambda a, b, c, x: tangent_at_zero(a * X**2 + b * X + c, x),
    "math.calc.derivatives/drill-which-is-the-minimum": lambda b, c: max(np.roots([6, 2 * b, c]).real),
    "math.calc.derivatives/drill-minimum-on-an-interval": lambda b, c, low, high: min(
        float(np.polyval([1, b, c], x)) for x in np.linspace(low, high, 101)
    ),
    "math.calc.derivatives/drill-central-difference": lambda x, h: np.gradient(
        np.array([x - h, x, x + h], float) ** 3, h
    )[1],
    "math.calc.derivatives/drill-taylor-of-logarithm": lambda a, x: sympy.lambdify(X, TAYLOR_OF_LOGARITHM)(x) * a,
    "math.calc.derivatives/drill-second-order-estimate": lambda f, p, c, h: np.polyval([c / 2, p, f], h),
    "math.calc.derivatives/drill-root-of-a-square": lambda a, b, x: NUMERIC["root"](a, b, 0, x, 0),
    "math.calc.derivatives/drill-squared-sine": lambda c, a, x: c * NUMERIC["sine"](a, 0, 0, x, 0),
    "math.calc.derivatives/drill-negative-exponent": lambda a, n, x: NUMERIC["power"](a, 0, n, x, 0),
    "math.calc.integrals/drill-power-integral": lambda a, n, b: area(lambda x: a * x**n, 1, b),
    "math.calc.integrals/drill-midpoint-sum": lambda c, b: np.sum(((np.arange(2) + 0.5) * b / 2) ** 2 + c) * b / 2,
    "math.calc.integrals/drill-substitution": lambda b, c: area(lambda x: 6 * x * (x**2 + c) ** 2, 0, b),
    "math.calc.integrals/drill-tail-area": lambda a, n, c: area(lambda u: a * u ** (n - 2), 0, 1 / c),
    "math.calc.integrals/drill-by-parts": lambda b: area(lambda x: x * np.exp(x), 0, b),
    "math.calc.integrals/drill-mean-of-a-density": lambda n, a: (
        area(lambda x: x * x**n, 0, a) / area(lambda x: x**n, 0, a)
    ),
    "math.calc.integrals/drill-share-below": lambda n, a, b: area(lambda x: x**n, 0, b) / area(lambda x: x**n, 0, a),
    "math.calc.integrals/drill-between-two-curves": lambda top, c: area(lambda x: top * x - c * x**2, 0, top / c),
    "math.calc.integrals/drill-moving-upper-end": lambda c, a: sympy.diff(sympy.log(X**2 + c) - sympy.log(c), X).subs(
        X, a
    ),
    "math.calc.integrals/drill-absolute-value": lambda b, c: float(
        np.trapezoid(np.abs(np.linspace(0, b, 100 * b + 1) - c), np.linspace(0, b, 100 * b + 1))
    ),
    "math.calc.multivar/drill-gradient-at-a-point": lambda a, b, c, p, q: gradient_of_form(a, b, c, p, q),
    "math.calc.multivar/drill-steepest-rate": lambda a, p, q: np.linalg.norm((a * q, a * p)),
    "math.calc.multivar/drill-two-paths": lambda a, b, t: sympy.diff(a * X * (X**2 + b), X).subs(X, t),
    "math.calc.multivar/drill-backwards-through-a-unit": lambda w, x, b, t: sympy.diff((X * x + b - t) ** 2, X).subs(
        X, w
    ),
    "math.calc.multivar/drill-jacobian-determinant": lambda a, b, p, q: (
        sympy.Matrix([X**2 * Y, a * X + b * Y]).jacobian([X, Y]).det().subs({X: p, Y: q})
    ),
    "math.calc.multivar/drill-quadratic-form-gradient": lambda A, x: gradient_of_form(
        A[0][0], A[0][1] + A[1][0], A[1][1], x[0], x[1]
    ),
    "math.calc.multivar/drill-squared-residual-gradient": lambda A, b, x: squared_residual_gradient(A, b, x),
    "math.calc.multivar/drill-softmax-gradient": lambda p, t: softmax_gradient(p, t),
    "math.calc.multivar/drill-gradient-of-the-input": lambda W, g: np.einsum("ij,i->j", np.array(W), np.array(g)),
    "math.calc.multivar/drill-from-valley-to-saddle": lambda a, c: 2 * math.sqrt(a * c),
}
