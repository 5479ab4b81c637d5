"""Whole screens of the day at 80 columns, and what scripts get of them."""

import json
from collections.abc import Callable

import pytest
from inline_snapshot import snapshot

from tests.conftest import Program


def test_the_first_screen(on_terminal: Callable[[str], str]) -> None:
    assert on_terminal("today") == snapshot("""\
exit 0
----- stdout -----
Welcome. This is a plan for your first evening; do the first block and log it.
`mlcoach init` fits it to your week and to what you know already. With a screen
reader, begin with `mlcoach config set plain true`.

Mon 23 Nov                                                         no streak yet
░░░░░░░░░░░░░░░░░░░░░░░░  0:00 of 2:00 · 20m keep the day

 1 ▸ Build    Goal, role and reasons                        start.why        25m
              step 1 of 7: Questions before you begin
              then: Train a model in ten minutes
 2   Concept  Vectors, matrices, linear maps                math.la.vectors  45m
              step 1 of 8: Questions before you begin
              then: Essence of Linear Algebra: chapters 1 (vectors), 3 (linear
              transformations), 4 (matrix multiplication as composition) and 9
              (dot products)
 3   Concept  Vectors, matrices, linear maps                math.la.vectors  47m
              step 2 of 8: Essence of Linear Algebra: chapters 1 (vectors), 3
              (linear transformations), 4 (matrix multiplication as composition)
              and 9 (dot products)
              https://www.3blue1brown.com/topics/linear-algebra
 4   Close    one line you would tell a friend                                3m

You know some of it already? `mlcoach place` finds out, in ten minutes.

Next: mlcoach start start.why                     Why these: mlcoach today --why
Another block: `mlcoach start 2`
----- stderr -----
""")


def test_the_reasons(mlcoach: Program) -> None:
    assert mlcoach("today --why", tty=80).out == snapshot("""\
Welcome. This is a plan for your first evening; do the first block and log it.
`mlcoach init` fits it to your week and to what you know already. With a screen
reader, begin with `mlcoach config set plain true`.

Mon 23 Nov                                                         no streak yet
░░░░░░░░░░░░░░░░░░░░░░░░  0:00 of 2:00 · 20m keep the day

 1 ▸ Build    Goal, role and reasons                        start.why        25m
              step 1 of 7: Questions before you begin
              then: Train a model in ten minutes
              Next on the path `core`: you have all that it needs.
 2   Concept  Vectors, matrices, linear maps                math.la.vectors  45m
              step 1 of 8: Questions before you begin
              then: Essence of Linear Algebra: chapters 1 (vectors), 3 (linear
              transformations), 4 (matrix multiplication as composition) and 9
              (dot products)
              Next on the path `core`: you have all that it needs.
 3   Concept  Vectors, matrices, linear maps                math.la.vectors  47m
              step 2 of 8: Essence of Linear Algebra: chapters 1 (vectors), 3
              (linear transformations), 4 (matrix multiplication as composition)
              and 9 (dot products)
              https://www.3blue1brown.com/topics/linear-algebra
              The next part, after a break: about fifty minutes at a stretch
              keep you fresh.
 4   Close    one line you would tell a friend                                3m
              A sentence in your own words is recall, and tomorrow's first step
              is easier to find.

Minutes of units are 1.15 times those that their authors expect until you passed
a few.

You know some of it already? `mlcoach place` finds out, in ten minutes.

Next: mlcoach start start.why
Another block: `mlcoach start 2`
""")


def test_forty_columns(mlcoach: Program) -> None:
    screen = mlcoach("today", tty=40).out
    assert max(map(len, screen.splitlines())) <= 40
    assert screen == snapshot("""\
Welcome. This is a plan for your first
evening; do the first block and log it.
`mlcoach init` fits it to your week and
to what you know already. With a screen
reader, begin with
`mlcoach config set plain true`.

Mon 23 Nov                 no streak yet
░░░░░░  0:00 of 2:00 · 20m keep the day

 1 ▸ Build    Goal, role and         25m
              reasons
              step 1 of 7: Questions
              before you begin
              then: Train a model in ten
              minutes
 2   Concept  Vectors, matrices,     45m
              linear maps
              step 1 of 8: Questions
              before you begin
              then: Essence of Linear
              Algebra: chapters 1 …
 3   Concept  Vectors, matrices,     47m
              linear maps
              step 2 of 8: Essence of
              Linear Algebra: chapters …
 4   Close    one line you would      3m
              tell a friend

You know some of it already?
`mlcoach place` finds out, in ten
minutes.

Next: mlcoach start start.why
Why these: mlcoach today --why
Another block: `mlcoach start 2`
""")


