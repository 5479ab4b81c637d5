"""PCA by the singular value decomposition."""

import numpy as np


def pca(X, k):
    """Return mean, axes (k × d), variances (k) and shares of the whole variance (k) of the rows of X."""


def encode(X, mean, axes):
    """Return the coordinates of the rows on the axes."""


def decode(Z, mean, axes):
    """Return the points that these coordinates stand for."""
