"""The queue and the session: what is asked, in which order, and what each key writes."""

import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from mlcoach.curriculum.write.card_text import as_text, editable_keys
from mlcoach.domain.curriculum import ItemHead
from mlcoach.domain.day.plan import Block
from mlcoach.domain.day.review_queue import QueueEntry, WantedItems
from mlcoach.domain.events import DayPlanned, ItemGraded, ItemScheduled, StepMarked, TimeLogged
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.cards import text
from mlcoach.services.context import Context
from mlcoach.services.day import plan as day_plan
from mlcoach.services.record import record
from mlcoach.services.review import grade
from mlcoach.services.review import items as review_items
from mlcoach.services.review import queue as review_queue
from mlcoach.services.review.session import USUAL, Manner, ReviewSession
from mlcoach.store.projections import all_keys, row_of, stored_row
from tests.conftest import Program

MONDAY = date(2026, 11, 23)
UNITS = ("one", "two", "three")
CARDS_EACH = 5

HEAD = """\
schema = 1
id = "{subject}"
title = "{subject} for tests"
track = "{track}"
summary = "Cards of every kind."
"""
UNIT = """
[[unit]]
id = "{unit}"
title = "Unit {unit}"
hours = 2
lane = "concept"
why = "Because."
objectives = ["do it"]
recall = "From memory: what?"
"""
CARD = """
  [[unit.card]]
  id = "c-{number}"
  q = "Question {number} of {unit}?"
  a = "Answer {number}."
"""
KINDS = """
  [[unit.card]]
  id = "hidden"
  cloze = 'In $A = {{U}} \\Sigma V^T$ the diagonal of $\\Sigma$ holds the {{singular values}}.'
  [[unit.card]]
  id = "third"
  numeric = "What is one third?"
  answer = 0.333
  tolerance = 0.001
  [[unit.card]]
  id = "prints"
  q = "What does it print?"
  code = '''
print(1 + 1)
'''
  language = "python"
  expects = "2"
  [[unit.card]]
  id = "both-ways"
  q = "Kyiv"
  a = "Київ"
  reverse = true
  [[unit.exercise]]
  id = "build"
  title = "Build it"
  kind = "code"
  stage = "solve"
  minutes = 40
  prompt = "Build the thing."
  hints = ["first", "second"]
  check = "It runs."
  solution = "Here."
  [[unit.exercise]]
  id = "explain"
  title = "Explain it"
  kind = "explain"
  stage = "solve"
  minutes = 10
  prompt = "Explain the thing."
"""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with three units of plain cards and one with a card of every kind, compiled once."""
    home = tmp_path_factory.mktemp("deck")
    folder = home / "config" / "curriculum"
    folder.mkdir(parents=True)
    plain = "".join(
        UNIT.format(unit=unit) + "".join(CARD.format(unit=unit, number=number) for number in range(CARDS_EACH))
        for unit in UNITS
    )
    (folder / "deck.toml").write_text(HEAD.format(subject="deck", track="math") + plain, encoding="utf-8")
    kinds = HEAD.format(subject="kinds", track="ml") + UNIT.format(unit="all") + KINDS
    (folder / "kinds.toml").write_text(kinds, encoding="utf-8")
    return home


@pytest.fixture
def context(deck: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(deck), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "review")
    assert made.catalog.skipped == ()
    yield made
    made.close()
    shutil.rmtree(deck / "data", ignore_errors=True)
    (deck / "config" / "config.toml").unlink(missing_ok=True)


def at(context: Context, instant: str) -> None:
    context.environment = {**context.environment, "MLCOACH_NOW": instant}
    context.tick()


def learn(context: Context, *units: str, seconds: int = 7200) -> None:
    """Spend time on units: by default all their hours, so that all their cards are to be met."""
    record(context, *(TimeLogged(seconds, unit) for unit in units))


def make_due(context: Context, item: str, overdue: int, gap: int = 10) -> None:
    """Let an item be overdue today by some days after an interval of `gap` days."""
    due = context.today - timedelta(days=overdue)
    record(context, ItemGraded(item, 3, 5, due.isoformat()), day=due - timedelta(days=gap))


def ids(context: Context, **wanted: object) -> list[str]:
    made = review_queue.make_queue(context, review_queue.checked(context, WantedItems(**wanted)))  # type: ignore[arg-type]
    return [entry.head.id for entry in made.entries]


def due_ids(context: Context, **wanted: object) -> list[str]:
    """Return the ids of the due items; a unit that was answered is being learned and brings new ones as well."""
    view = review_queue.review(context, WantedItems(**wanted))  # type: ignore[arg-type]
    return [item.item for item in view.due]


class TestQueue:
    def test_nothing_was_learned_yet(self, context: Context) -> None:
        view = review_queue.review(context, WantedItems())
        assert (view.due, view.new, view.counts, view.begun) == ((), (), (0, 0), False)

    def test_the_most_overdue_for_their_interval_come_first(self, context: Context) -> None:
        make_due(context, "deck.one/c-0", 5, gap=50)
        make_due(context, "deck.two/c-0", 2, gap=2)
        make_due(context, "deck.three/c-0", 0, gap=4)
        view = review_queue.review(context, WantedItems())
        assert [(item.item, item.overdue_days) for item in view.due] == [
            ("deck.two/c-0", 2), ("deck.one/c-0", 5), ("deck.three/c-0", 0)
        ]  # fmt: skip
        assert view.due[0].due == MONDAY - timedelta(days=2)

    def test_what_was_overdue_when_it_came_from_elsewhere_is_measured_by_a_day(self, context: Context) -> None:
        due = (MONDAY - timedelta(days=3)).isoformat()
        record(context, ItemScheduled("deck.three/c-0", due, 12.0, 5.0, "anki"))
        make_due(context, "deck.one/c-0", 2, gap=1)
        make_due(context, "deck.two/c-0", 4, gap=1)
        found = context.store.due(MONDAY)
        assert [(item.item, item.overdue_days, item.interval) for item in found] == [
            ("deck.two/c-0", 4, 1), ("deck.three/c-0", 3, 1), ("deck.one/c-0", 2, 1)
        ]  # fmt: skip
        assert due_ids(context) == [item.item for item in found]

    def test_neighbours_come_from_different_units(self, context: Context) -> None:
        for unit in ("one", "two"):
            for number in range(3):
                make_due(context, f"deck.{unit}/c-{number}", 1)
        units = [item.partition("/")[0] for item in due_ids(context)]
        assert len(units) == 6
        assert all(one != other for one, other in pairwise(units))

    @pytest.mark.parametrize(("cap", "asked"), [(15, 15), (10, 15), (8, 12), (6, 9), (4, 8)])
    def test_the_cap_and_the_limit(self, context: Context, deck: Path, cap: int, asked: int) -> None:
        """A backlog is worked off with up to twice the cap, and what is left of it in one go."""
        for unit in UNITS:
            for number in range(CARDS_EACH):
                make_due(context, f"deck.{unit}/c-{number}", number)
        (deck / "config" / "config.toml").write_text(f"review_cap = {cap}\n", encoding="utf-8")
        del context.__dict__["settings"]
        for days in (1, 2, 3, 4):  # long enough back for a backlog to be worked off
            record(context, TimeLogged(600), day=MONDAY - timedelta(days=days))
        view = review_queue.review(context, WantedItems())
        assert (len(view.due), view.counts.due) == (asked, 15)
        overdue = sorted((item.overdue_days for item in view.due), reverse=True)
        assert overdue == [4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1, 0, 0, 0][:asked]
        assert len(ids(context, limit=9)) == 9
        assert len(ids(context, limit=100)) == 15
        assert len(ids(context, limit=2, subject="deck.two")) == 2

    def test_after_a_break_the_queue_is_short_and_grows(self, context: Context, deck: Path) -> None:
        (deck / "config" / "config.toml").write_text("review_cap = 8\n", encoding="utf-8")
        for unit in UNITS:
            for number in range(CARDS_EACH):
                make_due(context, f"deck.{unit}/c-{number}", 6 + number)
        assert context.today - context.store.studied_before(context.today, 1)[0] == timedelta(days=16)
        assert len(due_ids(context)) == 4
        plan = day_plan.compute_plan(context, 120).blocks
        assert plan[0].why.startswith("Back after 15 days: 4 of 15 due")
        for number, expected in enumerate((6, 8, 12)):
            day = MONDAY + timedelta(days=number)
            record(context, TimeLogged(600))
            at(context, f"{day + timedelta(days=1)}T20:00:00+01:00")
            assert len(due_ids(context)) == expected

    def test_estimates_follow_the_learner(self, context: Context) -> None:
        learn(context, "deck.one")
        before = review_queue.review(context, WantedItems()).new[0].minutes
        for number in range(CARDS_EACH):
            grade.record_answer(context, f"deck.two/c-{number}", 3, 60, MONDAY)
        after = review_queue.review(context, WantedItems()).new[0].minutes
        assert after == pytest.approx(before * (20 + CARDS_EACH / before) / (20 + CARDS_EACH))
        assert after > before

    def test_cards_from_behind(self, context: Context) -> None:
        learn(context, "kinds.all")
        assert ids(context, reverse=True) == ["kinds.all/both-ways"]

    def test_new_cards_come_from_units_being_learned(self, context: Context) -> None:
        assert ids(context) == []
        learn(context, "deck.two")
        found = review_queue.review(context, WantedItems())
        assert {item.unit for item in found.new} == {"deck.two"}
        assert all(item.due is None for item in found.new)

    def test_new_cards_come_as_far_as_the_unit_is_done(self, context: Context) -> None:
        learn(context, "deck.two", seconds=600)
        assert ids(context) == [], "ten minutes of two hours are not a card of five"
        learn(context, "deck.two", seconds=3000)
        assert ids(context) == [], "nor is an hour, as long as it is not done"
        record(context, StepMarked("deck.two", "deck.two/study", "done"))
        assert len(ids(context)) == CARDS_EACH

    def test_new_cards_are_limited_by_the_day(self, context: Context, deck: Path) -> None:
        learn(context, "deck.one", "deck.two")
        assert len(ids(context)) == 10
        for item in ids(context)[:7]:
            grade.record_answer(context, item, 3, 5, MONDAY)
        assert len(ids(context)) == 3, "those already met today count"
        at(context, "2026-11-24T20:00:00+01:00")
        (deck / "config" / "config.toml").write_text("goal = 24\n", encoding="utf-8")
        del context.__dict__["settings"]
        assert len(review_queue.review(context, WantedItems()).new) == 2

    def test_today_s_plan_comes_first(self, context: Context) -> None:
        for number in range(4):
            make_due(context, f"deck.one/c-{number}", 10 - number)
        planned = ("deck.one/c-3", "deck.one/c-2", "gone.unit/card")
        block = Block("review", 5, "2 cards", items=planned)
        record(context, DayPlanned(120, (block.to_data(),), replanned=True))
        assert due_ids(context) == ["deck.one/c-3", "deck.one/c-2", "deck.one/c-0", "deck.one/c-1"]
        grade.record_answer(context, "deck.one/c-3", 3, 5, MONDAY)
        assert due_ids(context)[0] == "deck.one/c-2"
        assert ids(context, limit=1) == ["deck.one/c-2"]

    def test_exercises_come_after_the_cards(self, context: Context) -> None:
        make_due(context, "kinds.all/build", 30, gap=1)
        make_due(context, "deck.one/c-0", 0)
        assert due_ids(context) == ["deck.one/c-0", "kinds.all/build"]
        assert ids(context)[-1] == "kinds.all/build"
        assert due_ids(context, only="cards") == ["deck.one/c-0"]
        assert ids(context, only="exercises") == ["kinds.all/build"]

    def test_a_named_unit_offers_its_exercises(self, context: Context) -> None:
        assert ids(context, only="exercises", subject="kinds.all") == ["kinds.all/build", "kinds.all/explain"]
        assert ids(context, only="exercises", subject="kinds") == []

    def test_subjects_units_and_tracks(self, context: Context) -> None:
        make_due(context, "kinds.all/hidden", 0)
        make_due(context, "deck.one/c-0", 0)
        make_due(context, "deck.two/c-0", 0)
        assert set(due_ids(context, subject="deck")) == {"deck.one/c-0", "deck.two/c-0"}
        assert due_ids(context, subject="two") == ["deck.two/c-0"]
        assert due_ids(context, subject="ml") == ["kinds.all/hidden"]
        assert {id.partition("/")[0] for id in ids(context, subject="two")} == {"deck.two"}
        with pytest.raises(NotFoundError):
            ids(context, subject="nothing-like-it")

    def test_ahead_of_time(self, context: Context) -> None:
        make_due(context, "deck.one/c-0", -3)
        assert due_ids(context) == []
        view = review_queue.review(context, WantedItems())
        assert (view.next_due, view.next_count) == (MONDAY + timedelta(days=3), 1)
        assert due_ids(context, ahead=2) == []
        assert due_ids(context, ahead=3) == ["deck.one/c-0"]
        assert review_queue.review(context, WantedItems(ahead=3)).due[0].overdue_days == 0
        grade.record_answer(context, "deck.one/c-0", 3, 5, MONDAY)
        assert due_ids(context, ahead=30) == [], "recalled today: not again in a circle"

    def test_one_item_by_name_due_or_not(self, context: Context) -> None:
        assert ids(context, item="deck.one/c-1") == ["deck.one/c-1"]
        with pytest.raises(UsageError, match="ambiguous"):
            ids(context, item="c-1")

    @pytest.mark.parametrize("wanted", [{"limit": 0}, {"limit": -1}, {"ahead": -1}, {"ahead": 366}, {"only": "papers"}])
    def test_what_cannot_be_wanted(self, context: Context, wanted: dict[str, object]) -> None:
        with pytest.raises(UsageError):
            ids(context, **wanted)

    def test_a_cloze_question_keeps_its_secret(self, context: Context) -> None:
        make_due(context, "kinds.all/hidden", 0)
        question = review_queue.review(context, WantedItems()).due[0].question
        assert question == r"In $A = […] \Sigma V^T$ the diagonal of $\Sigma$ holds the […]."


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def begin(context: Context, *items: str, due: bool = True, manner: Manner = USUAL) -> tuple[ReviewSession, Clock]:
    """Begin a session over these items."""
    heads = context.catalog.heads(items)
    entries = [QueueEntry(heads[item], MONDAY.isoformat() if due else "") for item in items]
    clock = Clock()
    return ReviewSession(context, entries, clock, manner=manner), clock


def press(session: ReviewSession, *keys: str) -> None:
    """Press keys; a word of several letters that is no key's name is typed letter by letter."""
    names = ("space", "enter", "backspace", "escape", "ctrl-c", "end", "resize", "up")
    for word in keys:
        for key in [word] if word in names else word:
            session.press(key)


