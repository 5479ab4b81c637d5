"""The weekly look back: five steps, a note that is kept, and a plan that is kept or changed."""

import json
import re
from types import SimpleNamespace

import pytest
from inline_snapshot import snapshot

from mlcoach.domain.memory.learner_model import START
from mlcoach.domain.time.durations import parse_duration
from mlcoach.services.habit import week
from tests.conftest import Program
from tests.store.journals import FITTED


@pytest.fixture
def sunday(mlcoach: Program) -> Program:
    """A Sunday after three weeks of less than was planned."""
    mlcoach.at("2026-11-29T18:00:00+01:00")
    for day in range(8, 29):
        if day % 3:
            mlcoach(f"log {90 if day % 2 else 45}m vectors --date 2026-11-{day:02}")
    for line in (
        "log 4h start.learn --date 2026-11-12", "log 5h start.why --date 2026-11-26", "done start.why --date sat",
        "grade columns-are-images good", "grade dot-product-sign again",
    ):  # fmt: skip
        mlcoach(line)
    return mlcoach


def slip(mlcoach: Program, item: str) -> None:
    """Answer an item so that it becomes a leech."""
    instant = mlcoach.now
    for number in range(9):
        mlcoach.at(f"2026-10-{number * 2 + 1:02}T20:00:00+01:00")(f"grade {item} good")
        mlcoach.later(days=1)(f"grade {item} again")
    mlcoach.now = instant


def test_the_week_as_a_screen(sunday: Program) -> None:
    slip(sunday, "math.la.vectors/one-norm-likes-sparse")
    assert sunday("week").out == snapshot("""\
Mon 23 Nov to Sun 29 Nov                                            9h30m of 14h
Mon 1h30m · Tue missed · Wed 1h30m · Thu 5h45m goal · Fri missed · Sat 45m
Sun open
You studied on 4 days. Your goal is more than your weeks hold: 50m a day would
fit.
      5h  Goal, role and reasons · passed
   4h30m  Vectors, matrices, linear maps
  2 answers, none on a later day yet
  your path: 2.5% covered, 0% retained, what of it you would recall today

Stuck units
  Vectors, matrices, linear maps  15h of about 10h, last on Sat 28 Nov
    mlcoach done math.la.vectors or skip
  Learning how to learn  4h of about 5h, last on Thu 12 Nov
    mlcoach start start.learn, mlcoach done start.learn or skip
Cards that keep slipping
x = (1, 0, 0, 0) and y = (½, ½, ½, ½) have the same 2-norm. Which has the larger
  1-norm, and what does that say about penalising ‖·‖₁?  9 lapses
    rewrite or set aside: mlcoach cards leeches

Estimated and real
  Goal, role and reasons  5h for about 3h
What you did of the units you passed took 1.67 times its estimate. Plans count
1.20 times, between 1.15, as is usual, and what your own units took.
Lately a planned day had 51m on average; your plan is 2h a day.
50m would be a goal you can keep.

Write it down: mlcoach week --well "what went well" --hurt "what did not" --keep
""")


def test_the_guided_five_minutes(sunday: Program) -> None:
    answers = "SVD at last #share\n two late evenings \n\nplenty\n60 sat=2h\nten hours\ny\n"
    done = sunday("week", tty=80, stdin=answers)
    assert done.err == snapshot("""\
`?` explains a question, `back` goes to the one before.

1 of 5 · What went well? 2 of 5 · What hurt? Have you read it? Enter goes on. Minutes a day from now on? [2h] error: `plenty` is neither a weekday nor minutes
hint: write `90` for every day, `60 sat=180 sun=0`, `2h mon-fri, sat 3h`, or
seven numbers from Monday on
Minutes a day from now on? [2h] 5 of 5 · What do you promise for next week? Well: SVD at last #share
Hurt: two late evenings
Minutes: 60 sat=2h
Promised: ten hours
Save it? (y/n, or back) [y] \
""")
    assert done.out.split("4 of 5")[1] == snapshot("""\
 · Time
Estimated and real
  Goal, role and reasons  5h for about 3h
What you did of the units you passed took 1.67 times its estimate. Plans count
1.20 times, between 1.15, as is usual, and what your own units took.
Lately a planned day had 1h08m on average; your plan is 2h a day.
1h10m would be a goal you can keep.

Looked back on 2026-W48
  Well      SVD at last #share
  Hurt      two late evenings
  Promised  ten hours
  The minutes changed: 2h -> 1h sat=2h
Undo: mlcoach undo
""")
    assert "goal = 60" in sunday.config.read_text(encoding="utf-8")
    shown = json.loads(sunday("week --list --json").out)["data"]["weeks"]
    assert shown == [
        {
            "week": "2026-W48", "well": "SVD at last #share", "hurt": "two late evenings", "decision": "change",
            "plan": "2h -> 1h sat=2h", "promise": "ten hours",
        },
    ]  # fmt: skip
    # What was said may be shared, like any note.
    assert "- Sun 29 Nov: SVD at last\n" in sunday("buddy").out
    assert sunday("undo").out.startswith("Took back: week (config.toml written;")
    assert not sunday.config.exists()
    assert json.loads(sunday("week --list --json").out)["data"]["weeks"] == []


