"""Which programs run tests, which do not and why; those of machine learning from scratch need at most NumPy."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcoach.domain.curriculum import Exercise
from mlcoach.services.context import Context
from tests.curriculum.code_without_tests import WITHOUT_TESTS, WORKED

pytestmark = pytest.mark.usefixtures("bundled_content")
SUBJECTS = ("ml.", "dl.", "nlp.", "rl.")


@pytest.fixture
def context(tmp_path: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(tmp_path), "PATH": os.environ["PATH"]})
    yield made
    made.close()


def programs(context: Context, subjects: tuple[str, ...] = ("",)) -> list[Exercise]:
    return [
        item
        for item in context.catalog.all_items()
        if isinstance(item, Exercise) and item.kind == "code" and item.id.startswith(subjects)
    ]


def test_a_program_of_any_subject_has_tests_or_a_reason_why_not(context: Context) -> None:
    untested = [item.id for item in programs(context) if item.code is None]
    assert sorted(untested) == sorted(id for ids in WITHOUT_TESTS.values() for id in ids)


def test_a_program_that_is_given_as_worked_is_one(context: Context) -> None:
    worked = {item.id for item in programs(context) if item.code is None and item.stage == "worked"}
    assert worked == set(WITHOUT_TESTS[WORKED])


def test_forty_programs_from_scratch_need_at_most_numpy(context: Context) -> None:
    found = programs(context, SUBJECTS)
    tested = [(item, item.code) for item in found if item.code is not None and item.vary is None]
    drills = [item for item, _ in tested if item.drill and item.unit != "ml.eda"]
    assert len(drills) >= 33
    assert len(tested) >= 40
    assert [item.id for item in drills if not item.pattern] == []
    assert {need for item, code in tested if item.unit != "ml.eda" for need in code.needs} == {"numpy"}
