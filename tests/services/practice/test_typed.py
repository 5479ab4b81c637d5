"""Typed answers from the key to the journal: what is asked, what is written, what comes back."""

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mlcoach.adapters.exchange.anki.notes import DRAWN
from mlcoach.adapters.expressions import evaluate
from mlcoach.adapters.practice import typed_items
from mlcoach.domain.day.review_queue import WantedItems
from mlcoach.domain.events import Attempted, ItemGraded, ItemMarked
from mlcoach.domain.practice.variants import draw, seed_of
from mlcoach.errors import UsageError
from mlcoach.render.review.review import sections
from mlcoach.services.cards import cards
from mlcoach.services.context import Context
from mlcoach.services.exchange.export_anki import export_anki
from mlcoach.services.practice import answer as practice_answer
from mlcoach.services.practice import typed
from mlcoach.services.record import record
from mlcoach.services.review import queue as review_queue
from mlcoach.services.review.cram import Cram
from mlcoach.services.review.session import ReviewSession
from mlcoach.store.refold import rebuild_all

SUBJECT = """
schema = 1
id     = "nums"
title  = "Numbers"
track  = "math"

[[unit]]
id     = "one"
title  = "One"
hours  = 2
recall = "?"

  [[unit.card]]
  id      = "area"
  numeric = "A field of 3 by 5 metres: its area?"
  answer  = 15
    [unit.card.vary]
    vars.a   = { int = [11, 99] }
    vars.b   = { int = [3, 9] }
    prompt   = "A field of {a} by {b} metres: its area?"
    answer   = "a*b"
    accept   = { exact = true }
    solution = "{a} · {b} = {answer}."
      [[unit.card.vary.misconception]]
      id       = "round-it"
      answer   = "2*(a+b)"
      feedback = "{a} and {b} added twice is the way around it."
      card     = "around"

  [[unit.card]]
  id = "around"
  q  = "What is the way around a field called?"
  a  = "Its perimeter."

  [[unit.card]]
  id = "fit"
  q  = "A model that learns its noise?"
  a  = "Overfitting."
  accept_text = ["overfitting", "over-fitting"]

  [[unit.card]]
  id = "slope"
    [unit.card.vary]
    expression = true
    vars.a = { int = [2, 9] }
    free.x = { real = [0.5, 3] }
    prompt = "The derivative of {a}x²?"
    answer = "2*a*x"
      [[unit.card.vary.misconception]]
      id       = "kept"
      answer   = "a*x**2"
      feedback = "That is the function itself."

  [[unit.card]]
  id = "ends"
    [unit.card.vary]
    vars.v = { int = [-9, 9], size = 2 }
    prompt = "Twice {v}?"
    answer = "[2*v[0], 2*v[1]]"
    accept = { exact = true }

  [[unit.card]]
  id = "after"
  q  = "Comes after?"
  a  = "Yes."

  [[unit.exercise]]
  id      = "by-hand"
  title   = "By hand"
  minutes = 10
  prompt  = "7 · 8?"
  hints   = ["Add."]
  check   = "It is 56."
  drill   = true
    [unit.exercise.vary]
    vars.a = { int = [11, 99] }
    prompt = "{a} · 8?"
    answer = "8*a"
    accept = { exact = true }

  [[unit.exercise]]
  id      = "alone"
  title   = "Alone"
  minutes = 10
  stage   = "solve"
  prompt  = "Do it."
  check   = "Done."
"""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("nums")
    folder = home / "config" / "curriculum"
    folder.mkdir(parents=True)
    (folder / "nums.toml").write_text(SUBJECT, encoding="utf-8")
    return home


@pytest.fixture
def context(deck: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(deck), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "review")
    assert made.catalog.skipped == ()
    yield made
    made.close()
    shutil.rmtree(deck / "data", ignore_errors=True)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Table:
    """A session over some items, and what was written in it."""

    def __init__(self, context: Context, *items: str, kind: type[ReviewSession] = ReviewSession) -> None:
        self.context = context
        self.clock = Clock()
        queue = [entry for item in items for entry in review_queue.make_queue(context, WantedItems(item=item)).entries]
        self.session = kind(context, queue, self.clock)

    def type(self, text: str, seconds: float = 20) -> None:
        """Type an answer and let it be compared."""
        for key in text:
            self.session.press("space" if key == " " else key)
        self.clock.seconds += seconds
        self.session.press("enter")

    @property
    def right(self) -> str:
        answer = typed.ask(self.context, self.session.view().item).variant
        assert answer is not None
        return str(answer.answer)


