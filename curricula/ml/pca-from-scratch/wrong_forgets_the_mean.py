"""

Fails: there-and-back, kept-and-lost, new-rows
"""

from solution import *


def decode(Z, mean, axes):
    return Z @ axes
