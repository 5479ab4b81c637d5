"""The learner's states under today's ids: what was written under an old one is neither lost nor counted twice."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.events import ItemGraded, TimeLogged, UnitMarked
from mlcoach.domain.progress import UnitState
from mlcoach.services import states
from mlcoach.services.context import Context

MONDAY = date(2026, 11, 23)
DECK = """schema = 1
id = "x.deck"
title = "A deck"
track = "eng"
summary = "For tests."
[[unit]]
id = "one"
was = ["old", "older"]
title = "One"
hours = 3
lane = "concept"
why = "Because."
objectives = ["do it"]
recall = "What?"
  [[unit.card]]
  id = "c"
  q = "Question?"
  a = "Answer."
"""


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    folder = home / "config" / "curriculum"
    folder.mkdir(parents=True)
    (folder / "deck.toml").write_text(DECK, encoding="utf-8")
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "test")
    yield made
    made.close()


def told(context: Context, ago: int, body: Any) -> None:
    context.record(body, day=MONDAY - timedelta(days=ago))


def one(context: Context) -> UnitState:
    return states.standing(context).states["x.deck.one"]


def test_time_on_a_unit_adds_up_over_all_its_names(context: Context) -> None:
    told(context, 3, TimeLogged(1200, "x.deck.old"))
    told(context, 5, TimeLogged(600, "x.deck.older"))
    told(context, 0, TimeLogged(1500, "x.deck.one"))
    assert one(context) == UnitState("learning", "2026-11-18", "2026-11-23", "", 1200 + 600 + 1500)


@pytest.mark.parametrize(
    ("first", "then", "mark"),
    [
        (TimeLogged(60, "x.deck.old"), UnitMarked("x.deck.one", "passed"), "passed"),
        (UnitMarked("x.deck.old", "passed"), UnitMarked("x.deck.one", "learning"), "learning"),
        (UnitMarked("x.deck.one", "passed"), UnitMarked("x.deck.old", "skipped"), "skipped"),
    ],
)
def test_the_word_said_last_holds_under_whatever_name(context: Context, first: Any, then: Any, mark: str) -> None:
    told(context, 3, first)
    told(context, 1, then)
    assert one(context).mark == mark
    assert (one(context).first_day, one(context).last_day) == ("2026-11-20", "2026-11-22")


def test_of_two_names_on_one_day_the_one_that_says_more_holds(context: Context) -> None:
    told(context, 0, UnitMarked("x.deck.old", "passed"))
    told(context, 0, TimeLogged(60, "x.deck.one"))
    assert one(context).mark == "passed"


def test_a_unit_is_under_way_from_the_first_answer_under_an_old_name(context: Context) -> None:
    told(context, 4, ItemGraded("x.deck.old/c", 3, 5, "2026-11-21"))
    standing = states.standing(context)
    assert standing.status["x.deck.one"] == "learning"
    assert one(context).first_day == "2026-11-19"
