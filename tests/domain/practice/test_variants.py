"""Numbers drawn from a seed: the same again, within their ranges, under their conditions, written for people."""

import pytest

from mlcoach.adapters.expressions import evaluate
from mlcoach.domain.practice.values import ExpressionError, filled, places_of, shown
from mlcoach.domain.practice.variants import (
    Acceptance,
    KnownMistake,
    Variable,
    Vary,
    draw,
    feedback,
    seed_of,
    stored_vary,
)

HALF_WIDTH = Vary(
    "{x} of {n} were right. Half-width?",
    "1.96*sqrt(p*(1-p)/n)",
    Acceptance(rel=0.01, abs=1e-8),
    (Variable("n", choice=(20, 50, 100)), Variable("x", low=3, high=40)),
    (("p", "x/n"), ("se", "sqrt(p*(1-p)/n)")),
    ("x < n", "n*p >= 5"),
    "The standard error is {se:.3f}; times 1.96 that is {answer:.3f}.",
    (KnownMistake("sd-not-se", "sqrt(p*(1-p)/n)", "{se:.3f} is the standard error.", "u/ci-z"),),
)


def test_a_variant_is_the_same_again_and_another_with_another_seed() -> None:
    seeds = [seed_of("u/half-width", number) for number in range(1, 101)]
    assert len(set(seeds)) == 100 and all(0 < seed < 2**49 for seed in seeds)
    variants = [draw(HALF_WIDTH, seed, evaluate) for seed in seeds]
    assert variants == [draw(HALF_WIDTH, seed, evaluate) for seed in seeds]
    assert len({variant.prompt for variant in variants}) > 50
    for variant in variants:
        x, n = variant.values["x"], variant.values["n"]
        assert n in (20, 50, 100) and 5 <= x < n and x <= 40


def test_a_seed_is_what_it_was_in_every_release() -> None:
    assert seed_of("math.la.eigen/trace-eig", 1) == 255622345925934
    assert draw(HALF_WIDTH, 1, evaluate).values == {
        "n": 100,
        "x": 12,
        "p": 0.12,
        "se": pytest.approx(0.032496, rel=1e-4),
    }


def test_texts_have_the_numbers_in() -> None:
    variant = draw(HALF_WIDTH, 1, evaluate)
    assert variant.prompt == "12 of 100 were right. Half-width?"
    assert variant.solution == "The standard error is 0.032; times 1.96 that is 0.064."
    assert feedback(variant, HALF_WIDTH.mistakes[0]) == "0.032 is the standard error."


def test_conditions_that_never_hold_end() -> None:
    with pytest.raises(ExpressionError, match="no numbers fulfil"):
        draw(HALF_WIDTH._replace(where=("x > 100",)), 1, evaluate)


@pytest.mark.parametrize("answer", ["1/(x-x)", "log(-x)", "y", "[[1, 2], [3, 4]]", "x > 1", "10.0**x**x**x"])
def test_an_answer_that_is_none_is_an_error(answer: str) -> None:
    with pytest.raises(ExpressionError):
        draw(HALF_WIDTH._replace(answer=answer), 1, evaluate)


def test_a_mistake_that_cannot_be_made_with_these_numbers_is_left_out() -> None:
    mistakes = (KnownMistake("m", "1/(x-x)", "No."),)
    assert draw(HALF_WIDTH._replace(mistakes=mistakes), 1, evaluate).mistakes == ((mistakes[0], None),)


def test_vectors_and_matrices() -> None:
    vary = Vary(
        "A has rows {A}; v = {v}. A v?",
        "matmul(A, v)",
        Acceptance(exact=True),
        (Variable("A", low=-4, high=4, size=(2, 3)), Variable("v", low=1, high=5, size=(3,))),
    )
    variant = draw(vary, 2, evaluate)
    rows, vector = variant.values["A"], variant.values["v"]
    assert len(rows) == 2 and len(rows[0]) == 3
    assert variant.answer == tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows)


def test_steps_reach_both_ends() -> None:
    vary = Vary("{p}", "p", Acceptance(exact=True), (Variable("p", low=0.1, high=0.5, step=0.1),))
    assert {draw(vary, seed, evaluate).answer for seed in range(200)} == {0.1, 0.2, 0.3, 0.4, 0.5}


def test_a_table_comes_back_from_json() -> None:
    import json

    assert stored_vary(json.loads(json.dumps(HALF_WIDTH))) == HALF_WIDTH


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (3, "", "3"), (-3, "", "−3"), (0.1 + 0.2, "", "0.3"), (1e-5, "", "0.00001"), (12345, ",", "12,345"),
        (0.256, ".1%", "25.6 %"), (5, "+", "+ 5"), (-5, "+", "− 5"), (2.0, "", "2"), (1.5, ".2f", "1.50"),
        ((1, -2), "", "(1, −2)"), (((1, 2), (3, 4)), "", "(1, 2) and (3, 4)"), ("red", "", "red"), (1e-9, "", "1e−09"),
        (((1, 2), (3, 4), (5, 6)), "", "(1, 2), (3, 4) and (5, 6)"), (1234.5, ",.1f", "1,234.5"), (-0.5, "+.1f", "− 0.5"),
    ],
)  # fmt: skip
def test_values_are_written_for_people(value: object, spec: str, text: str) -> None:
    assert shown(value, spec) == text


def test_places_in_a_text() -> None:
    assert filled("{x} {{x}} {y.__class__} {x!r} {y}", {"x": 1}) == "1 {x} {y.__class__} {x!r} {y}"
    assert places_of("{x:.2f} and {{y}} and {z}") == [("x", ".2f"), ("z", "")]
