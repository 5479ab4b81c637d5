"""Settings: read fast, refused with the place of the mistake, changed without losing a comment."""

import json
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters import settings, settings_text
from mlcoach.adapters.settings import (
    NAMES,
    SETTINGS,
    WEEKDAYS,
    Settings,
    load,
    parse,
    setting,
)
from mlcoach.adapters.settings_text import as_toml, changed_text, read_value, starting_text
from mlcoach.errors import ExitCode, InvalidFileError, UsageError

FILE = Path("config.toml")
COMMENTED = """\
# mine, since March
goal = 90  # after work

[weekday]
# long mornings
sat = 180
"""

values = st.one_of(
    st.tuples(st.sampled_from(["goal", *(f"weekday.{day}" for day in WEEKDAYS)]), st.integers(0, 1440)),
    st.tuples(st.sampled_from(["path", "cue", "editor"]), st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)),
    st.tuples(st.just("retention"), st.floats(0.70, 0.99)),
    st.tuples(st.just("paper_days"), st.lists(st.sampled_from(WEEKDAYS), unique=True)),
    st.tuples(st.just("streak"), st.booleans()),
)  # fmt: skip


# Values ---------------------------------------------------------------------------------------------------------


def test_every_default_is_good_and_every_key_is_explained():
    for known in SETTINGS:
        assert known.default is None or known.check(known.default) == ""
        assert known.unit
        assert known.meaning
    assert len(set(NAMES)) == len(NAMES)


def test_a_weekday_without_a_goal_of_its_own_has_the_goal():
    chosen = Settings({"goal": 90, "weekday.sat": 180, "weekday.sun": 0, "floor": 100})
    assert [chosen.goal_on(weekday) for weekday in range(7)] == [90, 90, 90, 90, 90, 180, 0]
    # The floor is never above the goal of a day, and a day off has one all the same.
    assert [chosen.floor_on(weekday) for weekday in (0, 5, 6)] == [90, 100, 100]


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("goal", ["90"], 90),
        ("goal", ["1h30m"], 90),
        ("goal", ["0"], 0),
        ("weekday.sat", ["3h"], 180),
        ("retention", ["0.85"], 0.85),
        ("paper_days", ["tue", "thu"], ["tue", "thu"]),
        ("paper_days", ["Tuesday,", "thu"], ["tue", "thu"]),
        ("paper_days", ["none"], []),
        ("streak", ["off"], False),
        ("streak", ["Yes"], True),
        ("memory.adaptive", ["off"], False),
        ("cue", ["after", "dinner"], "after dinner"),
        ("slot", ["7:30"], "7:30"),
        ("zone", ["Europe/Kyiv"], "Europe/Kyiv"),
    ],
)
def test_values_are_read_as_people_write_them(name, words, value):
    assert read_value(name, words) == value


@pytest.mark.parametrize(
    ("name", "words", "complaint"),
    [
        ("goal", ["-5"], "whole number from 0 to 1440"),
        ("goal", ["25h"], "whole number from 0 to 1440"),
        ("goal", ["much"], "whole number"),
        ("goal", ["9" * 5000], "whole number"),
        ("goal", ["true"], "whole number"),
        ("rollover", ["1h"], "from 0 to 23"),
        ("retention", ["0.5"], "from 0.70 to 0.99"),
        ("retention", ["nan"], "from 0.70 to 0.99"),
        ("slot", ["24:00"], "time of day"),
        ("slot", ["8"], "time of day"),
        ("zone", ["Mars/Olympus"], "not a time zone known here"),
        ("zone", ["../../etc/passwd"], "not a time zone known here"),
        ("paper_days", ["funday"], "list of weekdays"),
        ("streak", ["maybe"], "true or false"),
        ("cue", ["\x1b[31mred"], "short text"),
        ("cue", ["long " * 50], "short text"),
    ],
)
def test_bad_values_are_refused_with_what_would_be_good(name, words, complaint):
    with pytest.raises(UsageError, match=complaint) as caught:
        read_value(name, words)
    assert setting(name).meaning in caught.value.hint


def test_an_unknown_key_gets_the_nearest():
    with pytest.raises(UsageError, match="no setting `gaol`") as caught:
        setting("gaol")
    assert caught.value.hint == "did you mean `goal`?"
    with pytest.raises(UsageError) as caught:
        setting("qqqqqq")
    assert "config show --all" in caught.value.hint


