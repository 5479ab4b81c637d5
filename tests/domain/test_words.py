"""What people say of themselves, without who they say they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.words import excerpt, plain, without_circumstance, without_person


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


TEXT = "Most of the work on a problem is. For each hash, arrays and hashing; interview problems with two pointers, ends"


def test_an_excerpt_is_cut_between_words_and_marked_where_it_is() -> None:
    assert excerpt(TEXT, ["hash"], 40) == "…is. For each hash, arrays and hashing;…"
    assert excerpt(TEXT, ["most"], 30) == "Most of the work on a problem…"
    assert excerpt(TEXT, ["end"], 30) == "…with two pointers, ends"
    assert excerpt(TEXT, ["nowhere"], 20) == "Most of the work on…"
    assert excerpt("short", ["short"], 20) == "short"
    assert excerpt(TEXT, ["ashing"], 31) == "…arrays and hashing; interview…", "inside a word where none begins so"


@given(st.lists(st.from_regex(r"[a-zé]{1,9}", fullmatch=True), min_size=1, max_size=40), st.integers(20, 60), st.data())
def test_every_piece_of_an_excerpt_is_made_of_whole_words(words: list[str], length: int, data: st.DataObject) -> None:
    text = " ".join(words)
    wanted = data.draw(st.sampled_from(words))
    shown = excerpt(text, [plain(wanted)], length)
    assert len(shown) <= max(length, len(text) if len(text) <= length else 0)
    assert set(shown.strip("…").split()) <= set(words)
    assert any(plain(word).startswith(plain(wanted)) for word in shown.strip("…").split())
    assert shown.startswith("…") or text.startswith(shown.rstrip("…"))
    assert shown.endswith("…") or text.endswith(shown.lstrip("…"))


def test_an_excerpt_is_found_where_a_plain_letter_is_longer_than_the_one_it_stands_for() -> None:
    text = f"{'Straße … ' * 30}Gauß and Bayes; {'… und so weiter ' * 30}"
    assert "Gauß and Bayes" in excerpt(text, ["baye"], 60)


@given(st.text(max_size=200), st.text(max_size=10), st.integers(10, 60))
def test_an_excerpt_of_any_text_is_short_enough(text: str, wanted: str, length: int) -> None:
    assert len(excerpt(text, [wanted], length)) <= length


@given(st.lists(st.sampled_from(["python", "long", "ago", "from", "a", "free", "course", "x"]), min_size=1, max_size=6))
def test_how_many_blanks_stand_between_words_makes_no_difference(said: list[str]) -> None:
    # So many that all ways to share them out would not be tried to their end.
    assert without_circumstance((" " * 5000).join(said)) == without_circumstance(" ".join(said))
