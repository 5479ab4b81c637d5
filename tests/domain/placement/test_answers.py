"""The fold of placement: how far it is, and how long an answer counts."""

from datetime import date, timedelta

from mlcoach.domain.events import Body, Event, PlacementAnswered, PlacementJudged
from mlcoach.domain.placement.answers import FRESH, PlacementState, fold_placement

MONDAY = date(2026, 11, 23)


def event(body: Body, day: int = 0) -> Event:
    return Event(f"e{day}", day, 0, MONDAY + timedelta(days=day), day, "aa", day, "c", body)


def answered(question: str, *, right: bool = True) -> PlacementAnswered:
    return PlacementAnswered("a", f"a/{question}", right, "self", seconds=20)


def test_a_stopped_placement_goes_on_and_a_complete_one_is_over() -> None:
    first = [event(answered("one"), 0), event(answered("two"), 1)]
    stopped = fold_placement([*first, event(PlacementJudged(2, (), complete=False), 1)])
    assert (stopped.asked, stopped.unjudged, stopped.seconds, stopped.judged) == (2, 0, 0, "")
    more = [*first, event(PlacementJudged(2, (), complete=False), 1), event(answered("three", right=False), 2)]
    going = fold_placement(more)
    assert (going.asked, going.unjudged, going.seconds) == (3, 1, 20)
    over = fold_placement([*more, event(PlacementJudged(3, ()), 2)])
    assert (over.asked, over.unjudged, over.judged, len(over.answers)) == (0, 0, "2026-11-25", 3)


def test_answers_count_for_sixty_days() -> None:
    state = fold_placement([event(answered("one"), 0), event(answered("two"), 10), event(PlacementJudged(2, ()), 10)])
    assert len(state.fresh(MONDAY + timedelta(days=FRESH))) == 2
    assert [answer.question for answer in state.fresh(MONDAY + timedelta(days=FRESH + 1))] == ["a/two"]
    assert state.is_recent(MONDAY + timedelta(days=FRESH)) and not state.is_recent(MONDAY + timedelta(days=FRESH + 11))
    assert not PlacementState().is_recent(MONDAY)
