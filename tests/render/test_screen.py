"""Colours as the terminal gets them: by meaning for our own words, by Rich for source code."""

from io import StringIO

from rich.cells import cell_len

from mlcoach.render.layout import cells
from mlcoach.render.prose import code
from mlcoach.render.screen import ASCII, Lines, Screen


def written(lines: Lines, color: str) -> str:
    out = StringIO()
    Screen(out, StringIO(), {}, color).lines(lines)
    return out.getvalue()


def test_a_style_is_the_colour_of_its_meaning() -> None:
    lines: Lines = [[("gone", "bad"), (" and ", ""), ("well", "good"), ("", "warn"), ("  ", "")]]
    assert written(lines, "always") == "\x1b[1;31mgone\x1b[0m and \x1b[32mwell\x1b[0m\n"
    assert written(lines, "never") == "gone and well\n"


def test_source_code_is_coloured_by_its_words() -> None:
    lines = code("def f():\n    return 'x'", "python", 60, color=True)
    assert "\x1b[94mdef\x1b[0m" in written(lines, "always")
    assert "\x1b" not in written(lines, "never")


def test_no_text_steers_the_terminal() -> None:
    lines: Lines = [[("\x1b[2J[bold]x[/bold] :smile:", "good")]]
    assert written(lines, "always") == "\x1b[32m\ufffd[2J[bold]x[/bold] :smile:\x1b[0m\n"


def test_our_own_marks_take_one_cell_each() -> None:
    marks = [chr(mark) for mark in ASCII]
    assert [cells(mark) for mark in marks] == [cell_len(mark) for mark in marks] == [1] * len(marks)
