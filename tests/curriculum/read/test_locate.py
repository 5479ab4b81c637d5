"""Key path -> place, on every key of every bundled file and on what TOML allows besides."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.curriculum.read.find import bundled_folder, list_files
from mlcoach.curriculum.read.locate import KeyPath, Locator, Spot

BUNDLE = bundled_folder()
FILES = [stamp.name for stamp in list_files(BUNDLE)]

ODD = '''\
"quoted key" = 'literal \\ string' # comment with "quotes" = and [brackets]
a . "b.c" . d = 1
dates = [ 2026-08-01, 2026-08-01 10:00:00Z,
  # a comment in a list
  07:32:00, ]
inline = { x = 1, y = { z = [1, { w = "}" }] } }
text = """
[not.a.header]
key = "not a key" \\"""
""\\" ends with two quotes"""""
literal = \'\'\'
[[nor this]]\'\'\'\'\'
"\\u00e9" = "é"
empty = []
nothing = {}

[table.with."dots in"]
one = 1
[[list.of]]
first = true
[list.of.sub]
inner = [[1, 2], [3]]
[[list.of.deeper]]
x = 1
[[list.of.deeper]]
x = 2
[[list.of]]
[[list.of.deeper]]
x = 3'''


def places(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Yield every key and entry below a parsed value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in inner:
        yield (*path, key), part
        if isinstance(part, dict | list):
            yield from places(part, (*path, key))


def assert_all_found(text: str) -> int:
    """Hold every path's spans against the text itself: read again, they give that key and that value."""
    locator, number = Locator(text), 0
    for path, value in places(tomllib.loads(text)):
        number += 1
        span = locator.values[path]
        if not isinstance(value, dict | list):
            assert tomllib.loads(f"x = {text[span.start : span.end]}") == {"x": value}, path
        if isinstance(path[-1], str):
            key = locator.keys[path]
            written = text[key.start : key.end]
            parsed = tomllib.loads(f"{written} = 1")
            assert parsed == {path[-1]: 1}, path
    return number


@pytest.mark.parametrize("name", FILES)
def test_every_key_of_the_bundle(name: str) -> None:
    assert assert_all_found((BUNDLE / name).read_text(encoding="utf-8")) > 3


def test_everything_toml_allows() -> None:
    assert assert_all_found(ODD) == len(list(places(tomllib.loads(ODD))))


def test_lines_and_columns_count_characters_from_one() -> None:
    locator = Locator('a = 1\n"é" = [ "ü", "x" ] # c\n')
    assert locator.key(("é",)) == Spot(2, 1, 3)
    assert locator.value(("é", 1)) == Spot(2, 14, 3)


def test_a_long_string_is_marked_on_its_first_line() -> None:
    assert Locator('a = """one\ntwo"""\n').value(("a",)) == Spot(1, 5, 6)


def test_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    locator = Locator('[[unit]]\nid = "x"\n  [[unit.card]]\n  id = "y"\n')
    assert locator.value(("unit", 0, "card", 0, "answer")) == Spot(3, 3, 13)
    assert locator.key(("unit", 0, "hours")) == Spot(1, 1, 8)
    assert locator.key(("nothing",)) == Spot(1, 1, 1)


def test_deep_nesting_is_no_crash() -> None:
    locator = Locator("a = 1\nb = " + "[" * 5000 + "]" * 5000)
    assert locator.key(("a",)) == Spot(1, 1, 1)


scalars = st.one_of(
    st.integers(-5, 5).map(str),
    st.sampled_from(['"a # b"', "'c = d'", '"""\n[x]\n"""', "'''y'''", "true", "1e3", "2026-01-01"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: "[ " + ", ".join(parts) + " ]"),
        st.lists(inner, max_size=3).map(
            lambda parts: "{ " + ", ".join(f"k{i} = {part}" for i, part in enumerate(parts)) + " }"
        ),
    ),
    max_leaves=8,
)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c d", "é"]), values), min_size=1, max_size=8))
def test_any_document(pairs: list[tuple[str, str]]) -> None:
    rows = [f'[[t]]\n"{name}" = {value}   # note' for name, value in pairs]
    assert_all_found("\n".join(rows))
