"""Texts to start from, and changes to a learner's file that leave every other line as it was."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from mlcoach.curriculum.write.overlay import (
    new_overlay_text,
    new_subject_text,
    overlay_path,
    set_in_overlay,
    toml_value,
)
from mlcoach.domain.curriculum import TRACKS, Card
from mlcoach.errors import InvalidFileError, UsageError
from tests.curriculum.curriculum_folders import OVERLAY, Folders, codes

EIGEN = "math.la.eigen"
COMMENTED = """\
# mine
schema = 1
over   = "math.la"   # the subject

[change.eigen]       # a change
hours = 16           # more

[[change.eigen.add.card]]
id = "my-rank"       # mine too
q  = "Rank?"
a  = '''
A
number.
'''

[[unit]]
id    = "my-tensors"
title = "Tensors"
hours = 4
card  = [{ id = "inline", q = "?", a = "!" }]
"""


def test_a_new_overlay_is_sound_and_says_how(folders: Folders) -> None:
    with folders.open() as catalog:
        units = [unit for unit in catalog.units.values() if unit.subject == "math.la"]
        text = new_overlay_text(catalog.subjects()["math.la"], units)
    assert "#   eigen    Eigenvalues, 12 h" in text
    assert codes(folders.check(folders.write("a.toml", text))) == []
    # With all marks taken away every example stands for itself, and only what it names is not there.
    head, examples = text.split("#\n", 1)
    bare = head + "\n".join(line.removeprefix("# ").removeprefix("#") for line in examples.splitlines())
    report = folders.check(folders.write("a.toml", bare))
    assert codes(report) == ["no-match"] * 3
    with folders.open() as catalog:
        assert catalog.units["math.la.vectors"].hours == 12
        assert catalog.units["math.la.my-unit"].requires[0].unit == "math.la.vectors"


def test_an_overlay_of_a_subject_without_units() -> None:
    from mlcoach.domain.curriculum import Subject

    text = new_overlay_text(Subject("my.empty", "Nothing\nyet", "gen"), [])
    assert tomllib.loads(text) == {"schema": 1, "over": "my.empty"}


@pytest.mark.parametrize("track", TRACKS)
def test_a_new_subject_is_sound(folders: Folders, track: str) -> None:
    text = new_subject_text("my.tensors", 'Tensors "for" my \\job', track)
    assert tomllib.loads(text)["title"] == 'Tensors "for" my \\job'
    assert codes(folders.check(folders.write("mine.toml", text))) == []
    with folders.open() as catalog:
        assert catalog.units["my.tensors.first"].track == track


@pytest.mark.parametrize(
    ("subject", "title", "track"),
    [
        ("My Tensors", "T", "math"),
        ("my..tensors", "T", "math"),
        ("", "T", "math"),
        ("my", "", "math"),
        ("my", "a\nb", "math"),
        ("my", "\x1b[31m", "math"),
        ("my", "T", "maths"),
        ("x" * 201, "T", "math"),
    ],
)
def test_a_subject_that_cannot_be(subject: str, title: str, track: str) -> None:
    with pytest.raises(UsageError):
        new_subject_text(subject, title, track)


def test_where_an_overlay_is(folders: Folders) -> None:
    assert overlay_path(folders.own, "math.la") == folders.own / "math-la.toml"
    folders.write("math-la.toml", 'schema = 1\nid = "mine"\ntitle = "Mine"\ntrack = "math"\n')
    assert overlay_path(folders.own, "math.la") == folders.own / "math-la-overlay.toml"
    folders.write("a.toml", OVERLAY)
    folders.write("b.toml", "over='math.la'\n")
    folders.write("c.toml", 'over = "math.lab"\n')
    assert overlay_path(folders.own, "math.la") == folders.own / "b.toml"


def test_a_change_of_a_bundled_card() -> None:
    text = set_in_overlay(OVERLAY, EIGEN, f"{EIGEN}/eig-def", {"q": "What is λ?", "a": 'A "stretch" by \\lambda'})
    assert text == snapshot(
        """\
schema = 1
over = "math.la"

[change.eigen.card.eig-def]
q = "What is λ?"
a = 'A "stretch" by \\lambda'
"""
    )
    text = set_in_overlay(text, "eigen", "eig-def", {"a": "one\ntwo", "code": "print('\\n')\n", "reverse": True})
    assert text == snapshot(
        """\
schema = 1
over = "math.la"

[change.eigen.card.eig-def]
q = "What is λ?"
a = \"\"\"
one
two\"\"\"
code = '''
print('\\n')
'''
reverse = true
"""
    )
    assert set_in_overlay(text, "eigen", "eig-def", {"code": None, "a": None, "tolerance": None}) == snapshot(
        """\
schema = 1
over = "math.la"

