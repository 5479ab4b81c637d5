"""Varied cards of `math.la`, by NumPy."""

from collections.abc import Sequence

import numpy as np

Vector = Sequence[float]


def cosine(i: int, j: int, s: int, t: int) -> float:
    x = np.array([(1, 2, 2), (2, 1, 2), (2, 2, 1)][i]) * np.array([(1, s, 1), (1, s, 1), (1, s, 1)][i])
    y = np.array([(3, 4, 0), (0, 3, 4), (4, 0, 3)][j]) * (t, 1, 1)
    return float(x @ y / np.linalg.norm(x) / np.linalg.norm(y))


def norm(i: int, s: int, t: int) -> float:
    quads = [(3, 4, 12), (2, 3, 6), (1, 4, 8), (2, 6, 9), (4, 4, 7), (6, 6, 7), (2, 10, 11), (1, 2, 2), (2, 4, 4),
             (8, 9, 12), (1, 12, 12), (2, 5, 14)]  # fmt: skip
    return float(np.linalg.norm(np.array(quads[i]) * (s, t, 1)))


def entry(A: Sequence[Vector], B: Sequence[Vector], i: int, j: int) -> float:
    return float((np.array(A) @ np.array(B))[i - 1, j - 1])


def multiplications(n: int, m: int, k: int) -> int:
    return int(np.ones((n, k)).size) * m


def matrix_of_rank(m: int, n: int, r: int) -> np.ndarray:
    chance = np.random.default_rng(m * 100 + n * 10 + r)
    return chance.normal(size=(m, r)) @ chance.normal(size=(r, n))


def null_space(m: int, n: int, r: int) -> int:
    return n - int(np.linalg.matrix_rank(matrix_of_rank(m, n, r)))


def left_null_space(m: int, n: int, r: int) -> int:
    return m - int(np.linalg.matrix_rank(matrix_of_rank(m, n, r).T))


def rank(a: Vector, k: int, n: int, g: Vector, u: int) -> int:
    first = np.array(a)
    return int(np.linalg.matrix_rank(np.array([first, k * first, n * first if u == 1 else np.array(g)])))


def middle(x: int, y: int, z: int, c: int) -> float:
    system = np.array([(1, 1, 1), (0, 1, 1), (0, 0, c)])
    return float(np.linalg.solve(system, system @ np.array((x, y, z)))[1])


def projection(a: Vector, b: Vector) -> float:
    return float(np.linalg.lstsq(np.array(a, float)[:, None], np.array(b, float), rcond=None)[0][0])


def condition(m: int, n: int) -> float:
    tall = np.diag([m * 10.0**n, 1.0, 1.0])[:, :2]
    return float(np.linalg.cond(tall.T @ tall))


def remainder(i: int, a: Vector) -> float:
    q = np.array([(0.6, 0.8), (0.8, 0.6), (0.6, -0.8), (-0.8, 0.6)][i])
    return float(np.linalg.norm(np.array(a) - (q @ np.array(a)) * q))


def slope(y: Vector) -> float:
    return float(np.polyfit([0, 1, 2], y, 1)[0])


def error_length(i: int, k: int) -> float:
    part, _, whole = [
        (3, 4, 5), (4, 3, 5), (5, 12, 13), (12, 5, 13), (8, 15, 17), (15, 8, 17), (7, 24, 25), (24, 7, 25),
    ][i]  # fmt: skip
    return float(np.sqrt((k * whole) ** 2 - (k * part) ** 2))


def other_eigenvalue(l: int, m: int, a: int) -> float:  # noqa: E741
    found = np.linalg.eigvals(np.array([(a, 1), (-(a - l) * (a - m), l + m - a)], float))
    return float(max(found.real, key=lambda value: abs(value - l)))


def determinant_of(l: Vector) -> float:  # noqa: E741
    turn = np.linalg.qr(np.random.default_rng(1).normal(size=(3, 3)))[0]
    return float(np.linalg.det(turn @ np.diag(l) @ turn.T))


def power_rate(f: int, g: int, h: int) -> float:
    """Run it until the smallest part has died away, and measure the last step."""
    vector = np.array([1.0, 1.0, 1e-12])
    before = after = 0.0
    for _ in range(40):
        vector = np.diag([f, g, h]) @ vector
        vector /= np.linalg.norm(vector)
        before, after = after, float(vector[1] / vector[0])
        if after < 1e-100:
            break
    return after / before


def singular(f: int, g: int) -> float:
    return float(np.linalg.svd(np.diag([f, g]))[1][0])


def rank_one_error(i: int, k: int, more: int) -> float:
    g, h = [(4, 3), (12, 5), (15, 8), (8, 6), (24, 7)][i]
    matrix = np.diag([k * g + more, k * g, k * h]).astype(float)
    left, values, right = np.linalg.svd(matrix)
    return float(np.linalg.norm(matrix - values[0] * np.outer(left[:, 0], right[0])))


def storage(m: int, n: int, k: int) -> int:
    return np.zeros((m, k)).size + np.zeros((k, n)).size


def explained(f: int, g: int, h: int) -> float:
    variances = np.linalg.eigvalsh(np.diag([f, g, h]).T @ np.diag([f, g, h]))
    return float(variances.max() / variances.sum())


WAYS = {
    "math.la.vectors/cosine-of-two-vectors": cosine,
    "math.la.vectors/two-norm-of-vector": norm,
    "math.la.vectors/single-entry-of-product": entry,
    "math.la.vectors/multiplications-in-matmul": multiplications,
    "math.la.systems/null-space-dimension": null_space,
    "math.la.systems/left-null-space-dimension": left_null_space,
    "math.la.systems/rank-of-three-by-three": rank,
    "math.la.systems/determinant-two-by-two": lambda A: float(np.linalg.det(np.array(A, float))),
    "math.la.systems/middle-unknown": middle,
    "math.la.orthogonal/projection-coefficient": projection,
    "math.la.orthogonal/condition-number-squared": condition,
    "math.la.orthogonal/gram-schmidt-remainder": remainder,
    "math.la.orthogonal/slope-of-best-line": slope,
    "math.la.orthogonal/length-after-projection": error_length,
    "math.la.eigen/trace-eig": other_eigenvalue,
    "math.la.eigen/det-from-eigenvalues": determinant_of,
    "math.la.eigen/power-iteration-rate": power_rate,
    "math.la.eigen/largest-singular-value": singular,
    "math.la.eigen/rank-one-error": rank_one_error,
    "math.la.eigen/low-rank-storage": storage,
    "math.la.eigen/explained-variance-share": explained,
}