def written(context: Context) -> list[object]:
    """Return what the journal says of items, what was taken back left out."""
    keys = ["nums.one/area", "nums.one/fit", "nums.one/slope", "nums.one/ends", "nums.one/around", "nums.one/by-hand"]
    graded = [event.body for key in keys for event in context.store.item_events(key)]
    return [*(at.attempt for key in keys for at in context.store.attempts.of(key)), *graded]


AREA = "nums.one/area"


class TestSession:
    def test_right_at_once_is_good_and_kept_with_its_numbers(self, context: Context) -> None:
        table = Table(context, AREA)
        variant = draw(context.catalog.item(AREA).vary, seed_of(AREA, 1), evaluate)  # type: ignore[union-attr,arg-type]
        assert table.session.view().question == variant.prompt
        table.type(str(variant.answer))
        view = table.session.view()
        assert (view.verdict, view.graded, view.phase, view.answer) == ("right", 3, "answer", str(variant.answer))
        assert view.solution == f"{variant.values['a']} · {variant.values['b']} = {variant.answer}."
        attempt, graded = written(context)
        assert isinstance(attempt, Attempted) and isinstance(graded, ItemGraded)
        assert (attempt.verdict, attempt.variant, attempt.seconds) == ("right", variant.seed, 20)
        assert (attempt.how, attempt.answer, graded.rating) == ("number", str(variant.answer), 3)

    def test_within_half_the_usual_time_it_is_easy(self, context: Context) -> None:
        table = Table(context, AREA)
        table.type(table.right, seconds=5)
        assert table.session.view().graded == 4

    def test_a_known_mistake_says_so_and_brings_back_its_card(self, context: Context) -> None:
        table = Table(context, AREA, "nums.one/after")
        values = typed.ask(context, AREA).variant.values  # type: ignore[union-attr]
        table.type(str(2 * (values["a"] + values["b"])))
        view = table.session.view()
        assert (view.verdict, view.phase, view.typed) == ("wrong", "question", "")
        assert view.feedback == f"{values['a']} and {values['b']} added twice is the way around it."
        assert view.brings == "What is the way around a field called?"
        assert [one.misconception for one in written(context) if isinstance(one, Attempted)] == ["round-it"]
        table.type(table.right)
        assert table.session.view().graded == 2  # right after a wrong try is hard
        table.session.press("space")
        assert table.session.view().item == "nums.one/around"

    def test_wrong_twice_is_again_and_asks_other_numbers_later(self, context: Context) -> None:
        table = Table(context, AREA)
        asked = table.session.view().question
        table.type("1")
        table.type("2")
        assert (table.session.view().graded, table.session.view().answer != "") == (1, True)
        table.session.press("space")
        assert table.session.view().item == AREA
        assert table.session.view().question != asked

    @pytest.mark.parametrize("text", ["1/0", "1e999", "3,,5", "--"])
    def test_what_is_no_answer_costs_nothing(self, context: Context, text: str) -> None:
        table = Table(context, AREA)
        table.type(text)
        view = table.session.view()
        assert view.note and view.phase == "question" and view.typed == text
        assert written(context) == []

    def test_a_percentage_with_a_blank_and_digits_of_another_script_can_be_typed(self, context: Context) -> None:
        table = Table(context, AREA)
        for key in ("5", "0", "space", "%"):
            table.session.press(key)
        assert table.session.view().typed == "50 %"
        table.session.press("escape")
        for key in table.right:
            table.session.press(chr(0x660 + int(key)))
        table.session.press("enter")
        assert table.session.view().verdict == "right"

    def test_giving_up_is_graded_by_the_learner(self, context: Context) -> None:
        table = Table(context, AREA)
        table.session.press("space")
        assert table.session.view().phase == "answer" and table.session.view().answer == table.right
        table.session.press("1")
        (graded,) = written(context)
        assert isinstance(graded, ItemGraded) and graded.rating == 1

    def test_undo_takes_back_tries_and_grade(self, context: Context) -> None:
        table = Table(context, AREA, "nums.one/after")
        asked = table.session.view().question
        table.type("1")
        table.session.press("u")
        assert (written(context), table.session.view().verdict, table.session.view().question) == ([], "", asked)
        table.type("1")
        table.type(table.right)
        table.session.press("space")
        table.session.press("u")
        assert written(context) == [] and table.session.view().question == asked

    def test_a_correction_keeps_the_tries(self, context: Context) -> None:
        table = Table(context, AREA, "nums.one/after")
        right = table.right
        table.type("1")
        table.type(right)
        table.session.press("3")
        found = written(context)
        assert [one.verdict for one in found if isinstance(one, Attempted)] == ["wrong", "right"]
        assert [one.rating for one in found if isinstance(one, ItemGraded)] == [3]

    def test_letters_are_typed_until_escape_makes_them_keys(self, context: Context) -> None:
        table = Table(context, "nums.one/fit", "nums.one/after")
        table.type("The over fiting")
        assert table.session.view().verdict == "right"
        table = Table(context, "nums.one/fit", "nums.one/after")
        table.session.press("q")
        assert table.session.view().typed == "q"
        table.session.press("escape")
        table.session.press("escape")
        assert table.session.view().keys_act
        table.session.press("f")
        assert table.session.view().flagged
        table.session.press("q")
        assert table.session.done

    def test_a_formula(self, context: Context) -> None:
        table = Table(context, "nums.one/slope", "nums.one/after")
        a = typed.ask(context, "nums.one/slope").variant.values["a"]  # type: ignore[union-attr]
        table.type("2*y")
        assert "there is no `y`" in table.session.view().note
        table.session.press("escape")
        table.type(f"{a}x²")
        assert table.session.view().feedback == "That is the function itself."
        table.type(f"{2 * a} x")
        assert (table.session.view().verdict, table.session.view().answer) == ("right", f"2·{a}·x")

    def test_a_vector_of_the_wrong_length_costs_nothing(self, context: Context) -> None:
        table = Table(context, "nums.one/ends", "nums.one/after")
        table.type("(1, 2, 3)")
        assert "3 numbers" in table.session.view().note
        table.session.press("escape")
        table.type(table.right)
        assert table.session.view().verdict == "right"

    def test_cramming_writes_nothing_and_asks_other_numbers(self, context: Context) -> None:
        table = Table(context, AREA, kind=Cram)
        asked = table.session.view().question
        table.type("1")
        table.type("1")
        table.session.press("space")
        assert table.session.view().question != asked
        assert written(context) == []

    def test_the_screen_in_forty_columns(self, context: Context) -> None:
        table = Table(context, AREA)
        values = typed.ask(context, AREA).variant.values  # type: ignore[union-attr]
        table.type(str(2 * (values["a"] + values["b"])))
        shown = [line for section in sections(table.session.view(), 40) for line in section.lines]
        texts = ["".join(part for part, _ in line) for line in shown]
        assert max(map(len, texts)) <= 40
        assert any("not this time" in text for text in texts) and any("Next comes" in text for text in texts)


