"""What logistic.py must do."""

import numpy as np

from logistic import loss, newton, sigmoid
from mlcoach.adapters.practice.harness import close


def test_sigmoid():
    assert close(sigmoid(np.array([0.0, np.log(3.0), -np.log(3.0)])), [0.5, 0.75, 0.25])


def test_intercept():
    assert close(newton(np.ones((8, 1)), np.array([1, 1, 1, 1, 1, 1, 0, 0])), [np.log(3)])


def test_loss_large():
    """1 - p is rounded to 0 for a score of 800, and its logarithm is infinite: compute the loss from the score"""
    X = np.array([[1.0, 800.0], [1.0, -800.0]])
    assert close(newton(np.ones((2, 1)), np.array([1, 0])), [0.0])
    assert close(loss(np.array([0.0, 1.0]), X, np.array([0, 1])), 800.0)


def test_gradient_zero():
    """at the lowest loss the errors p - y are orthogonal to each column"""
    rng = np.random.default_rng(0)
    X = np.column_stack([np.ones(200), rng.normal(size=(200, 3))])
    y = (rng.random(200) < sigmoid(X @ [0.5, 1.0, -2.0, 0.0])).astype(int)
    w = newton(X, y)
    assert close(X.T @ (sigmoid(X @ w) - y) / 200, [0.0] * 4, abs=1e-9)


def test_few_steps():
    """near the solution Newton's method doubles the digits with each step: ten are plenty"""
    rng = np.random.default_rng(1)
    X = np.column_stack([np.ones(100), rng.normal(size=(100, 2))])
    y = (rng.random(100) < 0.4).astype(int)
    assert close(newton(X, y, 10), newton(X, y, 50), abs=1e-8)
    assert loss(newton(X, y, 10), X, y) < loss(np.zeros(3), X, y)


def test_lowest():
    """a little beside the solution the loss is higher, in every direction"""
    rng = np.random.default_rng(2)
    X = np.column_stack([np.ones(100), rng.normal(size=(100, 2))])
    y = (rng.random(100) < 0.6).astype(int)
    w = newton(X, y)
    for step in np.vstack([np.eye(3), -np.eye(3)]):
        assert loss(w + 0.01 * step, X, y) > loss(w, X, y)
