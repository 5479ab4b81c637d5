"""Words on lines: nothing is wider than the screen."""

from mlcoach.render.layout import cells, columns, wrap


def test_a_long_word_of_wide_letters_is_cut_by_cells() -> None:
    word = "深層学習" * 20
    lines = wrap(f"on {word}", 41, "  ")
    assert max(map(cells, lines)) <= 41
    assert "".join(line.strip() for line in lines) == f"on{word}"


def test_a_column_is_cut_where_enough_is_left_and_whole_where_not() -> None:
    row = [("a name", ""), ("what it is about, in a few words", "")]
    assert [part[0] for part in columns([row], 28, flexible=1)[0]] == ["a name  ", "what it is about, i…"]
    assert [part[0] for part in columns([row], 20, flexible=1)[0]] == ["a name  ", "what it is about, in a few words"]
