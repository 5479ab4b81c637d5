"""The habit over real commands: which days count, and which only look as if something had happened on them."""

import json
from pathlib import Path

import pytest

from mlcoach.adapters.settings import WEEKDAYS
from tests import anki_packages as make
from tests.anki_packages import PackedCard, PackedNote
from tests.conftest import Program


def states(mlcoach: Program) -> dict[str, str]:
    return {day["day"]: day["state"] for day in json.loads(mlcoach("streak --json").out)["data"]["days"]}


@pytest.mark.parametrize("left_alone", ["a timer of the evening before is stopped", "a deck is imported"])
def test_a_day_on_which_nothing_was_studied_is_missed_and_no_rest(
    mlcoach: Program, tmp_path: Path, left_alone: str
) -> None:
    mlcoach("log 2h vectors")
    if left_alone == "a deck is imported":
        file = make.package(
            tmp_path / "a.apkg", [PackedNote(1, ("Q", "A"))], [PackedCard(11, 1, 7)], [], decks={7: "A"}
        )
        mlcoach.later(days=1)(f"import anki {file}")
    else:
        mlcoach("start vectors")
        mlcoach.at("2026-11-24T08:00:00+01:00")("stop --at 21:00")
    mlcoach.at("2026-11-25T20:00:00+01:00")
    assert states(mlcoach)["2026-11-24"] == "missed"
    assert json.loads(mlcoach("streak --json").out)["data"]["current"] == 0


def test_an_import_on_a_weekday_off_leaves_it_a_day_off(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("config set weekday.tue 0")
    mlcoach("log 2h vectors")
    file = make.package(tmp_path / "a.apkg", [PackedNote(1, ("Q", "A"))], [PackedCard(11, 1, 7)], [], decks={7: "A"})
    mlcoach.later(days=1)(f"import anki {file}")
    mlcoach.later(days=1)("log 2h vectors")
    assert states(mlcoach)["2026-11-24"] == "rest"


@pytest.mark.parametrize("away", [1, 7, 40, 60])
def test_weekdays_off_hold_the_streak_over_a_gap_of_up_to_two_months(mlcoach: Program, away: int) -> None:
    mlcoach("log 30m")
    mlcoach.write("config/config.toml", "".join(f"weekday.{day} = 0\n" for day in WEEKDAYS))
    mlcoach.later(days=away)
    assert json.loads(mlcoach("streak --json").out)["data"]["current"] == 1
    mlcoach("log 30m")
    # Each of them was recorded as a day off, so that another week from now on does not rewrite them.
    mlcoach.write("config/config.toml", "goal = 60\n")
    assert json.loads(mlcoach("streak --json").out)["data"]["current"] == 2
