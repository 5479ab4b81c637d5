"""The reserved hours written as an iCalendar file."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach import __version__

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


# Every value of an event may be of every kind to icalendar's types; they say nothing here.
Component = Any
OWN = "@mlcoach"  # the end of our own UIDs
ALARM = timedelta(minutes=-10)


class SlotSeries(NamedTuple):
    """The slots of one weekday. `begins` are the wall-clock beginnings that take place, ascending, without a zone.

    `left_out` are those that do not; `today` is the beginning of a slot with a description of its own. A series without
    beginnings is one that is called off.
    """

    key: str
    summary: str
    description: str
    minutes: int
    begins: tuple[datetime, ...]
    left_out: tuple[datetime, ...] = ()
    today: tuple[datetime, str] | None = None


def written(series: Sequence[SlotSeries], zone: "ZoneInfo", stamp: datetime) -> str:
    """Return the series as one iCalendar text. The same arguments give the same text.

    `stamp` is when they were read: of two files that hold an event, the one stamped later is in force.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//mlcoach//mlcoach {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "mlcoach")
    for one in series:
        for event in _events(one, zone, stamp):
            calendar.add_component(event)
    ends = [begin for one in series for begin in one.begins]
    if ends:
        # The whole year around it, so that readers meet no slot before the first rule of the zone.
        calendar.add_missing_timezones(
            first_date=date(min(ends).year - 1, 1, 1), last_date=date(max(ends).year + 1, 12, 31)
        )
    return str(calendar.to_ical().decode())


def _events(series: SlotSeries, zone: "ZoneInfo", stamp: datetime) -> list[Component]:
    if not series.begins:
        called_off = _event(series, series.left_out[0], zone, stamp)
        called_off.add("status", "CANCELLED")
        called_off.add("transp", "TRANSPARENT")
        return [called_off]
    first, last = min(series.begins), max(series.begins)
    event = _event(series, first, zone, stamp)
    event.add("description", series.description)
    event.add("rrule", {"freq": "weekly", "until": last.replace(tzinfo=zone).astimezone(UTC)})
    left_out = [begin.replace(tzinfo=zone) for begin in series.left_out if first <= begin <= last]
    if left_out:
        event.add("exdate", left_out)
    _reserved(event, series)
    if series.today is None:
        return [event]
    begin, description = series.today
    today = _event(series, begin, zone, stamp)
    today.add("recurrence-id", begin.replace(tzinfo=zone))
    today.add("description", description)
    _reserved(today, series)
    return [event, today]


def _event(series: SlotSeries, begin: datetime, zone: "ZoneInfo", stamp: datetime) -> Component:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{series.key}{OWN}")
    # Whole minutes since 1970: they only grow, without a counter of exports.
    event.add("sequence", int(stamp.timestamp() // 60))
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("summary", series.summary)
    event.add("dtstart", begin.replace(tzinfo=zone))
    event.add("duration", timedelta(minutes=series.minutes))
    return event


def _reserved(event: Component, series: SlotSeries) -> None:
    """Make an event one that nothing else is put on, with an alarm."""
    from icalendar import Alarm

    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("x-microsoft-cdo-busystatus", "BUSY")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", ALARM)
    alarm.add("description", series.summary)
    event.add_component(alarm)
