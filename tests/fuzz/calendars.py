"""Calendar files from anywhere. `python -m tests.fuzz.calendars --count 100000`"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.fuzz.mutate import Fuzzer, main

FOLDER = Path(__file__).parents[1] / "fixtures" / "imports"
ZONE = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 11, 22, tzinfo=ZONE)
SERIES = b"""BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:me@example.org
BEGIN:VTIMEZONE
TZID:Our Zone
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1
SUMMARY:A series\\, with changes
DTSTART;TZID=Our Zone:20260903T190000
DTEND;TZID=Our Zone:20260903T204500
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,FR;UNTIL=20270101T000000Z
EXDATE;TZID=Our Zone:20261126T190000
RDATE;TZID=Our Zone:20261201T190000,20261202T190000
ATTENDEE;CN="a;b:c";PARTSTAT=ACCEPTED:mailto:me@example.org
BEGIN:VALARM
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:1
RECURRENCE-ID;TZID=Our Zone:20261127T190000
DTSTART;TZID=Our Zone:20261128T190000
DURATION:PT2H
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
TRANSP:OPAQUE
STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Days
DTSTART;VALUE=DATE:20261124
DTEND;VALUE=DATE:20261126
RRULE:FREQ=MONTHLY;BYMONTHDAY=24;BYSETPOS=1;COUNT=40;WKST=SU
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
WORDS = tuple(
    word.encode()
    for word in (
        "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VCALENDAR\n", "END:VCALENDAR\n", "BEGIN:VTIMEZONE\n", "END:VTIMEZONE\n",
        "BEGIN:STANDARD\n", "END:STANDARD\n", "DTSTART", "DTEND", "DURATION", "RRULE:", "RDATE:", "EXDATE:", "UID:1\n",
        "RECURRENCE-ID", ";TZID=", "TZID:", "Europe", "Europe/Berlin", "..", ";VALUE=DATE", ";VALUE=PERIOD", "FREQ=DAILY",
        "FREQ=YEARLY", "FREQ=SECONDLY", "FREQ=", ";INTERVAL=", ";COUNT=", ";UNTIL=", ";BYDAY=", "MO,TU,WE", "-5SU",
        ";BYMONTH=2", ";BYMONTHDAY=30", ";BYSETPOS=-366", ";BYWEEKNO=53", ";BYYEARDAY=366", ";BYHOUR=0,1,2,3", "PT1H",
        "-P1D", "P99999W", "PARTSTAT=DECLINED", "ATTENDEE:", "\"", ":", ";", "=", ",", "\\", "\n", "\r\n", "\r", "\n ", "Z",
        "T", "TZOFFSETFROM:+9999", "RANGE=THISANDFUTURE", "20261124T190000Z", "00010101T000000", "99991231T235959Z",
        "DTSTART:20261124T190000Z\n", "DTEND:20261124T200000Z\n", "RRULE:FREQ=DAILY\n", "SUMMARY:x\n",
    )
)  # fmt: skip


def read(path: Path) -> Iterator[str]:
    """Read a file, and return what a screen shows of it."""
    from mlcoach.adapters.habit.busy import read_busy

    busy, skipped = read_busy(path, BEGIN, BEGIN + timedelta(days=30), ZONE)
    for one in busy:
        assert one.begin < BEGIN + timedelta(days=30)
        yield f"{one.title} {one.begin.isoformat()} {one.end.isoformat()}"
    for left_out in skipped:
        yield f"{left_out.place}: {left_out.reason}"


CALENDARS = Fuzzer(
    "calendars", [SERIES, SERIES, *(file.read_bytes() for file in sorted(FOLDER.glob("*.ics")))], WORDS, read, ".ics"
)

if __name__ == "__main__":
    main(CALENDARS)