def test_logging_ticks_the_plan_off(mlcoach: Program) -> None:
    mlcoach("log 92m vectors")
    mlcoach("log -n 'a matrix is a map'")
    assert mlcoach("today", tty=80).out == snapshot("""\
Mon 23 Nov                                                              streak 1
███████████████████░░░░░  1:35 of 2:00 · the day is kept

 1 ▸ Build    Goal, role and reasons                        start.why        25m
              step 1 of 7: Questions before you begin
              then: Train a model in ten minutes
 2 ✓ Concept  Vectors, matrices, linear maps                math.la.vectors  45m
 3 ✓ Concept  Vectors, matrices, linear maps                math.la.vectors  47m
 4 ✓ Close    one line you would tell a friend                                3m

You know some of it already? `mlcoach place` finds out, in ten minutes.

Next: mlcoach start start.why                     Why these: mlcoach today --why
""")


def test_log(mlcoach: Program) -> None:
    assert mlcoach("log 45m vectors -n 'dot products'", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Logged 45m on Vectors, matrices, linear maps (Mon 23 Nov).
The day: 0:45 of 2:00, the day is kept · streak 1
This line is the Close of today's plan too: that block is done.
Undo: mlcoach undo
----- stderr -----
""")


def test_log_backdated_says_how_it_was_read(mlcoach: Program) -> None:
    assert mlcoach("log 1:30 --date fri", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
Logged 1h30m (Fri 20 Nov).
The day: 1:30 of 2:00, the day is kept · a new streak begins with the next day
you study · best 1
Undo: mlcoach undo
----- stderr -----
`fri` is Fri 20 Nov
""")


def test_log_list(mlcoach: Program) -> None:
    mlcoach("log 45m vectors -n 'dot products'")
    mlcoach("log 1h --date yesterday")
    assert mlcoach("log", tty=80).out.replace(device(mlcoach), "device") == snapshot("""\
Mon 23 Nov  45m  Vectors, matrices, linear maps · dot products  log
Sun 22 Nov   1h  nothing in particular                          log
Take one back: mlcoach log --ids names them, mlcoach undo ID
""")


def test_timer(mlcoach: Program) -> None:
    assert mlcoach("start vectors", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
● Timer started on Vectors, matrices, linear maps at 20:00.
  Try   3 questions before you read; wrong answers help
        mlcoach place math.la.vectors
  Then  mlcoach done: it says what to open next
Stop it: mlcoach stop
----- stderr -----
""")
    mlcoach.later(minutes=50)
    assert mlcoach("status", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
0:00 of 2:00 · no streak yet · no cards due
● timer running on Vectors, matrices, linear maps since 20:00, 50m
----- stderr -----
""")
    assert mlcoach("stop -n 'norms'", tty=80, stdin="\n").screen == snapshot("""\
exit 0
----- stdout -----
Logged 50m on Vectors, matrices, linear maps (Mon 23 Nov).
The day: 0:50 of 2:00, the day is kept · streak 1
This line is the Close of today's plan too: that block is done.
Undo: mlcoach undo
----- stderr -----
Step 1 of 8: Questions before you begin; is it finished? (y/n) [n] \
""")


