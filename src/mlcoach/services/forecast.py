"""When the learner's path ends, as a range."""

from typing import TYPE_CHECKING

from mlcoach.services import numbers, states
from mlcoach.services.views.habit import ForecastView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def forecast(context: "Context") -> ForecastView:
    """Return the hours left on the path, the pace of the last weeks, and when the path ends at that pace."""
    return numbers.path_forecast(context, states.standing(context), numbers.weeks(context))
