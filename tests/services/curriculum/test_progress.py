"""The learner's states under today's ids: what was written under an old one is neither lost nor counted twice."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.curriculum import Requirement
from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.events import ItemGraded, ItemMarked, ItemScheduled, StepMarked, TimeLogged, UnitMarked
from mlcoach.domain.memory.items import ItemState
from mlcoach.services.context import Context
from mlcoach.services.curriculum import progress
from mlcoach.services.day import steps
from mlcoach.services.record import record
from mlcoach.services.review import items

MONDAY = date(2026, 11, 23)
DECK = """schema = 1
id = "x.deck"
title = "A deck"
track = "eng"
summary = "For tests."
"""
UNIT = """[[unit]]
id = "{unit}"
was = [{was}]
title = "Unit {unit}"
hours = 3
lane = "concept"
why = "Because."
objectives = ["do it"]
recall = "What?"
"""
CARD = """  [[unit.card]]
  id = "c{number}"
  was = ["k{number}"]
  q = "Question {number}?"
  a = "Answer."
"""
CARDS = 5


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    folder = home / "config" / "curriculum"
    folder.mkdir(parents=True)
    units = (UNIT.format(unit=unit, was=was) for unit, was in (("one", '"old", "older"'), ("two", "")))
    cards = "".join(CARD.format(number=number) for number in range(1, CARDS + 1))
    (folder / "deck.toml").write_text(DECK + "".join(unit + cards for unit in units), encoding="utf-8")
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "test")
    assert made.catalog.skipped == ()
    yield made
    made.close()


def told(context: Context, ago: int, body: Any) -> None:
    record(context, body, day=MONDAY - timedelta(days=ago))


def one(context: Context) -> UnitState:
    return progress.unit_progress(context).states["x.deck.one"]


def test_time_on_a_unit_adds_up_over_all_its_names(context: Context) -> None:
    told(context, 3, TimeLogged(1200, "x.deck.old"))
    told(context, 5, TimeLogged(600, "x.deck.older"))
    told(context, 0, TimeLogged(1500, "x.deck.one"))
    spent = 1200 + 600 + 1500
    assert one(context) == UnitState("learning", "2026-11-18", "2026-11-23", "", spent, since_step=spent)


def test_steps_done_under_an_old_name_are_done(context: Context) -> None:
    told(context, 5, StepMarked("x.deck.old", "x.deck.old/recall", "done"))
    told(context, 3, TimeLogged(1200, "x.deck.old"))
    told(context, 1, TimeLogged(600, "x.deck.one"))
    assert steps.closed_steps(context, "x.deck.one", one(context)) == {"x.deck.one/recall"}
    assert one(context).since_step == 1200 + 600
    told(context, 0, StepMarked("x.deck.one", "x.deck.one/recall", "open"))
    assert steps.closed_steps(context, "x.deck.one", one(context)) == set()
    assert one(context).since_step == 0


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


def test_a_unit_is_under_way_from_the_first_step_under_an_old_name_and_not_from_an_answer(context: Context) -> None:
    told(context, 5, ItemGraded("x.deck.old/c1", 3, 5, "2026-11-21"))
    assert progress.unit_progress(context).status["x.deck.one"] == ""
    told(context, 4, StepMarked("x.deck.old", "x.deck.old/recall", "done"))
    assert progress.unit_progress(context).status["x.deck.one"] == "learning"
    assert one(context).first_day == "2026-11-19"


def test_what_the_learner_s_path_takes_as_known_locks_nothing(context: Context, home: Path) -> None:
    needed = [Requirement("x.deck.one"), Requirement("x.deck.two")]
    assert progress.unit_progress(context).locked_by(needed) == ["x.deck.one", "x.deck.two"]
    path = '[[path]]\nid = "mine"\ntitle = "Mine"\ngoal = "to see"\nunits = ["x.deck.one"]\nknown = ["x.deck.two"]\n'
    (home / "config" / "curriculum" / "path.toml").write_text(f"schema = 1\n{path}", encoding="utf-8")
    (home / "config" / "config.toml").write_text('path = "mine"\n', encoding="utf-8")
    with_path = Context(context.environment, "test")
    assert with_path.catalog.skipped == ()
    assert progress.unit_progress(with_path).locked_by(needed) == ["x.deck.one"]
    with_path.close()


@pytest.mark.parametrize(("share", "locks"), [(0.3, False), (0.5, False), (0.6, True), (1.0, True)])
def test_a_part_of_a_unit_can_be_enough_for_another_one(context: Context, share: float, locks: bool) -> None:
    needed = [Requirement("x.deck.one", "", share)]
    assert progress.unit_progress(with_share(context, share)).locked_by(needed) == ["x.deck.one"], "not begun"
    told(context, 1, TimeLogged(90 * 60, unit="x.deck.one"))
    half_way = progress.unit_progress(with_share(context, share))
    assert bool(half_way.locked_by(needed)) is locks, "an hour and a half of three"


def with_share(context: Context, share: float) -> Context:
    """The same home, with a unit for which a share of `one` is enough."""
    folder = context.places.config_file.parent / "curriculum"
    needs = f'requires = [{{ unit = "x.deck.one", share = {share} }}]\n'
    (folder / "more.toml").write_text(
        DECK.replace("x.deck", "x.more") + UNIT.format(unit="three", was="") + needs, encoding="utf-8"
    )
    made = Context(context.environment, "test")
    assert made.catalog.skipped == ()
    return made


# Mastered and rusty -----------------------------------------------------------------------------------------------


def recalled(context: Context, item: str, *ago: int, due: str = "2027-06-01") -> None:
    for days in ago:
        told(context, days, ItemGraded(item, 3, 5, due))


def status(context: Context) -> str:
    return progress.unit_progress(context, with_memory=True).status["x.deck.one"]


@pytest.mark.parametrize(("cards", "expected"), [(3, "passed"), (4, "mastered")])
def test_mastery_is_measured_by_all_cards_of_a_unit(context: Context, cards: int, expected: str) -> None:
    told(context, 9, UnitMarked("x.deck.one", "passed"))
    for number in range(1, cards + 1):
        recalled(context, f"x.deck.one/c{number}", 8, 3)
    assert status(context) == expected


def test_one_day_of_recall_is_not_mastery(context: Context) -> None:
    told(context, 9, UnitMarked("x.deck.one", "passed"))
    for number in range(1, CARDS + 1):
        recalled(context, f"x.deck.one/c{number}", 3, 3)
    assert status(context) == "passed"


def test_recall_under_an_older_name_counts_for_mastery(context: Context) -> None:
    told(context, 9, UnitMarked("x.deck.old", "passed"))
    for number in range(1, CARDS + 1):
        recalled(context, f"x.deck.old/c{number}", 8, 3)
    assert status(context) == "mastered"


def test_one_card_that_fades_does_not_make_a_unit_rusty_and_most_do(context: Context) -> None:
    told(context, 300, UnitMarked("x.deck.one", "passed"))
    recalled(context, "x.deck.one/c1", 300)
    recalled(context, "x.deck.one/c2", 1)
    recalled(context, "x.deck.one/c3", 1)
    assert status(context) == "passed"
    recalled(context, "x.deck.one/c4", 300)
    recalled(context, "x.deck.one/c5", 300)
    assert status(context) == "rusty"


def test_cards_that_are_gone_neither_fade_nor_count(context: Context) -> None:
    told(context, 300, UnitMarked("x.deck.one", "passed"))
    recalled(context, "x.deck.one/c1", 1)
    for number in range(9):
        recalled(context, f"x.deck.one/gone-{number}", 300)
    assert status(context) == "passed"


# What is due --------------------------------------------------------------------------------------------------------


def due(context: Context, limit: int = 100) -> list[str]:
    return [head.id for _, head in items.due_heads(context, limit)]


def test_a_card_answered_under_both_names_is_judged_by_all_its_answers(context: Context) -> None:
    recalled(context, "x.deck.one/k1", 9, due="2026-11-20")
    assert (due(context), items.due_count(context)) == (["x.deck.one/c1"], 1)
    recalled(context, "x.deck.one/c1", 1, due="2026-12-20")
    state = items.item_state(context, "x.deck.one/c1")
    assert state is not None
    assert (state.repetitions, state.first_day, state.last_day) == (2, "2026-11-14", "2026-11-22")
    assert state == items.item_states(context, ["x.deck.one/c1"])["x.deck.one/c1"]
    assert due(context) == []


@pytest.mark.parametrize(("mark", "waits"), [("suspended", False), ("buried", False), ("flagged", True)])
def test_what_is_said_under_the_new_name_holds_for_what_is_due_under_the_old_one(
    context: Context, mark: str, waits: bool
) -> None:
    recalled(context, "x.deck.one/k1", 9, due="2026-11-20")
    told(context, 0, ItemMarked("x.deck.one/c1", mark, "2026-11-24" if mark == "buried" else ""))
    assert due(context) == (["x.deck.one/c1"] if waits else [])


def test_cards_that_are_gone_hide_nothing_that_is_due(context: Context) -> None:
    for number in range(40):
        told(context, 60, ItemScheduled(f"x.gone.unit/c{number}", "2026-09-25", 1.0, 5.0, "anki"))
    recalled(context, "x.deck.one/c1", 9, due="2026-11-22")
    assert due(context, 1) == ["x.deck.one/c1"]
    assert items.due_count(context) == 1


# What is new --------------------------------------------------------------------------------------------------------


def fresh(context: Context, limit: int) -> list[str]:
    return [head.id for head in items.new_heads(context, ["x.deck.one", "x.deck.two"], limit)]


def test_new_cards_come_from_the_units_in_turn_and_never_more_than_asked_for(context: Context) -> None:
    assert fresh(context, 3) == ["x.deck.one/c1", "x.deck.two/c1", "x.deck.one/c2"]
    assert len(fresh(context, 100)) == 2 * CARDS


def test_a_card_known_under_any_name_put_off_or_set_aside_is_not_new(context: Context) -> None:
    recalled(context, "x.deck.one/k1", 3)
    told(context, 0, ItemMarked("x.deck.one/c2", "suspended"))
    told(context, 0, ItemMarked("x.deck.one/c3", "buried", "2026-11-24"))
    told(context, 1, ItemMarked("x.deck.one/c4", "buried", "2026-11-23"))
    told(context, 0, ItemMarked("x.deck.one/c5", "flagged"))
    assert [id for id in fresh(context, 100) if ".one/" in id] == ["x.deck.one/c4", "x.deck.one/c5"]


def test_recall_on_a_day_before_the_last_answer_is_certain(context: Context) -> None:
    recall = items.scheduled_recall(context)
    assert recall(ItemState(stability=3.0, last_day="2026-11-23"), MONDAY - timedelta(days=9)) == 1.0
