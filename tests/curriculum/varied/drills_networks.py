"""Drills of `dl`: arrays of the shapes in question, NumPy's and SciPy's own functions, differences."""

import math
from collections.abc import Sequence

import numpy as np
import sympy
from scipy import special

X = sympy.symbols("x")


def chain_of_sigmoids(k: int, w: float, out: float) -> float:
    """Return how far a small move of the input moves the output, every bias being such that each unit gives `out`."""
    bias = special.logit(out) - w * out

    def forward(move: float) -> float:
        value = out + move
        for _ in range(k):
            value = float(special.expit(w * value + bias))
        return value

    h = 1e-5
    return (forward(h) - forward(-h)) / (2 * h)


def receptive_field(layers: Sequence[tuple[int, int]]) -> int:
    """Walk back from one output and collect the inputs it touches."""
    touched = {0}
    for kernel, stride in reversed(layers):
        touched = {place * stride + tap for place in touched for tap in range(kernel)}
    return max(touched) - min(touched) + 1


WAYS = {
    "dl.nn/drill-hidden-units-from-a-count": lambda i, o, total: next(
        h for h in range(1, 99) if sum(np.zeros(shape).size for shape in ((h, i), h, (o, h), o)) == total
    ),
    "dl.nn/drill-back-through-two-layers": lambda w, x, u, t: sympy.diff((u * X * x - t) ** 2 / 2, X).subs(X, w),
    "dl.nn/drill-loss-from-scores": lambda a, b, c: -special.log_softmax(np.log([a, b, c]))[0],
    "dl.nn/drill-shrinking-gradient": lambda k, w, o: chain_of_sigmoids(k, w, o),
    "dl.cnn/drill-three-layer-receptive-field": lambda f, s, g, t, h: receptive_field([(f, s), (g, t), (h, 1)]),
    "dl.cnn/drill-padding-for-the-same-size": lambda f, k: next(
        p
        for p in range(99)
        if len(np.convolve(np.ones(100 + 2 * p), np.kron(np.ones(f), [1] + [0] * (k - 1))[: k * (f - 1) + 1], "valid"))
        == 100
    ),
    "dl.cnn/drill-separable-convolution": lambda f, i, o: np.zeros((i, 1, f, f)).size + np.zeros((o, i, 1, 1)).size,
    "dl.cnn/drill-slide-a-kernel": lambda x, k: np.correlate(x, k, "valid"),
    "dl.attn/drill-output-of-attention": lambda a, b, u, z, y: special.softmax(np.log([a, b, 1])) @ np.array([u, z, y]),
    "dl.attn/drill-scaled-score": lambda q, k: np.einsum("i,i", np.array(q), np.array(k)) / math.sqrt(len(q)),
    "dl.attn/drill-colder-sampling": lambda p, q, r: special.softmax(np.log([p, q, r]) / 0.5)[0],
    "dl.attn/drill-allowed-pairs": lambda n, h: h * int(np.tril(np.ones((n, n))).sum()),
}
