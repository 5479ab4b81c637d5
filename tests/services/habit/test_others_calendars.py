"""Calendar files of other people, as they mean them: each file stands for a kind."""

import json
import re
import time
from pathlib import Path

import pytest

from tests.conftest import Program

FOLDER = Path(__file__).parents[2] / "fixtures" / "imports"
SUNDAY = "2026-11-22T08:00:00+01:00"
Event = tuple[str, str]


def read(mlcoach: Program, file: Path, weeks: int = 2) -> tuple[list[Event], list[str]]:
    """Return (title, local beginning) of what collides with evenings, and what was said of the others."""
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\nslot = "10:00"\ngoal = 719\n')
    mlcoach.at(SUNDAY)
    data = json.loads(mlcoach(f"calendar slots {file} --weeks {weeks} --json").out)["data"]
    return (
        [(one["event"], one["begin"][:16]) for one in data["collisions"]],
        [f"{one['place']}: {one['reason']}" for one in data["skipped"]],
    )


@pytest.mark.parametrize(
    ("name", "events", "said"),
    [
        ("dtstart-twice.ics", [("A good event", "2026-11-24T20:00")], ["dtstart-twice.ics: DTSTART twice: it has two DTSTART"]),
        ("ics-two-dtstart.ics", [], ["ics-two-dtstart.ics: event 1: it has two DTSTART"]),
        ("ics-two-dtend.ics", [], ["ics-two-dtend.ics: event 1: it has two DTEND"]),
        ("ics-tzid-long.ics", [("", "2026-11-24T20:00")],
         [f"ics-tzid-long.ics: event 1: the zone {'X' * 40} is unknown here; read as yours"]),
        ("declined.ics", [], []),
        ("latin1.ics", [("Münchner Treffen", "2026-11-24T20:00")],
         ["latin1.ics: 1 line of it is not UTF-8 and was read as Western European (Windows-1252); look at the accents"]),
        ("cr-only.ics", [("Münchner Treffen", "2026-11-24T20:00")], []),
        ("outlook-customized-tz.ics", [("Call (20:00-21:00 in Berlin)", "2026-11-24T20:00")], []),
        ("exdate-date.ics", [("Choir (not on the 24th)", f"2026-11-{day}T20:00") for day in (23, 25, 26, 27)], []),
        ("exdate-utc.ics", [("Choir (not on the 24th; until the 27th)", f"2026-11-{day}T20:00") for day in (23, 25, 26)], []),
        ("moved-orphan.ics", [("Standup", "2026-11-23T20:30"), ("Standup (moved to the morning)", "2026-11-24T10:00"),
                              ("Standup", "2026-11-26T20:30")], []),
        ("google-xwr-floating.ics", [("floating in a calendar of New York (20:00 in Berlin)", "2026-11-24T14:00"),
                                     ("weekly, in UTC", "2026-11-24T20:00"), ("weekly, in UTC", "2026-12-01T20:00")], []),
    ],
)  # fmt: skip
def test_each_file_reads_as_it_is_meant(mlcoach: Program, name: str, events: list[Event], said: list[str]) -> None:
    assert read(mlcoach, FOLDER / name) == (events, said)


EVENING = "DTSTART:20261124T190000Z\nDTEND:20261124T200000Z\n"


def calendar(mlcoach: Program, *events: str, head: str = "") -> Path:
    text = "".join(f"BEGIN:VEVENT\nUID:{number}\n{event}END:VEVENT\n" for number, event in enumerate(events))
    return mlcoach.write("others.ics", f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{text}END:VCALENDAR\n")


@pytest.mark.parametrize("zone", ["Europe", "..", "/etc/passwd", "America/", "a\x01b", "", "Ünïcode", "X" * 300])
def test_a_name_that_is_no_zone_is_told(mlcoach: Program, zone: str) -> None:
    file = calendar(mlcoach, f"SUMMARY:Odd\nDTSTART;TZID={zone}:20261124T193000\nDURATION:PT1H\n")
    events, said = read(mlcoach, file)
    assert events == [("Odd", "2026-11-24T19:30")]
    assert all("is unknown here; read as yours" in one for one in said)
    assert said or not zone


def test_of_two_zones_the_one_that_there_is_counts(mlcoach: Program) -> None:
    file = calendar(mlcoach, "DTSTART;TZID=Nowhere;TZID=America/New_York:20261124T140000\nDURATION:PT1H\n")
    assert read(mlcoach, file)[0] == [("", "2026-11-24T20:00")]


@pytest.mark.parametrize(
    ("guests", "head", "taken"),
    [
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:me@x.org\n", "", False),
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@x.org\n", "", True),
        # Somebody else's no is none of ours.
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:you@x.org\nATTENDEE;PARTSTAT=ACCEPTED:mailto:me@x.org\n", "", True),
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:you@x.org\nATTENDEE;PARTSTAT=DECLINED:mailto:me@x.org\n", "", True),
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:you@x.org\nATTENDEE;PARTSTAT=DECLINED:mailto:Me@x.org\n",
         "X-WR-CALNAME:me@x.org\n", False),
        ("ATTENDEE;CN=\"a;b:c\";PARTSTAT=DECLINED:mailto:me@x.org\n", "", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE\n", "", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF\n", "", True),
    ],
)  # fmt: skip
def test_what_one_said_no_to_takes_no_time(mlcoach: Program, guests: str, head: str, taken: bool) -> None:
    events, said = read(mlcoach, calendar(mlcoach, EVENING + guests, head=head))
    assert (bool(events), said) == (taken, [])


