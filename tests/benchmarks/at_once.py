"""Commands that change the learner's files, several at once: is every change that was acknowledged there?

    python -m tests.benchmarks.at_once [--commands 1000] [--at-once 8] [--seed 20261201] [--editor]

With `--editor` one process more saves a file by hand again and again meanwhile, as an editor does, and its words must
stay too. Prints one JSON document; the exit code is 0 when nothing was lost.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.benchmarks.writing_commands import COMMANDS, OVERLAY, Home, Running, preload

FILE_COMMANDS = (
    "config set", "config set another", "cards new", "cards new (editor)", "paper term", "paper card", "paper note",
    "paper note (editor)", "curriculum edit", "curriculum new", "config edit", "week",
)  # fmt: skip
# Keys with a value that tells which command wrote it; each has one writer at a time, so that the last holds.
KEYS = ("goal", "floor", "review_cap", "new_cards")
SAVED = "# saved by hand "


def run(commands: int, at_once: int, seed: int, *, editor: bool = False) -> dict[str, Any]:
    """Run so many commands, so many at once, in an order drawn with `seed`, and return what became of them."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        preload(Path(folder) / "warm")
        home = Home(Path(folder) / "home")
        saving = _save_by_hand(home) if editor else None
        wanted = [chance.choice(FILE_COMMANDS) for _ in range(commands)]
        running: list[tuple[str, str, Running]] = []
        places: dict[str, tuple[str, str]] = {}
        keys: dict[str, str] = {}
        refused: Counter[str] = Counter()
        failed: list[str] = []
        acknowledged = 0
        began = time.perf_counter()

        def end(name: str, word: str, command: Running) -> None:
            nonlocal acknowledged
            ended = command.wait()
            if ended.code == 0:
                acknowledged += 1
                if name.startswith("config set "):
                    keys[name.split()[2]] = word
                elif place := COMMANDS[name].place:
                    places[word] = (place, name)
            elif "while you edited it" in ended.out or "at the same moment" in ended.out:
                refused[name] += 1  # said plainly, and the words are kept
            else:
                failed.append(f"{name}: {ended.out}")

        while wanted or running:
            while wanted and len(running) < at_once:
                name, word = wanted.pop(), home.word()
                if name == "config set another":
                    free = [key for key in KEYS if not any(one == f"config set {key}" for one, _, _ in running)]
                    if not free:
                        name = "cards new"
                    else:
                        key, value = free[0], str(21 + home.number % 100)
                        name = f"config set {key}"
                        running.append((name, value, Running(home, f"{name} {value}", "", "", None)))
                        continue
                command = COMMANDS[name]
                running.append((name, word, Running(home, command.words, word, command.edits, None)))
            done = _first_to_end([one.process for _, _, one in running])
            for one in [one for one in running if one[2].process in done]:
                running.remove(one)
                end(*one)
        took = time.perf_counter() - began
        saved = _stop(saving, home) if saving else 0
        journal = home.journal()
        lost = [
            f"{name} {word}"
            for word, (place, name) in places.items()
            if place != "setting" and not home.is_there(place, word, journal)
        ]
        config = (home.folder / "config/config.toml").read_text(encoding="utf-8")
        # A goal that `week` set later is no loss.
        lost += [f"{key} {value}" for key, value in keys.items() if key != "goal" and f"{key} = {value}" not in config]
        cues = {word for word, (place, _) in places.items() if place == "setting"}
        lost += [] if not cues or home.setting() in cues else [f"setting {home.setting()}"]
        lost += _lost_by_hand(home, saved)
        return {
            "commands": commands,
            "acknowledged": acknowledged,
            "refused_plainly": dict(refused),
            "seconds": round(took, 1),
            "saved_by_hand": saved,
            "lost": lost,
            "failed": failed,
            **home.examine(),
        }


def _first_to_end(processes: list[int]) -> list[int]:
    """Wait until one of these processes has ended, which is left to be waited for, and return all that have."""
    while True:
        ended = [one for one in processes if os.waitid(os.P_PID, one, os.WEXITED | os.WNOHANG | os.WNOWAIT)]
        if ended:
            return ended
        time.sleep(0.002)


def _save_by_hand(home: Home) -> int:
    """Save the overlay again and again with a line more, by a rename and in place in turn; return the process."""
    process = os.fork()
    if process:
        return process
    number = 0
    going = True

    def stop(*_: object) -> None:
        nonlocal going
        going = False

    signal.signal(signal.SIGTERM, stop)
    file = home.folder / OVERLAY
    while going:
        time.sleep(0.15)
        # As an editor that looks whether the file is still what it opened, and opens it again where it is not.
        while True:
            before = file.stat()
            text = file.read_text(encoding="utf-8") + f"{SAVED}{number + 1}\n"
            new = file.with_name(".by-hand")
            new.write_text(text, encoding="utf-8")
            now = file.stat()
            if (now.st_ino, now.st_mtime_ns) == (before.st_ino, before.st_mtime_ns):
                new.replace(file)
                number += 1
                break
    (home.folder / "out" / "saved").write_text(str(number), encoding="utf-8")
    os._exit(0)


def _stop(process: int, home: Home) -> int:
    os.kill(process, signal.SIGTERM)
    os.waitpid(process, 0)
    return int((home.folder / "out" / "saved").read_text(encoding="utf-8"))


def _lost_by_hand(home: Home, saved: int) -> list[str]:
    text = (home.folder / OVERLAY).read_text(encoding="utf-8")
    return [f"{SAVED}{number}" for number in range(1, saved + 1) if f"{SAVED}{number}\n" not in text]


def is_good(result: dict[str, Any]) -> bool:
    """Return whether no acknowledged change was lost."""
    return not result["lost"] and not result["failed"] and result["integrity"] == "ok" and not result["doctor"]


def main() -> int:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--commands", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--seed", type=int, default=20261201)
    parser.add_argument("--editor", action="store_true")
    options = parser.parse_args()
    result = run(options.commands, options.at_once, options.seed, editor=options.editor)
    print(json.dumps(result, indent=1))
    return 0 if is_good(result) else 1


if __name__ == "__main__":
    sys.exit(main())
