"""One answer: what it makes of an item's memory, whenever it is given and whatever the item was called before."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.event_keys import Key
from mlcoach.domain.events import ItemAdopted, ItemGraded
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.context import Context
from mlcoach.services.record import record
from mlcoach.services.review import grade
from mlcoach.services.review import items as review_items
from mlcoach.store.projections import all_keys, row_of, stored_row
from tests.conftest import Program

CARD, EXERCISE = "math.la.eigen/eig-def", "math.la.eigen/power-iteration"
MONDAY = date(2026, 11, 23)
RATINGS = ("again", "hard", "good", "easy")


@pytest.fixture
def environment(home: Path) -> dict[str, str]:
    return {"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}


@pytest.fixture
def context(environment: dict[str, str]) -> Iterator[Context]:
    made = Context(environment, "grade")
    yield made
    made.close()


def move(context: Context, day: date) -> None:
    """Set the clock of a context to the evening of another day."""
    context.environment = {**context.environment, "MLCOACH_NOW": f"{day}T20:00:00+01:00"}
    context.tick()


def answers(context: Context) -> int:
    return int(
        context.store.connection.execute("SELECT count(*) FROM event WHERE kind = 'item_graded'").fetchall()[0][0]
    )


def assert_rows_are_folds(context: Context) -> None:
    connection = context.store.connection
    for key in all_keys(connection):
        assert stored_row(connection, key) == row_of(connection, key)


class TestSchedule:
    def test_an_answer_gives_what_was_shown(self, context: Context) -> None:
        day = MONDAY
        for step in range(40):
            shown = grade.next_intervals(context, CARD)
            rating = (2, 3, 0, 3, 2, 1, 2, 3)[step % 8]
            view = grade.grade(context, CARD, RATINGS[rating], 5, day)
            assert view.interval_days == shown[rating]
            assert view.due == day + timedelta(days=shown[rating])
            # Early, on the day, late, and twice on a day.
            day += timedelta(days=(0, 1, view.interval_days, 2 * view.interval_days)[step % 4])
            move(context, day)
        assert_rows_are_folds(context)

    def test_the_second_answer_of_a_day_is_a_repetition_within_it(self, context: Context) -> None:
        grade.grade(context, CARD, "good", 5, MONDAY)
        again = grade.grade(context, CARD, "again", 5, MONDAY)
        state = review_items.item_state(context, CARD)
        assert state is not None
        assert (state.repetitions, state.lapses, again.lapses) == (2, 0, 0)
        assert again.due == MONDAY + timedelta(days=1)

    def test_an_answer_remembered_late_comes_before_the_later_ones(self, context: Context) -> None:
        straight = []
        for days in (0, 4):
            move(context, MONDAY + timedelta(days=days))
            straight.append(grade.grade(context, CARD, "good", 5, context.today))
        record(context, *_revocations(context))
        grade.grade(context, CARD, "good", 5, MONDAY + timedelta(days=4))
        late = grade.grade(context, CARD, "good", 5, MONDAY)
        assert (late.stability, late.difficulty) == (straight[1].stability, straight[1].difficulty)
        assert_rows_are_folds(context)

    def test_retention_is_the_learner_s(self, context: Context, home: Path) -> None:
        usual = grade.next_intervals(context, CARD)
        (home / "config").mkdir()
        (home / "config" / "config.toml").write_text("retention = 0.97\n", encoding="utf-8")
        strict = Context(context.environment)
        assert grade.next_intervals(strict, CARD)[3] < usual[3]
        strict.close()


def _revocations(context: Context) -> list[Any]:
    from mlcoach.domain.events import Revoked

    rows = context.store.connection.execute("SELECT id FROM event WHERE kind = 'item_graded'").fetchall()
    return [Revoked(tuple(id for (id,) in rows))]


class TestTime:
    @pytest.mark.parametrize(("item", "seconds", "counted"), [(CARD, 30, 30), (CARD, 500, 60), (EXERCISE, 2500, 2500)])
    def test_a_card_counts_a_minute_at_most(self, context: Context, item: str, seconds: int, counted: int) -> None:
        assert grade.grade(context, item, "good", seconds, MONDAY).seconds == counted
        assert context.store.day(MONDAY).seconds == counted

    def test_seconds_are_0_unless_given(self, mlcoach: Program) -> None:
        mlcoach(f"grade {CARD} good")
        assert json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"] == 0

    @pytest.mark.parametrize("seconds", [-1, 86_401, 10**30])
    def test_impossible_seconds_write_nothing(self, context: Context, seconds: int) -> None:
        with pytest.raises(UsageError, match="`--seconds` must be 0 to 86,400"):
            grade.grade(context, CARD, "good", seconds, MONDAY)
        assert not context.places.database.exists()


class TestWords:
    @pytest.mark.parametrize(
        ("word", "rating"), [("again", "again"), ("HARD", "hard"), (" good ", "good"), ("4", "easy")]
    )
    def test_ratings(self, context: Context, word: str, rating: str) -> None:
        assert grade.grade(context, "eig-def", word, 0, MONDAY).rating == rating

    @pytest.mark.parametrize("word", ["", "5", "0", "fine", "ｇｏｏｄ", "3.0"])
    def test_no_ratings(self, context: Context, word: str) -> None:
        with pytest.raises(UsageError, match="no rating"):
            grade.grade(context, CARD, word, 0, MONDAY)
        assert not context.places.database.exists()

    def test_an_unknown_item_gets_the_nearest(self, context: Context) -> None:
        with pytest.raises(NotFoundError) as caught:
            grade.grade(context, "math.la.eigen/eig-dfe", "good", 0, MONDAY)
        assert CARD in caught.value.hint


def test_a_leech_is_named_at_the_eighth_slip(context: Context) -> None:
    day, views = MONDAY, []
    for number in range(24):
        move(context, day)
        views.append(grade.grade(context, CARD, "good" if number % 2 == 0 else "again", 5, day))
        day += timedelta(days=3)
    assert [view.lapses for view in views if view.leech] == [8, 12]


def test_an_item_set_aside_can_be_answered_and_stays_aside(mlcoach: Program) -> None:
    mlcoach("log 20m eigen")
    mlcoach("review --item eig-def", stdin="s", tty=80)
    said = mlcoach(f"grade {CARD} good")
    assert "set aside and stays so" in said.out
    mlcoach.later(days=40)
    assert CARD not in mlcoach("review").out


def test_an_answer_is_one_step_of_undo(mlcoach: Program) -> None:
    mlcoach(f"grade {CARD} good --seconds 30")
    mlcoach(f"grade {CARD} again --seconds 30")
    mlcoach("undo")
    assert "good on" in mlcoach("undo --list").out
    mlcoach("undo")
    assert mlcoach("review --json").out.count('"item"') == 0
    assert json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"] == 0


# Items that were renamed ------------------------------------------------------------------------------------

DECK = """\
schema = 1
id = "own"
title = "Mine"
track = "math"
summary = "A deck."
[[unit]]
id = "{unit}"
{was}
title = "One"
hours = 2
lane = "concept"
why = "Because."
objectives = ["do it"]
recall = "From memory: what?"
  [[unit.card]]
  id = "{card}"
  {card_was}
  q = "Why?"
  a = "So."
