"""The goal with a date, as its learner meets it: set, seen, kept up to date, followed by the plan, ended."""

import json
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from tests.conftest import Compiled, Program

INTERVIEW = """schema = 1
[[path]]
id = "interview"
title = "Before interviews"
goal = "to see"
units = ["math.la.vectors", "prog.py.basics", "ml.found"]
known = ["start.setup"]
"""


def goal(mlcoach: Program, words: str = "") -> dict[str, Any]:
    return dict(json.loads(mlcoach(f"goal {words} --json").out)["data"])


def blocks(mlcoach: Program, line: str = "today") -> list[dict[str, Any]]:
    return list(json.loads(mlcoach(f"{line} --json").out)["data"]["blocks"])


def test_too_little_time_is_said_plainly_on_the_first_day(mlcoach: Program) -> None:
    assert mlcoach("goal --by 2026-12-09 --path taste").out == snapshot("""\
Goal set.

A taste before you commit (`taste`) by Wed 9 Dec 2026

It does not fit. 1 unit falls, and the plan follows the other 3, which fit: 24h
of the 27h there are. The other 3h are room for slow weeks; what falls is
longer.
16 days to go; 31h of the path are open (its authors say 27h; counted 1.15
times, until your own units say how long you take). On 16 days of study that is
1h56m of units a day; reviews and papers take 10 minutes of each hour, so all of
it needs 2h23m a day; you plan 2h.

What stays (24h)
  Goal, role and reasons   3h  start.why
  Machine, OS, accounts    7h  start.setup
  Python fundamentals     14h  prog.py.basics

What falls: after the day, if at all (7h)
  What machine learning is (and is not)  7h  ml.found
  First what least builds on and what counts least for this path, by the hour.
  One of them matters to you?
  mlcoach goal --keep ml.found

All of it would take 2h23m a day, or time until 13 Dec 2026, with room for slow
weeks.
""")


def test_what_fits_needs_no_more_than_there_is(mlcoach: Program) -> None:
    told = goal(mlcoach, "--by 2027-06-01 --path taste")
    assert (told["verdict"], told["fits"], told["falls"]) == ("fits", True, [])
    assert told["needed_minutes"] <= told["pace_minutes"] == 120
    assert {unit["unit"] for unit in told["keeps"]} == {"start.why", "start.setup", "prog.py.basics", "ml.found"}
    assert "It fits." in mlcoach("goal").out
    near = goal(mlcoach, "--by 2026-12-12")
    assert (near["verdict"], near["fits"]) == ("tight", False)
    assert "It is tight" in mlcoach("goal", tty=80).out


def test_setting_a_goal_sets_the_path_with_it_and_one_undo_takes_both_back(mlcoach: Program) -> None:
    mlcoach("goal --by 2027-06-01 --path taste")
    assert 'path = "taste"' in mlcoach.config.read_text(encoding="utf-8")
    assert "the goal `taste` by Tue 1 Jun 2027" in mlcoach("undo").out.replace("\n", " ")
    assert goal(mlcoach)["by"] is None
    assert "taste" not in mlcoach.config.read_text(encoding="utf-8") if mlcoach.config.exists() else True
    mlcoach("redo")
    assert goal(mlcoach)["by"] == "2027-06-01"


def test_a_unit_kept_by_hand_stays_with_what_it_needs_also_for_another_day(mlcoach: Program) -> None:
    goal(mlcoach, "--by 2026-12-08 --path taste")
    kept = goal(mlcoach, "--keep ml.found")
    assert [(unit["unit"], unit["why"]) for unit in kept["keeps"]] == [
        ("start.setup", ""), ("prog.py.basics", ""), ("ml.found", "kept by you"),
    ]  # fmt: skip
    assert "ml.found" in {unit["unit"] for unit in goal(mlcoach, "--by 2026-12-09")["keeps"]}
    assert mlcoach("goal --keep ml.found", expect=2).err.startswith("error: `ml.found` is kept already")
    goal(mlcoach, "--let-go ml.found")
    assert "ml.found" not in {unit["unit"] for unit in goal(mlcoach)["keeps"]}


def test_the_plan_follows_what_stays_and_what_falls_comes_after_it(mlcoach: Program) -> None:
    falls = {unit["unit"] for unit in goal(mlcoach, "--by 2026-12-07 --path taste")["falls"]}
    assert falls == {"ml.found", "prog.py.basics"}
    units = {block["unit"] for block in blocks(mlcoach) if block["unit"]}
    assert units
    assert not units & falls
    mlcoach("done start.setup --no-questions")
    mlcoach("done start.why --no-questions")
    mlcoach.later(days=1)
    assert {block["unit"] for block in blocks(mlcoach) if block["unit"]} == {"prog.py.basics"}


