"""A path by a day: when it fits, what falls, and what never does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.curriculum import Path, Requirement, Unit
from mlcoach.domain.day.goal import (
    THEORY,
    GoalUnit,
    aimed,
    fold_goal,
    needed_a_day,
    unit_share,
    verdict,
    weight,
    what_falls,
    with_kept,
    would_fit,
)
from mlcoach.domain.events import Body, Event, GoalSet

NAMES = "abcdefgh"


def unit(id: str, minutes: float, value: float, *requires: str, sure: bool = False) -> GoalUnit:
    return GoalUnit(id, minutes, value, requires, sure)


def events(*bodies: Body) -> list[Event]:
    day = date(2026, 12, 1)
    return [Event(f"cafe-{n}", n, 0, day, n, "cafe", n, f"c{n}", body) for n, body in enumerate(bodies, start=1)]


@pytest.mark.parametrize(
    ("there", "said"), [(1300, "fits"), (1020, "fits"), (1019, "tight"), (900, "tight"), (899, "too much")]
)
def test_it_fits_only_with_room_for_the_usual_errors(there: int, said: str) -> None:
    assert verdict(1000, there, 0.4) == said


def test_the_least_worth_falls_first_and_nothing_that_another_one_needs() -> None:
    units = [unit("base", 100, 0.1), unit("top", 100, 2, "base"), unit("side", 100, 1), unit("small", 50, 3)]
    assert what_falls(units, 350) == ()
    assert what_falls(units, 260) == ("side",)
    assert what_falls(units, 150) == ("side", "top")  # base is worth least and still stays: top stood on it
    assert what_falls(units, 60) == ("side", "top", "base")


def test_what_is_kept_or_under_way_stays_with_all_that_it_needs() -> None:
    units = [unit("base", 100, 0.1), unit("top", 100, 0.2, "base", sure=True), unit("side", 100, 9)]
    assert what_falls(units, 210) == ("side",)
    assert what_falls(units, 10) == ("side",), "nothing else can fall, however short the time"


INTERVIEWS = [
    unit("ml.found", 7, 4), unit("ml.linear", 12, 4, "ml.found"), unit("ml.eval", 12, 3, "ml.linear"),
    unit("dl.nn", 15, 1, "ml.linear"), unit("career.interview", 16, 2, "ml.eval", "dl.nn"),
    unit("career.bank", 13, 1, "career.interview"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("most", "falls"),
    [
        (75, ()),
        (60, {"dl.nn"}),
        (59, {"dl.nn", "career.bank"}),
        (35, {"dl.nn", "career.bank", "ml.eval"}),
        (10, {"dl.nn", "career.bank", "ml.eval", "ml.linear", "ml.found"}),
    ],
)
def test_a_bank_of_questions_stays_only_with_the_theory_that_it_asks_about(most: float, falls: set[str]) -> None:
    assert set(what_falls(aimed(INTERVIEWS, "interview", most), most)) == set(falls)


def test_what_is_kept_comes_before_the_bank_and_what_is_passed_takes_no_time_from_it() -> None:
    kept = unit("prog.py", 20, 1, sure=True)
    assert "career.bank" in what_falls(aimed([*INTERVIEWS, kept], "interview", 70), 70)
    assert "career.bank" not in what_falls(aimed(INTERVIEWS[2:], "interview", 45), 45)
    begun = [one._replace(sure=one.id == "career.bank") for one in INTERVIEWS]
    assert "career.bank" not in what_falls(aimed(begun, "interview", 20), 20), "it is under way"
    assert aimed(INTERVIEWS, "core", 30) == tuple(INTERVIEWS)


@given(st.lists(st.floats(1, 40), min_size=6, max_size=6), st.floats(1, 200))
def test_whatever_the_hours_the_bank_never_stays_without_its_theory(hours: list[float], most: float) -> None:
    units = [one._replace(minutes=minutes) for one, minutes in zip(INTERVIEWS, hours, strict=True)]
    falls = what_falls(aimed(units, "interview", most), most)
    assert "career.interview" not in falls
    assert "career.bank" in falls or not set(THEORY) & set(falls)


def test_what_fits_in_the_end_is_taken_back() -> None:
    units = [unit("short", 10, 1), unit("long", 100, 2), unit("other", 100, 3)]
    assert what_falls(units, 115) == ("long",)


def test_what_is_worth_nothing_falls_first_and_is_no_stopgap() -> None:
    units = [unit("habits", 5, 0), unit("long", 100, 2), unit("other", 100, 3)]
    assert what_falls(units, 115) == ("habits", "long")
    assert what_falls(units, 205) == ()


@given(
    st.lists(st.tuples(st.integers(1, 90), st.floats(0.01, 9), st.sets(st.integers(0, 7)), st.booleans()), max_size=8),
    st.integers(0, 500),
)
def test_what_stays_is_whole_and_fits_where_it_can(drawn: list[tuple[int, float, set[int], bool]], most: int) -> None:
    units = [
        GoalUnit(NAMES[n], minutes, value, tuple(NAMES[other] for other in requires if other < n), sure)
        for n, (minutes, value, requires, sure) in enumerate(drawn)
    ]
    falls = what_falls(units, most)
    stays = [one for one in units if one.id not in falls]
    assert {id for one in stays for id in one.requires} <= {one.id for one in stays}
    assert all(one.id not in falls for one in units if one.sure)
    needed = {id for one in units if one.sure for id in (one.id, *one.requires)}
    while more := {id for one in units if one.id in needed for id in one.requires} - needed:
        needed |= more
    minutes = sum(one.minutes for one in stays)
    assert minutes <= most or {one.id for one in stays} == needed
    assert falls == what_falls(units, most)


def test_before_interviews_counts_what_is_asked_and_elsewhere_what_few_paths_have() -> None:
    paths = {"core": ["a", "b"], "other": ["a"]}
    assert [weight(id, "core", paths) for id in "ab"] == [1, 2]
    assert (
        weight("prog.dsa.trees", "interview", {}) > weight("ml.eval", "interview", {}) > weight("career.biz", "x", {})
    )
    assert weight("career.bank", "interview", {}) > weight("career.biz", "interview", {}) == 0
    assert weight("prog.dsax", "interview", {}) == 1


def test_the_goal_said_last_holds_until_it_is_ended() -> None:
    first, second = GoalSet("core", "2027-01-01"), GoalSet("interview", "2027-02-01", ("ml.eval",))
    assert fold_goal([]) is None
    assert fold_goal(events(first, second)) == second
    assert fold_goal(events(first, second, GoalSet("interview", ""))) is None
    assert fold_goal(events(GoalSet("core", ""), first)) == first


def test_reviews_take_more_of_the_day_as_the_year_goes_on() -> None:
    shares = [unit_share(day) for day in (-3, 0, 29, 30, 149, 150, 900)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == shares[1] > shares[-1]


@given(
    st.floats(1, 1e5), st.floats(1, 1e5), st.integers(1, 400), st.integers(10, 600), st.floats(0.3, 1), st.floats(0, 1)
)
def test_what_a_day_needs_shrinks_with_the_hours_and_not_with_the_minutes_there_are(
    needed: float, fewer: float, days: int, minutes: int, share: float, half: float
) -> None:
    planned = float(days * minutes)
    whole = needed_a_day(needed, share * planned, planned, days, half)
    assert needed_a_day(min(needed, fewer), share * planned, planned, days, half) <= whole
    assert needed_a_day(needed, share * planned / 2, planned / 2, days, half) == whole
    assert whole >= int(needed / days), "no less than the units alone"


def test_without_minutes_nothing_is_needed_a_day() -> None:
    assert needed_a_day(100, 0, 0, 0, 0.2) == 0


def _units(**requires: tuple[str, ...]) -> dict[str, Unit]:
    return {
        id: Unit(id, id.title(), "s", "math", "concept", True, 5, tuple(Requirement(other) for other in needs))
        for id, needs in requires.items()
    }


def test_what_is_kept_beside_a_path_comes_before_what_builds_on_it() -> None:
    units = _units(a=(), b=("a",), c=("b",), d=(), e=("d",), f=("c", "e"), g=("c",))
    path = Path("p", "P", units=("c", "f"), known=("a", "b"))
    assert with_kept(path, (), units) is path
    assert with_kept(path, ("c", "gone"), units) is path
    assert with_kept(path, ("b",), units) == path._replace(units=("b", "c", "f"), known=("a",))
    assert with_kept(path, ("b", "a"), units) == path._replace(units=("a", "b", "c", "f"), known=())
    assert with_kept(path, ("e",), units).units == ("c", "d", "e", "f"), "with what it needs"
    assert with_kept(path, ("g",), units).units == ("c", "g", "f"), "behind what it needs"
    assert with_kept(path._replace(units=("f",)), ("d",), units | _units(f=())).units == ("d", "f"), "else first"


@given(
    st.lists(st.sets(st.integers(0, 7)), min_size=8, max_size=8), st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7))
)
def test_a_path_with_kept_units_has_each_once_and_in_order(
    drawn: list[set[int]], known: set[int], kept: set[int]
) -> None:
    units = _units(**{NAMES[n]: tuple(NAMES[o] for o in sorted(needs) if o < n) for n, needs in enumerate(drawn)})
    on_path = [id for n, id in enumerate(NAMES) if n % 3 == 0 and n not in known]
    path = Path("p", "P", units=tuple(on_path), known=tuple(NAMES[n] for n in sorted(known)))
    whole = with_kept(path, [NAMES[n] for n in sorted(kept, reverse=True)], units)
    assert len(set(whole.units)) == len(whole.units)
    assert [id for id in whole.units if id in on_path] == on_path
    assert {NAMES[n] for n in kept} <= set(whole.units)
    assert not set(whole.units) & set(whole.known)
    place = {id: number for number, id in enumerate(whole.units)}
    for id in set(whole.units) - set(on_path):
        needs = {edge.unit for edge in units[id].requires}
        assert needs <= {*whole.units, *whole.known}
        assert all(place[need] < place[id] for need in needs if need in place)


def test_what_there_is_time_for_although_it_counts_for_nothing_is_named() -> None:
    units = [unit("habits", 5, 0), unit("offer", 8, 0), unit("long", 100, 2), unit("other", 100, 3)]
    falls = what_falls(units, 115)
    assert would_fit(units, falls, 115) == ("habits", "offer")
    assert would_fit(units, falls, 110) == ("habits",)
    assert would_fit(units, falls, 104) == ()
    stacked = [unit("base", 5, 0), unit("top", 1, 0, "base"), unit("other", 100, 3)]
    assert would_fit(stacked, ("base", "top"), 104) == (), "not without what it builds on"
