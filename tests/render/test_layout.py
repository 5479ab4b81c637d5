"""Words on lines: nothing is wider than the screen."""

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.render.layout import cells, columns, wrap
from mlcoach.render.screen import Lines


def test_a_long_word_of_wide_letters_is_cut_by_cells() -> None:
    word = "深層学習" * 20
    lines = wrap(f"on {word}", 41, "  ")
    assert max(map(cells, lines)) <= 41
    assert "".join(line.strip() for line in lines) == f"on{word}"


def texts(lines: Lines) -> list[str]:
    return ["".join(part for part, _ in line) for line in lines]


def test_a_column_goes_on_below_itself_where_enough_is_left_and_is_whole_where_not() -> None:
    row = [("x" * 36, ""), ("what it is about, in a few words", ""), ("5m", "")]
    lead = " " * 38
    assert texts(columns([row], 65, flexible=1)) == [
        f"{'x' * 36}  what it is about, in a   5m",
        f"{lead}few words",
    ]
    assert texts(columns([row], 57, flexible=1)) == [f"{'x' * 36}  what it is about, in a few words  5m"]


def test_a_text_that_would_fill_the_screen_is_cut_after_three_lines() -> None:
    shown = texts(columns([[("1", ""), ("word " * 50, "")]], 63, flexible=1))
    assert len(shown) == 3
    assert shown[-1].endswith("word…")


def test_on_a_narrow_terminal_what_a_row_is_about_is_whole_and_the_rest_comes_right_behind_it() -> None:
    rows = [[("1", ""), ("what it is about, in a few words", ""), ("5m", "")], [("12", ""), ("a word", ""), ("1h", "")]]
    shown = ["".join(part for part, _ in line) for line in columns(rows, 30, flexible=1, right=(2,))]
    assert shown == ["1   what it is about, in a few words  5m", "12  a word  1h"]
    assert columns(rows, 45, flexible=1, right=(2,)) == columns(rows, None, flexible=1, right=(2,))


@given(st.lists(st.text(alphabet="ab 漢", max_size=120), min_size=1, max_size=4), st.integers(60, 90))
def test_no_row_is_wider_than_the_screen_and_short_texts_are_whole(titles: list[str], width: int) -> None:
    rows = [[(str(number), ""), (title, ""), ("12h", "")] for number, title in enumerate(titles)]
    shown = texts(columns(rows, width, flexible=1, right=(2,)))
    assert all(cells(line) <= width for line in shown)
    for title in titles:
        if cells(title) < 100 and not any(cells(word) > 30 for word in title.split()):
            assert all(word in "\n".join(shown) for word in title.split())
