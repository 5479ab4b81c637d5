"""Words on lines: nothing is wider than the screen."""

from mlcoach.render.layout import cells, wrap


def test_a_long_word_of_wide_letters_is_cut_by_cells() -> None:
    word = "深層学習" * 20
    lines = wrap(f"on {word}", 41, "  ")
    assert max(map(cells, lines)) <= 41
    assert "".join(line.strip() for line in lines) == f"on{word}"
