"""Whether two descriptions are of one paper."""

import pytest

from mlcoach.domain.papers.identity import (
    Face,
    Traits,
    people_agree,
    same_by_id,
    same_by_title,
    titles_alike,
    traits_of,
)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (("Ann Alpha",), ("Alpha, A.",), True),
        (("Ann Alpha",), ("Bob Alpha",), False),
        (("A. Alpha", "B. Beta", "C. Gamma"), ("A. Alpha",), True),
        (("A. Alpha", "B. Beta", "C. Gamma"), ("A. Alpha", "X. Xi", "Y. Ypsilon"), False),
        (("B. Beta", "A. Alpha"), ("A. Alpha", "B. Beta"), True),
        (("A. Alpha", "B. Beta", "C. Gamma"), ("D. Delta", "B. Beta", "E. Eps"), False),
        ((), ("A. Alpha",), None),
    ],
)
def test_people(one: tuple[str, ...], other: tuple[str, ...], agree: bool | None) -> None:
    assert people_agree(one, other) is agree
    assert people_agree(other, one) is agree


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Deep learning", "Deep Learning.", True),
        ("Deep learning for all: a survey", "Deep learning for all", True),
        ("Attention is all you need", "Attention is what you need", True),
        ("On cats", "Of dogs", False),
        ("", "On cats", True),
    ],
)
def test_titles(one: str, other: str, alike: bool) -> None:
    assert titles_alike(one, other) is alike
    assert titles_alike(other, one) is alike


def test_a_shared_id_joins_only_where_titles_or_authors_agree() -> None:
    here = Face("a", "On cats", ("A. Alpha",), arxiv="1011.1669")
    assert not same_by_id(here, Face("b", "Of dogs", ("B. Beta",), arxiv="1011.1669"))
    assert not same_by_id(here, Face("b", "Of dogs", arxiv="1011.1669"))
    assert same_by_id(here, Face("b", "Of dogs", arxiv="1011.1669", by_hand=True))
    assert same_by_id(here, Face("b", "Of dogs", ("A. Alpha",), arxiv="1011.1669"))
    assert same_by_id(here, Face("b", "On cats!", ("B. Beta",), arxiv="1011.1669"))
    assert not same_by_id(
        Face("a", "On cats", doi="10.5555/1", arxiv="1011.1669"),
        Face("b", "On cats", doi="10.5555/2", arxiv="1011.1669"),
    )


def test_a_title_that_only_serves_to_find_finds() -> None:
    here = Face("talk", "Talk", ("A. Alpha",), 2001)
    assert same_by_title(here, Face("", "Talk"), named_only=True)
    assert not same_by_title(here, Face("", "Talk"))


def test_what_a_record_tells_of_a_work() -> None:
    fields = [["Pages", "{e12--e19}"], ["isbn", "{978-0-691-07951-6, 0-521-83378-7}"], ["pages", "{7}"]]
    details = {"bibtex": {"type": "book", "key": "x", "fields": fields}, "url": "https://a.org"}
    assert traits_of(details) == Traits("book", "e12", frozenset({"069107951", "052183378"}), "https://a.org")
    assert traits_of({"csl": {"type": "chapter", "page": "3-4", "ISBN": "0691079516"}}) == Traits(
        "part", "3", frozenset({"069107951"})
    )
    assert traits_of({}) == Traits()