def test_from_the_questions_to_the_reading(mlcoach: Program) -> None:
    mlcoach("start vectors")
    mlcoach.later(minutes=5)
    assert mlcoach("done", tty=80).out == snapshot("""\
✓ Finished: Questions before you begin · Vectors, matrices, linear maps
Now step 2 of 8, about 3h04m: Essence of Linear Algebra: chapters 1 (vectors), 3
(linear transformations), 4 (matrix multiplication as composition) and 9 (dot
products)
  https://www.3blue1brown.com/topics/linear-algebra
The timer runs on; mlcoach stop ends it.
Undo: mlcoach undo
""")
    mlcoach.later(minutes=40)
    assert mlcoach("stop", tty=80, stdin="y\n").out == snapshot("""\
Logged 45m on Vectors, matrices, linear maps (Mon 23 Nov).
The day: 0:45 of 2:00, the day is kept · streak 1
Undo: mlcoach undo
✓ Finished: Essence of Linear Algebra: chapters 1 (vectors), 3 (linear
transformations), 4 (matrix multiplication as composition) and 9 (dot products)
· Vectors, matrices, linear maps
Now step 3 of 8, about 3h04m: Mathematics for Machine Learning: section 2.2
(matrices), section 2.7 (linear mappings, the part on matrix representation),
sections 3.1 to 3.4 (norms, inner products, lengths, angles)
  https://mml-book.github.io/
Undo: mlcoach undo
""")
    assert mlcoach("start vectors", tty=80).out == snapshot("""\
● Timer started on Vectors, matrices, linear maps at 20:45.
  Read  Mathematics for Machine Learning: section 2.2 (matrices), section 2.7
        (linear mappings, the part on matrix representation), sections 3.1 to
        3.4 (norms, inner products, lengths, angles)
        step 3 of 8, about 3h04m left
        https://mml-book.github.io/
  Then  mlcoach done: it says what to open next
Stop it: mlcoach stop
""")


def test_a_timer_left_overnight(mlcoach: Program) -> None:
    mlcoach("start vectors")
    mlcoach.later(hours=14)
    assert mlcoach("status").err == snapshot(
        "a timer on `math.la.vectors` has been running since Mon 20:00; `mlcoach stop --at 21:00` says when it really ended, `mlcoach cancel` throws it away\n"
    )
    assert mlcoach("stop --at 21:30", tty=80, stdin="\n").out == snapshot("""\
Logged 1h30m on Vectors, matrices, linear maps (Mon 23 Nov).
The day: 1:30 of 2:00, the day is kept · streak 1
Undo: mlcoach undo
""")


def test_streak(mlcoach: Program) -> None:
    for ago in (12, 11, 10, 9, 8, 7, 6, 4, 3, 1):
        mlcoach(f"log 2h --date -{ago}")
    assert mlcoach("streak", tty=80).out == snapshot("""\
Streak 1 day · best 9 · 0 freezes held · habit score 38 of 100

        Mo Tu We Th Fr Sa Su
9 Nov         █  █  █  █  █      10h
16 Nov  █  █  ❄  █  █  ·  █      10h
23 Nov  ○

█ goal  ▄ kept  ❄ frozen  r rest  · missed  ○ open
20 minutes keep a day, 120 are the goal; seven goal days earn a freeze for a
missed one. Forgot to log? --date yesterday.
""")


def test_rest(mlcoach: Program) -> None:
    assert mlcoach("rest fri..sun", tty=80).out == snapshot("""\
Rest planned: Fri 27 Nov to Sun 29 Nov (3 days).
The streak holds on these days; nothing is asked.
Undo: mlcoach undo
""")
    assert mlcoach("rest", tty=80).out == snapshot("Rest planned: Fri 27 Nov to Sun 29 Nov\n")
    mlcoach.later(days=4)
    assert "Rest is planned today" in mlcoach("today", tty=80).out


