"""The sigmoid rises: exp(-z) in the denominator.

Fails: sigmoid, intercept, gradient-zero, few-steps, lowest
"""

from solution import *


def sigmoid(z):
    return 1 / (1 + np.exp(z))
