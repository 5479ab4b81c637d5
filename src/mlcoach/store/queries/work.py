"""Questions about people and jobs."""

import json
from typing import Any

from mlcoach.domain.work.jobs import JobState
from mlcoach.domain.work.people import AdviceState, PersonState
from mlcoach.store.queries.base import Queries


class WorkQueries(Queries):
    """Questions about people and jobs."""

    def people(self) -> dict[str, PersonState]:
        """Return the state of every person ever added, by id."""
        return {
            id: PersonState(*row)._replace(advice=tuple(AdviceState(*one) for one in row[5]))
            for id, row in self._kept("people").items()
        }

    def jobs(self) -> dict[str, JobState]:
        """Return the state of every job ever added, by id."""
        return {
            id: JobState(*row)._replace(
                visited=tuple((stage, day) for stage, day in row[4]),
                checked=tuple((checklist, step) for checklist, step in row[11]),
            )
            for id, row in self._kept("jobs").items()
        }

    def _kept(self, key: str) -> dict[str, Any]:
        rows = self._rows("SELECT data FROM single WHERE key = ?", (key,))
        return json.loads(rows[0][0]) if rows else {}
