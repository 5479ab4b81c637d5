"""Which Python runs the learner's code."""

import os
import sys
from pathlib import Path

import pytest

from mlcoach.adapters.practice import bubblewrap
from mlcoach.adapters.practice.interpreters import environment_command, interpreter_for
from mlcoach.errors import UsageError


def linked(folder: Path, name: str = "bin/python") -> Path:
    """A Python in a folder, as an environment has it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(sys.executable)
    return path


def test_the_setting_comes_first_then_the_environment_the_work_folder_and_the_path(tmp_path: Path) -> None:
    work, active, on_path = tmp_path / "work", tmp_path / "venv", tmp_path / "bin"
    named = linked(tmp_path / "named")
    linked(active)
    linked(work / ".venv")
    linked(on_path, "python3")
    environment = {"PATH": str(on_path), "VIRTUAL_ENV": str(active)}
    assert interpreter_for(str(named), work, environment).chosen == "the setting `python`"
    assert interpreter_for("", work, environment).chosen == "the active environment"
    assert interpreter_for("", work, {"PATH": str(on_path)}).chosen == "the environment of the work folder"
    assert interpreter_for("", tmp_path, {"PATH": str(on_path)}).chosen == "python3 on PATH"
    assert interpreter_for("", tmp_path, {"PATH": ""}).chosen == "the one mlcoach runs on"


def test_one_that_does_not_run_is_passed_over_unless_it_was_asked_for(tmp_path: Path) -> None:
    broken = tmp_path / "venv" / "bin" / "python"
    broken.parent.mkdir(parents=True)
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    found = interpreter_for("", tmp_path, {"PATH": "", "VIRTUAL_ENV": str(tmp_path / "venv")})
    assert found.chosen == "the one mlcoach runs on"
    with pytest.raises(UsageError, match="which does not run as Python"):
        interpreter_for(str(broken), tmp_path, dict(os.environ))


def test_missing_modules_are_found_out(tmp_path: Path) -> None:
    found = interpreter_for(sys.executable, tmp_path, dict(os.environ), ("json", "not_here_at_all", "numpy"))
    assert found.missing == ("not_here_at_all",)
    assert environment_command(Path("/home/ada/ml coach"), ("numpy",)).startswith(
        'python3 -m venv "/home/ada/ml coach/.venv" && '
    )


def test_bubblewrap_is_given_what_may_be_read_and_one_folder_to_write(tmp_path: Path) -> None:
    command = bubblewrap.wrapped(["python3", "x"], [Path("/usr"), Path("/dev/null")], tmp_path)
    assert command[-3:] == ["--", "python3", "x"]
    assert "--unshare-all" in command
    text = " ".join(command)
    assert "--ro-bind-try /usr /usr" in text
    assert f"--bind {tmp_path} {tmp_path}" in text
    assert "/dev/null" not in text
