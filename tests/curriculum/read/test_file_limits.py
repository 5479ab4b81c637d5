"""Files that are too large, too deep, not text or not TOML are a sentence, never a crash."""

import sys
from pathlib import Path

import pytest

from mlcoach.curriculum.read.parse import read_source
from tests.curriculum.curriculum_folders import Folders, codes

HEAD = 'schema = 1\nid = "my.tensors"\ntitle = "Tensors"\ntrack = "math"\n'
UNIT = HEAD + '[[unit]]\nid = "first"\ntitle = "First"\nhours = 4\nrecall = "?"\n'


def test_a_file_over_two_megabytes_is_not_read(folders: Folders) -> None:
    path = folders.write("large.toml", HEAD + "# " + "x" * 2_000_000)
    [problem] = folders.check(path).errors
    assert (problem.code, problem.line) == ("too-large", 1)
    assert "2 MB" in problem.message


def test_a_file_just_below_is_read(folders: Folders) -> None:
    text = HEAD + "# "
    path = folders.write("large.toml", text + "x" * (2_000_000 - len(text)))
    assert codes(folders.check(path)) == []


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [(b'schema = 1\ntitle = "caf\xe9"\n', 2, 13), ("schema = 1\n".encode("utf-16"), 1, 1)],
)
def test_a_file_that_is_not_utf_8(folders: Folders, content: bytes, line: int, column: int) -> None:
    path = folders.write("latin.toml", "")
    path.write_bytes(content)
    [problem] = folders.check(path).errors
    assert (problem.code, problem.line, problem.column) == ("encoding", line, column)


def test_a_byte_order_mark_and_windows_lines_are_fine(folders: Folders) -> None:
    path = folders.write("windows.toml", "")
    path.write_bytes(b"\xef\xbb\xbf" + UNIT.replace("\n", "\r\n").encode() + b"summary = 3\r\n")
    [problem] = folders.check(path).errors
    assert (problem.code, problem.line, problem.column) == ("unknown-key", 10, 1)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 20_000 + "]" * 20_000,
        "a = " + "{ a = " * 20_000 + "1" + " }" * 20_000,
        ".".join("a" * 100_000) + " = 1",
        "[" + ".".join("a" * 1_000) + "]\nb = 1",
        "a = " + "[" * 20 + "]" * 20,
    ],
)
def test_deep_nesting(folders: Folders, text: str) -> None:
    assert codes(folders.check(folders.write("deep.toml", HEAD + text))) == ["too-deep"]


@pytest.mark.parametrize("number", ["9" * 5_000, "0x" + "f" * 5_000, "1e999", "inf", "-nan"])
def test_numbers_beyond_all_measure(folders: Folders, number: str) -> None:
    report = folders.check(folders.write("big.toml", UNIT.replace("hours = 4", f"hours = {number}")))
    assert len(report.errors) == 1
    assert report.errors[0].line == 8
    assert len(report.errors[0].message) < 200


def test_a_card_of_a_hundred_thousand_characters(folders: Folders) -> None:
    card = '  [[unit.card]]\n  id = "long"\n  q = "?"\n  a = "' + "x" * 100_000 + '"\n'
    [problem] = folders.check(folders.write("long.toml", UNIT + card)).errors
    assert (problem.code, problem.line, problem.column) == ("text-too-long", 13, 7)
    assert "100 000 characters" in problem.message
    assert "20 000" in problem.message
    assert len(problem.source_line) <= 400
    assert problem.column - 1 + problem.length <= len(problem.source_line)


def test_a_text_of_the_greatest_length(folders: Folders) -> None:
    card = '  [[unit.card]]\n  id = "long"\n  q = "?"\n  a = "' + "x" * 20_000 + '"\n'
    assert codes(folders.check(folders.write("long.toml", UNIT + card))) == ["long-answer"]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x08", "\r"])
def test_a_control_character_typed_into_the_file(folders: Folders, character: str) -> None:
    path = folders.write("typed.toml", "")
    path.write_bytes((HEAD + f'summary = "a{character}b"\n').encode())
    [problem] = folders.check(path).errors
    assert (problem.code, problem.line, problem.column) == ("syntax", 5, 13)
    assert character not in problem.message + problem.source_line + problem.hint


def test_nothing_a_terminal_obeys_is_in_a_problem(folders: Folders) -> None:
    text = HEAD + '"\\u001b[2J" = "\\u202e"\n[resources."\\u0007"]\ntitle = "\\u009b"\n'
    report = folders.check(folders.write("evil.toml", text))
    assert len(report.errors) >= 4
    for problem in report.errors:
        shown = problem.message + problem.hint + problem.source_line
        assert shown.isprintable(), shown


def test_tabs_typed_into_code_are_fine(folders: Folders) -> None:
    card = "[[unit.card]]\nid = 'tabs'\nq = 'What does it print?'\ncode = '''if 1:\n\tprint(1)'''\nexpects = '1'\n"
    assert codes(folders.check(folders.write("tabs.toml", UNIT + card))) == []
    assert codes(folders.check(folders.write("tabs.toml", UNIT + card.replace("What does", "What\tdoes")))) == [
        "control-character"
    ]


def test_line_breaks_in_double_quotes_are_fine(folders: Folders) -> None:
    card = '[[unit.card]]\nid = "lines"\nq = "One\\nor\\ntwo\\nexists?"\na = "first\\nu = 3, not\\nnegative"\n'
    assert codes(folders.check(folders.write("lines.toml", UNIT + card))) == []


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    [problem] = read_source(tmp_path / "gone.toml", own=True, position=0).problems
    assert (problem.code, problem.message) == (
        "unreadable",
        "cannot read this file: No such file or directory",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_into_nothing_and_a_folder_named_like_a_file(folders: Folders) -> None:
    # Not even listed, so there is nothing to report: an editor's lock file is such a link.
    folders.write("deeper.toml/notes.md", "")
    (folders.own / "link.toml").symlink_to(folders.own / "gone.toml")
    assert codes(folders.check()) == []


def test_an_empty_file(folders: Folders) -> None:
    [problem] = folders.check(folders.write("empty.toml", "")).errors
    assert (problem.code, problem.line, problem.column) == ("missing-key", 1, 1)


@pytest.mark.parametrize(
    ("nonsense", "code"),
    [
        ("".join(f"key{number} = 1\n" for number in range(5_000)), "unknown-key"),
        ("assumes = [" + "'a\u202eb', " * 5_000 + "]\n", "control-character"),
        (
            "[[unit]]\nid = 'one'\ntitle = 'One'\nhours = 3\nrequires = ["
            + "".join(f"'none{number}', " for number in range(5_000))
            + "]\n",
            "unknown-unit",
        ),
    ],
)
def test_a_report_has_an_end(folders: Folders, nonsense: str, code: str) -> None:
    report = folders.check(folders.write("nonsense.toml", HEAD + nonsense))
    assert {problem.code for problem in report.errors} == {code}
    assert len(report.errors) <= 200
    assert "too-many" in {problem.code for problem in report.warnings}


def test_more_units_than_anybody_writes(folders: Folders) -> None:
    [problem] = folders.check(folders.write("units.toml", HEAD + "[[unit]]\n" * 5_000)).errors
    assert problem.message == "`unit` must be at most 1000 entries long, got a list"


def test_a_folder_full_of_files(folders: Folders) -> None:
    for number in range(60):
        folders.write(f"{number}.toml", UNIT.replace("my.tensors", f"my.tensors{number}"))
    report = folders.check()
    assert report.errors == ()
    assert report.counts.files == 63
