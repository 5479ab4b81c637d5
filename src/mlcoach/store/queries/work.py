"""Questions about people and jobs."""

import json
from typing import TYPE_CHECKING, Any

from mlcoach.store.queries.base import Queries

if TYPE_CHECKING:
    from mlcoach.domain.work.jobs import JobState
    from mlcoach.domain.work.people import PersonState


class WorkQueries(Queries):
    """Questions about people and jobs."""

    def people(self) -> "dict[str, PersonState]":
        """Return the state of every person ever added, by id."""
        from mlcoach.domain.work.people import AdviceState, PersonState  # who asks for jobs needs no people

        return {
            id: PersonState(*row)._replace(advice=tuple(AdviceState(*one) for one in row[5]))
            for id, row in self._kept("people").items()
        }

    def jobs(self) -> "dict[str, JobState]":
        """Return the state of every job ever added, by id."""
        from mlcoach.domain.work.jobs import JobState  # and the other way round

        return {
            id: JobState(*row)._replace(
                visited=tuple((stage, day) for stage, day in row[4]),
                checked=tuple((checklist, step) for checklist, step in row[11]),
            )
            for id, row in self._kept("jobs").items()
        }

    def answered(self) -> list[str]:
        """Return the items that were ever answered, in no particular order."""
        return [key for (key,) in self._rows("SELECT key FROM item WHERE last_day <> ''")]

    def digests_of_files(self, part: str) -> set[str]:
        """Return the digests of all that was ever written to files with this in their path, taken back or not."""
        rows = self._rows(
            "SELECT json_extract(data, '$.digest_before'), json_extract(data, '$.digest_after') FROM event"
            " WHERE kind = 'file_written' AND instr(json_extract(data, '$.path'), ?)",
            (part,),
        )
        return {digest for row in rows for digest in row if digest}

    def _kept(self, key: str) -> dict[str, Any]:
        rows = self._rows("SELECT data FROM single WHERE key = ?", (key,))
        return json.loads(rows[0][0]) if rows else {}