def graded(context: Context) -> list[tuple[str, int, int]]:
    """Return item, rating and seconds of the answers that count."""
    rows = context.store.connection.execute(
        "SELECT json_extract(data, '$.item'), json_extract(data, '$.rating'), json_extract(data, '$.seconds')"
        " FROM event WHERE kind = 'item_graded' AND id NOT IN (SELECT event FROM revoked) ORDER BY number"
    ).fetchall()
    return [(item, rating, seconds) for item, rating, seconds in rows]


def cards(count: int) -> list[str]:
    return [f"deck.{unit}/c-{number}" for unit in UNITS for number in range(CARDS_EACH)][:count]


class TestSitting:
    def test_an_answer_is_written_at_once(self, context: Context, deck: Path) -> None:
        session, clock = begin(context, *cards(2))
        press(session, "space")
        clock.seconds += 7.4
        press(session, "3")
        other = Context(context.environment)
        assert graded(other) == [("deck.one/c-0", 3, 7)]
        other.close()
        assert session.view().item == "deck.one/c-1"
        assert not session.done

    def test_grades_count_only_when_the_answer_is_open(self, context: Context) -> None:
        session, _ = begin(context, *cards(1))
        assert session.view().intervals == ()
        press(session, "3")
        assert graded(context) == []
        assert "space" in session.view().note
        press(session, "enter", "enter")
        assert session.view().phase == "answer"
        assert session.view().intervals == grade.next_intervals(context, "deck.one/c-0")
        assert graded(context) == []

    def test_what_was_shown_is_what_is_written(self, context: Context) -> None:
        session, _ = begin(context, *cards(1))
        press(session, "space")
        shown = session.view().intervals
        press(session, "4")
        state = review_items.item_state(context, "deck.one/c-0")
        assert state is not None
        assert state.interval == shown[3]

    def test_a_failed_card_comes_back_until_it_is_recalled(self, context: Context) -> None:
        session, _ = begin(context, *cards(12))
        press(session, "space", "1")
        for _ in range(8):
            assert not session.view().repeated
            press(session, "space", "3")
        assert (session.view().item, session.view().repeated) == ("deck.one/c-0", True)
        press(session, "space", "1")
        for _ in range(3):
            press(session, "space", "3")
        assert session.view().item == "deck.one/c-0"
        press(session, "space", "2")
        assert session.done
        assert [rating for item, rating, _ in graded(context) if item == "deck.one/c-0"] == [1, 1, 2]

    def test_a_failed_card_comes_back_before_the_exercises_which_do_not(self, context: Context) -> None:
        session, _ = begin(context, "deck.one/c-0", "deck.one/c-1", "kinds.all/explain")
        press(session, "space", "1", "space", "3")
        assert session.view().item == "deck.one/c-0"
        press(session, "space", "3", "space", "1")
        assert session.done

    def test_undo_takes_back_any_number_of_answers(self, context: Context) -> None:
        session, _ = begin(context, *cards(4))
        press(session, "space", "3", "space", "1", "space", "4")
        assert len(graded(context)) == 3
        press(session, "u")
        assert (session.view().item, session.view().phase) == ("deck.one/c-2", "answer")
        press(session, "u", "u")
        assert graded(context) == []
        assert (session.view().item, session.view().position, session.view().total) == ("deck.one/c-0", 1, 4)
        press(session, "u")
        assert session.view().note == "nothing was done yet"
        press(session, "2")
        assert graded(context) == [("deck.one/c-0", 2, 0)]
        press(session, "space", "3", "space", "3")
        assert session.view().item == "deck.one/c-3", "the failed one of the undone branch is not asked twice"

    def test_undo_keeps_the_time_spent(self, context: Context) -> None:
        session, clock = begin(context, *cards(2))
        clock.seconds += 20
        press(session, "space", "1")
        clock.seconds += 3
        press(session, "u")
        clock.seconds += 2
        press(session, "3")
        assert graded(context) == [("deck.one/c-0", 3, 22)]

    def test_each_answer_is_a_step_of_undo_afterwards(self, context: Context) -> None:
        from mlcoach.services.upkeep import undo

        session, _ = begin(context, *cards(3))
        press(session, "space", "3", "space", "3", "q")
        assert len(undo.steps(context).steps) == 2
        undo.undo(context)
        assert graded(context) == [("deck.one/c-0", 3, 0)]

    def test_time_left_alone_is_capped(self, context: Context) -> None:
        session, clock = begin(context, "deck.one/c-0", "kinds.all/build", "kinds.all/explain")
        clock.seconds += 7200
        press(session, "space", "3")
        clock.seconds += 3000
        press(session, "space", "space", "3")
        clock.seconds += 100_000
        press(session, "space", "3")
        assert [seconds for _, _, seconds in graded(context)] == [60, 3000, 3600]

    def test_bury_and_suspend(self, context: Context) -> None:
        for item in cards(3):
            make_due(context, item, 1)
        session, _ = begin(context, *cards(3))
        press(session, "b", "s")
        assert session.view().item == "deck.one/c-2"
        assert due_ids(context) == ["deck.one/c-2"]
        assert context.store.next_due(MONDAY) == (MONDAY + timedelta(days=1), 1), "what is buried comes back"
        at(context, "2026-11-24T20:00:00+01:00")
        assert due_ids(context) == ["deck.one/c-0", "deck.one/c-2"]
        press(session, "u", "u")
        assert session.view().item == "deck.one/c-0"
        assert set(due_ids(context)) == set(cards(3))

    def test_a_flag_goes_on_and_off(self, context: Context) -> None:
        session, _ = begin(context, *cards(1))
        press(session, "f")
        assert session.view().flagged
        press(session, "f")
        assert not session.view().flagged
        press(session, "u")
        assert session.view().flagged
        assert not session.done

    @pytest.mark.parametrize(("key", "interrupted"), [("q", False), ("end", False), ("ctrl-c", True)])
    def test_ending_keeps_what_was_answered(self, context: Context, key: str, interrupted: bool) -> None:
        session, _ = begin(context, *cards(3))
        press(session, "space", "3", "space", key)
        assert (session.done, session.interrupted) == (True, interrupted)
        press(session, "3", "space")
        assert len(graded(context)) == 1

    def test_keys_without_a_meaning_do_nothing(self, context: Context) -> None:
        session, _ = begin(context, *cards(1))
        before = session.view()
        press(session, "x7й", "up", "resize", "backspace", "escape")
        session.press("")
        assert session.view() == before
        assert not context.places.database.exists()

    def test_an_answer_after_the_rollover_belongs_to_the_new_day(self, context: Context) -> None:
        at(context, "2026-11-24T03:59:00+01:00")
        session, _ = begin(context, *cards(2))
        press(session, "space", "3")
        context.environment = {**context.environment, "MLCOACH_NOW": "2026-11-24T04:01:00+01:00"}
        press(session, "space", "3")
        assert context.store.day(MONDAY).reviews == 1
        assert context.store.day(MONDAY + timedelta(days=1)).reviews == 1

    def test_rows_are_folds_after_all_of_it(self, context: Context) -> None:
        session, _ = begin(context, *cards(5))
        press(session, "space", "1", "space", "3", "u", "2", "f", "b", "u", "s", "space", "4", "u", "u")
        connection = context.store.connection
        for key in all_keys(connection):
            assert stored_row(connection, key) == row_of(connection, key)

    def test_a_leech_is_spoken_about_when_it_comes_back(self, context: Context) -> None:
        for number in range(16):
            at(context, f"{MONDAY + timedelta(days=3 * number)}T20:00:00+01:00")
            if number < 15:
                grade.record_answer(context, "deck.one/c-0", 3 if number % 2 == 0 else 1, 5, context.today)
        session, _ = begin(context, *cards(2))
        press(session, "space")
        assert session.view().leech_lapses == 0
        press(session, "1", "space", "3")
        assert session.view().leech_lapses == 8
        press(session, "space", "3")
        assert [(item.item, item.leech) for item in session.summary().hard] == [("deck.one/c-0", True)]


