"""How well the recall that the schedule uses was predicted, over the latest answers: a page that is made at once."""

from typing import TYPE_CHECKING

from mlcoach.views.calibration import BinView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LATEST = 500  # scored answers at least, where there are so many
NEEDED = 60  # scored answers; with fewer every figure is mostly chance


def latest_calibration(context: "Context") -> tuple[tuple[BinView, ...], int]:
    """Return the latest answers by how likely recall was predicted, with the share recalled, and how many there are.

    Each is predicted from the answers before it, as the schedule does. `memory status` looks at all of them. Empty
    while too few answers were scored.
    """
    from mlcoach.domain.memory import measure

    predictions, recalled = context.store.latest_predictions(LATEST, adaptive=context.settings.get("memory.adaptive"))
    if len(recalled) < NEEDED:
        return (), len(recalled)
    return tuple(BinView(*entry) for entry in measure.calibration(predictions, recalled)), len(recalled)
