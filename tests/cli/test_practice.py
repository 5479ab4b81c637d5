"""`practice` as typed: one check, the list, consent, the work folder, and the watch screen in a terminal."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mlcoach.render.layout import cells
from mlcoach.render.practice.watch import sections
from mlcoach.services.context import Context
from mlcoach.services.practice.exercises import load
from mlcoach.services.practice.session import PracticeSession
from tests.conftest import PROGRAM, Program

OWN = """\
schema = 1
id = "own"
title = "Own"
track = "prog"

[[unit]]
id = "code"
title = "Own code"
hours = 2
recall = "What?"

  [[unit.exercise]]
  id = "double"
  title = "Twice as much"
  kind = "code"
  minutes = 20
  prompt = 'Write double(x).'
  hints = ["Add it to itself."]

  [unit.exercise.code]
  file = "answer.py"
  seconds = 2
  starter = '''
def double(x):
    \"\"\"Return twice x.\"\"\"
'''
  solution = '''
def double(x):
    return x + x
'''

    [[unit.exercise.code.test]]
    id = "two"
    visible = true
    body = 'assert double(2) == 4'

    [[unit.exercise.code.test]]
    id = "three"
    body = 'assert double(3) == 6'
    why = "3 · 3 is not 6"

    [[unit.exercise.code.wrong]]
    id = "squares"
    fails = ["three"]
    file = 'double = lambda x: x * x'
    feedback = "Twice is not squared."

  [[unit.exercise]]
  id = "talk"
  title = "Tell a friend"
  kind = "explain"
  minutes = 20
  prompt = 'Tell it.'
"""
MADE = """\
  [[unit.exercise]]
  id = "made"
  title = "A file with a greeting"
  kind = "code"
  minutes = 20
  prompt = 'Write hello.txt.'
  test = "cat notes/hello.txt && touch seen"
"""
ITEM = "own.code/double"
RIGHT = "def double(x):\n    return 2 * x\n"


@pytest.fixture
def own(mlcoach: Program) -> Program:
    """A home with a code exercise of somebody else's."""
    mlcoach.environment["PATH"] = os.environ["PATH"]
    mlcoach.write("config/curriculum/own.toml", OWN)
    return mlcoach


@pytest.fixture
def agreed(own: Program) -> Program:
    """The same, once the learner agreed to it."""
    own(f"practice {ITEM} --check", tty=80, stdin="y\n", expect=2)  # there is no file yet
    return own


def file_of(program: Program) -> Path:
    return program.home / "work" / "own.code" / "double" / "answer.py"


def written(program: Program, text: str) -> None:
    file_of(program).parent.mkdir(parents=True, exist_ok=True)
    file_of(program).write_text(text, encoding="utf-8")


def checked(program: Program, text: str, expect: int = 8) -> dict[str, Any]:
    written(program, text)
    return dict(json.loads(program(f"practice {ITEM} --check --json", expect=expect).out)["data"])


def test_grade_sends_to_practice_what_tests_check(own: Program) -> None:
    assert own("grade own.code/double", expect=2).err == (
        "error: the answer to `own.code/double` is a file that tests check\n"
        "hint: `mlcoach practice own.code/double` opens it\n"
    )


def test_one_error_that_ends_several_tests_is_told_once_and_teaches_nothing_of_them(agreed: Program) -> None:
    written(agreed, "def double(x):\n    return y\n")
    said = agreed(f"practice {ITEM} --check", tty=80, expect=8).out
    assert said.count("NameError: name 'y' is not defined") == 1
    assert "  the same  three" in said
    assert "3 · 3 is not 6" not in said


def events(program: Program, kind: str) -> list[dict[str, Any]]:
    context = Context({"MLCOACH_HOME": str(program.home), "MLCOACH_NOW": program.now.isoformat()})
    rows = context.store.connection.execute(
        "SELECT data FROM event WHERE kind = ? AND id NOT IN (SELECT event FROM revoked) ORDER BY number", (kind,)
    ).fetchall()
    context.close()
    return [json.loads(data) for (data,) in rows]


