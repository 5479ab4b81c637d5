"""The same loss is log(1 + exp(z)) - y z, which logaddexp computes without overflow.

Fails: loss-large
"""

from solution import *


def loss(w, X, y):
    with np.errstate(all="ignore"):
        p = sigmoid(X @ w)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
