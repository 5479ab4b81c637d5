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