@pytest.mark.skipif(sys.platform == "win32", reason="the command is one of a POSIX shell")
def test_the_key_test_is_a_command_that_runs_after_consent(own: Program) -> None:
    made = "own.code/made"
    own.write("config/curriculum/own.toml", OWN + MADE)
    assert "you have not agreed to it" in own(f"practice {made} --check", expect=2).err
    asked = own(f"practice {made} --check", tty=80, stdin="y\n", expect=2)
    assert "cat notes/hello.txt && touch seen" in asked.err
    assert "Write hello.txt." in own(f"practice {made}").out
    folder = own.home / "work" / "own.code" / "made"
    (folder / "notes").mkdir()
    (folder / "notes" / "other.txt").write_text("x", encoding="utf-8")
    wrong = own(f"practice {made} --check", expect=8).out
    assert "its exit code is 1, and 0 is right" in wrong
    assert "hello.txt" in wrong.partition("printed:")[2]
    (folder / "notes" / "hello.txt").write_text("hello", encoding="utf-8")
    assert "✓ right" in own(f"practice {made} --check").out
    assert not (folder / "seen").exists()  # it ran on a copy


class TestCheck:
    def test_right_is_exit_0_and_graded_from_the_attempts(self, agreed: Program) -> None:
        found = checked(agreed, RIGHT, expect=0)
        assert found["status"] == "right"
        assert [(test["id"], test["ok"]) for test in found["tests"]] == [("two", True), ("three", True)]
        assert (found["misconception"], found["hints"], found["proposed_rating"]) == (None, 0, "good")
        (attempt,) = events(agreed, "attempted")
        assert (attempt["item"], attempt["verdict"], attempt["how"]) == (ITEM, "right", "tests")
        assert [graded["rating"] for graded in events(agreed, "item_graded")] == [3]
        assert [marked["step"] for marked in events(agreed, "step_marked")] == [ITEM]
        assert checked(agreed, RIGHT, expect=0)["graded"] is None  # once a day
        assert len(events(agreed, "item_graded")) == 1

    def test_wrong_is_exit_8_and_tells_the_mistake_by_its_tests(self, agreed: Program) -> None:
        found = checked(agreed, "def double(x):\n    return x * x\n")
        assert (found["status"], found["misconception"]) == ("wrong", "squares")
        assert found["tests"][1]["message"] == "double(3) gave 9, expected 6"
        (attempt,) = events(agreed, "attempted")
        assert (attempt["verdict"], attempt["failed"], attempt["misconception"]) == ("wrong", ["three"], "squares")
        assert events(agreed, "item_graded") == []
        assert checked(agreed, RIGHT, expect=0)["proposed_rating"] == "hard"  # right after a wrong try
        screen = agreed(f"practice {ITEM} --check", expect=0).out
        assert "✓ right · 2 of 2 tests" in screen

    def test_the_screen_says_call_value_expectation_reason_and_feedback(self, agreed: Program) -> None:
        written(agreed, "def double(x):\n    print('looking at', x)\n    return x * x\n")
        screen = agreed(f"practice {ITEM} --check", expect=8).out
        for line in (
            "✗ not yet · 1 of 2 tests", "✗ three", "  called    double(3)", "  came      9", "  expected  6",
            "  checks    3 · 3 is not 6", "  Think of  Twice is not squared.", "Your program printed:", "│ looking at 3",
        ):  # fmt: skip
            assert line in screen

    def test_what_a_test_is_there_for_is_not_told_as_the_reason_of_a_failure(self, agreed: Program) -> None:
        written(agreed, "def double(x):\n    return x + 5\n")
        screen = agreed(f"practice {ITEM} --check", expect=8).out
        assert "  checks    3 · 3 is not 6" in screen
        assert "why" not in screen and "Think of" not in screen

    @pytest.mark.parametrize(
        ("text", "status", "message"),
        [
            ("def double(x:\n", "error", "SyntaxError: '(' was never closed"),
            ("while True: pass\n", "timeout", "no result within 2 s; is there work outside of functions?"),
            ("import os\nos._exit(1)\n", "error", "it ended the program itself (exit code 1)"),
        ],
    )
    @pytest.mark.slow
    def test_what_does_not_run_says_why(self, agreed: Program, text: str, status: str, message: str) -> None:
        found = checked(agreed, text)
        assert (found["status"], found["message"]) == (status, message)

    def test_tries_are_counted_when_it_is_opened_again(self, agreed: Program) -> None:
        from mlcoach.render.practice.watch import sections, summary_lines

        for _ in range(2):
            checked(agreed, "def double(x):\n    return x * x\n")
        context = Context({"MLCOACH_HOME": str(agreed.home), "MLCOACH_NOW": agreed.now.isoformat()})
        session = PracticeSession(context, load(context, ITEM), lambda: 0.0)
        try:
            said = "".join(text for line in summary_lines(session.view(), 40) for text, _ in line)
            low, high = (len(sections(session.watch_view(), 40, rows)[-1].lines) for rows in (20, 24))
        finally:
            session.close()
            context.close()
        assert said.startswith("2 tries so far: ") and "Not tried" not in said
        assert low <= 2 < high

    def test_source_that_is_not_text_is_refused_with_its_line(self, agreed: Program) -> None:
        written(agreed, "")
        file_of(agreed).write_bytes(b"x = 1\ny = '\xe9'\n")
        found = json.loads(agreed(f"practice {ITEM} --check --json", expect=8).out)["data"]
        assert (found["status"], found["line"]) == ("error", 2)
        assert "is not UTF-8" in found["message"]

    def test_without_a_terminal_the_task_is_written_and_shown(self, agreed: Program) -> None:
        screen = agreed(f"practice {ITEM}").out
        assert "Write double(x)." in screen
        assert f"mlcoach practice {ITEM} --check" in screen
        untouched = agreed(f"practice {ITEM} --check", expect=8).out
        assert "this is the file as it was given" in untouched

    def test_what_was_given_is_no_attempt(self, agreed: Program) -> None:
        context = Context({"MLCOACH_HOME": str(agreed.home), "MLCOACH_NOW": agreed.now.isoformat()})
        exercise = load(context, ITEM)
        context.close()
        assert exercise.code is not None
        assert checked(agreed, exercise.code.starter)["status"] == "wrong"
        assert events(agreed, "attempted") == []

    def test_undo_takes_grade_and_attempt_back(self, agreed: Program) -> None:
        checked(agreed, RIGHT, expect=0)
        assert "good on own.code/double" in " ".join(agreed("undo").out.split())
        assert "a right attempt at own.code/double" in " ".join(agreed("undo").out.split())
        assert events(agreed, "attempted") == events(agreed, "item_graded") == []
        assert "attempts" not in agreed("doctor", expect=None).err

    def test_without_a_file_the_command_that_writes_one_is_said(self, agreed: Program) -> None:
        result = agreed(f"practice {ITEM} --check", expect=2)
        assert f"`{file_of(agreed)}` is not there" in result.err
        assert f"mlcoach practice {ITEM}" in result.err

    def test_items_without_tests_say_where_they_are_asked(self, agreed: Program) -> None:
        assert "mlcoach review --item own.code/talk" in agreed("practice own.code/talk --check", expect=2).err
        assert "no card or exercise" in agreed("practice nothing-like-it", expect=3).err


