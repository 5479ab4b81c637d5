"""Varied cards of `math.pre` and `math.phys`: counted, added up and walked."""

import math
from fractions import Fraction
from functools import cache

import numpy as np
import sympy


def power(r: int, q: int, n: int) -> float:
    return float(sympy.root(sympy.Integer(r**q), q) ** n)


def percentages(u: int, d: int) -> float:
    price = Fraction(100)
    price += price * u / 100
    price -= price * d / 100
    return float(price)


def logarithm(r: int, n: int, m: int) -> float:
    return math.log(r**m, r**n)


def exponent(b: int, y: int) -> float:
    low, high = 0.0, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if b**middle < y else (low, middle)
    return low


def square(h: int, q: int) -> float:
    """Return the value of the parabola at its lowest point."""
    return float(np.polyval([1, -2 * h, q], h))


def sine(k: int) -> float:
    """Turn a unit vector by 30° so often."""
    turn = complex(math.sqrt(3) / 2, 0.5)
    return (turn**k).imag


def double_sum(n: int) -> int:
    return sum(j for i in range(1, n + 1) for j in range(1, i + 1))


def series(c: int, k: int) -> float:
    return sum(c / k**n for n in range(200))


def slope(x: int, y: int, m: int, d: int) -> float:
    return float(np.polyfit([x, x + d], [y, y + m * d], 1)[0])


def settle(c: int, g: float) -> float:
    v = 0.0
    for _ in range(5_000):
        v = v * (1 - c / 100) + g
    return v


def halved(c: int) -> int:
    v, steps = Fraction(1), 0
    while v >= Fraction(1, 2):
        v, steps = v * (100 - c) / 100, steps + 1
    return steps


def diffusion(w: int, t: int, f: int) -> float:
    per_minute = w * w / t  # the mean square grows evenly
    return (f * w) ** 2 / per_minute


def walk(l: int, m: int) -> int:  # noqa: E741
    mean_square = steps = 0
    while mean_square < (l * m) ** 2:
        mean_square, steps = mean_square + l * l, steps + 1
    return steps


def upper_state(u: int, t: int) -> float:
    weights = np.exp(-np.array([0, u]) / t)
    return float(weights[1] / weights.sum())


def force(c: int, x: int) -> float:
    return -((c * (x + 0.5) ** 2) - (c * (x - 0.5) ** 2))  # a central difference is exact for a parabola


WAYS = {
    "math.pre.refresh/fractional-power": cache(power),
    "math.pre.refresh/up-and-down-by-a-fifth": percentages,
    "math.pre.refresh/log-in-another-base": logarithm,
    "math.pre.refresh/exponent-by-logarithms": exponent,
    "math.pre.refresh/complete-the-square": square,
    "math.pre.refresh/sine-in-radians": sine,
    "math.pre.refresh/triangular-double-sum": double_sum,
    "math.pre.refresh/sum-of-odd-terms": lambda a, b, n: sum(a * i + b for i in range(1, n + 1)),
    "math.pre.refresh/geometric-series": series,
    "math.pre.refresh/product-sign": lambda f, more: int(np.prod(range(f, f + more + 1))),
    "math.pre.refresh/slope-through-two-points": slope,
    "math.pre.refresh/composition-order": lambda a, x: (lambda y: y * y)((lambda y: y + a)(x)),
    "math.phys.models/force-from-energy": force,
    "math.phys.models/four-times-the-mass": lambda f: (
        (2 * math.pi * math.sqrt(f * f / 3)) / (2 * math.pi * math.sqrt(1 / 3))
    ),
    "math.phys.models/terminal-velocity": cache(settle),
    "math.phys.models/steps-to-half-the-velocity": cache(halved),
    "math.phys.models/diffusion-width-time": diffusion,
    "math.phys.models/steps-to-go-fifty": cache(walk),
    "math.phys.models/boltzmann-two-states": upper_state,
    "math.phys.models/uphill-by-metropolis": lambda u, t: upper_state(u, t) / (1 - upper_state(u, t)),
}
