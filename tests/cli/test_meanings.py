"""Words that are not commands are answered by meaning, with commands that exist."""

import re

import pytest
import typer

from mlcoach.cli.main import SECTIONS, group
from mlcoach.cli.meanings import MEANINGS, meant_by
from tests.conftest import Program

GLOBAL = {"--version", "--plain", "--color"}
COMMANDS = {name for section in SECTIONS.values() for name in section}


def test_only_commands_that_exist_are_named() -> None:
    whole = typer.main.get_command(group)
    for words, _ in MEANINGS:
        for line in re.findall(r"`mlcoach ([^`]*)`", meant_by([words.split()[0]], COMMANDS)):
            found = whole
            for word in line.split():
                inner = found.get_command(None, word) if hasattr(found, "get_command") else None
                if inner is None:
                    options = {option for parameter in found.params for option in parameter.opts}
                    assert not word.startswith("-") or word in options | GLOBAL, line
                    continue
                found = inner
            assert line.startswith("-") or found is not whole, line


def test_a_word_has_one_meaning() -> None:
    words = [word for known, _ in MEANINGS for word in known.split()]
    assert len(words) == len(set(words)), sorted({word for word in words if words.count(word) > 1})


@pytest.mark.parametrize(
    ("word", "hint"),
    [("lgo", "mlcoach log"), ("'45m vectors'", "mlcoach log 45m vectors"), ("vectorz", "mlcoach search vectorz")],
)
def test_a_slip_is_answered_by_spelling_and_all_else_by_a_search(mlcoach: Program, word: str, hint: str) -> None:
    assert hint in mlcoach(word, expect=2).err


def test_help_explains_a_command_or_finds_one(mlcoach: Program) -> None:
    assert "Usage: mlcoach paper add" in mlcoach("help paper add").out
    assert "mlcoach export journal" in mlcoach("help laptop").out
    assert "mlcoach search" in mlcoach("help quux", expect=3).err


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("what now", "today"),
        ("next month", "plan --days 30"),
        ("what comes next month", "plan --days 30"),
        ("what do i know?", "stats"),
        ("my notes", "note open"),
        ("new laptop", "sync"),
        ("new card", "cards new"),
        ("where am i", "status"),
        ("where was I", "status"),
        ("how do i add a card", "cards new"),
        ("fix yesterday", "log"),
        ("show vectors", "curriculum show vectors"),
        ("screen reader", "today --plain"),
    ],
)
def test_of_several_words_the_most_telling_one_is_answered(mlcoach: Program, asked: str, first: str) -> None:
    assert mlcoach(asked, expect=2).err.partition("hint: ")[2].startswith(f"`mlcoach {first}")


@pytest.mark.parametrize(
    ("asked", "then"),
    [
        ("now", "today"),
        ("known", "stats"),
        ("month", "plan --days 30"),
        ("notes", "log --full"),
        ("correct", "log 45m vectors --date yesterday"),
        ("card", "cards new math.la.vectors --question q --answer a"),
        ("laptop", "export journal"),
    ],
)
def test_what_a_learner_looks_for_takes_two_commands(mlcoach: Program, asked: str, then: str) -> None:
    named = mlcoach(asked, expect=2).err
    words = then.split()
    assert (
        f"mlcoach {' '.join(words[:2]) if words[0] in ('cards', 'export', 'plan', 'log') else words[0]}"[:14] in named
    )
    mlcoach(then)