# Files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("goal = 90\ngaol = 3\n", "unknown setting `gaol`", (2, 1, 4)),
        ("[weekday]\nmon = 60\nfoo = 4\n", "unknown setting `weekday.foo`", (3, 1, 3)),
        ("[memory]\nadaptiv = true\n", "unknown setting `memory.adaptiv`", (2, 1, 7)),
        ("memory.adaptive = 1\n", "`memory.adaptive` must be true or false", (1, 8, 8)),
        ("memory = true\n", "unknown setting `memory`", (1, 1, 6)),
        ("weekday = {mon = 60, foo = 4}\n", "unknown setting `weekday.foo`", (1, 22, 3)),
        ("weekday.mon = 'x'\n", "`weekday.mon` must be a whole number", (1, 9, 3)),
        ("'weekday.mon' = 60\n", "unknown setting `weekday.mon`", (1, 2, 11)),
        ("weekday = 5\n", "unknown setting `weekday`", (1, 1, 7)),
        ("# x\n  goal = true\n", "`goal` must be a whole number", (2, 3, 4)),
        ("goal = 90\n[extra]\nx = 1\n", "unknown setting `extra`", (2, 2, 5)),
        ("goal = \n", "is not valid TOML", (1, 8, 1)),
        ("goal = 90\nslot = '20:00", "is not valid TOML", (2, 14, 1)),
        ("goal = 1\ngoal = 2\n", "is not valid TOML", (2, 9, 1)),
        ("retention = inf\n", "`retention` must be a number", (1, 1, 9)),
        ("zone = '" + "a/" * 500 + "a'\n", "`zone` is not a time zone known here", (1, 1, 4)),
        ("path = 2026-11-23\n", "`path` must be a short text", (1, 1, 4)),
        ("x = " + "[" * 5000, "is not valid TOML", (1, None, 1)),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(text, message, place):
    with pytest.raises(InvalidFileError, match=message) as caught:
        parse(text.encode(), FILE)
    found = caught.value.place
    assert found is not None
    assert caught.value.exit_code == ExitCode.INVALID_FILE == 4
    line, column, length = place
    assert (found.line, column and found.column, found.length) == (line, column, length)
    assert found.source_line == text.split("\n")[line - 1]


def test_what_is_no_text_is_refused():
    with pytest.raises(InvalidFileError, match="not UTF-8"):
        parse(b"goal = 90 # \xff\xfe", FILE)
    assert parse(b"\xef\xbb\xbfgoal = 90\n", FILE) == {"goal": 90}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("goal = " + "9" * 5_000, "a number with too many digits"),
        ("x." * 18_000 + "y = 1", "a line with too many dots"),
    ],
)
def test_what_python_cannot_read_in_good_time_is_refused(text, said):
    with pytest.raises(InvalidFileError, match=said):
        parse(text.encode(), FILE)


def test_a_large_file_is_refused_unread(tmp_path):
    file = tmp_path / "config.toml"
    file.write_bytes(b"#" * 2_000_001)
    with pytest.raises(InvalidFileError, match="larger than 2 MB"):
        load(file, tmp_path / "cache")


class TestCompiledCopy:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        file = tmp_path / "config.toml"
        file.write_text("goal = 90\n")
        return file

    def test_it_spares_reading_the_file(self, file, tmp_path, monkeypatch):
        assert load(file, tmp_path / "cache").get("goal") == 90
        monkeypatch.setattr(settings, "parse", lambda *_: pytest.fail("read again"))
        assert load(file, tmp_path / "cache").chosen == {"goal": 90}

    def test_it_is_dropped_when_the_file_changes(self, file, tmp_path):
        load(file, tmp_path / "cache")
        stat = file.stat()
        other = tmp_path / "other.toml"
        other.write_text("goal = 45\n")
        # The same size and time, but another file in its place.
        os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        other.replace(file)
        assert load(file, tmp_path / "cache").get("goal") == 45
        file.unlink()
        assert load(file, tmp_path / "cache").get("goal") == 120

    @pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"stamp": 1}', '{"stamp": []}'])
    def test_a_damaged_one_is_made_again(self, file, tmp_path, content):
        compiled = tmp_path / "cache" / "settings.json"
        compiled.parent.mkdir()
        compiled.write_text(content)
        assert load(file, tmp_path / "cache").get("goal") == 90
        assert json.loads(compiled.read_text())["values"] == {"goal": 90}
        assert [entry.name for entry in compiled.parent.iterdir()] == ["settings.json"]

    def test_one_that_cannot_be_written_is_done_without(self, file, tmp_path):
        (tmp_path / "cache").write_text("a file where the folder should be")
        assert load(file, tmp_path / "cache").get("goal") == 90

    def test_no_file_needs_none(self, tmp_path):
        assert load(tmp_path / "none.toml", tmp_path / "cache").chosen == {}
        assert not (tmp_path / "cache").exists()


# Changing -------------------------------------------------------------------------------------------------------