class TestNumbers:
    def test_right_is_graded_by_the_machine(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/third", *cards(1))
        press(session, "1/3", "enter")
        view = session.view()
        assert (view.verdict, view.graded, view.phase, view.answer) == ("right", 3, "answer", "0.333 (± 0.001)")
        assert graded(context) == [("kinds.all/third", 3, 0)]
        press(session, "space")
        assert session.view().item == "deck.one/c-0"
        assert len(graded(context)) == 1

    def test_wrong_comes_back(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/third")
        press(session, "0.5", "enter")
        assert (session.view().verdict, session.view().graded) == ("wrong", 1)
        press(session, "enter")
        assert (session.view().repeated, session.view().typed) == (True, "")
        press(session, ".333", "enter", "space")
        assert session.done

    def test_the_learner_may_correct_the_machine(self, context: Context) -> None:
        session, clock = begin(context, "kinds.all/third", *cards(1))
        clock.seconds += 10
        press(session, "0.34", "enter")
        shown = session.view().intervals
        press(session, "2")
        assert graded(context) == [("kinds.all/third", 2, 10)]
        state = review_items.item_state(context, "kinds.all/third")
        assert state is not None
        assert (state.repetitions, state.interval) == (1, shown[1])
        assert session.view().item == "deck.one/c-0"
        press(session, "u")
        assert graded(context) == []
        assert (session.view().phase, session.view().typed) == ("question", "0.34")

    def test_a_slip_of_two_numbers_is_no_answer(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/third")
        press(session, "1", "space", "1", "enter")
        assert (session.view().phase, graded(context)) == ("question", [])
        assert "`1 1` is not a number" in session.view().note

    def test_a_question_mark_shows_the_answer_to_who_does_not_know_it(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/third")
        press(session, "?")
        assert (session.view().phase, graded(context)) == ("answer", [])
        assert "1 where you did not know it" in session.view().note
        press(session, "1")
        assert len(graded(context)) == 1

    def test_what_is_no_number_is_asked_again(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/third")
        press(session, "1/", "enter")
        assert (session.view().phase, session.view().typed) == ("question", "1/")
        assert "`1/` is not a number" in session.view().note
        assert graded(context) == []
        press(session, "3", "enter")
        assert session.view().verdict == "right"

    def test_typing_and_its_corrections(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/third")
        press(session, "3.33", "backspace", "e-1")
        assert session.view().typed == "3.3e-1"
        press(session, "escape", "x33")
        assert session.view().typed == "33"
        press(session, "9" * 60)
        assert len(session.view().typed) == 40

    def test_a_number_may_be_revealed_and_graded_by_oneself(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/third")
        press(session, "space")
        assert (session.view().phase, session.view().verdict, session.view().graded) == ("answer", "", 0)
        press(session, "4")
        assert graded(context) == [("kinds.all/third", 4, 0)]

    def test_letters_where_digits_are_typed_say_so_and_do_nothing(self, context: Context) -> None:
        edited: list[str] = []
        head = context.catalog.heads(["kinds.all/third"])["kinds.all/third"]
        session = ReviewSession(context, [QueueEntry(head)], Clock(), lambda item: edited.append(item) or "")
        for key in "abefgsxyz":
            press(session, key)
            assert session.view().note.startswith("digits please")
        assert (session.done, session.view().phase, edited, graded(context)) == (False, "question", [], [])
        assert session.view().keys_act is False
        press(session, "escape", "e")
        assert edited == ["kinds.all/third"]
        press(session, "b")
        assert (session.done, session.summary().put_off) == (True, ("What is one third?",))

    def test_what_was_set_aside_is_named_at_the_end_but_not_what_was_taken_back(self, context: Context) -> None:
        session, _ = begin(context, *cards(3))
        press(session, "s", "b", "u", "q")
        assert (len(session.summary().set_aside), session.summary().put_off) == (1, ())


class TestOtherKinds:
    def test_an_exercise_opens_step_by_step(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/build")
        press(session, "h")
        assert (session.view().hints, session.view().hints_left) == (("first",), 1)
        press(session, "space")
        assert (session.view().phase, session.view().check) == ("check", "It runs.")
        press(session, "hh")
        assert session.view().hints == ("first", "second")
        assert session.view().note == "that was the last hint"
        press(session, "space")
        assert (session.view().phase, session.view().answer) == ("answer", "Here.")
        press(session, "3")
        assert session.done

    def test_an_exercise_may_be_graded_after_its_check(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/build")
        press(session, "space", "4")
        assert graded(context) == [("kinds.all/build", 4, 0)]

    def test_a_card_that_goes_both_ways_turns_round(self, context: Context) -> None:
        item = "kinds.all/both-ways"
        session, _ = begin(context, item)
        assert (session.view().question, session.view().answer) == ("Kyiv", "Київ")
        press(session, "space", "1")
        assert session.view().question == "Kyiv", "within a session it stays"
        press(session, "q")
        session, _ = begin(context, item)
        assert (session.view().question, session.view().answer) == ("Київ", "Kyiv")

    def test_hints_are_for_exercises(self, context: Context) -> None:
        session, _ = begin(context, *cards(1))
        press(session, "h")
        assert session.view().note == "there are no hints to this one"


class TestEditing:
    def test_time_in_the_editor_does_not_count(self, context: Context) -> None:
        heads = context.catalog.heads(cards(1))
        clock = Clock()

        def edit(item: str) -> str:
            clock.seconds += 500
            return f"{item} changed"

        session = ReviewSession(context, [QueueEntry(heads["deck.one/c-0"])], clock, edit)
        clock.seconds += 5
        press(session, "e")
        assert session.view().note == "deck.one/c-0 changed"
        press(session, "space", "3")
        assert graded(context) == [("deck.one/c-0", 3, 5)]

    def test_a_mistake_is_a_note_and_not_the_end(self, context: Context) -> None:
        def edit(item: str) -> str:
            raise UsageError("no editor was found", "choose one")

        head: ItemHead = context.catalog.heads(cards(1))["deck.one/c-0"]
        session = ReviewSession(context, [QueueEntry(head)], Clock(), edit)
        press(session, "e")
        assert session.view().note == "no editor was found. choose one"

    @pytest.mark.parametrize("name", ["hidden", "third", "prints", "both-ways", "build", "explain"])
    def test_what_the_editor_gets_reads_back_as_it_was(self, context: Context, name: str) -> None:
        import tomllib

        keys = editable_keys(text.load_item(context, f"kinds.all/{name}"))
        assert keys
        assert tomllib.loads(as_text(f"kinds.all/{name}", keys)) == keys


class TestSummary:
    def test_the_summary_of_a_session(self, context: Context) -> None:
        session, clock = begin(context, *cards(3))
        for key in ("1", "3", "3", "2"):
            clock.seconds += 30
            press(session, "space", key)
        summary = session.summary()
        assert (summary.answers, summary.items, summary.due, summary.recalled, summary.new) == (4, 3, 3, 2, 0)
        assert (summary.seconds, summary.minutes_of_day.done) == (120, 2)
        assert [item.question for item in summary.hard] == ["Question 0 of one?"]

    def test_a_card_about_code_is_distinguished_from_the_others(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/prints")
        press(session, "space", "2")
        assert session.summary().hard[0].question == "What does it print? · print(1 + 1)"

    def test_new_cards_are_met_and_not_forgotten(self, context: Context) -> None:
        session, _ = begin(context, *cards(2), due=False)
        assert session.view().is_new
        press(session, "space", "1", "space", "3", "space", "3")
        summary = session.summary()
        assert (summary.due, summary.recalled, summary.new) == (0, 0, 2)

    def test_what_was_undone_is_not_counted(self, context: Context) -> None:
        session, _ = begin(context, *cards(2))
        press(session, "space", "1", "u", "q")
        assert session.summary().answers == 0


class TestCram:
    def test_nothing_is_written_and_the_likeliest_forgotten_comes_first(self, context: Context) -> None:
        from mlcoach.services.review.cram import Cram, cram_queue

        fresh = cram_queue(context, "math.la.vectors")
        grade.record_answer(context, fresh[3].head.id, 3, 5, context.today)
        grade.record_answer(context, fresh[5].head.id, 1, 5, context.today)
        entries = cram_queue(context, "math.la.vectors")
        assert [entry.head.id for entry in entries[:2]] == [fresh[3].head.id, fresh[5].head.id]
        assert (
            len(entries)
            == len(fresh)
            == len([head for head in context.catalog.items("math.la.vectors") if head.kind == "card"])
        )
        before = context.store.connection.execute("SELECT count(*) FROM event").fetchall()
        session = Cram(context, entries, lambda: 0.0)
        for _ in range(3):
            session.press("space")
            assert session.view().intervals == ()
            session.press("1")
        session.press("u")
        session.press("s")
        session.press("b")
        assert context.store.connection.execute("SELECT count(*) FROM event").fetchall() == before
        assert session.summary().answers == 2

    def test_a_card_not_recalled_comes_back_in_the_session(self, context: Context) -> None:
        from mlcoach.services.review.cram import Cram, cram_queue

        session = Cram(context, cram_queue(context, "math.la.vectors", 1), lambda: 0.0)
        first = session.view().item
        session.press("space")
        session.press("1")
        assert session.view().item == first
        session.press("space")
        session.press("3")
        assert session.done

    def test_a_name_without_cards(self, context: Context) -> None:
        from mlcoach.errors import NotFoundError
        from mlcoach.services.review.cram import cram_queue

        with pytest.raises(NotFoundError):
            cram_queue(context, "nothing.like.it")


def test_cards_wait_when_the_minutes_are_used_up_and_come_when_their_unit_is_named(mlcoach: Program) -> None:
    mlcoach("log 3h math.la.vectors")
    mlcoach("today --replan")
    assert "More new cards wait: mlcoach review --subject math.la.vectors" in mlcoach("review").out
    named = json.loads(mlcoach("review --subject math.la.vectors --json").out)["data"]
    assert named["counts"]["new"] == 10


SURE = Manner(confidence=True)


class TestConfidence:
    def test_it_is_asked_before_the_answer_and_kept_with_it(self, context: Context) -> None:
        session, _ = begin(context, *cards(2), manner=SURE)
        press(session, "space")
        assert session.view().phase == "confidence"
        press(session, "space", "x", "5")
        assert session.view().phase == "confidence"
        press(session, "2")
        assert session.view().phase == "answer"
        press(session, "3", "space", "4", "1")
        rows = context.store.connection.execute(
            "SELECT json_extract(data, '$.confidence'), json_extract(data, '$.rating') FROM event"
            " WHERE kind = 'item_graded' ORDER BY number"
        ).fetchall()
        assert rows == [(2, 3), (4, 1)]
        assert context.store.confidence() == [(2, 1, 1), (4, 1, 0)]

    def test_a_number_is_typed_first(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/third", manner=SURE)
        press(session, "0.33", "enter")
        assert (session.view().phase, session.view().typed) == ("confidence", "0.33")
        press(session, "3")
        assert (session.view().phase, session.view().verdict) == ("answer", "wrong")
        assert context.store.confidence() == [(3, 1, 0)]

    def test_what_is_no_number_is_not_sure_of_anything(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/third", manner=SURE)
        press(session, "1.2.3", "enter")
        assert session.view().phase == "question"
        assert "not a number" in session.view().note

    def test_an_exercise_asks_once_and_then_how_to_check(self, context: Context) -> None:
        session, _ = begin(context, "kinds.all/build", manner=SURE)
        press(session, "space", "4")
        assert session.view().phase == "check"
        press(session, "space", "3")
        assert context.store.confidence() == [(4, 1, 1)]

    def test_undo_takes_it_back(self, context: Context) -> None:
        session, _ = begin(context, *cards(1), *cards(2)[1:], manner=SURE)
        press(session, "space", "2", "3", "u")
        assert session.view().phase == "answer"
        assert context.store.confidence() == []


def test_a_two_sided_card_may_be_asked_from_behind(context: Context) -> None:
    session, _ = begin(context, "kinds.all/both-ways", manner=Manner(reverse=True))
    assert session.view().question == "Київ"


def test_a_card_that_was_rewritten_says_so_and_keeps_its_progress(context: Context, deck: Path) -> None:
    file = deck / "config" / "curriculum" / "deck.toml"
    before = file.read_text(encoding="utf-8")
    grade.record_answer(context, "deck.one/c-0", 3, 5, MONDAY)
    try:
        file.write_text(before.replace("Answer 0.", "Another answer.", 1), encoding="utf-8")
        context.reopen_catalog()
        at(context, "2026-11-30T20:00:00+01:00")
        session, _ = begin(context, "deck.one/c-0", "deck.two/c-0")
        assert session.view().changed
        state = review_items.item_state(context, "deck.one/c-0")
        assert state is not None
        assert state.repetitions == 1
        answer = grade.record_answer(context, "deck.one/c-0", 3, 5, context.today)
        assert answer.changed
        assert not grade.record_answer(context, "deck.one/c-0", 3, 5, context.today).changed
        assert not grade.record_answer(context, "deck.two/c-0", 3, 5, context.today).changed
    finally:
        file.write_text(before, encoding="utf-8")
        context.reopen_catalog()
