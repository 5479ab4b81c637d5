"""Questions about what the learner wrote in their own words, and about what is not study, of the days between two."""

from collections.abc import Sequence
from datetime import date

from mlcoach.domain.events import Event
from mlcoach.store.database import explained
from mlcoach.store.journal import COUNTS, EVENT_COLUMNS, ORDER, decode
from mlcoach.store.queries.base import Queries

# Most entries of these kinds hold no words: these are passed over without being read.
_WITH_NOTE = "kind IN ('time_logged', 'timer_stopped', 'unit_marked') AND instr(data, '\"note\":\"\"') = 0"
_WORDS = (
    "kind IN ('pass_finished', 'paper_noted', 'paper_step_checked', 'paper_added', 'paper_question_asked',"
    " 'week_reviewed', 'week_promised', 'week_audited', 'other_time_logged')"
)
_ANSWERS = "kind = 'attempted' AND json_extract(data, '$.how') = 'text'"


class WrittenQueries(Queries):
    """Questions about words, and about time that is not study."""

    def with_words(self) -> list[Event]:
        """Return the events that may hold words of the learner's, the newest first."""
        found: list[Event] = []
        with explained(self.path):
            for which in (_WITH_NOTE, _WORDS, _ANSWERS):
                rows = self.connection.execute(f"SELECT {EVENT_COLUMNS} FROM event WHERE {which} AND {COUNTS}")
                found += [decode(row) for row in rows]
        return sorted(found, key=lambda event: (event.study_day, event.happened, event.seq), reverse=True)

    def between(self, kinds: Sequence[str], first: date, last: date) -> list[Event]:
        """Return the events of these kinds that count on the days from `first` to `last`, in journal order."""
        marks = ", ".join("?" for _ in kinds)
        with explained(self.path):
            rows = self.connection.execute(
                f"SELECT {EVENT_COLUMNS} FROM event WHERE kind IN ({marks}) AND study_day BETWEEN ? AND ? AND {COUNTS}"
                f" ORDER BY {ORDER}",
                (*kinds, first.isoformat(), last.isoformat()),
            )
            return [decode(row) for row in rows]