def test_enter_all_the_way_keeps_the_plan(sunday: Program) -> None:
    done = sunday("week", tty=80, stdin="\n" * 7)
    assert done.out.endswith("Looked back on 2026-W48\n  The plan is kept.\nUndo: mlcoach undo\n")
    assert not sunday.config.exists()
    again = sunday("week", tty=80, stdin="")
    assert "The plan is kept." in again.out
    assert "to say it again" in again.err


def test_interrupted_half_way_nothing_is_kept(sunday: Program) -> None:
    sunday("week", tty=80, stdin="well\nhurt\n", expect=130)
    assert "No look back yet" in sunday("week --list").out


def test_from_a_script(sunday: Program) -> None:
    data = json.loads(sunday("week --keep --well yes --json").out)["data"]
    assert data == {"week": "2026-W48", "well": "yes", "hurt": "", "decision": "keep", "plan": "", "promise": ""}
    assert "contradict" in sunday("week --keep --minutes 90", expect=2).err
    assert "neither a weekday nor minutes" in sunday("week --minutes soon", expect=2).err
    assert "control character" in sunday("week --well 'x\x1by'", expect=2).err
    # The last word on a week holds.
    sunday("week --hurt later --minutes 2h")
    (look,) = json.loads(sunday("week --list --json").out)["data"]["weeks"]
    assert (look["well"], look["hurt"], look["decision"]) == ("", "later", "keep")


def test_comments_in_the_config_stay(sunday: Program) -> None:
    sunday.write("config/config.toml", "# mine\nfloor = 15  # low\n")
    sunday("week --minutes '60 sun=0'")
    assert sunday.config.read_text(encoding="utf-8") == "# mine\nfloor = 15  # low\ngoal = 60\n\n[weekday]\nsun = 0\n"


def test_figures_for_scripts(sunday: Program) -> None:
    data = json.loads(sunday("week --json").out)["data"]
    assert (data["answers"], data["asked"], data["recalled"], data["plan_minutes"]) == (2, 0, 0, [120] * 7)
    assert [(one["unit"], one["minutes"], one["estimate_minutes"]) for one in data["estimates"]] == [
        ("start.why", 300, 180),
    ]  # fmt: skip
    assert data["factor"] == pytest.approx(5 / 3)
    assert [(one["unit"], one["last"]) for one in data["stuck"]] == [
        ("math.la.vectors", "2026-11-28"), ("start.learn", "2026-11-12"),  # past its estimate, and untouched
    ]  # fmt: skip
    assert 0 < data["average_minutes"] < 90
    assert data["suggested_minutes"] % 10 == 0


def test_a_week_without_anything(mlcoach: Program) -> None:
    assert mlcoach("week", tty=80, stdin="\n" * 7).code == 0
    assert mlcoach("week --week -3").out == snapshot("""\
Mon 2 Nov to Sun 8 Nov
Nothing is recorded for this week.

Nothing is stuck.

Your plan is 2h a day.

Write it down: mlcoach week --well "what went well" --hurt "what did not" --keep
""")


def test_it_is_offered_on_its_day_and_not_twice(sunday: Program) -> None:
    offer = "five minutes to look back on the week: mlcoach week\n"
    assert offer in sunday("today").err
    assert offer not in sunday("today --json").err
    assert offer not in sunday("plan").err
    sunday("week --keep")
    assert offer not in sunday("today").err
    sunday("undo")
    sunday("config set look_back sat")
    assert offer not in sunday("today").err
    sunday("config set look_back ''")
    assert offer not in sunday.later(days=6)("today").err


def test_it_is_offered_after_a_break(mlcoach: Program) -> None:
    assert "look" not in mlcoach("today").err
    mlcoach("log 30m")
    assert "a gap of" not in mlcoach.later(days=5)("today").err
    # A Monday evening, so that the usual day does not say it.
    assert "a gap of 6 days is fine" in mlcoach.later(days=2)("today").err
    mlcoach("week --keep")
    assert "a gap of" not in mlcoach("today").err
    assert "a gap of" not in mlcoach.later(days=3)("today").err


