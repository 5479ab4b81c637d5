"""Study days of many instants: what the clock on the wall said then, asked once a day instead of for each."""

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from mlcoach.domain.time.study_days import MICROSECONDS

DAY, HOUR = 86_400, 3_600  # seconds
EPOCH = date(1970, 1, 1).toordinal()


class LocalDay(NamedTuple):
    """The study day of an instant, and the local minutes east of UTC then."""

    study_day: date
    offset: int


class LocalDays:
    """Tells the study day of any instant (microseconds since 1970 UTC) from its local time and the rollover hour."""

    def __init__(self, local: Callable[[int], datetime], rollover: int) -> None:
        self._local = local
        self._rollover = rollover * HOUR
        # UTC day -> offset in seconds, or None for a day on which the clocks are changed.
        self._offsets: dict[int, int | None] = {}
        self._days: dict[int, date] = {}

    def place(self, instant: int) -> LocalDay:
        """Return the study day and offset of an instant in microseconds since 1970 UTC."""
        second = instant // MICROSECONDS
        utc_day = second // DAY
        if utc_day in self._offsets:
            offset = self._offsets[utc_day]
        else:
            begin, end = self._offset(utc_day * DAY), self._offset((utc_day + 1) * DAY)
            offset = self._offsets[utc_day] = begin if begin == end else None
        if offset is None:
            offset = self._offset(second)
        number = (second + offset - self._rollover) // DAY
        day = self._days.get(number)
        if day is None:
            day = self._days[number] = date.fromordinal(EPOCH + number)
        return LocalDay(day, offset // 60)

    def _offset(self, second: int) -> int:
        there = self._local(second * MICROSECONDS).utcoffset()
        return int(there.total_seconds()) if there else 0
