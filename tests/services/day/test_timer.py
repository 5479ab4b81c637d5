"""The timer: what it records, on which day, and which ends it does not believe."""

import json
from typing import Any

import pytest

from mlcoach.domain.curriculum import MOST_ASKED_BEFORE
from mlcoach.services.context import Context
from tests.conftest import Program

LATE = "2026-11-24T03:00:00+01:00"  # still the study day of Monday


def entry(mlcoach: Program) -> tuple[str, int]:
    """Return study day and minutes of the newest entry."""
    newest = json.loads(mlcoach("log --json").out)["data"]["entries"][0]
    return newest["date"], newest["minutes"]


def started(mlcoach: Program, words: str) -> dict[str, Any]:
    return dict(json.loads(mlcoach(f"start {words} --json").out)["data"])


def stopped(mlcoach: Program) -> list[dict[str, Any]]:
    """Return what the journal holds of timers that were stopped."""
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    rows = context.store.connection.execute(
        "SELECT data FROM event WHERE kind = 'timer_stopped' ORDER BY number"
    ).fetchall()
    context.close()
    return [json.loads(data) for (data,) in rows]


def test_a_late_evening_over_the_rollover_belongs_to_the_day_it_began_and_says_so(mlcoach: Program) -> None:
    mlcoach.at(LATE)("start vectors")
    stopped = mlcoach.later(hours=4)("stop")
    assert "it ran overnight, since Tue 03:00" in stopped.err
    assert "`mlcoach stop --at 04:00`" in stopped.err
    assert entry(mlcoach) == ("2026-11-23", 240)


def test_a_longer_night_was_forgotten_and_needs_its_end(mlcoach: Program) -> None:
    mlcoach.at(LATE)("start vectors")
    mlcoach.later(hours=4, minutes=1)
    refused = mlcoach("stop", expect=2).err
    assert "since Tue 03:00, overnight" in refused
    assert "mlcoach stop --at 04:00" in refused
    told = mlcoach("stop --at 05:30")
    assert told.err == "", "who says when it ended is not asked again"
    assert entry(mlcoach) == ("2026-11-23", 150)


def test_a_timer_of_the_same_day_may_run_for_long(mlcoach: Program) -> None:
    mlcoach.at("2026-11-23T09:00:00+01:00")("start vectors")
    mlcoach.later(hours=9)
    assert mlcoach("stop").err == ""
    assert entry(mlcoach) == ("2026-11-23", 540)


@pytest.mark.parametrize(("hours", "said"), [(23, "overnight"), (24, "overnight"), (24.1, "more than a day")])
def test_more_than_a_day_is_distinguished_from_a_night(mlcoach: Program, hours: float, said: str) -> None:
    mlcoach("start vectors")
    mlcoach.later(hours=hours)
    assert said in mlcoach("stop", expect=2).err


def test_its_end_is_the_first_such_time_after_its_start(mlcoach: Program) -> None:
    mlcoach("start vectors")
    mlcoach.later(hours=50)
    mlcoach("stop --at 19:59")
    assert entry(mlcoach) == ("2026-11-23", 23 * 60 + 59)


@pytest.mark.parametrize("at", ["21:30", "20:00", "19:00"])
def test_an_end_still_to_come_is_refused(mlcoach: Program, at: str) -> None:
    mlcoach("start vectors")
    mlcoach.later(hours=1)
    assert f"`{at}` is not between the start at 20:00 and now" in mlcoach(f"stop --at {at}", expect=2).err
    assert mlcoach("stop --at 21:00").code == 0