class TestConsent:
    def test_other_peoples_code_is_read_and_agreed_to_first(self, own: Program) -> None:
        written(own, RIGHT)
        refused = own(f"practice {ITEM} --check", expect=2)
        assert "did not come with mlcoach" in refused.err
        asked = own(f"practice {ITEM} --check", tty=80, stdin="n\n", expect=2)
        assert "assert double(3) == 6" in asked.err  # hidden ones too: this is what runs
        assert events(own, "code_allowed") == []
        own(f"practice {ITEM} --check", tty=80, stdin="y\n")
        own(f"practice {ITEM} --check")
        assert len(events(own, "code_allowed")) == 1

    def test_a_change_is_asked_about_again(self, agreed: Program) -> None:
        agreed.write("config/curriculum/own.toml", OWN.replace("double(3) == 6", '__import__("os").getpid() > 0'))
        written(agreed, RIGHT)
        asked = agreed(f"practice {ITEM} --check", tty=80, stdin="n\n", expect=2)
        assert "it changed since you agreed to it" in " ".join(asked.err.split())
        agreed.write("config/curriculum/own.toml", OWN)
        agreed(f"practice {ITEM} --check")

    def test_words_beside_the_code_may_change_freely(self, agreed: Program) -> None:
        agreed.write("config/curriculum/own.toml", OWN.replace("Write double(x).", "Write a function double."))
        written(agreed, RIGHT)
        agreed(f"practice {ITEM} --check")

    def test_a_word_from_another_machine_does_not_count(self, agreed: Program, tmp_path: Path) -> None:
        journal = tmp_path / "journal.jsonl"
        agreed(f"export journal -o {journal}")
        other = Program(tmp_path / "other")
        other.environment["PATH"] = os.environ["PATH"]
        other.write("config/curriculum/own.toml", OWN)
        other(f"import journal {journal}")
        written(other, RIGHT)
        assert "you have not agreed to it" in other(f"practice {ITEM} --check", expect=2).err

    def test_undo_takes_the_word_back(self, agreed: Program) -> None:
        assert "the code of own.code/double agreed to" in " ".join(agreed("undo").out.split())
        written(agreed, RIGHT)
        agreed(f"practice {ITEM} --check", expect=2)

    @pytest.mark.usefixtures("bundled_content")
    def test_what_came_with_the_program_runs_without_asking(self, mlcoach: Program) -> None:
        mlcoach.environment["PATH"] = os.environ["PATH"]
        folder = mlcoach.home / "work" / "prog.dsa.linear" / "five-with-stacks"
        folder.mkdir(parents=True)
        (folder / "stacks.py").write_text("def balanced(s):\n    return True\n")
        found = json.loads(mlcoach("practice five-with-stacks --check --json", expect=8).out)["data"]
        assert "your file does not define `postfix`" in found["tests"][1]["message"]

    @pytest.mark.usefixtures("bundled_content")
    def test_an_overlay_that_changes_what_runs_is_asked_about(self, mlcoach: Program) -> None:
        mlcoach.environment["PATH"] = os.environ["PATH"]
        overlay = 'schema = 1\nover = "prog.dsa"\n[change.linear.exercise.five-with-stacks]\n'
        mlcoach.write("config/curriculum/dsa.toml", overlay + "minutes = 90\n")
        assert "is not there" in mlcoach("practice five-with-stacks --check", expect=2).err
        code = OWN[OWN.index("  [unit.exercise.code]") : OWN.index('  [[unit.exercise]]\n  id = "talk"')]
        code = code.replace("unit.exercise.code", "change.linear.exercise.five-with-stacks.code")
        mlcoach.write("config/curriculum/dsa.toml", overlay + code)
        assert "did not come with mlcoach" in mlcoach("practice five-with-stacks --check", expect=2).err


