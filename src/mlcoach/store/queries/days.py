"""Questions about study days: their minutes, plans and answers, rest, and the running timer."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach.domain.day.progress import DayState, TimerState
from mlcoach.domain.habit.streak import Checkpoint, DayMinutes, Span
from mlcoach.store.checkpoint import days_after, read_checkpoint, rest_spans
from mlcoach.store.database import explained
from mlcoach.store.queries.base import Queries

if TYPE_CHECKING:
    from mlcoach.domain.day.goal import GoalState


class DayTime(NamedTuple):
    """The seconds of a day, and those of them spent on each unit and paper. `number` is the day's ordinal."""

    number: int
    seconds: int
    units: dict[str, int]
    papers: dict[str, int]


class MonthRecall(NamedTuple):
    """How many answers of a month (its first day) followed one of an earlier day, and how many were recalled."""

    month: date
    asked: int
    recalled: int


class YearTotals(NamedTuple):
    """What a year held: seconds, days with any, and answers."""

    year: int
    seconds: int
    days: int
    answers: int


class AnswerTotals(NamedTuple):
    """Answers over all days, and over the days behind one; of all, those asked again on a later day and recalled."""

    reviews: int
    reviews_after: int
    asked: int
    recalled: int


class LateDay(NamedTuple):
    """A recent day: seconds in all, by unit and by paper, and the blocks that were planned as they were written."""

    day: date
    seconds: int
    units: dict[str, int]
    papers: dict[str, int]
    plan: list[dict[str, Any]]


