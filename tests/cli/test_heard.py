"""The program as a screen reader gets it: words alone, and each line understood by itself."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlcoach.cli.app import App
from mlcoach.domain.keys import WORDS
from mlcoach.render.json import document
from mlcoach.render.screen import Lines
from tests.cli.json_life import Life, live
from tests.conftest import Program, Result

DRAWN = re.compile(r"[█▓░▁▂▃▄▅▆▇─│├└⋯↪●○★✓✗▸→↓↑•◆▏]|(?<!\S)[·–~](?!\S)")


@pytest.fixture
def heard(mlcoach: Program) -> Program:
    mlcoach.write("config/config.toml", "plain = true\n")
    return mlcoach


class TestMap:
    def test_a_unit_says_its_state_and_what_it_needs_in_sentences(self, heard: Program) -> None:
        heard.environment["COLUMNS"] = "500"
        lines = heard("curriculum map math.la.eigen --all").out.splitlines()
        assert not DRAWN.search("\n".join(lines))
        assert all(line == line.strip() for line in lines)
        first = next(line for line in lines if line.startswith("Eigenvalues"))
        assert first.endswith("; math.la.eigen; 12 hours; locked")
        needs = [line for line in lines if line.startswith("needs: ")]
        assert needs
        assert all(re.search(r"; (locked|ready)(; because .*)?$", line) for line in needs)
        # Each unit on the way is told once as one that needs others.
        told = [
            line for line in lines if re.fullmatch(r".*; (math|prog|start)\S+; [\d.]+ hours?; (locked|ready)", line)
        ]
        assert len(told) == len(set(told))

    def test_the_other_maps_are_sentences_too(self, heard: Program) -> None:
        heard("done start.learn --no-questions")
        for line in ("curriculum map start.learn", "curriculum map math.la", "curriculum map --all", "curriculum map"):
            shown = heard(line).out
            assert not DRAWN.search(shown), line
            assert "skipped" not in shown, "a legend of marks that are not there"
        assert "; passed" in heard("curriculum map start.learn").out
        heard("log 30m start.why")
        assert re.search(r"\nstart.why; Goal, role and reasons; \dh; learning\n", heard("curriculum map").out)
        assert re.search(r"\nneeds: .*; ready", heard("curriculum map math.la").out)


class TestReview:
    def test_again_says_that_it_comes_back_at_once(self, heard: Program) -> None:
        heard("done math.la.vectors/before --minutes 30")
        heard("done --minutes 120")  # the first reading: no card comes before it
        shown = heard("review --limit 1", tty=80, stdin=" 1q").out
        assert re.search(r"\n1 again: now, and tomorrow; 2 hard: ", shown)
        assert "\nagain: now, and tomorrow\n" in shown
        assert "u undo; e edit; b tomorrow" in shown

    def test_where_all_four_name_one_day_it_says_how_they_differ(self) -> None:
        from mlcoach.render.review.review import SAME_DAY, sections
        from mlcoach.views.review import CurrentItemView

        view = CurrentItemView(
            1, 1, 2, "a.b/c", "card", "question", "a.b", "B", False, False, False, "answer", "", "Why?", "So.", "", "",
            (), 0, "", "", "", 0, (1, 1, 1, 1), 0, False, 0, "",
        )  # fmt: skip
        shown = [" ".join("".join(text for text, _ in line) for line in part.lines) for part in sections(view, 80)]
        assert any(SAME_DAY in part and "1 again: now, and tomorrow" in part for part in shown)
        assert not any(SAME_DAY in part for part in map(str, sections(view._replace(intervals=(1, 1, 2, 3)), 80)))


# Screens in an empty home and after a first evening, with what is drawn on them elsewhere.
SCREENS = (
    "today", "today --why", "status", "streak", "plan", "plan --units", "forecast", "stats", "week", "curriculum",
    "curriculum show start.why", "curriculum show core", "curriculum show math.la", "curriculum map",
    "curriculum map math.la.eigen", "curriculum map --all", "config show --all", "memory", "doctor", "log",
    "doctor --machine", "paper", "restore", "goal", "people", "job", "project", "practice --list",
)  # fmt: skip


@pytest.mark.slow
def test_the_screens_of_a_first_evening_are_words_alone(heard: Program) -> None:
    for _ in range(2):
        for line in SCREENS:
            shown = heard(line)
            assert not DRAWN.search(shown.out + shown.err), line
            # A gap is not heard.
            assert not re.search(r"\S {2,}\S", shown.out), line
            on_terminal = heard(line, tty=80, expect=None).out
            assert not re.search(r"\w…", on_terminal), f"{line}: a text is cut"
        heard("start start.why")
        heard.later(minutes=50)
        heard("stop")
        heard("done start.why/before")
        heard("done math.prob.basics --no-questions")
        heard("skip math.calc.derivatives")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the reminders are installed in a stand-in of Linux's crontab")
def test_all_screens_are_words_alone(heard: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that the program shows in some months, but what the texts of others hold themselves."""
    drawn: dict[str, str] = {}
    told: list[str] = []
    show, call = App.show, Program.__call__

    def shown(self: App, kind: str, view: Any, as_json: bool, lines: Callable[..., Lines]) -> None:
        if as_json or self.as_json:
            self.plain = True
            text = self.screen.rendered(lines(view, self.screen.width))
            found = set(DRAWN.findall(text)) - set(document(kind, view, ascii_only=False))
            drawn.update({f"{self.context.command_text} {mark}": text for mark in found})
            told.append(kind)
        show(self, kind, view, as_json, lines)

    def called(self: Program, line: str, **more: Any) -> Result:
        result = call(self, line, **more)
        drawn.update({f"{line} {mark}": result.err for mark in DRAWN.findall(result.err)})
        return result

    monkeypatch.setattr(App, "show", shown)
    monkeypatch.setattr(Program, "__call__", called)
    live(Life(heard, tmp_path))
    assert drawn == {}
    assert len(set(told)) > 100


