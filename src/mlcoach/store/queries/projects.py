"""Questions about the learner's own work: what is ticked, and the projects."""

import json

from mlcoach.domain.work.projects import Metric, ProjectNote, ProjectState, StageRecord
from mlcoach.store.queries.base import Queries


class ProjectQueries(Queries):
    """Questions about checklists and projects."""

    def ticks(self) -> dict[str, list[str]]:
        """Return by checklist the ids of the items that are ticked."""
        rows = self._rows("SELECT data FROM single WHERE key = 'checklist'")
        return dict(json.loads(rows[0][0])) if rows else {}

    def all(self) -> dict[str, ProjectState]:
        """Return the state of each project by id."""
        rows = self._rows("SELECT data FROM single WHERE key = 'project'")
        return {id: _state(data) for id, data in json.loads(rows[0][0]).items()} if rows else {}


def _state(data: dict[str, object]) -> ProjectState:
    state = ProjectState(**data)  # type: ignore[arg-type]
    return state._replace(
        steps=tuple((checklist, step) for checklist, step in state.steps),
        verdicts=tuple(StageRecord(*one) for one in state.verdicts),
        notes=tuple(ProjectNote(*one) for one in state.notes),
        metrics=tuple(Metric(*one) for one in state.metrics),
        scores=tuple(state.scores),
    )
