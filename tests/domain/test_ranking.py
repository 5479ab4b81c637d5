"""Which of the things that a search found comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.search.ranking import CALLED, NAMED, NEAR, OWN, REST, WITHIN, fit_of, in_other_words

words = st.frozensets(st.sampled_from(("base", "line", "mean", "stereo")), min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("title", "near", "own", "whole", "fit"),
    [
        ({"baseline"}, False, True, True, OWN),
        ({"baseline"}, False, False, True, CALLED),
        ({"baseline", "game"}, True, False, False, NEAR),
        ({"baseline", "stereo"}, False, False, True, NAMED),
        ({"baseline", "stereo"}, False, False, False, REST),
        ({"stereo"}, True, False, True, WITHIN),
        ({"stereo"}, False, True, True, REST),
    ],
)
def test_what_is_one_s_own_or_near_comes_first(title: set[str], near: bool, own: bool, whole: bool, fit: int) -> None:
    assert fit_of(title, {"baseline"}, near=near, own=own, whole=whole) == fit


@given(words, words, st.booleans(), st.booleans())
def test_near_is_never_behind_far_and_other_words_are_behind_all(
    title: frozenset[str], wanted: frozenset[str], own: bool, whole: bool
) -> None:
    near = fit_of(title, wanted, near=True, own=own, whole=whole)
    assert near <= fit_of(title, wanted, near=False, own=own, whole=whole)
    assert in_other_words(near, 0) == near
    assert in_other_words(OWN, 1) > REST >= near
