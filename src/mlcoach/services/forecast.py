"""When the learner's path ends, as a range."""

from typing import TYPE_CHECKING

from mlcoach.services.curriculum import progress
from mlcoach.services.day import forecast as day_forecast
from mlcoach.services.habit import numbers
from mlcoach.views.habit import ForecastView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def forecast(context: "Context") -> ForecastView:
    """Return the hours left on the path, the pace of the last weeks, and when the path ends at that pace."""
    return day_forecast.path_forecast(context, progress.unit_progress(context), numbers.weeks(context))
