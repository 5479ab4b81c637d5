"""What a group costs: `python -m tests.benchmarks.group_of_fifty [FOLDER]` opens one of fifty members with a year of
weeks and says how long that took, beside `python -c pass`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from mlcoach.adapters.sync.member_key import MemberKey, new_member_key, short_name
from mlcoach.domain.group.members import Member, Roster
from mlcoach.domain.time.weeks import week_name
from tests.conftest import PROGRAM

MEMBERS, WEEKS = 50, 52
LAST = date(2026, 11, 23)
NOW = "2026-11-28T20:00:00+01:00"
LIMIT = 30  # times `python -c pass`


def make(home: Path, place: Path) -> None:
    """Make a place where all members have put their weeks, and the home of one who has joined and never looked."""
    keys = [new_member_key() for _ in range(MEMBERS)]
    members = tuple(Member(f"member {number:02}", key.public) for number, key in enumerate(keys))
    group_key = new_member_key()
    roster = Roster(7, members, (group_key.text,))
    publics = [key.public for key in keys]
    put(place / "group" / "format.toml", f'version = 1\nfounder = "{publics[0]}"\n'.encode())
    name = f"group/{short_name(publics[0])}/members.json.age"
    put(place / name, keys[0].seal(name, json.dumps({"written": 1, "roster": roster.as_data()}), publics))
    for number, key in enumerate(keys[:-1]):
        for week in range(WEEKS):
            first = LAST - timedelta(days=7 * week)
            name = f"group/{short_name(key.public)}/{week_name(first)}.json.age"
            body = json.dumps({"written": 5, "report": report(first, number + 1)})
            put(place / name, key.seal(name, body, publics, [group_key.public]))
    mine = MemberKey(keys[-1].text)
    put(home / "data" / "group" / "key.txt", mine.file_text().encode())
    state = {"place": str(place), "name": "member 49", "founder": publics[0], "roster": None, "secrets": {}}
    put(home / "data" / "group" / "group.json", json.dumps(state).encode())


def report(first: date, units: int) -> dict[str, object]:
    """Return a week as `buddy report` shows it."""
    days = [
        {"day": (first + timedelta(days=day)).isoformat(), "minutes": 90, "goal": 120, "floor": 20, "state": "kept", "seconds": 5400}
        for day in range(7)
    ]  # fmt: skip
    return {
        "week": week_name(first), "first": first.isoformat(), "last": (first + timedelta(days=6)).isoformat(),
        "shared": ["minutes", "units", "promises"], "days": days, "streak": 7, "answers": 0, "recalled": 0,
        "units": [{"unit": f"a.b.{unit}", "title": "A unit of the map", "minutes": 10, "passed": unit == 0} for unit in range(units % 9)],
        "papers": [], "notes": [], "repositories": [], "promised": "ten hours", "promises": "",
    }  # fmt: skip


def put(path: Path, content: bytes) -> None:
    """Write a file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return the processor time of a command, which others on the machine hardly change. It must come through."""
    begin = os.times()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    end = os.times()
    return end.children_user + end.children_system - begin.children_user - begin.children_system


def measure(folder: Path) -> dict[str, float]:
    """Return seconds: of the best of three first looks, of five later ones, and of `python -c pass`, of twenty."""
    home, place = folder / "home", folder / "place"
    make(home, place)
    environment = {
        **os.environ, "MLCOACH_NOW": NOW, "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # modules are compiled once, as where it is installed
    look = [*PROGRAM, "group"]
    first = []
    for number in range(4):
        environment["MLCOACH_HOME"] = str(folder / f"home-{number}")
        shutil.copytree(home, environment["MLCOACH_HOME"])
        seconds([*PROGRAM, "today"], environment)  # the curriculum is compiled
        first.append(seconds(look, environment))
    return {
        "first": min(first[1:]),  # the very first compiles the modules
        "later": min(seconds(look, environment) for _ in range(5)),
        "nothing": sum(seconds([sys.executable, "-c", "pass"], environment) for _ in range(20)) / 20,
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        found = measure(Path(sys.argv[1] if len(sys.argv) > 1 else temporary))
    for name in ("first", "later"):
        print(
            f"{name} look at {MEMBERS} members: {found[name]:.3f} s, {found[name] / found['nothing']:.1f} × python -c pass"
        )
