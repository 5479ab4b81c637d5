"""Linear equations with a symmetric positive definite matrix, given as its lower triangle row by row (Cholesky)."""

import math
from collections.abc import Sequence
from functools import lru_cache, reduce
from operator import add, mul

Vector = tuple[float, ...]


@lru_cache(maxsize=8)
def factor(triangle: Vector) -> tuple[Vector, ...]:
    """Return the rows of the lower triangular C with C Cᵀ = A; in place of the diagonal its inverse.

    Raises ValueError for a matrix that is not positive definite.
    """
    rows: list[Vector] = []
    start = 0
    while start < len(triangle):
        found: list[float] = []
        for place, other in enumerate(rows, start=start):
            found.append((triangle[place] - product(found, other)) * other[-1])
        start += len(rows) + 1
        found.append(1 / math.sqrt(triangle[start - 1] - product(found, found)))
        rows.append(tuple(found))
    return tuple(rows)


def solved(rows: tuple[Vector, ...], values: Sequence[float]) -> list[float]:
    """Return A⁻¹ times some values, from the factor of A."""
    left = _forward(rows, values)
    for row in reversed(rows):
        place = len(row) - 1
        left[place] *= row[-1]
        for column in range(place):
            left[column] -= row[column] * left[place]
    return left


def variance(rows: tuple[Vector, ...], values: Sequence[float]) -> float:
    """Return xᵀ A⁻¹ x, from the factor of A."""
    half = _forward(rows, values)
    return product(half, half)


def less_certain(triangle: Vector, size: int, place: int, by: float) -> Vector:
    """Return the triangle of A such that the diagonal of A⁻¹ is larger by so much at one place, and A⁻¹ else the same.

    A - k c cᵀ with c the column of A at the place and k = by / (1 + by c[place]) (Sherman and Morrison).
    """
    start = place * (place + 1) // 2
    below = [row * (row + 1) // 2 + place for row in range(place + 1, size)]
    column = (*triangle[start : start + place + 1], *[triangle[at] for at in below])
    share = by / (1 + by * column[place])
    found: list[float] = []
    for row in range(size):
        scaled = share * column[row]
        begin = row * (row + 1) // 2
        found += [
            value - scaled * other for value, other in zip(triangle[begin : begin + row + 1], column, strict=False)
        ]
    return tuple(found)


def product(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the sum of products, as far as the shorter one goes."""
    # One after the other: `sum` of floats has other last digits from Python 3.12 on, and all folds are to be the same.
    return float(reduce(add, map(mul, one, other), 0.0))


def _forward(rows: tuple[Vector, ...], values: Sequence[float]) -> list[float]:
    """Return u with C u = values."""
    found: list[float] = []
    for row, value in zip(rows, values, strict=True):
        found.append((value - product(found, row)) * row[-1])
    return found