class TestHistory:
    def test_the_first_varied_answer_counts_as_a_new_items(self, context: Context) -> None:
        """Who remembers that it is 15 need not know how to work it out."""
        for ago, gap in ((60, 10), (40, 30), (20, 50)):
            day = context.today - timedelta(days=ago)
            record(context, ItemGraded(AREA, 3, 5, (day + timedelta(days=gap)).isoformat()), day=day)
        table = Table(context, AREA)
        table.type(table.right)
        assert table.session._state().repetitions == 1
        assert [one for one in written(context) if isinstance(one, ItemMarked)] == [ItemMarked(AREA, "forgotten")]
        table.session.press("u")
        assert table.session._state().repetitions == 3
        table.session.press("escape")
        table.type(table.right)
        again = Table(context, AREA)
        again.type(again.right)
        assert again.session._state().repetitions == 2

    def test_cards_show_knows_numbers_and_attempts(self, context: Context) -> None:
        table = Table(context, AREA)
        asked = table.session.view().question
        table.type("7")
        table.type(table.right)
        view = cards.show(context, AREA)
        assert [(one.verdict, one.answer, one.question) for one in view.attempts] == [
            ("wrong", "7", asked), ("right", view.attempts[1].answer, asked)
        ]  # fmt: skip
        assert view.next_question not in ("", asked)

    def test_a_card_without_frozen_numbers_is_listed_without_any(self, context: Context) -> None:
        (found,) = [one for one in cards.search(context, "Twice").cards if one.item == "nums.one/ends"]
        assert found.text == "Twice …?"

    def test_the_queue_lists_the_numbers_that_are_asked(self, context: Context) -> None:
        made = review_queue.review(context, WantedItems(item=AREA))
        assert made.new[0].question == practice_answer.question(context, AREA).question


