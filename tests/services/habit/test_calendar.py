"""Calendar files: every instant as promised, read by two independent libraries; and what others' files may hold."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from tests.conftest import Program

SPAN = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC))
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]  # the last moves its clocks by half an hour
Instants = list[tuple[datetime, datetime, str]]


def as_written(text: str) -> Instants:
    """What icalendar makes of a file."""
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(*SPAN)
    return sorted(
        (one["DTSTART"].dt.astimezone(UTC), one["DTEND"].dt.astimezone(UTC), str(one["UID"]))
        for one in found
        if one.get("STATUS") != "CANCELLED"
    )


def as_others_read(text: str) -> Instants:
    """What a library that shares no code with the one that wrote it makes of a file."""
    timeline = IcsCalendarStream.calendar_from_ics(text).timeline_tz(UTC)
    return sorted(
        (event.dtstart.astimezone(UTC), event.end.astimezone(UTC), event.uid)
        for event in timeline.included(*SPAN)
        if event.status != "CANCELLED"
    )


def expected(zone: str, first: date, days: int, minutes: dict[int, int], without: set[date]) -> Instants:
    """Every slot at eight in the evening, counted out day by day."""
    found = []
    for number in range(days):
        day = first + timedelta(days=number)
        length = minutes.get(day.weekday(), 120)
        if day in without or not length:
            continue
        begin = datetime(day.year, day.month, day.day, 20, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        found.append((begin, begin + timedelta(minutes=length), f"slot-{day:%a}@mlcoach".lower()))
    return sorted(found)


@pytest.mark.parametrize("zone", ZONES)
def test_every_slot_of_a_year_is_where_it_belongs(mlcoach: Program, zone: str) -> None:
    mlcoach.write("config/config.toml", f'zone = "{zone}"\nweekday.sat = 200\nweekday.sun = 0\n')
    mlcoach.at("2026-11-23T08:00:00+00:00")
    # Rest over the change of the clocks, and at the beginning of a series.
    mlcoach("rest 2026-11-24..2026-11-25")
    mlcoach("rest 2027-03-26..2027-03-29")
    text = mlcoach("calendar export --weeks 53").out
    rest = {date(2026, 11, 24), date(2026, 11, 25), *(date(2027, 3, day) for day in range(26, 30))}
    wanted = expected(zone, date(2026, 11, 23), 53 * 7, {5: 200, 6: 0}, rest)
    assert len({begin.utctimetuple().tm_hour * 60 + begin.minute for begin, _, _ in wanted}) == 2  # both offsets
    assert as_written(text) == wanted
    assert as_others_read(text) == wanted


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Berlin", "2027-03-28"), ("Europe/Berlin", "2026-10-25"), ("America/New_York", "2027-03-14"),
        ("America/New_York", "2026-11-01"), ("Australia/Lord_Howe", "2027-04-04"), ("Australia/Lord_Howe", "2026-10-04"),
    ],
)  # fmt: skip
def test_slots_in_the_night_of_the_change(mlcoach: Program, zone: str, change: str) -> None:
    day = date.fromisoformat(change)
    mlcoach.write("config/config.toml", f'zone = "{zone}"\nslot = "01:45"\nweekday.sat = 60\n')
    mlcoach.at(f"{day - timedelta(days=3)}T12:00:00+00:00")
    text = mlcoach("calendar export --weeks 1").out
    # The slot of Saturday's study day begins at 01:45 on Sunday. Of its end both libraries are unsure when the clock
    # changes in between: they add the duration on the wall clock, where RFC 5545 means exact time.
    begin = datetime(day.year, day.month, day.day, 1, 45, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for found in (as_written(text), as_others_read(text)):
        assert [started for started, _, uid in found if uid == "slot-sat@mlcoach"] == [begin]
    assert "DURATION:PT1H" in text


def test_the_same_instant_gives_the_same_file(mlcoach: Program) -> None:
    mlcoach("config set zone Europe/Berlin")
    assert mlcoach("calendar export").out == mlcoach("calendar export").out


def test_a_later_file_updates_the_same_events(mlcoach: Program) -> None:
    mlcoach("config set zone Europe/Berlin")
    mlcoach("log 5m")  # the Monday is on record with its minutes
    before = Calendar.from_ical(mlcoach("calendar export").out)
    mlcoach.later(days=1)
    mlcoach("config set weekday.mon 0")
    mlcoach("config set slot 19:30")
    after = Calendar.from_ical(mlcoach("calendar export").out)
    old, new = (
        {str(event["UID"]): event for event in calendar.walk("VEVENT") if "RECURRENCE-ID" not in event}
        for calendar in (before, after)
    )
    assert old.keys() == new.keys()
    assert all(new[uid]["SEQUENCE"] > old[uid]["SEQUENCE"] for uid in old)
    # A weekday that was given up is called off, so that it does not stay in the calendar.
    assert new["slot-mon@mlcoach"]["STATUS"] == "CANCELLED"
    assert (new["slot-tue@mlcoach"]["STATUS"], new["slot-tue@mlcoach"]["TRANSP"]) == ("CONFIRMED", "OPAQUE")


def test_a_weekday_never_studied_is_not_called_off(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\nweekday.sun = 0\n')
    assert "slot-sun" not in mlcoach("calendar export").out


def test_todays_slot_holds_todays_plan_and_the_cue(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\ncue = "after dinner"\npaper_days = ["tue"]\n')
    events = Calendar.from_ical(mlcoach("calendar export").out).walk("VEVENT")
    descriptions = [(str(event["UID"])[:8], "RECURRENCE-ID" in event, str(event["DESCRIPTION"])) for event in events]
    assert descriptions[0] == ("slot-mon", False, "After dinner, at 20:00: 2h of study.\n\nmlcoach today")
    assert descriptions[1][:2] == ("slot-mon", True)
    assert descriptions[1][2].startswith("25m Goal, role and reasons (mlcoach start start.why)\n45m Vectors")
    assert descriptions[2] == ("slot-tue", False, "After dinner, at 20:00: 2h of study.\nPaper day.\n\nmlcoach today")
    alarms = [alarm for event in events for alarm in event.walk("VALARM")]
    assert {alarm["TRIGGER"].dt for alarm in alarms} == {timedelta(minutes=-10)}
    assert len(alarms) == len(events)


def test_a_learners_words_cannot_break_out_of_the_file(mlcoach: Program) -> None:
    cue = r"END:VEVENT;\\n, \\;X"
    mlcoach.write("config/config.toml", f"zone = 'Europe/Berlin'\ncue = '{cue}'\n")
    text = mlcoach("calendar export").out
    assert str(Calendar.from_ical(text).walk("VEVENT")[0]["DESCRIPTION"]).startswith(f"{cue}, at 20:00")
    assert "\nEND:VEVENT;" not in text


def test_export_to_a_file_can_be_undone(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("config set zone Europe/Berlin")
    file = tmp_path / "study.ics"
    file.write_text("mine", encoding="utf-8")
    said = mlcoach(f"calendar export --weeks 2 -o {file}").out
    assert said.startswith(f"14 slots of the next 2 weeks (Europe/Berlin) are in {file}")
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    mlcoach("undo")
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_is_no_file_to_write_to(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("config set zone Europe/Berlin")
    assert mlcoach(f"calendar export -o {tmp_path}", expect=2).err.count("\n") == 2


def test_an_export_tells_scripts_every_slot(mlcoach: Program) -> None:
    mlcoach("config set zone Europe/Berlin")
    data = json.loads(mlcoach("calendar export --weeks 1 --json").out)["data"]
    assert data["slots"][0] == {
        "date": "2026-11-23", "begin": "2026-11-23T20:00:00+01:00", "end": "2026-11-23T22:00:00+01:00", "minutes": 120,
        "paper": False,
    }  # fmt: skip
    assert (len(data["slots"]), data["zone"], data["path"]) == (7, "Europe/Berlin", "")


@pytest.mark.parametrize("name", ["CET-1CEST", "/etc/localtime", "Nowhere/At all", "../../etc/passwd"])
def test_a_zone_without_a_name_is_one_clear_error(mlcoach: Program, name: str) -> None:
    mlcoach.environment["TZ"] = name
    assert "config set zone" in mlcoach("calendar export", expect=2).err


@pytest.mark.skipif(shutil.which("khal") is None, reason="khal is not installed (Debian package khal)")
def test_khal_reads_it_and_does_not_double_it(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("config set zone Europe/Berlin")
    (tmp_path / "cal").mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[study]]\npath = {tmp_path / 'cal'}\n[default]\ndefault_calendar = study\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n[locale]\nlocal_timezone = Europe/Berlin\n"
        "default_timezone = Europe/Berlin\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n",
        encoding="utf-8",
    )

    def khal(*words: str) -> str:
        done = subprocess.run(
            ["khal", "-c", str(config), *words],
            capture_output=True,
            text=True,
            timeout=60,
            env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    for _ in range(2):
        (tmp_path / "study.ics").write_text(mlcoach("calendar export --weeks 22").out, encoding="utf-8", newline="")
        khal("import", "--batch", str(tmp_path / "study.ics"))
        mlcoach.later(minutes=5)
    listed = khal("list", "--format", "{start-time}-{end-time} {title}", "2027-03-25", "7d").splitlines()
    assert [line for line in listed if line[0].isdigit() and "-" in line[:6] and ":" in line[:3]] == [
        "20:00-22:00 Study · paper day", "20:00-22:00 Study", "20:00-22:00 Study · paper day", "20:00-22:00 Study",
        "20:00-22:00 Study", "20:00-22:00 Study · paper day", "20:00-22:00 Study",
    ]  # fmt: skip


# Files of others ----------------------------------------------------------------------------------------------


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def calendar(*events: str) -> str:
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(events) + "END:VCALENDAR\r\n"


def looked_at(mlcoach: Program, *events: str, weeks: int = 2) -> dict:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    file = mlcoach.write("others.ics", calendar(*events))
    return json.loads(mlcoach(f"calendar slots {file} --weeks {weeks} --json").out)["data"]


def test_a_course_collides_and_another_time_is_proposed(mlcoach: Program) -> None:
    course = event("UID:1", "SUMMARY:Course", "DTSTART;TZID=Europe/Berlin:20260901T190000",
                   "DTEND;TZID=Europe/Berlin:20260901T204500", "RRULE:FREQ=WEEKLY",
                   "EXDATE;TZID=Europe/Berlin:20261124T190000")  # fmt: skip
    data = looked_at(mlcoach, course)
    assert [(one["date"], one["event"], one["instead"]) for one in data["collisions"]] == [
        ("2026-12-01", "Course", "17:00")
    ]
    assert (data["free_days"], data["days"]) == (13, 14)
    assert data["proposals"] == [
        {"slot": "17:00", "free_days": 14}, {"slot": "16:30", "free_days": 14}, {"slot": "16:00", "free_days": 14},
    ]  # fmt: skip


def test_our_own_slots_do_not_collide_with_themselves(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    file = mlcoach.write("study.ics", mlcoach("calendar export").out)
    data = json.loads(mlcoach(f"calendar slots {file} --json").out)["data"]
    assert (data["collisions"], data["events"]) == ([], 0)


def test_what_takes_no_time_does_not_collide(mlcoach: Program) -> None:
    evening = ("DTSTART:20261124T190000Z", "DTEND:20261124T200000Z")
    data = looked_at(
        mlcoach,
        event("UID:1", "SUMMARY:free", "TRANSP:TRANSPARENT", *evening),
        event("UID:2", "SUMMARY:off", "STATUS:CANCELLED", *evening),
        event("UID:3", "SUMMARY:birthday", "DTSTART;VALUE=DATE:20261124"),
    )
    assert (data["collisions"], data["events"], data["skipped"]) == ([], 0, [])


def test_an_all_day_event_that_says_so_takes_the_day(mlcoach: Program) -> None:
    fair = event("UID:1", "SUMMARY:Fair", "TRANSP:OPAQUE", "DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261126")
    assert [(one["date"], one["instead"]) for one in looked_at(mlcoach, fair)["collisions"]] == [
        ("2026-11-24", ""), ("2026-11-25", ""),
    ]  # fmt: skip


def test_floating_times_and_unknown_zones_are_the_learners(mlcoach: Program) -> None:
    data = looked_at(
        mlcoach,
        event("UID:1", "SUMMARY:floating", "DTSTART:20261124T213000", "DTEND:20261124T233000"),
        event("UID:2", "SUMMARY:Mars", "DTSTART;TZID=Mars/Olympus:20261125T213000", "DURATION:PT1H"),
        event("UID:3", "SUMMARY:Outlook", "DTSTART;TZID=W. Europe Standard Time:20261126T213000", "DURATION:PT1H"),
    )
    assert [(one["begin"], one["event"]) for one in data["collisions"]] == [
        ("2026-11-24T21:30:00+01:00", "floating"), ("2026-11-25T21:30:00+01:00", "Mars"),
        ("2026-11-26T21:30:00+01:00", "Outlook"),
    ]  # fmt: skip
    assert [one["reason"] for one in data["skipped"]] == ["the zone Mars/Olympus is unknown here; read as yours"]


def test_a_moved_repetition_moves(mlcoach: Program) -> None:
    series = ("UID:1", "SUMMARY:Choir")
    data = looked_at(
        mlcoach,
        event(*series, "DTSTART:20261103T190000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"),
        event(*series, "RECURRENCE-ID:20261124T190000Z", "DTSTART:20261125T190000Z", "DURATION:PT1H"),
    )
    assert [one["date"] for one in data["collisions"]] == ["2026-11-25", "2026-12-01"]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["DTSTART:2026112Txx"], "DTSTART cannot be read"),
        (["DTEND:20261124T190000Z"], "it has no beginning"),
        (["DTSTART:20261124T190000Z", "RRULE:FREQ=SOMETIMES"], "RRULE cannot be read"),
        (["DTSTART:20261124T190000Z", "DTEND:20261123T190000Z"], "it ends before it begins"),
        (["DTSTART:20261124T190000Z", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"], "it repeats more often than daily"),
        (["DTSTART:20261124T190000Z", "RRULE:FREQ=HOURLY"], "it repeats more often than daily"),
        (["DTSTART:00010101T190000Z", "DTEND:20261124T190000Z", "RRULE:FREQ=WEEKLY"], "it lasts longer than a year, and repeats"),
        (["DTSTART:20261124T190000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDY=30"], "unknown parameter 'BYMONTHDY'"),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_read_is_left_out_alone(mlcoach: Program, lines: list[str], reason: str) -> None:
    good = event("UID:good", "SUMMARY:Choir", "DTSTART:20261125T190000Z", "DURATION:PT1H")
    data = looked_at(mlcoach, event("UID:bad", "SUMMARY:Bad", *lines), good)
    assert data["skipped"] == [{"place": "others.ics: Bad", "reason": reason}]
    assert [one["event"] for one in data["collisions"]] == ["Choir"]


@pytest.mark.parametrize(
    "rule",
    ["FREQ=DAILY;INTERVAL=0", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;COUNT=-1"],
)
def test_a_rule_that_means_nothing_ends(mlcoach: Program, rule: str) -> None:
    good = event("UID:good", "SUMMARY:Choir", "DTSTART:20261125T190000Z", "DURATION:PT1H")
    data = looked_at(mlcoach, event("UID:odd", "SUMMARY:Odd", "DTSTART:20261124T100000Z", f"RRULE:{rule}"), good)
    assert "Choir" in [one["event"] for one in data["collisions"]]


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\xff\xfe\x00B", b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
     b"BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR\r\n", b"BEGIN:VCALENDAR\r\n" * 3000, bytes(range(256)) * 40],
    ids=["empty", "words", "utf-16", "bare event", "cut off", "no property", "nested", "binary"],
)  # fmt: skip
def test_what_is_no_calendar_is_one_clear_error(mlcoach: Program, content: bytes) -> None:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    file = mlcoach.home / "odd.ics"
    file.write_bytes(content)
    failed = mlcoach(f"calendar slots {file}", expect=None)
    # A calendar without a readable event is one all the same.
    assert failed.code in (0, 4), failed.screen
    assert failed.code == 0 or "odd.ics" in failed.err


def test_a_file_that_is_not_there_or_too_large(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    assert "no file" in mlcoach("calendar slots nowhere.ics", expect=3).err
    assert "cannot read" in mlcoach(f"calendar slots {mlcoach.home}", expect=4).err
    huge = mlcoach.home / "huge.ics"
    huge.write_bytes(b"BEGIN:VCALENDAR\r\n")
    with huge.open("r+b") as file:
        file.truncate(11_000_000)
    assert "larger than 10 MB" in mlcoach(f"calendar slots {huge}", expect=4).err


@pytest.mark.slow
def test_endless_repetitions_are_not_walked_through(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    daily = [event(f"UID:{n}", "DTSTART:10000101T190000Z", "RRULE:FREQ=DAILY") for n in range(3)]
    file = mlcoach.write("others.ics", calendar(*daily))
    assert "repeats its events too often" in mlcoach(f"calendar slots {file}", expect=4).err


def test_titles_cannot_steer_the_terminal(mlcoach: Program) -> None:
    mlcoach.write("config/config.toml", 'zone = "Europe/Berlin"\n')
    hostile = event("UID:1", "SUMMARY:\x1b[31mred\u202e [bold]x[/bold]", "DTSTART:20261124T190000Z", "DURATION:PT1H")
    file = mlcoach.write("others.ics", calendar(hostile))
    screen = mlcoach(f"calendar slots {file}", tty=80).out
    assert "\x1b" not in screen
    assert "[bold]x[/bold]" in screen
