"""Other people's calendar files as text: calendars, their zones and events, each by itself, so that a bad one is alone.

Only what says when an event takes time is kept of it; descriptions, alarms and attachments are never looked at.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from mlcoach.domain.decoding import DecodedText, decoded
from mlcoach.errors import InvalidFileError, NotFoundError

LARGEST = 10_000_000  # bytes of one file
MOST_LINES = 5_000  # of one zone
DEEPEST = 20  # elements within elements
KEPT = frozenset(
    (
        "ATTENDEE", "DTEND", "DTSTART", "DURATION", "EXDATE", "RDATE", "RECURRENCE-ID", "RRULE", "STATUS", "SUMMARY",
        "TRANSP", "UID", "X-MICROSOFT-CDO-BUSYSTATUS",
    )
)  # fmt: skip
# Where a calendar says whose it is.
OWNERS = frozenset(("X-WR-CALNAME", "X-OWNER", "X-WR-RELCALID"))
_NAME = re.compile(r"[A-Za-z0-9-]+")
_MARK = re.compile(r'[";:]')
_ADDRESS = re.compile(r"[^\s:,;<>\"]{1,100}@[^\s:,;<>\"]{1,100}")


class Property(NamedTuple):
    """A line of an event: its name, its parameters in their order, and its value as written."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str

    def zones(self) -> list[str]:
        """Return the zones that it names; there may be one."""
        return [value for name, value in self.parameters if name == "TZID"]

    def line(self) -> str:
        """Return the line that it is."""
        return self.name + "".join(f';{name}="{value}"' for name, value in self.parameters) + f":{self.value}"


class EventText(NamedTuple):
    """An event: what is kept of it, and whether the file ends within it."""

    number: int
    properties: tuple[Property, ...]
    cut_off: bool = False

    def values(self, name: str) -> list[str]:
        """Return the values of a property, without those that are written twice alike."""
        return list(dict.fromkeys(one.value for one in self.properties if one.name == name))

    def first(self, name: str) -> str:
        """Return the first value of a property, "" where there is none."""
        return next((one.value for one in self.properties if one.name == name), "")


class CalendarText(NamedTuple):
    """A calendar: its zones as text by name, its events, and the addresses of whom it belongs to."""

    zones: dict[str, str]
    events: list[EventText]
    owners: set[str]


def read_text(path: Path) -> DecodedText:
    """Return the text of a file, with how it was read where that had to be guessed.

    Raises NotFoundError for a file that is not there, InvalidFileError for one that is too large or cannot be read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InvalidFileError(f"`{path}` is larger than 10 MB and was not read", "export a shorter span of it")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"no file `{path}`", "name an .ics file that your calendar exported") from error
    except OSError as error:
        raise InvalidFileError(f"cannot read `{path}`: {error.strerror}") from error
    return decoded(content)


def calendars(text: str) -> list[CalendarText]:
    """Return the calendars of a text, in their order. What belongs to none is passed over."""
    found: list[CalendarText] = []
    outer: list[str] = []  # the elements that are open, from the calendar on
    zone: list[str] = []
    event: list[Property] | None = None
    for line in _lines(text):
        match = _NAME.match(line)
        name = match[0].upper() if match else ""
        word = line.partition(":")[2].strip().upper() if name in ("BEGIN", "END") else ""
        if word == "VCALENDAR":
            _close(found, event, cut_off=True)
            event, outer = None, ["VCALENDAR"] if name == "BEGIN" else []
            if name == "BEGIN":
                found.append(CalendarText({}, [], set()))
        elif not outer:
            continue
        elif name == "BEGIN":
            if len(outer) >= DEEPEST:
                continue
            outer.append(word)
            if outer[1] == "VTIMEZONE":
                zone = [line] if len(outer) == 2 else [*zone, line] if len(zone) < MOST_LINES else zone
            elif len(outer) == 2 and word == "VEVENT":
                event = []
        elif name == "END":
            if word not in outer:
                continue
            if outer[1:2] == ["VTIMEZONE"]:
                zone.append(line)
            if outer[1:] == ["VTIMEZONE"]:
                named = next((one.partition(":")[2] for one in zone if one.upper().startswith("TZID")), "")
                found[-1].zones.setdefault(named.strip(), "\n".join(zone))
            if outer[1:] == ["VEVENT"]:
                _close(found, event, cut_off=False)
                event = None
            del outer[len(outer) - 1 - outer[::-1].index(word) :]
        elif outer[1:2] == ["VTIMEZONE"]:
            if len(zone) < MOST_LINES:
                zone.append(line)
        elif outer[1:] == ["VEVENT"] and event is not None and name in KEPT:
            event.append(parsed(line))
        elif len(outer) == 1 and name in OWNERS:
            found[-1].owners.update(address.lower() for address in _ADDRESS.findall(line)[:10])
    _close(found, event, cut_off=True)
    return found


def _close(found: list[CalendarText], event: list[Property] | None, *, cut_off: bool) -> None:
    if found and event is not None:
        found[-1].events.append(EventText(len(found[-1].events) + 1, tuple(event), cut_off))


def parsed(line: str) -> Property:
    """Return a line as name, parameters and value. What is in quotes is one word."""
    cuts: list[int] = []
    quoted = False
    end = len(line)
    for match in _MARK.finditer(line):
        if match[0] == '"':
            quoted = not quoted
        elif not quoted:
            if match[0] == ":":
                end = match.start()
                break
            cuts.append(match.start())
    name, *words = (line[begin:stop] for begin, stop in zip([0, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True))
    parameters = tuple(
        (key.strip().upper(), value.replace('"', "")) for key, _, value in (word.partition("=") for word in words)
    )
    return Property(name.strip().upper(), parameters, line[end + 1 :])


def address_of(attendee: Property) -> str:
    """Return the mail address of somebody who takes part, "" where there is none."""
    match = _ADDRESS.search(attendee.value.lower().removeprefix("mailto:"))
    return match[0] if match else ""


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, of whatever ending, with the folded ones whole."""
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    for line in text.replace("\n ", "").replace("\n\t", "").split("\n"):
        if line.strip():
            yield line
