"""Varied cards of `math.calc`, `math.opt` and `math.num`: by SymPy's algebra once, or by doing it step by step."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
import sympy

X, Y = sympy.symbols("x y")


def tangent(a: int, d: int) -> float:
    root = np.poly1d([float(sympy.diff(sympy.sqrt(X), X).subs(X, a * a)), 0]) + a
    return float(root(d))


def taylor(x: float) -> float:
    return float(sympy.series(sympy.exp(X), X, 0, 3).removeO().subs(X, sympy.Rational(str(x))))


@cache
def peak(a: int) -> float:
    return float(sympy.solve(sympy.diff(X * sympy.exp(-a * X), X), X)[0])


def integral(a: int, b: int) -> float:
    middles = a + (np.arange(1_000) + 0.5) * (b - a) / 1_000  # the midpoint rule is exact for a line
    return float(middles.sum() * (b - a) / 1_000)


@cache
def area_under_root(r: int) -> float:
    return float(sympy.integrate(1 / sympy.sqrt(X), (X, 0, r * r)))


@cache
def density(a: int) -> float:
    return float(1 / sympy.integrate(X, (X, 0, a)))


def directional(i: int, g: Sequence[float]) -> float:
    way = np.array([(1, 2, 2), (2, 1, 2), (2, 2, 1), (0, 3, 4), (3, 0, 4), (2, 3, 6)][i], float)
    return float(np.array(g) @ (way / np.linalg.norm(way)))


@cache
def hessian(a: int, b: int, c: int) -> float:
    return float(sympy.hessian(a * X**2 + b * X * Y + c * Y**2, (X, Y)).det())


def euler(k: int, h: float) -> float:
    x = 1.0
    for _ in range(2):
        x += h * (-k * x)
    return x


def half_life(k: float) -> float:
    """Walk the exact solution until it is half, by bisection."""
    low, high = 0.0, 1_000.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if math.exp(-k * middle) > 0.5 else (low, middle)
    return low


def stability(k: int) -> float:
    low, high = 0.0, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if abs(1 - k * middle) < 1 else (low, middle)
    return low


def damping(w: int) -> float:
    c = sympy.symbols("c", positive=True)
    return float(sympy.solve(sympy.discriminant(X**2 + c * X + w * w, X), c)[0])


def converges_up_to(curvature: float) -> float:
    """Return the longest step from which descent on a parabola still comes nearer, by bisection."""
    low, high = 0.0, 100.0
    for _ in range(200):
        step = (low + high) / 2
        low, high = (step, high) if abs(1 - step * curvature) < 1 else (low, step)
    return low


def factor(sum: int, m: int) -> float:
    step, here = 2 / sum, np.array([1.0, 1.0])
    after = here - step * np.array([m, sum - m]) * here
    assert math.isclose(*np.abs(after))
    return float(abs(after[0]))


def rounds(q: float, n: int) -> int:
    done = 0
    exact = sympy.Rational(str(q))
    error = sympy.Integer(1)
    while error >= sympy.Rational(1, n):
        error, done = error * exact, done + 1
    return done


ROUNDS = cache(rounds)


def alternating(b: float) -> float:
    v, sign = 0.0, 1.0
    for _ in range(5_000):
        v, sign = b * v + sign, -sign
    return abs(v)


def rescaled(k: int) -> float:
    """Return by how much the gradient grows, by a difference on a loss."""

    def slope(loss):  # type: ignore[no-untyped-def]
        return (loss(1.001) - loss(0.999)) / 0.002

    return round(slope(lambda x: k * x * x) / slope(lambda x: x * x), 6)


def batch_noise(n: int, f: int, m: int) -> float:
    spread = round(0.1 * f * m, 2) * math.sqrt(n)
    return spread / math.sqrt(n * f * f)


def multiplier(c: int, a: int) -> float:
    return float(sympy.diff(c * X**2, X).subs(X, a))


@cache
def dual(a: int, m: int) -> float:
    lagrangian = X**2 + 2 * m * (a - X)
    return float(lagrangian.subs(X, sympy.solve(sympy.diff(lagrangian, X), X)[0]))


def first_gap(b: int) -> int:
    """Count up in a format that rounds to so many bits."""
    number = 2 ** (b - 1) if b > 12 else 1
    if b > 12:
        number = 2**b - 4

    def held(value: int) -> bool:
        mantissa, power = math.frexp(value)
        return float(mantissa * 2**b).is_integer() and power < 1_000

    while held(number):
        number += 1
    return number


def newton_digits(d: int, r: int) -> int:
    for _ in range(r):
        d += d
    return d


def newton_step(x: int, more: int) -> float:
    value = x * x + more
    return x - (x * x - value) / (2 * x)


def halvings(l: int, k: int) -> int:  # noqa: E741
    length, done = sympy.Integer(l), 0
    while length >= sympy.Rational(1, 10**k):
        length, done = length / 2, done + 1
    return done


def simpson(k: int) -> float:
    """Return how the leading error of one parabola falls: that of x⁴ on one pair of steps, times their number."""

    def error(h: float) -> float:
        exact, rule = 2 * h**5 / 5, h / 3 * (h**4 + 0 + h**4)
        return abs(rule - exact) / (2 * h)

    return error(1.0) / error(1.0 / k)


def cg_rounds(k: int) -> int:
    values = np.repeat(np.linspace(1, 3, k), 3)
    x, r = np.zeros(len(values)), np.random.default_rng(k).normal(size=len(values))
    target = r.copy()
    p, done = r.copy(), 0
    while np.linalg.norm(target - values * x) > 1e-8:
        alpha = r @ r / (p @ (values * p))
        x, after = x + alpha * p, r - alpha * values * p
        p, r, done = after + (after @ after) / (r @ r) * p, after, done + 1
    return done


A, B, N = sympy.symbols("a b n", positive=True)
# Derived once by SymPy, then given numbers.
DERIVED = {
    "product": sympy.diff(A * X * sympy.exp(B * X), X),
    "chain": sympy.diff((A * X + B) ** N, X),
    "logarithm": sympy.diff(sympy.log(A * X**2 + B), X),
    "partial": sympy.diff(A * X**2 * Y + B * Y**3, Y),
}
NUMERIC = {name: sympy.lambdify((A, B, N, X, Y), found, "math") for name, found in DERIVED.items()}


WAYS = {
    "math.calc.derivatives/drill-product-rule": lambda a, b, x: NUMERIC["product"](a, b, 0, x, 0),
    "math.calc.derivatives/drill-chain-rule": lambda a, b, n, x: NUMERIC["chain"](a, b, n, x, 0),
    "math.calc.derivatives/drill-logarithm": lambda a, b, x: NUMERIC["logarithm"](a, b, 0, x, 0),
    "math.calc.multivar/drill-partial": lambda a, b, x, y: NUMERIC["partial"](a, b, 0, x, y),
    "math.calc.derivatives/tangent-estimate": tangent,
    "math.calc.derivatives/taylor-of-exp": cache(taylor),
    "math.calc.derivatives/peak-of-x-exp": peak,
    "math.calc.integrals/signed-area": integral,
    "math.calc.integrals/infinite-height-finite-area": area_under_root,
    "math.calc.integrals/normalise-a-line": density,
    "math.calc.multivar/directional-derivative": directional,
    "math.calc.multivar/hessian-determinant": hessian,
    "math.calc.ode/two-euler-steps": euler,
    "math.calc.ode/decay-half-life": half_life,
    "math.calc.ode/euler-stability-limit": stability,
    "math.calc.ode/critical-damping": cache(damping),
    "math.opt.gradient/largest-stable-step": lambda c: converges_up_to(2 * c),
    "math.opt.gradient/best-factor-two-curvatures": factor,
    "math.opt.gradient/rounds-to-a-thousandth": ROUNDS,
    "math.opt.gradient/momentum-on-alternating-gradients": cache(alternating),
    "math.opt.gradient/rescaled-loss-rescales-the-rate": rescaled,
    "math.opt.gradient/batch-and-gradient-noise": batch_noise,
    "math.opt.convex/price-of-a-constraint": multiplier,
    "math.opt.convex/a-lower-bound-from-the-dual": dual,
    "math.num.floating/first-integer-lost": cache(first_gap),
    "math.num.floating/digits-left-after-subtraction": lambda d, k: len("9" * d) - len("9" * k),
    "math.num.floating/digits-left-after-solving": lambda t, n: round(-math.log10(10.0**-t * 10.0**n)),
    "math.num.methods/newton-doubles-digits": newton_digits,
    "math.num.methods/newton-step-for-a-root": newton_step,
    "math.num.methods/halvings-to-a-millionth": cache(halvings),
    "math.num.methods/simpson-halved-step": simpson,
    "math.num.methods/cg-three-eigenvalues": cache(cg_rounds),
}
