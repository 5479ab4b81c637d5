"""What principal.py must do."""

import numpy as np

from mlcoach.adapters.practice.harness import close
from principal import decode, encode, pca


def test_line():
    X = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]])
    mean, axes, variance, share = pca(X, 1)
    assert close(mean, [2, 4])
    assert close(abs(axes[0] @ np.array([1, 2]) / 5**0.5), 1)
    assert close(variance, [5.0])
    assert close(share, [1.0])


def test_there_and_back():
    X = np.random.default_rng(0).normal(size=(20, 4)) + 7
    mean, axes, _, _ = pca(X, 4)
    assert close(decode(encode(X, mean, axes), mean, axes), X)


def test_covariance():
    """the variances are the eigenvalues of the covariance matrix, largest first, which divides by n - 1"""
    X = np.random.default_rng(1).normal(size=(30, 5)) * [1, 2, 3, 4, 5] + 100
    variance = pca(X, 5)[2]
    assert close(variance, np.linalg.eigvalsh(np.cov(X.T))[::-1], rel=1e-8)


def test_share_of_all():
    """a share is one of the whole variance, also of the axes that are not kept"""
    X = np.random.default_rng(2).normal(size=(50, 3)) * [3, 2, 1]
    assert close(pca(X, 1)[3], pca(X, 3)[3][:1])
    assert close(pca(X, 3)[3].sum(), 1)


def test_kept_and_lost():
    """what the kept axes hold and what decoding loses are the two sides of a right angle"""
    X = np.random.default_rng(3).normal(size=(40, 6)) * [6, 5, 4, 3, 2, 1]
    mean, axes, _, share = pca(X, 2)
    lost = np.sum((X - decode(encode(X, mean, axes), mean, axes)) ** 2) / np.sum((X - mean) ** 2)
    assert close(share.sum() + lost, 1)


def test_new_rows():
    """new rows are centred with the mean of the rows that pca saw, not with their own"""
    X = np.random.default_rng(4).normal(size=(40, 3)) + 5
    mean, axes, _, _ = pca(X, 3)
    assert close(decode(encode(X[:1], mean, axes), mean, axes), X[:1])
