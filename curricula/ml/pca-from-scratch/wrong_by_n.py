"""The mean was estimated from the same rows: divide by n - 1.

Fails: line, covariance
"""

from solution import *


def pca(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    variance = s**2 / len(X)
    return mean, Vt[:k], variance[:k], variance[:k] / variance.sum()