def test_a_reminder_of_it_is_not_sent_after_it(sunday: Program) -> None:
    from mlcoach.services.context import Context
    from mlcoach.services.reminders.remind import situation

    environment = {"MLCOACH_HOME": str(sunday.home), "MLCOACH_NOW": sunday.now.isoformat()}
    assert not situation(Context(environment)).looked_back
    sunday("week --keep")
    assert situation(Context(environment)).looked_back


def test_what_is_planned_names_only_the_weekdays_that_differ(sunday: Program) -> None:
    sunday("week --minutes '60 sat=3h sun=0'")
    shown = " ".join(sunday("week --week last").out.split())
    assert "on average; your plan is 1h a day, Sat 3h, Sun off." in shown


def test_there_is_no_look_back_on_a_week_to_come(sunday: Program) -> None:
    refused = sunday("week --week 2026-W49 --keep", expect=2)
    assert "`2026-W49` is still to come" in refused.err
    assert "No look back yet" in sunday("week --list").out


@pytest.mark.parametrize(
    ("scored", "answers", "fitted", "offered"),
    [(399, 50, False, 0), (420, 50, False, 420), (500, 50, False, 0), (810, 50, False, 810), (420, 50, True, 0)],
)
def test_fitting_is_offered_when_answers_are_enough_and_when_they_have_doubled(
    scored: int, answers: int, fitted: bool, offered: int
) -> None:
    store = SimpleNamespace(
        learner_model=lambda: START._replace(answers=scored), parameters=lambda: FITTED if fitted else None
    )
    assert week._fit_at(SimpleNamespace(store=store), answers) == offered


def test_a_long_weekend_is_no_measure_for_a_weekday(mlcoach: Program) -> None:
    mlcoach.at("2026-11-29T20:00:00+01:00")
    mlcoach("config set goal 60")
    mlcoach("config set weekday.sat 4h")
    for day in range(23, 29):
        mlcoach(f"log 60m vectors --date 2026-11-{day}")
    assert "would fit" not in mlcoach("week").out


def test_units_known_from_placement_are_counted_at_once(mlcoach: Program) -> None:
    mlcoach.at("2026-11-29T20:00:00+01:00")
    mlcoach("log 60m start.why")
    for unit in ("start.learn", "math.la.vectors", "math.la.systems", "math.la.orthogonal"):
        mlcoach(f"done {unit} --no-questions")
    shown = mlcoach("week").out
    assert "4 units you knew already · passed" in shown and "Vectors" not in shown


def test_who_is_back_after_a_break_is_not_measured_by_it(mlcoach: Program) -> None:
    mlcoach.at("2026-11-29T20:00:00+01:00")
    mlcoach("log 2h vectors --date 2026-10-01")
    for day in (27, 28):
        mlcoach(f"log 2h vectors --date 2026-11-{day}")
    shown = mlcoach("week").out
    assert "would fit" not in shown and "Lately a planned day had 2h on average" in shown


def test_the_week_counts_recall_as_all_other_screens_do(mlcoach: Program) -> None:
    """Not what is met for the first time counts, but what comes back on a later day."""
    mlcoach.at("2026-11-23T20:00:00+01:00")
    mlcoach("log 45m vectors")
    for item, rating in (("dot-product-sign", "good"), ("trace-eig", "good")):
        mlcoach(f"grade {item} {rating}")
    mlcoach.later(days=3)
    mlcoach("grade dot-product-sign again")
    mlcoach("grade trace-eig good")
    told = "4 answers, 2 of them on a later day: 50% recalled"
    assert told in mlcoach("week --week this").out
    assert told in mlcoach("buddy report").out
    assert json.loads(mlcoach("stats --json").out)["data"]["retention"] == 0.5


def test_in_the_first_week_there_is_no_other_to_look_at(mlcoach: Program) -> None:
    mlcoach.at("2026-11-23T20:00:00+01:00")
    mlcoach("log 45m vectors")
    assert mlcoach("week").out.startswith("Mon 23 Nov to Sun 29 Nov")
    assert mlcoach("buddy report").out.startswith("Week 2026-W48")
    mlcoach.later(days=7)
    assert mlcoach("week").out.startswith("Mon 23 Nov to Sun 29 Nov")


def minutes_in(line: str) -> list[int]:
    return [parse_duration(found) for found in re.findall(r"\b(\d+h\d+m|\d+h|\d+m)\b", line)]