def test_today_week_and_forecast_keep_it_up_to_date(mlcoach: Program) -> None:
    assert "`taste`" not in mlcoach("today").out
    mlcoach("goal --by 2026-12-30 --path taste")
    said = "`taste` by 30 Dec, 37 days: it fits; 1h02m of your 2h a day are needed."
    for line in ("today", "week", "forecast"):
        assert said in mlcoach(line).out.replace("\n", " "), line
    mlcoach.later(days=18)
    assert "`taste` by 30 Dec, 19 days: tight; all of your 2h a day are needed." in mlcoach("today").out
    mlcoach.later(days=1)
    assert "`taste` by 30 Dec, 18 days: tight; 2h07m a day would do, you have 2h." in mlcoach("today").out
    mlcoach.later(days=6)
    assert "`taste` by 30 Dec, 12 days: not all of it fits" in mlcoach("today").out
    mlcoach.later(days=12)
    assert "is here: mlcoach goal --drop ends it." in mlcoach("today").out
    mlcoach.later(days=20)
    assert "`taste`" not in mlcoach("today").out


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("--by 2026-11-22", "which is over"),
        ("--by today", "no time is left to plan"),
        ("--by 2040-01-01", "more than five years off"),
        ("--by 9999-12-31", "more than five years off"),
        ("--by soon", "cannot read the day `soon`"),
        ("--by 2027-02-30", "there is no day"),
        ("--path taste", "a goal needs a day"),
        ("--drop", "there is no goal with a date"),
        ("--keep eigen", "there is no goal with a date"),
        ("--by fri --drop", "stands alone"),
    ],
)
def test_what_cannot_be_a_goal_is_refused_with_the_way_on(mlcoach: Program, words: str, error: str) -> None:
    refused = mlcoach(f"goal {words}", expect=2).err
    assert error in refused
    assert "hint:" in refused
    assert "by 2027-02-01" in mlcoach("goal").out


def test_an_unknown_path_has_the_nearest_named(mlcoach: Program) -> None:
    assert "did you mean `taste`?" in mlcoach("goal --by 2027-02-01 --path tast", expect=3).err


def test_a_walked_path_cannot_be_a_goal(mlcoach: Program) -> None:
    mlcoach("skip start.why start.setup prog.py.basics ml.found")
    assert "is finished already" in mlcoach("goal --by 2027-02-01 --path taste", expect=2).err


def test_tomorrow_is_a_goal_that_does_not_fit(mlcoach: Program) -> None:
    told = goal(mlcoach, "--by tomorrow --path taste")
    assert (told["days_left"], told["verdict"], told["keeps"]) == (1, "too much", [])
    assert "not even one unit" in mlcoach("goal").out
    assert any(block["unit"] for block in blocks(mlcoach)), "the path goes on all the same"


def test_a_goal_for_another_path_than_the_plan_follows_says_so(mlcoach: Program) -> None:
    mlcoach("goal --by 2026-12-08 --path taste")
    mlcoach("config set path core")
    assert goal(mlcoach)["plan_path"] == "core"
    assert "The plan follows the path `core`" in mlcoach("goal").out
    assert "Your goal by 8 Dec is `taste`, but the plan follows `core`" in mlcoach("today").out.replace("\n", " ")
    assert "start.why" in {block["unit"] for block in blocks(mlcoach)}, "nothing falls from another path"


def test_no_minutes_planned_is_no_division(mlcoach: Program) -> None:
    mlcoach("config set goal 0")
    told = goal(mlcoach, "--by 2026-12-08 --path taste")
    assert (told["verdict"], told["pace_minutes"], told["whole_by"]) == ("too much", 0, None)
    assert "no minutes are planned" in mlcoach("goal").out
    assert "no minutes are planned" in mlcoach("today").out


def test_rest_planned_before_the_day_is_no_time(mlcoach: Program) -> None:
    before = goal(mlcoach, "--by 2026-12-31 --path taste")["hours_there"]
    mlcoach("rest 2026-12-20..2026-12-30")
    assert goal(mlcoach)["hours_there"] < before


