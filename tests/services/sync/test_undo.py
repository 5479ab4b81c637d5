"""Undo of what a command wrote into a file that another machine has changed meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Program
from tests.services.sync.homes import key_of

OVERLAY = "config/curriculum/math-la.toml"


@pytest.fixture
def pair(tmp_path: Path, machine: Callable[[str], Program]) -> tuple[Program, Program]:
    """Two machines; each made a card of one subject, and both have both."""
    laptop, desktop = machine("laptop"), machine("desktop")
    laptop("cards new vectors -q 'one is what?' -a 'a word'")
    laptop(f"sync init {tmp_path / 'place'}")
    desktop(f"sync join {tmp_path / 'place'}", stdin=key_of(laptop))
    desktop("cards new vectors -q 'two is another?' -a 'another word'")
    desktop("sync")
    laptop("sync")
    return laptop, desktop


def text(program: Program) -> str:
    return (program.home / OVERLAY).read_text()


def test_only_the_card_of_the_command_goes_and_comes_back(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    laptop("undo")
    assert "one is what?" not in text(laptop)
    assert "two is another?" in text(laptop)
    assert text(laptop).startswith("# Your changes to math.la")
    laptop("sync")
    desktop("sync")
    assert text(desktop) == text(laptop)
    desktop("undo")
    assert not (desktop.home / OVERLAY).exists() or "two is another?" not in text(desktop)
    desktop("redo")
    laptop("redo")
    for program in (laptop, desktop, laptop):
        program("sync")
    assert text(desktop) == text(laptop)
    assert all(word in text(laptop) for word in ("one is what?", "two is another?"))
    assert "No problems" in laptop("curriculum check").out


def test_a_card_that_the_other_machine_changed_is_left(pair: tuple[Program, Program]) -> None:
    laptop, desktop = pair
    desktop.write(OVERLAY, text(desktop).replace("a word", "a better word"))
    desktop("sync")
    laptop("sync")
    assert "has been changed since, so it was left as it was" in laptop("undo", expect=2).err.replace("it is", "it was")
    assert "a better word" in text(laptop)
