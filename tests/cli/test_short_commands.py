"""Shorter forms of the commands on a narrow screen are understood as the longer ones by the commands themselves."""

from itertools import pairwise
from pathlib import Path

import pytest

from mlcoach.cli.short_commands import ShortCommands
from mlcoach.domain.help.commands import words_of_command
from mlcoach.services import names
from mlcoach.services.context import Context
from mlcoach.services.curriculum.names import find
from mlcoach.services.day.steps import resolve_step
from tests.conftest import Compiled, Program


@pytest.fixture
def bundled(tmp_path: Path, compiled_bundle: Compiled, bundled_content: None) -> Program:
    """The program with its own curriculum, in an empty home."""
    compiled_bundle.copy_to(tmp_path / "home")
    return Program(tmp_path / "home")


@pytest.mark.slow
def test_every_unit_item_and_step_of_the_map_is_found_by_its_short_name(bundled: Program) -> None:
    context = Context({"MLCOACH_HOME": str(bundled.home), "MLCOACH_NOW": bundled.now.isoformat()})
    short = ShortCommands(context)

    def name_of(command: str) -> str:
        return words_of_command(short(command, 1))[-1]

    shorter = 0
    for unit in context.catalog.units:
        name = name_of(f"mlcoach start {unit}")
        shorter += name != unit
        assert names.what(context, name).unit == unit
        assert find(context, name).id == unit
    for item in context.catalog.item_ids()[::7]:
        name = name_of(f"mlcoach review --item {item}")
        shorter += name != item
        assert names.item(context, name) == item
    for unit in list(context.catalog.units)[::5]:
        for step in context.catalog.steps(unit):
            assert resolve_step(context, name_of(f"mlcoach done found/{step.id}").removeprefix("found/")).id == step.id
    assert shorter > 100
    context.close()


def test_a_narrow_screen_names_the_paper_whose_turn_it_is_without_its_id(bundled: Program) -> None:
    bundled("paper add 10.1145/2347736.2347755")
    bundled("paper add 1706.03762")
    bundled("paper check 10.1145/2347736.2347755 title")
    shown = bundled("paper", tty=40).out
    assert "Tick: mlcoach paper check a-few abstract\n" in shown
    assert "mlcoach paper finish --verdict go-on" in shown
    assert "10.1145/2347736.2347755 abstract" in bundled("paper", tty=80).out
    assert bundled("paper check a-few abstract").code == 0
    assert "Few Useful Things" in bundled("paper finish --verdict go-on --minutes 10m").out


def test_no_screen_at_forty_columns_breaks_a_command_that_a_shell_could_not_read(bundled: Program) -> None:
    bundled("paper add 10.1145/2347736.2347755")
    for words in ("today --why", "paper", "curriculum show ml.found", "curriculum show interview", "goal", "status"):
        lines = bundled(words, tty=40).out.split("\n")
        for line, after in pairwise(lines):
            if line.rstrip().endswith("mlcoach") or (" mlcoach " in f" {line}" and after.lstrip().startswith("--")):
                assert line.endswith(" \\"), (words, line, after)