def test_a_goal_moves_with_the_journal_and_holds_after_a_rebuild(mlcoach: Program) -> None:
    mlcoach("goal --by 2027-06-01 --path taste")
    mlcoach("goal --keep ml.found")
    exported = mlcoach("export journal").out
    assert '"goal_set"' in exported
    mlcoach("doctor --rebuild", expect=None)
    assert goal(mlcoach)["by"] == "2027-06-01"
    mlcoach("goal --drop")
    assert goal(mlcoach)["by"] is None
    file = mlcoach.write("elsewhere.jsonl", exported)
    mlcoach(f"import journal {file}")
    assert goal(mlcoach)["by"] is None, "what was said last holds"


def test_in_the_last_four_weeks_before_interviews_problems_come_daily(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/paths.toml", INTERVIEW)
    told = goal(mlcoach, "--by 2027-01-11 --path interview")
    assert told["problems_from"] == "2026-12-14"
    assert "From 14 Dec on problems come every day" in mlcoach("goal").out
    usual = told["hours_there"] / told["days_left"]
    close = goal(mlcoach, "--by 2026-12-20")
    assert close["hours_there"] / close["days_left"] < usual, "problems take a third of these days"
    assert "Problems come every day" in mlcoach("goal").out


def test_screens_keep_to_a_narrow_terminal(mlcoach: Program) -> None:
    mlcoach("goal --by 2026-12-14 --path taste")
    for width in (40, 80):
        screen = mlcoach("goal --all", tty=width).out
        assert max(map(len, screen.splitlines())) <= width


PROBLEMS = """schema = 1
id = "prog.dsa"
title = "Algorithms"
track = "prog"
[[unit]]
id = "trees"
title = "Trees"
hours = 6
lane = "build"
"""
PROBLEM = """  [[unit.exercise]]
  id = "p{n}"
  title = "Problem {n}"
  kind = "problem"
  minutes = 40
  prompt = "Solve it."
"""


def practised(mlcoach: Program) -> list[str]:
    """Return the problems of today's plan."""
    return [item for block in blocks(mlcoach) if block["kind"] == "practice" for item in block["items"]]


def test_daily_problems_are_those_of_passed_units_the_least_sure_first(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/dsa.toml", PROBLEMS + "".join(PROBLEM.format(n=n) for n in range(3)))
    mlcoach.write("config/curriculum/paths.toml", INTERVIEW)
    mlcoach("done prog.dsa.trees --no-questions")
    mlcoach("grade prog.dsa.trees/p2 good")
    mlcoach("goal --by 2027-01-11 --path interview")
    mlcoach.later(days=20)
    days = []
    for _ in range(4):
        mlcoach.later(days=1)
        days.append(practised(mlcoach))
        for item in days[-1]:
            mlcoach(f"grade {item} good")
    assert all(days), "every day"
    assert set(days[0] + days[1]) == {"prog.dsa.trees/p0", "prog.dsa.trees/p1"}, "those not known first"
    mlcoach("goal --drop")
    mlcoach.later(days=1)
    assert not practised(mlcoach)


@pytest.mark.usefixtures("bundled_content")
@pytest.mark.parametrize("by", ["2026-12-05", "2027-01-18", "2027-03-01"])
def test_before_interviews_interviewing_stays_and_habits_and_mentors_fall(
    tmp_path: Path, compiled_bundle: Compiled, by: str
) -> None:
    compiled_bundle.copy_to(tmp_path / "home")
    program = Program(tmp_path / "home")
    told = goal(program, f"--by {by} --path interview")
    kept, fallen = ({unit["unit"] for unit in told[name]} for name in ("keeps", "falls"))
    assert told["verdict"] == "too much"
    assert "career.interview" in kept
    theory = {"ml.found", "ml.linear", "ml.eval"}
    assert ("career.bank" in kept) == (by != "2026-12-05") == (theory <= kept)
    assert {"career.mentors", "career.habits"} <= fallen
    if by == "2026-12-05":
        shown = " ".join(program("goal").out.split())
        assert "and even the other" in shown and "h too much" in shown
        assert blocks(program)[0]["unit"] == "career.interview", "what falls locks nothing that stays"


ASKED = ("math.causal", "ml.found", "ml.linear", "ml.eval", "ml.logit", "ml.trees")


@pytest.mark.usefixtures("bundled_content")
@pytest.mark.parametrize("by", ["2026-12-20", "2027-01-18", "2027-02-10", "2027-03-10", "2027-06-01"])
def test_what_an_interview_asks_falls_after_what_it_hardly_asks_and_every_unit_is_named(
    tmp_path: Path, compiled_bundle: Compiled, by: str
) -> None:
    compiled_bundle.copy_to(tmp_path / "home")
    program = Program(tmp_path / "home")
    told = goal(program, f"--by {by} --path interview")
    kept, fallen = ([unit["unit"] for unit in told[name]] for name in ("keeps", "falls"))
    path = json.loads(program("curriculum show interview --json").out)["data"]["path"]["units"]
    assert sorted((*kept, *fallen)) == sorted(unit["id"] for unit in path)
    hardly = [unit for unit in fallen if unit.startswith("career.") or unit in ("ml.project", "ml.svm", "ml.unsup")]
    last = max((fallen.index(unit) for unit in hardly), default=-1)
    assert all(fallen.index(unit) > last for unit in ASKED if unit in fallen)
    shown = program("goal --all").out
    assert all(unit in shown for unit in (*kept, *fallen))


@pytest.mark.usefixtures("bundled_content")
def test_with_little_time_the_theory_stays_before_the_bank_that_asks_about_it(
    tmp_path: Path, compiled_bundle: Compiled
) -> None:
    compiled_bundle.copy_to(tmp_path / "home")
    program = Program(tmp_path / "home")
    analyst = goal(program, "--by 2027-01-18 --path interview")
    assert {"ml.found", "ml.linear", "ml.eval", "ml.trees", "career.interview", "career.bank"} == {
        unit["unit"] for unit in analyst["keeps"]
    }
    program("config set goal 60")
    program("config set also prog.py.basics prog.py.data")
    told = goal(program, "--by 2027-03-07")
    assert {"prog.py.basics", "prog.py.data", "ml.found", "ml.linear", "ml.eval", "career.interview"} == {
        unit["unit"] for unit in told["keeps"]
    }
    assert "it asks about theory for which there is no time" in " ".join(program("goal --all").out.split())


def test_what_is_kept_by_hand_is_counted(mlcoach: Program) -> None:
    goal(mlcoach, "--by 2026-12-04 --path taste")
    for unit in ("start.setup", "start.why", "ml.found"):
        goal(mlcoach, f"--keep {unit}")
    told = goal(mlcoach)
    over = round(sum(unit["hours"] for unit in told["keeps"])) - round(told["hours_there"])
    assert over > 1, "the difference of the two that are shown"
    assert f"{over:.0f}h too much" in " ".join(mlcoach("goal").out.split())


def test_before_the_day_of_a_goal_the_week_advises_no_shorter_days_but_says_what_they_cost(mlcoach: Program) -> None:
    for _ in range(7):
        mlcoach("log 50m math.la.vectors")
        mlcoach.later(days=1)
    assert "would be a goal you can keep" in mlcoach("week").out
    mlcoach("goal --by 2027-01-20 --path taste")
    week = json.loads(mlcoach("week --json").out)["data"]
    assert week["suggested_minutes"] and week["goal_by"] == "2027-01-20" and week["suggested_costs"] > 5
    shown = " ".join(mlcoach("week").out.split())
    assert "would be a goal" not in shown and "would fit" not in shown
    assert f"{week['suggested_costs']:.0f}h of units fewer fit until 20 Jan" in shown


APPLYING = """schema = 1
[[path]]
id = "applying"
title = "Applying"
goal = "to see"
units = ["ml.found"]
known = ["prog.py.basics", "start.setup", "math.la.vectors"]
"""


def why_of(mlcoach: Program, unit: str) -> str:
    return next(block["why"] for block in blocks(mlcoach) if block["unit"] == unit)


def test_what_the_path_takes_as_known_is_said_and_comes_into_the_plan_when_it_is_kept(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/paths.toml", APPLYING)
    mlcoach("skip start.setup")
    told = goal(mlcoach, "--by 2027-03-01 --path applying")
    assert [unit["unit"] for unit in told["assumed"]] == ["prog.py.basics", "math.la.vectors"], "skipped is known"
    screen = mlcoach("goal").out
    assert "Taken as known by this path, not passed by you" in screen
    assert "mlcoach goal --keep prog.py.basics" in screen
    mlcoach.later(days=1)
    assert "which this path takes as known" in why_of(mlcoach, "ml.found")
    assert "your path takes it as known" in " ".join(mlcoach("curriculum show ml.found").out.split())
    kept = goal(mlcoach, "--keep prog.py.basics")
    assert [(unit["unit"], unit["why"]) for unit in kept["keeps"]] == [
        ("prog.py.basics", "kept by you"), ("ml.found", ""),
    ]  # fmt: skip
    assert [unit["unit"] for unit in kept["assumed"]] == ["math.la.vectors"]
    assert kept["hours_left"] > told["hours_left"]
    planned = [block["unit"] for block in blocks(mlcoach) if block["unit"]]
    assert set(planned) == {"prog.py.basics"}, "what builds on it waits"
    assert "prog.py.basics" in {
        unit["unit"] for unit in json.loads(mlcoach("plan --units --json").out)["data"]["units"]
    }
    goal(mlcoach, "--let-go prog.py.basics")
    assert {block["unit"] for block in blocks(mlcoach) if block["unit"]} == {"ml.found"}


def test_what_is_kept_beside_the_path_brings_what_it_needs_and_goes_with_the_goal(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/paths.toml", APPLYING)
    goal(mlcoach, "--by 2027-03-01 --path applying")
    said = mlcoach("goal --keep math.la.orthogonal")
    assert "it needs what is not on the path either, so this comes too: math.la.systems" in said.err
    kept = {unit["unit"] for unit in goal(mlcoach)["keeps"]}
    assert kept == {"ml.found", "math.la.orthogonal", "math.la.systems"}
    mlcoach("goal --drop")
    assert {block["unit"] for block in blocks(mlcoach) if block["unit"]} == {"ml.found"}


@pytest.mark.usefixtures("bundled_content")
def test_hours_that_no_unit_has_are_explained(tmp_path: Path, compiled_bundle: Compiled) -> None:
    compiled_bundle.copy_to(tmp_path / "home")
    program = Program(tmp_path / "home")
    told = goal(program, "--by 2027-03-07 --path interview")
    over = round(told["hours_there"]) - round(sum(unit["hours"] for unit in told["keeps"]))
    assert over > 1
    shown = " ".join(program("goal").out.split())
    assert f"The other {over}h are room for slow weeks" in shown
    for unit in told["fitting"]:
        (fallen,) = [one for one in told["falls"] if one["unit"] == unit]
        assert fallen["hours"] <= over
    if told["fitting"]:
        assert f"mlcoach goal --keep {told['fitting'][0]}" in shown


def test_before_the_interview_of_a_job_half_of_the_minutes_are_counted_for_problems(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/paths.toml", INTERVIEW)
    before = goal(mlcoach, "--by 2027-01-11 --path interview")
    mlcoach("job add datawerk engineer")
    mlcoach("job move datawerk interview --next 2027-01-11")
    told = goal(mlcoach)
    assert told["interview"] == "2027-01-11"
    assert told["hours_there"] < before["hours_there"]
    shown = " ".join(mlcoach("goal").out.split())
    assert "From 14 Dec on problems come every day until the interview on 11 Jan: half of the minutes." in shown
    assert "a third" not in shown
    mlcoach("goal --by 2027-02-20")
    shown = " ".join(mlcoach("goal").out.split())
    assert (
        "until the interview on 11 Jan: half of the minutes. From 23 Jan on problems come every day: a third" in shown
    )


def kept_ones(told: dict[str, Any]) -> set[str]:
    return {unit["unit"] for unit in told["keeps"] if unit["why"] == "kept by you"}


def test_every_unit_that_is_named_is_kept_and_let_go_in_one_step(mlcoach: Program) -> None:
    goal(mlcoach, "--by 2026-12-08 --path taste")
    assert kept_ones(goal(mlcoach, "--keep ml.found --keep start.why")) == {"ml.found", "start.why"}
    assert kept_ones(goal(mlcoach, "--keep start.setup --let-go ml.found")) == {"start.why", "start.setup"}
    mlcoach("undo")
    assert kept_ones(goal(mlcoach)) == {"ml.found", "start.why"}
    assert kept_ones(goal(mlcoach, "--let-go ml.found --let-go start.why")) == set()
    refused = mlcoach("goal --keep ml.found --keep start.nothing", expect=3).err
    assert "start.nothing" in refused and not kept_ones(goal(mlcoach)), "nothing is kept by halves"
    assert "both" in mlcoach("goal --keep ml.found --let-go ml.found", expect=2).err


def test_a_unit_to_be_learned_too_stays_however_short_the_time_is(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/paths.toml", APPLYING)
    mlcoach("config set path applying")
    mlcoach("config set also prog.py.basics")
    told = goal(mlcoach, "--by 2026-11-28")
    assert kept_ones(told) == {"prog.py.basics"}
    shown = " ".join(mlcoach("goal").out.split())
    assert "h too much. `mlcoach goal --let-go prog.py.basics` lets it fall." in shown
    refused = mlcoach("goal --keep prog.py.basics", expect=2).err
    assert "kept already" in refused
    mlcoach("goal --keep ml.found")
    assert "too much. `mlcoach goal --let-go prog.py.basics` lets it fall." in " ".join(mlcoach("goal").out.split())
    mlcoach("undo")
    told = goal(mlcoach, "--let-go prog.py.basics")
    assert "prog.py.basics" in {unit["unit"] for unit in told["assumed"]}
    assert mlcoach("config get also").out.strip() in ("", "none")
    mlcoach("undo")
    assert kept_ones(goal(mlcoach)) == {"prog.py.basics"}


def test_what_is_kept_says_what_it_pushes_out(mlcoach: Program) -> None:
    assert goal(mlcoach, "--by 2026-12-09 --path taste")["pushed"] == []
    told = goal(mlcoach, "--keep ml.found")
    assert [unit["unit"] for unit in told["pushed"]] == ["start.why"]
    mlcoach("undo")
    assert mlcoach("goal --keep ml.found").out.startswith("Kept. That pushes out Goal, role and reasons (3h).")
    assert goal(mlcoach)["pushed"] == []


def units_planned(mlcoach: Program, line: str = "today") -> list[str]:
    return list(dict.fromkeys(block["unit"] for block in blocks(mlcoach, line) if block["unit"]))


def coming_units(mlcoach: Program) -> list[set[str]]:
    days = json.loads(mlcoach("plan --json").out)["data"]["days"]
    return [{block["unit"] for block in day["blocks"] if block["unit"]} for day in days]


@pytest.mark.parametrize("line", ["config set also prog.py.basics", "goal --keep prog.py.basics"])
def test_a_plan_that_nobody_followed_yet_is_made_anew_for_what_is_to_be_learned_first(
    mlcoach: Program, line: str
) -> None:
    mlcoach.write("config/curriculum/paths.toml", APPLYING)
    mlcoach("config set path applying")
    mlcoach("goal --by 2027-03-01")
    mlcoach("skip start.setup")  # an entry: the plan of the day is written down
    assert units_planned(mlcoach) == ["ml.found"]
    assert "Today's plan is made anew" in mlcoach(line).out
    assert set(units_planned(mlcoach)) == {"prog.py.basics"}
    assert all("ml.found" not in day for day in coming_units(mlcoach)[:3]), "half of Python takes seven hours"
    mlcoach("undo")
    assert units_planned(mlcoach) == ["ml.found"], "one step of undo"


def test_what_is_under_way_waits_for_what_is_to_be_learned_first_from_the_next_day_on(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/paths.toml", APPLYING)
    mlcoach("config set path applying")
    mlcoach("skip start.setup")
    mlcoach("log 40m ml.found")
    assert "Today keeps its plan" in mlcoach("config set also prog.py.basics").out
    assert units_planned(mlcoach) == ["ml.found"]
    mlcoach.later(days=1)
    assert set(units_planned(mlcoach)) == {"prog.py.basics"}
    assert "ml.found" not in coming_units(mlcoach)[1]
    mlcoach("config unset also")
    mlcoach.later(days=1)
    assert "ml.found" in units_planned(mlcoach)


def test_a_small_screen_has_one_line_of_the_goal_below_the_next_command(mlcoach: Program) -> None:
    mlcoach("goal --by 2026-12-09 --path taste")
    shown = mlcoach("today", tty=40).out.splitlines()
    assert shown[-1] == "goal 9 Dec: 1 unit falls, mlcoach goal"
    assert any(line.startswith("Next: ") for line in shown[:-2])
    assert "`taste` by 9 Dec, 16 days: not all of it fits" in mlcoach("today", tty=80).out
    mlcoach("goal --by 2027-06-01")
    assert mlcoach("today", tty=40).out.splitlines()[-1] == "goal 1 Jun 2027: it fits"


def test_a_step_longer_than_its_block_says_what_is_left_of_it(mlcoach: Program) -> None:
    mlcoach("config set goal 25")
    days = json.loads(mlcoach("plan --json").out)["data"]["days"]
    long = [
        block["step"] for day in days for block in day["blocks"]
        if block["step"] and block["step"]["minutes_left"] > block["minutes"]
    ]  # fmt: skip
    assert long
    shown = " ".join(mlcoach("plan", tty=140).out.split())
    assert f"step {long[0]['n']} of {long[0]['of']}, " in shown and " left of it" in shown
