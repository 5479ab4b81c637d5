"""The plan of the day lives: the same all day, ticked off, and honest about goals, days and paths."""

import json
from datetime import timedelta
from typing import Any

import pytest

from mlcoach.domain.day.comeback import Comeback
from mlcoach.domain.events import ItemMarked, StepMarked
from mlcoach.services.context import Context
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.day.pace import learner_factor
from mlcoach.services.day.plan import review_cap
from mlcoach.services.day.steps import open_steps
from mlcoach.services.record import record
from tests.conftest import Program


def today(mlcoach: Program, words: str = "") -> dict[str, Any]:
    return dict(json.loads(mlcoach(f"today --json {words}").out)["data"])


def blocks(mlcoach: Program, words: str = "") -> list[tuple[str, int, str]]:
    return [(block["kind"], block["minutes"], block["unit"]) for block in today(mlcoach, words)["blocks"]]


def test_twice_in_a_row_it_is_the_same_plan(mlcoach: Program) -> None:
    assert today(mlcoach) == today(mlcoach)


def test_logging_does_not_reshuffle(mlcoach: Program) -> None:
    morning = blocks(mlcoach)
    mlcoach("log 30m math.calc.derivatives")
    mlcoach("log 70m vectors")
    mlcoach.later(hours=3)
    assert blocks(mlcoach) == morning


def test_who_studies_on_weekends_is_not_back_from_a_break_every_saturday(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "goal = 0\nweekday.sat = 240\nweekday.sun = 240\n")
    mlcoach.at("2026-11-28T10:00:00+01:00")("log 2h vectors")
    mlcoach.later(days=1)("log 2h vectors")
    mlcoach.later(days=6)
    assert today(mlcoach)["comeback"] == ""
    mlcoach.later(days=14)
    assert "4 missed days" in today(mlcoach)["comeback"]


def test_after_sixty_days_away_placement_is_offered_until_a_question_is_answered(mlcoach: Program) -> None:
    def offered() -> bool:
        return "So long away?" in mlcoach("today").out

    mlcoach("log 2h vectors")
    mlcoach.later(days=60)
    assert not offered()
    mlcoach.later(days=1)
    assert offered()
    mlcoach("log 30m vectors")
    mlcoach.later(days=1)
    assert offered(), "the first evening back has other things to do"
    mlcoach("place --json --answer wrong")
    assert not offered()


@pytest.mark.parametrize(("goal", "most"), [(60, 4), (120, 4), (180, 6), (240, 8), (600, 8)])
def test_a_longer_day_asks_for_more_of_what_is_due(mlcoach: Program, goal: int, most: int) -> None:
    mlcoach.write("config/config.toml", f"review_cap = 4\ngoal = {goal}\n")
    context = context_of(mlcoach)
    assert review_cap(context, Comeback()) == most
    assert review_cap(context, Comeback(3, 0.5)) == most // 2
    context.close()


def test_what_the_first_evening_is_for_comes_again_until_it_is_made(mlcoach: Program) -> None:
    assert blocks(mlcoach)[0][2] == "start.why"
    mlcoach("log 26m start.why")
    mlcoach("log 45m start.setup")
    mlcoach.later(days=1)
    first = next(block for block in today(mlcoach)["blocks"] if block["unit"])
    assert (first["unit"], first["minutes"]) == ("start.why", 25)
    made = f"{first['unit']}/first-model"
    mlcoach(f"done {made}")
    mlcoach.later(days=1)
    assert next(block["unit"] for block in today(mlcoach)["blocks"] if block["unit"]) != "start.why"
    mlcoach(f"reopen {made}")
    mlcoach.later(days=7)
    mlcoach("log 20m start.setup")
    assert next(block["unit"] for block in today(mlcoach)["blocks"] if block["unit"]) != "start.why", "too long ago"


def test_a_new_goal_holds_from_tomorrow(mlcoach: Program) -> None:
    mlcoach("log 30m")
    mlcoach.write("config/config.toml", "goal = 60\n")
    assert today(mlcoach)["minutes"]["goal"] == 120
    mlcoach.later(days=1)
    assert today(mlcoach)["minutes"]["goal"] == 60
    days = json.loads(mlcoach("streak --json").out)["data"]["days"]
    assert days[0]["state"] == "kept"


def test_a_new_floor_does_not_rewrite_the_streak(mlcoach: Program) -> None:
    for _ in range(3):
        mlcoach("log 25m")
        mlcoach.later(days=1)
    mlcoach.write("config/config.toml", "floor = 60\n")
    assert today(mlcoach)["streak"]["current"] == 3


