"""`was 35m, is 50m`: other minutes for an entry, and undo brings the old ones back."""

import json

import pytest

from mlcoach.services.context import Context
from tests.conftest import Program


def logged(mlcoach: Program) -> list[tuple[str, int, str]]:
    entries = json.loads(mlcoach("log --json").out)["data"]["entries"]
    return [(one["date"], one["minutes"], one["note"]) for one in entries]


@pytest.fixture
def stopped(mlcoach: Program) -> Program:
    """The program a day after a timer of 35 minutes."""
    mlcoach("start start.why")
    mlcoach.later(minutes=35)('stop --note "first evening"')
    return mlcoach.later(days=1)


@pytest.mark.parametrize("which", ["last", "id"])
def test_an_entry_of_a_timer_gets_other_minutes_on_its_day(stopped: Program, which: str) -> None:
    id = "last" if which == "last" else json.loads(stopped("log --json").out)["data"]["entries"][0]["id"]
    shown = stopped(f"log 50m --correct {id}")
    assert "Logged 50m on Goal, role and reasons (Mon 23 Nov)." in shown.out and "it was 35m before" in shown.err
    assert logged(stopped) == [("2026-11-23", 50, "first evening")]
    assert json.loads(stopped("status --json").out)["data"]["timer"] is None
    stopped("undo")
    assert logged(stopped) == [("2026-11-23", 35, "first evening")]
    assert json.loads(stopped("status --json").out)["data"]["timer"] is None
    stopped("redo")
    assert logged(stopped) == [("2026-11-23", 50, "first evening")]
    context = Context({"MLCOACH_HOME": str(stopped.home), "MLCOACH_NOW": stopped.now.isoformat()}, "test")
    assert context.store.units()["start.why"].seconds == 50 * 60
    context.close()


def test_what_was_finished_with_it_stays_and_a_running_timer_goes_on(mlcoach: Program) -> None:
    mlcoach("start start.why")
    mlcoach.later(minutes=35)("stop --done")
    mlcoach("log 20m math.la.vectors")
    mlcoach("start start.why")
    entries = json.loads(mlcoach("log --json").out)["data"]["entries"]
    mlcoach(f"log 1h --correct {entries[1]['id']}")
    assert sorted(minutes for _, minutes, _ in logged(mlcoach)) == [20, 60]
    assert json.loads(mlcoach("status --json").out)["data"]["timer"]
    assert "step 2 of" in " ".join(mlcoach("today").out.split())


@pytest.mark.parametrize(
    ("words", "code"),
    [("log 50m --correct nothing", 3), ("log --correct last", 2), ("log 50m eigen --correct last", 2)],
)
def test_what_cannot_be_corrected_is_said(stopped: Program, words: str, code: int) -> None:
    before = logged(stopped)
    assert stopped(words, expect=code).err.startswith("error: ")
    assert logged(stopped) == before


def test_undo_of_a_stop_of_yesterday_names_the_plain_way(stopped: Program) -> None:
    said = " ".join(stopped("undo").err.split())
    assert "`mlcoach redo`, then `mlcoach log 50m --correct last`" in said
    stopped("redo")
    stopped("log 50m --correct last")
    assert logged(stopped) == [("2026-11-23", 50, "first evening")]


def test_no_id_is_not_a_new_entry(mlcoach: Program) -> None:
    mlcoach("log 35m")
    assert "which entry" in mlcoach("log 50m --correct ''", expect=2).err
    assert "35m" in mlcoach("log").out and "50m" not in mlcoach("log").out
