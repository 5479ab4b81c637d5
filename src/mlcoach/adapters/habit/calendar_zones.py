"""The zones that a calendar file names: by their usual names, or as the file itself describes them."""

import re
from datetime import datetime
from typing import Any

from mlcoach.adapters.habit.calendar_text import EventText, Property
from mlcoach.domain.text import one_line

# A zone is described by the rules of its clock's changes. Those of strangers may be made to be walked for hours.
MOST_OBSERVANCES = 40  # of all zones of a file that have no usual name
MOST_VALUES = 12  # of one rule
ASKED = (datetime(1970, 1, 1), datetime(2026, 7, 1))  # where a zone that says anything says something
_RULE_PARTS = re.compile(
    r"(FREQ=YEARLY|(INTERVAL|COUNT|UNTIL|BYDAY|BYMONTH|BYMONTHDAY|WKST|BYHOUR|BYMINUTE|BYSECOND)=[A-Z0-9,+-]{1,80})",
    re.IGNORECASE,
)


class Zones:
    """Finds the zones of one calendar, and knows which cannot be found."""

    def __init__(self, described: dict[str, str]) -> None:
        from icalendar.timezone import tzp

        tzp.use_default()  # what another file described by the same names is not meant here
        self._described = described
        self._known: dict[str, bool] = {}
        self._observances = 0

    def lines(self, event: EventText) -> list[str]:
        """Return the lines of an event, with a zone that cannot be found set apart: its times are then floating."""
        return [self._checked(one).line() for one in event.properties if one.name != "ATTENDEE"]

    def unknown(self, event: EventText) -> str:
        """Return the zone of an event's beginning that cannot be found, or ""."""
        begin = next((one for one in event.properties if one.name == "DTSTART"), None)
        named = begin.zones() if begin and not begin.value.strip().upper().endswith("Z") else []
        is_day = begin is not None and "T" not in begin.value.upper()
        return "" if is_day else next((one_line(zone)[:40] for zone in named if not self._finds(zone)), "")

    def _checked(self, one: Property) -> Property:
        zones = one.zones()
        if not zones or (len(zones) == 1 and self._finds(zones[0])):
            return one
        kept = [(name, value) for name, value in one.parameters if name != "TZID"]
        # Of two zones the first that can be found.
        found = next((zone for zone in zones if self._finds(zone)), "")
        return one._replace(parameters=(*kept, ("TZID", found)) if found else tuple(kept))

    def _finds(self, name: str) -> bool:
        if name not in self._known:
            self._known[name] = self._look(name)
        return self._known[name]

    def _look(self, name: str) -> bool:
        from icalendar import Timezone
        from icalendar.timezone import tzp

        text = self._described.get(name)
        try:
            if text is not None and not _is_named(name) and self._is_bounded(text):
                tzp.cache_timezone_component(Timezone.from_ical(text.replace("\n", "\r\n")))
            zone: Any = tzp.timezone(name) if len(name) <= 200 else None
            return zone is not None and all(zone.utcoffset(day) is not None for day in ASKED)
        except Exception:  # whatever icalendar raises over a zone, its events are read
            return False

    def _is_bounded(self, text: str) -> bool:
        """Return whether a description of a zone can be worked out in no time."""
        lines = text.split("\n")
        begun = sum(line.upper().startswith("BEGIN:") for line in lines)
        self._observances += begun
        rules = [line.partition(":")[2].strip() for line in lines if line.upper().startswith("RRULE")]
        dates = sum(line.count(",") for line in lines if line.upper().startswith("RDATE"))
        if self._observances > MOST_OBSERVANCES or len(rules) >= begun or dates >= 1000:
            return False
        return all(
            rule.count(",") < MOST_VALUES and all(map(_RULE_PARTS.fullmatch, rule.rstrip(";").split(";")))
            for rule in rules
        )


def _is_named(name: str) -> bool:
    """Return whether a zone is known by this name everywhere, whatever the file says of it."""
    from zoneinfo import ZoneInfo

    try:
        return bool(ZoneInfo(name).key)
    except Exception:  # of names that are paths, too long or no text the library says all sorts of things
        return False
