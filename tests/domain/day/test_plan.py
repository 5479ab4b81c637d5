"""The planner: it fits the minutes, keeps to the template, and is the same for the same input."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.curriculum import ItemHead
from mlcoach.domain.day.block import Block, DayFacts, Part, is_freed, is_ticked, progress_of
from mlcoach.domain.day.comeback import Comeback, comeback
from mlcoach.domain.day.lanes import FIRST_MINUTES
from mlcoach.domain.day.plan import PaperChoice, Plan, PlanInput, Preparation, make_plan, redo_minutes
from mlcoach.domain.day.queue import interleaved, queue
from mlcoach.domain.day.units import OpenStep, UnitChoice, choose_units, in_turn

MONDAY = date(2026, 11, 23)
VECTORS = UnitChoice("math.la.vectors", "Vectors", "concept", "", 10, subject="math.la")
EIGEN = UnitChoice("math.la.eigen", "Eigenvalues", "concept", "learning", 12, 4 * 3600, "2026-11-09", subject="math.la")
PYTHON = UnitChoice("prog.py.basics", "Python", "build", "", 12, subject="prog.py")
SHELL = UnitChoice("prog.tools.shell", "Shell", "build", "", 8, subject="prog.tools")
LOCKED = UnitChoice("ml.eval", "Evaluation", "concept", "", 10, locked=True)


def cards(count: int, unit: str = "math.la.vectors") -> tuple[ItemHead, ...]:
    return tuple(ItemHead(f"{unit}/c{n}", unit, "card", 0.33) for n in range(count))


def problem(name: str, minutes: float, unit: str = "math.la.vectors") -> ItemHead:
    return ItemHead(f"{unit}/{name}", unit, "exercise", minutes, name)


def steps(unit: UnitChoice, *minutes: int) -> tuple[OpenStep, ...]:
    return tuple(
        OpenStep(f"{unit.id}/s{n}", "reading", f"step {n}", length, n, len(minutes), f"ch. {n}", "https://example.org")
        for n, length in enumerate(minutes, start=1)
    )


def plan(minutes: int = 120, **known: object) -> Plan:
    units = known.get("units", (VECTORS, PYTHON))
    known.setdefault("steps", {unit.id: steps(unit, 60, 60, 60, 60, 60) for unit in units})
    return make_plan(PlanInput(MONDAY, minutes, "core", units=(VECTORS, PYTHON))._replace(**known))


def kinds(made: Plan) -> list[tuple[str, int]]:
    return [(block.kind, block.minutes) for block in made.blocks]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([], Comeback()),
        ([1], Comeback()),
        ([3], Comeback()),  # two days missed
        ([4], Comeback(3, 0.5, 1.0)),
        ([30, 31], Comeback(29, 0.5, 1.0)),
        ([1, 12], Comeback(0, 0.75, 1.0)),
        ([2, 9], Comeback(0, 0.75, 1.0)),
        ([1, 2, 30], Comeback(0, 1.0, 1.0)),
        ([1, 2, 3, 30], Comeback(0, 1.0, 1.5)),
        ([1, 2, 3, 4, 30], Comeback()),
    ],
)
def test_after_a_break_reviews_begin_with_less(before: list[int], expected: Comeback) -> None:
    assert comeback(MONDAY, [MONDAY - timedelta(days=days) for days in before]) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ([8, 9], Comeback()),  # Sunday of the week before: Saturday and Sunday were missed
        ([15, 16], Comeback(4, 0.5, 1.0)),
        ([2, 15], Comeback()),
    ],
)
def test_weekdays_on_which_nothing_is_planned_are_not_missed(before: list[int], expected: Comeback) -> None:
    weekends = [MONDAY - timedelta(days=days) for days in before]
    assert comeback(MONDAY, weekends, free=range(5)) == expected


def test_the_first_day_back_says_so() -> None:
    review = plan(cards=cards(12), due_count=80, away=9).blocks[0]
    assert review.why == "Back after 9 days: 12 of 80 due to begin with, a few more each day."
    whole = plan(cards=cards(1), due_count=1, away=9).blocks[0]
    assert "Back" not in whole.why, "one of one is no beginning"


class TestTemplate:
    def test_two_hours_on_an_empty_machine(self) -> None:
        assert kinds(plan(units=(EIGEN, PYTHON))) == [("study", 60), ("build", 57), ("close", 3)]

    def test_the_full_template(self) -> None:
        made = plan(
            cards=cards(25), due_count=25, paper=PaperChoice("arxiv:1", "Adam", 1), problems=(problem("old", 15),),
            units=(EIGEN, PYTHON),
        )  # fmt: skip
        assert kinds(made) == [
            ("review", 9), ("study", 50), ("build", 33), ("practice", 15), ("paper", 10), ("close", 3),
        ]  # fmt: skip

    def test_the_floor_is_reviews_and_one_small_step(self) -> None:
        made = plan(20, cards=cards(40), due_count=40)
        assert [kind for kind, _ in kinds(made)] in (["review", "study", "close"], ["review", "build", "close"])
        assert kinds(made)[0] == ("review", 8)
        assert "small step" in made.blocks[1].why

    def test_a_backlog_may_take_a_third_of_the_day_and_no_more(self) -> None:
        made = plan(cards=cards(400), due_count=400, cap=25)
        assert kinds(made)[0] == ("review", 40)
        assert "of 400 due" in made.blocks[0].why

    @pytest.mark.parametrize(("minutes", "review"), [(29, 12), (30, 9), (89, 27), (90, 15), (5, 3)])
    def test_the_share_of_reviews_by_the_length_of_the_day(self, minutes: int, review: int) -> None:
        """Two fifths of a small step, three tenths of an evening, a sixth of a full one; three minutes always."""
        assert kinds(plan(minutes, cards=cards(400), due_count=400, cap=400))[0] == ("review", review)

    @pytest.mark.parametrize(("minutes", "close"), [(14, 0), (15, 2), (44, 2), (45, 3)])
    def test_the_close_of_a_short_day_is_short(self, minutes: int, close: int) -> None:
        assert sum(block.minutes for block in plan(minutes).blocks if block.kind == "close") == close

    def test_only_a_paper_of_the_own_queue_was_wanted(self) -> None:
        paper = PaperChoice("arxiv:1", "Adam", 1, why="Every optimiser is held against it.")
        own, offered = (
            next(block.why for block in plan(120, paper=one).blocks if block.kind == "paper")
            for one in (paper, paper._replace(offered=True))
        )
        assert own == "Paper day. You wanted it: Every optimiser is held against it."
        assert offered.startswith("Paper day. Your queue is empty, and this is a classic: Every")

    def test_papers_and_old_problems_need_three_quarters_of_an_hour(self) -> None:
        paper, problems = PaperChoice("arxiv:1", "Adam", 1), (problem("old", 20),)
        assert [kind for kind, _ in kinds(plan(44, paper=paper, problems=problems))] == ["study", "close"]
        assert [kind for kind, _ in kinds(plan(45, paper=paper))] == ["study", "paper", "close"]
        assert [kind for kind, _ in kinds(plan(45, problems=problems))] == ["study", "practice", "close"]

    @pytest.mark.parametrize(
        ("minutes", "paper", "expected"),
        [
            (120, PaperChoice("arxiv:1", "Adam", 1), 10),
            (120, PaperChoice("arxiv:1", "Adam", 1, minutes=7), 7),
            (120, PaperChoice("arxiv:1", "Adam", 3, minutes=240), 15),
            (45, PaperChoice("arxiv:1", "Adam", 2), 15),
        ],
    )
    def test_a_long_pass_is_read_in_parts_of_a_quarter_of_an_hour(
        self, minutes: int, paper: PaperChoice, expected: int
    ) -> None:
        assert ("paper", expected) in kinds(plan(minutes, paper=paper))

    def test_no_minutes_no_blocks(self) -> None:
        assert plan(0).blocks == ()


class TestPractice:
    def test_what_fits_twenty_minutes_is_chosen_in_order_one_of_a_unit(self) -> None:
        waiting = (problem("long", 25), problem("a", 10), problem("b", 10), problem("c", 10, "prog.py.basics"))
        (block,) = [block for block in plan(problems=waiting).blocks if block.kind == "practice"]
        assert (block.minutes, block.items) == (20, ("math.la.vectors/a", "prog.py.basics/c"))

    def test_where_none_fits_the_shortest_of_the_foremost_is_asked_in_its_own_time(self) -> None:
        waiting = (problem("longest", 120), problem("long", 45))
        (block,) = [block for block in plan(problems=waiting).blocks if block.kind == "practice"]
        assert (block.minutes, block.items) == (45, ("math.la.vectors/long",))

    def test_a_go_takes_half_of_the_first_time_and_a_short_drill_as_long_as_ever(self) -> None:
        assert [redo_minutes(problem("x", minutes)) for minutes in (2, 5, 6, 60, 90)] == [2, 5, 5, 30, 45]

    def test_drills_of_different_units_fill_a_dozen_minutes_of_a_full_evening_and_five_of_a_shorter_one(self) -> None:
        waiting = (
            problem("a", 4), problem("b", 3), problem("c", 3, "prog.py.basics"), problem("d", 5, "ml.found"),
            problem("e", 3, "ml.eval"),
        )  # fmt: skip
        (block,) = [block for block in plan(drills=waiting).blocks if block.kind == "practice"]
        assert (block.minutes, block.title, block.drills) == (12, "3 short drills", True)
        assert block.items == ("math.la.vectors/a", "prog.py.basics/c", "ml.found/d")
        assert block.resource == "a; c; d"
        (block,) = [block for block in plan(60, drills=waiting).blocks if block.kind == "practice"]
        assert (block.minutes, block.items) == (4, ("math.la.vectors/a",))
        assert "practice" not in [kind for kind, _ in kinds(plan(44, drills=waiting))]

    def test_drills_yield_to_exercises_and_to_what_prepares_a_unit(self) -> None:
        drills = (problem("a", 4),)
        (block,) = [b for b in plan(drills=drills, problems=(problem("old", 15),)).blocks if b.kind == "practice"]
        assert (block.title, block.drills) == ("old", False)
        beside = [kind for kind, _ in kinds(plan(drills=drills, paper=PaperChoice("arxiv:1", "A", 1)))]
        assert {"practice", "paper"} <= set(beside)
        repair = Preparation("Repair: Vectors", cards(5), "it has faded", 15)
        (block,) = [block for block in plan(drills=drills, preparation=repair).blocks if block.kind == "practice"]
        assert block.title == "Repair: Vectors"

    def test_what_a_unit_builds_on_comes_before_it(self) -> None:
        repair = Preparation("Repair: Vectors", cards(5), "it has faded", 15)
        made = plan(preparation=repair, cards=cards(3), due_count=3)
        assert [(block.kind, block.title) for block in made.blocks][:2] == [
            ("review", "3 cards"), ("practice", "Repair: Vectors"),
        ]  # fmt: skip
        assert "practice" not in [kind for kind, _ in kinds(plan(30, preparation=repair))]


class TestUnits:
    def test_a_lane_with_nothing_ready_lends_its_minutes_in_parts_with_a_break(self) -> None:
        assert kinds(plan(units=(EIGEN,))) == [("study", 40), ("study", 40), ("study", 37), ("close", 3)]
        assert kinds(plan(units=(PYTHON, LOCKED))) == [("build", 40), ("build", 40), ("build", 37), ("close", 3)]
        assert kinds(plan(units=())) == [("close", 3)]

    def test_where_another_unit_could_have_them_no_unit_gets_more_than_an_hour(self) -> None:
        made = plan(240, units=(EIGEN, VECTORS, PYTHON, SHELL))
        minutes: dict[str, int] = {}
        for block in made.blocks:
            if block.unit:
                minutes[block.unit] = minutes.get(block.unit, 0) + block.minutes
        assert len(minutes) == 4
        assert max(minutes.values()) <= 62

    def test_long_blocks_are_cut_and_the_units_take_turns(self) -> None:
        made = plan(240, units=(EIGEN, PYTHON))
        units = [block.unit for block in made.blocks if block.unit]
        assert units[:4] == [EIGEN.id, PYTHON.id, EIGEN.id, PYTHON.id]
        assert all(block.minutes <= 60 for block in made.blocks)
        assert "after a break" in made.blocks[2].why

    def test_on_a_short_day_what_is_under_way_for_weeks_is_finished_before_another_is_begun(self) -> None:
        behind = {"concept": 20, "build": 80}
        python = PYTHON._replace(status="learning", recent=60)
        fresh = EIGEN._replace(status="", seconds=0, since="")
        assert kinds(plan(60, units=(fresh, python), lane_minutes=behind))[0][0] == "study"
        assert kinds(plan(60, units=(fresh, python._replace(old=True)), lane_minutes=behind))[0][0] == "build"
        another = python._replace(id="prog.dsa.linear", recent=60)
        assert kinds(plan(60, units=(fresh, python, another), lane_minutes=behind))[0][0] == "build", "two are enough"

    def test_the_lane_of_a_short_day_is_the_one_behind_its_share(self) -> None:
        both = (EIGEN, PYTHON)
        assert kinds(plan(60, units=both, lane_minutes={"concept": 62, "build": 38}))[0][0] == "study"
        assert kinds(plan(60, units=both, lane_minutes={"concept": 63, "build": 37}))[0][0] == "build"
        assert kinds(plan(60, units=both))[0][0] == "study"

    def test_the_very_first_evening_begins_with_what_is_made(self) -> None:
        why = UnitChoice("start.why", "Goal", "build", "", 3, opening=True)
        made = plan(units=(VECTORS, why))
        assert (made.blocks[0].unit, made.blocks[0].minutes) == ("start.why", 25)
        left = plan(units=(EIGEN, why._replace(status="learning")))
        assert (left.blocks[0].unit, left.blocks[0].minutes) == ("start.why", 25), "until it is made"
        begun = plan(units=(EIGEN, why._replace(status="learning", opening=False)))
        assert begun.blocks[0].unit == EIGEN.id

    def test_what_is_logged_on_the_first_evening_does_not_end_it(self) -> None:
        why = UnitChoice("start.why", "Goal", "build", "", 3, opening=True)
        logged = VECTORS._replace(status="learning", seconds=2700, since=MONDAY.isoformat())
        assert plan(75, units=(logged, why), first=(PYTHON.id,)).blocks[0].unit == "start.why"
        earlier = logged._replace(since=(MONDAY - timedelta(days=1)).isoformat())
        assert "start.why" not in {block.unit for block in plan(75, units=(earlier, why)).blocks}, "gone another way"

    def test_what_a_path_begins_with_has_most_of_the_minutes_and_what_is_under_way_the_rest(self) -> None:
        why = UnitChoice("start.why", "Why", "build", "learning", 3, seconds=1500)
        made = plan(units=(VECTORS, why, PYTHON), first=(PYTHON.id,))
        minutes: Counter[str] = Counter()
        for block in made.blocks:
            minutes[block.unit] += block.minutes
        assert (minutes[PYTHON.id], minutes[why.id], minutes[VECTORS.id]) == (FIRST_MINUTES, 57, 0)
        made = plan(units=(VECTORS, PYTHON), first=(PYTHON.id,))
        assert sum(block.minutes for block in made.blocks if block.unit == VECTORS.id) == 57
        made = plan(60, units=(VECTORS, why, PYTHON), first=(PYTHON.id,))
        assert {block.unit for block in made.blocks if block.unit} == {PYTHON.id}, "a short evening is not cut up"

    def test_what_is_under_way_goes_on_before_something_new(self) -> None:
        beside = EIGEN._replace(id="x", on_path=False)
        assert [unit.id for unit in in_turn((VECTORS, beside, EIGEN), "concept")] == [EIGEN.id, "x", VECTORS.id]

    def test_a_locked_unit_under_way_yields_unless_it_had_half_an_hour_in_a_fortnight(self) -> None:
        peeked = EIGEN._replace(id="far.off", locked=True, recent=29)
        assert [unit.id for unit in in_turn((peeked, VECTORS), "concept")] == [VECTORS.id, "far.off"]
        at_it = peeked._replace(recent=30)
        assert [unit.id for unit in in_turn((at_it, VECTORS), "concept")] == ["far.off", VECTORS.id]

    def test_locked_units_are_never_begun(self) -> None:
        assert in_turn((LOCKED,), "concept") == []

    def test_a_career_unit_waits_while_another_one_is_young(self) -> None:
        habits = UnitChoice("career.habits", "Habits", "build", "", 3, career=True)
        assert in_turn((habits, PYTHON), "build", recent_career=True) == [PYTHON, habits]
        assert in_turn((habits, PYTHON), "build") == [habits, PYTHON]

    def test_with_three_under_way_nothing_new_is_begun(self) -> None:
        going = tuple(EIGEN._replace(id=f"u{n}") for n in range(3))
        assert PYTHON not in choose_units((*going, PYTHON), slots=2)
        assert PYTHON in choose_units((*going[:2], PYTHON), slots=2)
        peeks = tuple(unit._replace(locked=True) for unit in going)
        assert PYTHON in choose_units((*peeks, PYTHON), slots=2), "what nobody works at fills no place"

    def test_a_block_says_why(self) -> None:
        made = plan(60, units=(EIGEN,))
        assert made.blocks[0].why == "Under way since Mon 9 Nov: 4h of about 12h."
        assert plan(60, units=(PYTHON,)).blocks[0].why == "Next on the path `core`: you have all that it needs."
        begun = PYTHON._replace(granted=("NumPy, pandas", "Calculus"))
        assert plan(60, units=(begun,)).blocks[0].why == (
            "Next on the path `core`: it builds on “NumPy, pandas” and “Calculus”, which this path takes as known."
        )
        begun = PYTHON._replace(granted=("Calculus",), fallen=("Trees",))
        assert plan(60, units=(begun,)).blocks[0].why == (
            "Next on the path `core`: it builds on “Calculus”, which this path takes as known, and on “Trees”, for which"
            " your goal leaves no time."
        )


class TestSteps:
    def test_a_block_names_its_steps_and_goes_on_into_the_next_one(self) -> None:
        (block, _) = plan(60, units=(EIGEN,), steps={EIGEN.id: steps(EIGEN, 20, 15, 90)}).blocks
        assert block.parts == (Part(20, "math.la.eigen/s1"), Part(15, "math.la.eigen/s2"), Part(22, "math.la.eigen/s3"))
        assert (block.resource, block.then) == ("step 1: ch. 1", "step 2")

    def test_two_blocks_of_a_unit_walk_on(self) -> None:
        made = plan(units=(EIGEN,), steps={EIGEN.id: steps(EIGEN, 50, 30, 90)})
        walked = [part for block in made.blocks for part in block.parts]
        assert walked[0] == Part(40, "math.la.eigen/s1")
        assert [part.step for part in walked] == [f"math.la.eigen/s{n}" for n in (1, 1, 2, 3)]

    def test_a_unit_that_is_nearly_done_gets_no_more_than_it_needs(self) -> None:
        made = plan(units=(EIGEN, PYTHON), steps={EIGEN.id: steps(EIGEN, 20), PYTHON.id: steps(PYTHON, 300)})
        minutes = {block.unit: 0 for block in made.blocks}
        for block in made.blocks:
            minutes[block.unit] += block.minutes
        assert (minutes[EIGEN.id], minutes[PYTHON.id]) == (20, 97)

    def test_with_no_step_left_the_plan_asks_to_close_the_unit(self) -> None:
        (block, *_) = plan(units=(EIGEN, PYTHON), steps={EIGEN.id: (), PYTHON.id: steps(PYTHON, 300)}).blocks
        assert (block.closing, block.minutes, block.parts) == (True, 15, ())
        assert "mlcoach done math.la.eigen" in block.why

    @pytest.mark.parametrize(
        ("hours", "closing", "minutes"), [(15.5, False, 57), (15.6, True, 57), (19.1, True, 57), (19.3, True, 15)]
    )
    def test_far_over_its_hours_a_unit_is_to_be_closed(self, hours: float, closing: bool, minutes: int) -> None:
        """Twelve hours: from 1.3 times on the plan says so, from 1.6 times on it offers nothing else."""
        over = EIGEN._replace(seconds=int(hours * 3600))
        (block, *_) = plan(60, units=(over,)).blocks
        assert (block.closing, block.minutes) == (closing, minutes)
        assert ("Close it" in block.why) == closing

    def test_hours_are_those_of_this_learner(self) -> None:
        over = EIGEN._replace(seconds=16 * 3600)
        assert plan(60, units=(over,), factor=1.5).blocks[0].closing is False


class TestTicks:
    BLOCK = Block("study", 50, "Eigenvalues", unit="math.la.eigen", parts=(Part(20, "u/a"), Part(30, "u/b")))

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            (DayFacts(), (0, False)),
            (DayFacts(units={"math.la.eigen": 1500}), (25, False)),
            (DayFacts(units={"math.la.eigen": 3000}), (50, True)),
            (DayFacts(units={"math.la.eigen": 9000}), (50, True)),
            (DayFacts(units={"math.la.eigen": 600}, steps={"u/a"}), (10, False)),
            (DayFacts(units={"math.la.eigen": 600}, steps={"u/a", "u/b"}), (10, True)),
            (DayFacts(units={"math.la.eigen": 600}, closed={"math.la.eigen"}), (10, True)),
            (DayFacts(closed={"math.la.eigen"}), (0, False)),
            (DayFacts(steps={"u/a", "u/b"}), (0, False)),
        ],
    )
    def test_a_unit_by_its_minutes_its_steps_or_its_end(self, facts: DayFacts, expected: tuple[int, bool]) -> None:
        assert progress_of(self.BLOCK, facts) == expected

    def test_what_was_spent_before_the_plan_ticks_nothing(self) -> None:
        late = self.BLOCK._replace(spent_before=3000)
        assert progress_of(late, DayFacts(units={"math.la.eigen": 3000})) == (0, False)

    def test_a_queue_by_its_answers(self) -> None:
        block = Block("review", 9, "3 cards", items=("a", "b", "c"))
        assert progress_of(block, DayFacts(answered={"a"})) == (3, False)
        assert progress_of(block, DayFacts(answered={"a", "b", "c"})) == (9, True)

    def test_a_paper_by_its_minutes_or_a_pass_that_ended(self) -> None:
        block = Block("paper", 10, "Adam", paper="arxiv:1", passes_before=1)
        assert progress_of(block, DayFacts(papers={"arxiv:1": 300}, passes=("arxiv:1",))) == (5, False)
        assert progress_of(block, DayFacts(passes=("arxiv:1", "arxiv:1"))) == (0, True)

    def test_the_close_by_its_line(self) -> None:
        block = Block("close", 3, "one line")
        assert progress_of(block, DayFacts()) == (0, False)
        assert progress_of(block, DayFacts(notes=1)) == (3, True)

    def test_a_plan_is_done_when_all_of_it_is_and_there_is_something(self) -> None:
        close = Block("close", 3, "one line")
        assert not is_ticked([], DayFacts(notes=1))
        assert not is_ticked([close, self.BLOCK], DayFacts(notes=1))
        closed = DayFacts(notes=1, closed={"math.la.eigen"})
        assert not is_ticked([close, self.BLOCK], closed), "no tick beside 0:00 studied"
        assert is_ticked([close, self.BLOCK], closed._replace(units={"math.la.eigen": 60}))

    def test_the_time_of_a_unit_that_was_closed_without_a_minute_is_free(self) -> None:
        closed = DayFacts(closed={"math.la.eigen"})
        assert is_freed(self.BLOCK, closed)
        assert not is_freed(self.BLOCK, closed._replace(units={"math.la.eigen": 60}))
        assert not is_freed(self.BLOCK, DayFacts())
        assert not is_freed(Block("close", 3, "one line"), closed)


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


def test_a_block_of_release_0_1_is_read() -> None:
    old = {"kind": "study", "minutes": 70, "title": "Vectors", "unit": "math.la.vectors", "items": [], "why": "Next."}
    assert Block.from_data(old) == Block("study", 70, "Vectors", "math.la.vectors", why="Next.")


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
    seconds=st.integers(0, 200_000),
    since=st.sampled_from(["", "2026-11-09"]),
    locked=st.booleans(),
    on_path=st.booleans(),
    opening=st.booleans(),
    career=st.booleans(),
    subject=st.sampled_from(["a", "b"]),
    recent=st.integers(0, 60),
)
lengths = st.lists(st.integers(1, 240), max_size=6)


@st.composite
def inputs(draw: st.DrawFn) -> PlanInput:
    chosen = tuple(draw(st.lists(units, max_size=8, unique_by=lambda unit: unit.id)))
    return PlanInput(
        draw(st.dates(date(2020, 1, 1), date(2040, 1, 1))),
        draw(st.integers(0, 960)),
        "core",
        cards=tuple(draw(st.lists(heads, max_size=40))),
        problems=tuple(
            head._replace(kind="exercise", minutes=head.minutes * 60) for head in draw(st.lists(heads, max_size=6))
        ),
        drills=tuple(head._replace(kind="exercise") for head in draw(st.lists(heads, max_size=6))),
        new=tuple(draw(st.lists(heads, max_size=12))),
        due_count=draw(st.integers(0, 500)),
        units=chosen,
        steps={unit.id: steps(unit, *draw(lengths)) for unit in chosen},
        first=tuple(unit.id for unit in chosen[: draw(st.integers(0, 2))]),
        lane_minutes=draw(st.fixed_dictionaries({"concept": st.integers(0, 900), "build": st.integers(0, 900)})),
        factor=draw(st.floats(0.5, 3)),
        recent_career=draw(st.booleans()),
        paper=draw(st.none() | st.builds(PaperChoice, st.just("arxiv:1"), st.just("A"), st.integers(1, 3))),
    )


@given(inputs())
def test_a_plan_fits_its_minutes(now: PlanInput) -> None:
    made = make_plan(now)
    assert sum(block.minutes for block in made.blocks) <= now.minutes
    assert all(block.minutes > 0 for block in made.blocks)
    assert make_plan(now) == made


@given(inputs())
def test_the_parts_of_a_block_add_up_and_its_steps_come_in_order(now: PlanInput) -> None:
    walked: dict[str, list[str]] = {}
    for block in make_plan(now).blocks:
        if block.parts:
            assert sum(part.minutes for part in block.parts) == block.minutes
            walked.setdefault(block.unit, []).extend(part.step for part in block.parts)
    for unit, names in walked.items():
        order = [step.id for step in now.steps[unit]]
        places = [order.index(name) for name in names]
        assert places == sorted(places)


@given(inputs())
def test_no_minute_is_left_while_a_unit_can_use_it(now: PlanInput) -> None:
    made = make_plan(now)
    used = {block.unit: 0 for block in made.blocks}
    for block in made.blocks:
        used[block.unit] += block.minutes
    spare = now.minutes - sum(used.values())
    hungry = [
        unit
        for unit in now.units
        if unit.id in used and unit.seconds < 1.6 * unit.hours * 3600
        and sum(step.minutes for step in now.steps[unit.id]) - used[unit.id] > 0
    ]  # fmt: skip
    assert not (spare > 0 and hungry)
