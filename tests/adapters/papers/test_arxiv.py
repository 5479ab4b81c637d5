"""arXiv's answers read exactly, and what is made of answers that are none."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.fetch import Manners, WebTrouble
from mlcoach.adapters.papers import arxiv
from mlcoach.adapters.papers.arxiv import look_up, parse_feed
from mlcoach.domain.papers.details import KnownPaper
from tests.adapters.server import Reply, Server, serving

FIXTURES = Path(__file__).parents[2] / "fixtures"
FEED = (FIXTURES / "arxiv.xml").read_bytes()
OLD_FEED = (FIXTURES / "arxiv-2016.xml").read_bytes()
EMPTY = b"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/oqaUC9OB2SccftmJHZqrxySXrao</id>
  <title>arXiv Query: search_query=&amp;id_list=0000.0000&amp;start=0&amp;max_results=100</title>
  <opensearch:totalResults>0</opensearch:totalResults>
</feed>
"""
ERROR = b"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/</id>
  <title>arXiv Search Results</title>
  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>
    <title>Error</title>
    <summary>incorrect id format for abc</summary>
    <author><name>arXiv api core</name></author>
  </entry>
</feed>
"""
BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE feed [
  <!ENTITY a "aaaaaaaaaa">
  <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<feed xmlns="http://www.w3.org/2005/Atom"><title>&c;</title></feed>
"""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as told:
        yield told


def asked(server: Server, tmp_path: Path, *ids: str) -> arxiv.FoundOnline:
    manners = Manners(sleep=lambda seconds: None)
    return look_up(ids, {"MLCOACH_ARXIV": server.base}, tmp_path, manners)


class TestRecorded:
    def test_accents_a_doi_and_a_journal(self) -> None:
        assert parse_feed(FEED)["2405.13786"] == KnownPaper(
            "Towards Explainable Test Case Prioritisation with Learning-to-Rank Models",
            ("Aurora Ramírez", "Mario Berrios", "José Raúl Romero", "Robert Feldt"),
            2024,
            {
                "arxiv": "2405.13786",
                "version": 1,
                "published": "2024-05-22",
                "abstract": parse_feed(FEED)["2405.13786"].details["abstract"],
                "venue": "Proc. 2023 IEEE International Conference on Software Testing, Verification and Validation "
                "Workshops (ICSTW), pp. 66-69",
                "doi": "10.1109/ICSTW58534.2023.00023",
                "comment": "3rd International Workshop on Artificial Intelligence in Software Testing (AIST) - "
                "International Conference on Software Testing and Validation (ICST)",
                "categories": ["cs.SE", "cs.AI"],
            },
        )

    def test_entities_are_characters(self) -> None:
        paper = parse_feed(FEED)["2302.03287"]
        assert paper.title == "ChatGPT and Software Testing Education: Promises & Perils"
        assert 'general purpose "large language models", based on' in paper.details["abstract"]
        assert (paper.details["version"], paper.year) == (3, 2023)

    def test_mathematics_in_a_title_stays_as_it_is_written(self) -> None:
        paper = parse_feed(FEED)["0710.2073"]
        assert paper.title == (
            r"On coincidence of Alday-Maldacena-regularized $\sigma$-model and Nambu-Goto areas of minimal surfaces"
        )
        assert paper.details["abstract"].startswith(
            r"For the $\sigma$-model and Nambu-Goto actions, values of the Alday"
        )
        assert paper.details["comment"].endswith("some misprints and missing factors in formulas (10) and (11)")

    def test_a_withdrawn_paper_says_so_and_no_other_does(self) -> None:
        assert [id for id, known in parse_feed(FEED).items() if known.details.get("withdrawn")] == ["2401.00917"]

    def test_many_authors_keep_their_order(self) -> None:
        authors = parse_feed(FEED)["1707.08567"].authors
        assert len(authors) == 34
        assert (authors[0], authors[32], authors[-1]) == (
            "Kees A. Schouhamer Immink",
            "Dirk Wübben",
            "Hirosuke Yamamoto",
        )

    def test_an_old_id_and_an_affiliation(self) -> None:
        paper = parse_feed(FEED)["hep-ex/0406020"]
        assert (paper.title, paper.authors, paper.year) == (
            "Sparticle Reconstruction at LHC",
            ("Alessia Tricomi",),
            2004,
        )
        assert paper.details["abstract"].startswith("In this report a review")

    def test_a_title_of_one_character(self) -> None:
        assert parse_feed(FEED)["2104.12255"].title == "0"

    def test_the_form_of_earlier_years(self) -> None:
        papers = parse_feed(OLD_FEED)
        assert list(papers) == ["1412.6529", "cond-mat/0603029"]
        assert papers["cond-mat/0603029"].title == (
            "From stripe to checkerboard order on the square lattice in the presence of quenched disorder"
        )
        first = papers["1412.6529"]
        assert first.details["doi"] == "10.1103/PhysRevB.91.184507"
        assert first.details["categories"] == ["cond-mat.quant-gas"]
        assert first.details["abstract"].startswith(
            r"We consider the R\'{e}nyi entanglement entropy of bosonic Luttinger"
        )


