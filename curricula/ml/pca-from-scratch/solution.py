import numpy as np


def pca(X, k):
    mean = X.mean(axis=0)
    _, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    variance = s**2 / (len(X) - 1)
    return mean, Vt[:k], variance[:k], variance[:k] / variance.sum()


def encode(X, mean, axes):
    return (X - mean) @ axes.T


def decode(Z, mean, axes):
    return Z @ axes + mean
