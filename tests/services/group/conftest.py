"""Homes that form a group."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Program
from tests.services.group.homes import join


@pytest.fixture
def machine(machine: Callable[[str], Program]) -> Callable[[str], Program]:
    """Return what makes a learner with an empty home, on a Saturday."""
    return lambda name: machine(name).at("2026-11-28T20:00:00+01:00")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "Sync" / "five"


@pytest.fixture
def pair(machine: Callable[[str], Program], place: Path) -> tuple[Program, Program]:
    """Ada, who started the group, and Ben; both have studied and looked once."""
    ada, ben = machine("ada"), machine("ben")
    ada("log 2h vectors --date mon -n 'a matrix is a map #share'")
    ada("log 25m --date tue -n 'tired, keep this to me'")
    ben("log 1h start.why")
    ada(f"group start {place} --name ada")
    join(ada, ben, place, "ben")
    ben("group")
    ada("group")
    return ada, ben
