"""What does not count: taken back and brought again, whatever the order in which it is learned."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.revocations import entries_in, read_span, spans, taken_back


@st.composite
def histories(draw: st.DrawFn) -> dict[str, list[str]]:
    """Draw entries that take back some of those before them."""
    count = draw(st.integers(0, 12))
    return {
        str(number): [str(target) for target in draw(st.lists(st.integers(0, number - 1), max_size=4))]
        for number in range(1, count + 1)
    }


@given(histories(), st.randoms(use_true_random=False))
def test_an_entry_counts_unless_one_that_counts_takes_it_back(takers: dict[str, list[str]], chance: random.Random):
    gone: set[str] = set()
    for id in sorted(takers, key=int, reverse=True):  # the last first: nothing takes back what comes after it
        if id not in gone:
            gone |= set(takers[id])
    shuffled = list(takers.items())
    chance.shuffle(shuffled)
    assert taken_back(dict(shuffled)) == gone


def test_what_is_left_out_takes_nothing_back():
    assert taken_back({"b": ["a"], "c": ["b"]}) == {"b"}
    assert taken_back({"b": ["a"], "c": ["b"]}, {"c"}) == {"a", "c"}
    assert taken_back({"b": ["a"]}, {"b"}) == {"b"}


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_circle_that_nobody_wrote_comes_to_an_end(order: tuple[str, str]):
    first, second = order
    assert taken_back({first: [second], second: [first]}) == {second}
    assert taken_back({"a": ["a"]}) == {"a"}


@given(st.lists(st.tuples(st.sampled_from(("cafe", "b0")), st.integers(1, 40)), max_size=60))
def test_spans_name_each_entry_once(entries: list[tuple[str, int]]):
    named = spans(entries)
    found = [(device, seq) for device, first, last in map(read_span, named) for seq in range(first, last + 1)]
    assert sorted(found) == sorted(set(entries))
    assert entries_in(named) == len(set(entries))


def test_few_texts_name_many_entries():
    assert spans([("cafe", number) for number in (4, 1, 2, 3, 9, 11, 10)]) == ("cafe-1..4", "cafe-9..11")
    assert spans([("cafe", 7)]) == ("cafe-7",)


@pytest.mark.parametrize("text", ["", "cafe", "cafe-", "-3", "cafe-3..", "ca fe-3", "cafe-3...5", "cafe-x", "cafe-3;"])
def test_what_is_not_a_span_is_refused(text: str):
    with pytest.raises(ValueError, match="not a span"):
        read_span(text)
