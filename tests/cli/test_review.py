"""`review` and `grade` as typed: lists, screens, and the terminal itself."""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from mlcoach.cli.review import play
from mlcoach.domain.day.review_queue import QueueEntry
from mlcoach.render.layout import cells
from mlcoach.render.review.review import interval, sections
from mlcoach.render.screen import Screen
from mlcoach.render.screen_driver import InPlace, Plain, Section
from mlcoach.services.context import Context
from mlcoach.services.review.session import ReviewSession
from tests.conftest import PROGRAM, Program, Terminal

CARD = "math.la.eigen/eig-def"


def answers(mlcoach: Program) -> list[tuple[str, int]]:
    """Return item and rating of the answers that count, in the order given."""
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    rows = context.store.connection.execute(
        "SELECT json_extract(data, '$.item'), json_extract(data, '$.rating') FROM event"
        " WHERE kind = 'item_graded' AND id NOT IN (SELECT event FROM revoked) ORDER BY number"
    ).fetchall()
    context.close()
    return [(item, rating) for item, rating in rows]


def studied(mlcoach: Program) -> None:
    """Spend all the hours of a unit on it, so that all its cards are to be met; the last 20 minutes of them today."""
    mlcoach("log 12h eigen --date yesterday")
    mlcoach("log 20m eigen")


class TestWithoutATerminal:
    def test_an_empty_machine(self, mlcoach: Program) -> None:
        assert mlcoach("review").screen == snapshot("""\
exit 0
----- stdout -----
Nothing to review yet. Cards come with the first unit you study.
The plan of the day: mlcoach today
----- stderr -----
""")
        assert json.loads(mlcoach("review --json").out)["data"]["counts"] == {"due": 0, "new": 0}
        assert mlcoach.files() == set()

    def test_what_is_due_is_listed_and_nothing_is_asked(self, mlcoach: Program) -> None:
        mlcoach(f"grade {CARD} good")
        mlcoach.later(days=5)
        studied(mlcoach)
        assert mlcoach("review --only cards --limit 2").screen == snapshot("""\
exit 0
----- stdout -----
1 due and 10 new in cards
The 2 to begin with; the rest can wait.

math.la.eigen/eig-def    3d over  What does A v = λ v with v ≠ 0 say about v?
math.la.eigen/trace-eig  new      A has rows (2, 1) and (1, 2). One eigenvalue
                                  is 1; use the trace: what is the other?
----- stderr -----
to answer one: `mlcoach grade math.la.eigen/eig-def good`, or again, hard or easy
""")
        data: dict[str, Any] = json.loads(mlcoach("review --json").out)["data"]
        assert data["due"][0] == snapshot(
            {
                "item": "math.la.eigen/eig-def",
                "kind": "card",
                "question": "What does A v = λ v with v ≠ 0 say about v?",
                "due": "2026-11-25",
                "overdue_days": 3,
                "unit": "math.la.eigen",
                "minutes": 0.33,
            }
        )
        assert data["counts"]["due"] == 1

    def test_what_comes_next_is_said(self, mlcoach: Program) -> None:
        mlcoach(f"grade {CARD} easy")
        assert json.loads(mlcoach("review --json").out)["data"]["counts"]["new"] == 0, "an answer begins no unit"
        studied(mlcoach)
        assert "Nothing to review in exercises." in mlcoach("review --only exercises").out
        mlcoach.write("config/config.toml", "new_cards = 0\n")
        assert mlcoach("review").screen == snapshot("""\
exit 0
----- stdout -----
Nothing is due. Next: 1 item on Tue 1 Dec.
Ahead of time: mlcoach review --ahead 7
More new cards wait: mlcoach review --subject math.la.eigen
----- stderr -----
""")

    def test_json_asks_nothing_on_a_terminal_either(self, mlcoach: Program) -> None:
        mlcoach(f"grade {CARD} good")
        mlcoach.later(days=5)
        done = mlcoach("review --json", tty=80, stdin=" 3")
        assert json.loads(done.out)["kind"] == "review"
        assert len(answers(mlcoach)) == 1

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("review --limit 0", 2),
            ("review --limit x", 2),
            ("review --only everything", 2),
            ("review --ahead 366", 2),
            ("review --subject no.such.thing", 3),
            ("review --item no.such/thing", 3),
            ("grade", 2),
            ("grade eig-def", 2),
            ("grade eig-def fine", 2),
            ("grade no-such-card good", 3),
            ("grade eig-def good --seconds -5", 2),
            ("grade eig-def good --seconds much", 2),
            ("grade eig-def good --date tomorrow", 2),
            ("grade '' good", 3),
        ],
    )
    def test_what_is_refused(self, mlcoach: Program, line: str, code: int) -> None:
        done = mlcoach(line, expect=code)
        assert done.err.startswith("error: ")
        assert mlcoach.files() == set()


