"""Taking back one change of a table that others changed too."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.sync.turn_back import ChangedSinceError, turned

ONE, TWO = {"id": "one", "q": "1"}, {"id": "two", "q": "2"}
FRAME = {"schema": 1, "over": "math.la"}


def cards(*found: dict[str, str]) -> dict[str, Any]:
    return {**FRAME, "change": {"vectors": {"base": "x", "add": {"card": list(found)}}}}


def test_of_a_file_that_came_with_a_card_the_others_stay() -> None:
    assert turned(cards(ONE, TWO), cards(ONE), {}) == cards(TWO)
    assert turned(cards(ONE), cards(ONE), {}) == {}
    assert turned(cards(TWO), cards(ONE, TWO), cards(TWO)) == cards(TWO)  # taken back already
    assert turned(cards(TWO), {}, cards(ONE)) == cards(TWO, ONE)  # and brought again
    assert turned(FRAME, FRAME, cards(ONE)) == cards(ONE)


def test_what_was_changed_since_is_not_touched() -> None:
    with pytest.raises(ChangedSinceError):
        turned(cards({"id": "one", "q": "changed"}), cards(ONE), cards())
    with pytest.raises(ChangedSinceError):
        turned({"goal": 30}, {"goal": 90}, {"goal": 120})
    with pytest.raises(ChangedSinceError):
        turned({"list": [1, 2, 3]}, {"list": [1, 2]}, {"list": [1]})
    assert turned({"goal": 30, "floor": 5}, {"goal": 30}, {"goal": 120}) == {"goal": 120, "floor": 5}


VALUES = st.one_of(st.integers(0, 2), st.lists(st.integers(0, 2), max_size=2))
TABLES = st.dictionaries(st.sampled_from("abcd"), st.one_of(VALUES, st.dictionaries(st.sampled_from("xyz"), VALUES)))


@given(TABLES, TABLES)
def test_a_change_that_nobody_touched_is_taken_back_whole(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    if wanted:
        assert turned(found, found, wanted) == wanted
    assert turned(wanted, found, wanted) == wanted


@given(TABLES, TABLES, st.dictionaries(st.sampled_from("stu"), VALUES))
def test_what_others_put_beside_it_stays(found: dict[str, Any], wanted: dict[str, Any], more: dict[str, Any]) -> None:
    if wanted:
        assert turned({**found, **more}, found, wanted) == {**wanted, **more}
