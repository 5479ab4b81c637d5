"""The commands around a paper as typed: adding from everywhere, cards, citations, libraries, the walk on a terminal."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from tests.adapters.server import Reply, Server, serving
from tests.adapters.test_arxiv import BOMB, FEED
from tests.adapters.test_pdf import made as made_pdf
from tests.conftest import PROGRAM, Program

BROKEN_BIB = """\
@article{schwarz1978,
  title = "Estimating the dimension of a model", author = "Schwarz, Gideon", year = {1978},
  doi = {10.1214/aos/1176344136}
}
@article{half, title = {never closed,

@misc{talk, title = {A talk about models}}
@misc{talk, title = {Another talk}}
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

    def test_formulas_are_shown_readable_and_a_withdrawal_is_told(self, mlcoach: Program, arxiv: Server) -> None:
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

    def test_where_nobody_can_answer_a_hint_says_how(self, mlcoach: Program, arxiv: Server) -> None:
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
        assert mlcoach("paper add - --offline", stdin=lines).screen == snapshot("""\
exit 0
----- stdout -----
Read 4 entries: 2 added, 1 known already, 1 left out.
Left out:
  line 4: `1706-03762` is not an arXiv id, DOI or bundled paper; did you mean `1706.03762`?
Undo: mlcoach undo
----- stderr -----
""")
        view = data(mlcoach, "paper add - --offline", stdin="1512.03385\nnonsense\n")
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
        assert mlcoach(f"paper import '{path}'").screen == snapshot("""\
exit 0
----- stdout -----
Read 4 entries: 3 added, 1 left out.
Left out:
  line 5: `half` is broken: unexpected block start: `@misc`. Was still looking for field-value closing `}`
Worth a look:
  line 8: the key `talk` is that of line 7 too
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach(f"paper add '{path}'").out.startswith("Read 4 entries: 0 added, 3 known already, 1 left out.")
        view = data(mlcoach, f"paper import '{path}'")
        assert {name: view[name] for name in ("read", "added", "updated", "skipped")} == {
            "read": 4,
            "added": 0,
            "updated": 0,
            "skipped": [
                {
                    "place": "line 5",
                    "reason": "`half` is broken: unexpected block start: `@misc`. Was still looking for field-value "
                    "closing `}`",
                }
            ],
        }

    def test_a_bar_shows_on_a_terminal_and_nowhere_else(self, mlcoach: Program) -> None:
        path = mlcoach.write("library.bib", BROKEN_BIB)
        assert "Reading library.bib" in mlcoach(f"paper import '{path}'", tty=80).err
        assert mlcoach(f"paper import '{path}'").err == ""

    def test_a_document_goes_to_stdout_or_a_file(self, mlcoach: Program, tmp_path: Path) -> None:
        mlcoach("paper add 1412.6980")
        assert mlcoach("paper export").out.startswith("@misc{kingma2014adam,\n")
        target = tmp_path / "out.json"
        result = mlcoach(f"paper export --format csl -o '{target}'")
        assert (result.out, result.err) == ("", f"1 paper written to {target}\n")
        assert json.loads(target.read_text(encoding="utf-8"))[0]["title"].startswith("Adam")
        assert data(mlcoach, "paper export -f markdown")["text"].startswith("# Reading log")
        assert "is a folder" in mlcoach(f"paper export -o '{tmp_path}'", expect=2).err


class TestKeeping:
    @pytest.fixture(autouse=True)
    def queue(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980 1706.03762")

    def test_all_that_is_tied_to_a_paper_on_one_screen(self, mlcoach: Program) -> None:
        assert mlcoach("paper term adam 'bias correction' dividing by 1 - b^t", tty=80).out.splitlines()[
            :3
        ] == snapshot(
            [
                "A card of yours from Adam: A Method for Stochastic Optimization:",
                "  What does “bias correction” mean?",
                "  papers.own.terms/bias-correction",
            ]
        )
        mlcoach("paper card adam -q 'Why two means?' -a 'size and direction'")
        assert mlcoach("paper cite attention adam 1409.0473 --read", tty=80).out == snapshot("""\
Attention Is All You Need cites
  Adam: A Method for Stochastic Optimization (read)
  Neural Machine Translation by Jointly Learning to Align and Translate (read)
Undo: mlcoach undo
""")
        assert mlcoach("paper ask adam 'What if beta is 1?'", tty=80).out == snapshot("""\
`What if beta is 1?` joined pass 1 of Adam: A Method for Stochastic
Optimization, as q1.
Undo: mlcoach undo
""")
        assert mlcoach("paper ask adam 'What if beta is 1?'", tty=80).out == snapshot("""\
`What if beta is 1?` is in pass 1 of Adam: A Method for Stochastic Optimization
already, as q1.
""")
        mlcoach("paper check adam category --answer 'a method for optimising'")
        finish = "paper finish adam --verdict stop --minutes 12 -n 'the default' --changed 'SGD is not enough'"
        assert mlcoach(finish).out.startswith("Pass 1 of 3 ended: Adam")
        assert mlcoach("paper show adam", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Adam: A Method for Stochastic Optimization
Diederik P. Kingma and Jimmy Ba, 2014
finished · 12m so far · arxiv:1412.6980
Open: https://arxiv.org/abs/1412.6980
Why: You derive the bias correction yourself and see why the default optimiser
scales each step by the size of recent gradients.

Belongs to
  math.calc.derivatives  Limits and derivatives                 not begun
  ml.found               What machine learning is (and is not)  not begun

Passes
  pass 1: stopped there, 12m  Mon 23 Nov
    the default
    It changed your mind: SGD is not enough

Cards
  What does “bias correction” mean?
    papers.own.terms/bias-correction · new
  Why two means?
    papers.own.ideas/why-two-means · new

Cited by
  Attention Is All You Need  1706.03762 · queued

Back into the queue: mlcoach paper add 1412.6980
----- stderr -----
""")
        assert mlcoach("paper search default optimising", tty=80).out == snapshot("""\
Adam: A Method for Stochastic Optimization (2014)
  1412.6980 · finished
  in your reason: You derive the bias correction yourself and see why the
  default optimiser scales each step by the size of recent gradients.
""")
        assert mlcoach("paper stats", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
1 pass over 1 paper, 12m
1 of 1 paper stopped after pass 1 (100%): that is what it is for.

Passes by week
  Mon 23 Nov  █  1× pass 1

Time for a pass
  pass 1, skim to decide: median 12m of 1 timed; planned: 10m
  pass 2, read for the idea: not timed; planned: 1h
  pass 3, work through it: not timed; planned: 4h

What they are about
  math.calc  Calculus          1
  ml         Machine learning  1

What changed your mind
  SGD is not enough
    Adam: A Method for Stochastic Optimization, Mon 23 Nov
----- stderr -----
""")

    def test_that_nobody_stopped_early_is_no_praise(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        mlcoach("paper finish adam --verdict go-on")
        assert "0 of 1 paper stopped after pass 1 (0%).\n" in mlcoach("paper stats", tty=80).out

    def test_notes_open_in_the_editor(self, mlcoach: Program, tmp_path: Path) -> None:
        editor = tmp_path / "editor"
        editor.write_text('#!/bin/sh\nprintf "\\nlong thoughts\\n" >> "$1"\n', encoding="utf-8")
        editor.chmod(0o755)
        mlcoach.environment["VISUAL"] = str(editor)
        path = mlcoach.home / "data" / "notes" / "papers" / "1412.6980--adam-a-method-for-stochastic-optimization.md"
        result = mlcoach("paper note adam", tty=200)
        assert result.out == (
            f"Kept your notes on Adam: A Method for Stochastic Optimization:\n  {path}\nUndo: mlcoach undo\n"
        )
        assert path.read_text(encoding="utf-8").endswith("\nlong thoughts\n")
        assert "long thoughts" in mlcoach("paper show adam").out
        mlcoach("undo")
        assert not path.exists()

    def test_a_card_can_be_written_in_the_editor(self, mlcoach: Program, tmp_path: Path) -> None:
        editor = tmp_path / "editor"
        editor.write_text("#!/bin/sh\nprintf \"q = 'Why?'\\na = 'Because.'\\n\" > \"$1\"\n", encoding="utf-8")
        editor.chmod(0o755)
        mlcoach.environment["VISUAL"] = str(editor)
        assert "papers.own.ideas/why" in mlcoach("paper card adam", tty=80).out
        editor.write_text('#!/bin/sh\n: > "$1"\n', encoding="utf-8")
        assert mlcoach("paper card adam", tty=80).err == "nothing was written, so there is no card\n"

    def test_opening_hands_it_to_the_viewer(self, mlcoach: Program, tmp_path: Path) -> None:
        script = tmp_path / "xdg-open"
        script.write_text("#!/bin/sh\n", encoding="utf-8")
        script.chmod(0o755)
        mlcoach.environment["PATH"] = str(tmp_path)
        assert mlcoach("paper open adam").out == "Opened https://arxiv.org/abs/1412.6980\n"
        script.unlink()
        assert "this system names no viewer" in mlcoach("paper open adam", expect=6).err

    @pytest.mark.parametrize(
        ("line", "code", "message"),
        [
            ("paper term adam softmax", 2, "a term needs its meaning, in your own words"),
            ("paper card adam -q 'Only a question?'", 2, "`--question` has no answer"),
            ("paper cite adam 1412.6980", 2, "a paper does not cite itself"),
            ("paper ask adam", 2, "the question is empty"),
            ("paper check adam title abstract --answer x", 2, "an answer belongs to one step that is ticked"),
            ("paper search", 2, "which words?"),
            ("paper list --sort tittle", 2, "no order `tittle`"),
            ("paper export --format bibtx", 2, "no format `bibtx`"),
            ("paper import nothing.bib", 3, "no file `nothing.bib`"),
            ("paper read nothing", 3, "no paper `nothing` in your queue"),
            ("paper show '\x1b]0;title\x07'", 3, "no paper `\ufffd]0;title\ufffd` in your queue"),
        ],
    )
    def test_each_refusal_is_one_sentence(self, mlcoach: Program, line: str, code: int, message: str) -> None:
        before = mlcoach.files()
        assert f"error: {message}\n" in mlcoach(line, expect=code).err
        assert mlcoach.files() == before

    def test_own_steps_for_every_paper(self, mlcoach: Program) -> None:
        mlcoach.write(
            "config/curriculum/checklists.toml",
            'schema = 1\n[[checklist]]\nid = "paper-pass-1"\ntitle = "Mine"\nhide = ["headings"]\n'
            '[[checklist.item]]\nid = "bet"\ntext = "Would I bet on it?"\ngroup = "Five Cs"\n'
            '[[checklist.item]]\nid = "title"\ntext = "Guess from the title"\ngroup = "Skim, mathematics skipped"\n',
        )
        steps = [step["id"] for step in data(mlcoach, "paper show adam")["paper"]["checklist"]]
        assert steps == [
            "title", "abstract", "introduction", "conclusion", "references", "category", "context", "correctness",
            "contributions", "clarity", "bet", "comparison",
        ]  # fmt: skip
        assert "Guess from the title" in mlcoach("paper check adam bet").out


class TestSuggest:
    def test_screen(self, mlcoach: Program) -> None:
        mlcoach("log 30m ml.unsup")
        assert mlcoach("paper suggest", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
For this week, near to what you are studying:

  Attention Is All You Need (2017)
  You work through every shape and constant of the transformer, the architecture
  on which most of the later shelf stands.
  It goes with Clustering, dimension reduction, anomalies, which you are
  studying.
  mlcoach paper add 1706.03762

  Playing Atari with Deep Reinforcement Learning (2013)
  You see how a replay memory made Q-learning with a network stable enough to
  play from pixels.
  It goes with Clustering, dimension reduction, anomalies, which you are
  studying.
  mlcoach paper add 1312.5602

  Neural Machine Translation by Jointly Learning to Align and Translate (2014)
  You find attention where it began, as a learned soft alignment, and read the
  plots that made people believe it.
  It goes with Clustering, dimension reduction, anomalies, which you are
  studying.
  mlcoach paper add 1409.0473
----- stderr -----
""")

    def test_json(self, mlcoach: Program) -> None:
        view = data(mlcoach, "paper suggest")
        assert (len(view["papers"]), view["moving"]) == (3, 0)
        assert set(view["papers"][0]) == {"id", "title", "year", "why", "reason"}


class TestLongLists:
    def test_a_terminal_shows_thirty_and_says_so(self, mlcoach: Program) -> None:
        entries = "".join(f"@misc{{k{number}, title = {{Paper number {number:03d}}}}}\n" for number in range(120))
        path = mlcoach.write("library.bib", entries)
        mlcoach(f"paper import '{path}'")
        shown = mlcoach("paper list", tty=80).out.splitlines()
        assert (len(shown), shown[-1]) == (33, "90 more: mlcoach paper list --all")
        assert len(mlcoach("paper list --all", tty=80).out.splitlines()) == 121
        assert len(mlcoach("paper list").out.splitlines()) == 121
        assert len(data(mlcoach, "paper list")["papers"]) == 120
        assert len(data(mlcoach, "paper list --limit 7")["papers"]) == 7

    @pytest.mark.parametrize("width", [40, 80, 120])
    def test_nothing_is_wider_than_the_terminal(self, mlcoach: Program, width: int) -> None:
        mlcoach("paper add 1412.6980 1706.03762")
        mlcoach("paper ask adam 'a question of my own that is longer than a line of forty cells'")
        mlcoach("paper finish adam --verdict go-on --minutes 9 --changed 'something that is longer than forty cells'")
        mlcoach("paper cite attention adam 1512.03385")
        mlcoach("paper check adam figures --answer 'an answer that is longer than forty cells can hold'")
        lines = ["paper show adam", "paper show attention", "paper stats", "paper suggest", "paper search longer"]
        for line in (*lines, "paper list --sort year", "paper list"):
            for shown in mlcoach(line, tty=width).out.splitlines():
                assert len(shown) <= width or "mlcoach paper" in shown or "://" in shown, (line, shown)


def test_formulas_in_titles_are_readable_wherever_a_paper_is_named(mlcoach: Program) -> None:
    assert mlcoach(r"paper add --title 'The $\ell_1$ norm' --why x", tty=80).out.startswith("Added The ℓ₁ norm, ")
    mlcoach("paper add 1412.6980")
    for line in (
        "check the-ell title", "note the-ell x", "ask the-ell why?", "term the-ell norm length", "cite adam the-ell",
        "show adam", "search norm", "finish the-ell --verdict go-on --changed 'it is sparse'", "stats", "drop the-ell",
        "drop the-ell",
    ):  # fmt: skip
        shown = mlcoach(f"paper {line}", tty=80).out
        assert "The ℓ₁ norm" in shown, line
        assert "$" not in shown, line


def test_a_list_of_nothing_says_no_more_than_that(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980")
    for narrowed in ("--subject cs.CV", "--subject math.la", "--pass 3"):
        assert mlcoach(f"paper list {narrowed}", tty=80).out == "No paper of your queue is like that.\n"
    assert mlcoach("paper list --subject cs.CV9", expect=2).err.startswith("error: no paper belongs to")


def test_two_papers_that_begin_alike_are_told_apart(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980")
    mlcoach("paper add --title 'Adam, revisited'")
    error = mlcoach("paper finish adam --verdict stop", expect=2).err
    assert "`adam` is ambiguous" in error
    assert "`adam-revisited`" in error
    assert "`arxiv:1412.6980`" in error


def test_a_pdf_that_tells_nothing_is_named(mlcoach: Program, tmp_path: Path) -> None:
    path = made_pdf(tmp_path / "scan.pdf")
    error = mlcoach(f"paper add '{path}'", expect=2).err
    assert error.startswith(f"error: `{path}` tells neither an id nor a title\n")
    assert f'`mlcoach paper add "{path}" --title "…"` gives it one' in error


def test_a_title_of_one_word_is_a_title(mlcoach: Program) -> None:
    assert "to give it its title" not in mlcoach("paper add --title talk").err
    assert "to give it its title" in mlcoach("paper add 2110.00001").err


class TestReading:
    def test_without_a_terminal_the_checklist_is_shown(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        assert "Pass 1: skim to decide" in mlcoach("paper read adam").out
        assert data(mlcoach, "paper read")["paper"]["budget_minutes"] == 10
        assert "No paper is waiting" not in mlcoach("paper read 1512.03385").out
        assert len(data(mlcoach, "paper list")["papers"]) == 1  # looking at it queues nothing

    def test_line_by_line_where_there_is_no_colour(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        # Keys come as characters where the input is no real terminal; what is typed after `a` is read as a line.
        result = mlcoach("paper read", tty=80, stdin=" q")
        assert result.out == snapshot("""\

Adam: A Method for Stochastic Optimization
Pass 1: skim to decide
Why: You derive the bias correction yourself and see why the default optimiser…
space ticks · a answer · n own question · r reference read · t term
↑ ↓ move · o open · f end the pass · q leave, all is kept
1 of 12 · Skim, mathematics skipped
  Read the title and guess in a sentence what was done

2 of 12 · Skim, mathematics skipped
  Read the abstract; stop here if it promises nothing you want
Left pass 1 of Adam: A Method for Stochastic Optimization: 1 of 12 ticked.
Go on: mlcoach paper read 1412.6980
""")

    def test_a_question_nobody_answers_ends_its_line(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        # The input ends in the middle of a question.
        assert mlcoach("paper read", tty=80, stdin="n").err == "Your question: \n"

    def test_plain_lines_are_for_screen_readers_here_too(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        mlcoach("config set plain true")
        result = mlcoach("--color always paper read", tty=80, stdin=" q")
        assert "\x1b[?1049h" not in result.out  # nothing is drawn in its place
        assert "▸" not in result.out
        assert result.out.count("Read the abstract") == 1

    def test_line_by_line_a_step_come_back_to_is_said_again(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        result = mlcoach("paper read", tty=80, stdin="jkq")
        assert result.out.count("1 of 12 · Skim") == 2
        assert result.out.count("2 of 12 · Skim") == 1
        assert result.out.count("Pass 1: skim") == 1


pexpect = pytest.importorskip("pexpect")


class TestOnATerminal:
    def test_a_pass_from_the_first_key_to_the_verdict(self, home: Path) -> None:
        environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
        environment |= {"MLCOACH_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        child = pexpect.spawn(
            PROGRAM[0], [*PROGRAM[1:], "paper", "read", "1412.6980"],
            env=environment, dimensions=(24, 80), encoding="utf-8", timeout=30,
        )  # fmt: skip
        child.expect("· 0 of 12")
        child.send(" ")
        child.expect("· 1 of 12")
        child.send("a")
        child.expect("promises nothing you want: ")
        child.sendline("It Promises \x1b[Da Default")  # capital letters arrive, an arrow key does not
        child.expect("· 2 of 12")
        child.expect("0:00:0[1-9] of 10m")  # the clock goes on by itself
        child.send("f")
        child.expect("Verdict")
        child.sendline("go-on")
        child.expect("One sentence")
        child.sendline("worth an hour")
        child.expect("changed your mind")
        child.sendline("")
        child.expect("Pass 1 of 3 ended")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
        program = Program(home)
        shown = data(program, "paper show adam")["paper"]
        assert (shown["pass"], shown["passes"][0]["note"]) == (2, "worth an hour")
        assert "It Promises a Default" in program("paper export -f markdown").out

    def test_ctrl_c_keeps_what_was_ticked(self, home: Path) -> None:
        environment = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
        environment |= {"MLCOACH_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        child = pexpect.spawn(
            PROGRAM[0], [*PROGRAM[1:], "paper", "read", "1412.6980"],
            env=environment, dimensions=(24, 80), encoding="utf-8", timeout=30,
        )  # fmt: skip
        child.expect("· 0 of 12")
        child.send(" ")
        child.expect("· 1 of 12")
        time.sleep(0.1)
        child.send("\x03")
        child.expect("Left pass 1 of Adam")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 130
        assert data(Program(home), "paper show adam")["paper"]["checklist"][0]["done"]
