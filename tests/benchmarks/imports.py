"""What a command imports, and how long that takes by part, as `python -X importtime` tells it."""

import os
import pty
import re
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence

PARTS = ("Typer", "Rich", "ours", "standard library", "others")
_TOLD = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)")
_TOP = {
    "typer": "Typer", "shellingham": "Typer", "annotated_doc": "Typer", "rich": "Rich", "pygments": "Rich",
    "markdown_it": "Rich", "mlcoach": "ours",
}  # fmt: skip


def part_of(module: str) -> str:
    """Return the part that a module belongs to."""
    top = module.partition(".")[0]
    return _TOP.get(top, "standard library" if top in sys.stdlib_module_names else "others")


def by_part(command: Sequence[str], environment: Mapping[str, str], rounds: int) -> dict[str, tuple[int, float]]:
    """Return (modules, milliseconds) by part: of each module its quickest import of several rounds, itself alone."""
    best: dict[str, int] = {}
    for _ in range(rounds):
        for microseconds, module in _TOLD.findall(_told(command, environment)):
            best[module] = min(int(microseconds), best.get(module, int(microseconds)))
    parts = {part: [took for module, took in best.items() if part_of(module) == part] for part in PARTS}
    return {part: (len(took), sum(took) / 1000) for part, took in parts.items()}


def _told(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run a Python command with a pseudo-terminal as its stdout and return what it says on stderr."""
    ours, theirs = pty.openpty()
    reader = threading.Thread(target=_read_away, args=(ours,))
    reader.start()
    words = [command[0], "-X", "importtime", *command[1:]]
    done = subprocess.run(words, env=environment, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, check=True)
    os.close(theirs)
    reader.join()
    os.close(ours)
    return done.stderr.decode()


def _read_away(terminal: int) -> None:
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass  # nobody writes to it any more
