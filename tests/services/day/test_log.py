"""Study time that was recorded: what an entry did to its day, and what it says of what comes next."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.events import TimerStopped
from mlcoach.services.context import Context
from mlcoach.services.day import log
from mlcoach.services.record import record
from tests.conftest import MONDAY, Program

MINUTE = 60_000_000


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": MONDAY}, "test")
    yield made
    made.close()


def logged(mlcoach: Program, words: str) -> dict[str, Any]:
    return dict(json.loads(mlcoach(f"log {words} --json").out)["data"])


def test_new_cards_are_mentioned_after_study_today_and_not_after_an_entry_for_a_day_before(mlcoach: Program) -> None:
    assert logged(mlcoach, "5h vectors")["new_cards"] == 6, "half of the unit, half of its twelve cards"
    told_later = logged(mlcoach, "45m vectors --date yesterday")
    assert (told_later["date"], told_later["minutes"], told_later["new_cards"]) == ("2026-11-22", 45, 0)
    assert "to meet" not in mlcoach("log 5m vectors --date fri").out
    assert "7 new cards to meet" in mlcoach("log 5m vectors").out


def test_more_new_cards_are_mentioned_the_more_of_a_unit_is_done(mlcoach: Program) -> None:
    told = [logged(mlcoach, "1h vectors")["new_cards"] for _ in range(10)]
    assert told == [0, 0, 4, 5, 6, 7, 8, 10, 10, 10], "none before the first reading, no more than a day"


def test_as_many_new_cards_are_mentioned_as_the_day_has_room_for(mlcoach: Program) -> None:
    mlcoach("config set goal 24")
    assert logged(mlcoach, "5h vectors")["new_cards"] == 2


def test_none_are_mentioned_where_a_unit_is_passed(mlcoach: Program) -> None:
    mlcoach("done vectors")
    assert logged(mlcoach, "45m vectors")["new_cards"] == 0


def test_an_entry_for_a_day_before_counts_there(mlcoach: Program) -> None:
    logged(mlcoach, "45m vectors")
    told_later = logged(mlcoach, "10m --date yesterday")
    assert (told_later["day_total_minutes"], told_later["streak"]["current"]) == (10, 1)
    assert logged(mlcoach, "10m --date yesterday")["streak"]["current"] == 2


def test_the_list_says_where_each_entry_came_from(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980")
    mlcoach("log 10m 1412.6980")
    mlcoach("paper finish 1412.6980 --verdict stop --minutes 12")
    mlcoach("start vectors")
    mlcoach.later(minutes=30)("stop")
    entries = json.loads(mlcoach("log --json").out)["data"]["entries"]
    assert [(entry["source"], entry["minutes"], entry["what"]) for entry in entries] == [
        ("timer", 30, "math.la.vectors"), ("paper", 12, "arxiv:1412.6980"), ("log", 10, "arxiv:1412.6980")
    ]  # fmt: skip


def test_a_timer_that_ended_before_it_began_is_no_time(context: Context) -> None:
    """A journal from elsewhere may hold one; the list says of it what its day does."""
    now = context.instant.microseconds
    (event,) = record(context, TimerStopped(now, now - 17 * MINUTE, "math.la.vectors"), opens_day=False)
    assert log.seconds_of(event) == 0
    assert [entry.minutes for entry in log.entries(context).entries] == [0]
    assert context.store.day(context.today).seconds == 0


def what(mlcoach: Program, words: str) -> str:
    found = str(logged(mlcoach, words)["what"])
    mlcoach("undo")
    return found


def test_time_goes_to_what_is_under_way_before_a_paper_that_is_called_so(mlcoach: Program) -> None:
    mlcoach("paper add --title 'A machine for vectors'")
    mlcoach("paper add --title 'The gradient machine'")
    asked = mlcoach("log 40m machine", expect=2).err
    assert "start.setup" in asked and "paper" not in asked, "units of the path come before a paper that waits"
    mlcoach("log 10m start.setup")
    assert what(mlcoach, "40m machine") == "start.setup"
    assert what(mlcoach, "40m gradient machine") == "the-gradient-machine"
    mlcoach("paper drop the-gradient-machine")
    assert what(mlcoach, "40m the gradient machine") == "the-gradient-machine", "its whole title still means it"
    assert "gradient" not in mlcoach("log 40m gradient mach", expect=None).out


def test_only_what_was_opened_is_counted_as_under_way(mlcoach: Program) -> None:
    mlcoach("reopen start.why start.learn math.la.vectors")
    assert "units are under way" not in mlcoach("log 10m prog.py.basics").err
    mlcoach("log 10m start.why")
    mlcoach("log 10m start.learn")
    said = " ".join(mlcoach("start start.setup").err.split())
    assert "4 units are under way with this one" in said and "math.la.vectors" not in said


def test_reopening_says_that_the_plan_of_today_stands(mlcoach: Program) -> None:
    mlcoach("done prog.tools.shell --no-questions")
    assert "today --replan" in mlcoach("reopen prog.tools.shell").err
    mlcoach("done start.why --no-questions")
    assert "--replan" not in mlcoach("reopen start.why").err, "the plan holds it"


def test_a_line_that_closes_the_day_says_so_once(mlcoach: Program) -> None:
    mlcoach("log 25m vectors")
    close = [block for block in json.loads(mlcoach("today --json").out)["data"]["blocks"] if block["kind"] == "close"]
    assert [block["done"] for block in close] == [False]
    said = mlcoach('log --note "gradients point uphill"').out
    assert "This line is the Close of today's plan too: that block is done." in said
    close = [block for block in json.loads(mlcoach("today --json").out)["data"]["blocks"] if block["kind"] == "close"]
    assert [block["done"] for block in close] == [True]
    assert "the Close of today's plan" not in mlcoach('log --note "and another"').out
    assert "the Close of today's plan" not in mlcoach('log 10m --note "of yesterday" --date -3').out
