"""What the shell offers when a word is begun."""

from typing import Any

import pytest
import typer

from mlcoach.cli.main import SECTIONS, group


def offered(words: list[str], begun: str) -> list[str]:
    """Return what the shell may put in the place of a word begun after these words."""
    command: Any = typer.main.get_command(group)
    context = command.make_context("mlcoach", [], resilient_parsing=True)
    for word in words:
        command = command.get_command(context, word)
        context = command.make_context(word, [], parent=context, resilient_parsing=True)
    return [item.value for item in command.shell_complete(context, begun)]


def test_commands_are_offered_by_their_beginning() -> None:
    assert offered([], "to") == ["today"]
    assert offered([], "") == [name for section in SECTIONS.values() for name in section]
    assert "list" in offered(["paper"], "l")


@pytest.mark.parametrize(
    ("words", "begun", "expected"),
    [
        ([], "--", {"--color", "--debug", "--version", "--help"}),
        ([], "--col", {"--color"}),
        (["paper"], "--h", {"--help"}),
    ],
)
def test_a_word_that_begins_with_a_dash_is_an_option(words: list[str], begun: str, expected: set[str]) -> None:
    found = offered(words, begun)
    assert expected <= set(found)
    assert all(word.startswith(begun) for word in found)