def test_who_takes_part_in_everything_is_whose_calendar_it_is(mlcoach: Program) -> None:
    guests = [
        f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{other}@x.org\nATTENDEE;PARTSTAT=DECLINED:mailto:me@x.org\n"
        for other in ("one", "two", "three")
    ]
    assert read(mlcoach, calendar(mlcoach, *(EVENING + one for one in guests)))[0] == []


def test_one_evening_of_a_series_can_be_declined(mlcoach: Program) -> None:
    guest = "ATTENDEE;PARTSTAT={}:mailto:me@x.org\n"
    series = "DTSTART:20261123T190000Z\nDTEND:20261123T200000Z\nRRULE:FREQ=DAILY;COUNT=3\n" + guest.format("ACCEPTED")
    other = "RECURRENCE-ID:20261124T190000Z\n" + EVENING + guest.format("DECLINED")
    text = f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n{series}END:VEVENT\nBEGIN:VEVENT\nUID:1\n{other}END:VEVENT\nEND:VCALENDAR\n"
    assert [begin for _, begin in read(mlcoach, mlcoach.write("series.ics", text))[0]] == [
        "2026-11-23T20:00", "2026-11-25T20:00",
    ]  # fmt: skip


def test_a_file_that_ends_within_an_event_keeps_the_others(mlcoach: Program) -> None:
    file = mlcoach.write(
        "cut.ics", f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{EVENING}END:VEVENT\nBEGIN:VEVENT\nSUMMARY:Half\nDTSTA"
    )
    assert read(mlcoach, file) == ([("", "2026-11-24T20:00")], ["cut.ics: Half: the file ends within it"])


def test_zones_of_two_files_stay_apart(mlcoach: Program) -> None:
    def zoned(name: str, offset: str) -> Path:
        zone = (
            "BEGIN:VTIMEZONE\nTZID:Our Zone\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
            f"TZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE\n"
        )
        event = "BEGIN:VEVENT\nUID:1\nDTSTART;TZID=Our Zone:20261124T190000\nDURATION:PT1H\nEND:VEVENT\n"
        return mlcoach.write(name, f"BEGIN:VCALENDAR\n{zone}{event}END:VCALENDAR\n")

    one, other = zoned("one.ics", "+0000"), zoned("other.ics", "-0100")
    assert read(mlcoach, one)[0] == [("", "2026-11-24T20:00")]
    assert read(mlcoach, other)[0] == [("", "2026-11-24T21:00")]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYSECOND=" + ",".join(map(str, range(60)))])
def test_a_zone_that_is_walked_for_hours_is_passed_over(mlcoach: Program, rule: str) -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Our Zone\nBEGIN:STANDARD\nDTSTART:00010101T000000\n"
        f"TZOFFSETFROM:+0000\nTZOFFSETTO:+0000\nRRULE:{rule}\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    began = time.perf_counter()
    event = "DTSTART;TZID=Our Zone:20261124T190000\nDURATION:PT1H\n"
    events, said = read(mlcoach, calendar(mlcoach, event, head=zone))
    assert time.perf_counter() - began < 5
    assert events == [("", "2026-11-24T19:00")]
    assert len(said) == 1


def test_thousands_of_events_tell_how_far_they_are(tmp_path: Path) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mlcoach.adapters.habit.busy import read_busy

    event = "BEGIN:VEVENT\nUID:{0}\nDTSTART:2026112{1}T190000Z\nDURATION:PT1H\nEND:VEVENT\n"
    file = tmp_path / "many.ics"
    file.write_text("BEGIN:VCALENDAR\n" + "".join(event.format(n, n % 10) for n in range(500)) + "END:VCALENDAR\n")
    zone = ZoneInfo("Europe/Berlin")
    told: list[tuple[int, int]] = []
    busy, _ = read_busy(
        file, datetime(2026, 11, 1, tzinfo=zone), datetime(2026, 12, 1, tzinfo=zone), zone,
        lambda done, total: told.append((done, total)),
    )  # fmt: skip
    assert len(busy) == 500
    assert told[-1] == (500, 500)
    assert len(told) == 10


def test_a_screen_of_odd_events_steers_nothing(mlcoach: Program) -> None:
    file = calendar(mlcoach, "SUMMARY:\x9b31mred\u202e\x1b[2J\nDTSTART:x\n")
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    screen = mlcoach(f"calendar slots {file}", tty=80)
    assert not re.search("[\x1b\x9b\u202e]", screen.out + screen.err)
