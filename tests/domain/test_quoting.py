"""Texts of others as they are quoted: bounded, harmless, marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.quoting import LONGEST, MOST_ENTRIES, cleaned, quoted
from mlcoach.domain.text import is_hostile


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("a\x1b[2J\x1b[Hb", "ab"),
        ("tags\U000e0069\U000e0067\U000e006e", "tags"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\u202egnp.exe", "gnp.exe"),
        ("kept: é ∑ 漢 👩‍🔬\n\tindented", "kept: é ∑ 漢 👩‍🔬\n\tindented"),
    ],
)
def test_what_steers_or_hides_is_gone(text: str, kept: str) -> None:
    assert cleaned(text) == kept


def test_what_is_too_long_says_how_much_was_left_out() -> None:
    assert cleaned("x" * (LONGEST + 5)) == "x" * LONGEST + " … (5 more characters)"
    entries = quoted(list=["y"] * (MOST_ENTRIES + 2))["list"]
    assert len(entries) == MOST_ENTRIES + 1
    assert entries[-1] == "… (2 more)"


def test_what_is_empty_is_left_out() -> None:
    assert quoted(a="", b=" \u200b ", c=[], d=["", "x"]) == {"d": ("x",)}


@given(st.text("\x1b[]0;mH\x07\x9ba\u200b\u202e\U000e0041\ud800 \n", max_size=60))
def test_nothing_hostile_is_ever_left(text: str) -> None:
    kept = cleaned(text)
    assert not any(is_hostile(letter) for letter in kept)
    assert not any("\U000e0000" <= letter <= "\U000e007f" for letter in kept)
