"""Colours as the terminal gets them: what Rich's console would have written, without waiting for it."""

import ast
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from mlcoach.render.ascii_text import ascii_text
from mlcoach.render.prose import code
from mlcoach.render.screen import STYLES, Lines, Screen

SHOWN: Lines = [
    [(f"{style or 'plain'} words", style) for style in STYLES],
    [],
    [("  two ", "good"), ("", "bad"), ("[bold]data[/bold] :smile: 深層", "warn"), ("  ", "muted")],
    *code("def f(x):\n    return 'x'  # why", "python", 60, color=True),
]


def written(color: str) -> str:
    out = StringIO()
    Screen(out, StringIO(), {"COLUMNS": "200"}, color).lines(SHOWN)
    return out.getvalue()


def test_a_screen_is_what_the_console_of_rich_would_write() -> None:
    out = StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="truecolor", no_color=False, legacy_windows=False, markup=False,
        emoji=False, highlight=False, width=200,
    )  # fmt: skip
    for line in SHOWN:
        console.print(Text.assemble(*((text, STYLES.get(style, style)) for text, style in line)), soft_wrap=True)
    assert written("always") == out.getvalue()
    assert "\x1b[1;31mbad words\x1b[0m" in out.getvalue()


def test_without_colour_the_words_are_the_same() -> None:
    plain = [line.rstrip() for line in Text.from_ansi(written("always")).plain.split("\n")]
    assert plain == written("never").split("\n")


def test_every_mark_of_ours_has_its_letter_in_ascii() -> None:
    from mlcoach.render.screen import ASCII

    own = {
        "ascii_text.py",
        "formula.py",
        "formula_symbols.py",
        "prose.py",
        "keys.py",
    }  # what content holds is replaced by itself
    left = {}
    for path in (Path(__file__).parent.parent.parent / "src" / "mlcoach").rglob("*.py"):
        if path.name in own or (path.parent.name not in ("render", "cli") and "render" not in path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n    " not in node.value:
                marks = {mark for mark in node.value.translate(ASCII) if 127 < ord(mark) < 0xE000}
                left |= dict.fromkeys(marks, path.name)
    assert left == {}


def test_content_in_ascii_keeps_what_it_says() -> None:
    said = ascii_text("xᵀA x₁² ≤ σ·‖v‖, é, ∇f → Σ")
    assert said == "x^TA x_1^2 <= sigma·||v||, e, grad f -> Sigma"


def test_a_row_too_long_goes_on_below_its_column() -> None:
    row: Lines = [
        [("done", "strong"), ("  ", ""), ("the step on gradients finished, and the next one opened", "muted")]
    ]
    assert plain_text(row, "40") == ("done  the step on gradients finished,\n      and the next one opened\n")


def test_where_a_column_is_narrow_its_text_is_set_apart_below() -> None:
    row: Lines = [[("math.la.eigen.trace-eig       ", "accent"), ("The trace is the sum of what?", "")]]
    assert plain_text(row, "40") == "math.la.eigen.trace-eig\n  The trace is the sum of what?\n"


def test_a_row_whose_first_column_is_too_long_is_set_apart_too() -> None:
    row: Lines = [[("one two three four five six seven eight nine ten", ""), ("  ", ""), ("9 lapses", "")]]
    assert plain_text(row, "40") == "one two three four five six seven eight\n  nine ten  9 lapses\n"


def test_prose_stays_at_the_edge_and_a_command_is_set_apart() -> None:
    assert plain_text([[("A sentence that is a little longer than forty cells.", "")]], "40") == (
        "A sentence that is a little longer than\nforty cells.\n"
    )
    assert plain_text([[("One of them: mlcoach curriculum show NAME", "")]], "40") == (
        "One of them:\n  mlcoach curriculum show NAME\n"
    )


def test_a_command_too_long_is_said_shorter_then_set_apart_then_broken_so_that_a_shell_reads_one() -> None:
    long = "mlcoach paper read 10.1145/2347736.2347755"
    assert plain_text([[("Next: ", "muted"), (long, "accent")]], "40", {long: "mlcoach paper read"}) == (
        "Next: mlcoach paper read\n"
    )
    assert plain_text([[("Next: ", "muted"), (long, "accent")]], "42") == f"Next:\n{long}\n"
    assert plain_text([[(f"hint: `{long}` is next", "")]], "30") == (
        "hint:\n`mlcoach paper read \\\n  10.1145/2347736.2347755` is\nnext\n"
    )


def test_an_address_that_fits_only_at_the_margin_stands_there_and_a_longer_one_stays_whole() -> None:
    fits, never = "https://www.kaggle.com/learn", f"https://a.example/{'b' * 30}"
    for address in (fits, never):
        assert plain_text([[(f"{' ' * 14}{address}", "accent")]], "40") == f"{address}\n"
        assert plain_text([[(f"   Read it there: {address}", "")]], "40") == f"   Read it there:\n{address}\n".replace(
            f"\n{fits}", f"\n   {fits}"
        )


def test_brackets_go_with_their_command() -> None:
    line: Lines = [[("  ", ""), ("(", ""), ("`mlcoach config set weekday.sat 240`", "code"), (").", "")]]
    assert plain_text(line, "40") == "(`mlcoach config set weekday.sat 240`).\n"


def test_a_sentence_that_begins_with_the_name_of_the_program_is_none() -> None:
    assert plain_text([[("mlcoach is wrong here, and so are you, and more", "")]], "24") == (
        "mlcoach is wrong here,\nand so are you, and more\n"
    )


def test_on_a_wide_pipe_and_in_words_alone_a_command_stays_whole() -> None:
    long = "mlcoach job add " + "x" * 60 + " --advert FILE"
    assert plain_text([[(f"Next: {long}", "")]], "80") == f"Next:\n{long}\n"
    out = StringIO()
    screen = Screen(out, StringIO(), {"COLUMNS": "40"}, "never")
    screen.wants_plain = lambda: True
    screen.lines([[(long, "accent")], *code("return one, two  # the docstring says why it is so", "python", 30)])
    assert out.getvalue() == f"{long}\nreturn one, two  # the docstring says why it is so\n"


def plain_text(lines: Lines, columns: str, shorter: dict[str, str] | None = None) -> str:
    out = StringIO()
    screen = Screen(out, StringIO(), {"COLUMNS": columns}, "never")
    screen.fitting = lambda command, _: (shorter or {}).get(command, command)
    screen.lines(lines)
    return out.getvalue()
