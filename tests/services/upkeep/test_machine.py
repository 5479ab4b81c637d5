"""The look at the machine: whatever is or is not there, it is said, and nothing is written."""

import json
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters import hardware
from mlcoach.adapters.hardware import Graphics
from tests.conftest import Program


def machine(mlcoach: Program) -> dict[str, Any]:
    return dict(json.loads(mlcoach("doctor --machine --json").out)["data"])


def smi(folder: Path, script: str) -> dict[str, str]:
    program = folder / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    return {"PATH": str(folder)}


def test_everything_is_named_and_nothing_is_written(mlcoach: Program) -> None:
    before = mlcoach.files()
    view = machine(mlcoach)
    assert [check["name"] for check in view["checks"]] == [
        "memory", "disk", "processor", "graphics card", "Python", "environment", "git", "editor", "notebook",
        "compiler",
    ]  # fmt: skip
    assert all(check["detail"] and check["level"] in ("good", "advice", "missing") for check in view["checks"])
    assert mlcoach.files() == before
    assert sum(fit["units"] for fit in view["fits"]) > 0


def test_a_machine_without_anything_is_told_so(mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    mlcoach.environment["PATH"] = str(mlcoach.home)
    monkeypatch.setattr(hardware, "memory_bytes", lambda: 0)
    monkeypatch.setattr(hardware, "disk_bytes", lambda folder: (0, 0))
    monkeypatch.setattr(hardware, "cores", lambda: 1)
    checks = {check["name"]: (check["level"], check["detail"]) for check in machine(mlcoach)["checks"]}
    assert checks["memory"] == ("advice", "not known")
    assert checks["processor"] == ("advice", "1 core")
    assert {checks[name][0] for name in ("git", "editor", "notebook", "compiler")} == {"missing"}
    mlcoach("doctor --machine", tty=40)


def test_memory_disk_and_cores_are_measured() -> None:
    assert hardware.memory_bytes() > 10**8
    free, whole = hardware.disk_bytes(Path("/no/such/folder/anywhere"))
    assert 0 < free <= whole
    assert hardware.cores() >= 1


def test_a_container_has_the_memory_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(hardware, "_CONTAINER_LIMITS", (tmp_path / "none", limit))
    for text, expected in (("1000000\n", 1_000_000), ("max\n", None), ("9" * 30, None)):
        limit.write_text(text)
        found = hardware.memory_bytes()
        assert found == expected if expected else found > 10**8


@pytest.mark.parametrize(
    ("script", "cards"),
    [
        ("echo 'NVIDIA GeForce RTX 3060, 12288'", (Graphics("NVIDIA GeForce RTX 3060", 12288 * 2**20),)),
        ("echo 'A, 8192'; echo 'B, [N/A]'", (Graphics("A", 8192 * 2**20), Graphics("B"))),
        ("echo 'NVIDIA-SMI has failed' >&2; exit 9", ()),
        ("printf '\\377\\n'", ()),
        ("exit 0", ()),
    ],
)
def test_graphics_cards_are_what_the_tool_says(tmp_path: Path, script: str, cards: tuple[Graphics, ...]) -> None:
    assert hardware.graphics(smi(tmp_path, script)) == cards


def test_no_tool_is_no_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    assert hardware.graphics({"PATH": str(tmp_path)}) == ()


def test_the_table_can_be_pasted(mlcoach: Program) -> None:
    text = mlcoach("doctor --machine --format markdown").out
    assert text.startswith("# This machine\n")
    assert "| memory | " in text
    mlcoach("doctor --machine --format html", expect=2)
    mlcoach("doctor --format markdown", expect=2)