def test_comments_and_order_survive_a_change():
    text = changed_text(COMMENTED, FILE, "goal", 60)
    text = changed_text(text, FILE, "slot", "19:00")
    text = changed_text(text, FILE, "weekday.sun", 0)
    text = changed_text(text, FILE, "weekday.sat", None)
    assert text == (
        "# mine, since March\ngoal = 60  # after work\nslot = \"19:00\"\n\n[weekday]\n# long mornings\nsun = 0\n"
    )  # fmt: skip
    # The last key goes, the comment and therefore its table stay.
    assert "# long mornings" in changed_text(text, FILE, "weekday.sun", None)


def test_line_ends_stay_what_they_are():
    changed = changed_text(COMMENTED.replace("\n", "\r\n"), FILE, "slot", "19:00")
    assert changed.count("\r\n") == changed.count("\n")


def test_a_broken_file_is_not_changed():
    with pytest.raises(InvalidFileError):
        changed_text("goal = \n", FILE, "goal", 60)
    with pytest.raises(InvalidFileError):
        changed_text("", FILE, "goal", 9999)


@given(
    st.lists(values, max_size=8),
    st.sampled_from(["", COMMENTED, starting_text(), "weekday = {mon = 3}\n", "weekday.mon = 3"]),
)
def test_changes_add_up_to_what_was_set_and_unsetting_takes_them_away(changes, text):
    wanted = parse(text.encode(), FILE)
    comments = [line for line in text.split("\n") if line.startswith("#")]
    for name, value in changes:
        text = changed_text(text, FILE, name, value)
        wanted[name] = value
        assert parse(text.encode(), FILE) == wanted
    for name in list(wanted):
        text = changed_text(text, FILE, name, None)
        del wanted[name]
        assert parse(text.encode(), FILE) == wanted
    assert [line for line in text.split("\n") if line.startswith("#")] == comments


def test_the_starting_text_sets_nothing_and_every_line_of_it_can_be_taken_in_force():
    text = starting_text()
    assert parse(text.encode(), FILE) == {}
    switched_on = "\n".join(
        line.removeprefix("# ") for line in text.split("\n") if " = " in line and not line.startswith("# The")
    )
    found = parse(switched_on.encode(), FILE)
    assert set(found) == set(NAMES)
    assert all(found[known.name] == known.default for known in SETTINGS if known.default is not None)


@given(values)
def test_values_are_written_as_toml(pair):
    name, value = pair
    assert tomllib.loads(f"{name} = {as_toml(value)}") == tomllib.loads(changed_text("", FILE, name, value))


def test_a_key_written_below_the_weekdays_is_reported_where_it_belongs() -> None:
    with pytest.raises(InvalidFileError) as caught:
        settings.parse(b"[weekday]\nsun = 0\nretention = 0.9\n", Path("config.toml"))
    assert "did you mean `retention`? It is written above `[weekday]`" in caught.value.hint
    assert caught.value.place is not None
    assert caught.value.place.line == 3


@pytest.mark.parametrize(
    "line",
    [
        'quiet = "22:30"', 'quiet = "25:00..07:00"', 'quiet = "22:30..7"', "quiet = 7", 'reminders = ["all", "some"]',
        'reminders = "slot"', 'remind_late = "late"', 'look_back = "someday"', "look_back = 6", 'share = ["secrets"]',
        'repositories = "/x"', "repositories = [1]", 'repositories = ["a\\u0000b"]',
    ],
)  # fmt: skip
def test_values_that_the_habit_refuses(tmp_path: Path, line: str) -> None:
    with pytest.raises(InvalidFileError) as caught:
        settings.parse(f"{line}\n".encode(), tmp_path / "config.toml")
    assert caught.value.place is not None
    assert caught.value.place.line == 1


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("quiet", ["23:00..6:30"], "23:00..6:30"), ("quiet", [""], ""), ("reminders", ["none"], []),
        ("reminders", ["slot,streak"], ["slot", "streak"]), ("look_back", ["fri"], "fri"), ("share", ["all"], ["all"]),
        ("repositories", ["/Some/Where", "/else"], ["/Some/Where", "/else"]), ("repositories", ["none"], []),
    ],
)  # fmt: skip
def test_values_that_the_habit_takes(name: str, words: list[str], value: object) -> None:
    assert settings_text.read_value(name, words) == value


def test_the_settings_of_memory_are_a_table_of_their_own() -> None:
    text = changed_text("goal = 90\n", FILE, "memory.adaptive", False)
    assert text == "goal = 90\n\n[memory]\nadaptive = false\n"
    assert not Settings(settings.parse(text.encode(), FILE)).get("memory.adaptive")
    assert "[memory]" not in changed_text(text, FILE, "memory.adaptive", None)
    with pytest.raises(InvalidFileError, match=r"unknown setting `memory\.retention`") as caught:
        settings.parse(b"[memory]\nadaptive = true\nretention = 0.9\n", FILE)
    assert "above `[memory]`" in caught.value.hint
