"""Logistic regression by Newton's method: fill the gaps ____. X has a column of ones."""

import numpy as np


def sigmoid(z):
    return ____


def loss(w, X, y):
    """Return the mean cross-entropy, also for large scores."""
    z = X @ w
    return np.mean(np.logaddexp(0, z) - y * z)


def newton(X, y, steps=50):
    """Return the weights at which the gradient of the loss is zero."""
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        p = sigmoid(X @ w)
        gradient = ____
        if np.linalg.norm(gradient) < 1e-10:
            break
        weights = ____
        hessian = (X.T * weights) @ X / len(y)
        w = w - np.linalg.solve(____)
    return w
