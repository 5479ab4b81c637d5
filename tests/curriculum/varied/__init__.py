"""The answers of the bundled cards whose numbers vary, computed again from what is drawn: one module a field.

Each has its `WAYS` by card id: functions of the drawn variables, by their names. Where it can be done, the way here is
another one than the card's own formula: NumPy, SymPy, counting, iterating.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

Way = Callable[..., Any]


def all_ways() -> dict[str, Way]:
    """Return what computes the answer of every varied card, by full id. Raises ValueError for a card in two modules."""
    ways: dict[str, Way] = {}
    for module in iter_modules(__path__):
        found: dict[str, Way] = import_module(f"{__name__}.{module.name}").WAYS
        if twice := ways.keys() & found.keys():
            raise ValueError(f"{module.name}: {sorted(twice)} are computed elsewhere")
        ways |= found
    return ways