class TestFolder:
    def session(self, program: Program) -> PracticeSession:
        context = Context({**os.environ, "MLCOACH_HOME": str(program.home), "MLCOACH_NOW": program.now.isoformat()})
        return PracticeSession(context, load(context, ITEM), time.monotonic)

    def test_a_file_that_is_there_is_never_overwritten(self, own: Program) -> None:
        written(own, "# mine\n")
        session = self.session(own)
        assert not session.written
        session.close()
        assert file_of(own).read_text() == "# mine\n"

    def test_a_reset_keeps_every_old_file(self, own: Program) -> None:
        session = self.session(own)
        for number in range(3):
            file_of(own).write_text(f"# {number}\n")
            session.press("r")
        session.close()
        kept = sorted(file_of(own).parent.iterdir())
        assert [path.name for path in kept] == ["answer.py", "answer.py.1", "answer.py.2", "answer.py.3"]
        assert [path.read_text() for path in kept[1:]] == ["# 0\n", "# 1\n", "# 2\n"]
        assert kept[0].read_text().startswith("def double")

    def test_the_setting_chooses_the_folder(self, own: Program, tmp_path: Path) -> None:
        own(f"config set work {tmp_path / 'elsewhere'}")
        session = self.session(own)
        session.close()
        assert session.file == tmp_path / "elsewhere" / "own.code" / "double" / "answer.py"
        assert session.file.exists()

    def test_a_folder_that_cannot_be_is_an_error_with_a_way_out(self, agreed: Program) -> None:
        (agreed.home / "work").write_text("a file in the way")
        result = agreed(f"practice {ITEM} --check", expect=2)
        assert "cannot be read" in result.err or "is not there" in result.err
        with pytest.raises(Exception, match="cannot write") as caught:
            self.session(agreed)
        assert "mlcoach config set work FOLDER" in caught.value.hint  # type: ignore[attr-defined]

    def test_a_missing_module_is_said_before_anything_is_written(self, agreed: Program) -> None:
        text = OWN.replace('file = "answer.py"', 'file = "answer.py"\n  needs = ["not_here_at_all"]')
        agreed.write("config/curriculum/own.toml", text)
        result = agreed(f"practice {ITEM} --check", tty=80, stdin="y\n", expect=6)
        assert "has no `not_here_at_all`" in result.err
        assert "-m venv" in result.err
        assert not (agreed.home / "work").exists()


