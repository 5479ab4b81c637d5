"""Questions about placement: what was answered, and how far it is."""

import json

from mlcoach.domain.placement.answers import PlacementAnswer, PlacementState
from mlcoach.store.queries.base import Queries


class PlacementQueries(Queries):
    """Questions about placement."""

    def state(self) -> PlacementState:
        """Return what there is of placement."""
        rows = self._rows("SELECT data FROM single WHERE key = 'placement'")
        if not rows:
            return PlacementState()
        fields = json.loads(rows[0][0])
        return PlacementState(**{**fields, "answers": tuple(PlacementAnswer(*row) for row in fields["answers"])})
