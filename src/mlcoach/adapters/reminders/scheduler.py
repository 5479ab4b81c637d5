"""Waking up once a minute for as long as the program lasts."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any


def every_minute(look: Callable[[], None]) -> Any:
    """Return a scheduler that calls `look` at the beginning of each minute once it is started.

    It counts in UTC, so that no change of the clocks touches it. After a sleep of the machine it calls once, not once
    for each minute slept through; waiting a minute at most, it notices within one, for a longer wait would go on as if
    the sleep had not been.
    """
    from apscheduler.executors.debug import DebugExecutor
    from apscheduler.schedulers.blocking import BlockingScheduler
    from apscheduler.triggers.interval import IntervalTrigger

    # The executor for debugging is the one that needs no thread: there is nothing else to do meanwhile.
    scheduler = BlockingScheduler(timezone=UTC, executors={"default": DebugExecutor()})
    minutely = IntervalTrigger(minutes=1, start_date=datetime(2000, 1, 1, tzinfo=UTC), timezone=UTC)
    scheduler.add_job(look, minutely, coalesce=True, misfire_grace_time=None, max_instances=1)
    return scheduler
