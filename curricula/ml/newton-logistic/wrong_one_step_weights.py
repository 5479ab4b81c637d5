"""The second derivative changes with w: compute p(1 - p) in each step.

Fails: intercept, gradient-zero, lowest
"""

from solution import *


def newton(X, y, steps=50):
    w = np.zeros(X.shape[1])
    hessian = X.T @ X / len(y) / 4
    return w - np.linalg.solve(hessian, X.T @ (0.5 - y) / len(y))
