"""Adding papers as typed: from the web, from files, and what is said where they tell too little."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from tests.adapters.papers.test_arxiv import BOMB, FEED
from tests.adapters.papers.test_pdf import made as made_pdf
from tests.adapters.server import Reply, Server, serving
from tests.conftest import Program

BROKEN_BIB = """\
@article{schwarz1978,
  title = "Estimating the dimension of a model", author = "Schwarz, Gideon", year = {1978},
  doi = {10.1214/aos/1176344136}
}
@article{half, title = {never closed,

@misc{talk, title = {A talk about models}}
@misc{talk, title = {Another talk}}
"""

TWICE = """\
@misc{talk, title = {A talk about models}, author = {Doe, Jane and others}}
@misc{talk2, title = {A Talk About Models}, author = {J. Doe}, year = 2001}
"""


def data(program: Program, line: str, **more: Any) -> Any:
    return json.loads(program(f"{line} --json", **more).out)["data"]


@pytest.fixture
def arxiv(mlcoach: Program) -> Iterator[Server]:
    """An arXiv on this machine that mlcoach asks."""
    with serving() as told:
        mlcoach.environment |= {"MLCOACH_ARXIV": told.base, "MLCOACH_CROSSREF": told.base}
        yield told


class TestAddingFromTheWeb:
    def test_what_arxiv_knows_is_shown_and_kept(self, mlcoach: Program, arxiv: Server) -> None:
        arxiv.replies = [Reply(body=FEED)]
        assert mlcoach("paper add https://arxiv.org/pdf/2405.13786v1 --why 'ranking tests'", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Added Towards Explainable Test Case Prioritisation with Learning-to-Rank Models
(2024), arxiv:2405.13786.
  Why: ranking tests
Pass 1 takes about 10m: mlcoach paper read 2405.13786
Undo: mlcoach undo
----- stderr -----
asking about arxiv:2405.13786 …
""")
        assert len(arxiv.asked) == 1
        assert mlcoach("paper show 2405.13786", tty=80).out.partition("\nPass 1")[0] == snapshot("""\
Towards Explainable Test Case Prioritisation with Learning-to-Rank Models
Aurora Ramírez, Mario Berrios, José Raúl Romero and Robert Feldt, 2024
queued · pass 1 of 3 · arxiv:2405.13786
Open: https://arxiv.org/abs/2405.13786
Why: ranking tests
Proc. 2023 IEEE International Conference on Software Testing, Verification and
Validation Workshops (ICSTW), pp. 66-69 · cs.SE, cs.AI

Abstract
  Test case prioritisation (TCP) is a critical task in regression testing to
  ensure quality as software evolves. Machine learning has become a common way
  to achieve it. In particular, learning-to-rank (LTR) algorithms provide an
  effective method of ordering and prioritising test cases. However, their use
  poses a challenge in terms of explainability, both globally at the model level
  and locally for particular results. Here, we present and discuss scenarios
  that require different explanations and how the particularities of TCP
  (multiple builds over time, test case and test suite variations, etc.) could
  influence them. We include a preliminary experiment to analyse the similarity
  of explanations, showing that they do not only vary depending on test
  case-specific predictions, but also on the relative ranks.
""")

    def test_formulas_are_shown_readable_and_a_withdrawal_is_reported(self, mlcoach: Program, arxiv: Server) -> None:
        arxiv.replies = [Reply(body=FEED)]
        told = mlcoach("paper add 2401.00917 0710.2073").err
        assert "Generalized Benders Decomposition was withdrawn: This paper has been withdrawn by the author." in told
        assert "Alday-Maldacena-regularized σ-model" in mlcoach("paper list").out
        assert "For the σ-model and Nambu-Goto actions" in mlcoach("paper show 0710.2073").out
        assert r"$\sigma$-model" in data(mlcoach, "paper show 0710.2073")["paper"]["title"]
        assert "Withdrawn by its authors, arXiv says." in mlcoach("paper show 2401.00917").out

    def test_on_a_terminal_the_reason_is_asked_for(self, mlcoach: Program, arxiv: Server) -> None:
        arxiv.replies = [Reply(body=FEED)]
        result = mlcoach("paper add hep-ex/0406020", tty=80, stdin="a friend works there\n")
        assert result.err == snapshot("""\
asking about arxiv:hep-ex/0406020 …
Sparticle Reconstruction at LHC
Why do you want to read it? (enter: say it later) \
""")
        assert data(mlcoach, "paper list")["papers"][0]["why"] == "a friend works there"
        # Enter says it later, Ctrl-D adds nothing.
        mlcoach("paper add 2104.12255", tty=80, stdin="\n")
        mlcoach("paper add 1707.08567", tty=80, stdin="", expect=130)
        assert {one["id"] for one in data(mlcoach, "paper list")["papers"]} == {
            "arxiv:hep-ex/0406020",
            "arxiv:2104.12255",
        }

    def test_without_a_terminal_a_hint_says_how(self, mlcoach: Program, arxiv: Server) -> None:
        arxiv.replies = [Reply(body=FEED)]
        assert mlcoach("paper add 2104.12255").err == snapshot(
            'a reason carries you through: mlcoach paper add 2104.12255 --why "…"\n'
        )

    def test_offline_is_no_failure_and_refresh_completes_it(self, mlcoach: Program, arxiv: Server) -> None:
        arxiv.replies = [Reply(503, headers=(("Retry-After", "0"),))]
        result = mlcoach("paper add 2302.03287 1707.08567")
        assert result.err.splitlines()[0] == (
            "note: arXiv cannot be asked: it answers 503; `mlcoach paper refresh` completes it when you are connected"
        )
        assert "arXiv cannot be asked" in mlcoach("paper refresh", expect=6).err
        arxiv.replies = [Reply(body=FEED)]
        assert mlcoach("paper refresh", tty=80).out == snapshot("""\
Completed Proceedings of Workshop AEW10: Concepts in Information Theory and
Communications (2017), arxiv:1707.08567.
Completed ChatGPT and Software Testing Education: Promises & Perils (2023),
arxiv:2302.03287.
Undo: mlcoach undo
""")
        assert mlcoach("paper refresh").out == "Nothing is missing.\n"

    @pytest.mark.parametrize(
        ("reply", "trouble"),
        [
            (Reply(body=BOMB), "its answer declares entities, which no feed needs"),
            (
                Reply(302, headers=(("Location", "http://example.org/"),)),
                "it leads to another host, example.org, which is",
            ),
            (Reply(body=FEED[:900]), "its answer is not a complete feed (no element found"),
        ],
    )
    def test_a_server_that_misbehaves_is_one_line(
        self, mlcoach: Program, arxiv: Server, reply: Reply, trouble: str
    ) -> None:
        arxiv.replies = [reply]
        result = mlcoach("paper add 2405.13786")
        assert result.err.splitlines()[0].startswith(f"note: arXiv cannot be asked: {trouble}")
        assert result.out.startswith("Added arxiv:2405.13786.\n")

    def test_a_number_that_does_not_exist(self, mlcoach: Program, arxiv: Server) -> None:
        arxiv.replies = [Reply(body=FEED)]
        assert mlcoach("paper add 2401.99999", expect=3).screen == snapshot("""\
exit 3
----- stdout -----
----- stderr -----
error: arXiv knows no paper `2401.99999`
hint: look at the number; with --title "…" it is added all the same
""")
        assert mlcoach.files() == set()

    def test_a_doi(self, mlcoach: Program, arxiv: Server) -> None:
        work = {
            "message": {"title": ["A Paper"], "author": [{"given": "A.", "family": "Author"}], "DOI": "10.1000/xyz"}
        }
        arxiv.replies = [Reply(body=json.dumps(work).encode())]
        assert mlcoach("paper add https://doi.org/10.1000/XYZ --why w").out.startswith(
            "Added A Paper, doi:10.1000/xyz."
        )
        assert arxiv.asked == ["/works/10.1000%2Fxyz"]


class TestAddingFiles:
    def test_a_pdf_and_where_it_is(self, mlcoach: Program, tmp_path: Path) -> None:
        path = made_pdf(tmp_path / "attention.pdf", "arXiv:1706.03762v5 [cs.CL]", "irrelevant")
        assert mlcoach(f"paper add '{path}'").out.startswith(
            "Added Attention Is All You Need (2017), arxiv:1706.03762."
        )
        assert data(mlcoach, "paper show 1706.03762")["paper"]["pdf"] == str(path)
        talk = made_pdf(tmp_path / "talk.pdf", "", "A talk about models", "Jane Doe")
        assert mlcoach(f"paper add '{talk}'").out.startswith("Added A talk about models, a-talk-about-models.")
        nameless = made_pdf(tmp_path / "scan.pdf")
        assert "tells neither an id nor a title" in mlcoach(f"paper add '{nameless}'", expect=2).err
        assert mlcoach(f"paper add '{nameless}' --title 'A scan'").out.startswith("Added A scan, a-scan.")

    def test_a_pdf_that_is_none(self, mlcoach: Program) -> None:
        path = mlcoach.write("page.pdf", "<html>Please sign in</html>")
        result = mlcoach(f"paper add '{path}'", expect=4)
        assert result.err == f"error: `{path}` is not a PDF\nhint: give the PDF itself, or the id of the paper\n"
        assert mlcoach.files() == {"page.pdf"}

    def test_an_address_that_ends_like_a_file(self, mlcoach: Program) -> None:
        assert mlcoach("paper add arxiv.org/pdf/1706.03762v5.pdf").out.startswith("Added Attention")

    def test_a_piped_list(self, mlcoach: Program) -> None:
        lines = "# homework\n1412.6980\n\n1706-03762\nhttps://arxiv.org/abs/1706.03762\n1412.6980v2\n"
        assert mlcoach("paper add - --offline", stdin=lines, expect=7).screen == snapshot("""\
exit 7
----- stdout -----
Read 4 entries: 2 added, 1 known already, 1 left out.
Left out:
  line 4: `1706-03762` is not an arXiv id, DOI or bundled paper; did you mean
  `1706.03762`?
Undo: mlcoach undo
----- stderr -----
""")
        view = data(mlcoach, "paper add - --offline", stdin="1512.03385\nnonsense\n", expect=7)
        assert (view["read"], view["added"], view["skipped"][0]["place"]) == (2, 1, "line 2")

    @pytest.mark.parametrize(
        ("line", "stdin", "message"),
        [
            ("paper add -", "", "the list is empty"),
            ("paper add - 1412.6980", "1706.03762", "`-` reads all papers from what is piped in"),
            ("paper add - --title T", "1706.03762\n1412.6980", "a title, author or year belongs to one paper"),
        ],
    )
    def test_lists_that_cannot_be(self, mlcoach: Program, line: str, stdin: str, message: str) -> None:
        assert f"error: {message}\n" in mlcoach(line, stdin=stdin, expect=2).err
        assert mlcoach.files() == set()

    def test_a_library(self, mlcoach: Program) -> None:
        path = mlcoach.write("library.bib", BROKEN_BIB)
        assert mlcoach(f"paper import '{path}'", expect=7).screen == snapshot("""\
exit 7
----- stdout -----
Read 4 entries: 3 added, 1 left out.
Left out:
  line 5: `half` is broken: `title` is not closed before line 7
Worth a look:
  line 8: `talk` has the key of line 7 too
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach(f"paper add '{path}'", expect=7).out.startswith(
            "Read 4 entries: 0 added, 3 known already, 1 left out."
        )
        view = data(mlcoach, f"paper import '{path}'", expect=7)
        assert {name: view[name] for name in ("read", "added", "updated", "skipped")} == {
            "read": 4,
            "added": 0,
            "updated": 0,
            "skipped": [
                {
                    "place": "line 5",
                    "reason": "`half` is broken: `title` is not closed before line 7",
                }
            ],
        }

    def test_what_is_merged_is_said_with_both_keys_in_and_out(self, mlcoach: Program) -> None:
        path = mlcoach.write("library.bib", TWICE)
        assert mlcoach(f"paper import '{path}'", tty=80).out == snapshot("""\
Read 2 entries: 1 added, 1 merged.
Merged, and both citation keys kept:
  line 2: `talk2` is the paper of `talk`, A Talk About Models
Undo: mlcoach undo
""")
        exported = mlcoach("paper export")
        assert exported.err == snapshot(
            "A talk about models is there 2 times, once for each of its keys: talk, talk2\n"
        )
        assert [line for line in exported.out.splitlines() if line.startswith("@")] == ["@misc{talk,", "@misc{talk2,"]
        assert mlcoach("paper show talk2", tty=80).out.splitlines()[:4] == snapshot(
            [
                "A talk about models",
                "Jane Doe et al., 2001",
                "queued · pass 1 of 3 · a-talk-about-models",
                "Cited as: talk, talk2",
            ]
        )
        assert mlcoach("paper note TALK 'worth it'").out

    def test_a_bar_shows_on_a_terminal_and_nowhere_else(self, mlcoach: Program) -> None:
        path = mlcoach.write("library.bib", BROKEN_BIB)
        assert "Reading library.bib" in mlcoach(f"paper import '{path}'", tty=80, expect=7).err
        assert mlcoach(f"paper import '{path}'", expect=7).err == ""

    def test_a_document_goes_to_stdout_or_a_file(self, mlcoach: Program, tmp_path: Path) -> None:
        mlcoach("paper add 1412.6980")
        assert mlcoach("paper export").out.startswith("@misc{kingma2014adam,\n")
        target = tmp_path / "out.json"
        result = mlcoach(f"paper export --format csl -o '{target}'")
        assert (result.out, result.err) == ("", f"1 paper written to {target}\n")
        assert json.loads(target.read_text(encoding="utf-8"))[0]["title"].startswith("Adam")
        assert data(mlcoach, "paper export -f markdown")["text"].startswith("# Reading log")
        assert "is a folder" in mlcoach(f"paper export -o '{tmp_path}'", expect=2).err


def test_a_pdf_that_tells_nothing_is_named(mlcoach: Program, tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "scan.pdf")
    error = mlcoach(f"paper add '{path}'", expect=2).err
    assert error.startswith(f"error: `{path}` tells neither an id nor a title\n")
    assert f'`mlcoach paper add "{path}" --title "…"` gives it one' in error


def test_a_title_of_one_word_is_a_title(mlcoach: Program) -> None:
    assert "to give it its title" not in mlcoach("paper add --title talk").err
    assert "to give it its title" in mlcoach("paper add 2110.00001").err
