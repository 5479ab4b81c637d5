"""Texts of the curriculum as lines of a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.render.layout import cells
from mlcoach.render.prose import code, folded, prose
from mlcoach.render.screen import Lines, undrawn


def plain(lines: Lines) -> str:
    return "\n".join("".join(text for text, _ in line) for line in lines)


def test_lists_hang_and_strong_words_lose_their_stars() -> None:
    text = "**Your task**: take `A * B`\n1. one step that is too long for one line\n   - and a part of it, long as well"
    assert plain(prose(text, 30)) == (
        "Your task: take `A * B`\n"
        "1. one step that is too long\n"
        "   for one line\n"
        "   - and a part of it, long as\n"
        "     well"
    )


def test_code_keeps_its_blanks_and_its_dollars() -> None:
    text = "Run it:\n\n```python\nx = [1,   2]  # costs $a$ and $b_1$\n```\nthen look at $b_1$"
    assert plain(prose(text, 60)) == ("Run it:\n\nx = [1,   2]  # costs $a$ and $b_1$\nthen look at b₁")


def test_a_line_of_code_too_long_goes_on_below() -> None:
    assert plain(code("abcdefghijkl\n\tx", "", 6)) == "abcdef\n↪ ghij\n↪ kl\n    x"


def test_a_word_that_fits_on_a_line_of_code_is_not_cut() -> None:
    word = "does_each_epoch_continue"
    for start in ("# 1:", "        x", "a"):
        lines = ["".join(text for text, _ in line) for line in code(f"{start} {word} the last run?", "", 27)]
        assert any(word in line for line in lines), lines


def test_code_is_broken_at_a_blank_where_there_is_one() -> None:
    source = "nearest = min(points, key=lambda a point: ____)"
    assert plain(code(source, "", 32)) == "nearest = min(points, key=lambda\n↪  a point: ____)"


@given(st.text(alphabet="ab c(=漢", min_size=20, max_size=90).filter(lambda text: text.strip()), st.integers(8, 40))
def test_broken_code_is_all_there_and_in_words_alone_whole(source: str, width: int) -> None:
    shown = code(source, "", width)
    assert all(sum(cells(part) for part, _ in line) <= width for line in shown)
    assert plain(undrawn(shown)) == source.rstrip()


def test_a_command_in_a_text_or_in_code_is_left_to_the_screen() -> None:
    command = "mlcoach goal --by 2027-06-01 --path top-down"
    assert command in plain(prose(f"Say it so:\n\n```\n{command}\n```\nor `{command}` again", 30)).split("\n")
    assert f"`{command}`" in plain(prose(f"or `{command}` again", 30)).split("\n")


def test_without_a_width_nothing_is_cut() -> None:
    assert plain(prose("word " * 100, None)) == ("word " * 100).rstrip()


def test_wide_characters_count_as_two_cells() -> None:
    assert plain(folded([("漢字漢", "")], 4)) == "漢字\n漢"


def test_colour_changes_no_character() -> None:
    source = "def f(x):\n    return [x + 1]  # one more\n"
    assert plain(code(source, "python", 60, color=True)) == plain(code(source, "python", 60))
    assert plain(code(source, "no-such-language", 60, color=True)) == plain(code(source, "", 60))


@given(st.text(alphabet="ab cd`*$\\-1.\n漢\t_^{}", max_size=200), st.integers(20, 60))
def test_no_line_is_wider_than_the_screen(text: str, width: int) -> None:
    for line in prose(text, width):
        assert sum(cells(part) for part, _ in line) <= width


def test_lines_that_were_only_broken_in_the_file_are_joined() -> None:
    first = "a sentence of a prompt that its author broke at the edge of the editor window"
    assert plain(prose(f"{first}\nand went on with\n\nA short line\nis meant", None)).split("\n") == [
        f"{first} and went on with", "", "A short line", "is meant",
    ]  # fmt: skip
    assert plain(prose(f"{first}\n- an item\n  indented", None)).split("\n") == [first, "- an item", "  indented"]
