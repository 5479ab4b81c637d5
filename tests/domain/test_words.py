"""What people say of themselves, without who they say they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.words import without_person


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I am a physicist, rusty statistics, some python", "rusty statistics, some python"),
        (
            "I am a physicist. I know calculus well but my statistics is rusty.",
            "I know calculus, my statistics is rusty",
        ),
        ("I'm a web developer who knows python", "python"),
        ("as a data analyst with sql, pandas and statistics", "sql, pandas and statistics"),
        ("We are an odd pair", ""),
        ("I am good at python", "I am good at python"),
        ("python, but no calculus", "python, but no calculus"),
        ("prog.py.data, math.la", "prog.py.data, math.la"),
        ("What machine learning is (and is not)", "What machine learning is (and is not)"),
    ],
)
def test_who_somebody_is_is_no_subject(said: str, left: str) -> None:
    assert without_person(said) == left


@given(st.lists(st.from_regex(r"[a-z]{3,8}\.[a-z]{3,8}", fullmatch=True), min_size=1, max_size=4))
def test_ids_in_a_row_are_left_as_they_are(ids: list[str]) -> None:
    assert without_person(", ".join(ids)) == ", ".join(ids)
