"""Words that nobody can judge: who said all of an answer sees it, everybody else is asked once for more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.assistant.saying import MOST_SAYINGS, is_text_due, says_all

words = st.lists(
    st.sampled_from(["perimeter", "fence", "gradient", "shares", "of", "a", "the", "losses", "chance", "12"]),
    max_size=9,
)


@given(words, words)
def test_who_says_the_answer_says_all_of_it(answer: list[str], more: list[str]) -> None:
    text = " ".join(answer)
    assert says_all(text, " ".join([*more, *reversed(answer)]).upper()) == bool(answer)
    assert not says_all(text, "")


@given(words, st.lists(st.text(max_size=30), max_size=4))
def test_the_text_comes_after_the_second_saying_at_the_latest(answer: list[str], sayings: list[str]) -> None:
    due = is_text_due(" ".join(answer), sayings)
    assert due or len(sayings) < MOST_SAYINGS
    assert not due or sayings


@pytest.mark.parametrize(
    ("answer", "said", "all_of_it"),
    [
        (
            "Other columns (profession, first name) still tell the group.",
            "the other columns still tell the group",
            True,
        ),
        ("Other columns still tell the group, and error rates need it.", "other columns tell the group", False),
        ("Overfitting.", "it overfits", True),
        ("(all of it)", "all of it", True),
        ("1.", "it is 1", True),
        ("1.", "it is 2", False),
        ("Its PERIMETER.", "the area", False),
    ],
)
def test_examples(answer: str, said: str, all_of_it: bool) -> None:
    assert says_all(answer, said) is all_of_it
