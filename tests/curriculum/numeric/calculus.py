"""Numbers of `math.calc`, `math.pre` and `math.phys`."""

import math
from collections import Counter
from collections.abc import Callable
from fractions import Fraction


def midpoint(f: Callable[[float], float], start: float, end: float, parts: int = 1000) -> float:
    """Integrate by the midpoint rule, which is exact for straight lines."""
    width = (end - start) / parts
    return width * math.fsum(f(start + (i + 0.5) * width) for i in range(parts))


def slope(f: Callable[[float], float], x: float, h: float = 1e-3) -> float:
    """Differentiate by two central differences whose h² errors cancel."""
    wide, narrow = ((f(x + s) - f(x - s)) / (2 * s) for s in (h, h / 2))
    return (4 * narrow - wide) / 3


def border(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Return where `holds` turns from true to false."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def euler(rate: float, x: float, h: float, steps: int) -> float:
    for _ in range(steps):
        x += h * rate * x
    return x


def spread_of_walk(steps: int) -> float:
    ways = Counter({0: 1})
    for _ in range(steps):
        moved: Counter[int] = Counter()
        for place, number in ways.items():
            moved[place - 1] += number
            moved[place + 1] += number
        ways = moved
    return math.sqrt(sum(number * place**2 for place, number in ways.items()) / 2**steps)


def velocity(friction_left: float, steps: int) -> float:
    v = 0.0
    for _ in range(steps):
        v = friction_left * v + 1
    return v


def half_swing(mass: float, h: float = 1e-4) -> float:
    """Return the time until a mass on a spring of stiffness 1, let go at 1, stands still on the other side."""
    x, v, time = 1.0, 0.0, 0.0
    while time < 1 or v < 0:
        v -= h * x / mass
        x += h * v
        time += h
    return time


def loss_of_first_class(*logits: float) -> float:
    return math.log(math.fsum(math.exp(z) for z in logits)) - logits[0]


def best(f: Callable[[float], float], low: float, high: float) -> float:
    """Return where f is largest, found by thirds."""
    for _ in range(200):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (left, high) if f(left) < f(right) else (low, right)
    return low


def hessian_determinant(f: Callable[[float, float], float], h: float = 1e-2) -> float:
    """Return the determinant of second differences at (0, 0), exact for quadratics."""
    xx = (f(h, 0) - 2 * f(0, 0) + f(-h, 0)) / h**2
    yy = (f(0, h) - 2 * f(0, 0) + f(0, -h)) / h**2
    xy = (f(h, h) - f(h, -h) - f(-h, h) + f(-h, -h)) / (4 * h**2)
    return round(xx * yy - xy * xy, 6)


ANSWERS: dict[str, Callable[[], float]] = {
    "math.calc.derivatives/pre-lowest-on-an-interval": lambda: min(
        (x / 1000) ** 3 - 3 * (x / 1000) for x in range(-3000, 2001)
    ),
    "math.calc.derivatives/pre-root-of-a-line": lambda: slope(lambda x: math.sqrt(1 + 4 * x), 2),
    "math.calc.derivatives/pre-slope-of-x-log-x": lambda: round(slope(lambda x: x * math.log(x), math.e), 9),
    "math.calc.derivatives/pre-average-speed": lambda: float((Fraction(31, 10) ** 2 - 9) / Fraction(1, 10)),
    # The tangent of the root is one Newton step for y² = 26 from y = 5.
    "math.calc.derivatives/tangent-estimate": lambda: (5 + 26 / 5) / 2,
    "math.calc.derivatives/sigmoid-steepest": lambda: max(
        math.exp(k / 100) / (1 + math.exp(k / 100)) ** 2 for k in range(-500, 501)
    ),
    "math.calc.derivatives/taylor-of-exp": lambda: float(
        sum(Fraction(1, 5) ** k / math.factorial(k) for k in range(3))
    ),
    "math.calc.integrals/pre-upper-half-of-a-density": lambda: midpoint(lambda x: 2 * x, 0.5, 1),
    "math.calc.integrals/pre-substitution-by-hand": lambda: midpoint(lambda x: 2 * x * math.exp(x * x), 0, 1),
    "math.calc.integrals/pre-distance-from-speed": lambda: sum([5] * 3 + [10] * 2),
    "math.calc.integrals/signed-area": lambda: midpoint(lambda x: x, -1, 2),
    # With x = u⁴ the integrand becomes a line.
    "math.calc.integrals/infinite-height-finite-area": lambda: midpoint(lambda u: 4 * u**3 / math.sqrt(u**4), 0, 1),
    "math.calc.integrals/normalise-a-line": lambda: 1 / midpoint(lambda x: x, 0, 4),
    "math.calc.multivar/pre-gradient-of-a-form": lambda: slope(lambda x: x * x + 4 * x * 1 + 2 * 1 * 1, 1),
    "math.calc.multivar/pre-where-a-saddle-begins": lambda: round(
        border(lambda c: hessian_determinant(lambda x, y: x * x + c * x * y + 4 * y * y) >= 0, 0, 20), 6
    ),
    "math.calc.multivar/pre-slope-in-a-direction": lambda: slope(
        lambda t: (1 + 0.6 * t) ** 2 * (2 + 0.8 * t) + (2 + 0.8 * t) ** 2, 0
    ),
    "math.calc.multivar/pre-steepest-slope": lambda: math.hypot(0.3, 0.4),
    "math.calc.multivar/pre-hold-one-still": lambda: slope(lambda x: x * x * 3, 2),
    "math.calc.multivar/directional-derivative": lambda: slope(lambda t: 6 * (t / 3) + 3 * (2 * t / 3), 0),
    "math.calc.derivatives/peak-of-x-exp": lambda: round(best(lambda x: x * math.exp(-x), 0, 10), 6),
    "math.calc.multivar/hessian-determinant": lambda: hessian_determinant(lambda x, y: 3 * x * x + 2 * x * y + y * y),
    "math.calc.ode/decay-half-life": lambda: border(lambda hours: math.exp(-0.1 * hours) > 0.5, 0, 100),
    "math.calc.ode/pre-two-yearly-steps": lambda: euler(0.1, 100, 1, 2),
    "math.calc.ode/two-euler-steps": lambda: euler(-2, 1, 0.25, 2),
    "math.calc.ode/euler-stability-limit": lambda: border(lambda h: abs(euler(-50, 1, h, 40)) <= 1, 0.01, 1),
    "math.calc.ode/critical-damping": lambda: border(lambda c: c * c - 4 * 9 < 0, 0, 100),
    "math.pre.refresh/pre-linear-equation": lambda: next(x for x in range(-99, 99) if 3 * (x - 2) == 2 * x + 1),
    "math.pre.refresh/log-in-another-base": lambda: border(lambda x: 4**x < 32, 0, 10),
    "math.pre.refresh/sine-in-radians": lambda: math.sin(math.radians(150)),
    "math.pre.refresh/triangular-double-sum": lambda: sum(j for i in (1, 2, 3) for j in range(1, i + 1)),
    "math.pre.refresh/fractional-power": lambda: border(lambda x: x**3 < 8**2, 0, 100),
    "math.pre.refresh/complete-the-square": lambda: {x * x - 6 * x + 11 - (x - 3) ** 2 for x in range(9)}.pop(),
    "math.pre.refresh/sum-of-odd-terms": lambda: sum(2 * i + 1 for i in range(1, 6)),
    "math.pre.refresh/geometric-series": lambda: math.fsum(3.0**-k for k in range(60)),
    "math.pre.refresh/product-sign": lambda: math.factorial(5),
    "math.pre.refresh/composition-order": lambda: (2 + 1) ** 2,
    "math.pre.refresh/exponent-by-logarithms": lambda: border(lambda x: 3**x < 20, 0, 10),
    "math.pre.refresh/up-and-down-by-a-fifth": lambda: float(100 * Fraction(6, 5) * Fraction(4, 5)),
    "math.pre.refresh/slope-through-two-points": lambda: float(Fraction(11 - 2, 4 - 1)),
    "math.phys.models/four-times-the-mass": lambda: round(half_swing(4) / half_swing(1), 3),
    "math.phys.models/steps-to-half-the-velocity": lambda: next(n for n in range(99) if 0.9**n < 0.5),
    "math.phys.models/steps-to-go-fifty": lambda: next(n for n in range(9999) if math.sqrt(n) >= 50),
    "math.phys.models/uphill-by-metropolis": lambda: math.exp(-2 / 2),
    "math.phys.models/boltzmann-two-states": lambda: 1 / (1 + math.e),
    "math.phys.models/pre-random-walk-distance": lambda: spread_of_walk(100),
    "math.phys.models/force-from-energy": lambda: -slope(lambda x: 3 * x * x, 2),
    "math.phys.models/terminal-velocity": lambda: 0.2 * velocity(0.95, 1000),
    "math.phys.models/diffusion-width-time": lambda: border(lambda minutes: math.sqrt(minutes / 1) < 3, 0, 100),
}