def test_a_block_is_done_when_its_minutes_are_logged_on_its_unit(mlcoach: Program) -> None:
    parts = [block["minutes"] for block in today(mlcoach)["blocks"] if block["unit"] == "math.la.vectors"]
    assert len(parts) == 2, "an evening's longest piece is cut in two"

    def standing() -> list[tuple[int, bool]]:
        shown = today(mlcoach)["blocks"]
        return [(block["done_minutes"], block["done"]) for block in shown if block["unit"] == "math.la.vectors"]

    mlcoach(f"log {parts[0] - 1}m vectors")
    assert standing() == [(parts[0] - 1, False), (0, False)]
    mlcoach("log 1m vectors")
    assert standing() == [(parts[0], True), (0, False)]
    mlcoach(f"log {parts[1]}m vectors")
    assert standing() == [(parts[0], True), (parts[1], True)]


def test_time_on_nothing_in_particular_counts_for_the_day_only(mlcoach: Program) -> None:
    morning = blocks(mlcoach)
    mlcoach("log 2h")
    view = today(mlcoach)
    assert view["streak"]["today"] == "goal"
    assert blocks(mlcoach) == morning
    assert [block["done"] for block in view["blocks"]] == [False] * len(morning)


def test_passing_a_unit_ticks_its_block(mlcoach: Program) -> None:
    mlcoach("log 30m vectors")
    mlcoach("done vectors")
    block = next(block for block in today(mlcoach)["blocks"] if block["unit"] == "math.la.vectors")
    assert (block["done_minutes"], block["done"]) == (30, True)


def test_the_time_of_a_unit_passed_without_study_goes_to_others(mlcoach: Program) -> None:
    mlcoach("done vectors")
    shown = today(mlcoach)["blocks"]
    assert "math.la.vectors" not in [block["unit"] for block in shown]
    assert not any(block["done"] for block in shown)
    offered = [block for block in shown if block["offered"]]
    assert offered
    assert all(block["unit"] for block in offered)
    assert sum(block["minutes"] for block in shown) <= 120


def test_a_note_closes_the_day(mlcoach: Program) -> None:
    mlcoach("log 5m -n 'a map, not a table'")
    assert today(mlcoach)["blocks"][-1]["done"] is True


def test_everything_done_offers_more(mlcoach: Program) -> None:
    mlcoach("log 25m start.why -n enough")
    assert "mlcoach today --more" not in mlcoach("today").out
    mlcoach("log 92m vectors")
    assert "mlcoach today --more" in mlcoach("today").out
    assert today(mlcoach)["streak"]["today"] == "goal", (
        "a plan done to its last block is the goal, whatever the minutes"
    )
    extra = blocks(mlcoach, "--more")[4:]
    assert extra
    assert sum(minutes for _, minutes, _ in extra) <= 30


def test_a_plan_done_in_less_than_the_floor_keeps_the_day(mlcoach: Program) -> None:
    mlcoach("today --minutes 25 --replan")
    mlcoach("log 5m start.why -n enough")
    assert today(mlcoach)["streak"]["today"] == "open"
    mlcoach("done start.why")
    assert [block["done"] for block in today(mlcoach)["blocks"]][:2] == [True, True]
    assert today(mlcoach)["streak"]["today"] == "goal"
    mlcoach.now += timedelta(days=1)
    assert today(mlcoach)["streak"]["current"] == 1


def test_next_is_the_first_block_not_done(mlcoach: Program) -> None:
    assert "Next: mlcoach start start.why" in mlcoach("today").out
    mlcoach("log 45m start.why")
    assert "Next: mlcoach start math.la.vectors" in mlcoach("today").out
    mlcoach("start vectors")
    assert "Next: mlcoach stop" in mlcoach("today").out


def test_replan_writes_a_plan_for_what_is_left_and_undo_takes_it_back(mlcoach: Program) -> None:
    before = blocks(mlcoach)
    mlcoach("log 90m vectors")
    mlcoach("today --replan")
    assert sum(minutes for _, minutes, _ in blocks(mlcoach)) == 30
    mlcoach("undo")
    assert blocks(mlcoach) == before


def test_a_new_plan_on_the_first_evening_keeps_what_that_begins_with(mlcoach: Program) -> None:
    mlcoach("log 45m vectors")
    mlcoach("today --replan")
    units = [block["unit"] for block in json.loads(mlcoach("today --json").out)["data"]["blocks"] if block["unit"]]
    assert units[0] == "start.why"
    assert len(set(units)) == len(units) == 2


def test_minutes_show_a_plan_without_keeping_it(mlcoach: Program) -> None:
    assert sum(minutes for _, minutes, _ in blocks(mlcoach, "--minutes 45")) == 45
    assert mlcoach.files() == set()
    mlcoach("today --minutes 45 --replan")
    assert sum(minutes for _, minutes, _ in blocks(mlcoach)) == 45


def test_the_floor_is_a_small_plan(mlcoach: Program) -> None:
    assert [(kind, minutes) for kind, minutes, _ in blocks(mlcoach, "--minutes 20")] == [("build", 18), ("close", 2)]
    mlcoach("log 20m start.why")
    mlcoach.later(days=1)
    assert [(kind, minutes) for kind, minutes, _ in blocks(mlcoach, "--minutes 20")] in (
        [("build", 18), ("close", 2)],
        [("study", 18), ("close", 2)],
    )


