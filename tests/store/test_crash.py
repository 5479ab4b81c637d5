"""A kill at any instant, a full disk and seven other commands lose nothing that was acknowledged."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="these need processes that are forked"),
]
WELL = {
    "lost": [], "failed": [], "wrong": [], "twice": 0, "rows_unlike_folds": 0, "integrity": "ok", "foreign_keys": 0,
    "files_unlike_journal": 0, "left_behind": 0, "readable_by_others": 0, "doctor": 0, "curriculum_check": 0,
}  # fmt: skip


def result_of(*words: str) -> dict[str, Any]:
    """Run a harness and return what it found, after a look that all is well."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    ended = subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, env=environment, timeout=500, check=False
    )
    assert ended.stdout.startswith("{"), ended.stdout + ended.stderr
    result: dict[str, Any] = json.loads(ended.stdout)
    assert {name: result[name] for name in WELL if name in result} == {
        name: good for name, good in WELL.items() if name in result
    }
    return result


def test_forty_kills_over_all_commands_that_write() -> None:
    result = result_of("tests.benchmarks.kill", "--kills", "40", "--seed", "7")
    assert result["killed"] == 40
    assert result["acknowledged"] > 0


def test_forty_kills_in_the_write_itself() -> None:
    result = result_of("tests.benchmarks.kill", "--kills", "40", "--seed", "7", "--append")
    assert result["killed"] == 40
    assert result["acknowledged"] > 0


def test_forty_commands_eight_at_once() -> None:
    result = result_of("tests.benchmarks.at_once", "--commands", "40", "--seed", "7")
    refused = sum(result["refused_plainly"].values())  # an editor whose file was changed meanwhile
    assert result["acknowledged"] == 40 - refused > 20


@pytest.mark.parametrize("command", ["config set", "cards new", "paper note (editor)", "report", "undo"])
def test_a_disk_that_fills_up_at_every_write(command: str) -> None:
    result = result_of("tests.benchmarks.full_disk", "--commands", command)
    assert result["refused"] > 5
    assert result["done"] > 1
