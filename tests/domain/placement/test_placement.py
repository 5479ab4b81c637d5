"""What is asked and what is said: few questions, little passed wrongly, and nothing without an answer."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.placement.belief import Evidence, UnitAnswer, UnitGraph, known_probabilities, unit_graph
from mlcoach.domain.placement.placement import FAILED, FEWEST, MOST, contradictions, next_unit, verdicts
from mlcoach.domain.placement.votes import MOST_STEPS, Votes
from tests.benchmarks.placement import outcome, place_all

UNITS = json.loads((Path(__file__).parents[2] / "curriculum" / "units.json").read_text(encoding="utf-8"))
CORE = {id: tuple(unit["requires"]) for id, unit in UNITS.items() if unit["core"]}
MAP = unit_graph(CORE)
SEEN = unit_graph(
    CORE,
    doing=frozenset(id for id in CORE if UNITS[id].get("doing")),
    quiet=frozenset(id for id in CORE if id.partition(".")[0] in ("start", "papers")),
)
AMONG = frozenset(SEEN.order) - SEEN.doing
CHAIN = {"a": (), "b": ("a",), "c": ("b",), "d": ("c",), "other": ()}


def asks_through(graph: UnitGraph, knows: Callable[[str], bool], most: int = 100) -> list[UnitAnswer]:
    """Return the answers of a learner without slips, to questions that never run out."""
    answers: list[UnitAnswer] = []
    while len(answers) < most and (unit := next_unit(graph, Evidence(tuple(answers)), len(answers), lambda unit: True)):
        answers.append(UnitAnswer(unit, knows(unit)))
    return answers


@pytest.mark.slow
def test_simulated_learners_are_placed_as_well_as_promised() -> None:
    told = outcome(place_all(MAP, SEEN, 24, seed=3), AMONG)
    assert told.wrong <= 0.05
    assert told.found >= 0.75
    assert told.most_asked <= MOST


@pytest.mark.slow
def test_two_hundred_simulated_learners_are_placed_as_well_as_promised() -> None:
    told = outcome(place_all(MAP, SEEN, 200), AMONG)
    assert (told.wrong <= 0.05, told.found >= 0.80, told.median_asked <= 25) == (True, True, True), told


@pytest.mark.slow
def test_near_beginners_are_passed_as_little_wrongly_as_others() -> None:
    """Few of their units are passed, so each lucky answer weighs much."""
    told = outcome([one for seed in range(3) for one in place_all(MAP, SEEN, 200, seed, most=14)], AMONG)
    assert (told.wrong <= 0.05, told.found >= 0.70, told.median_asked <= 25) == (True, True, True), told


def test_it_begins_with_basics_and_goes_up_only_from_a_right_answer() -> None:
    graph = unit_graph(CORE)
    basics = [unit for unit in graph.order if not graph.requires[unit]]
    answers = asks_through(graph, lambda unit: False)
    assert {answer.unit for answer in answers} <= set(basics) and answers[0].unit in basics
    gone_on = next_unit(graph, Evidence((UnitAnswer(answers[0].unit, True),)), 1, lambda unit: True)
    assert gone_on not in basics


@given(st.lists(st.booleans(), max_size=MOST))
def test_nothing_is_asked_above_what_was_answered_wrong_and_is_rather_not_known(luck: list[bool]) -> None:
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
        likely = known_probabilities(graph, Evidence(tuple(answers)))
        assert not {one for one in below_failed if likely[one] < FAILED} & graph.below(unit)
        answers.append(UnitAnswer(unit, right))


def test_one_right_answer_passes_nothing() -> None:
    graph = unit_graph(CHAIN)
    for unit in CHAIN:
        assert {said.verdict for said in verdicts(graph, Evidence((UnitAnswer(unit, True),))).values()} == {"kept"}


def test_a_wrong_answer_stands_until_it_is_outvoted() -> None:
    graph = unit_graph(CHAIN)
    answers = (UnitAnswer("b", False), *(UnitAnswer("d", True),) * 2, UnitAnswer("c", True))
    assert {id for id, said in verdicts(graph, Evidence(answers)).items() if said.verdict == "known"} >= {"a"}
    only = (UnitAnswer("b", False), UnitAnswer("b", True))
    said = verdicts(graph, Evidence(only))
    assert {one.verdict for one in said.values()} == {"kept"}


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
    sure = dict.fromkeys(graph.order, 0.95)
    assert Votes(graph, evidence, sure).right == {
        "a": ("b", "d"), "b": ("b", "d"), "c": ("d",), "d": ("d",), "other": ()
    }  # fmt: skip
    assert Votes(graph, evidence, sure).known() == {"a": "b", "b": "b"}


def test_a_later_unit_speaks_for_another_where_it_is_known_itself_and_near() -> None:
    chain = unit_graph({f"u{n}": (f"u{n - 1}",) if n else () for n in range(MOST_STEPS + 2)})
    top = chain.order[-1]
    evidence, sure = Evidence((UnitAnswer(top, True),)), dict.fromkeys(chain.order, 0.95)
    assert [unit for unit, right in Votes(chain, evidence, sure).right.items() if right] == list(chain.order[1:])
    doubted = Votes(chain, evidence, {**sure, top: 0.5}).right
    assert [unit for unit, right in doubted.items() if right] == [top]


SURE = dict.fromkeys(CHAIN, 0.99)
votes = st.lists(st.builds(UnitAnswer, st.sampled_from(sorted(CHAIN)), st.booleans(), st.booleans()), max_size=14).map(
    tuple
)


@given(votes, st.frozensets(st.sampled_from(sorted(CHAIN))), st.frozensets(st.sampled_from(sorted(CHAIN))))
def test_no_unit_is_passed_on_less_than_the_rules_ask(
    answers: tuple[UnitAnswer, ...], doing: frozenset[str], each: frozenset[str]
) -> None:
    graph = unit_graph(CHAIN, doing)
    known = Votes(graph, Evidence(answers), SURE).known(each)
    for unit in known:
        assert unit not in doing, "what is done needs the learner's word too"
        speaking = [answer for answer in answers if answer.unit == unit or answer.unit in graph.above(unit)]
        wrong = sum(answer.unit == unit and not answer.right for answer in answers)
        assert sum(answer.right for answer in speaking) >= 2 * max(1, wrong)
        assert any(answer.right and answer.checked for answer in speaking)
        assert unit not in each or any(answer.right and answer.unit == unit for answer in answers)
        for below in graph.requires[unit]:
            assert below in known or not any(answer.unit == below and not answer.right for answer in answers)


@given(votes)
def test_what_is_done_follows_from_nothing_and_says_nothing_of_others(answers: tuple[UnitAnswer, ...]) -> None:
    graph = unit_graph(CHAIN, frozenset("d"))
    said = verdicts(graph, Evidence(answers, said=frozenset("d")))
    without = tuple(answer for answer in answers if answer.unit != "d")
    others = verdicts(graph, Evidence(without, said=frozenset("d")))
    assert {unit: one.verdict for unit, one in said.items() if unit != "d"} == {
        unit: one.verdict for unit, one in others.items() if unit != "d"
    }
    own = [answer.right for answer in answers if answer.unit == "d"]
    assert (said["d"].verdict == "known") == (any(own) and all(own))
    assert verdicts(graph, Evidence(answers))["d"].verdict == "kept"


def test_what_a_quiet_unit_builds_on_is_not_passed_for_it() -> None:
    answers = Evidence((UnitAnswer("b", True),) * 3)
    assert verdicts(unit_graph(CHAIN), answers)["a"].verdict == "known"
    assert verdicts(unit_graph(CHAIN, quiet=frozenset("b")), answers)["a"].verdict == "kept"


def test_a_part_asked_for_by_its_name_has_a_question_of_each_unit() -> None:
    graph = unit_graph(CHAIN)
    part = frozenset("abcd")
    answers: list[UnitAnswer] = []
    while unit := next_unit(
        graph, Evidence(tuple(answers)), len(answers), lambda unit: unit in part, fewest=0, few_unsure=0, each=part
    ):
        answers.append(UnitAnswer(unit, True))
    assert {answer.unit for answer in answers} == part
    assert {
        said.verdict for id, said in verdicts(graph, Evidence(tuple(answers)), each=part).items() if id in part
    } == {"known"}


def test_two_answers_to_one_unit_pass_what_it_needs_itself_and_no_more() -> None:
    graph = unit_graph({**CHAIN, "e": ("d",)})
    said = verdicts(graph, Evidence(tuple([UnitAnswer("d", True)] * 3)))
    assert {unit for unit, one in said.items() if one.verdict == "known"} == {"c", "d"}
    said = verdicts(graph, Evidence((*[UnitAnswer("d", True)] * 2, UnitAnswer("c", True))))
    assert {unit for unit, one in said.items() if one.verdict == "known"} == {"a", "b", "c", "d"}


def test_craft_says_nothing_of_theory() -> None:
    graph = unit_graph({"vectors": (), "python": (), "package": ("vectors", "python")})
    answers = Evidence(tuple([UnitAnswer("package", True)] * 3))
    apart = graph._replace(craft=frozenset({"package"}), theory=frozenset({"vectors"}))
    assert verdicts(graph, answers)["vectors"].verdict == "known"
    assert verdicts(apart, answers)["vectors"].verdict == "kept"
    assert verdicts(apart, answers)["python"].verdict == "known"


def test_a_unit_half_right_and_half_wrong_says_nothing_of_what_it_needs() -> None:
    graph = unit_graph(CHAIN)
    sure = [UnitAnswer("a", True), UnitAnswer("b", True), *[UnitAnswer("c", True)] * 2]
    assert verdicts(graph, Evidence(tuple(sure)))["b"].right == ("b", "c")
    torn = [*sure, *[UnitAnswer("c", False)] * 2]
    assert verdicts(graph, Evidence(tuple(torn)))["b"].right == ("b",)


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
