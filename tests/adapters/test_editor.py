"""Which editor is started, and what becomes of a text edited in it. Editors here are small shell scripts."""

import sys
from pathlib import Path

import pytest

from mlcoach.adapters.editor import edit_file, edit_text, editor_command, way_out
from mlcoach.errors import UsageError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editors here are shell scripts")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder to be the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def program(folder: Path, name: str, script: str = "exit 0") -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


class TestWhichEditor:
    def test_the_setting_comes_first_then_visual_then_editor(self, programs: Path) -> None:
        for name in ("mine", "visual", "plain", "nano", "vi"):
            program(programs, name)
        environment = {"PATH": str(programs), "VISUAL": "visual --wait", "EDITOR": "plain"}
        assert editor_command("mine -n", environment, terminal=True) == ["mine", "-n"]
        assert editor_command("", environment, terminal=True) == ["visual", "--wait"]
        assert editor_command("", environment | {"VISUAL": " "}, terminal=True) == ["plain"]

    def test_without_any_it_is_what_is_installed(self, programs: Path) -> None:
        program(programs, "vi")
        assert editor_command("", {"PATH": str(programs)}, terminal=True) == ["vi"]
        program(programs, "nano")
        assert editor_command("", {"PATH": str(programs)}, terminal=True) == ["nano"]

    def test_quoted_words_stay_together(self, programs: Path) -> None:
        editor = program(programs, "my editor")
        environment = {"PATH": str(programs), "EDITOR": f"'{editor}' --title 'a note'"}
        assert editor_command("", environment, terminal=True) == [str(editor), "--title", "a note"]

    @pytest.mark.parametrize(
        ("chosen", "environment", "message"),
        [
            ("", {}, "no editor was found"),
            ("nanoo", {}, "the setting `editor` names `nanoo`, which is not installed"),
            ("", {"VISUAL": "gone"}, "$VISUAL names `gone`, which is not installed"),
            ("", {"EDITOR": "vi 'open"}, "$EDITOR cannot be read: No closing quotation"),
            ("", {"EDITOR": "''"}, "$EDITOR names no command"),
        ],
    )
    def test_an_editor_that_cannot_be_says_how_to_choose_one(
        self, programs: Path, chosen: str, environment: dict[str, str], message: str
    ) -> None:
        with pytest.raises(UsageError) as caught:
            editor_command(chosen, {"PATH": str(programs), **environment}, terminal=True)
        assert caught.value.message == message
        assert "mlcoach config set editor" in caught.value.hint

    def test_no_terminal_no_editor(self, programs: Path) -> None:
        program(programs, "vi")
        with pytest.raises(UsageError, match="needs a terminal"):
            editor_command("vi", {"PATH": str(programs)}, terminal=False)


class TestEditing:
    def test_the_file_is_what_the_editor_left(self, programs: Path, tmp_path: Path) -> None:
        editor = program(programs, "append", 'echo "$1" >> "$2"')
        file = tmp_path / "a file.toml"
        file.write_text("before\n", encoding="utf-8")
        edit_file([str(editor), "after"], file)
        assert file.read_text(encoding="utf-8") == "before\nafter\n"

    @pytest.mark.parametrize(
        ("script", "message"), [("exit 3", "ended with exit code 3"), ("kill -9 $$", "was ended by signal 9")]
    )
    def test_an_editor_that_fails_is_an_error(self, programs: Path, tmp_path: Path, script: str, message: str) -> None:
        with pytest.raises(UsageError, match=message):
            edit_file([str(program(programs, "broken", script))], tmp_path / "file")

    def test_an_editor_that_does_not_start_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="did not start: No such file"):
            edit_file([str(tmp_path / "gone")], tmp_path / "file")

    def test_a_text_comes_back_with_plain_line_ends(self, programs: Path, tmp_path: Path) -> None:
        editor = program(programs, "dos", f'printf "one\\r\\ntwo" >> "$1"; echo "$1" > {tmp_path}/where')
        assert edit_text([str(editor)], "zero\n", lambda text: text.splitlines()) == ["zero", "one", "two"]
        where = Path((tmp_path / "where").read_text(encoding="utf-8").strip())
        assert where.suffix == ".md"
        assert not where.exists()

    def test_words_that_were_refused_are_kept(self, programs: Path) -> None:
        editor = program(programs, "write", 'echo "my words" > "$1"')

        def refuse(text: str) -> str:
            raise UsageError("not like that", "shorten it")

        with pytest.raises(UsageError) as caught:
            edit_text([str(editor)], "", refuse)
        kept = Path(caught.value.hint.removeprefix("shorten it; your text is kept in "))
        assert kept.read_text(encoding="utf-8") == "my words\n"
        kept.unlink()

    def test_words_of_an_editor_that_crashed_are_kept(self, programs: Path) -> None:
        editor = program(programs, "crash", 'echo "half a" > "$1"; exit 1')
        with pytest.raises(UsageError, match="exit code 1") as caught:
            edit_text([str(editor)], "", str)
        kept = Path(caught.value.hint.rpartition("kept in ")[2])
        assert kept.read_text(encoding="utf-8") == "half a\n"
        kept.unlink()

    def test_nothing_written_nothing_kept(self, programs: Path, tmp_path: Path) -> None:
        editor = program(programs, "nothing", f'echo "$1" > {tmp_path}/where; exit 1')
        with pytest.raises(UsageError) as caught:
            edit_text([str(editor)], "template\n", str)
        assert "kept in" not in caught.value.hint
        assert not Path((tmp_path / "where").read_text(encoding="utf-8").strip()).exists()

    def test_a_text_that_is_no_longer_utf_8_is_refused(self, programs: Path) -> None:
        editor = program(programs, "binary", 'printf "\\377\\376x" > "$1"')
        with pytest.raises(UsageError, match="not UTF-8") as caught:
            edit_text([str(editor)], "", str)
        Path(caught.value.hint.rpartition("kept in ")[2]).unlink()


def test_the_hint_names_an_editor_that_is_there(tmp_path: Path) -> None:
    here = {"PATH": str(tmp_path), "EDITOR": "nano"}
    with pytest.raises(UsageError) as none:
        editor_command("", here, terminal=True)
    assert "install one" in none.value.hint
    (tmp_path / "vi").write_text("#!/bin/sh\n")
    (tmp_path / "vi").chmod(0o755)
    with pytest.raises(UsageError) as found:
        editor_command("", here, terminal=True)
    assert "`mlcoach config set editor vi`" in found.value.hint and "nano" not in found.value.hint


@pytest.mark.parametrize(("name", "way"), [("/usr/bin/vi", ":wq"), ("nvim", ":q!"), ("nano", "Ctrl-X"), ("ed", "")])
def test_the_way_out_of_an_editor(name: str, way: str) -> None:
    assert way in way_out([name])
    assert bool(way_out([name])) == bool(way)
