"""Several devices that live at random and exchange at random over one place, killed at any step, until all agree.

`python -m tests.services.sync.lives memory 500 [FIRST]` lives many histories and says what it found; `folder` and `git`
live them over a real folder and a real bare repository.
"""

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

from mlcoach.adapters.sync.sealing import read_key
from mlcoach.services.sync import known_versions
from mlcoach.store.open_database import connect_to_write
from mlcoach.store.union import journal_lines
from tests.conftest import Compiled, Program
from tests.services.sync.memory_place import Killed, MemoryPlace, Steps, steps_counted
from tests.store.journals import rows

BEGAN = datetime.fromisoformat("2026-11-23T12:00:00+01:00")
SCREENS = (
    "today", "log --full", "stats", "streak", "week", "plan", "cards search --all", "paper list", "curriculum list --json",
    "memory", "status", "calendar slots --json",
)  # fmt: skip
TOKEN = re.compile(r"tok\d+x")
ERASED = '"erased":true'
NOTE = "data/notes/papers/thoughts.md"


class Device:
    """One machine: a home, a clock that may be wrong, and all it was ever told that it kept."""

    def __init__(self, home: Path, machine: str, ahead: timedelta) -> None:
        self.program = Program(home)
        self.program.environment["MLCOACH_MACHINE"] = machine
        self.ahead = ahead

    def __call__(self, line: str, at: datetime, **more):  # type: ignore[no-untyped-def]
        self.program.now = at + self.ahead
        return self.program(line, **more)

    @property
    def home(self) -> Path:
        return self.program.home

    def entries(self) -> set[str]:
        path = self.home / "data" / "mlcoach.db"
        if not path.exists():
            return set()
        connection = connect_to_write(path, "2026-01-01")
        try:
            return set(journal_lines(connection))
        finally:
            connection.close()

    def rows(self) -> dict[str, list]:
        connection = connect_to_write(self.home / "data" / "mlcoach.db", "2026-01-01")
        try:
            return rows(connection, revoked=True)
        finally:
            connection.close()

    def files(self) -> dict[str, bytes]:
        found = {}
        for folder in ("config", "data/notes"):
            for path in sorted((self.home / folder).rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    found[path.relative_to(self.home).as_posix()] = path.read_bytes()
        return found

    def tokens(self) -> set[str]:
        return set(TOKEN.findall(b"\n".join(self.files().values()).decode()))


class Life:
    """Three devices, the second often a copy of the first, over one place: of a kind made here, or at an address.

    `environment` is what the devices need to reach that one.
    """

    def __init__(
        self,
        folder: Path,
        compiled: Compiled,
        seed: int,
        kind: str = "memory",
        *,
        address: str = "",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.random = random.Random(seed)
        self.folder, self.kind, self.steps = folder, kind, Steps()
        self.memory = MemoryPlace({}, self.steps) if kind == "memory" else None
        own = {"memory": "memory", "folder": str(folder / "place"), "git": str(folder / "study.git")}
        self.address = address or own[kind]
        self.now = BEGAN
        # Versions of files go as soon as they may, in every other life.
        self.days = random.Random(f"{seed} days").choice(((0, 0), (90, 30)))
        self.erased: set[str] = set()
        self.written: set[str] = set()
        self.removed: set[str] = set()
        self.number = 0
        self.kills = 0
        if kind == "git":
            subprocess.run(["git", "init", "--quiet", "--bare", self.address], check=True)
        self.devices: list[Device] = []
        ahead = [timedelta(0), timedelta(hours=self.random.choice((0, 5, 24))), timedelta(0)]
        self.random.shuffle(ahead)
        for number in range(3):
            home = folder / f"home{number}"
            if number == 1 and self.random.random() < 0.5:
                for _ in range(self.random.randint(1, 4)):
                    self.act(self.devices[0])
                shutil.copytree(self.devices[0].home, home)
            else:
                compiled.copy_to(home)
            self.devices.append(Device(home, f"machine {number}", ahead[number]))
            self.devices[-1].program.environment |= environment or {}
        self.keep()
        self._connect()

    def _connect(self) -> None:
        with steps_counted(self.steps, self.memory):
            self.devices[0](f"sync init {self.address}", self.tick(), expect=None)
            key = (self.devices[0].home / "data" / "sync" / "key.txt").read_text()
            for device in self.devices[1:]:
                device(f"sync join {self.address}", self.tick(), stdin=key, expect=None)

    def tick(self) -> datetime:
        self.now += timedelta(minutes=self.random.randint(1, 240))
        return self.now

    def live(self, actions: int) -> None:
        """Act and exchange in any order."""
        for _ in range(actions):
            device = self.random.choice(self.devices)
            if self.random.random() < 0.4:
                self.exchange(device, kill=self.random.random() < 0.5)
            else:
                self.act(device)

    def act(self, device: Device) -> None:
        """Do one thing of any kind on a device, and remember what it took away on purpose."""
        before = device.tokens()
        self._act(device)
        after = device.tokens()
        self.removed |= before - after
        self.written |= after
        self.keep()

    def keep(self) -> None:
        self.acknowledged: dict[str, str] = getattr(self, "acknowledged", {})
        for device in self.devices:
            for line in device.entries():
                id = json.loads(line)["id"]
                if ERASED not in self.acknowledged.get(id, ""):
                    self.acknowledged[id] = line

    def _act(self, device: Device) -> None:
        chance, at = self.random, self.tick()
        what = chance.randrange(18)
        item = chance.choice(self.items(device))
        if what == 0:
            device(
                f"log {chance.randint(5, 90)}m vectors --date {chance.choice(('today', 'yesterday'))}", at, expect=None
            )
        elif what == 1:
            device(f"grade {item} {chance.choice(('again', 'hard', 'good', 'easy'))}", at, expect=None)
        elif what == 2:
            device(chance.choice(("start vectors", "stop", "cancel")), at, expect=None)
        elif what in (3, 4):
            device(chance.choice(("undo", "undo", "redo")), at, expect=None)
        elif what == 5:
            device(f"cards {chance.choice(('suspend', 'resume', 'forget'))} {item}", at, expect=None)
        elif what == 6:
            device(f"config set cue {self.token()}", at)
        elif what == 7:
            device(
                f"config set {chance.choice(('goal', 'floor', 'review_cap', 'new_cards'))} {chance.randint(20, 90)}", at
            )
        elif what == 8:
            device(f"config set editor {chance.choice(('vim', 'ed'))}", at)
        elif what in (9, 10):
            device(
                f"cards new vectors -q '{self.token()} is what?' -a 'a word of number {self.number}'", at, expect=None
            )
        elif what == 11:
            device(
                f"paper {chance.choice(('add 1412.6980', 'check 1412.6980 title', 'drop 1412.6980'))}", at, expect=None
            )
        elif what == 12:
            device(chance.choice(("done vectors --no-questions", "skip vectors", "reopen vectors")), at, expect=None)
        elif what == 13:
            device(f"rest {(self.now + timedelta(days=3)):%Y-%m-%d}", at, expect=None)
        elif what == 14:
            self.number += 1
            device(f"log 5m vectors -n 'private{self.number}x'", at, expect=None)
        elif what == 15:
            self._erase(device, at)
        else:
            self._edit(device)

    def _erase(self, device: Device, at: datetime) -> None:
        found = json.loads(device("log --json", at, expect=None).out)["data"]["entries"]
        notes = {entry["id"]: entry["note"] for entry in found if entry["note"].startswith("private")}
        if notes:
            id = self.random.choice(sorted(notes))
            device(f"undo --erase {id} --yes", at)
            self.erased.add(notes[id])

    def items(self, device: Device) -> list[str]:
        return ["math.la.vectors/columns-are-images", "math.la.vectors/dot-product-sign"]

    def token(self) -> str:
        self.number += 1
        return f"tok{self.number}x"

    def _edit(self, device: Device) -> None:
        """Write in a file of notes by hand: begin it, add lines anywhere, change one, or delete a file."""
        path = device.home / NOTE
        lines = path.read_text().split("\n") if path.exists() else []
        what = self.random.randrange(8)
        copies = sorted((device.home / "data" / "notes").rglob("*.conflict-*"))
        if what == 0 and path.exists():
            path.unlink()
            return
        if what == 1 and copies:
            copies[0].unlink()
            return
        if not lines:
            lines = [f"begun {self.token()}", "", "the middle", "", "the end", ""]
        elif what in (2, 3):
            at = self.random.randrange(len(lines))
            lines[at] = f"{lines[at]} {self.token()}"
        elif what == 4 and len(lines) > 4:
            del lines[self.random.randrange(len(lines))]
        else:
            lines.insert(self.random.randrange(len(lines) + 1), f"line {self.token()}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines))

    def exchange(self, device: Device, *, kill: bool = False) -> int:
        """Sync a device, perhaps killed at one of its steps; returns the exit code, -1 for a kill."""
        at = self.tick()
        self.steps.left, self.steps.taken = (self.random.randint(0, 25) if kill else -1), 0
        try:
            with (
                steps_counted(self.steps, self.memory),
                mock.patch.multiple(known_versions, KEPT_DAYS=self.days[0], WAIT_DAYS=self.days[1]),
            ):
                return int(device("sync", at, expect=None).code)
        except Killed:
            self.kills += 1
            return -1
        finally:
            self.steps.left = -1
            self.keep()

    def settle(self) -> None:
        """Exchange until nothing moves any more, and look at all that was promised."""
        self.converge()
        self.compare()

    def converge(self) -> None:
        """Exchange until all devices have the same, and nothing is lost."""
        self.now += timedelta(hours=30)  # the clock that was ahead is no longer ahead of what it wrote
        for _ in range(8):
            codes = [self.exchange(device) for device in self.devices]
            if codes == [0, 0, 0] and self.agree():
                break
        assert codes == [0, 0, 0], [device("sync", self.now, expect=None).screen for device in self.devices]
        one = self.devices[0]
        there = {json.loads(line)["id"]: line for line in one.entries()}
        assert self.acknowledged.keys() <= there.keys(), "entries are lost"
        changed = {id for id, line in self.acknowledged.items() if there[id] != line}
        assert changed == set(), f"entries have changed: {changed}"
        lost = self.written - self.removed - one.tokens()
        assert lost == set(), f"words are lost: {lost}"

    def opened(self) -> dict[str, bytes]:
        """Return what lies in the place, opened, where that is in memory or a folder."""
        sealed = self.memory.blobs if self.memory else {}
        if self.kind == "folder":
            place = Path(self.address)
            sealed = {path.name: path.read_bytes() for path in place.rglob("*.age")}
        key = read_key((self.devices[0].home / "data" / "sync" / "key.txt").read_text())
        return {name: key.open(content) for name, content in sealed.items() if name.endswith(".age")}

    def agree(self) -> bool:
        one, *others = ((device.entries(), self.carried(device)) for device in self.devices)
        return all(other == one for other in others)

    @staticmethod
    def carried(device: Device) -> dict[str, bytes]:
        """Return the files without the one setting that each device keeps for itself."""
        return {path: re.sub(rb"(?m)^editor = .*\n", b"", content).strip() for path, content in device.files().items()}

    def compare(self) -> None:
        one, *others = self.devices
        for word in sorted(self.erased):
            assert [str(path) for path in self.folder.rglob("*") if path.is_file() and holds(path, word)] == [], word
            assert [name for name, content in self.opened().items() if word.encode() in content] == [], word
        for other in others:
            assert other.entries() == one.entries(), "journals"
            assert other.rows() == one.rows(), "rows"
            assert self.carried(other) == self.carried(one), "files"
        for line in SCREENS:
            shown = set()
            for device in self.devices:
                result = device(line, self.now - device.ahead, expect=None)
                shown.add((result.code, result.out.replace(str(device.home), "HOME")))
            assert len(shown) == 1, (line, shown)
        for device in self.devices:
            found = json.loads(device("doctor --json", self.now - device.ahead, expect=None).out)["data"]["checks"]
            states = {check["name"]: check for check in found}
            assert all(check["ok"] for check in found), found
            copies = [path for path in device.files() if ".conflict-" in path]
            assert bool(copies) == ("to settle" in states["sync"]["detail"])
            for path in copies:
                assert any(Path(path).name in more for more in states["sync"]["more"]), "a conflict is not named"


def holds(path: Path, word: str) -> bool:
    return word.encode() in path.read_bytes()


def main(kind: str, count: int, first: int) -> None:
    """Live many histories; the first that goes wrong is named by its number."""
    from mlcoach.curriculum.read import find
    from tests.conftest import CURRICULUM, compiled_with

    find.bundled_folder = lambda: CURRICULUM
    began, kills, conflicts, erased = time.perf_counter(), 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        compiled = compiled_with(Path(folder), {})
        for seed in range(first, first + count):
            with tempfile.TemporaryDirectory() as inner:
                life = Life(Path(inner), compiled, seed, kind)
                try:
                    life.live(life.random.randint(10, 40))
                    life.settle()
                except Exception as error:
                    print(f"history {seed}: {type(error).__name__}: {str(error)[:3000]}")
                    raise SystemExit(1) from error
                kills += life.kills
                erased += len(life.erased)
                conflicts += any(".conflict-" in path for path in life.devices[0].files())
    took = time.perf_counter() - began
    print(
        f"{count} histories over {kind} from {first}: all agree; {kills} kills, {conflicts} ended with conflicts, {erased} notes erased, {took:.0f} s"
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
