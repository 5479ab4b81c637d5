"""The planner: it fits the minutes, keeps to the template, and is the same for the same input."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.curriculum import ItemHead
from mlcoach.domain.day.comeback import Comeback, comeback
from mlcoach.domain.day.plan import Block, PaperChoice, Plan, PlanInput, UnitChoice, choose_unit, make_plan
from mlcoach.domain.day.queue import interleaved, queue

MONDAY = date(2026, 11, 23)
VECTORS = UnitChoice("math.la.vectors", "Vectors", "concept", "", 10, resource="a video", then="dot products")
EIGEN = UnitChoice("math.la.eigen", "Eigenvalues", "concept", "learning", 12, 4 * 3600, "2026-11-09")
PYTHON = UnitChoice("prog.py.basics", "Python", "build", "", 12)
LOCKED = UnitChoice("ml.eval", "Evaluation", "concept", "", 10, locked=True)


def cards(count: int, unit: str = "math.la.vectors") -> tuple[ItemHead, ...]:
    return tuple(ItemHead(f"{unit}/c{n}", unit, "card", 0.33) for n in range(count))


def problem(name: str, minutes: float) -> ItemHead:
    return ItemHead(f"math.la.vectors/{name}", "math.la.vectors", "exercise", minutes, name)


def plan(minutes: int = 120, **known: object) -> Plan:
    situation = PlanInput(MONDAY, minutes, "core", units=(VECTORS, PYTHON))
    return make_plan(situation._replace(**known))


def kinds(made: Plan) -> list[tuple[str, int]]:
    return [(block.kind, block.minutes) for block in made.blocks]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([], Comeback()),
        ([1], Comeback()),
        ([3], Comeback()),  # two days missed
        ([4], Comeback(3, 0.5)),
        ([30, 31], Comeback(29, 0.5)),
        ([1, 12], Comeback(0, 0.75)),
        ([2, 9], Comeback(0, 0.75)),
        ([1, 2, 30], Comeback()),
    ],
)
def test_after_a_break_reviews_begin_with_less(before: list[int], expected: Comeback) -> None:
    assert comeback(MONDAY, [MONDAY - timedelta(days=days) for days in before]) == expected


def test_the_first_day_back_says_so() -> None:
    review = plan(cards=cards(12), due_count=80, away=9).blocks[0]
    assert review.why == "Back after 9 days: 12 of 80 due to begin with, a few more each day."
    whole = plan(cards=cards(1), due_count=1, away=9).blocks[0]
    assert "Back" not in whole.why, "one of one is no beginning"


def test_two_hours_on_an_empty_machine() -> None:
    assert kinds(plan()) == [("study", 70), ("build", 45), ("close", 5)]


def test_the_full_template() -> None:
    made = plan(cards=cards(25), due_count=25, paper=PaperChoice("arxiv:1", "Adam", 1), problems=(problem("old", 30),))
    assert kinds(made) == [
        ("review", 9), ("study", 50), ("build", 30), ("practice", 15), ("paper", 10), ("close", 6),
    ]  # fmt: skip


def test_an_hour_is_reviews_and_one_lane_in_turn() -> None:
    today = plan(60, cards=cards(12), due_count=12)
    tomorrow = plan(60, cards=cards(12), due_count=12, day=date(2026, 11, 24))
    assert kinds(today) == [("review", 4), ("study", 51), ("close", 5)]
    assert kinds(tomorrow) == [("review", 4), ("build", 51), ("close", 5)]


def test_the_floor_is_reviews_and_one_small_step() -> None:
    made = plan(20, cards=cards(40), due_count=40)
    assert [kind for kind, _ in kinds(made)] in (["review", "study", "close"], ["review", "build", "close"])
    assert kinds(made)[0] == ("review", 8)
    assert "small step" in made.blocks[1].why


def test_reviews_are_capped_by_their_share_of_the_day() -> None:
    made = plan(cards=cards(400), due_count=400)
    assert kinds(made)[0] == ("review", 20)
    assert "of 400 due" in made.blocks[0].why


@pytest.mark.parametrize(("minutes", "review"), [(29, 12), (30, 9), (89, 27), (90, 15), (5, 3)])
def test_the_share_of_reviews_by_the_length_of_the_day(minutes: int, review: int) -> None:
    """Two fifths of a small step, three tenths of an evening, a sixth of a full one; three minutes always."""
    assert kinds(plan(minutes, cards=cards(400), due_count=400))[0] == ("review", review)


@pytest.mark.parametrize(("minutes", "close"), [(14, 0), (15, 2), (44, 2), (45, 5)])
def test_the_close_of_a_short_day_is_short(minutes: int, close: int) -> None:
    assert sum(block.minutes for block in plan(minutes).blocks if block.kind == "close") == close


def test_papers_and_old_problems_need_three_quarters_of_an_hour() -> None:
    paper, problems = PaperChoice("arxiv:1", "Adam", 1), (problem("old", 30),)
    assert [kind for kind, _ in kinds(plan(44, paper=paper, problems=problems))] == ["study", "close"]
    assert [kind for kind, _ in kinds(plan(45, paper=paper))] == ["study", "paper", "close"]
    assert [kind for kind, _ in kinds(plan(45, problems=problems))] == ["study", "practice", "close"]


def test_an_evening_holds_a_paper_or_old_problems_and_a_full_day_both() -> None:
    both = {"paper": PaperChoice("arxiv:1", "Adam", 1), "problems": (problem("old", 30),)}
    assert [kind for kind, _ in kinds(plan(89, **both))] == ["study", "paper", "close"]
    assert [kind for kind, _ in kinds(plan(90, **both))] == ["study", "build", "practice", "paper", "close"]


@pytest.mark.parametrize(
    ("minutes", "paper", "expected"),
    [
        (120, PaperChoice("arxiv:1", "Adam", 1), 10),
        (120, PaperChoice("arxiv:1", "Adam", 1, minutes=7), 7),
        (120, PaperChoice("arxiv:1", "Adam", 3, minutes=240), 25),
        (45, PaperChoice("arxiv:1", "Adam", 2), 20),
    ],
)
def test_a_pass_takes_as_long_as_for_this_learner_in_parts_of_an_evening(
    minutes: int, paper: PaperChoice, expected: int
) -> None:
    """At most 25 minutes, and never more than half of what is left."""
    assert ("paper", expected) in kinds(plan(minutes, paper=paper))


def test_old_problems_take_a_quarter_of_an_hour_or_half_of_what_is_left() -> None:
    short = tuple(problem(f"p{n}", 10) for n in range(6))
    assert [len(block.items) for block in plan(45, problems=short).blocks if block.kind == "practice"] == [3]
    assert ("practice", 20) in kinds(plan(45, problems=(problem("longest", 240),)))


def test_a_lane_with_nothing_ready_lends_its_minutes() -> None:
    assert kinds(plan(units=(VECTORS,))) == [("study", 115), ("close", 5)]
    assert kinds(plan(units=(PYTHON, LOCKED))) == [("build", 115), ("close", 5)]
    assert kinds(plan(units=())) == [("close", 5)]


def test_no_minutes_no_blocks() -> None:
    assert plan(0).blocks == ()


def test_opening_units_come_before_mathematics() -> None:
    why = UnitChoice("start.why", "Goal", "build", "", 3, opening=True)
    assert kinds(plan(units=(VECTORS, why)))[0][0] == "build"


def test_an_opening_unit_begins_with_something_made_and_goes_on_with_its_reading() -> None:
    why = UnitChoice("start.why", "Goal", "build", "", 3, resource="a page", then="a program", opening=True)
    (fresh,) = [block for block in plan(units=(why,)).blocks if block.unit]
    assert (fresh.resource, fresh.then) == ("first: a program", "a page")
    (begun,) = [block for block in plan(units=(why._replace(status="learning"),)).blocks if block.unit]
    assert (begun.resource, begun.then) == ("a page", "a program")


def test_what_is_under_way_goes_on_before_something_new() -> None:
    assert choose_unit((VECTORS, EIGEN), "concept") == EIGEN
    assert choose_unit((VECTORS, EIGEN._replace(on_path=False)), "concept") == EIGEN._replace(on_path=False)
    beside = EIGEN._replace(id="x", on_path=False)
    assert choose_unit((beside, EIGEN), "concept") == EIGEN


def test_locked_units_are_never_planned() -> None:
    assert choose_unit((LOCKED,), "concept") is None


def test_with_three_under_way_nothing_new_is_begun() -> None:
    open_units = tuple(EIGEN._replace(id=f"u{n}") for n in range(3))
    assert choose_unit((*open_units, PYTHON), "build") is None
    assert choose_unit((*open_units[:2], PYTHON), "build") == PYTHON


def test_a_block_says_why() -> None:
    made = plan(units=(EIGEN, PYTHON))
    assert made.blocks[0].why == "Under way since Mon 9 Nov: 4h of about 12h."
    assert made.blocks[1].why == "Next on the path `core`; all it needs is passed."


def test_an_old_problem_takes_half_of_its_first_time() -> None:
    assert kinds(plan(problems=(problem("long", 40),)))[2] == ("practice", 20)
    assert kinds(plan(problems=(problem("longest", 240),)))[2] == ("practice", 30)


def test_new_cards_are_spread_among_the_due_ones() -> None:
    due, new = cards(6, "math.la.eigen"), cards(2, "prog.py.basics")
    order = [head.unit for head in queue(due, new, 60)]
    assert order.index("prog.py.basics") == 2
    assert order.count("prog.py.basics") == 2


def test_neighbours_come_from_different_units_where_possible() -> None:
    mixed = interleaved((*cards(3, "a.b"), *cards(3, "c.d")))
    assert [head.unit for head in mixed] == ["a.b", "c.d", "a.b", "c.d", "a.b", "c.d"]


def test_another_subject_comes_before_another_unit_of_the_same() -> None:
    mixed = interleaved((*cards(1, "a.b"), *cards(1, "a.c"), *cards(1, "d.e")))
    assert [head.unit for head in mixed] == ["a.b", "d.e", "a.c"]


def test_an_item_comes_early_for_variety_from_among_the_next_six_and_no_further() -> None:
    """What is most overdue must not wait behind everything of another subject."""
    (other,) = cards(1, "c.d")
    for before, expected in ((6, 1), (7, 2), (9, 4)):
        assert interleaved((*cards(before, "a.b"), other)).index(other) == expected


def test_one_item_is_asked_even_when_time_is_short() -> None:
    assert len(queue((problem("long", 90),), (), 5)) == 1


@pytest.mark.parametrize("block", plan(cards=cards(3), due_count=3).blocks)
def test_a_block_survives_the_journal(block: Block) -> None:
    assert Block.from_data(block.to_data()) == block
    assert Block.from_data({**block.to_data(), "of_a_newer_release": 1}) == block


heads = st.builds(
    ItemHead,
    st.integers(0, 99).map("a.b/card-{}".format),
    st.sampled_from(["a.b", "c.d", "e.f"]),
    st.just("card"),
    st.floats(0.1, 2.0),
)
units = st.builds(
    UnitChoice,
    st.integers(0, 99).map("a.unit-{}".format),
    st.just("title"),
    st.sampled_from(["concept", "build"]),
    st.sampled_from(["", "learning"]),
    st.floats(2, 25),
    since=st.sampled_from(["", "2026-11-09"]),
    locked=st.booleans(),
    on_path=st.booleans(),
)
situations = st.builds(
    PlanInput,
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.integers(0, 600),
    st.just("core"),
    cards=st.lists(heads, max_size=40).map(tuple),
    problems=st.lists(
        heads.map(lambda head: head._replace(kind="exercise", minutes=head.minutes * 60)), max_size=6
    ).map(tuple),
    new=st.lists(heads, max_size=12).map(tuple),
    due_count=st.integers(0, 500),
    units=st.lists(units, max_size=8).map(tuple),
    paper=st.none() | st.builds(PaperChoice, st.just("arxiv:1"), st.just("A"), st.integers(1, 3)),
)


@given(situations)
def test_a_plan_fits_its_minutes(situation: PlanInput) -> None:
    made = make_plan(situation)
    assert sum(block.minutes for block in made.blocks) <= situation.minutes
    assert all(block.minutes > 0 for block in made.blocks)
    assert make_plan(situation) == made


@given(situations)
def test_no_minute_is_left_while_a_unit_is_ready(situation: PlanInput) -> None:
    made = make_plan(situation)
    ready = any(choose_unit(situation.units, lane) for lane in ("concept", "build"))
    if ready and situation.minutes >= 10:
        assert sum(block.minutes for block in made.blocks) == situation.minutes


@given(situations)
def test_at_most_one_unit_a_lane(situation: PlanInput) -> None:
    lanes = [block.kind for block in make_plan(situation).blocks if block.unit]
    assert len(lanes) == len(set(lanes))
