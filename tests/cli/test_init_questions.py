"""The questions of `init`: what there is to choose can be read whole, heard, and asked about."""

import re
from pathlib import Path

import pytest

from tests.conftest import Compiled, Program


@pytest.fixture
def bundled(tmp_path: Path, compiled_bundle: Compiled, bundled_content: None) -> Program:
    """The program with its own curriculum, in an empty home."""
    compiled_bundle.copy_to(tmp_path / "home")
    return Program(tmp_path / "home")


def test_no_path_is_cut_and_each_can_be_asked_about(bundled: Program) -> None:
    for columns in (40, 80):
        asked = bundled("init", tty=columns, stdin="?\n? 2\n? nowhere\n", expect=130).err
        assert "…" not in asked.partition("Which path")[0]
        assert all(len(line) <= columns for line in asked.partition("Which path")[0].split("\n"))
        words = " ".join(asked.split())
        assert "Top-down: data first, mathematics as it is needed" in words
        assert "The core year (core) " in words, "`?` alone explains the one in brackets"
        assert "2 Top-down: data first, mathematics as it is needed (top-down)" in words
        assert "For whom: People who" in words
        assert re.search(r"It takes \d+h of study", words)
        assert "no path `nowhere`" in words


def test_hours_that_a_path_takes_as_known_are_told_apart(bundled: Program) -> None:
    words = " ".join(bundled("init", tty=80, stdin="? engineer\n", expect=130).err.split())
    assert "path what it is hours known before" in words
    assert "What is known before is not in the hours" in words
    assert re.search(r"It takes \d+h of study; \d+h more are taken as known, which the path core teaches", words)


def test_in_words_alone_each_path_is_a_sentence(bundled: Program) -> None:
    words = " ".join(bundled("init --plain", tty=80, stdin="", expect=130).err.split())
    assert (
        "2, top-down: Top-down: data first, mathematics as it is needed; 584 hours; for people who learn best" in words
    )


def test_every_question_explains_itself(mlcoach: Program) -> None:
    said = mlcoach("init", tty=80, stdin="?\n\n?\n2h on mon tue\n?\n\n?\n\n?\n\n?\n\ny\n").err
    assert said.count("error:") == 0
    for words in ("order of units with an end", "on each weekday", "reminders and the calendar", "keeps the streak"):
        assert words in " ".join(said.split())
    assert "2h Mon, Tue" in said or "Mon 2h, Tue 2h" in said
