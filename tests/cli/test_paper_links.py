"""What is tied to a paper as typed: cards, notes, citations, suggestions, long lists."""

import json
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from tests.conftest import Program


def data(program: Program, line: str, **more: Any) -> Any:
    return json.loads(program(f"{line} --json", **more).out)["data"]


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

    def test_no_early_stop_is_not_praised(self, mlcoach: Program) -> None:
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
        assert "papers.own.ideas/why" in mlcoach("paper card adam --edit", tty=80).out
        editor.write_text('#!/bin/sh\n: > "$1"\n', encoding="utf-8")
        assert mlcoach("paper card adam --edit", tty=80).err == "nothing was written, so there is no card\n"

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


def test_two_papers_that_begin_alike_are_distinguished(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980")
    mlcoach("paper add --title 'Adam, revisited'")
    error = mlcoach("paper finish adam --verdict stop", expect=2).err
    assert "`adam` is ambiguous" in error
    assert "`adam-revisited`" in error
    assert "`arxiv:1412.6980`" in error
