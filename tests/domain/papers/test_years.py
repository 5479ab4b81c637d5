"""The year in a date as people and programs write dates."""

import pytest

from mlcoach.domain.papers.years import year_in, year_of


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2017", 2017), ("2019-03-04/2019-03-06", 2019), ("2017?", 2017), ("2017~", 2017), ("2017-21", 2017),
        ("../2019", 2019), ("[1667,1668]", 1667), ("{1667..1668}", 1667), ("in press, 2021", 2021), ("c. 1200", 1200),
        ("c1998", 1998), ("March-2019", 2019), ("0987", 987), ("1066-10-14", 1066), ("circa 350", 350), ("{{2001}}", 2001),
        ("201X", None), ("20XX", None), ("-0350", None), ("350 BC", None), ("", None), ("n.d.", None), ("20170612", None),
        ("9999", None), ("0000", None), ("12", None),
    ],
)  # fmt: skip
def test_the_year_of_a_text(text: str, year: int | None) -> None:
    assert year_in(text) == year


@pytest.mark.parametrize(
    ("value", "year"),
    [(2017, 2017), ("2017", 2017), (2017.0, 2017), (987, 987), (True, None), (-350, None), (0, None), ("x", None), (None, None),
     (float("nan"), None), (float("inf"), None)],
)  # fmt: skip
def test_the_year_of_a_number(value: object, year: int | None) -> None:
    assert year_of(value) == year
