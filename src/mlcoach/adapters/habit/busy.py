"""What takes time according to other people's calendar files.

They are data of unknown quality. Every event is read by itself: one that cannot be read is left out with its reason,
and a file that holds no calendar at all is an error. What cannot reach into the days asked for is not read further
than its dates.
"""

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any, NamedTuple

from mlcoach.adapters.habit.calendar_text import CalendarText, EventText, address_of, calendars, read_text
from mlcoach.adapters.habit.calendar_zones import Zones
from mlcoach.adapters.habit.repetition import check_rules, day_of, last_day, steps_until
from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.domain.habit.slots import Busy
from mlcoach.domain.text import one_line
from mlcoach.errors import InvalidFileError

# Every value of an event may be of every kind to icalendar's types; they say nothing here.
Component = Any
OWN = "@mlcoach"  # the end of our own UIDs
# Repetitions are walked from an event's beginning on: so many of them take about three seconds.
MOST_STEPS = 1_000_000
LONGEST_REPEATED = 366  # days
STEP = 50  # events read before the next word about it
ONCE = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
NEEDED_SOUND = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"})
REPEATING = ("RRULE", "RDATE", "RECURRENCE-ID")
OWNER_FROM = 3  # events with guests that somebody takes part in, all of them, to be whom the calendar belongs to


DATED = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"})
_FAR = re.compile(r"(?<![0-9])(?:2[3-9]|[3-9][0-9])[0-9]{6}")  # from 2300 on: zones are worked out year by year


class Skipped(NamedTuple):
    """An event that was left out, or read with a grain of salt: where, and why."""

    place: str
    reason: str


class Unreadable(Exception):
    """What is wrong with one event."""


def read_busy(
    path: Path, begin: datetime, end: datetime, zone: tzinfo, on_progress: OnProgress = silent
) -> tuple[list[Busy], list[Skipped]]:
    """Return what takes time between two instants, and the events of the file that could not be read.

    Floating times and unknown zones are read as `zone`. All-day events take time only where they say so; those that are
    free, cancelled or declined and our own slots never do. `on_progress` hears (events read, events in all). Raises
    NotFoundError or InvalidFileError for a file that is not a calendar.
    """
    text, guessed = read_text(path)
    found = calendars(text)
    if not found:
        raise InvalidFileError(f"`{path}` holds no calendar", "export it again as .ics (iCalendar)")
    skipped = [Skipped(path.name, guessed)] if guessed else []
    groups = [(calendar, group) for calendar in found for group in _groups(calendar, begin.date(), end.date())]
    reader = _Reader(path, begin, end, zone, skipped)
    busy: list[Busy] = []
    done, total = 0, sum(len(group) for _, group in groups)
    owners = {id(calendar): _owners(calendar) for calendar in found}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what icalendar guesses; it is told with the event
        for calendar in found:
            reader.zones = Zones(calendar.zones)
            for own, group in groups:
                if own is calendar:
                    busy += reader.times(group, owners[id(calendar)])
                    done += len(group)
                    if done % STEP < len(group):
                        on_progress(done, total)
    return busy, skipped


def _groups(calendar: CalendarText, begin: date, end: date) -> Iterator[list[EventText]]:
    """Yield the events that may reach into these days, each with the changes of its single repetitions."""
    by_uid: dict[str, list[EventText]] = {}
    for event in calendar.events:
        uid = event.first("UID").strip() or f"event {event.number}"
        if not uid.endswith(OWN):
            by_uid.setdefault(uid, []).append(event)
    first, last = begin - timedelta(days=3), end + timedelta(days=3)
    for group in by_uid.values():
        if len(group) > 1 or not _is_outside(group[0], first, last):
            yield group


def _is_outside(event: EventText, first: date, last: date) -> bool:
    """Return whether an event lies outside these days for sure, by the dates that are written there."""
    begins, ends = event.values("DTSTART"), event.values("DTEND")
    if len(begins) != 1 or len(ends) > 1 or event.values("RDATE") or event.values("RECURRENCE-ID") or event.cut_off:
        return False
    began = day_of(begins[0])
    if began is None:
        return False
    if began > last:
        return True
    ended = day_of(ends[0]) if ends else began
    if event.values("DURATION") or ended is None:
        return False
    lasts = [began.toordinal(), *(last_day(rule, began) for rule in event.values("RRULE"))]
    return max(lasts) + max(0, (ended - began).days) < first.toordinal()


def _owners(calendar: CalendarText) -> set[str]:
    """Return the addresses of whom a calendar belongs to: those it names, and who takes part in everything."""
    guests: Counter[str] = Counter()
    events = 0
    for event in calendar.events:
        named = {address_of(one) for one in event.properties if one.name == "ATTENDEE"} - {""}
        guests.update(named)
        events += bool(named)
    return calendar.owners | {one for one, count in guests.items() if events >= OWNER_FROM and count == events}


