"""Texts with hidden parts, beside the braces of formulas and code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.cloze import filled_in, parts_of, with_blanks


@pytest.mark.parametrize(
    ("text", "shown", "filled"),
    [
        ("The {{first}} and {{second}}.", "The […] and […].", "The first and second."),
        (r"\(x_{{{i}}}\)", r"\(x_{[…]}\)", r"\(x_{i}\)"),
        (r"\(\frac{{{a}}}{b}\)", r"\(\frac{[…]}{b}\)", r"\(\frac{a}{b}\)"),
        (r"\({{\frac{a}{b}}}\)", r"\([…]\)", r"\(\frac{a}{b}\)"),
        (r"\({{\frac{a}{b} }}\)", r"\([…]\)", r"\(\frac{a}{b} \)"),
        (r"\(x_{{{\frac{a}{b}}}}\)", r"\(x_{[…]}\)", r"\(x_{\frac{a}{b}}\)"),
        (r"\(\{{{a,b}}\}\)", r"\(\{[…]\}\)", r"\(\{a,b\}\)"),
        ("{{{a}b}}", "[…]", "{a}b"),
        ("{{{'a': 1}}}", "{[…]}", "{'a': 1}"),
        ("{{ {'a': 1} }}", "[…]", " {'a': 1} "),
        ("{{a}} and }}", "[…] and }}", "a and }}"),
        ("no {{ partner", "no {{ partner", "no {{ partner"),
        ("}} {{a}}", "}} […]", "}} a"),
        ("{{a}}{{b}}", "[…][…]", "ab"),
        ("", "", ""),
    ],
)
def test_braces_of_the_text_stay_with_the_text(text: str, shown: str, filled: str) -> None:
    assert with_blanks(text) == shown
    assert filled_in(text) == filled


@given(st.text(st.sampled_from("{}\\ab"), max_size=30))
def test_no_letter_is_lost(text: str) -> None:
    parts = parts_of(text)
    assert "".join(f"{{{{{part}}}}}" if hidden else part for part, hidden in parts) == text
    assert all(part or hidden for part, hidden in parts)
