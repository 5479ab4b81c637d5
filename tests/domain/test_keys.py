"""One key means one thing on all screens, and each screen says what it takes in the words of the table."""

from typing import Any

import pytest

from mlcoach.domain.keys import KEYS, SCREENS
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
