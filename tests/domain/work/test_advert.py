"""An advert becomes plain text: HTML, entities and escapes gone, words kept, never longer than it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.text import first_hostile
from mlcoach.domain.work.advert import LONGEST_ADVERT, plain_advert


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("<p>Python &amp; SQL</p><ul><li>Kafka<li>Go</ul>", "Python & SQL\n\n- Kafka\n- Go"),
        ("<script>evil()</script>Python<!-- no -->", "Python"),
        ("\x1b[31mPython\x1b[0m \x1b]0;title\x07SQL", "Python SQL"),
        ("a &amp;lt; b\r\nnext", "a < b\nnext"),
        ("less < more, 3 > 2", "less < more, 3 > 2"),
        ("\u202etxet\u0000", "txet"),
        ("<style>p{}", ""),
        ("", ""),
        ("\n \n", ""),
    ],
)
def test_what_is_left_is_what_a_reader_sees(source: str, plain: str) -> None:
    assert plain_advert(source) == plain


@given(st.text(max_size=60))
def test_nothing_that_is_left_steers_a_terminal(source: str) -> None:
    assert first_hostile(plain_advert(f"<b>{source}</b>")) == ""


def test_a_page_of_five_megabytes_is_cut_within_seconds() -> None:
    page = "<div class='x'><p>We want \x1b[1mPython\x1b[0m</p><script>no()</script></div>\n" * 70_000
    assert len(page) > 5_000_000
    text = plain_advert(page)
    assert text.startswith("We want Python")
    assert len(text) <= LONGEST_ADVERT
    assert "no()" not in text