class DayQueries(Queries):
    """Questions about study days."""

    def day(self, day: date) -> DayState:
        """Return the state of one study day; an empty one when nothing happened."""
        rows = self._rows("SELECT * FROM day WHERE key = ?", (day.isoformat(),))
        if not rows:
            return DayState()
        _, seconds, reviews, goal, floor, opened, planned_minutes, plan, units, papers, passes, notes, *more = rows[0]
        _, asked, recalled, answered, steps, closed, finished = more
        return DayState(
            seconds, reviews, goal, floor, bool(opened), planned_minutes,
            None if plan is None else tuple(json.loads(plan)), json.loads(units), json.loads(papers),
            tuple(json.loads(passes)), notes, asked, recalled,
            tuple(json.loads(answered)), tuple(json.loads(steps)), tuple(json.loads(closed)), bool(finished),
        )  # fmt: skip

    def day_minutes(self, after: int = 0) -> list[DayMinutes]:
        """Return what the streak walks over: the days with events after a day's number, ascending."""
        with explained(self.path):
            return days_after(self.connection, after)

    def rest(self) -> list[Span]:
        """Return the spans of planned rest (first, last)."""
        with explained(self.path):
            return rest_spans(self.connection)

    def streak_checkpoint(self) -> Checkpoint:
        """Return how far the streak is known from days that closed long ago."""
        with explained(self.path):
            return read_checkpoint(self.connection)

    def is_placed(self) -> bool:
        """Return whether a question of placement was ever answered."""
        return bool(self._rows("SELECT 1 FROM single WHERE key = 'placement'"))

    def works_with(self) -> frozenset[str]:
        """Return which of `people` and `jobs` the learner ever kept."""
        return frozenset(key for (key,) in self._rows("SELECT key FROM single WHERE key IN ('people', 'jobs')"))

    def days_studied(self, most: int) -> int:
        """Return the number of days with any time, counted no further than `most`."""
        return int(self._rows("SELECT count(*) FROM (SELECT 1 FROM day WHERE seconds > 0 LIMIT ?)", (most,))[0][0])

    def timer(self) -> TimerState | None:
        """Return the running timer."""
        rows = self._rows("SELECT data FROM single WHERE key = 'timer'")
        return TimerState(**json.loads(rows[0][0])) if rows else None

    def goal(self) -> "GoalState | None":
        """Return the goal with a date, None where there is none."""
        rows = self._rows("SELECT data FROM single WHERE key = 'goal'")
        if not rows:
            return None
        from mlcoach.domain.day.goal import GoalState  # most learners have no date

        path, by, kept = json.loads(rows[0][0])
        return GoalState(path, date.fromisoformat(by), tuple(kept))

    def last_opened_before(self, day: date) -> date | None:
        """Return the last study day before `day` that was opened."""
        number = self._rows("SELECT max(number) FROM day WHERE number < ? AND opened", (day.toordinal(),))[0][0]
        return None if number is None else date.fromordinal(number)

    def studied_before(self, day: date, limit: int) -> list[date]:
        """Return the last days before `day` on which anything was studied, the newest first."""
        rows = self._rows(
            "SELECT number FROM day WHERE number < ? AND seconds > 0 ORDER BY number DESC LIMIT ?",
            (day.toordinal(), limit),
        )
        return [date.fromordinal(number) for (number,) in rows]

    def lately(self, first: date, last: date) -> list[LateDay]:
        """Return the study days from `first` to `last`, ascending, with what was spent and planned."""
        rows = self._rows(
            "SELECT number, seconds, units, papers, plan FROM day WHERE number BETWEEN ? AND ? ORDER BY number",
            (first.toordinal(), last.toordinal()),
        )
        return [
            LateDay(date.fromordinal(number), seconds, json.loads(units), json.loads(papers), json.loads(plan or "[]"))
            for number, seconds, units, papers, plan in rows
        ]

    def first_day(self) -> date | None:
        """Return the first study day on which anything was studied."""
        rows = self._rows("SELECT number FROM day WHERE seconds > 0 AND number > 0 ORDER BY number LIMIT 1")
        return date.fromordinal(rows[0][0]) if rows else None

    def weekdays_with_a_goal(self, after: date) -> set[int]:
        """Return the weekdays (0 is Monday) that had a goal on a day after this one."""
        rows = self._rows(
            "SELECT DISTINCT (number + 6) % 7 FROM day WHERE goal > 0 AND number > ?", (after.toordinal(),)
        )
        return {weekday for (weekday,) in rows}

    def day_times(self, first: date, last: date) -> list[DayTime]:
        """Return the time of each day with events between two, both included, ascending."""
        rows = self._rows(
            "SELECT number, seconds, units, papers FROM day WHERE number BETWEEN ? AND ? ORDER BY number",
            (first.toordinal(), last.toordinal()),
        )
        return [
            DayTime(number, seconds, json.loads(units), json.loads(papers)) for number, seconds, units, papers in rows
        ]

    def recall_by_month(self, first: date, last: date) -> list[MonthRecall]:
        """Return the recall of each month in which something was asked again, of the days between two, ascending."""
        rows = self._rows(
            "SELECT substr(key, 1, 7), sum(asked), sum(recalled) FROM day"
            " WHERE asked > 0 AND number BETWEEN ? AND ? GROUP BY 1 ORDER BY 1",
            (first.toordinal(), last.toordinal()),
        )
        return [MonthRecall(date.fromisoformat(f"{month}-01"), asked, recalled) for month, asked, recalled in rows]

    def years(self) -> list[YearTotals]:
        """Return what each year with time or answers held, ascending."""
        rows = self._rows(
            "SELECT CAST(substr(key, 1, 4) AS INTEGER), sum(seconds), sum(seconds > 0), sum(reviews) FROM day"
            " WHERE number > 0 AND (seconds > 0 OR reviews > 0) GROUP BY 1 ORDER BY 1"
        )
        return [YearTotals(*row) for row in rows]

    def answer_totals(self, after: date) -> AnswerTotals:
        """Return the sums over all days, one of them over the days after this one alone."""
        rows = self._rows(
            "SELECT coalesce(sum(reviews), 0), coalesce(sum(iif(number > ?, reviews, 0)), 0),"
            " coalesce(sum(asked), 0), coalesce(sum(recalled), 0) FROM day WHERE number > 0",
            (after.toordinal(),),
        )
        return AnswerTotals(*rows[0])