"""


def write_deck(home: Path, unit: str = "one", was: str = "", card: str = "why", card_was: str = "") -> None:
    folder = home / "config" / "curriculum"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.toml").write_text(DECK.format(unit=unit, was=was, card=card, card_was=card_was), encoding="utf-8")


class TestRenamed:
    def test_history_goes_on_under_the_new_id(self, home: Path, environment: dict[str, str]) -> None:
        write_deck(home)
        before = Context(environment, "grade")
        first = grade.grade(before, "own.one/why", "good", 5, MONDAY)
        before.close()

        write_deck(home, unit="first", was='was = ["one"]', card="reason", card_was='was = ["why"]')
        context = Context(environment, "grade")
        move(context, first.due)
        assert review_items.stored_under(context, "own.first/reason") == ["own.one/why"]
        shown = grade.next_intervals(context, "own.first/reason")
        view = grade.grade(context, "own.one/why", "good", 5, first.due)
        assert (view.item, view.interval_days) == ("own.first/reason", shown[2])
        state = context.store.items(["own.first/reason", "own.one/why"])
        assert list(state) == ["own.first/reason"], "the old row is gone: it would stay due for ever"
        assert state["own.first/reason"].repetitions == 2

        grade.grade(context, "reason", "good", 5, first.due)
        adopted = context.store.connection.execute("SELECT count(*) FROM event WHERE kind = 'item_adopted'").fetchall()
        assert adopted == [(1,)], "adopted once, not with every answer"
        assert_rows_are_folds(context)
        context.close()

    def test_cramming_knows_what_was_answered_under_the_old_id(self, home: Path, environment: dict[str, str]) -> None:
        from mlcoach.services.review.cram import cram_queue

        write_deck(home)
        before = Context(environment, "grade")
        due = grade.grade(before, "own.one/why", "good", 5, MONDAY).due
        before.close()
        write_deck(home, unit="first", was='was = ["one"]', card="reason", card_was='was = ["why"]')
        context = Context(environment, "review")
        (entry,) = cram_queue(context, "own.first")
        assert (entry.head.id, entry.due) == ("own.first/reason", due.isoformat())
        context.close()

    def test_undo_gives_the_old_id_its_history_back(self, home: Path, mlcoach: Program) -> None:
        write_deck(home)
        mlcoach("grade own.one/why good")
        write_deck(home, card="reason", card_was='was = ["why"]')
        mlcoach("grade reason again")
        mlcoach("undo")
        context = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": mlcoach.now.isoformat()})
        assert list(context.store.items(["own.one/why", "own.one/reason"])) == ["own.one/why"]
        assert_rows_are_folds(context)
        context.close()

    def test_there_and_back_again_leaves_one_row(self, context: Context) -> None:
        graded = ItemGraded("a.b/x", 3, 5, "2026-11-25")
        record(context, graded)
        record(context, ItemAdopted("a.b/x", "a.b/y"))
        assert list(context.store.items(["a.b/x", "a.b/y"])) == ["a.b/y"]
        record(context, ItemAdopted("a.b/y", "a.b/x"))
        assert list(context.store.items(["a.b/x", "a.b/y"])) == ["a.b/x"]
        assert stored_row(context.store.connection, Key("item", "a.b/y")) is None
        assert_rows_are_folds(context)