def test_after_midnight_it_is_still_monday(mlcoach: Program) -> None:
    mlcoach("log 20m")
    mlcoach.at("2026-11-24T03:59:00+01:00")
    assert today(mlcoach)["date"] == "2026-11-23"
    mlcoach("log 10m")
    mlcoach.at("2026-11-24T04:00:00+01:00")
    assert today(mlcoach)["date"] == "2026-11-24"
    assert today(mlcoach)["minutes"]["done"] == 0
    assert json.loads(mlcoach("streak --json").out)["data"]["days"][0]["minutes"] == 30


def test_the_rollover_hour_is_a_setting(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "rollover = 0\n")
    mlcoach.at("2026-11-24T00:30:00+01:00")
    assert today(mlcoach)["date"] == "2026-11-24"


def test_flying_over_the_date_line_does_not_break_the_streak(mlcoach: Program) -> None:
    mlcoach.at("2026-11-20T20:00:00+13:00")
    mlcoach("log 30m")
    mlcoach.at("2026-11-20T20:00:00-10:00")  # 23 hours later, the same date again
    mlcoach("log 30m")
    mlcoach.at("2026-11-21T20:00:00-10:00")
    assert mlcoach("log 30m").err == ""
    assert today(mlcoach)["streak"]["current"] == 2


def test_weekdays_have_their_own_goals(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "goal = 60\n\n[weekday]\nsat = 180\nsun = 0\n")
    assert today(mlcoach)["minutes"]["goal"] == 60
    mlcoach.at("2026-11-28T20:00:00+01:00")
    assert today(mlcoach)["minutes"]["goal"] == 180
    mlcoach.at("2026-11-29T20:00:00+01:00")
    view = today(mlcoach)
    assert (view["minutes"]["goal"], view["blocks"]) == (0, [])
    shown = mlcoach("today").out
    assert "0:00, a day off" in shown and "A small step is always there, and none is asked" in shown
    assert "of 0:00" not in shown + mlcoach("status").out + mlcoach("today --plain").out
    assert "0:00, a day off" in mlcoach("status").out
    assert "0:00 studied; today is a day off" in mlcoach("today --plain").out
    extra = mlcoach("today --minutes 25").out
    assert "a day off" in extra and "A small step" not in extra
    assert "The day: 0:05, a day off" in mlcoach("log 5m").out
    mlcoach("log 20m")
    assert "today is a day off, which costs nothing" in " ".join(mlcoach("streak").out.split())
    assert " · the day is kept" in mlcoach("today").out


def test_the_streak_can_be_hidden(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "streak = false\n")
    mlcoach("log 30m")
    for line in ("today", "status", "log 5m"):
        assert "streak" not in mlcoach(line).out


def test_three_units_under_way_are_enough(mlcoach: Program) -> None:
    for unit in ("vectors", "math.prob.basics", "math.calc.derivatives"):
        mlcoach(f"log 10m {unit}")
    mlcoach.later(days=1)
    assert [kind for kind, _, _ in blocks(mlcoach) if kind == "build"] == []
    assert "4 units are under way" in mlcoach("start start.why").err


def test_a_passed_unit_opens_the_next(mlcoach: Program) -> None:
    mlcoach("done vectors")
    mlcoach.later(days=1)
    assert {unit for kind, _, unit in blocks(mlcoach) if kind == "study"} == {"math.prob.basics"}
    assert json.loads(mlcoach("done math.prob.basics --json").out)["data"]["unlocked"] == [
        ["math.stats.describe", "Describing data and sampling"]
    ]


def test_new_cards_come_from_what_is_under_way(mlcoach: Program) -> None:
    mlcoach("log 45m vectors")
    mlcoach.later(days=1)
    assert "review" not in [block["kind"] for block in today(mlcoach)["blocks"]], "its first reading is not done"
    mlcoach("log 2h vectors")
    mlcoach.later(days=1)
    review = today(mlcoach)["blocks"][0]
    assert (review["kind"], review["items"][0]) == ("review", "math.la.vectors/columns-are-images")
    mlcoach("log 3h15m vectors")
    mlcoach.later(days=1)
    half = today(mlcoach)["blocks"][0]["items"]
    assert 1 < len(half) < 10, "cards are met as the hours of their unit are done"
    mlcoach("log 4h vectors")
    mlcoach.later(days=1)
    review = today(mlcoach)["blocks"][0]
    assert len(review["items"]) == 10
    assert all(item.startswith("math.la.vectors/") for item in review["items"])


