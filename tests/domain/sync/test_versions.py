"""Versions of files: which are newest, what they come from, and which files are carried."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.sync.versions import (
    Version,
    aged,
    ancestry,
    blob_name,
    common_base,
    conflict_copies,
    copy_path,
    heads,
    history_name,
    is_carried,
    original_of,
    parse_history,
    parse_name,
    same_content,
    superseded,
)

P = "config/config.toml"
#      a - b - d
#        \ c   /      e is another file
V = {
    "a": Version(P, (), "1"), "b": Version(P, ("a",), "2"), "c": Version(P, ("a",), "3"),
    "d": Version(P, ("b",), "1"), "e": Version("data/notes/x.md", (), "9"),
}  # fmt: skip


def test_heads_are_what_nothing_was_made_from() -> None:
    assert heads(V) == {P: ["c", "d"], "data/notes/x.md": ["e"]}
    assert heads({**V, "m": Version(P, ("c", "d"), "5")}) == {P: ["m"], "data/notes/x.md": ["e"]}


def test_the_base_is_the_last_version_that_both_come_from() -> None:
    assert common_base(V, "c", "d") == "a"
    assert common_base(V, "b", "d") == "b"
    assert common_base(V, "a", "e") is None
    crossed = {**V, "m": Version(P, ("b", "c"), "5"), "n": Version(P, ("b", "c"), "6")}
    assert common_base(crossed, "m", "n") == "b"


def test_a_file_that_was_changed_back_is_new_and_one_that_is_newer_is_known() -> None:
    assert same_content(V, P, "1", "b") == "d"
    assert same_content(V, P, "2", "d") is None  # changed back to what it was before d
    assert same_content(V, P, "1", None) == "d"
    assert same_content(V, P, "7", None) is None


@pytest.mark.parametrize(
    "path",
    [P, "config/curriculum/math-la.toml", "data/notes/papers/1706.03762--attention.md", "data/people.toml",
     "config/config.toml.conflict-0123abcd", "data/notes/ünïcode ☃.md"],
)  # fmt: skip
def test_the_learners_own_words_are_carried(path: str) -> None:
    assert is_carried(path)


@pytest.mark.parametrize(
    "path",
    ["data/mlcoach.db", "data/mlcoach.db-wal", "data/backups/files/ab.toml", "data/sync/key.txt", "data/report.html",
     "data/files.lock", "config/../data/mlcoach.db", "../x.toml", "/etc/passwd", "data/notes/../mlcoach.db",
     "data/notes/.hidden.md", "data/notes/.x.md.12.partial", "data/notes//x.md", "data/notes/a\\b.md",
     "data/notes/a\nb.md", "data/notes/\u202egp.md", "data/notes/con.md", "data/notes/x.md.", "cache/x.toml",
     "data/notes/" + "n" * 300, "data/notes/" + "d/" * 9 + "x.md", "config/x.toml/y"],
)  # fmt: skip
def test_nothing_else_is_carried_and_no_name_leads_elsewhere(path: str) -> None:
    assert not is_carried(path)


def test_names_of_versions_and_of_copies() -> None:
    id = "0123abcd" * 4
    assert parse_name(blob_name(id)) == id
    assert parse_name("files/../x.age") is None
    copy = copy_path(P, id)
    assert copy == "config/config.toml.conflict-0123abcd"
    assert original_of(copy_path(copy, id)) == P
    assert conflict_copies([P, copy]) == [copy]


@st.composite
def histories(draw: st.DrawFn) -> dict[str, Version]:
    """Versions of two files, each made from earlier ones."""
    made: dict[str, Version] = {}
    for number in range(draw(st.integers(1, 12))):
        path = draw(st.sampled_from(("a", "b")))
        earlier = [id for id, version in made.items() if version.path == path]
        parents = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
        made[f"{number:02}"] = Version(path, tuple(parents), draw(st.sampled_from(("x", "y"))))
    return made


@given(histories(), st.sampled_from((frozenset(), frozenset("x"))))
def test_what_is_superseded_has_something_newer_that_stays(
    versions: dict[str, Version], erased: frozenset[str]
) -> None:
    gone = superseded(versions, erased)
    for path, newest in heads(versions).items():
        assert gone.isdisjoint(newest)
        of_path = {id for id in gone if versions[id].path == path}
        assert not of_path or len(newest) == 1  # what is to be merged needs what it was made from
        assert of_path <= ancestry(versions, newest[0])
        if len(newest) == 1:
            parents = {id for id in versions[newest[0]].parents if versions[id].digest not in erased}
            assert gone.isdisjoint(parents)
            assert ancestry(versions, newest[0]) - {newest[0]} - parents == of_path


def test_of_names_and_days_of_what_goes() -> None:
    assert parse_history(history_name("0" * 32)) == "0" * 32
    assert parse_name(history_name("0" * 32)) is parse_history(blob_name("0" * 32)) is None
    since = {"a": "2026-11-01", "b": "2026-11-02"}
    assert aged(since, date(2026, 12, 1), 30) == {"a"}
