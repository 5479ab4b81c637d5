"""Segments of a journal: what their names say, what is missing, and what is to be put."""

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.sync.segments import (
    EntrySpan,
    Segment,
    Waiting,
    apart,
    compactable,
    holding,
    parse,
    uncovered,
    usable,
)

D = "0" * 32


def of(first: int, last: int, device: str = "aa", digest: str = D) -> Segment:
    return Segment(device, first, last, digest)


def test_a_name_says_which_entries_are_in_it() -> None:
    assert parse(of(3, 90).name) == of(3, 90)
    for name in (
        "journal/aa/3-90.jsonl.z.age", f"journal/aa/90-3-{D}.jsonl.z.age", f"journal/a/b/1-2-{D}.jsonl.z.age",
        f"journal/../1-2-{D}.jsonl.z.age", f"journal/aa/0-2-{D}.jsonl.z.age", f"journal/aa/1-2-{D}.jsonl.z.age\n",
        f"journal/aa/1-{'9' * 17}-{D}.jsonl.z.age", f"journal/aa/1-2-{D}.sync-conflict-20261201-101010-ABCDEFG.jsonl.z.age",
    ):  # fmt: skip
        assert parse(name) is None


def test_nothing_behind_a_missing_segment_is_used() -> None:
    there = [of(1, 5), of(9, 12), of(13, 20), of(1, 2, "bb")]
    ready, waiting = usable(there, {}, frozenset(there))
    assert ready == [of(1, 5), of(1, 2, "bb")]
    assert waiting == [Waiting(of(9, 12), 6), Waiting(of(13, 20), 6)]
    # Here from elsewhere, the missing ones need not come.
    assert usable(there, {"aa": 8}, frozenset(there))[1] == []
    assert usable([*there, of(6, 8)], {}, frozenset([of(6, 8), of(9, 12)])) == ([of(6, 8), of(9, 12)], [])


def test_a_device_that_was_renamed_need_not_begin_at_one() -> None:
    renamed = of(7, 9, "0123456789ab")
    assert usable([renamed], {}, frozenset([renamed])) == ([renamed], [])


def test_two_that_say_something_of_the_same_entries_are_joined_one_after_the_other() -> None:
    assert apart([of(1, 5), of(5, 9), of(6, 9), of(1, 3, "bb")]) == [[of(1, 5), of(6, 9), of(1, 3, "bb")], [of(5, 9)]]


def test_what_no_segment_has_is_to_be_put() -> None:
    assert uncovered([EntrySpan("aa", 1, 20)], [of(3, 5), of(9, 12), of(4, 6)]) == [
        EntrySpan("aa", 1, 2), EntrySpan("aa", 7, 8), EntrySpan("aa", 13, 20),
    ]  # fmt: skip
    assert uncovered([EntrySpan("aa", 1, 20)], [of(1, 40)]) == []
    assert [span.last - span.first + 1 for span in uncovered([EntrySpan("aa", 1, 45_000)], [])] == [
        20_000,
        20_000,
        5_000,
    ]


@given(st.integers(1, 60), st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9)), max_size=8))
def test_put_and_there_are_all_entries_and_nothing_twice(last: int, there: list[tuple[int, int]]) -> None:
    segments = [of(first, first + more) for first, more in there]
    parts = uncovered([EntrySpan("aa", 1, last)], segments)
    put = [number for span in parts for number in range(span.first, span.last + 1)]
    had = {number for one in segments for number in range(one.first, one.last + 1)}
    assert sorted(put) == sorted(set(range(1, last + 1)) - had)


def test_of_an_earlier_month_what_follows_one_another_becomes_one() -> None:
    pushed = {
        of(1, 2): "2026-10",
        of(3, 9): "2026-10",
        of(10, 11): "2026-11",
        of(12, 13): "2026-11",
        of(14, 14): "2026-12",
    }
    assert compactable(pushed, "2026-12") == [[of(1, 2), of(3, 9)], [of(10, 11), of(12, 13)]]
    assert compactable({of(1, 2): "2026-10", of(4, 9): "2026-10"}, "2026-12") == []
    assert compactable({of(1, 15_000): "2026-10", of(15_001, 30_000): "2026-10"}, "2026-12") == []


@given(st.lists(st.builds(of, st.integers(1, 9), st.integers(9, 20), st.sampled_from(("aa", "b"))), unique=True))
def test_the_segments_that_hold_an_entry_are_found_by_their_names(segments: list[Segment]) -> None:
    assert set(holding(segments, ["aa-9"])) == {one for one in segments if one.device == "aa"}
    assert holding(segments, ["a-9", "aa-0", "aa-21", "aa-", "nothing", ""]) == []
