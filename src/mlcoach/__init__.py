"""mlcoach: the coach of somebody who teaches themselves machine learning at a terminal."""

__version__ = "0.3.0"
