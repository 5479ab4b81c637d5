"""Calendar files: the reserved hours written as iCalendar, and other people's files read as busy time.

Files from elsewhere are data of unknown quality. An event that cannot be read is left out with its reason; a file that
is not a calendar at all is an error.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach import __version__
from mlcoach.domain.habit.slots import Busy
from mlcoach.domain.text import one_line
from mlcoach.errors import InvalidFileError, NotFoundError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


# Every value of an event may be of every kind to icalendar's types; they say nothing here.
Component = Any
OWN = "@mlcoach"  # the end of our own UIDs
ALARM = timedelta(minutes=-10)
LARGEST = 10_000_000  # bytes of one file
# Repetitions are walked from an event's beginning on: so many of them take about three seconds.
MOST_STEPS = 1_000_000
STEPS_A_DAY = {"DAILY": 1.0, "WEEKLY": 1 / 7, "MONTHLY": 1 / 28, "YEARLY": 1 / 365}
NEEDED_SOUND = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})


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


class Skipped(NamedTuple):
    """An event that was left out, or read with a grain of salt: where, and why."""

    place: str
    reason: str


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


def read_busy(path: Path, begin: datetime, end: datetime, zone: tzinfo) -> tuple[list[Busy], list[Skipped]]:
    """Return what takes time between two instants, and the events of the file that could not be read.

    Floating times and unknown zones are read as `zone`. All-day events take time only where they say so, and our own
    slots never do. Raises NotFoundError or InvalidFileError for a file that is not a calendar.
    """
    busy: list[Busy] = []
    skipped: list[Skipped] = []
    events = [
        parts
        for calendar in _calendars(path)
        for uid, parts in _by_uid(calendar, path.name, skipped).items()
        if not uid.endswith(OWN)
    ]
    if sum(_steps(part, end) for parts in events for part in parts) > MOST_STEPS:
        raise InvalidFileError(f"`{path}` repeats its events too often to walk through", "export a shorter span of it")
    for parts in events:
        busy += _occurrences(parts, begin, end, zone, path.name, skipped)
    return busy, skipped


def _calendars(path: Path) -> list[Component]:
    from icalendar import Calendar

    try:
        if path.stat().st_size > LARGEST:
            raise InvalidFileError(f"`{path}` is larger than 10 MB and was not read", "export a shorter span of it")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"no file `{path}`", "name an .ics file that your calendar exported") from error
    except OSError as error:
        raise InvalidFileError(f"cannot read `{path}`: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
        found = [one for one in Calendar.from_ical(text, multiple=True) if one.name == "VCALENDAR"]
    except (ValueError, KeyError, IndexError, AttributeError, RecursionError) as error:
        reason = "" if isinstance(error, UnicodeDecodeError | RecursionError) else f": {one_line(str(error))[:80]}"
        raise InvalidFileError(
            f"`{path}` is not a calendar file{reason}", "export it again as .ics (iCalendar)"
        ) from error
    if not found:
        raise InvalidFileError(f"`{path}` holds no calendar", "export it again as .ics")
    return found


def _by_uid(calendar: Component, name: str, skipped: list[Skipped]) -> dict[str, list[Component]]:
    """Return the sound events of a calendar by UID: an event with the changes of its single repetitions."""
    found: dict[str, list[Component]] = {}
    for number, event in enumerate(calendar.walk("VEVENT"), start=1):
        place = f"{name}: {_title(event) or f'event {number}'}"
        broken = [key for key, _ in event.errors if key in NEEDED_SOUND]
        if broken:
            skipped.append(Skipped(place, f"{broken[0]} cannot be read"))
        elif "DTSTART" not in event:
            skipped.append(Skipped(place, "it has no beginning"))
        elif _runs_backwards(event):
            skipped.append(Skipped(place, "it ends before it begins"))
        elif any(word not in STEPS_A_DAY for word in _frequencies(event)):
            skipped.append(Skipped(place, "it repeats more often than daily"))
        elif any(number < 1 for rule in _rules(event) for key in ("INTERVAL", "COUNT") for number in rule.get(key, [])):
            skipped.append(Skipped(place, "its rule never comes to an end"))
        else:
            found.setdefault(str(event.get("UID", f"event {number}")), []).append(event)
    return found


def _rules(event: Component) -> list[Any]:
    rules = event.get("RRULE")
    return [] if rules is None else rules if isinstance(rules, list) else [rules]


def _frequencies(event: Component) -> list[str]:
    return [str(word).upper() for rule in _rules(event) for word in rule.get("FREQ", [])]


def _runs_backwards(event: Component) -> bool:
    begin, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
    # Days and instants cannot be compared, nor can instants of which one has no zone.
    alike = type(begin) is type(end) and getattr(begin, "tzinfo", None) == getattr(end, "tzinfo", None)
    return bool(alike and end < begin)


def _steps(event: Component, end: datetime) -> float:
    """Return about how many repetitions lie between an event's beginning and an instant."""
    began = event["DTSTART"].dt
    days = max(0, end.toordinal() - began.toordinal()) if hasattr(began, "toordinal") else 0
    # Rules by day of a year or month make several of one.
    return sum(days * max(STEPS_A_DAY[word], 1 / 7) for word in _frequencies(event))


def _occurrences(
    parts: list[Component], begin: datetime, end: datetime, zone: tzinfo, name: str, skipped: list[Skipped]
) -> list[Busy]:
    """Return the times that one event takes between two instants."""
    import recurring_ical_events
    from icalendar import Calendar

    alone = Calendar()
    for part in parts:
        alone.add_component(part)
    place = f"{name}: {_title(parts[0]) or 'an event without a title'}"
    try:
        # A day more on either side: floating times are compared as if they were in UTC there.
        around = (begin - timedelta(days=1), end + timedelta(days=1))
        found = recurring_ical_events.of(alone).between(*around)
        taking = [_as_busy(one, zone) for one in found if _takes_time(one)]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        skipped.append(Skipped(place, one_line(str(error))[:80] or "it cannot be read"))
        return []
    unknown = _unknown_zone(parts[0])
    if unknown and taking:
        skipped.append(Skipped(place, f"the zone {unknown} is unknown here; read as yours"))
    return [one for one in taking if one.begin < end and one.end > begin]


def _takes_time(event: Component) -> bool:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    transparency = str(event.get("TRANSP", "")).upper()
    if not isinstance(event["DTSTART"].dt, datetime):
        # Birthdays and holidays are days, not appointments, unless their owner says otherwise.
        return transparency == "OPAQUE"
    return transparency != "TRANSPARENT"


def _as_busy(event: Component, zone: tzinfo) -> Busy:
    begin, end = (_instant(event[key].dt, zone) for key in ("DTSTART", "DTEND"))
    return Busy(_title(event), begin, end)


def _instant(instant: date, zone: tzinfo) -> datetime:
    if not isinstance(instant, datetime):
        instant = datetime.combine(instant, time())
    return (instant.replace(tzinfo=zone) if instant.tzinfo is None else instant).astimezone(zone)


def _unknown_zone(event: Component) -> str:
    begin = event["DTSTART"]
    named = str(getattr(begin, "params", {}).get("TZID", ""))
    is_floating = isinstance(begin.dt, datetime) and begin.dt.tzinfo is None
    return one_line(named)[:40] if named and is_floating else ""


def _title(event: Component) -> str:
    return one_line(str(event.get("SUMMARY", "")))[:80]
