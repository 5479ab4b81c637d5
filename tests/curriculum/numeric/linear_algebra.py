"""Numbers of `math.la`."""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

Matrix = Sequence[Sequence[float]]


def dot(x: Sequence[float], y: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(x, y, strict=True))


def product(a: Matrix, b: Matrix) -> list[list[float]]:
    return [[dot(row, column) for column in zip(*b, strict=True)] for row in a]


def rank(matrix: Matrix) -> int:
    rows = [[Fraction(value) for value in row] for row in matrix]
    found = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in range(found, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for row in range(found + 1, len(rows)):
            factor = rows[row][column] / rows[found][column]
            rows[row] = [a - factor * b for a, b in zip(rows[row], rows[found], strict=True)]
        found += 1
    return found


def solve(a: float, b: float, c: float, d: float, e: float, f: float) -> tuple[float, float]:
    """Solve a x + b y = c, d x + e y = f by Cramer's rule."""
    determinant = a * e - b * d
    return (c * e - b * f) / determinant, (a * f - c * d) / determinant


def slope(points: Sequence[tuple[float, float]]) -> float:
    x_mean = sum(x for x, _ in points) / len(points)
    y_mean = sum(y for _, y in points) / len(points)
    return sum((x - x_mean) * (y - y_mean) for x, y in points) / sum((x - x_mean) ** 2 for x, _ in points)


def remainder_after_projection(q: Sequence[float], a: Sequence[float]) -> float:
    along = dot(q, a)
    return math.hypot(*(value - along * unit for value, unit in zip(a, q, strict=True)))


def power_iteration_rate() -> float:
    """Run it on the diagonal matrix with the eigenvalues of the card and measure the error's last step."""
    vector, errors = [1.0, 1.0, 1.0], []
    for _ in range(40):
        vector = [value * factor for value, factor in zip(vector, (10, 5, 1), strict=True)]
        vector = [value / math.hypot(*vector) for value in vector]
        errors.append(math.hypot(*vector[1:]))
    return errors[-1] / errors[-2]


def best_constant(targets: Sequence[float], loss: Callable[[float], float]) -> float:
    steps = [number / 100 for number in range(int(min(targets) * 100), int(max(targets) * 100) + 1)]
    return min(steps, key=lambda guess: sum(loss(guess - target) for target in targets))


def operations(n: int, right_hand_sides: int) -> float:
    return 2 / 3 * n**3 + right_hand_sides * 2 * n**2


ANSWERS: dict[str, Callable[[], float]] = {
    "math.la.systems/pre-constant-that-fits": lambda: next(
        c for c in range(-50, 50) if rank([(1, 1, 1, 4), (1, -1, 0, 1), (2, 0, 1, c)]) == 2
    ),
    "math.la.systems/pre-free-parameters": lambda: (
        9 - rank([[int(j == i) + int(j == 8) for j in range(9)] for i in range(3)] + [[0] * 9] * 2)
    ),
    "math.la.systems/inverse-costs-solves": lambda: round(operations(10**6, 10**6) / operations(10**6, 1), 3),
    "math.la.vectors/pre-entries-of-a-transpose": lambda: np.zeros((7, 5)).dot(np.zeros((5, 2))).T.size,
    "math.la.vectors/pre-product-of-product": lambda: product(
        product([(0, -1), (1, 0)], [(0, -1), (1, 0)]), [(3,), (7,)]
    )[0][0],
    "math.la.vectors/pre-dot-product": lambda: dot((1, 2, 3), (4, -1, 2)),
    "math.la.vectors/cosine-of-two-vectors": lambda: (
        dot((1, 2, 2), (3, 4, 0)) / math.hypot(1, 2, 2) / math.hypot(3, 4, 0)
    ),
    "math.la.vectors/two-norm-of-vector": lambda: math.hypot(3, -4, 12),
    "math.la.vectors/single-entry-of-product": lambda: product([(1, 2), (3, 4)], [(0, 1), (5, -2)])[1][0],
    "math.la.vectors/multiplications-in-matmul": lambda: 100 * 20 * 50,
    "math.la.systems/pre-solve-two-equations": lambda: solve(2, 3, 12, 1, -1, 1)[0],
    "math.la.systems/null-space-dimension": lambda: 8 - 3,
    "math.la.systems/left-null-space-dimension": lambda: 7 - 4,
    "math.la.systems/rank-of-three-by-three": lambda: rank([(1, 2, 3), (2, 4, 6), (1, 1, 1)]),
    "math.la.systems/determinant-two-by-two": lambda: 2 * 4 - 3 * 1,
    "math.la.systems/middle-unknown": lambda: 5 - 6 / 2,
    "math.la.orthogonal/pre-line-through-the-origin": lambda: min(
        (c / 100 for c in range(1000)), key=lambda c: (1 - c) ** 2 + (5 - 2 * c) ** 2
    ),
    "math.la.orthogonal/pre-entry-of-a-projection": lambda: min(
        (c / 100 for c in range(1000)), key=lambda c: math.hypot(4 - c, 2 - c)
    ),
    "math.la.orthogonal/pre-best-constant": lambda: best_constant((2, 3, 10), lambda error: error**2),
    "math.la.orthogonal/projection-coefficient": lambda: dot((1, 1), (2, 5)) / dot((1, 1), (1, 1)),
    "math.la.orthogonal/condition-number-squared": lambda: 1000**2,
    "math.la.orthogonal/gram-schmidt-remainder": lambda: remainder_after_projection((0.6, 0.8), (1, 2)),
    "math.la.orthogonal/slope-of-best-line": lambda: slope([(0, 1), (1, 2), (2, 6)]),
    "math.la.orthogonal/length-after-projection": lambda: math.sqrt(13**2 - 12**2),
    "math.la.eigen/pre-variance-of-two-directions": lambda: (
        100 * np.linalg.eigvalsh(np.diag([4.0, 2.0]).T @ np.diag([4.0, 2.0]))[-1] / np.linalg.norm([4, 2]) ** 2
    ),
    "math.la.eigen/pre-larger-eigenvalue": lambda: max(np.linalg.eigvals([[5, 1], [2, 4]]).real),
    "math.la.eigen/pre-repeated-growth": lambda: 2**5,
    "math.la.eigen/trace-eig": lambda: 2 + 2 - 1,
    "math.la.eigen/det-from-eigenvalues": lambda: 2 * 3 * -1,
    "math.la.eigen/power-iteration-rate": power_iteration_rate,
    "math.la.eigen/largest-singular-value": lambda: max(abs(3), abs(-5)),
    "math.la.eigen/rank-one-error": lambda: math.hypot(4, 3),
    "math.la.eigen/low-rank-storage": lambda: 1000 * 20 + 20 * 500,
    "math.la.eigen/explained-variance-share": lambda: 6**2 / (6**2 + 3**2 + 2**2),
}
