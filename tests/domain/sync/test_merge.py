"""Three-way merges: what one side changed is taken, and of what both changed nothing goes unsaid."""

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.sync.merge_tables import merge_tables
from mlcoach.domain.sync.merge_text import merge_lines, merge_text


def test_changes_in_different_places_are_both_taken() -> None:
    assert merge_text("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\nmore\n") == ("A\nb\nc\nD\nmore\n", False)


def test_lines_that_both_add_in_one_place_are_both_kept() -> None:
    assert merge_text("a\n", "a\none\n", "a\ntwo\n") == ("a\none\ntwo\n", False)
    assert merge_text("a", "a\none", "a\ntwo") == ("a\none\ntwo", False)


def test_what_both_changed_is_a_conflict_and_the_first_stands() -> None:
    assert merge_text("a\nb\nc\n", "a\nB\nc\n", "a\nβ\nc\nnew\n") == ("a\nB\nc\nnew\n", True)
    assert merge_text("a\nb\n", "a\n", "a\nB\n") == ("a\n", True)


lines = st.lists(st.sampled_from("abcdef"), max_size=12)


@given(lines, lines, lines)
def test_a_line_of_either_side_is_lost_only_in_a_conflict(base: list[str], one: list[str], two: list[str]) -> None:
    merged, in_conflict = merge_lines(base, one, two)
    assert merge_lines(base, one, base) == (one, False)
    assert merge_lines(base, base, two) == (two, False)
    assert merge_lines(base, one, one) == (one, False)
    fresh_one, fresh_two = set(one) - set(base), set(two) - set(base)
    assert fresh_one <= set(merged)
    assert in_conflict or fresh_two <= set(merged)


def test_settings_are_merged_key_by_key() -> None:
    base = {"goal": 120, "floor": 20, "weekday": {"mon": 60}}
    one = {"goal": 90, "floor": 20, "weekday": {"mon": 60, "sat": 0}}
    two = {"goal": 120, "weekday": {"mon": 30}, "slot": "19:00"}
    merged = {"goal": 90, "weekday": {"mon": 30, "sat": 0}, "slot": "19:00"}
    assert merge_tables(base, one, two) == (merged, ())
    assert merge_tables(base, one, {**base, "goal": 100}) == (one, ("goal",))
    assert merge_tables(base, {"floor": 20}, {**base, "goal": 100})[0]["goal"] == 100  # removed here, changed there


def test_lists_of_tables_are_merged_by_their_ids() -> None:
    base = {"card": [{"id": "a", "front": "1"}, {"id": "b", "front": "2"}]}
    one = {"card": [{"id": "a", "front": "one"}, {"id": "b", "front": "2"}, {"id": "x", "front": "9"}]}
    two = {"card": [{"id": "b", "front": "two"}, {"id": "y", "front": "8"}, {"id": "a", "front": "1"}]}
    merged = merge_tables(base, one, two)
    assert merged.conflicts == ()
    assert {card["id"]: card["front"] for card in merged.table["card"]} == {"a": "one", "b": "two", "x": "9", "y": "8"}
    other = {"card": [{"id": "a", "front": "eins"}, {"id": "b", "front": "2"}]}
    assert merge_tables(base, one, other).conflicts == ("card.a.front",)
    assert merge_tables({}, {"n": 1}, {"n": True}).conflicts == ("n",)
    assert merge_tables({"days": ["mon"]}, {"days": ["tue"]}, {"days": ["wed"]}) == ({"days": ["tue"]}, ("days",))


tables = st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), max_size=3)


@given(tables, tables, tables)
def test_a_value_of_either_side_is_lost_only_in_a_conflict(
    base: dict[str, int], one: dict[str, int], two: dict[str, int]
) -> None:
    merged, conflicts = merge_tables(base, one, two)
    assert merge_tables(base, one, base) == (one, ())
    assert merge_tables(base, base, two) == (two, ())
    for key, value in two.items():
        if base.get(key) != value:
            assert merged[key] == value or key in conflicts
    for key, value in one.items():
        if base.get(key) != value:
            assert merged[key] == value
