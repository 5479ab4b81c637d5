"""Words on lines: nothing is wider than the screen."""

from mlcoach.render.layout import cells, columns, wrap


def test_a_long_word_of_wide_letters_is_cut_by_cells() -> None:
    word = "深層学習" * 20
    lines = wrap(f"on {word}", 41, "  ")
    assert max(map(cells, lines)) <= 41
    assert "".join(line.strip() for line in lines) == f"on{word}"


def test_a_column_is_cut_where_enough_is_left_and_whole_where_not() -> None:
    row = [("a name", ""), ("what it is about, in a few words", "")]
    row = [(f"{'x' * 36} a name", ""), *row[1:]]
    assert [part[0] for part in columns([row], 65, flexible=1)[0]][1:] == ["what it is about, i…"]
    assert [part[0] for part in columns([row], 60, flexible=1)[0]][1:] == ["what it is about, in a few words"]


def test_on_a_narrow_terminal_what_a_row_is_about_is_whole_and_the_rest_comes_right_behind_it() -> None:
    rows = [[("1", ""), ("what it is about, in a few words", ""), ("5m", "")], [("12", ""), ("a word", ""), ("1h", "")]]
    shown = ["".join(part for part, _ in line) for line in columns(rows, 30, flexible=1, right=(2,))]
    assert shown == ["1   what it is about, in a few words  5m", "12  a word  1h"]
    assert columns(rows, 45, flexible=1, right=(2,)) == columns(rows, None, flexible=1, right=(2,))
