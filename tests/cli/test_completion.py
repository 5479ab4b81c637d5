"""What the shell offers when a word is begun."""

from typing import Any

import pytest
import typer

from mlcoach.cli.main import SECTIONS, group
from tests.conftest import Program


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


def completed(line: list[str], begun: str = "") -> list[str]:
    """Return what the shell offers behind a line, as its script asks for it."""
    from typer._click.shell_completion import _resolve_context, _resolve_incomplete

    context = _resolve_context(typer.main.get_command(group), {}, "mlcoach", line)
    about, rest = _resolve_incomplete(context, line, begun)
    return [item.value for item in about.shell_complete(context, rest)]


def test_words_of_ones_own_work_are_offered(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    mlcoach.write("data/notes/own.md", "# Own\n")
    mlcoach.write("data/notes/jobs/secret.md", "# Secret\n")
    mlcoach("job add Acme")
    monkeypatch.setenv("MLCOACH_HOME", str(mlcoach.home))
    assert completed(["people", "add", "--tag"], "r") == ["reverse", "recruiter"]
    assert completed(["job", "add", "--kind"]) == ["job", "client", "inbound"]
    assert completed(["job", "move", "acme"], "in") == ["interview"]
    assert completed(["log", "1h"], "job:acm") == ["job:acme"]  # its id may begin with an a
    assert completed(["job", "show"], "Ac") == ["Acme"]
    assert completed(["note", "share"]) == ["own"]  # notes on people and jobs cannot be shared
    assert "no-titanic" in completed(["curriculum", "show", "portfolio", "--check"], "no")
