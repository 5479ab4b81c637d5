"""How well recall is predicted, from a sample of cards small enough for a page that is made at once."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.views.memory import BinView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_ITEMS = 120
MOST_ANSWERS = 2_500
NEEDED = 60  # scored answers; with fewer every figure is mostly chance


def sampled_calibration(context: "Context") -> tuple[tuple[BinView, ...], int]:
    """Return answers by how likely recall was predicted, with the share recalled, and how many were scored.

    Beyond 120 items every so many-th is looked at, in the order of their ids and so from all units alike;
    `memory status` looks at all of them. Empty while too few answers were scored.
    """
    from mlcoach.domain.memory import measure

    store = context.store
    keys = [key for (key,) in store.rows("SELECT key FROM item WHERE first_day > '' ORDER BY key")]
    answers = []
    for key in keys[:: max(1, -(-len(keys) // MOST_ITEMS))]:
        rows = store.rows(
            "SELECT event.study_day, iif(event.kind = 'item_marked', ?, json_extract(event.data, '$.rating'))"
            " FROM event_key JOIN event ON event.number = event_key.event"
            " WHERE event_key.kind = 'item' AND event_key.key = ? AND event.kind IN ('item_graded', 'item_marked')"
            " AND (event.kind = 'item_graded' OR json_extract(event.data, '$.mark') = 'forgotten')"
            " AND event.id NOT IN (SELECT event FROM revoked)"
            " ORDER BY event.study_day, event.happened, event.device, event.seq",
            (measure.FORGOTTEN, key),
        )
        answers += [measure.MeasuredAnswer(key, date.fromisoformat(day).toordinal(), rating) for day, rating in rows]
        if len(answers) >= MOST_ANSWERS:
            break
    trials = measure.trials(answers)
    if len(trials) < NEEDED:
        return (), len(trials)
    predictions = measure.predict_fsrs(answers, store.parameters())
    return tuple(BinView(*entry) for entry in measure.calibration(predictions, trials)), len(trials)
