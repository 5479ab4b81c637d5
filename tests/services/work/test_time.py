"""Where the hours go: time that is not study, the audit of a week, habits, slots of the week, a quarter and a year."""

import json
from typing import Any

import pytest
from inline_snapshot import snapshot

from mlcoach.domain.habit.weekly import WeeklySlot, read_weekly
from tests.conftest import Program


def data(mlcoach: Program, line: str) -> dict[str, Any]:
    return dict(json.loads(mlcoach(f"{line} --json").out)["data"])


def test_time_elsewhere_is_never_study(mlcoach: Program) -> None:
    mlcoach("log 30m vectors")
    before = {line: data(mlcoach, line) for line in ("status", "streak", "stats")}
    assert mlcoach("log 1h30m --other Feeds").out == snapshot("""\
Logged 1h30m of feeds (Mon 23 Nov), not study.
This week: 1h30m. Where the hours go: mlcoach week --audit
Undo: mlcoach undo
""")
    assert {line: data(mlcoach, line) for line in before} == before
    mlcoach("doctor")
    mlcoach("undo")
    assert data(mlcoach, "week --audit --week this")["other"] == []


@pytest.mark.parametrize("line", ["log --other feeds", "log 1h vectors --other feeds", "log 30h --other feeds"])
def test_time_elsewhere_needs_its_length_alone(mlcoach: Program, line: str) -> None:
    mlcoach(line, expect=2)
    assert data(mlcoach, "undo --list")["steps"] == []


def test_the_audit_names_the_rest_and_what_can_give_way(mlcoach: Program) -> None:
    for line in ("log 2h vectors", "log 4h --other feeds", "log 2h --other feeds", "log 1h --other '[bold]games'"):
        mlcoach(line)
    assert mlcoach("week --audit --week this").out == snapshot("""\
Where the 168h went, Mon 23 Nov to Sun 29 Nov
study          2h  of 14h planned
feeds          6h
[bold]games    1h
unnamed      159h  sleep too
What can give way
  half of feeds is 3h a week, 1.5 days of your goal
  half of [bold]games is 30m a week, 0.2 days of your goal
In its place: mlcoach curriculum show instead-of-feeds

Did any item of the feeds change anything you did?
Answer: mlcoach week --audit --changed … --less …
""")
    mlcoach("week --audit --week this", tty=80, stdin="none that I remember\nhalf of the feeds\n\n")
    view = data(mlcoach, "week --audit --week this")
    assert (view["changed"], view["less"]) == ("none that I remember", "half of the feeds")
    assert "Changed anything  none that I remember" in mlcoach("week --audit --week this").out
    assert [hit["kind"] for hit in data(mlcoach, "note search remember")["hits"]] == ["week"]
    mlcoach("undo")
    assert data(mlcoach, "week --audit --week this")["changed"] == ""
    mlcoach("week --audit --changed x --week 2027-W10", expect=2)
    mlcoach("week --audit --quarter", expect=2)


def test_habits_are_the_learners_own_and_asked_in_the_look_back(mlcoach: Program) -> None:
    mlcoach("config set habits 'walk, read at night'")
    assert data(mlcoach, "config get habits")["value"] == ["walk", "read at night"]
    mlcoach("log 30m vectors")
    mlcoach("week --week this --well fine --habits '5 -'")
    assert "walk  5 of 7 days" in mlcoach("week --week this").out
    mlcoach.later(days=7)
    mlcoach("log 30m vectors")
    mlcoach("week --week this", tty=80, stdin="\n\n\n\n9\n6\n7\n\n")
    assert data(mlcoach, "week --week this")["habits"] == [
        {"habit": "walk", "days": 6, "before": 5},
        {"habit": "read at night", "days": 7, "before": None},
    ]
    mlcoach("undo")
    assert data(mlcoach, "week --week this")["habits"][0]["days"] is None
    for bad in ("8 1", "1", "1 2 3", "a b"):
        mlcoach(f"week --habits '{bad}'", expect=2)
    for bad in ("1,2,3,4,5,6", "walk,walk", "x" * 61):
        mlcoach(f"config set habits {bad}", expect=2)
    mlcoach("config set habits none")
    mlcoach("week --habits 5", expect=2)


@pytest.mark.parametrize(
    ("text", "slot"),
    [("sun 20m", WeeklySlot(6, None, 20)), ("Thu 19:00 1h30m", WeeklySlot(3, 1140, 90)), ("sun", None),
     ("20m", None), ("sun 25:00 1h", None), ("sun 20:60 1h", None), ("son 20m", None), ("sun 20m now", None)],
)  # fmt: skip
def test_a_slot_of_the_week_is_said_in_few_words(text: str, slot: WeeklySlot | None) -> None:
    assert read_weekly(text) == slot


def test_news_and_the_club_are_in_the_calendar(mlcoach: Program) -> None:
    mlcoach.environment["TZ"] = "Europe/Berlin"
    mlcoach("config set news 'sun 20m'")
    mlcoach("config set club 'thu 19:00 1h'")
    mlcoach("rest 2026-11-26")
    text = mlcoach("calendar export --weeks 3").out
    blocks = text.split("BEGIN:VEVENT")[1:]
    events = {block.partition("UID:")[2].partition("\r\n")[0]: block for block in blocks}
    assert "DURATION:PT20M" in events["news@mlcoach"]
    assert "T194000" in events["news@mlcoach"]
    assert "20261203T190000" in events["club@mlcoach"]
    assert "20261126" not in events["club@mlcoach"]
    mlcoach("config set news 'someday'", expect=2)


def test_a_quarter_says_where_the_hours_went(mlcoach: Program) -> None:
    mlcoach("log 2h vectors -n first")
    mlcoach("week --week this --well 'a start' --hurt nothing")
    mlcoach.later(days=21)
    mlcoach("log 45m start.why")
    mlcoach("log 15m")
    mlcoach("done start.why --no-questions")
    mlcoach("log 3h --other feeds")
    view = data(mlcoach, "week --quarter")
    assert (view["first"], view["last"], view["minutes"], view["days"]) == ("2026-09-21", "2026-12-14", 180, 2)
    assert [(one["track"], one["minutes"]) for one in view["tracks"]] == [
        ("math", 120), ("start", 45), ("nothing in particular", 15),
    ]  # fmt: skip
    assert [part["minutes"] for part in view["parts"]] == [0] * 9 + [120, 0, 0, 60]
    assert [unit["unit"] for unit in view["units"]] == ["start.why"]
    assert view["said"] == [{"week": "2026-W48", "well": "a start", "hurt": "nothing"}]
    year = data(mlcoach, "week --year")
    assert sum(part["minutes"] for part in year["parts"]) == year["minutes"] == 180
    assert len(year["parts"]) == 13
    for line in ("week --quarter", "week --year", "week --audit"):
        for width in (40, 80):
            assert all(len(row) <= width for row in mlcoach(line, tty=width).out.split("\n")), (line, width)
    assert data(mlcoach, "week --quarter --week 2026-W30")["minutes"] == 0


def test_an_empty_home_looks_back_on_nothing(mlcoach: Program) -> None:
    assert "Nothing was studied" in mlcoach("week --quarter").out
    assert "Nothing else is named yet." in mlcoach("week --audit").out
