"""Numbers of `math.opt` and `math.num`."""

import math
import struct
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction


def descend(slope: Callable[[float], float], start: float, step: float, rounds: int) -> float:
    x = start
    for _ in range(rounds):
        x -= step * slope(x)
    return x


def largest_stable_step(slope: Callable[[float], float]) -> float:
    """Halve an interval of steps by whether descent from 1 shrinks."""
    stable, unstable = 0.0, 1.0
    for _ in range(60):
        step = (stable + unstable) / 2
        if abs(descend(slope, 1.0, step, 1)) < 1:
            stable = step
        else:
            unstable = step
    return stable


def slowest_factor(curvatures: Sequence[float], step: float) -> float:
    """Run one round along each axis of the quadratic; the factors must agree in size."""

    def factor(curvature: float) -> float:
        return abs(descend(lambda x: curvature * x, 1.0, step, 1))

    factors = [factor(curvature) for curvature in curvatures]
    assert math.isclose(min(factors), max(factors))
    return max(factors)


def swinging_velocity(beta: float) -> float:
    """Return the size of the velocity after many gradients of 1 and −1 in turn."""
    velocity = 0.0
    for step in range(2000):
        velocity = beta * velocity + (-1) ** step
    return abs(velocity)


def constrained_minimum(f: Callable[[float], float], lowest: float) -> float:
    return min(f(lowest + step / 1000) for step in range(10_000))


def price(lowest: float, shift: float = 1e-6) -> float:
    """How fast the minimum of x² over x ≥ lowest rises with `lowest`."""
    return (constrained_minimum(lambda x: x * x, lowest + shift) - lowest**2) / shift


def dual_value(multiplier: float) -> float:
    return min(x * x + multiplier * (3 - x) for x in (step / 1000 for step in range(-10_000, 10_000)))


def first_integer_lost() -> int:
    """Store integers as float32; the distance of its numbers changes only at powers of two, so look behind those."""
    for exponent in range(40):
        for number in range(2**exponent, 2**exponent + 1000):
            if struct.unpack("f", struct.pack("f", number))[0] != number:
                return number
    raise AssertionError


def digits_of_difference(first: str, second: str) -> int:
    return len((Decimal(first) - Decimal(second)).as_tuple().digits)


def digits_after_solving(condition: float, digits: int) -> float:
    """Solve a diagonal system whose right side is off in its last digit, in the most sensitive direction."""
    smallest = Fraction(1) / Fraction(condition)
    error = Fraction(1, 10**digits)
    exact, disturbed = (Fraction(1), Fraction(0)), (Fraction(1), error / smallest)
    return -math.log10(max(abs(a - b) for a, b in zip(exact, disturbed, strict=True)))


def halvings(length: Fraction, goal: Fraction) -> int:
    rounds = 0
    while length >= goal:
        length /= 2
        rounds += 1
    return rounds


def newton_digits(rounds: int) -> float:
    """Newton for 1/x = 1, where e becomes exactly e², from an error of 10⁻³."""
    x = 1 - Fraction(1, 1000)
    for _ in range(rounds):
        x = x * (2 - x)
    return -math.log10(1 - x)


def simpson_ratio() -> float:
    def error(n: int) -> float:
        h = Fraction(1, n)
        weights = [1] + [4 if k % 2 else 2 for k in range(1, n)] + [1]
        return float(sum(w * (k * h) ** 4 for k, w in enumerate(weights)) * h / 3 - Fraction(1, 5))

    return error(8) / error(16)


def inner(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def conjugate_gradient_rounds(eigenvalues: Sequence[int]) -> int:
    """Exact arithmetic on a diagonal matrix."""
    residual = [Fraction(1 + k % 7) for k in range(len(eigenvalues))]
    direction = list(residual)
    rounds = 0
    while any(residual):
        image = [a * p for a, p in zip(eigenvalues, direction, strict=True)]
        squared = inner(residual, residual)
        alpha = squared / inner(direction, image)
        residual = [r - alpha * q for r, q in zip(residual, image, strict=True)]
        beta = inner(residual, residual) / squared
        direction = [r + beta * p for r, p in zip(residual, direction, strict=True)]
        rounds += 1
    return rounds


def next_single(x: float) -> float:
    """Return the float32 number after a positive one: its bits read as an integer, plus one."""
    (bits,) = struct.unpack("<I", struct.pack("<f", x))
    return float(struct.unpack("<f", struct.pack("<I", bits + 1))[0])


ANSWERS: dict[str, Callable[[], float]] = {
    "math.opt.gradient/pre-momentum-in-the-long-run": lambda: 0.1 * sum(0.8**k for k in range(500)),
    "math.opt.gradient/pre-longest-step-of-two": lambda: largest_stable_step(lambda y: 16 * y),
    "math.opt.gradient/pre-one-step-downhill": lambda: descend(lambda x: 2 * x, 3.0, 0.1, 1),
    "math.opt.gradient/largest-stable-step": lambda: largest_stable_step(lambda x: 10 * x),
    "math.opt.gradient/best-factor-two-curvatures": lambda: slowest_factor((1, 9), 0.2),
    "math.opt.gradient/momentum-on-alternating-gradients": lambda: swinging_velocity(0.9),
    "math.opt.gradient/rescaled-loss-rescales-the-rate": lambda: round(
        largest_stable_step(lambda x: 10 * x) / largest_stable_step(lambda x: 10_000 * x), 6
    ),
    "math.opt.gradient/batch-and-gradient-noise": lambda: 0.4 * math.sqrt(25 / 100),
    "math.opt.gradient/rounds-to-a-thousandth": lambda: next(n for n in range(1000) if 0.9**n < 1 / 1000),
    "math.opt.convex/pre-smallest-square-allowed": lambda: constrained_minimum(lambda x: x * x, 3),
    "math.opt.convex/pre-certificate": lambda: 92 - 90,
    "math.opt.convex/price-of-a-constraint": lambda: round(price(3), 3),
    "math.opt.convex/a-lower-bound-from-the-dual": lambda: dual_value(4),
    "math.num.methods/newton-step-for-a-root": lambda: (3 + 10 / 3) / 2,
    "math.num.methods/halvings-to-a-millionth": lambda: next(n for n in range(99) if 2 / 2**n < 1e-6),
    "math.num.floating/pre-next-float": lambda: next_single(2.0**21) - 2**21,
    "math.num.floating/pre-log-of-a-sum": lambda: float((Decimal(1000).exp() * 2).ln() - 1000),
    "math.num.floating/pre-three-digit-machine": lambda: float(f"{float(f'{1000 + 4:.3g}') + 4:.3g}"),
    "math.num.floating/pre-sixteen-bits": lambda: len({f"{number:016b}" for number in range(1 << 16)}),
    "math.num.floating/first-integer-lost": first_integer_lost,
    "math.num.floating/digits-left-after-subtraction": lambda: digits_of_difference("1.2345678", "1.2345612"),
    "math.num.floating/digits-left-after-solving": lambda: digits_after_solving(1e6, 16),
    "math.num.methods/pre-how-many-halvings": lambda: halvings(Fraction(1), Fraction(1, 1000)),
    "math.num.methods/newton-doubles-digits": lambda: newton_digits(2),
    "math.num.methods/simpson-halved-step": simpson_ratio,
    "math.num.methods/cg-three-eigenvalues": lambda: conjugate_gradient_rounds([1, 10, 10_000] * 5),
}
