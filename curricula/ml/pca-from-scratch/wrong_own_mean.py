"""Encoding subtracts the mean that decoding adds again.

Fails: there-and-back, kept-and-lost, new-rows
"""

from solution import *


def encode(X, mean, axes):
    return X @ axes.T
