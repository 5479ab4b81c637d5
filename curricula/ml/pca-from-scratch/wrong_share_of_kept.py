"""Divide by the variance of all axes, before you cut.

Fails: share-of-all, kept-and-lost
"""

from solution import *


def pca(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    variance = s[:k] ** 2 / (len(X) - 1)
    return mean, Vt[:k], variance, variance / variance.sum()
