"""Covered and retained on every screen that has them, and the map on one screen."""

import json
from typing import Any

import pytest
from inline_snapshot import snapshot

from tests.conftest import Program

VECTORS = "math.la.vectors"


def data(mlcoach: Program, line: str) -> Any:
    """Return the data of a command's document."""
    return json.loads(mlcoach(f"{line} --json").out)["data"]


@pytest.fixture
def learner(mlcoach: Program) -> Program:
    """Somebody who knows one unit from before, passed another one with answers, and is at a third."""
    mlcoach("skip start.setup")
    mlcoach("log 45m vectors --date -9")
    for item in ("columns-are-images", "dot-product-sign"):
        mlcoach(f"grade {VECTORS}/{item} good --date -9")
    mlcoach("done vectors --no-questions --date -8")
    mlcoach("log 1h start.why")
    return mlcoach


def test_a_path_on_one_screen(learner: Program) -> None:
    screen = learner("curriculum map", tty=80).out
    assert max(map(len, screen.splitlines())) <= 80
    assert screen.count("\n") <= 24
    assert screen == snapshot("""\
The core year
path core · 14 units · 102h of 118h left · 14% covered, 1.1% retained

       units of the path, in order                             covered  retained
start  ▸ ○ –                                                       43%        0%
math   ✓ ○ ○ · ○ · ·                                               15%      1.9%
prog   ○ ○                                                          0%        0%
ml     · ·                                                          0%        0%

✓ passed  ★ mastered  ~ rusty  ▸ learning  ○ ready  · locked  – skipped

▸ start.why              Goal, role and reasons   3h  learning
○ start.learn            Learning how to learn    5h  ready
○ math.prob.basics       Probability and Bayes   10h  ready
○ math.calc.derivatives  Limits and derivatives  10h  ready

One unit: mlcoach curriculum map UNIT   All: mlcoach curriculum map core --all
""")


def test_a_path_on_a_narrow_screen(learner: Program) -> None:
    screen = learner("curriculum map", tty=40).out
    assert max(map(len, screen.splitlines())) <= 40
    assert screen == snapshot("""\
The core year
path core · 14 units · 102h of 118h left
14% covered, 1.1% retained

start  43% covered, 0% retained
  ▸ ○ –
math  15% covered, 1.9% retained
  ✓ ○ ○ · ○ · ·
prog  0% covered, 0% retained
  ○ ○
ml  0% covered, 0% retained
  · ·

✓ passed  ★ mastered  ~ rusty
▸ learning  ○ ready  · locked  – skipped

▸ start.why
  Goal, role and reasons  3h
○ start.learn
  Learning how to learn  5h
○ math.prob.basics
  Probability and Bayes  10h
○ math.calc.derivatives
  Limits and derivatives  10h

One unit: mlcoach curriculum map UNIT
All: mlcoach curriculum map core --all
""")


def test_a_unit_between_what_it_builds_on_and_what_it_opens(learner: Program) -> None:
    assert learner("curriculum map eigen", tty=80).out == snapshot("""\
Builds on
  · math.la.orthogonal  Projections, least squares, QR  8h  locked
    the SVD and PCA are built from orthonormal directions and projections
  and 2 units further back · 18h of 28h left before it
  ↓
· Eigenvalues, SVD, PCA
  math.la.eigen · 12h · locked · 0% covered, 0% retained
  ↓
Opens
  · ml.unsup  Clustering, dimension reduction, anomalies  10h  locked

✓ passed  ★ mastered  ~ rusty  ▸ learning  ○ ready  · locked  – skipped

All that leads here: mlcoach curriculum map math.la.eigen --all
In full: mlcoach curriculum show math.la.eigen
""")
    assert learner("curriculum map vectors", tty=80).out == snapshot("""\
It builds on nothing.

✓ Vectors, matrices, linear maps
  math.la.vectors · 10h · passed · 100% covered, 13% retained
  ↓
Opens
  ○ math.la.systems  Linear systems and the four subspaces  10h  ready
  and 3 units further on

✓ passed  ★ mastered  ~ rusty  ▸ learning  ○ ready  · locked  – skipped

All that leads here: mlcoach curriculum map math.la.vectors --all
In full: mlcoach curriculum show math.la.vectors
""")
    for width in (40, 60, 120):
        assert max(map(len, learner("curriculum map eigen", tty=width).out.splitlines())) <= width


def test_the_brighter_the_more_is_recalled(learner: Program) -> None:
    learner.environment |= {"NO_COLOR": "", "FORCE_COLOR": "1"}
    screen = learner("--color always curriculum map", tty=80).out
    assert "\x1b[2;32m✓" in screen, "passed, with few of its cards ever asked"


