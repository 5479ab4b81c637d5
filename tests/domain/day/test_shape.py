"""What a day has beside its lanes: a project, problems before interviews, and time of one's own."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.curriculum import ItemHead
from mlcoach.domain.day.block import Block, DayFacts, progress_of
from mlcoach.domain.day.plan import DayShape, OwnProject, Plan, PlanInput, make_plan
from mlcoach.domain.day.units import OpenStep, UnitChoice

MONDAY = date(2026, 11, 23)
UNITS = (
    UnitChoice("math.la.eigen", "Eigenvalues", "concept", "learning", 12, since="2026-11-09", subject="math.la"),
    UnitChoice("ml.project", "Project 1", "concept", "learning", 17, since="2026-11-09", subject="ml"),
    UnitChoice("prog.py.design", "Design", "build", "", 12, subject="prog.py"),
    UnitChoice("career.search", "Search", "build", "", 8, career=True, subject="career"),
)
PROBLEMS = tuple(ItemHead(f"prog.dsa.u{n}/p", f"prog.dsa.u{n}", "exercise", 40, f"p{n}") for n in range(4))


def plan(minutes: int = 120, units: tuple[UnitChoice, ...] = UNITS, **shape: object) -> Plan:
    steps = {
        unit.id: tuple(OpenStep(f"{unit.id}/{n}", "exercise", "make", 60, n, 9) for n in range(9)) for unit in units
    }
    found = DayShape()._replace(**shape)  # type: ignore[arg-type]
    return make_plan(PlanInput(MONDAY, minutes, "core", units=units, steps=steps, shape=found))


def minutes_of(made: Plan, kind: str) -> int:
    return sum(block.minutes for block in made.blocks if block.kind == kind)


def test_a_project_has_its_hour_in_one_piece() -> None:
    made = plan(project_minutes=60, projects=("ml.project",))
    assert [(block.unit, block.minutes) for block in made.blocks if block.kind == "project"] == [("ml.project", 60)]
    assert "ml.project" not in {block.unit for block in made.blocks if block.kind == "study"}
    assert sum(block.minutes for block in made.blocks) == 120


OWN = OwnProject("project:cafe01", "Late invoices", "stage 2: Look at the data", "Look at fifty rows")


def test_the_learners_project_comes_before_what_units_have_to_be_made() -> None:
    made = plan(project_minutes=60, projects=("ml.project",), own=OWN)
    block = next(block for block in made.blocks if block.kind == "project")
    assert (block.title, block.minutes, block.unit, block.work, block.resource) == (
        "Late invoices, stage 2: Look at the data", 60, "", "project:cafe01", "Look at fifty rows",
    )  # fmt: skip
    assert progress_of(block, DayFacts(units={"project:cafe01": 1800, "ml.project": 3600})) == (30, False)
    assert progress_of(block, DayFacts(units={"project:cafe01": 3600})) == (60, True)
    assert Block.from_data(block.to_data()) == block
    assert sum(block.minutes for block in made.blocks) == 120


def test_where_nothing_else_is_ready_it_has_the_whole_day_and_without_minutes_none() -> None:
    assert minutes_of(plan(units=(), project_minutes=60, own=OWN), "project") == 117
    assert minutes_of(plan(own=OWN), "project") == 0


def test_without_anything_to_make_a_lane_has_the_minutes() -> None:
    made = plan(project_minutes=80, otherwise=("prog.py.design",))
    assert minutes_of(made, "project") == 0
    assert minutes_of(made, "build") == 80


def test_a_project_that_is_all_there_is_has_the_whole_day() -> None:
    made = plan(units=UNITS[1:2], project_minutes=60, projects=("ml.project",))
    assert minutes_of(made, "project") == 117


def test_problems_fill_their_minutes_and_a_career_unit_what_they_leave() -> None:
    hunt = plan(problem_minutes=60, problems=PROBLEMS[:2], careers=("career.search",))
    assert minutes_of(hunt, "practice") == 40
    assert [(block.unit, block.minutes) for block in hunt.blocks if block.unit == "career.search"] == [
        ("career.search", 20)
    ]
    before = plan(problem_minutes=40, problems=PROBLEMS)
    assert minutes_of(before, "practice") == 40
    assert minutes_of(plan(problem_minutes=40), "practice") == 0


def test_time_of_ones_own_is_ticked_by_what_no_block_asks_for() -> None:
    made = plan(free_minutes=30)
    free = next(block for block in made.blocks if block.kind == "free")
    assert (free.minutes, free.unit, made.blocks[-1].kind) == (30, "", "close")
    assert progress_of(free, DayFacts(units={"math.la.eigen": 7200})) == (0, False)
    assert progress_of(free, DayFacts(units={"": 600})) == (10, False)
    assert progress_of(free, DayFacts(units={"": 1800})) == (30, True)
    assert Block.from_data(free.to_data()) == free


@given(
    st.integers(1, 700), st.integers(0, 200), st.integers(0, 120), st.sampled_from([0, 20, 30]), st.booleans(),
    st.integers(0, 4), st.sampled_from([None, OWN]),
)  # fmt: skip
def test_a_day_never_holds_more_than_its_minutes(
    minutes: int, project: int, problems: int, free: int, hunts: bool, count: int, own: OwnProject | None
) -> None:
    made = plan(
        minutes, project_minutes=project, projects=("ml.project",), problem_minutes=problems, free_minutes=free,
        own=own, problems=PROBLEMS[:count], careers=("career.search",) if hunts else (),
    )  # fmt: skip
    assert sum(block.minutes for block in made.blocks) <= minutes
    assert all(block.minutes > 0 for block in made.blocks)