class TestGrade:
    def test_the_screen(self, mlcoach: Program) -> None:
        assert mlcoach("grade eig-def good --seconds 12").screen == snapshot("""\
exit 0
----- stdout -----
What does A v = λ v with v ≠ 0 say about v?
Good: math.la.eigen/eig-def
Asked again on Wed 25 Nov, 2 days after its last answer.
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach("grade eig-def again --date yesterday", tty=60).screen == snapshot("""\
exit 0
----- stdout -----
What does A v = λ v with v ≠ 0 say about v?
Again: math.la.eigen/eig-def
Asked again on Wed 25 Nov, 2 days after its last answer.
Undo: mlcoach undo
----- stderr -----
`yesterday` is Sun 22 Nov
""")

    def test_the_document(self, mlcoach: Program) -> None:
        assert json.loads(mlcoach("grade eig-def hard --json --seconds 70").out) == snapshot(
            {
                "schema": 1,
                "kind": "grade",
                "data": {
                    "item": "math.la.eigen/eig-def",
                    "rating": "hard",
                    "day": "2026-11-23",
                    "interval_days": 1,
                    "due": "2026-11-24",
                    "stability": 1.2931,
                    "difficulty": 5.112170705601055,
                    "lapses": 0,
                    "leech": False,
                    "kind": "card",
                    "question": "What does A v = λ v with v ≠ 0 say about v?",
                    "seconds": 60,
                    "suspended": False,
                    "changed": False,
                    "variant": 0,
                    "answer": "",
                    "verdict": "",
                    "misconception": "",
                    "feedback": "",
                    "brings": "",
                    "right_answer": "",
                    "solution": "",
                    "step": None,
                },
            }
        )

    def test_a_leech_is_named_kindly(self, mlcoach: Program) -> None:
        for _ in range(8):
            mlcoach(f"grade {CARD} good")
            mlcoach.later(days=2)
            done = mlcoach(f"grade {CARD} again", tty=80)
            mlcoach.later(days=2)
        assert done.out == snapshot("""\
What does A v = λ v with v ≠ 0 say about v?
Again: math.la.eigen/eig-def
Asked again on Thu 24 Dec, 1 day after its last answer.
This one has slipped 8 times; it may ask for too much at once: make two cards of
it or reword it, or read its unit again.
  mlcoach curriculum edit math.la
  mlcoach curriculum show math.la.eigen
Undo: mlcoach undo
""")


class TestScreen:
    """The screen in the process, on a terminal without colour: plain lines, nothing drawn twice."""

    def test_the_first_item_says_how_many_are_cards_and_what_comes_besides(self, mlcoach: Program) -> None:
        studied(mlcoach)
        exercise = json.loads(mlcoach("curriculum show math.la.eigen --json").out)["data"]["unit"]["exercises"][0]
        mlcoach(f"grade {exercise['item']} again --seconds 600")
        mlcoach.later(days=20)
        listed = json.loads(mlcoach("review --subject math.la --json").out)["data"]
        kinds = [one["kind"] for one in (*listed["due"], *listed["new"])]
        cards = kinds.count("card")
        assert kinds.count("exercise") == 1 and cards > 1
        shown = mlcoach("review --subject math.la", tty=80, stdin=" 3q").out
        assert f"1 of {cards + 1}: {cards} cards, then 1 exercise · new" in shown
        assert f"2 of {cards + 1} · new" in shown or f"2 of {cards + 1}\n" in shown
        assert ": " not in mlcoach("review --limit 1", tty=80, stdin="q").out.splitlines()[1]

    def test_a_session(self, mlcoach: Program) -> None:
        studied(mlcoach)
        assert mlcoach("review --limit 3", tty=80, stdin=" 1\x1b 32\n 3").screen == snapshot("""\
exit 0
----- stdout -----

Eigenvalues, SVD, PCA                                               1 of 3 · new
What does A v = λ v with v ≠ 0 say about v?
space: the answer
u undo · e edit · b tomorrow · s set aside · f flag · q leave
Answer:
A does not turn v off its line: it only multiplies it by λ (stretches, shrinks,
flips, or sends to 0).
How well did you know it? Behind each answer is when it comes back.
1 again: now, and tomorrow   2 hard: tomorrow   3 good: in 2 days
4 easy: in 8 days
again: now, and tomorrow

Eigenvalues, SVD, PCA                                               2 of 4 · new
A has rows (2, 1) and (1, 2). One eigenvalue is 1; use the trace: what is the
other?
type the number, enter compares · space: the answer · esc: letters are keys
> \n\
type the number, enter compares · space: the answer · esc: letters are no keys
> \n\
Answer:
3
1 again: now, and tomorrow   2 hard: tomorrow   3 good: in 2 days
4 easy: in 10 days
good, again in 2 days

Eigenvalues, SVD, PCA                                               3 of 4 · new
A 3 × 3 matrix has eigenvalues 2, 3 and −1. What is its determinant?
type the number, enter compares · space: the answer · esc: letters are keys
> 2
✗ 2: not this time
Answer:
-6
space: next, kept as again; or correct it:
1 again: now, and tomorrow   2 hard: tomorrow   3 good: in 2 days
4 easy: in 6 days
again: now, and tomorrow

Eigenvalues, SVD, PCA                                             4 of 5 · again
What does A v = λ v with v ≠ 0 say about v?
space: the answer
space shows the answer first
Reviewed 3 items in less than a minute; met 3 new.

Hard today:
- What does A v = λ v with v ≠ 0 say about v?
- A 3 × 3 matrix has eigenvalues 2, 3 and −1. What is its determinant?

The day: 0:20 of 2:00, the day is kept · streak 2
Undo the last answer: mlcoach undo
----- stderr -----
""")

    def test_how_sure_one_is(self, mlcoach: Program) -> None:
        studied(mlcoach)
        mlcoach("config set confidence true")
        assert mlcoach("review --limit 1", tty=80, stdin=" 23q").out == snapshot("""\

Eigenvalues, SVD, PCA                                               1 of 1 · new
What does A v = λ v with v ≠ 0 say about v?
space: the answer
u undo · e edit · b tomorrow · s set aside · f flag · q leave
How sure are you?   1 no idea   2 doubtful   3 fairly sure   4 certain
Answer:
A does not turn v off its line: it only multiplies it by λ (stretches, shrinks,
flips, or sends to 0).
How well did you know it? Behind each answer is when it comes back.
1 again: now, and tomorrow   2 hard: tomorrow   3 good: in 2 days
4 easy: in 8 days
good, again in 2 days
Reviewed 1 item in less than a minute; met 1 new.

The day: 0:20 of 2:00, the day is kept · streak 2
Undo the last answer: mlcoach undo
""")
        mlcoach("undo")
        mlcoach("config set confidence false")
        assert "How sure" in mlcoach("review --limit 1 --confidence", tty=80, stdin=" q").out
        assert "How sure" not in mlcoach("review --limit 1", tty=80, stdin=" q").out

    def test_a_card_that_was_rewritten(self, mlcoach: Program) -> None:
        mlcoach("grade eig-def good")
        mlcoach.write(
            "config/curriculum/math.la.toml",
            'schema = 1\nover = "math.la"\n[change.eigen.card.eig-def]\na = "It stays on its line."\n',
        )
        mlcoach.later(days=3)
        assert "Its text has changed since you answered it last" in mlcoach("review", tty=80, stdin="q").out
        assert "Its text has changed" in mlcoach("cards show eig-def", tty=80).out
        assert "Its text has changed" in mlcoach("grade eig-def good", tty=80).out
        assert "Its text has changed" not in mlcoach("grade eig-def good", tty=80).out

    def test_cards_from_behind(self, mlcoach: Program) -> None:
        studied(mlcoach)
        mlcoach("grade eig-def good")
        assert mlcoach("review --reverse", tty=80).out.startswith("Nothing to review in cards that go both ways.\n")
        mlcoach('cards new eigen -q "front side" -a "back side" --reverse')
        out = mlcoach("review --reverse", tty=80, stdin=" q").out
        assert out.index("back side") < out.index("front side")
        assert "1 of 1" in out
        assert "1 of 1" in mlcoach("review --cram eigen --reverse", tty=80, stdin="q").out
        assert "no cards that go both ways" in mlcoach("review --cram vectors --reverse", tty=80, expect=3).err

    def test_what_undo_takes_back_is_named(self, mlcoach: Program) -> None:
        studied(mlcoach)
        assert "Undo the last answer: mlcoach undo" in mlcoach("review", tty=80, stdin=" 3\x1bfuq").out
        assert "Undo what you did last: mlcoach undo" in mlcoach("review", tty=80, stdin=" 3\x1bfq").out
        assert "(flagged " in mlcoach("undo").out

    def test_the_commands_that_bring_items_back_do_so(self, mlcoach: Program) -> None:
        studied(mlcoach)
        for key, is_asked in (("b", True), ("s", False)):
            said = mlcoach(f"review --item {CARD}", tty=80, stdin=key).out
            back = re.search(r"^  mlcoach (review --item|cards resume) (\S+)$", said, re.MULTILINE)
            assert back and back[2] == CARD
            if is_asked:
                assert "What does A v" in mlcoach(f"{back[1]} {back[2]}", tty=80, stdin="q").out
            else:
                assert CARD in mlcoach(f"{back[1]} {back[2]}").out

    def test_forty_columns(self, mlcoach: Program) -> None:
        studied(mlcoach)
        out = mlcoach("review --limit 2", tty=40, stdin="  4").out
        assert out == snapshot("""\

Eigenvalues, SVD, PCA       1 of 2 · new
What does A v = λ v with v ≠ 0 say about
v?
space: the answer
u undo · e edit · b tomorrow
s set aside · f flag · q leave
Answer:
A does not turn v off its line: it only
multiplies it by λ (stretches, shrinks,
flips, or sends to 0).
1 again 1d   2 hard 1d   3 good 2d
4 easy 8d
1 to 4 say how well you knew it
easy, again in 8 days

Eigenvalues, SVD, PCA       2 of 2 · new
A has rows (2, 1) and (1, 2). One
eigenvalue is 1; use the trace: what is
the other?
type the number, enter compares
space: the answer
esc: letters are keys
> \n\
Reviewed 1 item in less than a minute;
met 1 new.

The day: 0:20 of 2:00, the day is kept
streak 2
Undo the last answer: mlcoach undo
""")
        assert max(len(line) for line in out.splitlines()) <= 40

    def test_ctrl_c_keeps_the_answers(self, mlcoach: Program) -> None:
        studied(mlcoach)
        done = mlcoach("review", tty=80, stdin=" 3\x03", expect=130)
        assert "Reviewed 1 item" in done.out
        assert answers(mlcoach) == [(CARD, 3)]

    def test_an_input_that_ends_is_an_end(self, mlcoach: Program) -> None:
        studied(mlcoach)
        assert "Nothing was answered" in mlcoach("review", tty=80, stdin=" ").out
        assert answers(mlcoach) == []

    def test_text_of_people_never_steers_the_terminal(self, mlcoach: Program) -> None:
        studied(mlcoach)
        out = mlcoach("review", tty=80, stdin="\x1b[2J\x07é漢\x00 3q").out
        assert "\x1b" not in out
        assert answers(mlcoach) == [(CARD, 3)]


@pytest.mark.parametrize(
    ("days", "shown"),
    [(1, "1d"), (99, "99d"), (100, "3mo"), (364, "12mo"), (365, "1y"), (550, "1.5y"), (36500, "99.9y")],
)
def test_intervals_are_short(days: int, shown: str) -> None:
    assert interval(days) == shown


class TestStages:
    def lines(self, count: int, name: str = "body") -> Section:
        return Section(name, [[(f"{name} {number}", "")] for number in range(count)])

    def frame(self, text: str) -> list[str]:
        last = text.rpartition("\x1b[H")[2]
        return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", last).replace("\r", "").split("\n")]

    def driver(self) -> tuple[InPlace, Terminal]:
        out = Terminal()
        return InPlace(Screen(out, out, {"COLUMNS": "40", "LINES": "8", "TERM": "xterm"}, "always")), out

    def test_the_foot_is_always_in_sight(self) -> None:
        driver, out = self.driver()
        foot = Section("keys", [[("1 2 3 4", "")]], foot=True)
        driver.show(1, [self.lines(20), foot])
        assert self.frame(out.getvalue()) == snapshot(
            ["body 0", "body 1", "body 2", "body 3", "body 4", "↓ more below: space", "", "1 2 3 4"]
        )
        assert driver.scroll("pagedown")
        assert self.frame(out.getvalue())[0] == "↑ more above"
        driver.show(1, [self.lines(20), self.lines(3, "answer"), foot])
        assert self.frame(out.getvalue())[-5:-2] == ["answer 0", "answer 1", "answer 2"]
        driver.show(2, [self.lines(20), foot])
        assert self.frame(out.getvalue())[0] == "body 0"
        assert not driver.scroll("q")

    def test_what_is_opened_above_what_is_in_sight_is_scrolled_to(self) -> None:
        driver, out = self.driver()
        driver.show(1, [self.lines(9, "task"), self.lines(9, "tests")])
        while driver.scroll("space"):
            pass
        driver.show(1, [self.lines(9, "task"), self.lines(2, "hint"), self.lines(9, "tests")])
        assert self.frame(out.getvalue())[1:3] == ["hint 0", "hint 1"]

    def test_space_turns_the_page_until_all_was_seen(self) -> None:
        driver, out = self.driver()
        driver.show(1, [self.lines(9), Section("keys", [[("1 2 3 4", "")]], foot=True)])
        seen = set(self.frame(out.getvalue()))
        turns = 0
        while driver.scroll("space"):
            turns += 1
            seen |= set(self.frame(out.getvalue()))
        assert turns == 1
        assert {f"body {number}" for number in range(9)} <= seen
        driver.show(2, [self.lines(2)])
        assert not driver.scroll("space")

    def test_plain_lines_say_nothing_twice(self) -> None:
        out = Terminal()
        driver = Plain(Screen(out, out, {"NO_COLOR": "1", "COLUMNS": "40"}))
        help_line = Section("help", [[("q leave", "")]], foot=True, once=True)
        for serial, typed in ((1, ""), (1, "1"), (1, "12"), (1, "1"), (2, "")):
            live = Section("typed", [[(f"> {typed}", "")]], live=True)
            with driver:
                driver.show(serial, [self.lines(1, f"card {serial}"), live, help_line])
        assert out.getvalue() == snapshot("""\

card 1 0
q leave
> \n\
> 1
> 12
> 1

card 2 0
> \n\
""")

    def test_plain_lines_have_no_cursor_also_where_there_is_colour(self, mlcoach: Program) -> None:
        studied(mlcoach)
        shown = mlcoach("--color always review --plain --item trace-eig", tty=80, stdin="3.0\n ").out
        assert "▏" not in shown
        assert shown.count("> ") == 1  # what is typed stays on its line


def test_the_loop_needs_no_terminal(mlcoach: Program) -> None:
    """Keys in, lines out."""
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    heads = context.catalog.heads([CARD, "math.la.eigen/trace-eig"])
    session = ReviewSession(context, [QueueEntry(head) for head in heads.values()], lambda: 0.0)
    out = Terminal()
    with Plain(Screen(out, out, {"NO_COLOR": "1", "COLUMNS": "60"})) as driver:
        play(session, iter(["space", "3", "3", "enter", "up", "space"]), driver)
    context.close()
    assert session.done
    assert "✓ 3 is right" in out.getvalue()
    assert answers(mlcoach) == [(CARD, 3), ("math.la.eigen/trace-eig", 3)]


@pytest.mark.slow
@pytest.mark.usefixtures("bundled_content")
def test_every_bundled_item_fits_every_width(mlcoach: Program) -> None:
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    for number, head in enumerate(context.catalog.heads(context.catalog.item_ids()).values()):
        session = ReviewSession(context, [QueueEntry(head)], lambda: 0.0)
        for key in ("h", "space", "space"):
            session.press(key)
        width = (40, 60, 80)[number % 3]
        for section in sections(session.view(), width):
            shown = ["".join(text for text, _ in line) for line in section.lines]
            # An address and an id are never broken, for then nobody could open or copy them.
            assert all(cells(line) <= width or "://" in line or line == head.id for line in shown), head.id
    context.close()


# The real terminal -------------------------------------------------------------------------------------------

pexpect = pytest.importorskip("pexpect")


class Session:
    """The program in a pseudo-terminal."""

    def __init__(self, mlcoach: Program, words: list[str], columns: int, **more: str) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
            "HOME": str(mlcoach.home),
            "MLCOACH_HOME": str(mlcoach.home),
            "MLCOACH_NOW": mlcoach.now.isoformat(),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            **more,
        }
        self.child = pexpect.spawn(
            PROGRAM[0],
            [*PROGRAM[1:], *words],
            env=environment,
            dimensions=(24, columns),
            encoding="utf-8",
            timeout=30,
        )
        self.before = self.modes()

    def modes(self) -> list[Any]:
        import termios

        return termios.tcgetattr(self.child.child_fd)[:4]

    def sees(self, text: str) -> None:
        """Wait until the terminal shows a text."""
        self.child.expect_exact(text)

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def ends(self) -> int:
        """Wait for the end and return the exit code, the negative signal where one ended it."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        code = self.child.exitstatus
        return -self.child.signalstatus if code is None else code


@pytest.fixture
def session(mlcoach: Program) -> Iterator[Callable[..., Session]]:
    opened: list[Session] = []

    def begin(*words: str, columns: int = 80, **more: str) -> Session:
        opened.append(Session(mlcoach, list(words), columns, **more))
        return opened[-1]

    yield begin
    for one in opened:
        one.child.close(force=True)


@contextmanager
def restored(session: Session) -> Iterator[None]:
    """Hold that the terminal is changed inside and as it was afterwards."""
    for _ in range(100):
        if session.modes() != session.before:
            break
        time.sleep(0.02)
    assert session.modes() != session.before
    yield
    assert session.modes() == session.before


@pytest.mark.slow
def test_keys_on_a_terminal(mlcoach: Program, session: Callable[..., Session]) -> None:
    studied(mlcoach)
    review = session("review", "--limit", "2")
    review.sees("What does A v = λ v")
    with restored(review):
        review.press(" ")
        review.sees("1 again")
        review.press("3")
        review.sees("One eigenvalue is 1")
        review.press("\x1b[A3\r")  # an arrow key is no escape and no letter
        review.sees("3 is right")
        review.press("u")
        review.sees("taken back")
        review.press("\x15 4")  # clear the line, see the answer, grade it
        review.sees("Reviewed 2 items")
        review.child.expect(pexpect.EOF)
    assert review.ends() == 0
    assert answers(mlcoach) == [(CARD, 3), ("math.la.eigen/trace-eig", 4)]


@pytest.mark.slow
def test_words_typed_at_a_card_are_no_keys(mlcoach: Program, session: Callable[..., Session]) -> None:
    studied(mlcoach)
    review = session("review", "--limit", "2", EDITOR="false")
    review.sees("What does A v = λ v")
    review.press("the tasks decide")
    review.sees("to think or write is enough here: space shows the answer")
    time.sleep(0.7)
    review.press(" ")
    review.sees("1 again")
    review.press("bla bla")
    review.sees("to think or write is enough here: 1 to 4 say")
    time.sleep(0.7)
    review.press("3")
    review.sees("One eigenvalue is 1")
    review.press("a hundred")
    review.sees("digits please")
    time.sleep(0.7)
    review.press("e")
    time.sleep(0.5)
    review.press("\x1b")
    review.sees("letters are no keys")
    review.press("b")
    review.sees("Put off until tomorrow")
    review.sees("One eigenvalue is 1")
    assert review.ends() == 0
    assert answers(mlcoach) == [(CARD, 3)]


def test_ctrl_c_and_a_signal_leave_the_terminal_as_it_was(mlcoach: Program, session: Callable[..., Session]) -> None:
    studied(mlcoach)
    review = session("review")
    review.sees("What does A v = λ v")
    with restored(review):
        review.press(" 3")
        review.sees("2 of ")
        review.press("\x03")
        review.sees("Reviewed 1 item")
        review.child.expect(pexpect.EOF)
    assert review.ends() == 130

    killed = session("review")
    killed.sees("One eigenvalue is 1")
    with restored(killed):
        killed.child.kill(signal.SIGTERM)
        killed.child.expect(pexpect.EOF)
    assert killed.ends() == 128 + signal.SIGTERM
    assert answers(mlcoach) == [(CARD, 3)]


@pytest.mark.slow
def test_a_resized_window_is_drawn_anew(mlcoach: Program, session: Callable[..., Session]) -> None:
    studied(mlcoach)
    review = session("review", columns=80)
    review.sees("What does A v = λ v with v ≠ 0 say about v?")
    review.child.setwinsize(20, 32)
    review.sees("\x1b[H")
    review.sees("What does A v = λ v with v ≠ 0")
    review.sees("say about v?")
    review.press("q")
    review.sees("Nothing was answered.")
    assert review.ends() == 0


@pytest.mark.slow
def test_a_card_is_edited_in_the_editor(mlcoach: Program, session: Callable[..., Session], tmp_path: Path) -> None:
    studied(mlcoach)
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\n"
        "file = pathlib.Path(sys.argv[1])\n"
        "text = file.read_text()\n"
        "broken = 'a = \"fixed' in text\n"
        "line = 'a = \"fixed\"' if broken else 'a = \"fixed'\n"
        "file.write_text('\\n'.join(line if row.startswith('a = ') else row for row in text.splitlines()))\n",
        encoding="utf-8",
    )
    overlay = mlcoach.home / "config" / "curriculum" / "math-la.toml"
    review = session("review", EDITOR=f"{sys.executable} {editor}", TMPDIR=str(tmp_path))
    review.sees("What does A v = λ v")
    review.press("e")
    review.sees("not kept: line ")
    assert not overlay.exists()
    review.press("e")
    review.sees("kept in math-la.toml")
    review.press(" ")
    review.sees("fixed")
    review.press("3q")
    assert review.ends() == 0
    assert '[change.eigen.card.eig-def]\na = "fixed"' in overlay.read_text(encoding="utf-8")
    assert answers(mlcoach) == [(CARD, 3)]
    mlcoach("undo")
    mlcoach("undo")
    assert not overlay.exists()


def test_plain_lines_for_screen_readers(mlcoach: Program, session: Callable[..., Session]) -> None:
    studied(mlcoach)
    review = session("review", "--limit", "1", "--plain")
    review.sees("What does A v = λ v")
    review.press(" ")
    review.sees("1 again")
    review.press("q")
    review.sees("Nothing was answered")
    assert "\x1b[?1049h" not in str(review.child.before)
    assert review.ends() == 0


@pytest.mark.parametrize("more", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_plain_lines_where_nothing_may_be_redrawn(
    mlcoach: Program, session: Callable[..., Session], more: dict[str, str]
) -> None:
    studied(mlcoach)
    review = session("review", "--limit", "1", columns=60, **more)
    review.press(" 3")
    review.child.expect(pexpect.EOF)
    assert "\x1b" not in review.child.before
    assert review.ends() == 0
    assert answers(mlcoach) == [(CARD, 3)]
