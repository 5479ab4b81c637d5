"""Which units are known: near what counting all cases says, fast on long chains, and sane whatever was answered."""

from collections.abc import Mapping
from itertools import product
from math import exp, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.placement import belief
from mlcoach.domain.placement.belief import (
    FORGOTTEN,
    GUESS,
    READY,
    SAID,
    SLIP,
    Evidence,
    UnitAnswer,
    known_probabilities,
    unit_graph,
)

TREE = {"a": (), "b": ("a",), "c": ("a",), "d": ("b",), "e": ()}


def counted(requires: Mapping[str, tuple[str, ...]], evidence: Evidence) -> dict[str, float]:
    """Return the probabilities by weighing every set of known units."""
    units = list(requires)
    weights: dict[tuple[bool, ...], float] = {}
    for known in product((False, True), repeat=len(units)):
        has = dict(zip(units, known, strict=True))
        chances = [READY if all(has[before] for before in requires[unit]) else FORGOTTEN for unit in units]
        weight = prod(chance if has[unit] else 1 - chance for unit, chance in zip(units, chances, strict=True))
        for answer in evidence.answers:
            right = 1 - SLIP if has[answer.unit] else GUESS
            weight *= right if answer.right else 1 - right
        weights[known] = weight * prod(exp(SAID) for unit in evidence.said if has[unit])
    whole = sum(weights.values())
    return {
        unit: sum(weight for known, weight in weights.items() if known[place]) / whole
        for place, unit in enumerate(units)
    }


answers = st.lists(st.builds(UnitAnswer, st.sampled_from(sorted(TREE)), st.booleans()), max_size=8).map(tuple)


@given(answers, st.frozensets(st.sampled_from(sorted(TREE)), max_size=2))
def test_on_a_tree_it_is_what_counting_all_cases_says(
    given_answers: tuple[UnitAnswer, ...], said: frozenset[str]
) -> None:
    evidence = Evidence(given_answers, said)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(belief, "WEIGHT", 1e9)  # how far a learner goes is then not learned
        found = known_probabilities(unit_graph(TREE), evidence)
    assert found == pytest.approx(counted(TREE, evidence), abs=1e-6)


@given(answers, st.sampled_from(sorted(TREE)))
def test_a_right_answer_never_makes_its_unit_less_likely(given_answers: tuple[UnitAnswer, ...], unit: str) -> None:
    graph = unit_graph(TREE)
    before = known_probabilities(graph, Evidence(given_answers))[unit]
    after = known_probabilities(graph, Evidence((*given_answers, UnitAnswer(unit, True))))[unit]
    assert after >= before - 1e-9


def test_who_knows_what_comes_later_knows_what_it_builds_on() -> None:
    graph = unit_graph(TREE)
    found = known_probabilities(graph, Evidence((UnitAnswer("d", True), UnitAnswer("d", True))))
    assert found["a"] > 0.95 and found["b"] > 0.95
    assert found["e"] < found["b"]


def test_the_word_of_a_learner_adds_two_log_odds_and_a_pass_is_certain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(belief, "WEIGHT", 1e9)  # how far a learner goes is then not learned
    graph = unit_graph({"a": ()})
    alone = known_probabilities(graph, Evidence())["a"]
    said = known_probabilities(graph, Evidence(said=frozenset("a")))["a"]
    assert said / (1 - said) / (alone / (1 - alone)) == pytest.approx(exp(2), rel=0.01)
    assert known_probabilities(graph, Evidence(passed=frozenset("a")))["a"] > 0.99


def test_edges_that_others_imply_and_unknown_units_are_left_out() -> None:
    graph = unit_graph({"c": ("a", "b", "gone", "b"), "b": ("a",), "a": ()})
    assert graph.order == ("a", "b", "c")
    assert graph.requires == {"a": (), "b": ("a",), "c": ("b",)}
    assert graph.below("c") == {"a", "b"}


def test_a_long_chain_answered_against_itself_stays_a_probability() -> None:
    chain = {f"u{number}": (f"u{number - 1}",) if number else () for number in range(400)}
    said = [UnitAnswer(f"u{number}", number > 200) for number in range(400)] * 5
    found = known_probabilities(unit_graph(chain), Evidence(tuple(said)))
    assert all(0 < probability < 1 for probability in found.values())


def test_an_empty_map_and_answers_on_units_that_are_gone() -> None:
    assert known_probabilities(unit_graph({}), Evidence((UnitAnswer("gone", True),), frozenset(("gone",)))) == {}
