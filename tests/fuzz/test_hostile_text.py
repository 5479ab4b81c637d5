"""A forged journal cannot steer the terminal: none of its control and direction characters reaches stdout raw."""

import json
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.text import is_hostile
from mlcoach.store.union import read_line
from tests.conftest import Program
from tests.e2e.test_old_homes import KEPT, restored
from tests.fuzz.mutants import READING

pytestmark = [pytest.mark.usefixtures("bundled_content"), pytest.mark.slow]
NAME = "2026-11-28"
HOSTILE = "\x1b[2J\x9b\x07\u202e\u2066\u2028\x85\r"
NOW = 1_800_000_000_000_000
PLAIN = {"cards show garden.soil/loam", "init --help", "restore"}


def forged(value: Any) -> Any:
    """Return a value with hostile characters behind every text in it."""
    if isinstance(value, str) and value:
        return value + HOSTILE
    if isinstance(value, list):
        return [forged(inner) for inner in value]
    return {name: forged(inner) for name, inner in value.items()} if isinstance(value, dict) else value


def is_entry(entry: dict[str, Any]) -> bool:
    try:
        read_line(1, json.dumps(entry), NOW)
    except ValueError:
        return False
    return True


def most_hostile(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry with every text forged that an import does not refuse."""
    for name in ("command", "command_text", "kind"):
        if is_entry(other := {**entry, name: entry[name] + HOSTILE}):
            entry = other
    if is_entry(other := {**entry, "data": forged(entry["data"])}):
        return other
    for name, value in entry["data"].items():
        if is_entry(other := {**entry, "data": {**entry["data"], name: forged(value)}}):
            entry = other
    return entry


@pytest.fixture
def forged_home(tmp_path: Path) -> Program:
    """A home whose journal is hostile wherever it can be."""
    lines = restored(NAME, tmp_path / "old")("export journal").out.splitlines()
    entries = [most_hostile(json.loads(line)) for line in lines]
    assert sum(HOSTILE in json.dumps(entry, ensure_ascii=False) or "x1b" in repr(entry) for entry in entries) > 100
    program = Program(tmp_path / "home").at(KEPT[NAME].evening)
    program.environment["TZ"] = "Europe/Berlin"
    file = program.write("forged.jsonl", "".join(json.dumps(entry) + "\n" for entry in entries))
    program(f"import journal '{file}'", expect=None)
    return program


def raw(text: str) -> set[str]:
    return {f"U+{ord(letter):04X}" for letter in text.replace("\r\n", "\n") if is_hostile(letter)}


def test_no_screen_and_no_document_shows_them_raw(forged_home: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(forged_home.home)
    papers = [paper["id"] for paper in json.loads(forged_home("paper list --status all --json").out)["data"]["papers"]]
    assert any(HOSTILE in paper for paper in papers)
    shown = {}
    more = (
        "paper list --json",
        "export journal",
        "paper export --json",
        "buddy report --format markdown",
        "log --json",
    )
    for line in (*READING, *more):
        result = forged_home(line, expect=None)
        assert result.code != 1, result.screen
        if found := raw(result.out) | raw(result.err):
            shown[line] = found
    assert shown == {}


def test_what_is_exported_with_escapes_is_the_same_journal(forged_home: Program, tmp_path: Path) -> None:
    out = forged_home("export journal").out
    assert HOSTILE in json.dumps([json.loads(line) for line in out.splitlines()], ensure_ascii=False).replace(
        "\\u001b", "\x1b"
    ).replace("\\u0007", "\x07").replace("\\r", "\r")
    file = forged_home.write("again.jsonl", out)
    assert "Nothing to join" in forged_home(f"import journal '{file}'").out
