"""The bundle's code exercises, run: no solution fails, no wrong one passes, and a poor complexity runs out of time."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import pytest

from mlcoach.curriculum.check.code_runs import run_faults
from mlcoach.domain.curriculum import Exercise
from mlcoach.domain.practice.code import CodeTask
from mlcoach.services.context import Context
from mlcoach.services.practice.prove import prover

# The solutions that run out of time on purpose take minutes: all of them with ALL_EXERCISES=1, else a sample.
WHOLE = bool(os.environ.get("ALL_EXERCISES"))
SAMPLE = ("prog.dsa.linear/five-with-pointers", "prog.dsa.trees/study-plan-order", "prog.dsa.linear/zero-triples")
ONE_OF = 1 if WHOLE else 8  # exercises are run by the suite; ALL_EXERCISES=1 in the environment runs them all


def is_drawn(item: str) -> bool:
    """Return whether an exercise is run: some of every subject, the same ones each time."""
    return int.from_bytes(blake2b(item.encode(), digest_size=4).digest(), "big") % ONE_OF == 0


# Exercises whose problems name a cost: each problem has a wrong solution of the next worse one, as has each drill.
COSTS = {
    "prog.dsa.linear/five-with-hashing": 5,
    "prog.dsa.linear/five-with-pointers": 5,
    "prog.dsa.linear/five-with-stacks": 3,
    "prog.dsa.trees/heap-from-memory": 1,
    "prog.dsa.trees/study-plan-order": 2,
    "prog.dsa.trees/five-on-trees": 5,
    "prog.dsa.trees/five-on-graphs": 5,
    "prog.dsa.dp/mixed-five-first": 5,
    "prog.dsa.dp/mixed-five-second": 5,
    "prog.dsa.dp/mixed-five-third": 5,
}

# The units whose drills with code take minutes: Python, NumPy, pandas and C++.
SMALL_DRILLS = ("prog.py.basics", "prog.py.design", "prog.py.data", "ml.eda", "prog.cpp.basics", "prog.cpp.memory")


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(tmp_path), "PATH": os.environ["PATH"]})
    made.settings.chosen["python"] = sys.executable  # it has NumPy
    yield made
    made.close()


def drills(context: Context) -> list[str]:
    """Return the drills of the algorithms: one problem each."""
    return [item for item in sorted(context.catalog.drills) if item.startswith("prog.dsa.")]


@pytest.mark.slow
@pytest.mark.parametrize("track", ("prog", "ml", "dl", "nlp", "rl", "career"))
@pytest.mark.usefixtures("bundled_content")
def test_solutions_are_right_and_wrong_ones_fail_exactly_their_tests(context: Context, track: str) -> None:
    prove, faults, count = prover(context), [], 0
    for item in context.catalog.self_checking:
        exercise = context.catalog.item(item)
        if isinstance(exercise, Exercise) and exercise.code and item.startswith(f"{track}.") and is_drawn(item):
            count += 1
            with prove(item, exercise.code) as run:
                faults += [f"{item} {fault.message}" for fault in run_faults(exercise.code, run)]
    assert faults == []
    assert count or not WHOLE


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_content")
def test_the_next_worse_complexity_runs_out_of_time(context: Context) -> None:
    late: dict[str, int] = {}
    asked = [*COSTS, *drills(context)] if WHOLE else SAMPLE
    for item in asked:
        exercise = context.catalog.item(item)
        assert isinstance(exercise, Exercise)
        assert isinstance(exercise.code, CodeTask)
        with prover(context)(item, exercise.code) as run:
            late[item] = sum(run(wrong.file).verdict == "timeout" for wrong in exercise.code.wrong)
    assert {item: count >= COSTS.get(item, 1) for item, count in late.items()} == dict.fromkeys(asked, True), late


@pytest.mark.usefixtures("bundled_content")
@pytest.mark.slow
def test_every_code_exercise_can_be_listed_and_its_tests_explained(context: Context) -> None:
    from mlcoach.domain.practice.asserts import explained

    exercises = [context.catalog.item(item) for item in context.catalog.self_checking]
    tasks = [item.code for item in exercises if isinstance(item, Exercise) and item.code is not None]
    assert len(tasks) >= 8
    assert all(task.bundled for task in tasks)
    assert all(explained(test.body) for task in tasks if task.language == "python" for test in task.tests)


@pytest.mark.usefixtures("bundled_content")
def test_small_drills_of_code_are_short_and_know_their_idea_and_their_mistakes(context: Context) -> None:
    found = [context.catalog.item(item) for item in context.catalog.self_checking]
    drills = [item for item in found if isinstance(item, Exercise) and item.drill and item.unit in SMALL_DRILLS]
    kinds = Counter((task.language, *task.needs) for item in drills if (task := item.code))
    least = {("python",): 20, ("python", "numpy"): 20, ("python", "pandas"): 20, ("cpp",): 26}
    assert {kind: kinds[kind] >= count for kind, count in least.items()} == dict.fromkeys(least, True), kinds
    for item in drills:
        assert item.code
        assert 5 <= item.minutes <= 20, item.id
        assert item.pattern, item.id
        assert item.pattern.casefold() not in item.title.casefold(), item.id
        assert 1 <= len(item.hints) <= 3, item.id
        assert len(item.code.tests) >= (2 if item.code.language == "cpp" else 3), item.id
        assert item.code.tests[0].visible, item.id
        assert item.code.wrong, item.id
        assert all(wrong.feedback for wrong in item.code.wrong), item.id


@pytest.mark.usefixtures("bundled_content")
def test_no_algorithm_drill_names_its_pattern_before_it_is_solved(context: Context) -> None:
    named, unnamed = [], []
    for item in drills(context):
        exercise = context.catalog.item(item)
        assert isinstance(exercise, Exercise)
        assert isinstance(exercise.code, CodeTask)
        told = f"{exercise.title}\n{exercise.prompt}\n{exercise.code.file}\n{exercise.code.starter}".lower()
        if not exercise.pattern:
            unnamed.append(item)
        elif exercise.pattern != "linked list" and exercise.pattern in told:  # a linked list is what is given
            named.append(item)
    assert (named, unnamed) == ([], [])
    assert len(drills(context)) >= 55