def test_what_scripts_rely_on(learner: Program) -> None:
    vectors = data(learner, "curriculum show vectors")["unit"]
    assert vectors["covered"] == 1.0
    assert 0 < vectors["retained"] < 0.5, "most of its cards were never asked"
    subject = data(learner, "curriculum show math.la")["subject"]
    assert 0 < subject["retained"] < subject["covered"] < 1
    stats = data(learner, "stats")
    path = data(learner, "curriculum show core")["path"]
    week = data(learner, "week")
    both = (stats["covered"], stats["retained"])
    assert both == (path["covered"], path["retained"]) == (week["covered"], week["retained"])
    tracks = {track["track"]: track for track in stats["track_shares"]}
    assert tracks["start"]["covered"] > 0 == tracks["start"]["retained"], "known from before, and never asked"
    assert 0 < tracks["math"]["retained"] < tracks["math"]["covered"]
    lines = {line["subject"]: line for line in stats["subjects"]}
    assert (lines["math.la"]["covered"], lines["math.la"]["retained"]) == (subject["covered"], subject["retained"])
    rows = {row["id"]: row for group in data(learner, "curriculum map")["groups"] for row in group["units"]}
    assert rows[VECTORS]["retained"] == vectors["retained"]
    assert rows["start.setup"]["covered"] == 1.0
    assert rows["start.setup"]["retained"] == 0.0


def test_what_is_known(learner: Program) -> None:
    assert learner("curriculum show --known", tty=80).out == snapshot("""\
What you know
The core year · 14% covered, 1.1% retained
Strongest: math.la.vectors 13%

Start  43% covered, 0% retained
  – start.setup  Machine, OS, accounts  on your word  0 of 4 cards met

Linear algebra  25% covered, 3.3% retained
  ✓ math.la.vectors  Vectors, matrices, linear maps  13%  2 of 12 cards met

The number is what you would recall today. What was never asked is covered and
counts as not retained.
""")
    for width in (40, 60, 120):
        assert max(map(len, learner("curriculum show --known", tty=width).out.splitlines())) <= width
    known = data(learner, "curriculum show --known")["known"]
    assert [subject["id"] for subject in known["subjects"]] == ["start", "math.la"]
    assert known["strongest"] == [VECTORS]
    assert known["weakest"] == []
    only = data(learner, "curriculum show --known math.la")["known"]
    assert (only["of"], [unit["id"] for unit in only["subjects"][0]["units"]]) == ("math.la", [VECTORS])


def test_nothing_is_known_yet(mlcoach: Program) -> None:
    assert mlcoach("curriculum show --known", tty=80).out == snapshot("""\
What you know
The core year · 0% covered, 0% retained

Nothing is passed yet: a unit counts from `mlcoach done UNIT`, or
`mlcoach skip UNIT` where you know it.
""")
    assert "covered" not in mlcoach("curriculum show vectors", tty=80).out
    assert "Covered and retained" not in mlcoach("stats", tty=80).out


def test_show_says_what_it_cannot_do(learner: Program) -> None:
    assert "--known tells of a subject or a path" in learner("curriculum show --known eigen", expect=2).err
    assert "goes with neither" in learner("curriculum show --known eigen --origin", expect=2).err
    assert "name what to show" in learner("curriculum show", expect=2).err


def test_a_unit_says_both_numbers(learner: Program) -> None:
    assert "\n100% covered, 13% retained\n" in learner("curriculum show vectors", tty=80).out
    said = "left out as you said; nothing of it was asked"
    assert said in learner("curriculum show start.setup", tty=80).out


def test_the_week_and_the_numbers_say_both(learner: Program) -> None:
    assert "\n  your path: 14% covered, 1.1% retained, what of it you would recall today\n" in learner("week").out
    screen = learner("stats", tty=80).out
    section = screen[screen.index("Covered and retained") : screen.index("The last year")]
    assert section == snapshot("""\
Covered and retained
your path core  ▓▓▓▓··························  14% covered, 1.1% retained
all of start    ▓▓▓▓▓▓▓▓▓▓▓▓▓·················  43% covered, 0% retained
all of math     █▓▓▓··························  15% covered, 1.9% retained
█ recalled today  ▓ passed, but faded or never asked  · not yet
Shares of the hours: of your path, and of every unit of a track. A unit counts
once it is passed.
Unit by unit: mlcoach curriculum show --known

""")
    for width in (40, 60, 120):
        assert max(map(len, learner("stats", tty=width).out.splitlines())) <= width
