"""Near the end of a path: which specialties go on from it, and when that is said."""

import json

import pytest

from mlcoach.services.context import Context
from tests.conftest import Program

UNITS = ["start.why", "start.setup", "prog.py.basics", "ml.found", "start.learn", "math.prob.basics"]


def path(id: str, units: list[str]) -> str:
    return f'[[path]]\nid = "{id}"\ntitle = "{id}"\ngoal = "to see"\nunits = {json.dumps(units)}\n'


def paths(mlcoach: Program, after: list[str]) -> None:
    """The learner is on the path `mine`; there is another, `after`."""
    mlcoach.write("config/curriculum/paths.toml", "schema = 1\n" + path("mine", UNITS) + path("after", after))
    mlcoach("config set path mine")


def note(mlcoach: Program) -> str:
    return str(json.loads(mlcoach("today --json").out)["data"]["note"])


def offered(mlcoach: Program) -> list[str]:
    return list(json.loads(mlcoach("forecast --json").out)["data"]["next_paths"])


def pass_share(mlcoach: Program, share: float) -> None:
    """Pass units in their order until so much of the path's hours is behind the learner."""
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    hours = {id: context.catalog.units[id].hours for id in UNITS}
    context.close()
    passed = 0.0
    for id in UNITS:
        if passed >= share * sum(hours.values()):
            return
        mlcoach(f"done {id}")
        passed += hours[id]


def test_a_specialty_is_offered_for_a_week_from_seventy_per_cent_and_by_the_forecast_from_then_on(
    mlcoach: Program,
) -> None:
    paths(mlcoach, [*UNITS, "math.la.vectors"])
    pass_share(mlcoach, 0.3)
    mlcoach.later(days=1)
    assert (offered(mlcoach), note(mlcoach)) == ([], "")
    pass_share(mlcoach, 0.7)
    mlcoach.later(days=1)
    assert offered(mlcoach) == ["core", "top-down", "after"]
    assert "`mlcoach config set path core` takes it" in note(mlcoach)
    assert "Paths that go on from here: core, top-down, after." in mlcoach("forecast").out
    mlcoach.later(days=5)
    assert "time to choose what comes after it" in note(mlcoach)
    mlcoach.later(days=2)
    assert note(mlcoach) == "", "a week of it is enough"
    assert "after" in offered(mlcoach)
    mlcoach("config set path after")
    assert (offered(mlcoach), note(mlcoach)) == ([], "")


@pytest.mark.parametrize("after", [UNITS, UNITS[:3], [*UNITS[1:], "math.la.vectors"]])
def test_a_path_that_does_not_go_on_from_this_one_is_not_offered(mlcoach: Program, after: list[str]) -> None:
    paths(mlcoach, after)
    pass_share(mlcoach, 0.7)
    assert offered(mlcoach) == ["core", "top-down"]


@pytest.mark.usefixtures("bundled_content")
@pytest.mark.parametrize(
    ("unit", "before"),
    [("prog.dsa.dp", "prog.dsa.linear prog.dsa.trees"), ("prog.cpp.memory", "prog.cpp.basics")],
)
@pytest.mark.parametrize("end", ["done {} --no-questions", "skip {}"])
@pytest.mark.slow
def test_a_unit_under_way_that_left_the_core_year_stays_in_the_plan_until_it_is_passed_or_skipped(
    mlcoach: Program, unit: str, before: str, end: str
) -> None:
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    assert unit not in context.path.units
    context.close()
    mlcoach(f"skip start prog.tools prog.py ml.found {before}")
    assert unit not in planned(mlcoach)
    mlcoach(f"log 30m {unit}")
    for _ in range(3):
        mlcoach.later(days=1)
        assert unit in planned(mlcoach)
    mlcoach.later(days=20)
    assert unit in planned(mlcoach), "a break does not lose it"
    mlcoach(end.format(unit))
    mlcoach.later(days=1)
    assert unit not in planned(mlcoach)


def planned(mlcoach: Program) -> set[str]:
    return {block["unit"] for block in json.loads(mlcoach("today --json").out)["data"]["blocks"]}
