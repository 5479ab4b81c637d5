"""Numbers as people type them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.answers import LONGEST_NUMBER, is_right, parse_number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3", {3}),
        ("-2.5", {-2.5}),
        ("−2", {-2}),  # the minus of typesetters
        ("+.5", {0.5}),
        ("5.", {5}),
        ("2/3", {2 / 3}),
        ("-1 / 4", {-0.25}),
        ("1e-3", {0.001}),
        ("2E5", {200_000}),
        ("10^6", {1_000_000}),
        ("2**10", {1024}),
        ("40%", {40, 0.4}),
        ("0,5", {0.5}),
        ("1,000", {1000, 1}),  # a thousand here, one elsewhere
        ("1,234,567.5", {1234567.5}),
        ("1 000 000", {1_000_000}),
        ("1_000", {1000}),
    ],
)
def test_what_is_understood(text: str, numbers: set[float]) -> None:
    assert set(parse_number(text)) == numbers


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "e",
            "-",
            ".",
            "/",
            "%",
            "three",
            "nan",
            "inf",
            "--1",
            "0x10",
            "٣",
            "３",
            "1/2/3",
            "1,23,456",
            "12,",
        ),
        *("1e999", "9^99999", "1/0", "-8^.5", "9" * (LONGEST_NUMBER + 1)),
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) == ()


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_every_number_python_writes_is_read_back(number: float) -> None:
    assert number in parse_number(repr(number))


@given(st.text(max_size=50))
def test_any_text_gives_finite_numbers_or_none(text: str) -> None:
    assert all(math.isfinite(number) for number in parse_number(text))


@pytest.mark.parametrize(
    ("typed", "number", "tolerance", "right"),
    [
        ("3", 3, 0, True),
        ("3.01", 3, 0, False),
        ("0.73", 0.7333, 0.005, True),
        ("0.72", 0.7333, 0.005, False),
        ("1/3", 0.3333333333333333, 0, True),
        ("0.30000000000000004", 0.3, 0, True),  # 0.1 + 0.2 in binary
        ("1,000", 1000, 0, True),
        ("1,000", 1, 0, True),
        ("40%", 0.4, 0, True),
        ("x", 0, 10, False),
    ],
)
def test_near_enough_is_right(typed: str, number: float, tolerance: float, right: bool) -> None:
    assert is_right(parse_number(typed), number, tolerance) is right


@pytest.mark.parametrize(("text", "numbers"), [
    ("1 1", ()), ("12 3", ()), ("1 1/2", ()), ("1  000", ()), ("1000 000", ()), ("1 000", (1000.0,)),
    ("10 000.5", (10000.5,)), ("- 3", (-3.0,)), ("2 / 3", (2 / 3,)), ("-1 000 000", (-1e6,)),
])  # fmt: skip
def test_blanks_stand_between_groups_of_three_digits_and_are_a_slip_elsewhere(
    text: str, numbers: tuple[float, ...]
) -> None:
    assert parse_number(text) == numbers
