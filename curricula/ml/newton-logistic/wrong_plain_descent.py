"""A guessed step size needs thousands of steps. Solve with the second derivative instead.

Fails: intercept, gradient-zero, few-steps
"""

from solution import *


def newton(X, y, steps=50):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        w = w - 0.5 * X.T @ (sigmoid(X @ w) - y) / len(y)
    return w
