"""What is said of coming days: who pauses, and who begins before another one is finished."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.curriculum import Requirement
from mlcoach.domain.day.coming import LONG_PAUSE, early_starts, early_words, pause_words, pauses

MONDAY = date(2026, 12, 7)
DAYS = [MONDAY + timedelta(days=number) for number in range(40)]


@given(st.sets(st.integers(0, 39), min_size=1), st.booleans())
def test_a_pause_is_a_long_stretch_without_a_block(places: set[int], is_ended: bool) -> None:
    own = [DAYS[place] for place in sorted(places)]
    found = pauses({"unit": own}, ["unit"] if is_ended else [], DAYS)
    ends = [] if is_ended else [len(DAYS)]
    lengths = [after - before for before, after in zip(sorted(places), [*sorted(places)[1:], *ends], strict=False)]
    assert bool(found) == (max(lengths, default=0) >= LONG_PAUSE)
    for pause in found:
        assert pause.first not in own and pause.first - timedelta(days=1) in own
        assert pause.goes_on is None or pause.goes_on in own


def test_days_of_rest_are_no_pause() -> None:
    planned = [*DAYS[:3], *DAYS[20:23]]
    assert pauses({"unit": [*DAYS[:3], *DAYS[20:23]]}, [], planned) == ()


def test_it_says_who_begins_before_what_is_finished() -> None:
    requires = {"b": (Requirement("a", share=0.5),), "c": (Requirement("a"),)}
    found = early_starts({"b": DAYS[5], "c": DAYS[6]}, requires, {})
    assert [(one.unit, one.before) for one in found] == [("b", "a")]
    assert early_starts({"b": DAYS[5]}, requires, {"a": DAYS[4]}) == ()
    assert "50% of that is enough" in early_words(found[0], {"a": "The first", "b": "The second"})
    pausing = pauses({"a": DAYS[:3], "b": [*DAYS[:2], *DAYS[30:]]}, [], DAYS)
    said = pause_words(pausing, {})
    assert said.startswith("What pauses: a from Thu 10 Dec; b from Wed 9 Dec, until it goes on on Wed 6 Jan. The plan")
