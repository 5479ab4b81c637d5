"""Typed answers: read as they are meant, judged as they were asked for, and nothing lost by a slip of the hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.expressions import evaluate
from mlcoach.domain.practice.accept import (
    answer_text,
    as_expression,
    is_near,
    judge_text,
    judge_variant,
    read_number,
    read_vector,
    shortest_text,
)
from mlcoach.domain.practice.variants import Acceptance, KnownMistake, Variable, Vary, draw

EXACT = Acceptance(exact=True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3", 3), ("-2.5", -2.5), ("−2.5", -2.5), ("2/3", 2 / 3), ("3,5", 3.5), ("50 %", 0.5), ("50%", 50),
        ("٣", 3), ("٣٫٥", 3.5), ("१२", 12), ("３", 3), ("1e-3", 0.001), ("10^3", 1000), ("1 000", 1000), (" 7 ", 7),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_is_meant(typed: str, meant: float) -> None:
    assert any(math.isclose(reading, meant) for reading in read_number(typed).readings)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1/0", "divides by zero"), ("1/0,0", "divides by zero"), ("1e999", "too large"), ("x", "not a number"),
        ("", "write it like"), ("(1, 2)", "one number"), ("nan", "not a number"), ("inf", "not a number"),
        ("9" * 50, "at most 40"), ("½", "not a number"), ("1/2/3", "not a number"), ("--3", "not a number"),
        ("٣" * 50, "at most 40"), ("²", "not a number"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_a_fault(typed: str, said: str) -> None:
    found = read_number(typed)
    assert found.readings == ()
    assert said in found.fault


@pytest.mark.parametrize(
    "typed", ["(1, 2, 3)", "1 2 3", "1,2,3", "1; 2; 3", "[1,2,3]", "⟨1, 2, 3⟩", "(١، ٢، ٣)", "1, 2/1, 300%"]
)
def test_a_vector_is_read_with_and_without_brackets(typed: str) -> None:
    (reading,) = read_vector(typed, 3).readings
    assert reading[:2] == (1, 2)


def test_a_vector_with_decimal_commas() -> None:
    assert read_vector("(1,5; 2,5)", 2).readings == ((1.5, 2.5),)
    assert read_vector("(1,5, 2,5)", 2).readings == ((1.5, 2.5),)


@pytest.mark.parametrize(
    ("typed", "said"), [("(1, 2)", "2 numbers"), ("5", "one number"), ("", "write 3"), ("1, x, 3", "not a number"),
                        ("1, 1/0, 2", "divides by zero"), ("1 2 3 4", "4 numbers")]
)  # fmt: skip
def test_a_vector_of_the_wrong_length_is_a_fault(typed: str, said: str) -> None:
    found = read_vector(typed, 3)
    assert found.readings == ()
    assert said in found.fault


@pytest.mark.parametrize(
    ("value", "right", "accept", "near"),
    [
        (0.124, 0.1235, Acceptance(sigfig=3), True),
        (0.12, 0.1235, Acceptance(sigfig=3), False),
        (0.1235, 0.12349, Acceptance(sigfig=3), True),
        (1230, 1234, Acceptance(sigfig=3), True),
        (1220, 1234, Acceptance(sigfig=3), False),
        (0, 0, Acceptance(sigfig=3), True),
        (0.13, 0.125, Acceptance(decimals=2), True),
        (0.12, 0.125, Acceptance(decimals=2), True),
        (0.11, 0.125, Acceptance(decimals=2), False),
        (101, 100, Acceptance(rel=0.01), True),
        (101.1, 100, Acceptance(rel=0.01), False),
        (-99, -100, Acceptance(rel=0.01), True),
        (0.00001, 0, Acceptance(rel=0.01), False),
        (0.00001, 0, Acceptance(rel=0.01, abs=0.0001), True),
        (0.1 + 0.2, 0.3, EXACT, True),
        (0.3333, 1 / 3, EXACT, False),
        (1 / 3, 1 / 3, EXACT, True),
        (16777216, 16777217, EXACT, False),
    ],
)
def test_how_near_is_near_enough(value: float, right: float, accept: Acceptance, near: bool) -> None:
    assert is_near(value, right, accept) is near


@pytest.mark.parametrize(
    ("right", "accept", "text"),
    [
        (0.73469, Acceptance(decimals=2), "0.73"), (3, Acceptance(decimals=2), "3"), (1234.5, Acceptance(sigfig=2), "1200"),
        (1 / 3, EXACT, "1/3"), (0.25, EXACT, "0.25"), (-6, EXACT, "−6"), (67, EXACT, "67"), ((1, -2), EXACT, "(1, −2)"),
        (0.0123456, Acceptance(rel=0.01), "0.01235"), (100000, EXACT, "100000"),
    ],
)  # fmt: skip
def test_the_right_answer_is_shown_as_it_was_asked_for(right: float, accept: Acceptance, text: str) -> None:
    assert answer_text(right, accept) == text


def test_the_shortest_text_that_is_right() -> None:
    assert shortest_text(0.7346938, Acceptance(decimals=2)) == "0.73"
    assert shortest_text(1 / 3, EXACT) == "1/3"
    assert len(shortest_text(math.pi, EXACT)) > 12


MISTAKES = (KnownMistake("sum", "a+b", "That is the sum of {a} and {b}, not {answer}.", "u/c"),)
PRODUCT = Vary(
    "{a} · {b}?", "a*b", EXACT, (Variable("a", low=3, high=9), Variable("b", low=3, high=9)), mistakes=MISTAKES
)


def test_a_known_mistake_is_recognised_and_right_goes_first() -> None:
    variant = draw(PRODUCT, 5, evaluate)
    a, b = variant.values["a"], variant.values["b"]
    assert judge_variant(PRODUCT, variant, str(a * b), evaluate).right
    wrong = judge_variant(PRODUCT, variant, str(a + b), evaluate)
    assert not wrong.right and wrong.mistake == MISTAKES[0]
    assert judge_variant(PRODUCT, variant, "1000", evaluate) == (False, None, "")
    assert judge_variant(PRODUCT, variant, "1/0", evaluate).fault


SLOPE = Vary(
    "Derivative of {a}x²?",
    "2*a*x",
    Acceptance(rel=0.01),
    (Variable("a", low=2, high=5),),
    mistakes=(KnownMistake("kept", "a*x**2", "That is the function itself."),),
    free=(Variable("x", low=0.5, high=3, step=0),),
)


@pytest.mark.parametrize(
    "form", ["2*{a}*x", "{d}x", "{d} x", "x*{d}", "{d}·x", "({d})(x)", "f'(x) = {d}x", "{d}x^2/x", "{a}x+{a}x"]
)
def test_a_formula_is_right_in_any_form(form: str) -> None:
    variant = draw(SLOPE, 3, evaluate)
    a = variant.values["a"]
    assert judge_variant(SLOPE, variant, form.format(a=a, d=2 * a), evaluate).right


def test_a_formula_shows_its_mistake_and_its_faults() -> None:
    variant = draw(SLOPE, 3, evaluate)
    a = variant.values["a"]
    assert judge_variant(SLOPE, variant, f"{a}x²", evaluate).mistake == SLOPE.mistakes[0]
    assert judge_variant(SLOPE, variant, f"{a}x³", evaluate) == (False, None, "")
    for typed in ("2*y", "2*x*(", "x.real", "", "[i for i in x]", "9**9**9", "import os", "x = = 2", "1" * 300):
        judged = judge_variant(SLOPE, variant, typed, evaluate)
        assert judged.fault and not judged.right, typed


def test_letters_side_by_side_are_multiplied() -> None:
    assert as_expression("2xy + exp(x)", ["x", "y"]) == "2*x*y + exp(x)"
    assert as_expression("x y", ["x", "y"]) == "x*y"
    assert as_expression("exp(xy)y²", ["x", "y"]) == "exp(x*y)*y**(2)"


@pytest.mark.parametrize(
    ("typed", "expression"),
    [
        ("2x", "2*x"), ("x²", "x**(2)"), ("x⁻¹", "x**(-1)"), ("3(x+1)", "3*(x+1)"), ("(x+1)(x-1)", "(x+1)*(x-1)"),
        ("ln(x)", "log(x)"), ("log2(8)", "log2(8)"), ("1e-3", "1e-3"), ("2e^x", "2*e**x"), ("x(x+1)", "x*(x+1)"),
        ("y = 2x", "2*x"), ("exp(-x)", "exp(-x)"), ("0.5x", "0.5*x"), ("x sin(x)", "x*sin(x)"), ("2 x", "2*x"),
    ],
)  # fmt: skip
def test_a_formula_as_people_write_it(typed: str, expression: str) -> None:
    assert as_expression(typed, ["x"]) == expression


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("overfitting", True), ("Over-fitting", True), ("over fitting", True), ("the overfitting", True),
        ("overfiting", True), ("overfittinng", True), ("ovrefitting", True), ("overfittimg", True),
        ("overftiing", False), ("underfitting", False), ("over", False), ("OVERFITTING!", True), ("Övérfitting", True),
    ],
)  # fmt: skip
def test_a_short_text_forgives_one_slip(typed: str, right: bool) -> None:
    assert judge_text(typed, ["overfitting"]).right is right


def test_two_accepted_texts_in_a_row_are_none_of_them() -> None:
    for typed in ("true false", "falsetrue", "true"):
        assert judge_text(typed, ["true", "false"]).right == (typed == "true")


def test_short_words_and_digits_are_exact() -> None:
    assert judge_text("bias", ["bias"]).right
    assert not judge_text("bia", ["bias"]).right
    assert not judge_text("ResNet-51", ["ResNet-50"]).right
    assert judge_text("A", ["a"]).right
    assert not judge_text("C", ["C++"]).right
    assert judge_text(" ?! ", ["bias"]).fault
    assert judge_text("x" * 500, ["bias"]).fault


ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.text("0123456789.,-+*/^%()[];eExyπ²٣ √\0'\"{}=<>!_abcolgis", max_size=60),
)


@given(ANY_TEXT)
def test_whatever_is_typed_is_judged_or_a_fault(text: str) -> None:
    vector = Vary("{v}", "v", EXACT, (Variable("v", low=1, high=9, size=(3,)),))
    for vary in (PRODUCT, SLOPE, vector):
        variant = draw(vary, 3, evaluate)
        judged = judge_variant(vary, variant, text, evaluate)
        assert judged.fault or isinstance(judged.right, bool)
        assert not (judged.fault and judged.right)
    assert isinstance(judge_text(text, ["overfitting"]).right, bool)
