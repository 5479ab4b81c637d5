"""Lines for who hears them: words alone, and each line a sentence."""

import re
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.render.layout import columns
from mlcoach.render.screen import SPOKEN, STYLES, Line, Lines, Screen, drawn, unspoken
from mlcoach.render.spans import undrawn


def said(*lines: Line) -> list[str]:
    return ["".join(text for text, _ in line) for line in undrawn(lines)]


def test_words_take_the_place_of_marks_and_bars() -> None:
    assert said(
        [("███", "good"), ("░░", "muted"), ("  0:35 of 2:00", "strong")],
        [("▸", "accent"), (" Build  ", ""), ("Goal", "")],
        [("▁▂█", "good")],
        [("  ↓", "muted")],
        [],
        [drawn("✓ ", "good"), ("right", "")],
        [("  → yes", "")],
        [("none", ""), ("  –  ", ""), ("10 Jul–11 Jul, 20:15–21:30", "")],
    ) == [
        "  0:35 of 2:00", "now Build: Goal", "", "right", "  answer: yes",
        "none; none; 10 Jul to 11 Jul, 20:15 to 21:30",
    ]  # fmt: skip


def test_the_text_of_others_keeps_its_marks() -> None:
    assert said(
        [("a · b! 3 < 4", "")],
        [("60 · 7 = 420, 6h · A", "")],
        [("bias–variance, ‖y − xw‖²", "")],
        [("x  ↦ · ✓", "code")],
    ) == [
        "a · b! 3 < 4",
        "60 · 7 = 420, 6h; A",
        "bias–variance, ‖y − xw‖²",
        "x  ↦ · ✓",
    ]


def test_a_gap_between_columns_is_a_pause_and_a_separator_is_no_comma() -> None:
    assert said(
        [("  2 ", ""), ("  Maps, lines   ", "strong"), ("    45m", "")],
        [("Then:  ", ""), ("done", "")],
        [("Read, mark · Goal, role", "")],
        [("stepping stone  ", ""), ("0 of 2", "")],
        [("Sun 12 Jul  ", ""), ("nothing planned", "")],
        [("hours 12 -> 16", "")],
    ) == [
        "  2; Maps, lines; 45m", "Then: done", "Read, mark; Goal, role", "stepping stone: 0 of 2",
        "Sun 12 Jul; nothing planned", "hours 12 to 16",
    ]  # fmt: skip


def test_what_is_for_the_eye_and_what_is_for_the_ear() -> None:
    line: Line = [drawn("● ", "good"), ("state: ", SPOKEN), ("running", "strong")]
    assert said(line) == ["state: running"]
    assert unspoken(line) == [("● ", "good"), ("running", "strong")]
    assert all(not style.startswith("drawn") for style in STYLES)


def test_each_row_of_a_table_names_its_columns() -> None:
    heads = ("earliest", "latest")
    lines = columns([[("as planned", ""), ("6 May", "")], [("with your goal", ""), ("", "")]], 80, heads=("", "by"))
    assert ["".join(text for text, _ in unspoken(line)) for line in lines] == [
        "                by",
        "as planned      6 May",
        "with your goal  ",
    ]
    assert [text.strip() for text in said(*lines)] == ["as planned: by 6 May", "with your goal"]
    assert said(*columns([[("1", ""), ("2", "")]], None, heads=heads)) == ["earliest 1: latest 2"]
    counted = columns([[("ml", ""), ("3 units", ""), ("2", "")]], None, heads=("Subject", "Units", "Hours"))
    assert said(*counted) == ["ml: 3 units; hours 2"]


@given(st.lists(st.lists(st.text("ab ·  ▸█,;", max_size=9), max_size=4), max_size=4))
def test_no_word_is_lost_and_no_gap_is_left(rows: list[list[str]]) -> None:
    lines: Lines = [[(text, "") for text in row] for row in rows]
    heard = said(*lines)
    assert not re.search(r"\S {2,}\S", "\n".join(heard))
    letters = [letter for row in rows for text in row for letter in text if letter in "ab"]
    assert [letter for line in heard for letter in line if letter in "ab"] == letters


@pytest.mark.parametrize("write", ["lines", "error", "brief"])
def test_every_way_to_the_terminal_leaves_out_what_is_drawn(write: str) -> None:
    out, err = StringIO(), StringIO()
    screen = Screen(out, err, {}, "never")
    screen.wants_plain = lambda: True
    getattr(screen, write)([[drawn("● ", "good"), ("one · two", "")]])
    screen.note("here · there")
    screen.prompt("this · that?")
    assert out.getvalue() + err.getvalue() in ("one; two\nhere; there\nthis; that?",)


def test_of_the_empty_lines_around_what_is_gone_one_is_left_and_a_row_stays_whole() -> None:
    out = StringIO()
    screen = Screen(out, StringIO(), {"COLUMNS": "40"}, "never")
    screen.wants_plain = lambda: True
    row = [("one " * 8, ""), ("  two " * 3, "")]
    screen.lines([[("a", "")], [], [drawn("✓ passed  ○ ready")], [], row, [], [drawn("████")]])
    assert out.getvalue() == "a\n\n" + "one one one one one one one one; two; two; two\n"
