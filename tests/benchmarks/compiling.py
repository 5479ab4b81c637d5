"""What the curriculum costs to compile from its files, and to open from the cache, as ratios within one run.

    python tests/benchmarks/compiling.py [ROUNDS]

Each round starts processes in turn and the medians are printed. The measure of compiling is `python -c pass`. Opening
from the cache is timed inside a process that has imported everything, since there only its own work counts.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OPEN = """
import sys
from pathlib import Path
from mlcoach.curriculum.cache.catalog import open_catalog
from mlcoach.curriculum.read.find import bundled_folder
with open_catalog(bundled_folder(), Path(sys.argv[1]) / "own", Path(sys.argv[1]) / "cache") as catalog:
    assert catalog.units
"""
OPEN_AGAIN = """
import sys, time
from pathlib import Path
from mlcoach.curriculum.cache.catalog import open_catalog
from mlcoach.curriculum.read.find import bundled_folder
place, times = Path(sys.argv[1]), []
for _ in range(50):
    began = time.perf_counter()
    open_catalog(bundled_folder(), place / "own", place / "cache").close()
    times.append(time.perf_counter() - began)
print(sorted(times)[len(times) // 2])
"""


def seconds(*command: str) -> float:
    """Return how long a command takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began


def main(rounds: int = 9) -> None:
    """Print the medians and their ratios."""
    nothing, cold, warm = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            place = Path(folder) / str(number)
            nothing.append(seconds(sys.executable, "-c", "pass"))
            cold.append(seconds(sys.executable, "-c", OPEN, str(place)))
            again = subprocess.run(
                [sys.executable, "-c", OPEN_AGAIN, str(place)], check=True, capture_output=True, text=True
            )
            warm.append(float(again.stdout))
    least, most, cached = (statistics.median(times) for times in (nothing, cold, warm))
    print(f"python -c pass              {least * 1000:8.1f} ms")
    print(
        f"compile the bundle, cold    {most * 1000:8.1f} ms   {most / least:5.1f} x python -c pass (46 with 1,453 cards; at most 1.8 x that)"
    )
    print(f"open it from the cache      {cached * 1000:8.2f} ms   {cached / least:5.2f} x python -c pass (at most 0.1)")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