class _Reader:
    """Reads events one after the other, and notes what cannot be read."""

    def __init__(self, path: Path, begin: datetime, end: datetime, zone: tzinfo, skipped: list[Skipped]) -> None:
        self.zones = Zones({})
        self._path = path
        self._begin, self._end = begin, end
        self._zone = zone
        self._skipped = skipped
        self._steps = 0.0

    def times(self, group: list[EventText], owners: set[str]) -> list[Busy]:
        """Return the times that one event takes between the two instants."""
        parts: list[tuple[EventText, Component]] = []
        for event in group:
            try:
                parts.append((event, self._component(event)))
            except Unreadable as error:
                self._skip(event, str(error))
        if not parts:
            return []
        if self._steps > MOST_STEPS:
            raise InvalidFileError(
                f"`{self._path}` repeats its events too often to walk through", "export a shorter span of it"
            )
        # By the single repetition that they change, "" for the series.
        answers = {_recurrence(part): not _is_declined(event, owners) for event, part in parts}
        event, first = parts[0]
        try:
            if len(parts) == 1 and not any(first.get(name) for name in REPEATING):
                found = [(first, *_span(first))]
            else:
                found = list(self._repeated([part for _, part in parts]))
            taking = [
                Busy(_title(one), *(_instant(instant, self._zone) for instant in (begin, end)))
                for one, begin, end in found
                if _takes_time(one) and answers.get(_recurrence(one), answers.get("", True))
            ]
        except Exception as error:  # whatever the libraries raise over one event, the others are read
            self._skip(event, one_line(str(error))[:80] or "it cannot be read")
            return []
        unknown = self.zones.unknown(event)
        if unknown and taking:
            self._skip(event, f"the zone {unknown} is unknown here; read as yours")
        return [one for one in taking if one.begin < self._end and one.end > self._begin]

    def _skip(self, event: EventText, reason: str) -> None:
        title = one_line(event.first("SUMMARY")[:1000].replace("\\", ""))[:80]
        self._skipped.append(Skipped(f"{self._path.name}: {title or f'event {event.number}'}", reason))

    def _component(self, event: EventText) -> Component:
        """Return an event as icalendar has it. Raises Unreadable with what is wrong."""
        from icalendar import Event

        if event.cut_off:
            raise Unreadable("the file ends within it")
        if any(one.name in DATED and _FAR.search(one.value) for one in event.properties):
            raise Unreadable("it is in a year too far away")
        for name in ONCE:
            if len(event.values(name)) > 1:
                raise Unreadable(f"it has two {name}")
        text = "\r\n".join(["BEGIN:VEVENT", *self.zones.lines(event), "END:VEVENT", ""])
        read: Component
        try:
            read = Event.from_ical(text)
            wrong = _wrong_with(read)
            self._steps += 0 if wrong else steps_until(read, self._end)
        except Exception as error:  # whatever icalendar raises over one event, the others are read
            raise Unreadable(one_line(str(error))[:80] or "it cannot be read") from error
        if wrong:
            raise Unreadable(wrong)
        return read

    def _repeated(self, parts: list[Component]) -> Iterator[tuple[Component, date, date]]:
        import recurring_ical_events
        from icalendar import Calendar

        alone = Calendar()
        for part in parts:
            alone.add_component(part)
        # A day more on either side: floating times are compared as if they were in UTC there.
        around = (self._begin - timedelta(days=1), self._end + timedelta(days=1))
        found: list[Component] = recurring_ical_events.of(alone).between(*around)
        for one in found:
            yield one, one["DTSTART"].dt, one["DTEND"].dt


def _wrong_with(event: Component) -> str:
    """Return why an event cannot be read, "" where it can."""
    broken = [key for key, _ in event.errors if key in NEEDED_SOUND]
    if broken:
        return f"{broken[0]} cannot be read"
    if "DTSTART" not in event:
        return "it has no beginning"
    if any(isinstance(event.get(name), list) for name in ONCE):
        return "it says twice when it is"
    if not isinstance(event["DTSTART"].dt, date):
        return "DTSTART cannot be read"
    if _runs_backwards(event):
        return "it ends before it begins"
    begin, end = _span(event)
    if (event.get("RRULE") or event.get("RDATE")) and end.toordinal() - begin.toordinal() > LONGEST_REPEATED:
        return "it lasts longer than a year, and repeats"
    return check_rules(event)


def _span(event: Component) -> tuple[date, date]:
    """Return beginning and end of an event that does not repeat: a day lasts until the next one."""
    begin = event["DTSTART"].dt
    if "DTEND" in event:
        return begin, event["DTEND"].dt
    if "DURATION" in event:
        return begin, begin + event["DURATION"].dt
    return begin, begin if isinstance(begin, datetime) else begin + timedelta(days=1)


def _runs_backwards(event: Component) -> bool:
    begin, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
    if end is None:
        return False
    # Days and instants cannot be compared, nor can instants of which one has no zone; but by their days they can.
    alike = type(begin) is type(end) and getattr(begin, "tzinfo", None) == getattr(end, "tzinfo", None)
    return bool(end < begin) if alike else end.toordinal() < begin.toordinal() - 1


def _is_declined(event: EventText, owners: set[str]) -> bool:
    """Return whether whom the calendar belongs to said no. Of a single guest one knows who it is."""
    guests = [one for one in event.properties if one.name == "ATTENDEE"]
    saying_no = {address_of(one) for one in guests if ("PARTSTAT", "DECLINED") in one.parameters}
    return bool(saying_no) and (len(guests) == 1 or bool(saying_no & owners))


def _takes_time(event: Component) -> bool:
    status, transparency, shown_as = (
        str(event.get(name, "")).upper() for name in ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
    )
    if status == "CANCELLED" or shown_as == "FREE":
        return False
    if not isinstance(event["DTSTART"].dt, datetime):
        # Birthdays and holidays are days, not appointments, unless their owner says otherwise.
        return transparency == "OPAQUE"
    return transparency != "TRANSPARENT"


def _recurrence(event: Component) -> str:
    """Return which single repetition an event is or changes, as text; "" for a whole series."""
    found = event.get("RECURRENCE-ID")
    return "" if found is None else str(found.dt)


def _instant(instant: date, zone: tzinfo) -> datetime:
    if not isinstance(instant, datetime):
        instant = datetime.combine(instant, time())
    return (instant.replace(tzinfo=zone) if instant.tzinfo is None else instant).astimezone(zone)


def _title(event: Component) -> str:
    titles = event.get("SUMMARY", "")
    return one_line(str(titles[0] if isinstance(titles, list) else titles)[:1000])[:80]
