"""Tables of answers from anywhere. `python -m tests.fuzz.reviews --count 100000`"""

from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.mutate import Fuzzer, main

FOLDER = Path(__file__).parents[1] / "fixtures" / "imports"
NOW = 1_795_000_000_000  # milliseconds
TABLE = b"""card_id,review_time,review_rating,review_state,review_duration
math.la.eigen/eig-def,1711684180217,3,0,9000
"1711684180000",1711784180217.0,4,2,
7,2024-03-29T12:00:00+01:00,1,3,1500.5
"""
LOG = b"card_id,review_datetime,rating\r\n1,2024-03-29T12:00:00Z,3\r\n1,1711684180,2\r\n"
WORDS = (
    b"card_id", b"review_time", b"review_rating", b"review_state", b"review_duration", b"rating", b"review_datetime",
    b",", b";", b"\t", b"\n", b"\r\n", b"\r", b'"', b'""', b"1711684180217", b"1711684180", b"2024-03-29", b"T12:00:00",
    b"+25:99", b"\xef\xbb\xbf", b"\xff\xfe", b"5", b"1.0", b"inf", b"nan", b" ",
)  # fmt: skip


def read(path: Path) -> Iterator[str]:
    """Read a file, and return what a screen shows of it."""
    from mlcoach.adapters.exchange.reviews_csv import SAME_INSTANT, format_reviews, parse_reviews, read_reviews

    found = read_reviews(path, NOW)
    assert found.rows >= len(found.answers)
    for answer in found.answers:
        assert 0 < answer.instant <= NOW + SAME_INSTANT
        assert 1 <= answer.rating <= 4
        yield answer.card
    for line, reason in found.refused:
        yield f"line {line}: {reason}"
    if not any(answer.instant < 100_000_000_000 for answer in found.answers):
        again = parse_reviews(format_reviews(found.answers), NOW)
        assert again.answers == found.answers


REVIEWS = Fuzzer(
    "reviews",
    [TABLE, TABLE, LOG, *(file.read_bytes() for file in sorted(FOLDER.glob("reviews-*.csv")))],
    WORDS,
    read,
    ".csv",
)

if __name__ == "__main__":
    main(REVIEWS)