def test_done(mlcoach: Program) -> None:
    mlcoach("log 45m vectors")
    assert mlcoach("done vectors", tty=80, stdin="y\n\n3\n").screen == snapshot("""\
exit 0
----- stdout -----
With everything closed, say or write it down:
  From memory: write down a 2 × 3 and a 3 × 2 matrix of your own, multiply them
  in all four ways, and say in one sentence each what the column view and the
  row view are good for.
To compare: after this unit you can
  - read a 2 × 2 matrix as a map: say where (1, 0) and (0, 1) go and sketch what
  happens to the unit square
  - compute dot products, 1-, 2- and max-norms and the angle between two vectors
  by hand
✓ Passed: Vectors, matrices, linear maps  math.la.vectors
7 steps are open (Questions before you begin; Essence of Linear Algebra;
Mathematics for Machine Learning; and 4 more); they stay open.
Still to do: 12 cards not met yet, the last exercise not done
(math.la.vectors/twenty-products-by-hand). From tomorrow on reviews ask its
cards before other new ones, as many as the day has room for; the exercise comes
on a day with the minutes for it. The next units are open.
Now ready:
  math.la.systems  Linear systems and the four subspaces
Undo: mlcoach undo
----- stderr -----
7 steps are open (Questions before you begin; Essence of Linear Algebra;
Mathematics for Machine Learning; and 4 more). Pass it all the same? (y/n) [n] Your answer in your own words, kept as a note of the unit (enter: none): How did it go? 1 again, 2 hard, 3 good, 4 easy (enter passes over it) \
""")


def test_skip_and_reopen(mlcoach: Program) -> None:
    assert mlcoach("skip start.setup", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
✓ Skipped: Machine, OS, accounts  start.setup
Now ready:
  prog.py.basics  Python fundamentals
  prog.tools.shell  Shell, git, editor, documentation
Undo: mlcoach undo
----- stderr -----
""")
    assert mlcoach("reopen start.setup", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
✓ Back to learning: Machine, OS, accounts  start.setup
Undo: mlcoach undo
----- stderr -----
note: today's plan stays as it is; with this one in it: `mlcoach today --replan`
""")


def test_plan(mlcoach: Program) -> None:
    assert mlcoach("plan --days 3", tty=80).out == snapshot("""\
Mon 23 Nov  Build    Goal, role and reasons · from step 1 of 7               25m
            Concept  Vectors, matrices, linear maps · from step 1 of 8     1h32m
            Close    one line you would tell a friend                         3m
Tue 24 Nov  Build    Goal, role and reasons · step 3 of 7, 57m left of it    45m
            Concept  Vectors, matrices, linear maps · step 2 of 8, 2h17m   1h12m
                     left of it
            Close    one line you would tell a friend                         3m
Wed 25 Nov  Review   5 new cards                                              2m
            Build    Goal, role and reasons · from step 3 of 7               45m
            Concept  Vectors, matrices, linear maps · from step 2 of 8     1h10m
            Close    one line you would tell a friend                         3m

Path core. Only today is fixed; the rest follows what you do.
""")


def test_stats(mlcoach: Program) -> None:
    assert mlcoach("stats", tty=80).out == snapshot("Nothing to count yet. mlcoach today has the first step.\n")
    for ago in (9, 8, 2, 1):
        mlcoach(f"log 2h vectors --date -{ago}")
    assert mlcoach("stats", tty=80).out == snapshot("""\
You have studied on 4 days, short ones too, about 4h a week lately. What you
remember shows after the first cards came back: `mlcoach review`.

Studied  8h on 4 days, 2h on average
Streak   2, best 2, habit score 17 of 100
Weeks    ██· most in a week 4h
Answers  0 in all, 0 in the last 30 days
Learned  0 cards and exercises met
Path     about 127h left, counted 1.15 times the authors' hours; at 10h37m of
         units a week it ends around Feb 2027, between Jan 2027 and Mar 2027

The last year
Mon   ·○
Tue   ·
Wed   ·
Thu   ·
Fri   ·
Sat  ██
Sun  ██
█ goal  ▄ kept  · missed  r rest  ❄ frozen

Time by track, and its last weeks
math  ██·  8h

Progress
Linear algebra  0 of 4 units  8h  0% covered  0% retained
""")


def test_starting_on_a_locked_unit_advises(mlcoach: Program) -> None:
    assert mlcoach("start eigen", tty=80).screen == snapshot("""\
exit 0
----- stdout -----
● Timer started on Eigenvalues, SVD, PCA at 20:00.
  Try   3 questions before you read; wrong answers help
        mlcoach place math.la.eigen
  Then  mlcoach done: it says what to open next
Stop it: mlcoach stop
----- stderr -----
note: it builds on math.la.orthogonal, not passed yet: the SVD and PCA are built
from orthonormal directions and projections
note: it is not in today's plan, which stays as it is; `mlcoach today --replan`
plans the minutes left anew
""")