def test_a_backlog_holds_new_cards_back(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "review_cap = 2\nnew_cards = 8\n")
    mlcoach("log 10h vectors")
    items = ["columns-are-images", "dot-product-sign", "why-order-matters", "one-norm-likes-sparse", "svd-shapes"]
    new_by_due = {}
    for due, item in enumerate(items, start=1):
        mlcoach(f"grade {item} again")
        mlcoach.later(days=1)
        review = today(mlcoach)["blocks"][0]
        new_by_due[due] = sum(item.partition("/")[2] not in items[:due] for item in review["items"])
        mlcoach.later(days=-1)
    assert new_by_due == {1: 8, 2: 8, 3: 4, 4: 4, 5: 0}


def test_a_paper_that_is_queued_comes_at_once_and_then_once_a_week(mlcoach: Program) -> None:
    assert "paper" not in [kind for kind, _, _ in blocks(mlcoach)]
    mlcoach("paper add 1412.6980 --why 'everybody uses it'")
    paper = today(mlcoach)["blocks"][-2]
    assert (paper["kind"], paper["minutes"], paper["paper"]) == ("paper", 10, "arxiv:1412.6980")
    assert "everybody uses it" in paper["why"]
    days = json.loads(mlcoach("plan --days 9 --json").out)["data"]["days"]
    assert [n for n, day in enumerate(days) if "paper" in [block["kind"] for block in day["blocks"]]] == [0, 7]
    mlcoach("paper finish 1412.6980 --verdict stop --minutes 12")
    assert today(mlcoach)["blocks"][-2]["done"] is True


def test_paper_days_that_the_learner_set_win(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "paper_days = ['tue', 'thu']\n")
    mlcoach("paper add 1412.6980 1706.03762")
    assert "paper" not in [kind for kind, _, _ in blocks(mlcoach)]
    days = json.loads(mlcoach("plan --days 8 --json").out)["data"]["days"]
    assert [n for n, day in enumerate(days) if "paper" in [block["kind"] for block in day["blocks"]]] == [1, 3]


