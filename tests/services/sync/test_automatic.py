"""Sync by itself: begun after commands that wrote, seldom, in silence; what fails is said by `status`."""

import json
from pathlib import Path

import pytest

from mlcoach.services.sync import automatic
from tests.conftest import Program


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What would have been started, with its environment and the seconds that it waits."""
    seen: list[dict[str, str]] = []

    def start(environment: dict[str, str], wait: int) -> bool:
        seen.append({**environment, "wait": str(wait)})
        return True

    monkeypatch.setattr(automatic, "_start", start)
    return seen


@pytest.fixture
def place(mlcoach: Program) -> Path:
    folder = mlcoach.home.with_name("place")
    mlcoach(f"sync init {folder}")
    mlcoach.later(minutes=10)
    return folder


def test_it_is_off_until_it_is_wanted(mlcoach: Program, place: Path, started: list[dict[str, str]]) -> None:
    mlcoach("log 5m")
    assert started == []
    mlcoach("sync auto on")
    assert len(started) == 1
    assert mlcoach("sync auto off").out.startswith("Sync runs only when you call it")
    assert mlcoach("sync auto maybe", expect=2).err.startswith("error: `maybe` is not on or off")


def test_commands_that_write_begin_it_at_most_every_five_minutes(
    mlcoach: Program, place: Path, started: list[dict[str, str]]
) -> None:
    mlcoach("sync auto on")
    started.clear()
    mlcoach.later(minutes=6)
    for line in ("today", "status", "log", "stats"):
        mlcoach(line)
    assert started == []
    mlcoach("log 5m")
    assert [one["wait"] for one in started] == ["0"]
    assert started[0]["MLCOACH_HOME"] == str(mlcoach.home)
    # The last entry of an evening goes too: one process waits for the end of the five minutes.
    for _ in range(3):
        mlcoach.later(minutes=1)
        mlcoach("log 5m")
    assert [one["wait"] for one in started] == ["0", "240"]
    mlcoach.later(minutes=3)
    mlcoach("log 5m")
    assert [one["wait"] for one in started] == ["0", "240", "0"]
    mlcoach.later(minutes=-60)  # the clock went back
    mlcoach("log 5m")
    assert [one["wait"] for one in started] == ["0", "240", "0", "0"]


def test_nothing_is_begun_without_a_place_and_no_failure_is_seen(
    mlcoach: Program, started: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "There is no place yet" in mlcoach("sync auto on").out
    assert started == []
    mlcoach(f"sync init {mlcoach.home.with_name('place')}")
    mlcoach.later(minutes=10)

    def fail(environment: dict[str, str], wait: int) -> bool:
        raise OSError("no more processes")

    monkeypatch.setattr(automatic, "_start", fail)
    shown = mlcoach("log 5m")
    assert "no more processes" not in shown.screen


def test_three_failures_are_a_line_of_status(mlcoach: Program, place: Path, started: list[dict[str, str]]) -> None:
    mlcoach("sync auto on")
    place.rename(place.with_name("away"))
    for tries in range(1, 4):
        mlcoach("sync --background", expect=6)
        said = mlcoach("status").err
        assert ("sync by itself failed 3 times: cannot read the place" in said) == (tries == 3)
    assert "the last 3 tries" in mlcoach("sync status").out
    assert "the last 3 tries did not carry everything" in " ".join(mlcoach("doctor").out.split())
    place.with_name("away").rename(place)
    mlcoach("sync --background")
    assert mlcoach("status").err == ""


def test_status_says_what_waits(mlcoach: Program, place: Path) -> None:
    mlcoach("log 5m")
    assert json.loads(mlcoach("sync status --json").out)["data"]["waiting"] == 3
    mlcoach("sync")
    assert json.loads(mlcoach("sync status --json").out)["data"]["waiting"] == 0
    assert "nothing waits" in mlcoach("sync status").out


def test_a_second_exchange_at_the_same_time_is_refused(mlcoach: Program, place: Path) -> None:
    from mlcoach.adapters.lock import held

    with held(mlcoach.home / "state" / "sync.lock"):
        assert "another sync is under way" in mlcoach("sync", expect=2).err
