"""Help at forty columns: every command says all it says within them."""

from typing import Any

import pytest
import typer

from mlcoach.cli.main import SECTIONS, group
from tests.conftest import Program


def spoken() -> list[str]:
    """Return every command by its words."""
    root: Any = typer.main.get_command(group)
    found = ["mlcoach"]
    for name in (name for section in SECTIONS.values() for name in section):
        command = root.get_command(None, name)
        found.append(name)
        if command and hasattr(command, "list_commands"):
            found += [f"{name} {one}" for one in command.list_commands(None)]
    return found


def test_help_fits_forty_columns_and_is_as_wide_as_before_after_it(mlcoach: Program) -> None:
    before = mlcoach("project new -h").out
    for words in spoken():
        said = mlcoach(f"{words.removeprefix('mlcoach')} -h", tty=40).out
        wide = [line for line in said.splitlines() if len(line) > 40 and "://" not in line]
        if words == "assistant":
            continue  # its lines for a file of settings are for copying
        assert not wide, (words, wide)
        assert "Usage:" in said
    assert mlcoach("project new -h").out == before


@pytest.mark.parametrize("words", ["project", "people", "job", "note"])
def test_help_of_ones_own_work_has_an_example_for_every_command(mlcoach: Program, words: str) -> None:
    for one in [one for one in spoken() if one.split()[0] == words]:
        assert "Example: mlcoach" in " ".join(mlcoach(f"{one} -h").out.split())


def test_the_help_of_a_group_says_whole_what_its_commands_do(mlcoach: Program) -> None:
    for words in [one for one in spoken() if " " not in one and one != "mlcoach"]:
        for columns in (40, 80):
            said = mlcoach(f"{words} -h", tty=columns).out.partition("Commands:")[2]
            assert "..." not in said.partition("Example")[0], (words, columns)
    assert "Put a job or a client on the board" in " ".join(mlcoach("job -h", tty=40).out.split())


def test_an_example_too_long_for_its_line_can_be_copied_whole(mlcoach: Program) -> None:
    said = mlcoach("job -h", tty=40).out
    assert "  Example:\n  mlcoach job add Acme --advert \\\n    advert.txt\n" in said
    assert "Example: mlcoach job add Acme --advert advert.txt" in mlcoach("job -h", tty=80).out


@pytest.fixture
def paged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went through the pager."""
    texts: list[str] = []
    monkeypatch.setattr("mlcoach.adapters.pager.show_in_pager", lambda text, *_: bool(texts.append(text)) or True)
    return texts


def test_help_longer_than_the_terminal_goes_through_the_pager(mlcoach: Program, paged: list[str]) -> None:
    mlcoach.environment["LINES"] = "20"
    for words in ("-h", "job -h", "job add --help", "help job"):
        assert mlcoach(words, tty=40).out == ""
        assert "Usage:" in paged.pop() if words != "help job" else paged.pop()
    assert "Usage:" in mlcoach("job -h --no-pager", tty=40).out
    assert "Usage:" in mlcoach("job -h").out
    mlcoach.environment["LINES"] = "200"
    assert "Usage:" in mlcoach("job -h", tty=40).out
    assert not paged


@pytest.mark.parametrize("words", ["log --help", "--plain log --help"])
def test_help_longer_than_the_terminal_is_shown_also_with_settings_that_are_broken(
    mlcoach: Program, words: str
) -> None:
    mlcoach.write("config/config.toml", "pager = \n")
    mlcoach.environment["LINES"] = "10"
    assert "Usage:" in mlcoach(words, tty=80).out


def test_in_words_alone_a_long_screen_waits_at_the_end_of_each_page(mlcoach: Program, paged: list[str]) -> None:
    whole = mlcoach("today --plain", tty=40).out
    mlcoach.environment["LINES"] = "12"
    for words, stdin, shown in (
        ("today --plain", "\n" * 20, whole),
        ("today --plain", "", whole),
        ("today --plain --no-pager", "", whole),
    ):
        said = mlcoach(words, tty=40, stdin=stdin)
        assert said.out == shown
        assert ("enter goes on" in said.err) == ("--no-pager" not in words)
    left = mlcoach("today --plain", tty=40, stdin="q\n").out
    assert whole.startswith(left) and 1 < len(left.splitlines()) <= 10
    assert not paged