class TestSession:
    def test_keys_open_hints_tests_and_the_solution(self, own: Program) -> None:
        session = TestFolder().session(own)
        session.press("h")
        session.press("h")
        assert session.watch_view().hints == ("Add it to itself.",)
        assert session.watch_view().note == "that was the last hint"
        session.press("t")
        assert session.watch_view().tests == (("two", "assert double(2) == 4\n"),)
        session.press("v")
        assert session.watch_view().solution == ""
        session.press("v")
        assert "return x + x" in session.watch_view().solution
        graded = session.close()
        assert graded is not None
        assert graded.rating == "again"  # given up: it comes back soon

    def test_after_three_failed_runs_the_solution_is_not_asked_for_twice(self, own: Program) -> None:
        session = TestFolder().session(own)
        for number in range(3):
            session.file.write_text(f"def double(x):\n    return {number}\n")
            session.run()
        session.press("v")
        assert session.watch_view().solution
        session.close()

    def test_the_grade_is_changed_with_one_key(self, own: Program) -> None:
        session = TestFolder().session(own)
        session.press("3")
        assert session.watch_view().note == "a grade follows from a run that is right, or from the solution"
        session.press("h")
        session.file.write_text(RIGHT)
        session.run()
        assert session.view().proposed_rating == "hard"
        session.press("3")
        graded = session.close()
        assert graded is not None
        assert graded.rating == "good"

    def test_a_save_by_renaming_is_noticed_and_a_file_that_is_gone_waited_for(self, own: Program) -> None:
        session = TestFolder().session(own)
        assert not session.was_saved()
        session.file.rename(session.file.with_suffix(".old"))
        assert not session.was_saved()
        session.file.write_text(RIGHT)
        assert session.was_saved()
        assert session.run().verdict == "right"
        session.close()

    def test_forty_columns_hold_every_line(self, own: Program) -> None:
        session = TestFolder().session(own)
        session.file.write_text("def double(x):\n    print('y' * 300)\n    return [x] * 50\n")
        session.run()
        for key in "ht":
            session.press(key)
        view = session.watch_view()
        session.close()
        lines = [line for section in sections(view, 40) if section.name != "file" for line in section.lines]
        assert max(sum(cells(text) for text, _ in line) for line in lines) <= 40


