"""Drills of `math.opt` and `math.num`: walked step by step, or by trying what still works."""

from collections.abc import Sequence

import numpy as np
import sympy

X = sympy.symbols("x")


def descended(c: float, step: float, rounds: int, x: float) -> float:
    for _ in range(rounds):
        x -= step * c * x
    return x


def with_momentum(b: float, step: float, gradients: Sequence[float], x: float) -> float:
    v = 0.0
    for gradient in gradients:
        v = b * v + gradient
        x -= step * v
    return x


def best_step(m: float, k: float) -> float:
    """Narrow down, by thirds, where the slower of the two directions shrinks fastest."""
    low, high = 0.0, 2 / m
    for _ in range(200):
        one, two = low + (high - low) / 3, high - (high - low) / 3
        better = max(abs(1 - one * m), abs(1 - one * k)) < max(abs(1 - two * m), abs(1 - two * k))
        low, high = (low, two) if better else (one, high)
    return low


def stable_up_to(H: Sequence[Sequence[float]]) -> float:
    low, high = 0.0, 10.0
    for _ in range(100):
        step = (low + high) / 2
        shrinks = np.abs(np.linalg.eigvals(np.eye(len(H)) - step * np.array(H))).max() < 1
        low, high = (step, high) if shrinks else (low, step)
    return low


def projected(point: np.ndarray, radius: float) -> np.ndarray:
    return point * min(1.0, radius / float(np.linalg.norm(point)))


def neighbour_gap(bits: int, power: int) -> int:
    """Count up to the next number that keeps so many bits."""
    number = power + 1
    while len(bin(number).rstrip("0")) - 2 > bits:
        number += 1
    return number - power


WAYS = {
    "math.opt.gradient/drill-one-step-down": lambda a, b, p, q, s: (
        np.array([p, q]) - s * np.array([sympy.diff(a * X**2, X).subs(X, p), sympy.diff(b * X**2, X).subs(X, q)], float)
    ),
    "math.opt.gradient/drill-after-some-steps": lambda c, s, n, x: descended(c, s, n, x),
    "math.opt.gradient/drill-two-steps-with-momentum": lambda b, s, g, x: with_momentum(b, s, [g, g], x),
    "math.opt.gradient/drill-adam-mean-after-two": lambda b, g, h: np.average([g, h], weights=[b, 1]),
    "math.opt.gradient/drill-best-constant-step": lambda m, k: best_step(m, k),
    "math.opt.gradient/drill-stable-step-in-two-dimensions": lambda H: stable_up_to(H),
    "math.opt.gradient/drill-newton-towards-a-minimum": lambda x, f, g, c: np.roots(
        np.polyder([c / 2, g - c * x, f - g * x + c * x * x / 2])
    )[0],
    "math.opt.gradient/drill-exact-line-search": lambda a, b, p, q: sympy.solve(
        sympy.diff(-X * (p * p + q * q) + X**2 * (a * p * p + b * q * q) / 2, X), X
    )[0],
    "math.opt.gradient/drill-step-and-project": lambda x, y, g, h, s, r: projected(
        np.array([x, y]) - s * np.array([g, h]), r
    ),
    "math.opt.gradient/drill-step-with-weight-decay": lambda w, g, s, k: (
        w - s * sympy.diff(g * X + sympy.Rational(1, 2) * k * X**2, X).subs(X, w)
    ),
    "math.num.floating/drill-gap-between-neighbours": lambda b, power: neighbour_gap(b, power),
    "math.num.floating/drill-cancellation-factor": lambda a, b, r: (
        ((a * (1 + r / 1000) - b * (1 - r / 1000)) / (a - b) - 1) * 1000
    ),
    "math.num.floating/drill-log-of-two-exponentials": lambda x, y: np.logaddexp(x, y),
    "math.num.floating/drill-smallest-loss-scale": lambda g, m: next(
        k for k in range(100) if 2.0**-g * 2.0**k >= 2.0**-m
    ),
    "math.num.floating/drill-binary-fraction": lambda b, k: int("".join(map(str, b)), 2) / 2 ** len(b) * 2**k,
}
