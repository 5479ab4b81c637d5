"""CSL-JSON read and written: what a reference manager said stays as it said it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.fetch import WebTrouble
from mlcoach.adapters.papers import bibtex, crossref, csl
from mlcoach.adapters.papers.csl import item_of, known_of, read, write
from mlcoach.adapters.papers.library import STRAY, Broken
from mlcoach.domain.papers.details import KnownPaper

ITEM: dict[str, Any] = {
    "id": "vaswani2017",
    "type": "paper-conference",
    "title": "Attention Is All You Need",
    "author": [
        {"family": "Vaswani", "given": "Ashish"},
        {"family": "Kaiser", "given": "Łukasz"},
        {"family": "Oord", "given": "Aaron", "non-dropping-particle": "van den"},
        {"literal": "Google Brain"},
    ],
    "issued": {"date-parts": [["2017", 12]]},
    "container-title": "Advances in Neural Information Processing Systems",
    "archive": "arXiv",
    "archive_location": "1706.03762",
    "note": "read twice",
    "custom": {"collections": ["to read"]},
}


def test_an_item_is_a_paper() -> None:
    (entry,) = read(json.dumps([ITEM])).entries
    assert (entry.place, entry.id) == ("item 1", "arxiv:1706.03762")
    known = entry.known
    assert known.authors == ("Ashish Vaswani", "Łukasz Kaiser", "Aaron van den Oord", "Google Brain")
    assert (known.title, known.year) == ("Attention Is All You Need", 2017)
    assert known.details["venue"] == "Advances in Neural Information Processing Systems"


def test_a_round_trip_keeps_everything() -> None:
    (entry,) = read(json.dumps({"items": [ITEM]})).entries
    assert json.loads(write([item_of(entry.id, entry.known)])) == [ITEM]


def test_a_paper_of_our_own_becomes_an_item() -> None:
    known = KnownPaper("Adam", ("Diederik P. Kingma", "DeepMind"), 2014, {"arxiv": "1412.6980", "abstract": "We …"})
    assert item_of("arxiv:1412.6980", known) == {
        "id": "arxiv:1412.6980",
        "type": "article",
        "title": "Adam",
        "author": [{"family": "Kingma", "given": "Diederik P."}, {"literal": "DeepMind"}],
        "issued": {"date-parts": [[2014]]},
        "abstract": "We …",
        "archive": "arXiv",
        "archive_location": "1412.6980",
    }


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        ("van der Maaten, Laurens", {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"}),
        ("Laurens van der Maaten", {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"}),
        ("Baleato Lizancos, Ant{\\'o}n", {"family": "Baleato Lizancos", "given": "Antón"}),
        ("{Brookhaven National Laboratory}", {"literal": "Brookhaven National Laboratory"}),
        ("{Roy Choudhury}, Kingshuk", {"family": "Roy Choudhury", "given": "Kingshuk"}),
        ("King, Jr., Martin Luther", {"family": "King", "given": "Martin Luther", "suffix": "Jr."}),
        ("Donald E. Knuth", {"family": "Knuth", "given": "Donald E."}),
        ("OpenAI", {"literal": "OpenAI"}),
    ],
)
def test_names_of_bibtex_keep_their_parts(tex: str, parts: dict[str, str]) -> None:
    (entry,) = bibtex.read(f"@misc{{a, title = {{T}}, author = {{{tex} and others}}}}").entries
    item = item_of("a", entry.known)
    assert item["author"] == [parts]
    assert known_of(item).authors == entry.known.authors


def test_the_doi_of_arxiv_goes_out_as_it_came_in() -> None:
    (entry,) = bibtex.read("@misc{a, title = {T}, doi = {10.48550/arXiv.1706.03762}}").entries
    item = item_of("a", entry.known)
    assert (item["DOI"], item["archive_location"]) == ("10.48550/arXiv.1706.03762", "1706.03762")
    assert known_of(item).details["arxiv"] == "1706.03762"


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"date-parts": [["2017", 12]]}, 2017), ({"date-parts": [[2017], [2018]]}, 2017), ({"date-parts": [2017]}, 2017),
        ({"date-parts": [[1200]]}, 1200), ({"date-parts": [["0987"]]}, 987), ({"date-parts": [[-350]]}, None),
        ({"date-parts": []}, None), ({"raw": "c. 1200"}, 1200), ({"literal": "in press, 2021"}, 2021), ({"year": 2017}, 2017),
        ([{"year": "2017"}], 2017), ([[2017, 3]], 2017), ("2017-12", 2017), ("2017-12-05/2018?", 2017), ("201X", None),
        (2017, 2017), ({"edtf": "[1667,1668]"}, 1667), ({"date-parts": [[""]], "raw": "2017"}, 2017), (None, None), (True, None),
    ],
)  # fmt: skip
def test_dates_are_read_however_they_are_written(issued: Any, year: int | None) -> None:
    (entry,) = read(json.dumps([{"title": "T", "issued": issued}])).entries
    assert entry.known.year == year


def test_entities_are_the_characters_they_stand_for() -> None:
    (entry,) = read(json.dumps([{"title": "Perils &amp; <i>Promises</i> &#955;", "abstract": "a &lt; b"}])).entries
    assert (entry.known.title, entry.known.details["abstract"]) == ("Perils & Promises λ", "a < b")


def test_others_are_no_person() -> None:
    (entry,) = read(json.dumps([{"title": "T", "author": [{"family": "Doe"}, {"literal": "others"}]}])).entries
    assert (entry.known.authors, entry.known.details["others"]) == (("Doe",), True)


@pytest.mark.parametrize(
    ("keys", "id"),
    [
        ({"DOI": "10.1038/NATURE14539"}, "doi:10.1038/nature14539"),
        ({"DOI": "10.48550/arXiv.1412.6980"}, "arxiv:1412.6980"),
        ({"number": "arXiv:1412.6980"}, "arxiv:1412.6980"),
        ({"URL": "http://arxiv.org/abs/1412.6980v2"}, "arxiv:1412.6980"),
        ({"note": "arXiv: 1412.6980 [cs]"}, "arxiv:1412.6980"),
        ({"archive": "JSTOR", "archive_location": "1412.6980"}, ""),
        ({"DOI": 12}, ""),
    ],
)
def test_ids_are_found_wherever_they_are(keys: dict[str, Any], id: str) -> None:
    (entry,) = read(json.dumps([{"title": "T", **keys}])).entries
    assert entry.id == id


def test_what_is_broken_is_named_and_the_others_are_read() -> None:
    library = read(json.dumps([ITEM, 3, {"title": "  "}, {"title": "Good\x1b[31m"}]))
    assert [entry.known.title for entry in library.entries] == ["Attention Is All You Need", "Good[31m"]
    assert library.doubts == (Broken("item 4", STRAY),)
    assert library.broken == (Broken("item 2", "it is not an object"), Broken("item 3", "it has no title"))


def test_an_item_that_is_nested_too_deep_is_left_out() -> None:
    library = read(f'[{{"title": "Good"}}, {{"title": "Bad", "custom": {"[" * 600}{"]" * 600}}}]')
    assert [entry.known.title for entry in library.entries] == ["Good"]
    assert library.broken == (Broken("item 2", "it is nested too deep"),)


def test_nothing_that_is_kept_steers_a_terminal() -> None:
    item = {"title": "T\x9b", "custom": {"k\u202e": ["\x1b[31m", {"a": "b\x00"}]}, "note": "\u2066"}
    (entry,) = read(json.dumps([item])).entries
    assert not set("\x9b\u202e\x1b\x00\u2066") & set(write([item_of("x", entry.known)]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[{]", "it is not JSON: Expecting property name enclosed in double quotes, line 1, column 3"),
        ('{"a": 1}', "it holds no list of items"),
        ("[" * 100_000, "it is nested too deep"),
    ],
)
def test_what_is_no_list_of_items_says_why(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^it ") as caught:
        read(text)
    assert str(caught.value) == message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["title", "author", "issued", "DOI", "URL", "container-title", "abstract", "note", "number"])


@given(st.dictionaries(KEYS, JSON))
def test_no_item_at_all_breaks_the_reader(item: dict[str, Any]) -> None:
    known = known_of(item)
    assert isinstance(known.title, str)
    assert json.loads(write([item_of("x", known)]))


WORK = {
    "status": "ok",
    "message": {
        "DOI": "10.1038/nature14539",
        "title": ["Deep learning"],
        "author": [{"given": "Yann", "family": "LeCun", "sequence": "first"}, {"name": "A consortium"}],
        "issued": {"date-parts": [[2015, 5, 27]]},
        "container-title": ["Nature"],
        "abstract": "<jats:title>Abstract</jats:title><jats:p>It allows <jats:italic>models</jats:italic>.</jats:p>",
    },
}


class TestCrossref:
    def test_a_work_is_a_paper(self) -> None:
        assert crossref.parse_work(json.dumps(WORK).encode()) == KnownPaper(
            "Deep learning",
            ("Yann LeCun", "A consortium"),
            2015,
            {"doi": "10.1038/nature14539", "venue": "Nature", "abstract": "Abstract It allows models."},
        )

    @pytest.mark.parametrize("body", [b"", b"<html>", b'{"message": 3}', b"[1]", b'{"message": {"title": ', b"\xff"])
    def test_an_answer_that_is_none_is_one_sentence(self, body: bytes) -> None:
        with pytest.raises(WebTrouble, match=r"^its answer is "):
            crossref.parse_work(body)


def test_what_is_kept_is_bounded() -> None:
    known = csl.known_of({"title": "word " * 9000, "abstract": "x" * 50_000, "author": [{"literal": "n" * 900}]})
    assert (len(known.title), len(known.details["abstract"]), len(known.authors[0])) == (500, 20_000, 200)
