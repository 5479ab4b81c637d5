"""Drills of `math.pre` and `math.la`: by NumPy's and SymPy's own algebra, by counting and by adding up."""

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import sympy

T = sympy.symbols("t")


def years_until(factor: float, rate: float) -> int:
    years, grown = 0, 1.0
    while grown <= factor:
        years, grown = years + 1, grown * (1 + rate / 100)
    return years


def left_null_space(m: int, n: int, r: int) -> int:
    chance = np.random.default_rng(m * 100 + n * 10 + r)
    matrix = chance.normal(size=(m, r)) @ chance.normal(size=(r, n))
    return m - int(np.linalg.matrix_rank(matrix.T))


def eigenvector(A: Sequence[Sequence[float]], value: float) -> np.ndarray:
    values, vectors = np.linalg.eig(np.array(A, float))
    return vectors[:, int(abs(values - value).argmin())]


def projector(a: Sequence[float]) -> np.ndarray:
    q, _ = np.linalg.qr(np.array(a, float)[:, None])
    return q @ q.T


WAYS = {
    "math.pre.refresh/drill-logarithm-of-a-quotient": lambda p, q, k: math.log2((2**p) ** k / 2**q),
    "math.pre.refresh/drill-negative-power": lambda r, q, n: sympy.root(sympy.Integer(r**q), q) ** (-n),
    "math.pre.refresh/drill-before-the-discount": lambda new, d: Fraction(new) / (1 - Fraction(d, 100)),
    "math.pre.refresh/drill-years-to-double": lambda r: years_until(2.0, r),
    "math.pre.refresh/drill-larger-root": lambda b, c: max(np.roots([1, b, c]).real),
    "math.pre.refresh/drill-length-of-interval": lambda k, m, r: (m + r) / k - (m - r) / k,
    "math.pre.refresh/drill-cosine-from-sine": lambda t, hyp: math.cos(math.pi - math.asin(t / hyp)),
    "math.pre.refresh/drill-finite-geometric-sum": lambda c, k, n: sum(c * k**i for i in range(n + 1)),
    "math.pre.refresh/drill-sum-from-the-middle": lambda f, n: sum(range(f, n + 1)),
    "math.pre.refresh/drill-inverse-of-a-cube": lambda a, b, y: np.cbrt((y - b) / a),
    "math.la.vectors/drill-matrix-times-vector": lambda A, x: np.array(A) @ np.array(x),
    "math.la.vectors/drill-make-orthogonal": lambda a, b, c, f, g: np.linalg.solve([[g]], [-np.dot((a, b), (c, f))])[0],
    "math.la.vectors/drill-unit-vector": lambda a, b: (np.array((a, b)) / np.linalg.norm((a, b)))[1],
    "math.la.vectors/drill-map-from-two-images": lambda u, z, x, t: (
        np.column_stack((u, z)) @ np.linalg.inv([[1, 1], [0, 1]]) @ (x, t)
    ),
    "math.la.vectors/drill-trace-of-product": lambda A, B: np.einsum("ij,ji", np.array(A), np.array(B)),
    "math.la.vectors/drill-two-orders": lambda A, B: (np.array(A) @ np.array(B) - np.array(B) @ np.array(A))[0, 1],
    "math.la.vectors/drill-cheaper-order": lambda m, n, p: np.ones((n, p)).size + np.ones((m, n)).size,
    "math.la.vectors/drill-distance": lambda x, y: np.linalg.norm(np.subtract(x, y)),
    "math.la.vectors/drill-length-of-a-sum": lambda a, b, c: np.linalg.norm(
        np.array((a + c / a, math.sqrt(b * b - (c / a) ** 2)))
    ),
    "math.la.vectors/drill-scalar-from-outer": lambda x, y, z: np.outer(x, y) @ np.array(z),
    "math.la.systems/drill-two-equations": lambda a, b, c, f, s, t: np.linalg.solve([(a, b), (c, f)], [s, t]),
    "math.la.systems/drill-no-unique-solution": lambda a, b, c: sympy.solve(sympy.Matrix([(a, b), (c, T)]).det(), T)[0],
    "math.la.systems/drill-entry-of-inverse": lambda a, b, c, f: np.linalg.inv([(a, b), (c, f)])[0, 1],
    "math.la.systems/drill-three-by-three-determinant": lambda r, g, h: np.linalg.det([r, g, h]),
    "math.la.systems/drill-determinant-of-multiple": lambda n, k, t: np.linalg.det(
        k * np.linalg.inv(np.diag([t] + [1] * (n - 1)))
    ),
    "math.la.systems/drill-triangle-area": lambda x, y, t: (
        abs(np.linalg.det(np.column_stack((np.array([x, y, t], float), np.ones(3))))) / 2
    ),
    "math.la.systems/drill-second-pivot": lambda a, c, f, b: np.linalg.det([(a, b), (c, f)]) / a,
    "math.la.systems/drill-null-space-vector": lambda a, b, c: sympy.Matrix([(1, a, b), (0, 1, c)]).nullspace()[0][:2],
    "math.la.systems/drill-other-null-space": lambda m, n, k: left_null_space(m, n, n - k),
    "math.la.systems/drill-dependent-row": lambda a, b, c, p, u: sympy.solve(
        sympy.Matrix([(1, a, b), (0, 1, c), (p, u, T)]).det(), T
    )[0],
    "math.la.orthogonal/drill-projected-point": lambda a, b: np.outer(a, a) @ np.array(b) / np.dot(a, a),
    "math.la.orthogonal/drill-squared-distance": lambda a, b: np.linalg.lstsq(
        np.array(a, float)[:, None], np.array(b, float), rcond=None
    )[1][0],
    "math.la.orthogonal/drill-projection-matrix-entry": lambda a: projector(a)[0, 1],
    "math.la.orthogonal/drill-right-side-of-normal-equations": lambda x, y: (
        np.vander(x, 2, increasing=True).T @ np.array(y)
    ),
    "math.la.orthogonal/drill-next-value-of-a-line": lambda y: np.polyval(np.polyfit([0, 1, 2], y, 1), 3),
    "math.la.orthogonal/drill-orthonormal-coordinates": lambda c, t, h, x: np.linalg.solve(
        np.array([(c, -t), (t, c)]) / h, np.array(x, float)
    ),
    "math.la.orthogonal/drill-difference-after-rotation": lambda a, b, c: (
        a * a + b * b - 2 * a * b * math.cos(math.acos(c / (a * b)))
    ),
    "math.la.orthogonal/drill-gram-schmidt-vector": lambda a, z: (
        np.array(z) - np.outer(a, a) @ np.array(z) / np.dot(a, a)
    ),
    "math.la.eigen/drill-larger-eigenvalue": lambda A: max(np.linalg.eigvals(np.array(A, float)).real),
    "math.la.eigen/drill-eigenvalue-of-a-vector": lambda A, v: np.dot(v, np.array(A) @ np.array(v)) / np.dot(v, v),
    "math.la.eigen/drill-eigenvector-for-a-value": lambda A, r: eigenvector(A, r)[1] / eigenvector(A, r)[0],
    "math.la.eigen/drill-power-along-eigenvectors": lambda r, u, n, x: (
        (np.linalg.matrix_power(np.array([(r + u, r - u), (r - u, r + u)]), n) @ np.array(x))[0] / 2**n
    ),
    "math.la.eigen/drill-shifted-determinant": lambda f, g, h, k: np.linalg.det(np.diag([f, g, h]) + k * np.eye(3)),
    "math.la.eigen/drill-trace-of-square": lambda t, n: np.trace(
        np.linalg.matrix_power(np.array([(0, -n), (1, t)]), 2)
    ),
    "math.la.eigen/drill-just-positive-definite": lambda a, b: next(
        k for k in range(1, 99) if np.linalg.eigvalsh([(a, b), (b, k)])[0] > 1e-9
    ),
    "math.la.eigen/drill-eigenvalue-of-a-form": lambda a, b, c: np.linalg.eigvalsh([(a, b / 2), (b / 2, c)])[1],
    "math.la.eigen/drill-singular-value-from-gram": lambda G: np.linalg.svd(
        np.linalg.cholesky(np.array(G, float)).T, compute_uv=False
    )[0],
    "math.la.eigen/drill-how-many-components": lambda f, g, h, i, t: (
        1 + int(np.searchsorted(np.cumsum(np.square([f, g, h, i])) / np.sum(np.square([f, g, h, i])) * 100, t - 1e-9))
    ),
}