class TestKeys:
    def test_a_key_is_answered_as_often_as_it_is_pressed(self, heard: Program) -> None:
        heard("paper add 1412.6980")
        shown = heard("paper read", tty=80, stdin="d\nd\n")
        assert shown.out.count("nothing was decided: the pass stays open") == 2
        # Each line of a question is broken for itself.
        assert "\nVerdict: go-on, stop or later (enter: not yet): " in shown.err
        assert not DRAWN.search(shown.out + shown.err)

    @pytest.mark.parametrize(
        ("command", "note"),
        [
            ("review", "to think or write is enough here"),
            ("paper read 1412.6980", "letters are keys here"),
        ],
    )
    def test_one_typed_word_is_answered_once(
        self, heard: Program, monkeypatch: pytest.MonkeyPatch, command: str, note: str
    ) -> None:
        heard("paper add 1412.6980")
        heard("done math.la.vectors/before --minutes 30")
        heard("done --minutes 120")
        read = iter([*[WORDS] * 5, "ctrl-c"])
        monkeypatch.setattr("mlcoach.cli.keys.Keys.read", lambda self: next(read))
        shown = heard(command, tty=80, expect=None)
        assert shown.out.count(note) == 1, shown.out

    def test_a_watched_timer_is_told_in_sentences(self, heard: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        pressed = iter(["ctrl-c"])
        monkeypatch.setattr("mlcoach.cli.watch.Keys.read", lambda self: next(pressed))
        shown = heard("start start.why --watch", tty=80).out
        assert "Stop it: mlcoach stop" not in shown, "this terminal is busy"
        said = (
            "0 minutes so far on Goal, role and reasons. Keys: d finishes the step and stops, Ctrl-C leaves it running."
        )
        assert said in " ".join(shown.split())
        assert not DRAWN.search(shown)
