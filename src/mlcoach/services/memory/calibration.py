"""How well recall is predicted, from a sample of cards small enough for a page that is made at once."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.views.memory import BinView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_ITEMS = 80
MOST_ANSWERS = 2_000
NEEDED = 60  # scored answers; with fewer every figure is mostly chance


def sampled_calibration(context: "Context") -> tuple[tuple[BinView, ...], int]:
    """Return answers by how likely recall was predicted, with the share recalled, and how many were scored.

    Beyond 80 items every so many-th is looked at, in the order of their ids and so from all units alike;
    `memory status` looks at all of them. Empty while too few answers were scored.
    """
    from mlcoach.domain.memory import measure

    store = context.store
    keys = store.answered_items()
    answers: list[measure.MeasuredAnswer] = []
    for key in keys[:: max(1, -(-len(keys) // MOST_ITEMS))]:
        answers += [
            measure.MeasuredAnswer(key, date.fromisoformat(answer.study_day).toordinal(), answer.rating)
            for answer in store.answers(key)
        ]
        if len(answers) >= MOST_ANSWERS:
            break
    trials = measure.trials(answers)
    if len(trials) < NEEDED:
        return (), len(trials)
    predictions = measure.predict_fsrs(answers, store.parameters())
    return tuple(BinView(*entry) for entry in measure.calibration(predictions, trials)), len(trials)