def test_a_day_a_week_and_what_is_left_over_have_the_same_minutes_on_every_screen(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980 --title Adam")
    for day in range(4):
        mlcoach("start math.la.vectors")
        mlcoach.later(minutes=20, seconds=40)("stop")
        mlcoach("start paper:1412.6980")
        mlcoach.later(minutes=10, seconds=35)
        if day == 1:
            mlcoach("paper finish 1412.6980 --verdict go-on")
        mlcoach.later(seconds=5)("stop")
        mlcoach("log 7m")
        mlcoach.later(days=1)
    view = json.loads(mlcoach("week --json").out)["data"]
    whole = sum(day["seconds"] for day in view["days"]) // 60
    parts = [*view["units"], *view["papers"], *view["projects"]]
    # Each figure is rounded once, from its seconds: added by hand they may lose a minute each, and never gain one.
    told_parts = [*(part["minutes"] for part in parts), view["rest_minutes"]]
    assert whole - len(told_parts) < sum(told_parts) <= whole
    assert view["papers"][0]["passes"] == [1]
    shown = mlcoach("week").out
    days = next(line for line in shown.splitlines() if " · Tue " in line)
    told = minutes_in(days)
    assert told == [day["seconds"] // 60 for day in view["days"] if day["seconds"]]
    days_of_streak = json.loads(mlcoach("streak --json").out)["data"]["days"]
    assert told == [day["minutes"] for day in days_of_streak if day["minutes"]]
    of_buddy = json.loads(mlcoach("buddy report --json").out)["data"]["days"]
    assert told == [day["minutes"] for day in of_buddy if day["minutes"]]
    assert (
        minutes_in(shown.splitlines()[0])[0]
        == whole
        == json.loads(mlcoach("stats --json").out)["data"]["total_minutes"]
    )
    assert view["rest_minutes"] == 28
    assert "Adam · pass 1 ended" in shown and "other: reviews, notes" in shown


def test_the_estimates_of_a_week_leave_out_what_was_not_studied_and_agree_with_the_factor(mlcoach: Program) -> None:
    mlcoach.at("2026-11-23T20:00:00+01:00")
    mlcoach("log 1m start.setup")
    mlcoach("done start.setup --no-questions")  # known already: a minute on record says nothing of its hours
    mlcoach("log 4h start.why")
    mlcoach("done start.why --no-questions")
    view = json.loads(mlcoach("week --json").out)["data"]
    assert [(one["unit"], one["minutes"], one["estimate_minutes"]) for one in view["estimates"]] == [
        ("start.why", 240, 180)
    ]
    assert view["factor"] == pytest.approx(240 / 180)
    assert round(view["counted_factor"], 2) == json.loads(mlcoach("today --json").out)["data"]["pace"]
    shown = " ".join(mlcoach("week").out.split())
    assert "took 1.33 times its estimate. Plans count 1.17 times, between 1.15, as is usual, and what your own" in shown


def test_before_the_first_question_long_figures_stop_at_each_page_and_come_once(sunday: Program) -> None:
    sunday.environment["LINES"] = "8"
    shown = sunday("week", tty=80, stdin="\n" * 30)
    assert (shown.out.count("9h30m of 14h"), "enter goes on" in shown.err) == (1, True)
    sunday.environment["LINES"] = "60"
    shown = sunday("week", tty=80, stdin="\n" * 9)
    assert "enter goes on" not in shown.err


def test_a_question_mark_explains_and_back_asks_the_one_before_again(sunday: Program) -> None:
    said = "?\nSVD at last\nback\n? \nSVD now\nlate\n\n\nback\n\nten hours\nback\nnine hours\n\n"
    shown = sunday("week", tty=80, stdin=said)
    assert shown.err.count("kept with the week and shown when") == 2
    assert "What went well? [SVD at last]" in shown.err
    (look,) = json.loads(sunday("week --list --json").out)["data"]["weeks"]
    assert (look["well"], look["hurt"], look["promise"]) == ("SVD now", "late", "nine hours")


def test_it_is_saved_after_a_last_question_and_not_without_it(sunday: Program) -> None:
    shown = sunday("week", tty=80, stdin="well done\n\n\n\n\nn\n")
    assert "Well: well done" in shown.err and "nothing was changed" in shown.err
    assert json.loads(sunday("week --list --json").out)["data"]["weeks"] == []


def test_the_estimate_of_a_unit_is_that_of_all_of_it_beside_that_of_the_steps_done(mlcoach: Program) -> None:
    mlcoach.at("2026-11-23T20:00:00+01:00")
    unit = json.loads(mlcoach("curriculum show math.la.vectors --json").out)["data"]["unit"]
    *done, _ = [step["id"] for step in unit["steps"]]
    mlcoach("log 6h math.la.vectors")
    for step in done:
        mlcoach(f"done {step}")
    mlcoach("done math.la.vectors --no-questions")
    (found,) = json.loads(mlcoach("week --json").out)["data"]["estimates"]
    assert found["estimate_minutes"] == unit["hours"] * 60
    assert 0 < found["done_estimate_minutes"] < found["estimate_minutes"]
