"""Fixtures: an empty home, the program called in it at a told time, and a curriculum compiled once."""

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

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("suite")

# A Monday evening; the study day is 2026-11-23.
MONDAY = "2026-11-23T20:00:00+01:00"
NOWHERE = "http://127.0.0.1:9"


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

    def at(self, moment: str) -> "Program":
        """Set the clock."""
        self.now = datetime.fromisoformat(moment)
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


@pytest.fixture(scope="session")
def compiled_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled curriculum, compiled once for the whole run."""
    from mlcoach.curriculum.catalog import open_catalog
    from mlcoach.curriculum.find import bundled_folder

    cache = tmp_path_factory.mktemp("cache")
    open_catalog(bundled_folder(), tmp_path_factory.mktemp("own"), cache).close()
    return cache


@pytest.fixture
def home(tmp_path: Path, compiled_cache: Path) -> Path:
    """An empty home whose curriculum is compiled already: each test would pay seconds for it otherwise."""
    from mlcoach.curriculum.catalog import FILE_NAME, current_stamp
    from mlcoach.curriculum.find import bundled_folder

    home = tmp_path / "home"
    shutil.copytree(compiled_cache, home / "cache")
    connection = sqlite3.connect(home / "cache" / FILE_NAME)
    with connection:
        stamp = current_stamp(bundled_folder(), home / "config" / "curriculum")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (stamp,))
    connection.close()
    return home


@pytest.fixture
def mlcoach(home: Path) -> Program:
    """The program in an empty home."""
    return Program(home)


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
