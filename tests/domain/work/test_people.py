"""Whom to write to next: reasons in the order in which they cannot wait, and intervals from the last touch."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.events import Event
from mlcoach.domain.work.people import Errand, PersonState, errand, fold_people, in_turn
from mlcoach.domain.work_events import PersonTouch, PersonTouched

MONDAY = date(2026, 11, 23)
TOUCHES: tuple[PersonTouch, ...] = ("added", "asked", "answered", "advice", "did", "gave", "thanked", "dropped")


def touched(*touches: tuple[PersonTouch, int], advice: str = "a1") -> PersonState:
    """Return the state after these touches, each some days after Monday."""
    events = [
        Event(f"e{number}", number, 0, MONDAY + timedelta(days=day), number, "d", number, "c",
              PersonTouched("p1", touch, advice if touch in ("advice", "did") else ""))
        for number, (touch, day) in enumerate(touches)
    ]  # fmt: skip
    return fold_people(events)["p1"]


def next_of(state: PersonState, weeks: int = 6) -> tuple[str, int]:
    found = errand("p1", state, weeks)
    return found.reason, (found.due - MONDAY).days


def test_somebody_new_is_asked_within_a_week() -> None:
    assert next_of(touched(("added", 0))) == ("first", 7)


def test_a_question_is_reminded_of_after_two_weeks_and_an_answer_is_thanked_for() -> None:
    assert next_of(touched(("added", 0), ("asked", 3))) == ("remind", 17)
    assert next_of(touched(("added", 0), ("asked", 3), ("answered", 5))) == ("thank", 5)
    assert next_of(touched(("added", 0), ("asked", 3), ("answered", 5), ("thanked", 6))) == ("touch", 6 + 42)


def test_advice_is_done_then_reported_back_then_the_interval_counts() -> None:
    so_far: list[tuple[PersonTouch, int]] = [("added", 0), ("asked", 1), ("advice", 2)]
    assert next_of(touched(*so_far)) == ("advice", 16)
    so_far.append(("did", 9))
    assert next_of(touched(*so_far)) == ("report", 9)
    so_far.append(("thanked", 10))
    assert next_of(touched(*so_far), weeks=2) == ("touch", 24)
    assert touched(*so_far).advice[0].reported == (MONDAY + timedelta(days=10)).isoformat()


def test_what_was_done_is_no_touch_for_they_do_not_know_of_it() -> None:
    assert touched(("added", 0), ("advice", 2), ("did", 9)).last_day == (MONDAY + timedelta(days=2)).isoformat()


def test_reports_come_before_what_is_due_for_longer() -> None:
    old = Errand("a", "touch", MONDAY - timedelta(days=90))
    report = Errand("b", "report", MONDAY)
    coming = Errand("c", "thank", MONDAY + timedelta(days=1))
    assert in_turn([coming, old, report], MONDAY) == [report, old, coming]


@given(st.lists(st.tuples(st.sampled_from(TOUCHES), st.integers(0, 400)), min_size=1, max_size=12))
def test_whatever_passed_there_is_one_next_thing(touches: list[tuple[PersonTouch, int]]) -> None:
    state = touched(*touches)
    found = errand("p1", state, 6)
    assert found.due >= MONDAY
    assert found.person == "p1"
