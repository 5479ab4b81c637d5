"""One key means one thing on all screens, and each screen says what it takes in the words of the table."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.keys import KEYS, SCREENS, TOGETHER_SECONDS, TypedWords
from mlcoach.render.papers import walk as paper_screen
from mlcoach.render.practice import watch as practice_screen
from mlcoach.render.review import review as review_screen
from mlcoach.services.papers.walk import Walk
from mlcoach.services.practice.session import PracticeSession
from mlcoach.services.review.session import ReviewSession

ALWAYS = {"end", "q", "space", "enter", "escape", "1", "2", "3", "4"}  # known outside the tables of actions
ACTIONS: dict[str, Any] = {"review": ReviewSession, "practice": PracticeSession, "paper": Walk}
FEET = {"review": review_screen.HELP, "practice": practice_screen.KEYS, "paper": paper_screen.KEYS}


@pytest.mark.parametrize("screen", SCREENS)
def test_each_key_of_a_screen_stands_in_the_table(screen: str) -> None:
    keys = SCREENS[screen].split()
    assert set(keys) <= set(KEYS)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("screen", ACTIONS)
def test_a_session_acts_on_the_keys_of_its_screen_alone(screen: str) -> None:
    acting = set(ACTIONS[screen]._actions)
    named = set(SCREENS[screen].split())
    assert acting - ALWAYS == named - ALWAYS


@pytest.mark.parametrize("screen", FEET)
def test_the_foot_of_a_screen_uses_the_words_of_the_table(screen: str) -> None:
    said = [part for line in FEET[screen] for part in line.split(" · ")]
    keys = [part for part in said if part[0] in KEYS and part[1:2] == " "]
    assert len(keys) >= 5
    assert all(part.startswith(f"{part[0]} {KEYS[part[0]]}") for part in keys)
    assert {part[0] for part in keys} <= set(SCREENS[screen].split())


def test_no_two_letters_say_the_same() -> None:
    letters = [word for key, word in KEYS.items() if len(key) == 1 and key not in "jk"]
    assert len(set(letters)) == len(letters)


def acted_on(text: str, seconds: float, screen: str = "review") -> str:
    """Return the keys that act where a text is typed with so many seconds between two keys."""
    words = TypedWords(screen)
    keys = ["space" if letter == " " else letter for letter in text]
    acting = ""
    for index, key in enumerate(keys):
        soon = seconds <= TOGETHER_SECONDS and index + 1 < len(keys)
        if not words.are(key, index * seconds, keys[index + 1] if soon and words.waits(key) else ""):
            acting += " " if key == "space" else key
    return acting


class TestWordsTypedAtKeys:
    @pytest.mark.parametrize("screen", ["review", "practice", "paper", "timer"])
    @pytest.mark.parametrize("seconds", [0, 0.05, 0.2, 0.33])
    @pytest.mark.parametrize("text", ["the tasks decide", "bla", "one hundred", "it seems so", "be quick", "feedback"])
    def test_words_are_no_keys(self, screen: str, seconds: float, text: str) -> None:
        assert acted_on(text, seconds, screen) == ""

    @given(text=st.text("abcdefghilmnopqrstuvwxyz", min_size=2, max_size=30), seconds=st.floats(0, 0.35))
    def test_no_letter_among_letters_acts(self, text: str, seconds: float) -> None:
        assert set(acted_on(text, seconds)) <= (set("hu") if len(set(text[:2])) == 1 else set())

    @given(keys=st.text("hubesfq 1234", max_size=30), seconds=st.floats(2, 100))
    def test_keys_pressed_one_by_one_all_act(self, keys: str, seconds: float) -> None:
        assert acted_on(keys, seconds) == keys

    @given(keys=st.text(" 1234", max_size=30), seconds=st.floats(0, 100))
    def test_answers_may_follow_each_other_as_fast_as_one_likes(self, keys: str, seconds: float) -> None:
        assert acted_on(keys, seconds) == keys

    @pytest.mark.parametrize(
        ("screen", "keys"), [("review", "hh "), ("review", "uu"), ("paper", "jjj kk "), ("review", "b 3")]
    )
    def test_what_is_pressed_fast_on_purpose_acts(self, screen: str, keys: str) -> None:
        assert acted_on(keys, 0.1, screen) == keys

    def test_slow_words_are_known_by_a_letter_that_is_no_key(self) -> None:
        assert acted_on("the tasks decide", 0.55) == ""
        assert acted_on("a hundred", 0.3) == ""


def test_digits_that_follow_each_other_at_once_are_a_number_and_no_grades() -> None:
    keys = TypedWords("review")
    assert keys.are("2", 10.0, "0") and keys.are("0", 10.1, "0") and keys.are("0", 10.2)
    assert not keys.are("3", 20.0)
    assert keys.are("1", 30.0, "2") and keys.are("2", 30.1, "%") and keys.are("%", 30.2)
    assert not keys.are("4", 40.0, "a")