class TestWithoutScreen:
    def test_a_wrong_answer_leaves_another_try(self, context: Context) -> None:
        first = practice_answer.question(context, AREA)
        values = typed.ask(context, AREA).variant.values  # type: ignore[union-attr]
        made = practice_answer.answer(context, AREA, str(2 * (values["a"] + values["b"])), "", 9, context.today)
        assert (made.misconception, made.brings, made.verdict) == ("round-it", "nums.one/around", "wrong")
        assert practice_answer.question(context, AREA) == first._replace(tries=1)
        graded = practice_answer.answer(context, AREA, str(values["a"] * values["b"]), "", 9, context.today)
        assert (graded.rating, graded.verdict, graded.variant) == ("hard", "right", first.variant)  # type: ignore[union-attr]
        assert practice_answer.question(context, AREA).variant != first.variant

    def test_a_rating_that_is_given_wins(self, context: Context) -> None:
        graded = practice_answer.answer(context, AREA, "1", "good", 9, context.today)
        assert (graded.rating, graded.verdict) == ("good", "wrong")  # type: ignore[union-attr]

    def test_what_is_no_answer_is_a_usage_error(self, context: Context) -> None:
        with pytest.raises(UsageError, match="divides by zero"):
            practice_answer.answer(context, AREA, "1/0", "", 0, context.today)
        with pytest.raises(UsageError, match="not typed"):
            practice_answer.question(context, "nums.one/after")
        assert written(context) == []


class TestDrills:
    def test_a_drill_is_neither_a_step_nor_needed(self, context: Context) -> None:
        steps = [step.id for step in context.catalog.steps("nums.one")]
        assert "nums.one/alone" in steps and "nums.one/by-hand" not in steps
        assert context.catalog.drills == {"nums.one/by-hand"}
        assert context.catalog.units["nums.one"].first_exercise == "Alone"

    def test_a_varied_exercise_is_typed_and_finishes_no_step(self, context: Context) -> None:
        table = Table(context, "nums.one/by-hand")
        view = table.session.view()
        assert (view.form, view.typing, view.check, view.hints_left) == ("exercise", "number", "", 1)
        table.session.press("h")
        table.type(table.right)
        assert table.session.view().graded == 2  # a hint makes it hard
        assert context.store.units().get("nums.one") is None


def test_anki_gets_three_drawn_variants(context: Context, tmp_path: Path) -> None:
    import sqlite3
    import zipfile

    package = tmp_path / "out.apkg"
    package.write_bytes(export_anki(context, ["nums"]).content)
    with zipfile.ZipFile(package) as opened:
        opened.extract("collection.anki2", tmp_path)
    rows = sqlite3.connect(tmp_path / "collection.anki2").execute("SELECT flds FROM notes").fetchall()
    areas = [row[0].split("\x1f") for row in rows if AREA in row[0]]
    assert [fields[2] for fields in areas] == [AREA, f"{AREA}#2", f"{AREA}#3"] and len(areas) == DRAWN
    assert len({fields[0] for fields in areas}) == DRAWN
    for number, fields in enumerate(areas, start=1):
        variant = draw(context.catalog.item(AREA).vary, seed_of(AREA, number), evaluate)  # type: ignore[union-attr,arg-type]
        assert fields[0] == variant.prompt and fields[1].startswith(str(variant.answer)) and "=" in fields[1]
    assert json.dumps(areas)


def test_the_summary_shows_what_was_hard_with_the_numbers_it_had(context: Context) -> None:
    table = Table(context, AREA)
    asked = typed_items.question_of(typed.ask(context, AREA).subject)
    table.type("1")
    table.type("1")
    table.session.press("space")
    [hard] = table.session.summary().hard
    assert hard.question == asked != "A field of 3 by 5 metres: its area?"


def test_what_was_tried_goes_along_when_an_item_is_adopted(context: Context) -> None:
    old = "gone.one/area"
    record(context, Attempted(old, "wrong", "number", answer="7"), ItemGraded(old, 1, 10, "2026-11-24"))
    cards.adopt(context, old, AREA)
    assert [at.attempt.item for at in typed.attempts(context, AREA)] == [old]


def test_a_first_wrong_try_with_fresh_numbers_counts_as_not_recalled_though_the_grade_is_hard(context: Context) -> None:
    for day, first in ((23, ""), (26, "1"), (29, "")):
        later = Context({**context.environment, "MLCOACH_NOW": f"2026-11-{day}T20:00:00+01:00"}, "review")
        table = Table(later, AREA)
        if first:
            table.type(first)
        table.type(table.right)
        table.session.press("space")
        later.close()
    graded = [body for body in written(context) if isinstance(body, ItemGraded)]
    assert [(body.rating > 1, body.missed) for body in graded] == [(True, False), (True, True), (True, False)]
    _, recalled = context.store.latest_predictions(10, adaptive=True)
    assert recalled == [False, True]
    connection = context.writable_store().connection
    learned = context.store.learner_model()
    list(rebuild_all(connection))
    assert context.store.learner_model() == learned
    assert learned.answers == 2 and learned.mood < 1.2
