"""The folds of checklists and projects, and their rules."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.curriculum import Checklist, ChecklistItem
from mlcoach.domain.events import TimeLogged, TimerStopped
from mlcoach.domain.work.checklists import fold_ticks, is_ticked_in, orphaned, ticks_of
from mlcoach.domain.work.projects import (
    Metric,
    ProjectState,
    StageRecord,
    current_project,
    fold_projects,
    gain,
    number_in,
)
from mlcoach.domain.work.templates import package_name
from mlcoach.domain.work_events import (
    ChecklistTicked,
    ProjectBegun,
    ProjectDropped,
    ProjectIdeaKept,
    ProjectMeasured,
    ProjectNoted,
    ProjectStageFinished,
    ProjectStepChecked,
)
from tests.domain.papers.test_passes import event, events

BEGUN = ProjectBegun("a", "Late invoices", "cli")


def state(*bodies: Any) -> ProjectState:
    return fold_projects(events(*bodies))["a"]


class TestChecklists:
    def test_what_was_said_last_holds(self) -> None:
        ticked = fold_ticks(
            events(ChecklistTicked("l", "a"), ChecklistTicked("l", "b"), ChecklistTicked("l", "a", done=False))
        )
        assert ticked == {"l": ["b"]}

    def test_a_list_without_ticks_is_not_there(self) -> None:
        assert fold_ticks(events(ChecklistTicked("l", "a"), ChecklistTicked("l", "a", done=False))) == {}

    def test_ticks_survive_a_rename_of_item_and_list_and_others_are_orphans(self) -> None:
        checklist = Checklist("new", "New", (ChecklistItem("dig", "Dig", was=("delve",)),), was=("old",))
        ticked = ticks_of(checklist, {"old": ["delve", "gone"], "new": []})
        assert is_ticked_in(checklist.items[0], ticked)
        assert orphaned(checklist, ticked) == ["gone"]

    @given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.booleans()), max_size=12))
    def test_the_order_of_arrival_does_not_matter(self, said: list[tuple[str, str, bool]]) -> None:
        told = events(*(ChecklistTicked(*one) for one in said))
        assert fold_ticks(told) == fold_ticks(reversed(told))


class TestProjects:
    def test_an_idea_becomes_the_project_that_it_was_about(self) -> None:
        known = state(ProjectIdeaKept("a", "Late invoices", 2, 1, 0, "2026-12-01"), BEGUN)
        assert (known.status, known.scores, known.decide_by, known.began) == (
            "doing", (2, 1, 0), "2026-12-01", "2026-11-23",
        )  # fmt: skip

    def test_going_on_opens_the_next_stage_with_the_time_that_this_one_took(self) -> None:
        known = state(
            BEGUN, TimeLogged(1800, work="project:a"), TimerStopped(0, 600_000_000, work="project:a"),
            ProjectStageFinished("a", 1, "go-on", "scoped"), TimeLogged(60, work="project:a"),
        )  # fmt: skip
        assert known.stage == 2
        assert known.verdicts == (StageRecord(1, "go-on", "2026-11-23", "scoped", 2400),)
        assert (known.seconds, known.open_seconds) == (2460, 60)

    def test_going_back_opens_the_one_before_and_never_less_than_the_first(self) -> None:
        on = ProjectStageFinished("a", 1, "go-on")
        assert state(BEGUN, on, ProjectStageFinished("a", 2, "back")).stage == 1
        assert state(BEGUN, ProjectStageFinished("a", 1, "back")).stage == 1

    def test_the_last_stage_finishes_it_and_a_stop_ends_it_anywhere(self) -> None:
        assert state(BEGUN, ProjectStageFinished("a", 5, "go-on", ends=True)).status == "finished"
        assert state(BEGUN, ProjectStageFinished("a", 2, "stop", "no data")).status == "stopped"

    def test_two_machines_that_both_went_on_went_on_once(self) -> None:
        on = ProjectStageFinished("a", 1, "go-on")
        assert state(BEGUN, on, on).stage == 2

    def test_ticks_notes_and_the_reason_of_a_drop_stay(self) -> None:
        tick = ProjectStepChecked("a", "project-workflow", "problem")
        known = state(BEGUN, tick, tick, ProjectNoted("a", "one customer"), ProjectDropped("a", "no data"))
        assert known.steps == (("project-workflow", "problem"),)
        assert [note.text for note in known.notes] == ["one customer", "Dropped: no data"]
        assert known.status == "dropped"
        assert state(BEGUN, tick, tick._replace(done=False)).steps == ()

    def test_time_on_a_project_of_which_nothing_is_left_makes_none(self) -> None:
        assert fold_projects(events(TimeLogged(60, work="project:b"), TimeLogged(60, unit="a.b"))) == {}

    def test_a_metric_is_told_piece_by_piece(self) -> None:
        first = ProjectMeasured("a", "model", "recall", "0.62", "0.75")
        known = state(BEGUN, first, ProjectMeasured("a", "model", value="0.71"))
        assert known.metrics == (Metric("model", "recall", "0.62", "0.75", "0.71"),)

    @pytest.mark.parametrize(
        ("baseline", "value", "lower", "better"),
        [
            ("0.62", "0.71", False, 0.09),
            ("12 min", "8 min", True, 4),
            ("0,5 %", "0.4 %", False, -0.1),
            ("", "1", False, None),
        ],
    )
    def test_the_gain_is_over_the_baseline(self, baseline: str, value: str, lower: bool, better: float | None) -> None:
        found = gain(Metric("model", "m", baseline, "", value, lower))
        assert found is None if better is None else found == pytest.approx(better)

    def test_a_text_without_a_number_has_none(self) -> None:
        assert number_in("better") is None

    def test_whose_turn_it_is(self) -> None:
        told = [event(BEGUN, 1), event(ProjectBegun("b", "Birds"), 2), event(ProjectIdeaKept("c", "Cats"), 3)]
        assert current_project(fold_projects(told).items()) == "b"
        told.append(event(ProjectNoted("a", "…"), 4))
        assert current_project(fold_projects(told).items()) == "a"
        assert current_project([]) == ""

    def test_the_order_of_arrival_does_not_matter(self) -> None:
        told = events(
            BEGUN, ProjectStageFinished("a", 1, "go-on"), ProjectNoted("a", "x"), TimeLogged(60, work="project:a")
        )
        assert len({repr(fold_projects(order)) for order in permutations(told)}) == 1


@pytest.mark.parametrize(
    ("title", "package"),
    [
        ("Late invoices", "late_invoices"), ("import", "project_import"), ("3 birds", "project_3_birds"),
        ("Ünïcode straße", "unicode_strasse"), ("鳥", "project"), ("../../etc", "etc"),
    ],
)  # fmt: skip
def test_a_package_has_a_name_that_python_takes(title: str, package: str) -> None:
    assert package_name(title).isidentifier()
    assert package_name(title) == package


@given(st.text(max_size=80))
def test_any_title_makes_a_package(title: str) -> None:
    assert package_name(title).isidentifier()
