"""Commands interrupted by SIGKILL at random instants: is all that they acknowledged there, in journal and files?

    python -m tests.benchmarks.kill [--kills 400] [--seed 20261201] [--append]

runs every writing command, in turn, in processes that are killed anywhere between their first and their last
instruction, until so many were killed. With `--append` only answers are written, and nothing but the write itself is
done, so that nearly every kill lands in the middle of it. Prints one JSON document; the exit code is 0 when nothing was
lost, nothing is half written, and nothing stays behind of the killed.
"""

import argparse
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.writing_commands import COMMANDS, NOW, Home, WritingCommand, preload

UNDISTURBED = 5  # answers given without a kill at first, to see how long one takes
MEASURED_AGAIN = 25  # and then one after so many: the day grows with every answer
WORD = re.compile(r"\bw\d+\b")


class Acknowledged:
    """What commands said they did, and what must therefore be there."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, str]] = {}  # word -> (place, command)
        self.settings: set[str] | None = None  # what the setting may be: the last acknowledged or an attempt since
        self.count = 0

    def tried(self, name: str, command: WritingCommand, word: str, done: bool) -> None:
        """Note a command that ran with a word; `done` is whether it was acknowledged."""
        self.count += done
        if command.place == "setting":
            if done:
                self.settings = {word}
            elif self.settings is not None:
                self.settings.add(word)
        elif command.place and done:
            self.places[word] = (command.place, name)

    def forget_newest(self, home: Home) -> None:
        """Expect no more what an undo about to come may take back: one of the two newest commands."""
        steps = json.loads(home.undisturbed("undo --list 2 --json").out)["data"]["steps"]
        self.settings = None
        for step in steps:
            words = WORD.findall(step["command"])
            # What came from an editor does not say its word.
            gone = words or [word for word, (_, name) in self.places.items() if "(editor)" in name or "edit" in name]
            for word in gone:
                self.places.pop(word, None)

    def lost(self, home: Home) -> list[str]:
        """Return what is not there, by command and word."""
        journal = home.journal()
        lost = [
            f"{name} {word}" for word, (place, name) in self.places.items() if not home.is_there(place, word, journal)
        ]
        if self.settings is not None and home.setting() not in self.settings:
            lost.append(f"setting {home.setting()}, not one of {sorted(self.settings)}")
        return lost


def run_commands(kills: int, seed: int) -> dict[str, Any]:
    """Run all writing commands in turn until `kills` were killed, at instants drawn with `seed`."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        preload(Path(folder) / "warm")
        home = Home(Path(folder) / "home")
        acknowledged = Acknowledged()
        spans: dict[str, list[float]] = {name: [] for name in COMMANDS}
        failed: list[str] = []
        killed = 0
        for name in _in_turn(chance):
            if killed >= kills:
                break
            command, word = COMMANDS[name], home.word()
            if name in ("undo", "redo"):
                acknowledged.forget_newest(home)
            home.prepare(command)
            measured = len(spans[name]) > 0 and chance.random() > 0.1
            delay = chance.uniform(0, 1.1 * median(spans[name][-3:])) if measured else None
            ended = home.run(command.words, word, command.edits, delay)
            if ended.code not in (0, None):
                failed.append(f"{name}: {ended.out}")
            acknowledged.tried(name, command, word, ended.code == 0)
            killed += ended.code is None
            if delay is None:
                spans[name].append(ended.took)
        lost = acknowledged.lost(home)
        # What the killed left behind goes when the same command runs again.
        for name, command in COMMANDS.items():
            if name not in ("undo", "redo"):
                home.prepare(command)
                home.run(command.words, home.word(), command.edits)
        return {
            "killed": killed,
            "acknowledged": acknowledged.count,
            "lost": lost,
            "failed": failed,
            **home.examine(),
        }


def _in_turn(chance: random.Random) -> Any:
    """Yield the commands for ever, each as often as the others."""
    while True:
        yield from chance.sample(list(COMMANDS), len(COMMANDS))


def run_appends(kills: int, seed: int) -> dict[str, Any]:
    """Write answers, with nothing around them, until `kills` were killed."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        there = Home(home)
        acknowledged: set[int] = set()
        spans: list[float] = []
        number = killed = survived = 0
        while killed < kills:
            undisturbed = number < UNDISTURBED or number % MEASURED_AGAIN == 0
            delay = None if undisturbed else chance.uniform(0, 1.2 * median(spans[-UNDISTURBED:]))
            done, took = _append_in_a_process(home, number, delay)
            if done:
                acknowledged.add(number)
            elif undisturbed:
                raise SystemExit("not even an undisturbed answer was written")
            killed, survived = killed + (not done), survived + (done and not undisturbed)
            spans += [took] if undisturbed else []
            number += 1
        found = [
            json.loads(line)["seconds"]
            for line in there.journal().splitlines()
            if '"seconds"' in line and "item" in line
        ]
        lost = sorted(acknowledged - set(found))
        twice = len(found) - len(set(found))
        return {"killed": killed, "acknowledged": survived, "lost": lost, "twice": twice, **there.examine()}


def _append(home: Path, number: int) -> None:
    """Write one answer; its seconds tell which it was."""
    from mlcoach.domain.events import ItemGraded
    from mlcoach.domain.time.study_days import LocalInstant
    from mlcoach.store.append import NewEvent, append
    from mlcoach.store.open_database import connect_to_write

    connection = connect_to_write(home / "data" / "mlcoach.db", NOW)
    answer = ItemGraded("math.la.eigen/eig-def", 3, number, "2026-12-01")
    instant = LocalInstant(number + 1, 60)  # no clock of ours writes the very beginning of 1970
    append(connection, [NewEvent(answer, date(2026, 11, 23))], instant, f"grade-{number}", "grade")


def _append_in_a_process(home: Path, number: int, delay: float | None) -> tuple[bool, float]:
    """Return whether the answer was acknowledged, and how long it took."""
    reading, writing = os.pipe()
    began = time.perf_counter()
    process = os.fork()
    if process == 0:
        try:
            _append(home, number)
            os.write(writing, b"acknowledged")
        finally:
            os._exit(0)  # whatever happened: this process must not go on with the parent's work
    os.close(writing)
    if delay is not None:
        time.sleep(delay)
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    took = time.perf_counter() - began
    acknowledged = os.read(reading, 100) == b"acknowledged"
    os.close(reading)
    return acknowledged, took


def is_good(result: dict[str, Any]) -> bool:
    """Return whether nothing was lost, half written, or left behind."""
    expected = {"killed", "acknowledged", "integrity"}
    return result["integrity"] == "ok" and not any(value for name, value in result.items() if name not in expected)


def main() -> int:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20261201)
    parser.add_argument("--append", action="store_true")
    options = parser.parse_args()
    result = (run_appends if options.append else run_commands)(options.kills, options.seed)
    print(json.dumps(result, indent=1))
    return 0 if is_good(result) else 1


if __name__ == "__main__":
    sys.exit(main())
