import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(w, X, y):
    z = X @ w
    return np.mean(np.logaddexp(0, z) - y * z)


def newton(X, y, steps=50):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        p = sigmoid(X @ w)
        gradient = X.T @ (p - y) / len(y)
        if np.linalg.norm(gradient) < 1e-10:
            break
        weights = p * (1 - p)
        hessian = (X.T * weights) @ X / len(y)
        w = w - np.linalg.solve(hessian, gradient)
    return w