class TestList:
    def test_what_checks_itself_is_listed_with_its_state(self, agreed: Program) -> None:
        def state() -> tuple[str, str]:
            (entry,) = json.loads(agreed("practice own --list --json").out)["data"]["items"]
            return entry["item"], entry["state"]

        assert state() == (ITEM, "new")
        checked(agreed, "double = 3\n")
        assert state() == (ITEM, "tried")
        checked(agreed, RIGHT, expect=0)
        assert state() == (ITEM, "solved")
        agreed.later(days=30)
        assert state() == (ITEM, "due")
        assert "due  double  Twice as much" in agreed("practice own --list").out

    def test_without_a_name_only_what_was_begun_is_offered(self, agreed: Program) -> None:
        written(agreed, RIGHT)
        error = agreed("practice --check", expect=3).err
        assert "no unit that you have begun has exercises that check themselves" in error
        assert "`mlcoach practice --list` shows what checks itself" in error
        agreed("log 30m own.code")
        assert json.loads(agreed("practice --check --json").out)["data"]["item"] == ITEM
        assert "All units\nown.code" in agreed("practice --list").out

    def test_the_list_begins_with_what_to_type_and_keeps_to_the_units_that_are_open(self, agreed: Program) -> None:
        other = OWN[OWN.index("[[unit]]") :].replace('"code"\ntitle', '"other"\ntitle').replace('"double"', '"triple"')
        agreed.write("config/curriculum/own.toml", f"{OWN}\n{other}")
        agreed("log 30m own.code")
        screen = agreed("practice --list").out
        assert screen.startswith(f"Begin with\n  Twice as much, 20m\n  mlcoach practice {ITEM}\n")
        assert "own.code  0 of 1 solved" in screen
        assert "own.other" not in screen
        assert "mlcoach practice --list --all lists one more unit." in screen
        assert "own.other  0 of 1 solved" in agreed("practice --list --all").out
        data = json.loads(agreed("practice --list --json").out)["data"]
        assert data["begin"]["item"] == ITEM
        assert data["open"] == ["own.code"]
        assert [counts["name"] for counts in data["units"]] == ["own.code", "own.other"], "--json is always whole"

    def test_the_name_of_a_unit_is_whole_on_a_narrow_screen(self, agreed: Program) -> None:
        long = "a-name-of-twenty-letters"
        agreed.write("config/curriculum/own.toml", OWN.replace('id = "code"', f'id = "{long}"'))
        shown = agreed("practice --list", tty=40).out
        assert f"own.{long}  0 of 1\n" in shown
        assert max(map(len, shown.splitlines())) <= 40

    def test_what_the_list_begins_with_is_what_practice_opens(self, agreed: Program) -> None:
        for line in ("log 30m own.code", "done own.code --no-questions"):
            agreed(line)
            begin = json.loads(agreed("practice --list --json").out)["data"]["begin"]
            assert f"mlcoach practice {begin['item']} --check" in agreed("practice").out

    def test_what_the_plan_names_for_practice_comes_before_what_is_new_in_a_unit_passed(self, agreed: Program) -> None:
        one, other = (
            OWN,
            OWN[OWN.index("[[unit]]") :].replace('"code"\ntitle', '"a"\ntitle').replace('"double"', '"aa"'),
        )
        drill = other.replace('kind = "code"\n  minutes = 20', 'kind = "code"\n  drill = true\n  minutes = 5')
        agreed.write("config/curriculum/own.toml", f"{one}\n{drill}")
        for line in ("log 30m", "done own.a --no-questions", "done own.code --no-questions"):
            agreed(line)
        tomorrow = agreed.later(days=1)
        blocks = json.loads(tomorrow("today --json").out)["data"]["blocks"]
        (named,) = [block["items"][0] for block in blocks if block["kind"] == "practice"]
        begin = json.loads(tomorrow("practice --list --json").out)["data"]["begin"]
        assert begin["item"] == named
        assert named == "own.a/talk"
        assert f"mlcoach grade {named} " in tomorrow("practice").err

    def test_an_exercise_without_tests_is_asked_as_a_review_does(self, agreed: Program) -> None:
        assert "`mlcoach grade own.code/talk good`, or again, hard or easy" in agreed("practice own.code/talk").err
        (asked,) = json.loads(agreed("practice own.code/talk --json").out)["data"]["new"]
        assert asked["item"] == "own.code/talk"
        assert "without tests" in agreed("practice own.code/talk --check", expect=2).err

    def test_the_unit_of_today_s_plan_comes_before_one_that_was_only_opened_again(self, agreed: Program) -> None:
        other = OWN[OWN.index("[[unit]]") :].replace('"code"\ntitle', '"other"\ntitle').replace('"double"', '"triple"')
        agreed.write("config/curriculum/own.toml", f"{OWN}\n{other}")
        agreed("log 30m own.code")
        agreed.later(days=1)("log 5m own.code")
        agreed("reopen own.other")
        opened = agreed("practice").out
        assert "double" in opened and "triple" not in opened

    def test_a_unit_means_its_next_exercise(self, agreed: Program) -> None:
        assert json.loads(agreed("practice own.code --check --json", expect=2).out)["kind"] == "error"
        written(agreed, RIGHT)
        assert json.loads(agreed("practice own.code --check --json").out)["data"]["item"] == ITEM

    def test_the_name_of_an_item_wins_over_words_that_a_unit_is_found_by(self, own: Program) -> None:
        own.write("config/curriculum/own.toml", OWN.replace("Own code", "A double of code"))
        assert json.loads(own("practice double --json", expect=2).out)["data"]["message"].startswith(f"`{ITEM}` runs")

    def test_an_empty_list_says_so(self, mlcoach: Program) -> None:
        assert "Nothing checks itself" in mlcoach("practice math.la --list").out