def device(mlcoach: Program) -> str:
    """The random name of this copy, as entry ids begin."""
    return str(json.loads(mlcoach("log --json").out)["data"]["entries"][0]["id"]).rpartition("-")[0]


class TestJson:
    def data(self, mlcoach: Program, line: str) -> dict[str, object]:
        document = json.loads(mlcoach(f"{line} --json").out)
        assert document["schema"] == 1
        return dict(document["data"])

    def test_today(self, mlcoach: Program) -> None:
        today = self.data(mlcoach, "today")
        assert today["date"] == "2026-11-23"
        assert today["minutes"] == {"goal": 120, "floor": 20, "done": 0, "left": 120, "running": 0}
        assert today["streak"] == {"current": 0, "best": 0, "today": "open", "freezes": 0, "score": 0}
        assert today["timer"] is None
        blocks = today["blocks"]
        assert isinstance(blocks, list)
        assert set(blocks[0]) >= {
            "n", "kind", "minutes", "done_minutes", "done", "title", "unit", "paper", "items", "resource", "why", "command",
        }  # fmt: skip

    def test_log(self, mlcoach: Program) -> None:
        logged = self.data(mlcoach, "log 1.5h vectors -n hello")
        assert logged["minutes"] == 90
        assert logged["what"] == "math.la.vectors"
        assert logged["note"] == "hello"
        assert logged["day_total_minutes"] == 90
        assert set(logged) >= {"id", "date", "streak"}

    def test_status(self, mlcoach: Program) -> None:
        assert self.data(mlcoach, "status")["timer"] is None
        mlcoach("start vectors")
        mlcoach.later(minutes=5)
        assert self.data(mlcoach, "status")["timer"] == snapshot(
            {
                "what": "math.la.vectors",
                "title": "Vectors, matrices, linear maps",
                "since": "2026-11-23T20:00:00+01:00",
                "minutes": 5,
                "overnight": False,
                "focus": None,
            }
        )

    def test_streak(self, mlcoach: Program) -> None:
        mlcoach("log 30m")
        streak = self.data(mlcoach, "streak")
        assert streak["days"] == [{"day": "2026-11-23", "minutes": 30, "state": "kept", "seconds": 1800}]
        assert (streak["current"], streak["today"]) == (1, "kept")

    def test_errors_are_documents_too(self, mlcoach: Program) -> None:
        result = mlcoach("log 45m math.la.egien --json", expect=3)
        assert json.loads(result.out) == snapshot(
            {
                "schema": 1,
                "kind": "error",
                "data": {
                    "code": "not_found",
                    "message": "no unit `math.la.egien`",
                    "hint": "did you mean `math.la.eigen`?",
                },
            }
        )
        assert "did you mean `math.la.eigen`?" in result.err


class TestTimerLeftRunning:
    """A timer is caught, and can be put right, however long it ran."""

    def test_it_can_be_stopped_days_later(self, mlcoach: Program) -> None:
        mlcoach("start vectors")
        mlcoach.later(days=3, hours=12)
        assert "stop --at 21:00" in mlcoach("status").err
        assert "more than a day" in mlcoach("stop", expect=2).err
        entry = json.loads(mlcoach("stop --at 21:30 --json").out)["data"]["entry"]
        assert (entry["date"], entry["minutes"]) == ("2026-11-23", 90)

    @pytest.mark.parametrize(
        ("start", "now", "minutes"),
        [
            ("2026-10-24T22:00:00+02:00", "2026-10-25T08:00:00+01:00", 90),
            ("2026-03-28T22:00:00+01:00", "2026-03-29T08:00:00+02:00", 90),
            ("2026-10-24T23:45:00+02:00", "2026-10-25T08:00:00+01:00", 23 * 60 + 45),
        ],
    )
    def test_a_night_on_which_the_clocks_were_changed(
        self, mlcoach: Program, start: str, now: str, minutes: int
    ) -> None:
        mlcoach.write("config/config.toml", "zone = 'Europe/Berlin'\n")
        mlcoach.at(start)("start")
        started = start[11:16]
        assert f" {started}, " in mlcoach.at(now)("today").out
        if minutes > 90:  # 23:30 came before the start, and not again yet
            assert f"between the start at {started} and now" in mlcoach("stop --at 23:30", expect=2).err
        else:
            assert json.loads(mlcoach("stop --at 23:30 --json").out)["data"]["entry"]["minutes"] == minutes

    def test_the_next_command_catches_it(self, mlcoach: Program) -> None:
        mlcoach("start vectors")
        mlcoach.later(hours=12)
        assert "has been running since Mon 20:00" in mlcoach("log 5m").err
        assert "stop --at 21:00" in mlcoach("stop", expect=2).err
        mlcoach("stop --at 21:00")

    def test_a_late_evening_over_the_rollover_is_recorded_with_a_word(self, mlcoach: Program) -> None:
        mlcoach.at("2026-11-24T02:00:00+01:00")
        mlcoach("start vectors")
        mlcoach.later(hours=2.5)
        stopped = mlcoach("stop")
        assert "Logged 2h30m" in stopped.out
        assert "it ran overnight" in stopped.err


