"""Days still to come: what a wrong clock wrote is asked about, listed and set aside, and never lost."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MONDAY, Program

EIG = "math.la.eigen/eig-def"
CASES = Path(__file__).parents[2] / "fixtures" / "journal-year-2999.jsonl"


def data(mlcoach: Program, line: str) -> Any:
    return json.loads(mlcoach(f"{line} --json", expect=None).out)["data"]


def checks(mlcoach: Program) -> dict[str, Any]:
    found = data(mlcoach, "doctor")
    assert found["ok"]
    return {check["name"]: check for check in found["checks"]}


@pytest.fixture
def jumped(mlcoach: Program) -> Program:
    """A home whose clock was ten years ahead for an evening, and is right again."""
    mlcoach(f"grade {EIG} good")
    mlcoach("log 25m")
    mlcoach.at("2036-11-23T20:00:00+01:00")
    mlcoach(f"grade {EIG} good")
    mlcoach("log 30m")
    return mlcoach.at("2026-11-24T20:00:00+01:00")


@pytest.mark.slow
def test_doctor_lists_what_is_of_days_to_come_and_sets_it_aside(jumped: Program) -> None:
    away = data(jumped, f"cards show {EIG}")["due"]
    assert away > "2036"
    found = checks(jumped)["future"]
    assert found["level"] == "advice"
    assert found["detail"].startswith("1 answer and ")
    assert found["detail"].endswith("up to 2036-11-23")
    said = jumped("doctor --set-aside").out
    assert said.startswith("Set aside 4 entries of days still to come.")
    assert "future" not in checks(jumped)
    assert data(jumped, f"cards show {EIG}")["due"] < "2027"
    assert data(jumped, "streak")["current"] == 1
    assert "no entry of a day still to come" in jumped("doctor --set-aside").out
    assert data(jumped, "undo")["summary"] == "4 entries of days to come set aside"
    assert data(jumped, f"cards show {EIG}")["due"] == away
    assert "future" in checks(jumped)
    jumped("redo")
    assert "future" not in checks(jumped)


def test_setting_aside_is_known_on_another_machine_too(jumped: Program, tmp_path: Path) -> None:
    jumped("doctor --set-aside")
    jumped(f"export journal -o {tmp_path}/journal.jsonl")
    other = Program(tmp_path / "other").at("2036-11-25T20:00:00+01:00")
    other(f"import journal {tmp_path}/journal.jsonl")
    assert data(other, f"cards show {EIG}")["due"] < "2027"


@pytest.mark.parametrize(("answer", "due"), [("y", "2026"), ("n", "2037")])
def test_a_clock_that_goes_back_is_asked_about_once(jumped: Program, answer: str, due: str) -> None:
    said = jumped("log 5m", stdin=f"{answer}\n", tty=80)
    assert "Was the clock wrong then" in said.err
    assert "up to 2036-11-23" in said.err
    assert data(jumped, f"cards show {EIG}")["due"].startswith(due)
    assert jumped("log 5m", stdin="", tty=80).err == ""
    if answer == "y":  # steps of their own: the entry, and the setting aside
        jumped("undo 3")
        assert data(jumped, f"cards show {EIG}")["due"].startswith("2037")
        assert data(jumped, "status")["minutes"]["done"] == 10


def test_elsewhere_a_sentence_says_it_once(jumped: Program) -> None:
    assert "`mlcoach doctor --set-aside` sets aside" in " ".join(jumped("log 5m").err.split())
    assert jumped("log 5m").err == ""
    assert data(jumped, f"cards show {EIG}")["due"] > "2036"


def test_an_hour_ahead_is_not_asked_about(mlcoach: Program) -> None:
    mlcoach.later(hours=30)
    mlcoach("log 5m")
    mlcoach.at(MONDAY)
    said = mlcoach("log 5m", stdin="", tty=80).err
    assert "the clock went back" in " ".join(said.split())
    assert "Was the clock wrong" not in said


def test_a_journal_of_the_year_2999_changes_nothing_and_says_where_and_why(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("log 5m")
    before = mlcoach("today --json").out
    file = tmp_path / "other.jsonl"
    shutil.copy(CASES, file)
    said = mlcoach(f"import journal {file}", expect=7).out
    assert "an entry for a day that was still to come when it was made (line 1, line 2" in " ".join(said.split())
    assert mlcoach("today --json").out == before


def test_backups_after_a_clock_jump_are_as_few_as_before_and_thinned(mlcoach: Program) -> None:
    def copies() -> list[str]:
        return sorted(name for name in mlcoach.files() if name.startswith("data/backups/mlcoach-"))

    mlcoach.at("2036-11-23T20:00:00+01:00")
    for _ in range(4):
        mlcoach("log 1m")
        mlcoach.later(minutes=31)
    mlcoach.at(MONDAY)
    for _ in range(6):
        mlcoach("log 1m")
        mlcoach.later(minutes=5)
    left = copies()
    assert [name for name in left if "2026" in name] == ["data/backups/mlcoach-20261123T190000Z.db"]
    assert len([name for name in left if "2036" in name]) == 1
