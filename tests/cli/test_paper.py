"""`mlcoach paper` as a learner types it: whole screens, the JSON scripts rely on, and every way it can refuse."""

import json
from typing import Any

import pytest
from inline_snapshot import snapshot

from mlcoach.cli.paper import COMMANDS
from tests.conftest import Program


def data(program: Program, line: str) -> Any:
    """Run a command with --json and return its data."""
    document = json.loads(program(f"{line} --json").out)
    assert document["schema"] == 1
    return document["data"]


class TestScreens:
    def test_an_empty_queue_names_papers_to_begin_with(self, mlcoach: Program) -> None:
        assert mlcoach("paper", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
No paper is waiting to be read.
For this week, near to what you are studying:

  Adam: A Method for Stochastic Optimization (2014)
  You derive the bias correction yourself and see why the default optimiser
  scales each step by the size of recent gradients.
  It goes with Limits and derivatives, ready for you.
  mlcoach paper add 1412.6980

  Deep Residual Learning for Image Recognition (2015)
  You learn why adding the input back to a block's output lets networks of over
  a hundred layers train, and how to argue that with plots.
  It goes with What machine learning is (and is not), about 18 hours of study
  from here.
  mlcoach paper add 1512.03385

  XGBoost: A Scalable Tree Boosting System (2016)
  You see how a second-order loss, a penalty on trees and careful engineering
  became the model to beat on tables.
  It goes with What machine learning is (and is not), about 18 hours of study
  from here.
  mlcoach paper add 1603.02754
----- stderr -----
""")
        assert mlcoach("paper list", tty=80).out.startswith("Your reading queue is empty.\nFor this week")
        assert mlcoach.files() == set()

    def test_what_waits_for_a_unit_under_way_is_not_said_to_be_ready(self, mlcoach: Program) -> None:
        mlcoach("skip start.setup")
        mlcoach("log 1h prog.py.basics")
        papers = data(mlcoach, "paper suggest")["papers"]
        waiting = [paper["reason"] for paper in papers if "What machine learning is" in paper["reason"]]
        assert waiting
        assert all(said.endswith("opens once you have passed Python fundamentals") for said in waiting)
        assert mlcoach("curriculum show ml.found --json").out.count('"status": "locked"') == 1

    def test_a_first_evening_with_a_paper(self, mlcoach: Program) -> None:
        assert mlcoach("paper add 1706.03762", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Added Attention Is All You Need (2017), arxiv:1706.03762.
  Why: You work through every shape and constant of the transformer, the
  architecture on which most of the later shelf stands.
Pass 1 takes about 10m: mlcoach paper read 1706.03762
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach("paper check 1706.03762 title abstract", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Attention Is All You Need

Pass 1: skim to decide  about 10m once you are used to it · 2 of 12 ticked
 Skim, mathematics skipped
  ✓ title          Read the title and guess in a sentence what was done
  ✓ abstract       Read the abstract; stop here if it promises nothing you want
    introduction   Read the introduction and write down the problem being solved
    headings       Read the section and subsection headings only, taking the
                   maths on trust
    conclusion     Read the conclusion and compare it with the promise of the
                   abstract
    references     Skim the references and mark those you have read
 Five Cs
    category       Category: say what kind of paper this is (method, analysis,
                   survey, data set)
    context        Context: name the work it builds on and the work it argues
                   with
    correctness    Correctness: judge whether the main assumptions look
                   reasonable so far
    contributions  Contributions: say in a sentence what is new
    clarity        Clarity: say how well the paper tells it, and where it lost
                   you
 What others say
    comparison     Compare with what others say: a review, a talk, a page that
                   explains it

Tick: mlcoach paper check 1706.03762 introduction
End:  mlcoach paper finish 1706.03762 --verdict go-on --minutes 10m
      or stop, or later, in place of go-on
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach("paper note 1706.03762 attention is a soft lookup", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Noted on Attention Is All You Need (Mon 23 Nov):
  attention is a soft lookup
Undo: mlcoach undo
----- stderr -----
""")
        finish = "paper finish 1706.03762 --verdict go-on --minutes 12 --note 'worth an hour'"
        assert mlcoach(finish, tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Pass 1 of 3 ended: Attention Is All You Need (Mon 23 Nov, 12m).
2 of 12 steps ticked.
Next is pass 2, read for the idea: about 1h.
The day: 0:12 of 2:00 · no streak yet
Pass 2: mlcoach paper read 1706.03762
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach("paper show attention", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Attention Is All You Need
Ashish Vaswani, Noam Shazeer, Niki Parmar and 5 others, 2017
reading · pass 2 of 3 · 12m so far · arxiv:1706.03762
Open: https://arxiv.org/abs/1706.03762
Why: You work through every shape and constant of the transformer, the
architecture on which most of the later shelf stands.

Belongs to
  ml.unsup       Clustering, dimension reduction, anomalies  not begun
  math.la.eigen  Eigenvalues, SVD, PCA                       not begun

Passes
  pass 1: went on, 12m  Mon 23 Nov
    worth an hour

Notes
  Mon 23 Nov
    attention is a soft lookup

Pass 2: read for the idea  about 1h once you are used to it · 0 of 10 ticked
 Read, derivations skipped
    figures       Study each figure and table: axes, units, error bars, what it
                  is compared with
    algorithm     Read the dense descriptions and restate the algorithm in five
                  lines
    maths         Say what each main equation takes in, gives out and is there
                  for
    experiments   Judge whether you could repeat the experiments from what is
                  written
    code          Find the code if there is any, read its core and try to run
                  one part
    explanations  Read someone else's explanation and note where it differs from
                  yours
 Four questions
    aim           Answer: what did the authors try to accomplish?
    key-elements  Answer: what were the key elements of their approach?
    own-use       Answer: what can you use yourself, and where?
    follow-up     Answer: which references do you want to follow? Queue them
                  with a reason

Tick: mlcoach paper check 1706.03762 figures
End:  mlcoach paper finish 1706.03762 --verdict go-on --minutes 1h
      or stop, or later, in place of go-on
----- stderr -----
""")

    def test_stopping_after_the_first_pass_is_a_success(self, mlcoach: Program) -> None:
        mlcoach("paper add 1312.5602")
        assert mlcoach("paper finish 1312.5602 --verdict stop", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Pass 1 of 3 ended: Playing Atari with Deep Reinforcement Learning (Mon 23 Nov).
0 of 12 steps ticked.
Read and decided: that is what a first pass is for. The paper is finished.
No time was given; to add it: mlcoach log 10m 1312.5602
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach("paper", tty=80).out.startswith("No paper is waiting to be read.")

    def test_putting_aside_is_no_failure_either(self, mlcoach: Program) -> None:
        mlcoach("paper add 10.1162/neco.1997.9.8.1735 --title 'Long Short-Term Memory' --year 1997")
        finish = "paper finish long-short --verdict later"
        assert mlcoach(finish, tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Pass 1 of 3 put aside: Long Short-Term Memory (Mon 23 Nov).
0 of 12 steps ticked.
It waits for you; ticking a step takes it up again.
No time was given; to add it: mlcoach log 10m 10.1162/neco.1997.9.8.1735
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach("paper", tty=80).out.endswith("1 paper put aside for later: mlcoach paper list --status later\n")
        mlcoach("log 20m 10.1162/neco.1997.9.8.1735")
        shown = data(mlcoach, "paper show long-short")["paper"]
        assert (shown["minutes"], shown["status"]) == (20, "later")

    def test_the_queue_by_status(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980 1706.03762 1512.03385 1505.04597")
        mlcoach("paper finish 1706.03762 --verdict go-on --minutes 12m")
        mlcoach("paper finish 1512.03385 --verdict later --minutes 1h5m")
        mlcoach("paper drop 1505.04597")
        assert mlcoach("paper list", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Reading
  Attention Is All You Need                     2017  pass 2  0:12  1706.03762

Queued
  Adam: A Method for Stochastic Optimization    2014  pass 1        1412.6980

Put aside for later
  Deep Residual Learning for Image Recognition  2015  pass 1  1:05  1512.03385

1 paper dropped: mlcoach paper list --status dropped
----- stderr -----
""")
        assert mlcoach("paper list", tty=40).screen == snapshot("""\
exit 0
----- stdout -----
Reading
  Attention Is All You Need
    2017 · pass 2 · 0:12 · 1706.03762

Queued
  Adam: A Method for Stochastic
  Optimization
    2014 · pass 1 · 1412.6980

Put aside for later
  Deep Residual Learning for Image
  Recognition
    2015 · pass 1 · 1:05 · 1512.03385

1 paper dropped:
  mlcoach paper list --status dropped
----- stderr -----
""")

    def test_a_narrow_terminal(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        mlcoach("paper check 1412.6980 title")
        assert mlcoach("paper", tty=40).screen == snapshot("""\
exit 0
----- stdout -----
Adam: A Method for Stochastic
Optimization
Diederik P. Kingma and Jimmy Ba, 2014
reading · pass 1 of 3 · arxiv:1412.6980
Open: https://arxiv.org/abs/1412.6980
Why: You derive the bias correction
yourself and see why the default
optimiser scales each step by the size
of recent gradients.

Pass 1: skim to decide
about 10m once you are used to it · 1 of
12 ticked
 Skim, mathematics skipped
  ✓ title
      Read the title and guess in a
      sentence what was done
    abstract
      Read the abstract; stop here if it
      promises nothing you want
    introduction
      Read the introduction and write
      down the problem being solved
    headings
      Read the section and subsection
      headings only, taking the maths on
      trust
    conclusion
      Read the conclusion and compare it
      with the promise of the abstract
    references
      Skim the references and mark those
      you have read
 Five Cs
    category
      Category: say what kind of paper
      this is (method, analysis, survey,
      data set)
    context
      Context: name the work it builds
      on and the work it argues with
    correctness
      Correctness: judge whether the
      main assumptions look reasonable
      so far
    contributions
      Contributions: say in a sentence
      what is new
    clarity
      Clarity: say how well the paper
      tells it, and where it lost you
 What others say
    comparison
      Compare with what others say: a
      review, a talk, a page that
      explains it

Tick:
  mlcoach paper check 1412.6980 abstract
End:
mlcoach paper finish --verdict go-on \\
  --minutes 10m
      or stop, or later, in place of
      go-on
----- stderr -----
""")

    @pytest.mark.parametrize("width", [40, 60, 80])
    def test_nothing_but_a_command_is_wider_than_the_terminal(self, mlcoach: Program, width: int) -> None:
        mlcoach("paper add 1412.6980 1706.03762 --why 'one reason that is much longer than a line of forty cells'")
        mlcoach("paper finish adam --verdict go-on --minutes 10 --note 'a note that is longer than forty cells, too'")
        mlcoach("paper note adam 'another note that goes on for longer than a line of forty cells can hold'")
        lines = ["paper", "paper list", "paper show adam", "paper show 1312.5602", "paper check adam figures"]
        lines += ["paper add adam-w --why w --title 'A title longer than forty cells can ever be'", "paper drop adam"]
        for line in lines:
            for shown in mlcoach(line, tty=width).out.splitlines():
                assert len(shown) <= width or "mlcoach paper " in shown, shown

    def test_piped_lines_are_not_cut(self, mlcoach: Program) -> None:
        mlcoach("paper add 1502.03167")
        title = "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift"
        for line in ("paper", "paper list", "paper show 1502.03167"):
            assert title in " ".join(mlcoach(line).out.split())
            assert max(map(len, mlcoach(line).out.splitlines())) <= 80

    def test_dropping_offers_the_way_back(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        assert mlcoach("paper drop 1412.6980 --note 'not now'", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Dropped Adam: A Method for Stochastic Optimization. What you read and noted of
it stays.
Back into the queue: mlcoach paper add 1412.6980
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach("paper drop 1412.6980", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Adam: A Method for Stochastic Optimization was dropped before; nothing changed.
----- stderr -----
""")
        assert mlcoach("paper add 1412.6980", tty=80).out.startswith("Back in your queue: Adam")

    @pytest.mark.parametrize("name", COMMANDS)
    def test_the_subcommands_explain_themselves(self, mlcoach: Program, name: str) -> None:
        assert f"Example: mlcoach paper {name}" in mlcoach(f"paper {name} --help").out

    def test_there_are_no_others(self, mlcoach: Program) -> None:
        listed = mlcoach("paper --help").out.partition("Commands:\n")[2].partition("\n\n")[0]
        assert [line.split()[0] for line in listed.splitlines()] == list(COMMANDS)
        assert "did you mean `mlcoach paper finish`?" in mlcoach("paper finsh adam", expect=2).err


class TestPromises:
    def test_paper(self, mlcoach: Program) -> None:
        assert data(mlcoach, "paper")["paper"] is None
        mlcoach("paper add 1412.6980")
        mlcoach("paper check 1412.6980 title")
        mlcoach("log 25m 1412.6980")
        paper = data(mlcoach, "paper")["paper"]
        assert {name: paper[name] for name in ("id", "title", "status", "pass", "minutes")} == {
            "id": "arxiv:1412.6980",
            "title": "Adam: A Method for Stochastic Optimization",
            "status": "reading",
            "pass": 1,
            "minutes": 25,
        }
        assert paper["checklist"][0]["id"] == "title"
        assert [step["done"] for step in paper["checklist"]] == [True] + [False] * 11

    def test_paper_list(self, mlcoach: Program) -> None:
        assert data(mlcoach, "paper list")["papers"] == []
        mlcoach("paper add 1412.6980 --why 'bias correction'")
        (paper,) = data(mlcoach, "paper list")["papers"]
        assert paper == {
            "id": "arxiv:1412.6980",
            "title": "Adam: A Method for Stochastic Optimization",
            "authors": ["Diederik P. Kingma", "Jimmy Ba"],
            "year": 2014,
            "status": "queued",
            "pass": 1,
            "minutes": 0,
            "why": "bias correction",
            "added": "2026-11-23",
            "passes_done": 0,
        }

    def test_paper_add(self, mlcoach: Program) -> None:
        first = data(mlcoach, "paper add 1412.6980")
        assert first["duplicate_of"] is None
        assert first["paper"]["status"] == "queued"
        again = data(mlcoach, "paper add https://arxiv.org/abs/1412.6980")
        assert (again["duplicate_of"], again["paper"]["id"]) == ("arxiv:1412.6980", "arxiv:1412.6980")

    def test_a_finished_pass_flows_into_the_day(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        finished = data(mlcoach, "paper finish 1412.6980 --verdict go-on --minutes 12")
        assert (finished["paper"]["pass"], finished["paper"]["status"]) == (2, "reading")
        assert (finished["ended"]["pass"], finished["ended"]["minutes"]) == (1, 12)
        assert (finished["ticked"], finished["steps"]) == (0, 12)
        assert data(mlcoach, "status")["minutes"]["done"] == 12
        (entry,) = data(mlcoach, "log")["entries"]
        assert (entry["source"], entry["what"], entry["minutes"]) == ("paper", "arxiv:1412.6980", 12)

    def test_undo_takes_back_a_pass_and_its_time(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        mlcoach("paper finish 1412.6980 --verdict stop --minutes 12")
        mlcoach("undo")
        assert data(mlcoach, "paper")["paper"]["pass"] == 1
        assert data(mlcoach, "status")["minutes"]["done"] == 0
        mlcoach("undo")
        assert data(mlcoach, "paper")["paper"] is None
        mlcoach("redo")
        assert data(mlcoach, "paper")["paper"]["status"] == "queued"

    def test_a_day_is_echoed_as_it_was_read(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        result = mlcoach("paper finish adam --verdict stop --minutes 15 --date yesterday")
        assert result.err == "`yesterday` is Sun 22 Nov\n"
        assert "(Sun 22 Nov, 15m)" in result.out
        assert data(mlcoach, "paper show adam")["paper"]["passes"][0]["date"] == "2026-11-22"

    def test_an_unknown_id_is_added_with_a_hint(self, mlcoach: Program) -> None:
        result = mlcoach("paper add 2401.00001 --offline")
        assert result.out.startswith("Added arxiv:2401.00001.\n")
        assert result.err == 'to give it its title: mlcoach paper add 2401.00001 --title "…"\n'
        assert mlcoach("paper add 2401.00001 --offline --title 'A New Idea'").err == ""


class TestVerdicts:
    def test_asked_for_on_a_terminal_until_it_is_one(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        result = mlcoach("paper finish adam", tty=80, stdin="maybe\nlater\nthe proof needs a quiet evening\n")
        assert result.err.endswith(
            "Verdict: go-on, stop or later? no verdict `maybe`; say go-on, stop or later\n"
            "Verdict: go-on, stop or later? One sentence that stays of it: "
        )
        assert data(mlcoach, "paper list")["papers"][0]["status"] == "later"
        (ended,) = data(mlcoach, "paper show adam")["paper"]["passes"]
        assert ended["note"] == "the proof needs a quiet evening"

    def test_an_end_of_input_is_an_interruption(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        mlcoach("paper finish adam", tty=80, stdin="", expect=130)
        assert data(mlcoach, "paper")["paper"]["status"] == "queued"

    @pytest.mark.parametrize("options", ["", "--json", "--minutes 10"])
    def test_needed_without_a_terminal(self, mlcoach: Program, options: str) -> None:
        mlcoach("paper add 1412.6980")
        assert "finishing a pass needs --verdict" in mlcoach(f"paper finish adam {options}", expect=2).err

    def test_the_last_pass_has_nothing_to_decide(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        for _ in range(2):
            mlcoach("paper finish adam --verdict go-on")
        assert mlcoach("paper finish adam --minutes 4h").out == snapshot("""\
Pass 3 of 3 ended: Adam: A Method for Stochastic Optimization (Mon 23 Nov, 4h).
0 of 9 steps ticked.
Worked through to the end. The paper is finished.
The day: 4:00 of 2:00 · streak 1
Undo: mlcoach undo
""")


class TestNotes:
    @pytest.fixture(autouse=True)
    def adam(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")

    def notes(self, mlcoach: Program) -> list[str]:
        return [note["text"] for note in data(mlcoach, "paper show adam")["paper"]["notes"]]

    def test_from_words_an_option_or_a_pipe(self, mlcoach: Program) -> None:
        mlcoach("paper note adam bias correction")
        mlcoach("paper note adam -m 'in the first steps'")
        mlcoach("paper note adam", stdin="one\r\ntwo\n\n")
        assert self.notes(mlcoach) == ["bias correction", "in the first steps", "one\ntwo"]

    @pytest.mark.parametrize(
        ("line", "stdin", "message"),
        [
            ("paper note adam", "", "the note is empty; nothing was written"),
            ("paper note adam '  '", None, "the note is empty; nothing was written"),
            ("paper note adam one -m two", None, "the note is given twice"),
            ("paper note adam 'a\x1b[0m'", None, "the note contains the control character U+001B"),
            ("paper note adam", "a" * 10_001, "the note has 10,001 characters; at most 10,000 are kept"),
        ],
    )
    def test_what_is_refused_writes_nothing(self, mlcoach: Program, line: str, stdin: str | None, message: str) -> None:
        assert mlcoach(line, stdin=stdin, expect=2).err.splitlines()[0] == f"error: {message}"
        assert self.notes(mlcoach) == []

    def test_without_an_editor(self, mlcoach: Program) -> None:
        mlcoach.environment["PATH"] = str(mlcoach.home)
        assert "error: no editor was found" in mlcoach("paper note adam", tty=80, expect=2).err

    def test_no_text_is_written_in_vain(self, mlcoach: Program) -> None:
        """An unknown paper is refused before the editor opens."""
        mlcoach.environment["VISUAL"] = "no-such-editor"
        assert "no paper `nothing`" in mlcoach("paper note nothing", tty=80, expect=3).err


class TestRefusals:
    @pytest.mark.parametrize(
        ("line", "code", "message"),
        [
            ("paper add", 2, "which paper?"),
            ("paper add lenet", 2, "`lenet` is not an arXiv id, DOI or bundled paper"),
            ("paper add 1412.6980 --year 3000", 2, "`--year` must be 1600 to 2027, got 3000"),
            ("paper add 1412.6980 --date tomorrow", 2, "`tomorrow` is Tue 24 Nov, still to come"),
            ("paper add 1412.6980 --why '\u202e'", 2, "the reason contains the control character U+202E"),
            ("paper show 9901.00001", 3, "no paper `9901.00001` in your queue"),
            ("paper show '\x1b[31m'", 3, "no paper `\ufffd[31m` in your queue"),
            ("paper check 1412.6980 title", 3, "no paper `1412.6980` in your queue"),
            ("paper finish 1412.6980 --verdict stop", 3, "no paper `1412.6980` in your queue"),
            ("paper finish 1412.6980 --verdict stop --minutes 25h", 2, "the duration `25h` is over 24 h"),
            ("paper finish 1412.6980 --verdict stop --minutes 0", 2, "the duration `0` is less than a minute"),
            ("paper drop 1412.6980", 3, "no paper `1412.6980` in your queue"),
            ("paper list --status reed", 2, "no status `reed`"),
        ],
    )
    def test_each_is_one_sentence_and_changes_nothing(
        self, mlcoach: Program, line: str, code: int, message: str
    ) -> None:
        assert f"error: {message}\n" in mlcoach(line, expect=code).err
        assert mlcoach.files() == set()

    def test_a_bundled_paper_outside_the_queue_is_offered(self, mlcoach: Program) -> None:
        result = mlcoach("paper check 1412.6980 title", expect=3)
        assert "`mlcoach paper add 1412.6980` puts it in the queue: Adam" in result.err

    def test_a_malformed_id_names_the_nearest(self, mlcoach: Program) -> None:
        assert "did you mean `1412.6980`?" in mlcoach("paper show 1412-6980", expect=3).err

    def test_a_bad_verdict_changes_nothing(self, mlcoach: Program) -> None:
        mlcoach("paper add 1412.6980")
        assert "did you mean `stop`?" in mlcoach("paper finish adam --verdict sotp", expect=2).err
        assert data(mlcoach, "paper show adam")["paper"]["passes"] == []

    def test_titles_are_data(self, mlcoach: Program) -> None:
        mlcoach("paper add --title '[bold]Loud[/bold] paper'")
        assert "[bold]Loud[/bold] paper" in mlcoach("paper list --color always", tty=80).out