[change.eigen.card.eig-def]
q = "What is λ?"
reverse = true
"""
    )


def test_a_change_of_what_the_file_itself_brings() -> None:
    text = set_in_overlay(COMMENTED, EIGEN, "my-rank", {"q": "What is a rank?", "reverse": True, "a": "A number"})
    text = set_in_overlay(text, "math.la.my-tensors", "inline", {"a": "Yes", "answer": 2.5, "q": None})
    text = set_in_overlay(text, EIGEN, "power-iteration", {"minutes": 50}, kind="exercise")
    assert text == snapshot(
        """\
# mine
schema = 1
over   = "math.la"   # the subject

[change.eigen]       # a change
hours = 16           # more

[[change.eigen.add.card]]
id = "my-rank"       # mine too
q  = "What is a rank?"
a  = "A number"
reverse = true

[[unit]]
id    = "my-tensors"
title = "Tensors"
hours = 4
card  = [{ id = "inline", a = "Yes", answer = 2.5 }]

[change.eigen.exercise.power-iteration]
minutes = 50
"""
    )


def test_a_change_in_braces_grows_there() -> None:
    text = set_in_overlay(OVERLAY + "[change]\neigen = { hours = 3 } # c\n", EIGEN, "eig-def", {"q": "?", "a": "!"})
    assert text.splitlines()[-1] == 'eigen = { hours = 3, card = { eig-def = { q = "?", a = "!" } } } # c'
    text = set_in_overlay(OVERLAY + "change.eigen.hours = 3\n", EIGEN, "eig-def", {"q": "?"})
    assert tomllib.loads(text)["change"]["eigen"] == {"hours": 3, "card": {"eig-def": {"q": "?"}}}


def test_the_last_key_in_braces_goes() -> None:
    text = set_in_overlay('change = { eigen = { card = { x = { q = "?", a = "!" } } } }', "eigen", "x", {"a": None})
    assert tomllib.loads(text) == {"change": {"eigen": {"card": {"x": {"q": "?"}}}}}


@pytest.mark.parametrize("text", ["schema = ", "change = 3\n", "[change]\neigen = 3\n", "change = [1]\n"])
def test_a_broken_overlay_is_left_alone(text: str) -> None:
    with pytest.raises(InvalidFileError, match="cannot be changed while it has errors"):
        set_in_overlay(text, EIGEN, "eig-def", {"a": "!"})


def test_control_characters_are_refused() -> None:
    with pytest.raises(UsageError, match=r"U\+001B"):
        set_in_overlay(OVERLAY, EIGEN, "eig-def", {"a": "\x1b[2J"})


def test_the_catalog_shows_the_change(folders: Folders) -> None:
    path = folders.write("a.toml", OVERLAY)
    path.write_text(set_in_overlay(OVERLAY, EIGEN, "trace-eig", {"answer": 1, "tolerance": 0.5}))
    with folders.open() as catalog:
        card = catalog.item(f"{EIGEN}/trace-eig")
        assert isinstance(card, Card)
        assert (card.number, card.tolerance) == (1.0, 0.5)


plain = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp", "Cf"]) | st.sampled_from("\n\t\\'\"{}="))


@given(plain)
def test_any_text_comes_back_as_it_was(value: str) -> None:
    assert tomllib.loads(f"x = {toml_value(value)}") == {"x": value}


@given(
    st.sampled_from([OVERLAY, COMMENTED, "", "[change.eigen.card.x]\n", "[change.eigen.card.x] # c\nq = 1 # d"]),
    st.lists(
        st.tuples(
            st.sampled_from(["eigen", "vectors", "my-tensors"]),
            st.sampled_from(["x", "my-rank", "inline", "y-2"]),
            st.sampled_from(["q", "a", "code"]),
            st.none() | plain | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False),
        ),
        max_size=6,
    ),
)
def test_any_changes_are_what_was_asked_for(text: str, changes: list[tuple[str, str, str, Any]]) -> None:
    def own(data: dict[str, Any], unit: str, item: str) -> Any:
        places = [each.get("card", []) for each in data.get("unit", []) if each["id"] == unit]
        places.append(data.get("change", {}).get(unit, {}).get("add", {}).get("card", []))
        return next((table for tables in places for table in tables if table["id"] == item), None)

    expected = tomllib.loads(text)
    comments = [line for line in text.splitlines() if line.startswith("#")]
    for unit, item, key, value in changes:
        text = set_in_overlay(text, unit, item, {key: value})
        table = own(expected, unit, item)
        if table is None:
            table = expected.get("change", {}).get(unit, {}).get("card", {}).get(item)
        if value is None:
            if table is not None:
                table.pop(key, None)
        elif table is None:
            change = expected.setdefault("change", {}).setdefault(unit, {})
            change.setdefault("card", {}).setdefault(item, {})[key] = value
        else:
            table[key] = value
    assert tomllib.loads(text) == expected
    assert all(comment in text for comment in comments)