@pytest.mark.parametrize("width", [40, 47, 50, 59, 60, 71, 72, 80, 100, 120])
def test_no_line_of_the_day_is_wider_than_the_terminal(mlcoach: Program, width: int) -> None:
    mlcoach("log 5m vectors")
    mlcoach("paper add 1412.6980")
    mlcoach.later(days=1)
    for line in ("today", "today --why", "status", "streak", "stats", "plan", "log"):
        assert max(map(len, mlcoach(line, tty=width).out.splitlines())) <= width, line


def test_when_the_path_ends(mlcoach: Program) -> None:
    assert mlcoach("forecast", tty=80).out == snapshot("""\
With your goal of 14h a week you finish the path `core` around Feb 2027.
About 10h37m of that go to the units; reviews, papers and days of rest take the
others. After ten days of study the forecast follows what you really do.

              earliest     most likely  latest
  as planned  21 Jan 2027  21 Feb 2027  24 Mar 2027

About 136h of the path are left, counted as 1.15 times the hours that its
authors expect.
""")
    assert mlcoach.files() == set(), "nothing is written"
    mlcoach.at("2026-11-02T20:00:00+01:00")
    for _ in range(21):
        mlcoach("log 90m vectors")
        mlcoach.later(days=1)
    assert mlcoach("forecast", tty=80).out == snapshot("""\
As you do now, 10h30m a week on it, you finish the path `core` around Feb 2027;
with your goal of 14h a week, around Feb 2027.
Your weeks come to your goal. An earlier end takes more minutes (`mlcoach init`)
or a shorter path.

                 earliest     most likely  latest
  as you do now  17 Jan 2027  15 Feb 2027  16 Mar 2027
  at your goal   16 Jan 2027  14 Feb 2027  15 Mar 2027

About 125h of the path are left, counted as 1.15 times the hours that its
authors expect.
""")
    data = json.loads(mlcoach("forecast --json").out)["data"]
    assert (data["path"], data["pace_minutes"]) == ("core", 630)
    assert data["finish"]["early"] < data["finish"]["likely"] < data["finish"]["late"]


def test_a_timer_left_running_says_its_day_and_its_hours(mlcoach: Program) -> None:
    mlcoach("start vectors")
    mlcoach.later(hours=72)
    said = "timer running on Vectors, matrices, linear maps since Mon 20:00, 72h00m"
    assert said in mlcoach("status").out
    assert said in mlcoach("today").out
    assert "since Mon 20:00, more than a day" in mlcoach("stop", expect=2).err


def test_undo_says_that_the_timer_runs_again(mlcoach: Program) -> None:
    mlcoach("start vectors")
    mlcoach.later(minutes=30)
    mlcoach("stop")
    said = "the timer runs again; `mlcoach stop` records it, `mlcoach cancel` throws it away"
    assert said in mlcoach("undo").err
    mlcoach("cancel")
    assert said in mlcoach("undo").err
    mlcoach("log 30m vectors --date yesterday")
    assert "the timer" not in mlcoach("undo").err
