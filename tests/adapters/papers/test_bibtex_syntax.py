"""The grammar of BibTeX: blocks as BibTeX reads them, and what is read kindly where it would stop."""

import pytest

from mlcoach.adapters.papers.bibtex_syntax import BibtexBlock, blocks


def only(text: str) -> BibtexBlock:
    (block,) = blocks(text)
    return block


def fields(text: str) -> dict[str, str]:
    return {value.name: " # ".join(value.parts) for value in only(text).fields}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("@misc{k, title = {A \\\\}, year = 2001}", {"title": "{A \\\\}", "year": "2001"}),
        ('@misc{k, title = "a {"}b{"} c" # jan # {d}}', {"title": '"a {"}b{"} c" # jan # {d}'}),
        ('@misc(k, title = {a ) b}, note = "c ) d")', {"title": "{a ) b}", "note": '"c ) d"'}),
        ("@misc{k, title = {Mail\n@home {x}: y}}", {"title": "{Mail\n@home {x}: y}"}),
        ("@misc{k,\n% a comment\n title = {T}, % more\n year = 2001,,\n}", {"title": "{T}", "year": "2001"}),
        ("@misc{k, title = , year = 2001}", {"title": "{}", "year": "2001"}),
        ("@misc{k, year = in press 2001}", {"year": "in press 2001"}),
        ("@misc{k, date added = {now}}", {"date added": "{now}"}),
        ("@misc { k , TITLE={T} }", {"TITLE": "{T}"}),
        ("@misc{title = {T}}", {"title": "{T}"}),
    ],
)
def test_fields(text: str, read: dict[str, str]) -> None:
    assert (fields(text), only(text).reason) == (read, "")


@pytest.mark.parametrize(
    ("text", "key"),
    [("@misc{a b, x=1}", "a b"), ("@misc{, x=1}", ""), ("@misc{k}", "k"), ("@misc{k,}", "k"), ("@misc{DBLP:a/b+c'd, x=1}", "DBLP:a/b+c'd")],
)  # fmt: skip
def test_keys(text: str, key: str) -> None:
    assert only(text).key == key


def test_an_at_in_a_text_begins_no_entry_and_is_worth_a_word_where_it_looks_like_one() -> None:
    text = "@misc{a, title = {T}, note = {As in\n@misc{b, title = {U}}\n}, year = 2001}\n@misc{c, title = {V}}"
    first, second = blocks(text)
    assert (first.key, [value.name for value in first.fields], second.key) == ("a", ["title", "note", "year"], "c")
    assert first.doubts == ("holds what looks like an entry of its own in `note` (line 2), read as its text",)


def test_one_that_is_not_closed_costs_no_other() -> None:
    text = "@misc{a, title = {T,\n year = 2001\n\n@misc{b, title = {U}}\n@misc{c, title = {V},\n@misc{d, title = {W}}"
    assert [(one.key, one.reason) for one in blocks(text)] == [
        ("a", "`title` is not closed before line 4"),
        ("b", ""),
        ("c", "behind `title` a field or `}` is expected, not `@misc{d, title = {W}}`"),
        ("d", ""),
    ]


def test_a_missing_comma_is_read_with_a_word_about_it() -> None:
    block = only("@misc{k\n title = {T}\n year = 2001}")
    assert (block.key, [value.name for value in block.fields]) == ("k", ["title", "year"])
    assert block.doubts == ("has no comma behind its key", "has no comma before `year`")


def test_braces_behind_a_backslash_count_as_bibtex_counts_them_or_else_as_letters() -> None:
    assert fields("@misc{k, title = {a \\{b\\} c}}") == {"title": "{a \\{b\\} c}"}
    block = only("@misc{k, title = {a \\{ c}}\n")
    assert block.fields[0].parts == ("{a \\{ c}",)
    assert "behind a backslash" in block.doubts[0]


def test_what_is_between_entries_is_a_comment() -> None:
    text = "me@example.org\n% @misc{no, title={N}}\n@comment{x {y} }\n@misc{a, x=1} @misc{b, x=2} junk @misc{no, x=3}\n@comment open {\n@misc{c, x=1}"
    assert [(one.kind, one.key) for one in blocks(text)] == [
        ("comment", ""), ("misc", "a"), ("misc", "b"), ("misc", "c"),
    ]  # fmt: skip


def test_many_that_are_not_closed_take_no_time() -> None:
    assert len(list(blocks("@misc{a, title = {T\n" * 20_000))) == 20_000