def test_an_hour_that_the_clock_leaps_over_is_looked_for_on_the_day_after(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    mlcoach.at("2026-03-28T23:00:00+01:00")("start vectors")
    mlcoach.at("2026-03-29T12:00:00+02:00")
    assert "is not between" in mlcoach("stop --at 02:30", expect=2).err
    mlcoach.at("2026-03-30T12:00:00+02:00")
    assert "more than a day" in mlcoach("stop --at 02:30", expect=2).err
    mlcoach("stop --at 03:30")
    assert entry(mlcoach) == ("2026-03-28", 210), "from 23:00 to 03:30 in a night of seven hours"


def test_a_clock_that_went_back_records_no_negative_time_and_no_day_to_come(mlcoach: Program) -> None:
    mlcoach("start vectors")
    mlcoach.later(hours=-1)
    mlcoach("stop")
    assert entry(mlcoach) == ("2026-11-23", 0)
    (row,) = stopped(mlcoach)
    assert row["began"] == row["ended"]
    mlcoach.later(hours=2)("start vectors")
    mlcoach.later(days=-2)("stop")
    entries = json.loads(mlcoach("log --json").out)["data"]["entries"]
    assert [(one["date"], one["minutes"]) for one in entries] == [("2026-11-23", 0), ("2026-11-21", 0)], "by their days"


def test_questions_come_before_the_first_reading_and_not_again(mlcoach: Program) -> None:
    assert started(mlcoach, "vectors")["questions"] == 3
    mlcoach.later(minutes=2)("stop")
    assert started(mlcoach, "vectors")["questions"] == 3
    mlcoach.later(minutes=20)("stop --done")
    assert started(mlcoach, "vectors")["questions"] == 0


def test_of_many_questions_the_first_are_asked_before_a_unit(mlcoach: Program) -> None:
    """The others are left for whoever wants to know what a learner knows already."""
    folder = mlcoach.home / "config" / "curriculum"
    folder.mkdir(parents=True)
    written = "".join(f'[[change.vectors.add.pretest]]\nid = "more-{n}"\nq = "And {n}?"\na = "{n}"\n' for n in range(3))
    (folder / "more.toml").write_text(f'schema = 1\nover = "math.la"\n{written}', encoding="utf-8")
    shown = json.loads(mlcoach("curriculum show math.la.vectors --json").out)["data"]["unit"]
    assert [asked["question"] for asked in shown["questions"]][3:] == ["And 0?"]
    assert shown["pretest"] == started(mlcoach, "vectors")["questions"] == MOST_ASKED_BEFORE == 4
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    assert len(context.catalog.text("math.la.vectors").pretest) == 6
    context.close()


class TestAStepFinishedWithinTheTime:
    """`done` while the timer runs opens the next step; `stop` a minute later does not ask about that one."""

    @pytest.fixture
    def finished(self, mlcoach: Program) -> Program:
        mlcoach("start vectors")
        mlcoach.later(minutes=25)("done")
        return mlcoach

    def test_what_was_just_opened_is_not_asked_about_but_named(self, finished: Program) -> None:
        shown = finished.later(minutes=1)("stop", tty=80, stdin="y\n")
        assert "is it finished?" not in shown.err
        assert "Next time, step 2 of 8: " in shown.out
        assert started(finished, "vectors")["questions"] == 0

    def test_what_was_worked_on_since_is_asked_about(self, finished: Program) -> None:
        assert "Step 2 of 8" in finished.later(hours=4)("stop", tty=80, stdin="n\n").err

    def test_stop_done_does_not_finish_a_second_step_by_accident(self, finished: Program) -> None:
        shown = finished.later(minutes=1)("stop --done")
        assert "the step before was finished already; `mlcoach done math.la.vectors/" in shown.err
        assert "Next time, step 2 of 8: " in shown.out

    def test_what_was_finished_before_the_timer_began_does_not_count(self, finished: Program) -> None:
        finished.later(minutes=1)("stop")
        finished.later(minutes=1)("start vectors")
        assert "Step 2 of 8" in finished.later(minutes=2)("stop", tty=80, stdin="n\n").err


def test_a_step_and_a_paper_have_a_slash_wherever_time_is_recorded(mlcoach: Program) -> None:
    def data(line: str) -> dict[str, Any]:
        return dict(json.loads(mlcoach(f"{line} --json").out)["data"])

    mlcoach("paper add 10.1145/2347736.2347755")
    assert data("start 10.1145/2347736.2347755")["timer"]["title"] == "doi:10.1145/2347736.2347755"
    mlcoach("cancel")
    assert data("start start.why/first-model")["timer"]["what"] == "start.why"
    mlcoach("cancel")
    for line in ("log 15m start.why/first-model", "log 12:00-12:15 start.why/first-model --date yesterday"):
        assert data(line)["what"] == "start.why", line


@pytest.mark.parametrize("plain", ["", " --plain"])
def test_what_a_running_timer_has_is_said_beside_the_minutes_of_the_day(mlcoach: Program, plain: str) -> None:
    mlcoach("start start.why")
    mlcoach.later(minutes=55)
    assert "0:00 of 2:00" in (shown := mlcoach(f"today{plain}").out)
    assert ", and 55m on the running timer" in shown and "keep the day" not in shown
    assert (
        ", and 55m on the running timer"
        in mlcoach(f"review --item start.why/first-model{plain}", tty=80, stdin="   3").out
    )
    assert json.loads(mlcoach("today --json").out)["data"]["minutes"]["running"] == 55
    mlcoach.later(days=1)
    assert "on the running timer" not in mlcoach("log 5m start.why").out, "it counts for yesterday"


def test_the_page_of_a_unit_says_that_the_timer_runs_on_it(mlcoach: Program) -> None:
    assert "ready to begin" in mlcoach("curriculum show start.why").out
    mlcoach("start start.why")
    shown = mlcoach("curriculum show start.why").out
    assert "under way: the timer runs on it" in shown and "mlcoach stop" in shown and "Begin:" not in shown