class TestQuestions:
    def test_one_question_asks_for_all(self, server: Server, tmp_path: Path) -> None:
        server.replies = [Reply(body=FEED)]
        found = asked(server, tmp_path, "2405.13786", "hep-ex/0406020", "2405.13786", "0000.0000")
        assert (sorted(found.papers), found.trouble) == (["2405.13786", "hep-ex/0406020"], "")
        (path,) = server.asked
        assert urlsplit(path).path == "/api/query"
        assert parse_qs(urlsplit(path).query) == {
            "id_list": ["2405.13786,hep-ex/0406020,0000.0000"],
            "max_results": ["3"],
        }

    def test_many_are_asked_for_in_parts(self, server: Server, tmp_path: Path) -> None:
        server.replies = [Reply(body=EMPTY)]
        asked(server, tmp_path, *(f"2401.{number:05d}" for number in range(120)))
        assert len(server.asked) == 3

    def test_what_came_before_a_failure_is_kept(self, server: Server, tmp_path: Path) -> None:
        server.replies = [Reply(body=FEED), Reply(500)]
        ids = ["2405.13786", *(f"2401.{number:05d}" for number in range(60))]
        found = asked(server, tmp_path, *ids)
        assert "2405.13786" in found.papers
        assert found.trouble == "arXiv cannot be asked: it answers 500"

    @pytest.mark.parametrize(
        ("reply", "trouble"),
        [
            (Reply(), "its answer is empty"),
            (Reply(body=b"  \n"), "its answer is empty"),
            (Reply(body=b"<html><body>Down</body></html>"), "its answer is not a feed"),
            (Reply(body=b"\x00\xff\xfe garbage"), "its answer is not a complete feed (not well-formed"),
            (Reply(body=FEED[: len(FEED) // 2]), "its answer is not a complete feed ("),
            (Reply(body=BOMB), "its answer declares entities, which no feed needs"),
            (Reply(400, ERROR), "it says: incorrect id format for abc"),
            (Reply(200, ERROR), "it says: incorrect id format for abc"),
            (Reply(503), "it answers 503"),
            (Reply(302, headers=(("Location", "http://example.org/"),)), "it leads to another host, example.org"),
        ],
    )
    def test_an_answer_that_is_none_is_one_sentence(
        self, server: Server, tmp_path: Path, reply: Reply, trouble: str
    ) -> None:
        server.replies = [reply]
        found = asked(server, tmp_path, "2405.13786")
        assert found.papers == {}
        assert found.trouble.startswith(f"arXiv cannot be asked: {trouble}")
        assert "\n" not in found.trouble

    def test_arxiv_itself_is_asked_no_more_than_every_three_seconds(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        seen: list[tuple[str, Manners]] = []

        def get(address: str, accept: str, manners: Manners) -> bytes:
            seen.append((address, manners))
            return EMPTY

        monkeypatch.setattr(arxiv, "get", get)
        look_up(["2401.00001"], {}, tmp_path)
        ((address, manners),) = seen
        assert address == "https://export.arxiv.org/api/query?id_list=2401.00001&max_results=1"
        assert (manners.gap, manners.stamp) == (3.0, tmp_path / "arxiv-asked")


@given(st.binary(max_size=300), st.integers(0, len(FEED)))
def test_no_answer_at_all_breaks_the_reader(garbage: bytes, place: int) -> None:
    for body in (garbage, FEED[:place] + garbage + FEED[place:]):
        try:
            parse_feed(body)
        except WebTrouble as trouble:
            assert str(trouble)


def test_what_is_kept_is_harmless_and_bounded() -> None:
    entry = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2401.00001v1</id>'
        f"<title>{'very ' * 2000}long \u202etitle</title><summary>{'word ' * 10_000}\u009b31m</summary>"
        f"<author><name>{'n' * 900}\u2066</name></author></entry></feed>"
    )
    paper = parse_feed(entry.encode())["2401.00001"]
    assert len(paper.title) == 500
    assert paper.title.endswith("…")
    assert (len(paper.authors[0]), len(paper.details["abstract"])) == (200, 20_000)
    assert not set("\u202e\u2066\u009b") & set(f"{paper.title}{paper.authors}{paper.details}")
