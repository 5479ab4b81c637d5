"""What the package says of itself, and what it may use of others."""

import tomllib
from pathlib import Path

from typer._click.core import Command
from typer._click.shell_completion import CompletionItem
from typer.core import TyperGroup

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "mlcoach"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_group_for_developers_is_the_extra() -> None:
    assert PROJECT["dependency-groups"]["dev"] == PROJECT["project"]["optional-dependencies"]["dev"]


def test_its_types_are_for_others_too() -> None:
    assert (SOURCE / "py.typed").is_file()


def test_the_private_part_of_typer_is_reached_in_one_place() -> None:
    naming = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "_click" in path.read_text(encoding="utf-8")
    }
    assert naming == {"cli/lazy.py"}


def test_what_is_used_of_the_private_part_of_typer_is_there() -> None:
    item = CompletionItem("today", help="The plan of the day.")
    assert (item.value, item.type, item.help) == ("today", "plain", "The plan of the day.")
    # Options are completed by the class behind Typer's own group.
    assert TyperGroup.__mro__[1] is Command
    assert callable(Command.shell_complete)