def test_an_unfinished_broken_file_never_stops_today(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/mine.toml", "schema = 1\nid = ")
    result = mlcoach("today")
    assert result.err == "note: left out mine.toml: it has errors; see `mlcoach curriculum check`\n"
    assert "Vectors" in result.out


def block_of(mlcoach: Program, kind: str, words: str = "") -> dict[str, Any]:
    return [block for block in today(mlcoach, words)["blocks"] if block["kind"] == kind][-1]


def test_a_new_plan_is_not_ticked_off_by_what_was_done_before_it(mlcoach: Program) -> None:
    mlcoach("log 90m vectors")
    shown = block_of(mlcoach, "study", "--minutes 60")
    assert (shown["unit"], shown["done_minutes"], shown["done"]) == ("math.la.vectors", 0, False)
    mlcoach("today --replan")
    assert block_of(mlcoach, "study")["done"] is False
    mlcoach("log 10m vectors")
    assert block_of(mlcoach, "study")["done_minutes"] == 10
    mlcoach("log 30m vectors")
    assert block_of(mlcoach, "study")["done"] is True


def test_a_new_plan_asks_for_the_next_pass_of_a_paper(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980")
    mlcoach.later(days=1)  # a Tuesday
    mlcoach("paper finish 1412.6980 --verdict go-on --minutes 12")
    assert block_of(mlcoach, "paper")["done"] is True
    mlcoach("today --replan")
    assert (block_of(mlcoach, "paper")["title"][-6:], block_of(mlcoach, "paper")["done"]) == ("pass 2", False)


def test_more_is_not_ticked_off_by_what_the_plan_asked_for(mlcoach: Program) -> None:
    mlcoach("log 92m vectors")
    extra = block_of(mlcoach, "study", "--more")
    assert (extra["n"] > 4, extra["done_minutes"], extra["done"]) == (True, 0, False)
    mlcoach("log 30m vectors")
    assert block_of(mlcoach, "study", "--more")["done"] is False


DECK = """schema = 1
id = "x.deck"
title = "A deck"
track = "eng"
summary = "For tests."
[[unit]]
id = "{unit}"
{was}
title = "One"
hours = 3
lane = "concept"
why = "Because."
objectives = ["do it"]
recall = "What?"
"""


def write_deck(mlcoach: Program, cards: int, *, unit: str = "one", was: str = "") -> None:
    text = DECK.format(unit=unit, was=was)
    for number in range(cards):
        text += f'  [[unit.card]]\n  id = "c{number}"\n  q = "Question {number}?"\n  a = "Answer."\n'
    mlcoach.write("config/curriculum/deck.toml", text)


def test_cards_that_are_gone_are_not_due_and_hold_nothing_back(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "review_cap = 2\n")
    write_deck(mlcoach, 6)
    for number in range(6):
        mlcoach(f"grade x.deck.one/c{number} again")
    mlcoach("log 10h vectors")
    mlcoach.later(days=5)
    assert json.loads(mlcoach("status --json").out)["data"]["due_items"] == 6
    assert not any(item.startswith("math.") for item in today(mlcoach)["blocks"][0]["items"])
    (mlcoach.home / "config" / "curriculum" / "deck.toml").unlink()
    assert json.loads(mlcoach("status --json").out)["data"]["due_items"] == 0
    review = today(mlcoach)["blocks"][0]
    assert (review["kind"], len(review["items"])) == ("review", 10)


def test_a_plan_follows_a_unit_that_is_renamed_during_the_day(mlcoach: Program) -> None:
    write_deck(mlcoach, 2)
    mlcoach("log 3h x.deck.one")
    mlcoach.later(days=1)
    mlcoach("log 1m")
    assert block_of(mlcoach, "study")["unit"] == "x.deck.one"
    write_deck(mlcoach, 2, unit="first", was='was = ["one"]')
    blocks = {block["kind"]: block for block in today(mlcoach)["blocks"]}
    assert (blocks["study"]["unit"], blocks["study"]["command"]) == ("x.deck.first", "mlcoach start x.deck.first")
    assert (blocks["review"]["done"], blocks["review"]["items"]) == (False, ["x.deck.first/c0", "x.deck.first/c1"])
    mlcoach("log 2h x.deck.first")
    mlcoach("grade x.deck.first/c0 good")
    mlcoach("grade x.deck.first/c1 good")
    done = {block["kind"]: block["done"] for block in today(mlcoach)["blocks"]}
    assert done["study"] is done["review"] is True


def test_time_spent_before_a_unit_is_renamed_keeps_ticking_its_block(mlcoach: Program) -> None:
    write_deck(mlcoach, 2)
    mlcoach("log 20m x.deck.one")
    mlcoach.later(days=1)
    mlcoach("log 15m x.deck.one")

    def standing(words: str = "") -> list[tuple[int, bool]]:
        shown = today(mlcoach, words)["blocks"]
        return [(block["done_minutes"], block["done"]) for block in shown if block["unit"] == "x.deck.first"]

    write_deck(mlcoach, 2, unit="first", was='was = ["one"]')
    planned = [block["minutes"] for block in today(mlcoach)["blocks"] if block["unit"] == "x.deck.first"]
    assert standing() == [(15, False), *[(0, False)] * (len(planned) - 1)]
    mlcoach(f"log {sum(planned) - 15}m x.deck.first")
    assert standing() == [(minutes, True) for minutes in planned]
    again = standing("--minutes 100")
    assert again, "there is more of the unit"
    assert not any(minutes or done for minutes, done in again), "a new plan begins with what was spent on both ids"


def test_an_own_path_in_a_broken_file_never_stops_today(mlcoach: Program) -> None:
    own = mlcoach.write(
        "config/curriculum/mine.toml",
        'schema = 1\n[[path]]\nid = "mine"\ntitle = "Mine"\ngoal = "to see"\nunits = ["math.la.vectors"]\n',
    )
    mlcoach.write("config/config.toml", "path = 'mine'\n")
    assert {unit for _, _, unit in blocks(mlcoach)} == {"math.la.vectors", ""}
    own.write_text(own.read_text(encoding="utf-8") + "[[", encoding="utf-8")
    result = mlcoach("today")
    assert "left out mine.toml" in result.err
    assert result.err.count("`core`") == 1
    mlcoach("log 5m")


def test_what_one_day_leaves_due_waits_on_the_next(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "review_cap = 2\nnew_cards = 0\n")
    write_deck(mlcoach, 5)
    for number in range(5):
        mlcoach(f"grade x.deck.one/c{number} again")
    mlcoach.later(days=5)
    days = json.loads(mlcoach("plan --days 4 --json").out)["data"]["days"]
    asked = [[item for block in day["blocks"] if block["kind"] == "review" for item in block["items"]] for day in days]
    assert [len(items) for items in asked] == [3, 2, 0, 0], "one more than the cap while a backlog is worked off"
    assert len({item for items in asked for item in items}) == 5


def test_a_day_off_says_so_also_after_something_was_written(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "weekday.mon = 0\n")
    mlcoach("log 5m vectors")
    assert "0:05, a day off" in mlcoach("today").out
    assert "A small step is always there, and none is asked" in mlcoach("today").out


def test_what_is_missing_to_the_floor_is_said_as_more(mlcoach: Program) -> None:
    assert " · 20m keep the day" in mlcoach("today").out
    mlcoach("log 1m")
    assert " · 19m more keep the day" in mlcoach("today").out
    assert "; 19 more minutes keep the day" in mlcoach("today --plain").out
    mlcoach("log 18m")
    assert "; 1 more minute keeps the day" in mlcoach("today --plain").out
    mlcoach("log 1m")
    assert "; the day is kept" in mlcoach("today --plain").out


def test_cards_not_met_before_passing_are_met_after_it(mlcoach: Program) -> None:
    mlcoach("log 45m start.why")
    mlcoach("done start.why")
    mlcoach.later(days=1)
    review = today(mlcoach)["blocks"][0]
    assert review["items"][0].startswith("start.why/")
    listed = json.loads(mlcoach("review --json").out)["data"]["new"]
    assert [item["item"] for item in listed] == review["items"]


def test_a_review_block_is_done_when_nothing_of_it_waits(mlcoach: Program) -> None:
    mlcoach("log 10h vectors")
    mlcoach.later(days=1)
    first, *others = today(mlcoach)["blocks"][0]["items"]
    mlcoach("log 5m")
    mlcoach(f"grade {first} easy --date yesterday")
    for item in others:
        mlcoach(f"grade {item} good")
    assert today(mlcoach)["blocks"][0]["done"] is True


def test_a_card_that_is_put_off_does_not_wait_today(mlcoach: Program) -> None:
    mlcoach("log 10h vectors")
    mlcoach.later(days=1)
    first, second, *others = today(mlcoach)["blocks"][0]["items"]
    mlcoach("log 5m")
    for item in others:
        mlcoach(f"grade {item} good")
    assert today(mlcoach)["blocks"][0]["done"] is False
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    record(context, ItemMarked(first, "buried", "2026-11-25"), ItemMarked(second, "suspended"))
    context.close()
    assert today(mlcoach)["blocks"][0]["done"] is True


def test_a_weekday_off_holds_the_streak(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", "[weekday]\nsun = 0\n")
    mlcoach.at("2026-11-28T20:00:00+01:00")  # a Saturday
    mlcoach("log 30m")
    mlcoach.later(days=1)
    assert today(mlcoach)["streak"]["today"] == "rest"
    mlcoach.later(days=1)
    assert today(mlcoach)["streak"]["current"] == 1
    mlcoach("log 30m")
    mlcoach.write("config/config.toml", "goal = 60\n")
    assert today(mlcoach)["streak"]["current"] == 2


def test_on_the_first_evening_the_quick_win_comes_first_however_short_it_is(mlcoach: Program) -> None:
    for day in (23, 24):
        mlcoach.at(f"2026-11-{day}T20:00:00+01:00")
        assert blocks(mlcoach, "--minutes 20")[0][2] == "start.why"


def test_a_lost_store_is_noticed(mlcoach: Program) -> None:
    mlcoach("log 30m")
    (mlcoach.home / "data" / "mlcoach.db").unlink()
    assert "mlcoach restore" in mlcoach("today").err
    assert "mlcoach restore" in mlcoach("log 5m").err


def test_a_new_plan_behind_the_goal_says_that_it_is_reached(mlcoach: Program) -> None:
    mlcoach("log 2h start.why")
    shown = mlcoach("today --replan").out
    assert "The goal is reached" in shown
    assert "A small step" not in shown


@pytest.mark.slow
def test_tomorrow_is_as_the_plan_said_when_today_is_done_as_planned(mlcoach: Program) -> None:
    """`plan` and `today` are one function: ten days, each done as planned, and each as it was told the day before."""
    for _ in range(10):
        planned = json.loads(mlcoach("plan --days 2 --json").out)["data"]["days"]
        live(mlcoach, planned[0]["blocks"])
        # The plan looks at eight in the morning; so does the learner.
        mlcoach.now = (mlcoach.now + timedelta(days=1)).replace(hour=8, minute=0)
        told, found = planned[1], today(mlcoach)
        assert told["date"] == found["date"]
        assert [essence(block) for block in told["blocks"]] == [essence(block) for block in found["blocks"]]


def essence(block: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(block[name] for name in ("kind", "minutes", "unit", "paper", "items", "parts", "title", "resource"))


def live(mlcoach: Program, planned: list[dict[str, Any]]) -> None:
    """Do every block as planned: its minutes, the steps that they are enough for, its cards recalled."""
    left = {block["unit"]: minutes_left(mlcoach, block["unit"]) for block in planned if block["unit"]}
    for block in planned:
        for item in block["items"]:
            mlcoach(f"grade {item} good --seconds {block['minutes'] * 60 // len(block['items'])}")
        if block["kind"] == "close":
            mlcoach("log --note 'as planned'")
        if block["unit"]:
            waiting = left[block["unit"]]
            mlcoach(f"log {block['minutes']}m {block['unit']}")
            for part in block["parts"]:
                step = part["step"]
                waiting[step] -= part["minutes"]
                if waiting[step] <= 0:
                    del waiting[step]
                    mlcoach(f"grade {step} good --seconds 0" if step in exercises(mlcoach) else f"done {step}")
            if not waiting:
                mlcoach(f"done {block['unit']}")


def minutes_left(mlcoach: Program, unit: str) -> dict[str, int]:
    context = context_of(mlcoach)
    progress = unit_progress(context)
    waiting = open_steps(context, unit, progress.states.get(unit), learner_factor(context, progress))
    context.close()
    return {step.id: step.minutes for step in waiting}


def exercises(mlcoach: Program) -> frozenset[str]:
    context = context_of(mlcoach)
    found = context.catalog.exercises
    context.close()
    return frozenset(found)


def context_of(mlcoach: Program) -> Context:
    return Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})


class TestOddLives:
    """Each of these gets a plan and a sentence, and no exception."""

    def test_a_goal_of_five_minutes(self, mlcoach: Program) -> None:
        mlcoach.write("config/config.toml", "goal = 5\n")
        assert [(kind, minutes) for kind, minutes, _ in blocks(mlcoach)] == [("build", 5)]
        mlcoach("log 5m start.why")
        assert today(mlcoach)["streak"]["today"] == "goal"
        mlcoach.later(days=1)
        assert sum(minutes for _, minutes, _ in blocks(mlcoach)) == 5

    def test_a_goal_of_sixteen_hours(self, mlcoach: Program) -> None:
        mlcoach.write("config/config.toml", "goal = 960\n")
        view = today(mlcoach)
        assert sum(block["minutes"] for block in view["blocks"]) == 960
        assert max(block["minutes"] for block in view["blocks"]) <= 60
        assert "after six hours little is learned" in view["note"]
        assert len(json.loads(mlcoach("plan --days 3 --json").out)["data"]["days"]) == 3

    def test_a_path_of_one_unit(self, mlcoach: Program) -> None:
        mlcoach.write(
            "config/curriculum/mine.toml",
            'schema = 1\n[[path]]\nid = "mine"\ntitle = "Mine"\ngoal = "to see"\nunits = ["start.why"]\n',
        )
        mlcoach.write("config/config.toml", "path = 'mine'\n")
        assert {unit for _, _, unit in blocks(mlcoach)} == {"start.why", ""}
        mlcoach("plan --days 5")
        mlcoach("log 117m start.why -n all")
        mlcoach("done start.why")
        mlcoach.later(days=1)
        assert "You have finished the path `mine`: 1 unit in 2 hours" in today(mlcoach)["note"]
        assert "Next: `mlcoach config set path taste`; " in today(mlcoach)["note"]

    def test_who_passes_everything_on_the_first_day_is_at_the_end_of_the_path(self, mlcoach: Program) -> None:
        context = context_of(mlcoach)
        units = list(context.path.units)
        context.close()
        for unit in units:
            mlcoach(f"done {unit}")
        for days in (0, 1, 2):
            mlcoach.later(days=min(days, 1))
            view = today(mlcoach)
            assert not any(block["unit"] for block in view["blocks"])
            note = " ".join(mlcoach("today").out.split())
            assert "You have finished the path `core`: 14 units in 0 hours" in note
            assert "Reviews and two practices a week keep it." in note
            assert "Next: `mlcoach config" not in note, "the other paths have no unit that is not passed"
        assert any(block["kind"] == "review" for block in view["blocks"]), "the cards are still to be met"
        assert "is finished" in mlcoach("forecast").out
        mlcoach("plan --days 3")

    @pytest.mark.slow
    def test_sixty_days_of_time_and_nothing_passed(self, mlcoach: Program) -> None:
        for _ in range(60):
            mlcoach("log 2h vectors")
            mlcoach.later(days=1)
        view = today(mlcoach)
        closing = next(block for block in view["blocks"] if block["unit"] == "math.la.vectors")
        assert closing["minutes"] <= 15, "no more than what closes it"
        assert "Close it" in closing["why"]
        assert closing["command"] == "mlcoach done math.la.vectors"
        assert {block["unit"] for block in view["blocks"]} > {"math.la.vectors", ""}, "others have the rest"
        mlcoach("plan --days 3")
        mlcoach("forecast")

    def test_a_unit_without_readings_and_exercises(self, mlcoach: Program) -> None:
        mlcoach.write(
            "config/curriculum/over.toml",
            'schema = 1\nover = "math.prob"\n[change.basics]\n'
            'hide = { exercise = ["one-alarm-four-ways"], pretest = ["pre-sum-at-least-ten"] }\n'
            '[change.basics.remove]\nread = [{ in = "stat110" }, { in = "blitzstein-hwang" }]\n',
        )
        mlcoach("skip vectors")
        mlcoach.later(days=1)
        block = block_of(mlcoach, "study")
        assert (block["unit"], block["step"]["id"]) == ("math.prob.basics", "math.prob.basics/study")
        assert mlcoach("start math.prob.basics").err == ""
        mlcoach("stop --done")
        mlcoach("done math.prob.basics/recall")
        assert block_of(mlcoach, "study")["command"].startswith("mlcoach ")
        mlcoach("plan --days 3")

    def test_a_step_that_the_curriculum_no_longer_has(self, mlcoach: Program) -> None:
        write_deck(mlcoach, 2)
        mlcoach("log 20m x.deck.one")
        context = context_of(mlcoach)
        record(context, StepMarked("x.deck.one", "x.deck.one/gone", "done"))
        record(context, StepMarked("x.deck.one", "x.deck.one/gone-too", "open"))
        context.close()
        view = today(mlcoach)
        assert view["blocks"]
        mlcoach.later(days=1)
        assert any(block["unit"] == "x.deck.one" for block in today(mlcoach)["blocks"])
        mlcoach("plan --days 3")
        assert "no step" in mlcoach("done x.deck.one/gone", expect=3).err

    def test_a_clock_that_goes_back_a_day(self, mlcoach: Program) -> None:
        mlcoach("log 45m vectors -n 'on Monday'")
        mlcoach("done")
        mlcoach.later(days=-1)
        view = today(mlcoach)
        assert view["date"] == "2026-11-22"
        assert sum(block["minutes"] for block in view["blocks"]) == 120
        assert view["minutes"]["done"] == 0
        mlcoach("log 10m vectors")
        mlcoach("plan --days 3")
        mlcoach("forecast")
        mlcoach("status")


def test_more_before_the_plan_is_done_says_what_comes_first(mlcoach: Program) -> None:
    mlcoach("log 5m")
    assert "Nothing on top yet: what is open in the plan comes first." in mlcoach("today --more").out


def test_time_on_a_unit_beside_the_plan_says_how_to_plan_anew(mlcoach: Program) -> None:
    assert "today --replan" not in mlcoach("log 20m vectors").err
    assert "today --replan" in mlcoach("log 30m prog.py.basics").err
    assert "today --replan" not in mlcoach("log 60m prog.py.basics").err, "little is left to plan"


def test_an_empty_queue_on_a_paper_day_names_the_way_to_papers(mlcoach: Program) -> None:
    asked = "the queue is empty: mlcoach paper suggest"
    assert asked not in mlcoach("today").out
    mlcoach("config set paper_days mon")
    assert asked in mlcoach("today").out
    mlcoach("paper add attention --title 'Attention' --why 'to read'")
    assert asked not in mlcoach("today").out


def test_an_exercise_left_out_comes_first_on_the_next_days_until_it_is_done(mlcoach: Program) -> None:
    mlcoach("log 30m vectors")
    mlcoach("done vectors")
    left = "math.la.vectors/twenty-products-by-hand"
    mlcoach.later(days=1)
    kinds = [(block["kind"], block["items"]) for block in today(mlcoach)["blocks"] if block["kind"] != "review"]
    assert kinds[0] == ("practice", [left])
    mlcoach("log 5m")
    assert left not in str(today(mlcoach.later(days=1))["blocks"]), "every other day is enough"
    assert left in str(today(mlcoach.later(days=1))["blocks"])
    mlcoach(f"grade {left} good --seconds 600")
    assert left not in str(today(mlcoach.later(days=1))["blocks"])


def test_one_difficulty_asked_again_within_minutes_is_no_alarm(mlcoach: Program) -> None:
    first, second, third, *_ = (f"math.la.vectors/{name}" for name in card_names(mlcoach))
    mlcoach("log 30m vectors")
    for card in (first, second, third):
        mlcoach(f"grade {card} good")
    mlcoach.later(days=1)
    for _ in range(3):
        mlcoach(f"grade {first} again")
    assert "Repair" not in str(today(mlcoach, "--minutes 90")["blocks"])
    mlcoach(f"grade {second} again")
    mlcoach(f"grade {third} again")
    assert "Repair" in str(today(mlcoach, "--minutes 90")["blocks"])
    mlcoach("done vectors")
    assert "Repair" not in str(today(mlcoach, "--minutes 90")["blocks"]), "a passed unit has its reviews"


def card_names(mlcoach: Program) -> list[str]:
    cards = json.loads(mlcoach("cards search '' --json").out)["data"]["cards"]
    return [card["item"].partition("/")[2] for card in cards if card["unit"] == "math.la.vectors"]


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_content")
def test_what_a_path_begins_with_goes_on_as_soon_as_enough_of_it_is_done(mlcoach: Program) -> None:
    def first() -> str:
        mlcoach.later(days=1)
        return next(block["unit"] for block in today(mlcoach)["blocks"] if block["unit"])

    assert first() == "start.why"
    mlcoach("done start.why --no-questions")
    assert first() == "start.setup"
    mlcoach("log 3h start.setup")
    assert first() == "start.setup"
    mlcoach("log 1h start.setup")
    assert first() == "start.learn", "two fifths of the set-up are enough for Python"
    mlcoach("done start.learn --no-questions")
    assert first() == "prog.py.basics"
    mlcoach("log 5h prog.py.basics")
    assert first() == "ml.found", "half of Python is enough for a first look at machine learning"
    mlcoach("log 30m ml.found")
    assert {"start.setup", "prog.py.basics"} & {block["unit"] for block in today(mlcoach.later(days=1))["blocks"]}
