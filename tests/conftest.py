"""Fixtures: an empty home, the program called in it at a told time, and a small curriculum compiled once."""

import contextlib
import io
import shlex
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from mlcoach.curriculum.read.find import bundled_folder as real_bundle

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=25)
# What `.ci/run` asks for, with --hypothesis-profile.
settings.register_profile("thorough", deadline=None, derandomize=True, max_examples=100)
settings.load_profile("suite")

# A Monday evening; the study day is 2026-11-23.
MONDAY = "2026-11-23T20:00:00+01:00"
NOWHERE = "http://127.0.0.1:9"
CURRICULUM = Path(__file__).parent / "fixtures" / "curriculum"
# The program with that curriculum, as a process of its own.
PROGRAM = [sys.executable, str(Path(__file__).parent / "fixtures" / "program.py")]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Result(NamedTuple):
    """What a command did. `screen` is all of it, as uv's snapshots show it."""

    code: int
    out: str
    err: str

    @property
    def screen(self) -> str:
        return f"exit {self.code}\n----- stdout -----\n{self.out}----- stderr -----\n{self.err}"


class Program:
    """Calls mlcoach in one home. `now` moves only when a test moves it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = datetime.fromisoformat(MONDAY)
        self.environment: dict[str, str] = {}

    def __call__(self, line: str, *, stdin: str | None = None, tty: int = 0, expect: int | None = 0) -> Result:
        """Run a command line; `tty` is the width of a terminal, 0 for none. Fails when the exit code differs."""
        from mlcoach.cli.main import run_with

        out, err = (Terminal(), Terminal()) if tty else (io.StringIO(), io.StringIO())
        environment = {
            "MLCOACH_HOME": str(self.home),
            "MLCOACH_NOW": self.now.isoformat(),
            "NO_COLOR": "1",
            "COLUMNS": str(tty or 80),
            # Nobody is asked: a port where nothing listens.
            "MLCOACH_ARXIV": NOWHERE,
            "MLCOACH_CROSSREF": NOWHERE,
            "MLCOACH_MACHINE": "the machine of the tests",
            **self.environment,
        }
        before = sys.stdin
        sys.stdin = Terminal(stdin or "") if tty else io.StringIO(stdin or "")
        try:
            # Typer writes its help to the process's own stdout.
            with contextlib.redirect_stdout(out):
                code = run_with(shlex.split(line), environment, out, err)
        finally:
            sys.stdin = before
        result = Result(code, out.getvalue(), err.getvalue())
        if expect is not None:
            assert code == expect, result.screen
        return result

    def at(self, instant: str) -> "Program":
        """Set the clock."""
        self.now = datetime.fromisoformat(instant)
        return self

    def later(self, **span: float) -> "Program":
        """Move the clock on."""
        self.now += timedelta(**span)
        return self

    @property
    def config(self) -> Path:
        return self.home / "config" / "config.toml"

    def write(self, name: str, text: str) -> Path:
        """Write a file below the home."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def files(self) -> set[str]:
        """Return all files of the home outside the cache."""
        return {
            str(path.relative_to(self.home))
            for path in self.home.rglob("*")
            if path.is_file() and path.relative_to(self.home).parts[0] != "cache"
        }


class Compiled(NamedTuple):
    """A cache with a curriculum compiled: a bundle, and a folder of the learner's own."""

    bundle: Path
    own: Path
    cache: Path

    def copy_to(self, home: Path) -> None:
        """Let a home without a cache begin with this one, its own files included: compiling takes longer."""
        from mlcoach.curriculum.cache.catalog import FILE_NAME, current_stamp

        folder = home / "config" / "curriculum"
        shutil.rmtree(home / "cache", ignore_errors=True)
        shutil.copytree(self.cache, home / "cache")
        connection = sqlite3.connect(home / "cache" / FILE_NAME)
        with connection:
            if any(self.own.iterdir()):
                shutil.copytree(self.own, folder, dirs_exist_ok=True)
                self._move(connection, folder)
            stamp = current_stamp(self.bundle, folder)
            connection.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (stamp,))
        connection.close()

    def _move(self, connection: sqlite3.Connection, folder: Path) -> None:
        """Let whatever names a file of the learner's own name the one in another folder."""
        was, now = str(self.own), str(folder)
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall():
                if kind == "TEXT":
                    moved = f"UPDATE {table} SET {column} = replace({column}, ?, ?) WHERE instr({column}, ?)"
                    connection.execute(moved, (was, now, was))


def compiled_with(folder: Path, files: dict[str, str], bundle: Path = CURRICULUM) -> Compiled:
    """Compile a bundle with these files of a learner's own."""
    from mlcoach.curriculum.cache.catalog import open_catalog

    own = folder / "own"
    own.mkdir()
    for name, text in files.items():
        (own / name).write_text(text, encoding="utf-8")
    open_catalog(bundle, own, folder / "cache").close()
    return Compiled(bundle, own, folder / "cache")


@pytest.fixture(scope="session", autouse=True)
def small_curriculum() -> Iterator[None]:
    """Put a small curriculum in the place of the bundled one, so that an edit of that breaks no test of a screen."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("mlcoach.curriculum.read.find.bundled_folder", lambda: CURRICULUM)
        yield


@pytest.fixture
def bundled_content(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the program the curriculum that it comes with, for tests that are about it."""
    monkeypatch.setattr("mlcoach.curriculum.read.find.bundled_folder", real_bundle)


@pytest.fixture(scope="session")
def compiled_cache(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """The curriculum of the tests, compiled once for the whole run."""
    return compiled_with(tmp_path_factory.mktemp("compiled"), {})


@pytest.fixture(scope="session")
def compiled_bundle(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """The bundled curriculum, compiled once for the whole run."""
    return compiled_with(tmp_path_factory.mktemp("bundle"), {}, real_bundle())


@pytest.fixture
def home(tmp_path: Path, compiled_cache: Compiled) -> Path:
    """An empty home whose curriculum is compiled already."""
    home = tmp_path / "home"
    compiled_cache.copy_to(home)
    return home


@pytest.fixture
def mlcoach(home: Path) -> Program:
    """The program in an empty home."""
    return Program(home)


@pytest.fixture
def machine(tmp_path: Path, compiled_cache: Compiled) -> Callable[[str], Program]:
    """Return what makes a machine of that name with an empty home."""

    def make(name: str) -> Program:
        program = Program(tmp_path / name)
        compiled_cache.copy_to(program.home)
        program.environment["MLCOACH_MACHINE"] = name
        return program

    return make


@pytest.fixture
def on_terminal(mlcoach: Program) -> Callable[[str], str]:
    """Run a command on a terminal of 80 columns without colour and return its screen."""
    return lambda line: mlcoach(line, tty=80).screen


@pytest.fixture(autouse=True)
def no_viewer_left_running() -> Iterator[None]:
    """Wait for the viewers that a test opened: the program itself never does."""
    yield
    opener = sys.modules.get("mlcoach.adapters.opener")
    while opener is not None and opener._started:
        opener._started.pop().wait(10)
