"""`config`: every key explained, changed one by one, edited as a whole, and taken back."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters.settings import NAMES
from tests.conftest import Program


def data(result: Any) -> dict[str, Any]:
    return dict(json.loads(result.out)["data"])


def test_every_key_has_a_value_a_default_a_unit_and_a_meaning(mlcoach: Program):
    shown = data(mlcoach("config show --all --json"))["settings"]
    assert [one["name"] for one in shown] == list(NAMES)
    assert all(one["unit"] and one["meaning"] and not one["chosen"] for one in shown)
    assert {one["name"]: one["value"] for one in shown if "." not in one["name"]} == {
        one["name"]: one["default"] for one in shown if "." not in one["name"]
    }


def test_get_prints_the_bare_value_in_force(mlcoach: Program):
    for key, value in (("goal", "120"), ("weekday.sat", "120"), ("paper_days", "none"), ("streak", "true")):
        assert mlcoach(f"config get {key}").out == f"{value}\n"
    mlcoach("config set goal 90")
    assert mlcoach("config get weekday.sat").out == "90\n"


def test_a_change_counts_at_once_and_comments_stay(mlcoach: Program):
    mlcoach.write("config/config.toml", "# since March\ngoal = 90 # after work\n")
    assert mlcoach("config set goal 1h").out.startswith("goal is 60 now (was 90).")
    mlcoach("config set cue after dinner")
    assert mlcoach.config.read_text() == '# since March\ngoal = 60 # after work\ncue = "after dinner"\n'
    assert data(mlcoach("today --json"))["minutes"]["goal"] == 60
    assert mlcoach("config unset goal").out.startswith("goal is 120 now (was 60).")
    assert "# since March" in mlcoach.config.read_text()


def test_what_changes_nothing_writes_nothing(mlcoach: Program):
    mlcoach("config unset goal")
    assert not mlcoach.config.exists()
    mlcoach("config set goal 90")
    before = mlcoach.files()
    assert "`goal` is 90 already" in mlcoach("config set goal 90").out
    assert mlcoach.files() == before


def test_today_keeps_its_goal_and_plan_and_says_so(mlcoach: Program):
    assert data(mlcoach("config set goal 100 --json"))["note"] == ""
    mlcoach("log 10m")
    assert "Today keeps its goal of 100 minutes" in mlcoach("config set goal 60").out
    assert "Today keeps its plan" in mlcoach("config set path taste").out
    assert data(mlcoach("today --json"))["minutes"]["goal"] == 100
    assert data(mlcoach("config set slot 19:00 --json"))["note"] == ""


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("config get gaol", 2, "did you mean `goal`?"),
        ("config set gaol 3", 2, "did you mean `goal`?"),
        ("config unset gaol", 2, "did you mean `goal`?"),
        ("config set goal lots", 2, "must be a whole number from 0 to 1440, got `lots`"),
        ("config set goal", 2, "missing argument"),
        ("config set path cor", 3, "did you mean `core`?"),
        ("config frobnicate", 2, "frobnicate"),
        ("config edit", 2, "an editor needs a terminal"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(mlcoach: Program, line: str, code: int, said: str):
    result = mlcoach(line, expect=code)
    assert said in result.err
    assert mlcoach.files() == set()


def test_a_broken_file_is_named_with_its_place_and_not_written_over(mlcoach: Program):
    mlcoach.write("config/config.toml", "goal = 90\ngaol = 3\n")
    for line in ("config set goal 60", "config unset goal", "config show", "today", "log 5m"):
        error = mlcoach(line, expect=4).err
        assert f"{mlcoach.config}:2:1" in error
        assert "did you mean `goal`?" in error
    assert mlcoach.files() == {"config/config.toml"}


def test_path_prints_the_folders_and_creates_none(mlcoach: Program):
    places = {place["name"]: place for place in data(mlcoach("config path --json"))["places"]}
    assert {name: place["path"] for name, place in places.items() if name in ("config", "data", "cache", "state")} == {
        name: str(mlcoach.home / name) for name in ("config", "data", "cache", "state")
    }
    assert places["settings"]["path"] == str(mlcoach.config)
    assert [name for name, place in places.items() if place["exists"]] == ["cache"]
    assert mlcoach.files() == set()


# Editing --------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="the editor here is a shell script")
class TestEditing:
    @pytest.fixture
    def saves(self, mlcoach: Program, tmp_path: Path) -> Any:
        """Let the editor save these texts, one at each call; what it was called with is in `calls`."""

        def saving(*texts: str) -> Path:
            for number, text in enumerate(texts, start=1):
                (tmp_path / f"text{number}").write_text(text)
            editor = tmp_path / "vi"
            calls = tmp_path / "calls"
            editor.write_text(
                f'#!/bin/sh\necho "$@" >> {calls}\nn=$(wc -l < {calls} | tr -d " ")\nfor last; do :; done\n'
                f'cp "$last" {tmp_path}/seen$n\n[ -f {tmp_path}/text$n ] && cp {tmp_path}/text$n "$last"\nexit 0\n'
            )
            editor.chmod(0o755)
            mlcoach.environment = {"EDITOR": str(editor), "PATH": "/usr/bin:/bin"}
            return calls

        return saving

    def test_it_begins_with_every_key_explained_and_saves_what_was_chosen(
        self, mlcoach: Program, saves: Any, tmp_path: Path
    ):
        saves("goal = 60\n")
        assert mlcoach("config edit", tty=80).out.startswith(f"Saved {mlcoach.config}")
        begun_with = (tmp_path / "seen1").read_text()
        assert all(f"# {name} = " in begun_with for name in NAMES)
        assert mlcoach.config.read_text() == "goal = 60\n"
        mlcoach("undo")
        assert not mlcoach.config.exists()

    def test_leaving_it_untouched_writes_nothing(self, mlcoach: Program, saves: Any):
        saves()
        assert mlcoach("config edit", tty=80).out == "Nothing was changed.\n"
        assert mlcoach.files() == set()

    def test_a_mistake_is_shown_and_opened_again_at_its_line(self, mlcoach: Program, saves: Any, tmp_path: Path):
        calls = saves("# x\ngaol = 60\n", "# x\ngoal = 60\n")
        result = mlcoach("config edit", tty=80, stdin="\n")
        assert "unknown setting `gaol`" in result.err
        assert ":2:1" in result.err
        assert calls.read_text().split("\n")[1].startswith("+2 ")
        assert (tmp_path / "seen2").read_text() == "# x\ngaol = 60\n"
        assert mlcoach.config.read_text() == "# x\ngoal = 60\n"

    @pytest.mark.parametrize("answers", ["\nn\n", "\n"])  # the end of the answers is Ctrl-C
    def test_who_has_had_enough_keeps_the_old_settings_and_the_words(self, mlcoach: Program, saves: Any, answers: str):
        mlcoach.write("config/config.toml", "goal = 90\n")
        saves("gaol = 60\n")
        result = mlcoach("config edit", tty=80, stdin=answers, expect=4)
        assert "the settings were left as they were" in result.err
        assert mlcoach.config.read_text() == "goal = 90\n"
        assert (mlcoach.home / "state" / "unsaved-config.toml").read_text() == "gaol = 60\n"

    def test_a_path_that_is_none_is_a_mistake_too(self, mlcoach: Program, saves: Any):
        saves('path = "cor"\n')
        assert "no path `cor`" in mlcoach("config edit", tty=80, stdin="n\n", expect=4).err

    def test_it_repairs_a_broken_file_and_undo_brings_the_broken_one_back(self, mlcoach: Program, saves: Any):
        mlcoach.write("config/config.toml", "gaol = 60\n")
        saves("goal = 60\n")
        mlcoach("config edit", tty=80)
        assert mlcoach("config get goal").out == "60\n"
        mlcoach("undo")
        assert mlcoach.config.read_text() == "gaol = 60\n"

    def test_without_an_editor_it_says_how_to_choose_one(self, mlcoach: Program, tmp_path: Path):
        mlcoach.environment = {"PATH": str(tmp_path)}
        assert "mlcoach config set editor" in mlcoach("config edit", tty=80, expect=2).err
