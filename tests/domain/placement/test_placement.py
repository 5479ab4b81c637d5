"""What is asked and what is said: few questions, little passed wrongly, and nothing without an answer."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.placement.belief import Evidence, UnitAnswer, UnitGraph, unit_graph
from mlcoach.domain.placement.placement import FEWEST, MOST, contradictions, next_unit, supported, verdicts
from tests.benchmarks.placement import outcome, place_all

UNITS = json.loads((Path(__file__).parents[2] / "curriculum" / "units.json").read_text(encoding="utf-8"))
CORE = {id: tuple(unit["requires"]) for id, unit in UNITS.items() if unit["core"]}
CHAIN = {"a": (), "b": ("a",), "c": ("b",), "d": ("c",), "other": ()}


def asks_through(graph: UnitGraph, knows: Callable[[str], bool], most: int = 100) -> list[UnitAnswer]:
    """Return the answers of a learner without slips, to questions that never run out."""
    answers: list[UnitAnswer] = []
    while len(answers) < most and (unit := next_unit(graph, Evidence(tuple(answers)), len(answers), lambda unit: True)):
        answers.append(UnitAnswer(unit, knows(unit)))
    return answers


def test_simulated_learners_are_placed_as_well_as_promised() -> None:
    told = outcome(place_all(unit_graph(CORE), 12, seed=3))
    assert told.wrong <= 0.05
    assert told.found >= 0.80
    assert told.most_asked <= MOST


@pytest.mark.slow
def test_two_hundred_simulated_learners_are_placed_as_well_as_promised() -> None:
    told = outcome(place_all(unit_graph(CORE), 200))
    assert (told.wrong <= 0.05, told.found >= 0.80, told.median_asked <= 25) == (True, True, True), told


@pytest.mark.slow
def test_near_beginners_are_passed_as_little_wrongly_as_others() -> None:
    """Few of their units are passed, so each lucky answer weighs much."""
    about_work = frozenset(unit for unit in CORE if unit.startswith("career."))
    graph = unit_graph(CORE, about_work)
    told = outcome([one for seed in range(3) for one in place_all(graph, 200, seed, most=14)])
    assert (told.wrong <= 0.05, told.found >= 0.70, told.median_asked <= 25) == (True, True, True), told


def test_it_begins_with_basics_and_goes_up_only_from_a_right_answer() -> None:
    graph = unit_graph(CORE)
    basics = [unit for unit in graph.order if not graph.requires[unit]]
    answers = asks_through(graph, lambda unit: False)
    assert {answer.unit for answer in answers} <= set(basics) and answers[0].unit in basics
    gone_on = next_unit(graph, Evidence((UnitAnswer(answers[0].unit, True),)), 1, lambda unit: True)
    assert gone_on not in basics


@given(st.lists(st.booleans(), max_size=MOST))
def test_nothing_is_asked_above_what_was_just_answered_wrong(luck: list[bool]) -> None:
    graph = unit_graph(CORE)
    answers: list[UnitAnswer] = []
    for right in luck:
        unit = next_unit(graph, Evidence(tuple(answers)), len(answers), lambda unit: True)
        if unit is None:
            break
        asked = {answer.unit for answer in answers}
        lacking = {one for one in asked if not any(answer.right for answer in answers if answer.unit == one)}
        below_failed = {
            one for one in lacking if not any(answer.right and one in graph.below(answer.unit) for answer in answers)
        }
        assert not below_failed & graph.below(unit)
        answers.append(UnitAnswer(unit, right))


def test_one_lucky_answer_of_somebody_who_knows_little_passes_nothing() -> None:
    graph = unit_graph({**CHAIN, **{f"more{n}": () for n in range(12)}})
    wrong = tuple(UnitAnswer(f"more{n}", False) for n in range(12))
    lucky = Evidence((*wrong, UnitAnswer("a", True)))
    assert verdicts(graph, lucky)["a"].verdict == "kept"
    assert verdicts(graph, Evidence((UnitAnswer("a", True),)))["a"].verdict == "known", "others are right as a rule"
    confirmed = Evidence((*lucky.answers, UnitAnswer("a", True)))
    assert verdicts(graph, confirmed)["a"].verdict == "known"
    above = Evidence((*wrong, UnitAnswer("a", True), UnitAnswer("b", True), UnitAnswer("b", True)))
    assert verdicts(graph, above)["a"].verdict == "known"


def test_a_beginner_is_passed_nothing_and_asked_little() -> None:
    graph = unit_graph(CORE)
    answers = asks_through(graph, lambda unit: False)
    assert len(answers) <= FEWEST
    assert {said.verdict for said in verdicts(graph, Evidence(tuple(answers))).values()} == {"kept"}


def test_who_knows_everything_is_passed_nearly_everything() -> None:
    graph = unit_graph(CORE)
    answers = asks_through(graph, lambda unit: True)
    known = [said for said in verdicts(graph, Evidence(tuple(answers))).values() if said.verdict == "known"]
    assert len(answers) <= MOST
    assert len(known) >= 0.9 * len(CORE)


some_answers = st.lists(st.builds(UnitAnswer, st.sampled_from(sorted(CHAIN)), st.booleans()), max_size=12).map(tuple)


@given(some_answers)
def test_nothing_is_known_without_a_right_answer_to_it_or_above_it(answers: tuple[UnitAnswer, ...]) -> None:
    graph = unit_graph(CHAIN)
    right = {answer.unit for answer in answers if answer.right}
    for unit, said in verdicts(graph, Evidence(answers)).items():
        if said.verdict == "known":
            assert said.because in right
            assert unit == said.because or unit in graph.below(said.because)


def test_the_reason_is_the_nearest_answer_above() -> None:
    graph = unit_graph(CHAIN)
    evidence = Evidence((UnitAnswer("d", True), UnitAnswer("b", True)))
    sure = dict.fromkeys(graph.order, 0.9)
    assert supported(graph, evidence, sure) == {"a": "b", "b": "b", "c": "d", "d": "d"}


def test_a_unit_is_passed_for_a_later_one_that_is_known_itself_and_near() -> None:
    graph = unit_graph(CHAIN)
    evidence = Evidence((UnitAnswer("d", True),))
    assert supported(graph, evidence, {**dict.fromkeys("abc", 0.9), "d": 0.9}) == {"b": "d", "c": "d", "d": "d"}
    assert supported(graph, evidence, {**dict.fromkeys("abc", 0.9), "d": 0.5}) == {"d": "d"}


def test_basics_wrong_and_what_builds_on_them_right_is_said() -> None:
    graph = unit_graph(CHAIN)
    wrong = [UnitAnswer(unit, False) for unit in ("a", "b")] * 2
    right = [UnitAnswer(unit, True) for unit in ("c", "d")] * 2
    said = verdicts(graph, Evidence((*wrong, *right)))
    found = contradictions(graph, Evidence((*wrong, *right)))
    assert {one.below for one in found} == {unit for unit in ("a", "b") if said[unit].verdict == "kept"} != set()
    assert contradictions(graph, Evidence((*right, *right, UnitAnswer("a", False)))) == (), "a slip is outvoted"


def test_it_ends_where_no_question_is_left_and_skips_units_without_one() -> None:
    graph = unit_graph(CHAIN)
    assert next_unit(graph, Evidence(), 0, lambda unit: False) is None
    assert next_unit(graph, Evidence(), 0, lambda unit: unit == "other") == "other"
    assert next_unit(graph, Evidence(), MOST, lambda unit: True) is None


def test_what_was_passed_is_neither_asked_nor_doubted() -> None:
    graph = unit_graph(CHAIN)
    evidence = Evidence(passed=frozenset(CHAIN))
    assert next_unit(graph, evidence, 0, lambda unit: True) is None
    assert {said.verdict for said in verdicts(graph, evidence).values()} == {"known"}


def test_after_a_placement_few_unsure_units_are_let_be() -> None:
    graph = unit_graph(CHAIN)
    answers = tuple(UnitAnswer(unit, True) for unit in ("b", "d", "d"))
    unsure = next_unit(graph, Evidence(answers), 0, lambda unit: True)
    assert unsure == "other"
    assert next_unit(graph, Evidence(answers), 0, lambda unit: True, fewest=0) is None
    assert next_unit(graph, Evidence(answers), 0, lambda unit: True, fewest=0, few_unsure=0) == "other"
