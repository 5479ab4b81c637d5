"""The CSV of answers, from anybody's hands: what is read, what is left out and why, what is refused whole."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.exchange import reviews_csv
from mlcoach.adapters.exchange.reviews_csv import ReviewRow, format_reviews, parse_reviews, read_reviews
from mlcoach.errors import InvalidFileError, NotFoundError

NOW = 1_795_458_000_000  # 2026-11-23 18:20 UTC, in milliseconds
HEADER = "card_id,review_time,review_rating,review_state,review_duration\n"


def parse(rows: str, header: str = HEADER) -> reviews_csv.ReviewsFile:
    return parse_reviews(header + rows, NOW)


def reasons(rows: str) -> list[tuple[int, str]]:
    return parse(rows).refused


_ids = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=30)
_cards = _ids.filter(lambda card: not reviews_csv._wrong_with(card) and card == card.strip())
_answers = st.builds(
    ReviewRow,
    _cards,
    st.one_of(st.integers(1, reviews_csv.SECONDS.start - 1), st.integers(reviews_csv.SECONDS.stop, NOW)),
    st.integers(1, 4),
    st.sampled_from((-1, 0, 1, 2, 3)),
    st.integers(0, reviews_csv.LONGEST_ANSWER),
)


@given(st.lists(_answers, max_size=20))
def test_what_is_written_is_read_again(answers: list[ReviewRow]) -> None:
    read = parse_reviews(format_reviews(answers), NOW)
    assert read.answers == sorted(answers, key=lambda answer: answer.instant)
    assert (read.rows, read.refused) == (len(answers), [])


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = parse_reviews(text, NOW)
    except InvalidFileError:
        return
    assert all(
        1 <= answer.rating <= 4 and 0 < answer.instant <= NOW + reviews_csv.SAME_INSTANT for answer in read.answers
    )


@given(st.text(st.sampled_from('c1,4"\n\r x.-'), max_size=200))
def test_any_rows_are_read_or_left_out_with_their_lines(text: str) -> None:
    read = parse(text)
    assert len(read.answers) + len({line for line, _ in read.refused}) <= read.rows + text.count("\n") + 1


def test_columns_are_in_any_order_and_some_may_be_missing() -> None:
    read = parse("3,extra,1600000000000,7\n", "review_rating,note,review_time,card_id\n")
    assert read.answers == [ReviewRow("7", 1_600_000_000_000, 3)]


def test_the_log_of_py_fsrs_is_read() -> None:
    read = parse("7,3,2024-03-29T20:32:32.250000+00:00,25060\n", "card_id,rating,review_datetime,review_duration\n")
    assert read.answers == [ReviewRow("7", 1_711_744_352_250, 3, -1, 25060)]


@pytest.mark.parametrize(
    ("time", "instant"),
    [
        ("1711744352250", 1_711_744_352_250),
        ("1711744352250.0", 1_711_744_352_250),
        ("2024-03-29T20:32:32.250Z", 1_711_744_352_250),
        ("2024-03-29 20:32:32", 1_711_744_352_000),
        ("2024-03-29T22:32:32+02:00", 1_711_744_352_000),
    ],
)
def test_times_are_numbers_or_iso(time: str, instant: int) -> None:
    assert parse(f"7,{time},3,,\n").answers == [ReviewRow("7", instant, 3)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("7,1600000000000,0,,", "a rating that is not 1 to 4"),
        ("7,1600000000000,5,,", "a rating that is not 1 to 4"),
        ("7,1600000000000,2.5,,", "a rating that is not 1 to 4"),
        ("7,1600000000000,,,", "a rating that is not 1 to 4"),
        ("7,soon,3,,", "a time that cannot be read"),
        ("7,nan,3,,", "a time that cannot be read"),
        ("7,1e400,3,,", "a time that cannot be read"),
        (f"7,{'9' * 5000},3,,", "a time that cannot be read"),
        ("7,-5,3,,", "a time before 1970"),
        ("7,0,3,,", "a time before 1970"),
        (f"7,{NOW + 1_001},3,,", "a time still to come"),
        ("7,9999999999999999,3,,", "a time still to come"),
        ("7,1600000000000,3,9,", "a state that is not 0 to 5"),
        ("7,1600000000000,3,4,", "an answer while cramming, which does not affect scheduling"),
        (",1600000000000,3,,", "a row without a card"),
        ("\x1b[2J,1600000000000,3,,", "an invalid card id"),
        (f"{'x' * 301},1600000000000,3,,", "an invalid card id"),
        ("7,1600000000000", "a row with too few columns"),
    ],
)
def test_what_cannot_be_an_answer_is_left_out_with_its_line(row: str, reason: str) -> None:
    read = parse(f"1,1500000000000,3,,\n{row}\n")
    assert [answer.card for answer in read.answers] == ["1"]
    assert read.refused == [(3, reason)]


def test_what_was_set_by_hand_is_not_an_answer_that_is_missing() -> None:
    read = parse("7,1600000000000,0,5,\n7,1600000000001,3,2,\n,1600000000002,3,5,\n")
    assert (read.rows, read.by_hand, len(read.answers), read.refused) == (3, 2, 1, [])


def test_an_impossible_duration_costs_the_duration_only() -> None:
    read = parse("7,1600000000000,3,,-5\n7,1600000000001,3,,abc\n7,1600000000002,3,,999999999999\n")
    assert [answer.duration for answer in read.answers] == [0, 0, reviews_csv.LONGEST_ANSWER]
    assert [line for line, _ in read.refused] == [2, 3]


def test_a_giant_field_is_a_broken_row_and_the_rest_is_read() -> None:
    giant = "x" * 200_000
    read = parse(f"{giant},1600000000000,3,,\n7,1600000000000,3,,\n")
    assert [answer.card for answer in read.answers] == ["7"]
    assert [reason for _, reason in read.refused] == ["a row with too few columns"]


def test_answers_come_in_the_order_of_time() -> None:
    read = parse("1,3000,1,,\n1,1000,2,,\n1,2000,3,,\n")
    assert [answer.rating for answer in read.answers] == [2, 3, 1]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "has no column `card_id`"),
        (b"card_id,review_rating\n7,3\n", "has no column `review_time`"),
        (b"card_id,review_time,review_time,review_rating\n", "has two columns `review_time`"),
        (b"PK\x03\x04\xff\xfe", "is not UTF-8 text"),
        ("card_id,review_time,review_rating\n".encode("utf-16"), "is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(InvalidFileError, match=message):
        read_reviews(path, NOW)


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(NotFoundError):
            read_reviews(path, NOW)


def test_too_much_is_refused_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "log.csv"
    path.write_text(HEADER + "7,1600000000000,3,,\n" * 3)
    monkeypatch.setattr(reviews_csv, "MOST_ROWS", 2)
    with pytest.raises(InvalidFileError, match="more than 2 rows"):
        read_reviews(path, NOW)
    monkeypatch.setattr(reviews_csv, "LARGEST_FILE", 50)
    with pytest.raises(InvalidFileError, match="is not read"):
        read_reviews(path, NOW)
