"""Colours as the terminal gets them: what Rich's console would have written, without waiting for it."""

from io import StringIO

from rich.console import Console
from rich.text import Text

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
