"""Time as people write it in a line: before or after what it was spent on, as a length or between two times of day."""

import pytest

from mlcoach.domain.time.spoken import read_line
from mlcoach.errors import UsageError


@pytest.mark.parametrize(
    ("line", "minutes", "name"),
    [
        ("45 min vectors", 45, "vectors"),
        ("1 hour", 60, ""),
        ("1h 30m", 90, ""),
        ("1,5h vectors", 90, "vectors"),
        ("vectors 45m", 45, "vectors"),
        ("2 hours of linear algebra", 120, "linear algebra"),
        ("1 hour and 15 minutes on SVD", 75, "SVD"),
        ("half an hour of pytorch", 30, "pytorch"),
        ("project 2 for 45m", 45, "project 2"),
        ("45m project 2", 45, "project 2"),
        ("90 eigen", 90, "eigen"),
        ("20:00-20:45 eigen", 45, "eigen"),
        ("eigen from 8pm to 9:15pm", 75, "eigen"),
        ("11-1pm", 120, ""),
        ("23:30-00:15", 45, ""),
        ("1:30 on eigen", 90, "eigen"),
    ],
)
def test_the_time_is_found_and_the_rest_is_the_name(line: str, minutes: int, name: str) -> None:
    found = read_line(line.split())
    assert (found.minutes, found.name, found.bare) == (minutes, name, 0)


def test_a_small_number_alone_could_be_hours() -> None:
    assert read_line(["2", "vectors"])[:4] == (0, "vectors", None, 2)


def test_a_line_may_end_with_its_day() -> None:
    assert read_line(["45m", "vectors", "yesterday"]).day == "yesterday"


@pytest.mark.parametrize("line", ["vectors", "25h vectors", "1h75", "20:00-20:00", "25:00-26:00", "0m", "1.5"])
def test_what_holds_no_time_is_refused(line: str) -> None:
    with pytest.raises(UsageError):
        read_line(line.split())