@contextmanager
def terminal(program: Program, line: str, width: int = 80) -> Iterator[Any]:
    pexpect = pytest.importorskip("pexpect")
    environment = {
        **os.environ, "MLCOACH_HOME": str(program.home), "MLCOACH_NOW": program.now.isoformat(), "TERM": "xterm",
        "COLUMNS": str(width), "LINES": "40", "NO_COLOR": "1",
    }  # fmt: skip
    child = pexpect.spawn(
        PROGRAM[0], [*PROGRAM[1:], *line.split()], env=environment, encoding="utf-8", timeout=30, dimensions=(40, width)
    )
    try:
        yield child
    finally:
        child.close(force=True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
class TestTerminal:
    def test_a_save_runs_the_tests_and_leaving_writes_the_grade(self, agreed: Program) -> None:
        pexpect = pytest.importorskip("pexpect")
        with terminal(agreed, f"practice {ITEM}") as child:
            child.expect("q leave")
            file_of(agreed).write_text("def double(x):\n    return x * x\n")
            child.expect("Twice is not squared")
            file_of(agreed).write_text(RIGHT)
            child.expect("graded hard when you leave it")
            child.send("q")
            child.expect("Graded hard")
            child.expect(pexpect.EOF)
        assert [attempt["verdict"] for attempt in events(agreed, "attempted")] == ["wrong", "right"]
        assert [graded["rating"] for graded in events(agreed, "item_graded")] == [2]

    def test_ctrl_c_leaves_with_130_and_keeps_what_was_tried(self, agreed: Program) -> None:
        pexpect = pytest.importorskip("pexpect")
        with terminal(agreed, f"practice {ITEM}") as child:
            child.expect("q leave")
            file_of(agreed).write_text("def double(x):\n    while True: pass\n")
            child.expect("running the tests")
            child.send("\x03")
            child.expect(pexpect.EOF)
            child.wait()
            assert child.exitstatus == 130
        assert [attempt["verdict"] for attempt in events(agreed, "attempted")] == ["timeout"]


def test_doctor_names_the_python_and_what_is_guarded(own: Program) -> None:
    checks = json.loads(own("doctor --json", expect=None).out)["data"]["checks"]
    (found,) = [check for check in checks if check["name"] == "practice"]
    assert found["ok"]
    assert found["detail"].startswith("Python 3.")
    own("config set python /nowhere/python")
    checks = json.loads(own("doctor --json", expect=None).out)["data"]["checks"]
    (found,) = [check for check in checks if check["name"] == "practice"]
    assert "the setting `python` is `/nowhere/python`" in found["detail"]


def test_other_screens_know_of_attempts(agreed: Program) -> None:
    checked(agreed, "def double(x):\n    return x * x\n")
    checked(agreed, RIGHT, expect=0)
    shown = agreed(f"cards show {ITEM}").out
    assert "✗ wrong, three  (squares)" in shown
    assert f"mlcoach practice {ITEM}" in shown
    assert "Twice as much · checks itself" in agreed("curriculum show own.code").out
    agreed("log 30m own.code")
    assert "1 solved of 1 tried" in agreed("stats").out


@pytest.mark.usefixtures("bundled_content")
def test_today_and_start_name_the_command_of_a_step_that_checks_itself(mlcoach: Program) -> None:
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    item = "prog.dsa.linear/five-with-hashing"
    before = [step.id for step in context.catalog.steps("prog.dsa.linear")]
    context.close()
    for step in before[: before.index(item)]:
        mlcoach(f"skip {step}")
    assert f"mlcoach practice {item}" in mlcoach("start prog.dsa.linear").out


def test_one_typed_word_is_answered_once(agreed: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    from mlcoach.domain.keys import WORDS

    read = iter([*[WORDS] * 5, "ctrl-c"])
    monkeypatch.setattr("mlcoach.cli.keys.Keys.read", lambda self: next(read))
    shown = agreed("practice own.code/double --plain", tty=80, expect=None)
    assert shown.out.count("letters are keys here") == 1, shown.screen
