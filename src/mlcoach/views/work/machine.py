"""What `doctor --machine` shows: what there is, what is worth doing about it, and which units of the path fit."""

from typing import Literal, NamedTuple

MachineLevel = Literal["good", "advice", "missing"]


class MachineCheckView(NamedTuple):
    """One thing looked at: what was found in words and as a number (0 for none), and the advice of the checklist."""

    name: str
    level: MachineLevel
    detail: str
    number: float = 0.0
    advice: str = ""


class MachineFitView(NamedTuple):
    """Units of the path that ask for the same thing: whether it is here, how many units, their ids, and what to do."""

    needs: str
    here: bool
    units: int
    ids: tuple[str, ...]
    advice: str


class MachineView(NamedTuple):
    """This machine and the path."""

    system: str
    path: str
    checks: tuple[MachineCheckView, ...]
    fits: tuple[MachineFitView, ...]
