"""The folds: from the events of a key to its state."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.day.progress import TimerState, UnitState, fold_day, fold_timer, fold_unit
from mlcoach.domain.day.unit_status import ItemTally, open_requirements, unit_status
from mlcoach.domain.day.units import has_taught, reached_share
from mlcoach.domain.events import (
    DayOpened,
    DayPlanned,
    Event,
    ItemGraded,
    ItemMarked,
    ItemScheduled,
    RestCleared,
    RestPlanned,
    StepMarked,
    TimeLogged,
    TimerCancelled,
    TimerStarted,
    TimerStopped,
    UnitMarked,
)
from mlcoach.domain.habit.rest import fold_rest
from mlcoach.domain.memory import fsrs6, intervals
from mlcoach.domain.memory import recall as memory_recall
from mlcoach.domain.memory.items import ItemState, fold_item
from mlcoach.domain.paper_events import PaperCardMade, PassFinished
from tests.store.journals import FITTED

MONDAY = date(2026, 11, 23)
MINUTE = 60 * 1_000_000
ITEM = "math.la.eigen/eig-def"


def event(body: Any, day: date = MONDAY, at: int = 0, seq: int = 1, backdated: bool = False) -> Event:
    """An event `at` minutes into its day; its id is `e` and its seq."""
    instant = day.toordinal() * 24 * 60 * MINUTE + at * MINUTE
    return Event(f"e{seq}", instant, 60, day, instant, "device", seq, f"c{seq}", body, backdated)


def graded(seq: int, day: date, rating: int, due: date | None = None, after: str = "") -> Event:
    return event(ItemGraded(ITEM, rating, 10, due.isoformat() if due else "", after), day, at=seq, seq=seq)


def timer(began: int, ended: int, day: date = MONDAY, **more: Any) -> Event:
    base = day.toordinal() * 24 * 60 * MINUTE
    return event(TimerStopped(base + began * MINUTE, base + ended * MINUTE, **more), day, at=ended, seq=900 + ended)


class TestDay:
    def test_time_is_summed_in_seconds(self) -> None:
        day = fold_day([event(TimeLogged(90, unit="a.b")), event(TimeLogged(45, paper="p"), seq=2)], MONDAY)
        assert (day.seconds, day.units, day.papers) == (135, {"a.b": 90}, {"p": 45})

    def test_answers_inside_a_timer_add_nothing(self) -> None:
        answer = event(ItemGraded(ITEM, 3, 30, ""), at=10)
        assert fold_day([answer], MONDAY).seconds == 30
        assert fold_day([answer, timer(0, 20)], MONDAY).seconds == 20 * 60

    def test_an_answer_half_inside_a_timer_adds_the_other_half(self) -> None:
        finished = event(PassFinished("p", 1, "stop", seconds=600), at=15)
        assert fold_day([finished, timer(10, 30)], MONDAY).seconds == 20 * 60 + 300

    def test_a_backdated_pass_is_never_inside_a_timer(self) -> None:
        finished = event(PassFinished("p", 1, "stop", seconds=600), at=15, backdated=True)
        assert fold_day([finished, timer(0, 30)], MONDAY).seconds == 30 * 60 + 600

    def test_a_timer_over_the_rollover_belongs_to_the_day_it_began(self) -> None:
        tuesday = MONDAY + timedelta(days=1)
        stopped = timer(23 * 60, 25 * 60, stopped_on=tuesday.isoformat())
        late_answer = event(ItemGraded(ITEM, 3, 30, ""), tuesday, at=30)
        assert fold_day([stopped], MONDAY).seconds == 2 * 3600
        assert fold_day([stopped, late_answer], tuesday).seconds == 0

    def test_the_first_frame_and_the_first_plan_hold(self) -> None:
        day = fold_day(
            [
                event(DayOpened(120, 20)),
                event(DayPlanned(120, ({"kind": "study"},)), seq=2),
                event(DayOpened(30, 10), seq=3),
                event(DayPlanned(30, ()), seq=4),
            ],
            MONDAY,
        )
        assert (day.goal, day.floor, day.planned_minutes, day.plan) == (120, 20, 120, ({"kind": "study"},))

    PLAN = (
        {"kind": "review", "minutes": 5, "title": "1 card", "items": [ITEM]},
        {"kind": "study", "minutes": 50, "title": "A", "unit": "a.b", "parts": [[50, "a.b/x"]]},
        {"kind": "close", "minutes": 3, "title": "one line"},
    )

    @pytest.mark.parametrize(
        ("left_out", "adds_up", "finished"),
        [(None, True, True), (None, False, False), (0, True, False), (1, True, False), (2, True, False)],
    )
    def test_a_plan_done_to_its_last_block_is_a_finished_day(
        self, left_out: int | None, adds_up: bool, finished: bool
    ) -> None:
        """Plans of older releases stay what they were: their days were judged by minutes alone."""
        done = [ItemGraded(ITEM, 3, 10, ""), StepMarked("a.b", "a.b/x", "done"), TimeLogged(60, "a.b", note="a line")]
        bodies = [body for number, body in enumerate(done) if number != left_out]
        frame = event(DayPlanned(120, self.PLAN, adds_up=adds_up))
        day = fold_day([frame, *(event(body, at=n, seq=n + 2) for n, body in enumerate(bodies))], MONDAY)
        assert day.finished is finished

    def test_what_is_put_off_or_set_aside_no_longer_waits(self) -> None:
        plan = event(DayPlanned(120, self.PLAN[:1], adds_up=True))
        for mark in (ItemMarked(ITEM, "buried", "2026-11-24"), ItemMarked(ITEM, "suspended")):
            day = fold_day([plan, event(mark, seq=2), event(TimeLogged(60), seq=3)], MONDAY)
            assert (day.answered, day.finished) == ((ITEM,), True)

    def test_nothing_studied_is_no_finished_day(self) -> None:
        plan = event(DayPlanned(120, self.PLAN[1:2], adds_up=True))
        assert not fold_day([plan, event(UnitMarked("a.b", "skipped"), seq=2)], MONDAY).finished

    def test_a_plan_that_was_asked_for_replaces_the_first(self) -> None:
        replanned = event(DayPlanned(45, (), replanned=True), seq=2)
        assert fold_day([event(DayPlanned(120, ({"kind": "study"},))), replanned], MONDAY).planned_minutes == 45

    def test_items_asked_again_on_a_later_day_and_those_of_them_recalled_are_counted(self) -> None:
        """Hard is recalled; an answer that follows one of the same day asks for nothing that was known before."""
        answers = [
            event(ItemGraded("a.b/1", 2, 5, "", "earlier-1"), seq=1),
            event(ItemGraded("a.b/2", 1, 5, "", "earlier-2"), seq=2),
            event(ItemGraded("a.b/2", 3, 5, "", "e2"), seq=3),
            event(ItemGraded("a.b/3", 3, 5, ""), seq=4),
            event(ItemGraded("a.b/4", 4, 5, "", "earlier-4"), seq=5),
        ]
        day = fold_day(answers, MONDAY)
        assert (day.reviews, day.asked, day.recalled) == (5, 3, 2)

    def test_notes_and_ended_passes_are_counted(self) -> None:
        day = fold_day([event(TimeLogged(60, note="clicked")), event(PassFinished("p", 1, "stop"), seq=2)], MONDAY)
        assert (day.notes, day.passes) == (1, ("p",))


class TestItem:
    def test_the_due_day_that_was_chosen_is_kept_while_its_grade_still_follows(self) -> None:
        second = MONDAY + timedelta(days=3)
        state = fold_item(
            [graded(1, MONDAY, 3, MONDAY + timedelta(days=3)), graded(2, second, 3, second + timedelta(days=99), "e1")],
            ITEM,
        )
        assert (state.due, state.interval) == ((second + timedelta(days=99)).isoformat(), 99)

    def test_a_grade_that_came_between_makes_the_item_choose_again(self) -> None:
        second = MONDAY + timedelta(days=3)
        between = graded(3, MONDAY + timedelta(days=1), 1, MONDAY + timedelta(days=2), "e1")
        later = graded(2, second, 3, second + timedelta(days=99), "e1")
        state = fold_item([graded(1, MONDAY, 3), between, later], ITEM)
        assert state.interval < 20
        assert state.last_grade == "e2"

    def test_memory_is_that_of_the_plain_replay(self) -> None:
        days = [0, 2, 9, 40]
        ratings = [3, 3, 1, 3]
        state = fold_item(
            [
                graded(n + 1, MONDAY + timedelta(days=day), rating)
                for n, (day, rating) in enumerate(zip(days, ratings, strict=True))
            ],
            ITEM,
        )
        known = None
        for gap, rating in zip([0, 2, 7, 31], ratings, strict=True):
            known = memory_recall.next_memory(known, gap, rating)
        assert known == (state.stability, state.difficulty)
        assert (state.repetitions, state.lapses) == (4, 1)

    def test_failing_twice_on_a_day_is_one_lapse(self) -> None:
        day = MONDAY + timedelta(days=5)
        state = fold_item([graded(1, MONDAY, 3), graded(2, day, 1), graded(3, day, 1)], ITEM)
        assert state.lapses == 1

    def test_first_and_last_recall(self) -> None:
        tuesday = MONDAY + timedelta(days=1)
        state = fold_item([graded(1, MONDAY, 1), graded(2, MONDAY, 3), graded(3, tuesday, 1)], ITEM)
        assert (state.first_recalled, state.last_recalled, state.last_day) == (
            MONDAY.isoformat(), MONDAY.isoformat(), tuesday.isoformat(),
        )  # fmt: skip

    def test_marks(self) -> None:
        marks = [ItemMarked(ITEM, "suspended"), ItemMarked(ITEM, "flagged"), ItemMarked(ITEM, "buried", "2026-11-24")]
        state = fold_item([event(mark, seq=n) for n, mark in enumerate(marks)], ITEM)
        assert (state.suspended, state.flagged, state.buried_until) == (True, True, "2026-11-24")
        undone = [*marks, ItemMarked(ITEM, "resumed"), ItemMarked(ITEM, "unflagged")]
        state = fold_item([event(mark, seq=n) for n, mark in enumerate(undone)], ITEM)
        assert (state.suspended, state.flagged) == (False, False)

    def test_an_answer_from_elsewhere_keeps_the_day_decided_there(self) -> None:
        first = event(ItemGraded(ITEM, 3, 9, "2026-11-30", origin="anki"), seq=1)
        second = event(ItemGraded(ITEM, 3, 9, "2027-03-01", origin="anki"), MONDAY + timedelta(days=7), seq=2)
        state = fold_item([first, second], ITEM)
        assert (state.due, state.interval, state.repetitions) == ("2027-03-01", 91, 2)

    def test_where_that_day_is_unknown_the_last_answer_gets_the_item_s_own(self) -> None:
        history = [
            event(ItemGraded(ITEM, 3, 9, "", origin="reviews"), MONDAY + timedelta(days=day), seq=n)
            for n, day in enumerate((0, 3, 20))
        ]
        state = fold_item(history, ITEM)
        known = None
        for gap in (0, 3, 17):
            known = memory_recall.next_memory(known, gap, 3)
        assert known == (state.stability, state.difficulty)
        assert state.interval == intervals.next_interval(ITEM, 2, known, 0.9, 17)
        assert state.due == (MONDAY + timedelta(days=20 + state.interval)).isoformat()

    def test_a_lapse_elsewhere_starts_afresh(self) -> None:
        """The interval before a failure is no floor for the one after it."""
        for gap in range(1, 20):
            gaps, ratings = (0, 15, 60, gap), (4, 4, 4, 1)
            day, known, events = MONDAY, None, []
            for number, (since, rating) in enumerate(zip(gaps, ratings, strict=True)):
                day += timedelta(days=since)
                events.append(event(ItemGraded(ITEM, rating, 9, "", origin="reviews"), day, seq=number))
                known = memory_recall.next_memory(known, since, rating)
            assert known is not None
            assert fold_item(events, ITEM).interval == intervals.next_interval(ITEM, 3, known, 0.9, 0)

    def test_an_answer_after_one_from_elsewhere_counts_the_days_since_as_its_interval(self) -> None:
        for gap in range(1, 40):
            later = MONDAY + timedelta(days=gap)
            state = fold_item([event(ItemGraded(ITEM, 3, 9, "", origin="reviews"), seq=1), graded(2, later, 2)], ITEM)
            known = memory_recall.next_memory(None, 0, 3)
            assert state.interval == intervals.graded(ITEM, 1, known, gap, 2, 0.9, gap).interval

    def test_what_was_due_before_it_came_waits_no_days(self) -> None:
        told = event(ItemScheduled(ITEM, "2026-11-20", 12.0, 5.0, "anki"))
        assert fold_item([told], ITEM)[2:6:3] == ("2026-11-20", 0)

    def test_a_card_begun_afresh_keeps_what_the_learner_said_of_it(self) -> None:
        marks = [ItemMarked(ITEM, "suspended"), ItemMarked(ITEM, "flagged"), ItemMarked(ITEM, "forgotten")]
        events = [graded(1, MONDAY, 3), *(event(mark, at=9, seq=n) for n, mark in enumerate(marks, start=2))]
        assert fold_item(events, ITEM) == ItemState(suspended=True, flagged=True)

    def test_a_schedule_from_elsewhere_stands_in_for_answers(self) -> None:
        told = event(ItemScheduled(ITEM, "2026-12-23", 30.0, 6.5, "anki"), seq=1)
        state = fold_item([told], ITEM)
        assert (state.stability, state.difficulty, state.due, state.interval) == (30.0, 6.5, "2026-12-23", 30)
        assert (state.repetitions, state.last_day, state.last_grade) == (1, MONDAY.isoformat(), "e1")
        answered = graded(2, MONDAY + timedelta(days=30), 3)
        after = fold_item([told, answered], ITEM)
        assert after.stability == memory_recall.next_memory(fsrs6.Memory(30.0, 6.5), 30, 3).stability

    def test_memory_follows_the_parameters_and_due_days_do_not(self) -> None:
        later = MONDAY + timedelta(days=9)
        events = [graded(1, MONDAY, 3, MONDAY + timedelta(days=9)), graded(2, later, 3, date(2027, 1, 1), "e1")]
        usual, other = fold_item(events, ITEM), fold_item(events, ITEM, FITTED)
        assert usual.due == other.due == "2027-01-01"
        first = memory_recall.next_memory(None, 0, 3, FITTED)
        assert other.stability == memory_recall.next_memory(first, 9, 3, FITTED).stability != usual.stability

    def test_the_text_that_was_answered_is_remembered(self) -> None:
        events = [event(ItemGraded(ITEM, 3, 9, "", text=text), seq=n) for n, text in enumerate(("one", "two"))]
        assert fold_item(events, ITEM).text == "two"

    @given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 4)), max_size=30))
    def test_due_never_lies_before_the_last_answer(self, answers: list[tuple[int, int]]) -> None:
        events = [graded(n, MONDAY + timedelta(days=day), rating) for n, (day, rating) in enumerate(sorted(answers))]
        state = fold_item(events, ITEM)
        assert state.due >= state.last_day
        assert state.repetitions == len(answers)


class TestUnit:
    def test_learning_from_the_first_event(self) -> None:
        assert fold_unit([event(TimeLogged(60, unit="a.b"))]) == UnitState(
            "learning", "2026-11-23", "2026-11-23", "", 60, since_step=60
        )

    def test_a_step_is_what_was_said_of_it_last_and_time_begins_anew_behind_it(self) -> None:
        said = [TimeLogged(600, unit="a.b"), StepMarked("a.b", "a.b/x", "done", 120), TimeLogged(60, unit="a.b")]
        events = [event(body, at=n, seq=n) for n, body in enumerate(said)]
        assert fold_unit(events)[4:7] == (780, {"a.b/x": "done"}, 60)
        again = [*events, event(StepMarked("a.b", "a.b/x", "open"), at=9, seq=9)]
        assert fold_unit(again).steps == {"a.b/x": "open"}

    def test_an_exercise_done_while_the_timer_runs_counts_once(self) -> None:
        inside = event(StepMarked("a.b", "a.b/x", "done", 300), at=20)
        assert fold_unit([timer(5, 30, unit="a.b"), inside]).seconds == 25 * 60

    def test_what_a_pass_rests_on_is_forgotten_with_it(self) -> None:
        marks = [UnitMarked("a.b", "passed", how="study"), UnitMarked("a.b", "learning")]
        events = [event(body, at=n, seq=n) for n, body in enumerate(marks)]
        assert (fold_unit(events[:1]).how, fold_unit(events).how) == ("study", "")

    def test_time_is_that_of_entries_and_timers(self) -> None:
        events = [event(TimeLogged(60, unit="a.b")), timer(5, 30, unit="a.b"), timer(40, 35, unit="a.b")]
        assert fold_unit(events).seconds == 60 + 25 * 60

    def test_passed_then_reopened(self) -> None:
        marks = [event(UnitMarked("a.b", mark), at=n, seq=n) for n, mark in enumerate(["passed", "learning"])]
        assert fold_unit(marks[:1]).passed_day == "2026-11-23"
        assert (fold_unit(marks).mark, fold_unit(marks).passed_day) == ("learning", "")

    def test_status_of_a_unit_without_events(self) -> None:
        assert unit_status(None, None) == ""
        assert unit_status(None, ItemTally(3, "2026-11-23")) == "", "an answer alone begins no unit"

    def test_mastered_needs_four_of_five_on_a_later_day_than_passing(self) -> None:
        passed = UnitState("passed", passed_day="2026-11-20")
        assert unit_status(passed, ItemTally(5, relearned=("2026-11-21",) * 4)) == "mastered"
        assert unit_status(passed, ItemTally(5, relearned=("2026-11-21",) * 3)) == "passed"
        assert unit_status(passed, ItemTally(5, relearned=("2026-11-20",) * 5)) == "passed"

    def test_rusty_below_seventy_per_cent(self) -> None:
        passed = UnitState("passed", passed_day="2026-01-20")
        assert unit_status(passed, ItemTally(5, recall=0.69)) == "rusty"
        assert unit_status(passed, ItemTally(5, recall=0.70)) == "passed"
        assert unit_status(UnitState("skipped"), ItemTally(5, recall=0.1)) == "skipped"

    def test_passed_mastered_rusty_and_skipped_open_what_follows(self) -> None:
        status = {"a": "passed", "b": "mastered", "c": "rusty", "d": "skipped", "e": "learning"}
        assert open_requirements("abcdef", status) == ["e", "f"]


class TestTimerAndRest:
    def test_a_timer_runs_until_it_is_stopped_or_thrown_away(self) -> None:
        started = event(TimerStarted(unit="a.b"), at=5)
        running = TimerState("e1", started.happened, "2026-11-23", "a.b", "")
        assert fold_timer([started]) == running
        assert fold_timer([started, timer(5, 30)]) is None
        assert fold_timer([started, event(TimerCancelled(), at=6, seq=2)]) is None

    def test_rest_is_kept_as_disjoint_spans(self) -> None:
        events = [
            event(RestPlanned("2026-12-01", "2026-12-05")),
            event(RestPlanned("2026-12-06", "2026-12-07"), seq=2, at=1),
            event(RestCleared("2026-12-03", "2026-12-03"), seq=3, at=2),
        ]
        assert fold_rest(events) == (("2026-12-01", "2026-12-02"), ("2026-12-04", "2026-12-07"))


def test_saying_done_twice_does_not_move_the_day_of_passing() -> None:
    """Mastery needs recall after passing: a second `done` must not take it away."""
    first = event(UnitMarked("u", "passed"), day=MONDAY)
    second = event(UnitMarked("u", "passed"), day=MONDAY + timedelta(days=9))
    assert fold_unit([first, second]).passed_day == MONDAY.isoformat()


class TestCardsFromPapers:
    """A unit of cards out of papers is there for recall: it is passed from its first card on."""

    UNIT = "papers.own.terms"

    def folded(self, *bodies: object) -> UnitState:
        days = [date(2026, 11, 20 + place) for place in range(len(bodies))]
        return fold_unit(
            Event(f"here-{place}", place, 60, day, place, "here", place, f"c-{place}", body)
            for place, (day, body) in enumerate(zip(days, bodies, strict=True))
        )

    def test_it_is_passed_by_its_first_card_and_the_last_counts_as_its_day(self) -> None:
        card = PaperCardMade("arxiv:1412.6980", f"{self.UNIT}/momentum")
        assert self.folded(card, card) == UnitState("passed", "2026-11-20", "2026-11-21", "2026-11-20")

    def test_the_learners_word_holds(self) -> None:
        card = PaperCardMade("arxiv:1412.6980", f"{self.UNIT}/momentum")
        reopened = UnitMarked(self.UNIT, "learning")
        assert self.folded(card, reopened, card).mark == "learning"
        assert self.folded(card, reopened, UnitMarked(self.UNIT, "passed"), card).mark == "passed"


@given(
    st.lists(st.tuples(st.integers(1, 300), st.booleans()), min_size=1, max_size=12),
    st.floats(0, 10_000, allow_nan=False),
)
def test_what_was_reached_of_a_unit_is_never_ahead_of_its_steps(steps: list[tuple[int, bool]], minutes: float) -> None:
    whole, done = sum(length for length, _ in steps), sum(length for length, finished in steps if finished)
    under_way = next((length for length, finished in steps if not finished), 0)
    share = reached_share(steps, minutes)
    assert done / whole <= share <= (done + under_way) / whole + 1e-9 <= 1 + 1e-9
    assert reached_share([(length, True) for length, _ in steps], minutes) == 1.0


KINDS = st.sampled_from(["reading", "exercise"])


@given(st.lists(st.tuples(KINDS, st.booleans()), max_size=12))
def test_a_unit_has_taught_once_a_reading_of_it_is_finished(steps: list[tuple[str, bool]]) -> None:
    if any(kind == "reading" for kind, _ in steps):
        assert has_taught(steps) == (("reading", True) in steps)
    else:
        assert has_taught(steps) == (("exercise", True) in steps)
