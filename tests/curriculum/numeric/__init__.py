"""The numbers on the bundled cards, computed again: one module a field, each with its `ANSWERS` by card id.

Where it can be done, the way here is another one than the card suggests: counting, simulating, solving.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules


def all_answers() -> dict[str, Callable[[], float]]:
    """Return what computes the number of every card, by full id. Raises ValueError for a card in two modules."""
    answers: dict[str, Callable[[], float]] = {}
    for module in iter_modules(__path__):
        found: dict[str, Callable[[], float]] = import_module(f"{__name__}.{module.name}").ANSWERS
        if twice := answers.keys() & found.keys():
            raise ValueError(f"{module.name}: {sorted(twice)} are computed elsewhere")
        answers |= found
    return answers
