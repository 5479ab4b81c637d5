"""A time of day in words, `half past seven`, within a sentence."""

import re

_HOURS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
}
_MINUTES = {"quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "twenty five": 25}
_ANY_HOUR = f"{'|'.join(_HOURS)}|1[0-2]|[1-9]"
_HOUR = f"(?P<hour>{_ANY_HOUR})"
_AMOUNT = rf"(?:a\s+)?(?P<minutes>{'|'.join(sorted(_MINUTES, key=len, reverse=True))}|[1-5]?[05])(?:\s+minutes)?"
_HALVES = r"am|pm|a\.m\.|p\.m\.|(?:in the|this) (?:morning|afternoon|evening)|at night|tonight"
_HALF = rf"(?:\s*(?P<half>{_HALVES}))?"
_START = r"(?<![\w:.])(?:(?P<at>(?P<from>from)|at|around|about)\s+)?"
_TO = r"\s*(?:to|till|until|-|–)\s*"
# `five to six days a week` is no time of day.
_COUNTED = r"\s*(?:(?:days?|times|hours?|hrs?|minutes?|mins?|weeks?|evenings?|mornings?|nights?|sessions?)\b|%)"
_UNCOUNTED = rf"(?!{_COUNTED}|{_TO}(?:{_ANY_HOUR}){_COUNTED})"
# `from five to seven`: it begins at five.
_END = rf"(?(from)(?:{_TO}(?P<end>{_ANY_HOUR})(?:\s*(?P<half_of_end>{_HALVES}))?(?![\w:]))?)"
_TENS_MORE = r"(?:\s+(?P<tens>thirty|fifteen|forty[- ]five))?"
_FORMS = (
    rf"{_START}half(?:[\s-]+past)?[\s-]+{_HOUR}{_HALF}(?![\w:])",
    rf"{_START}{_AMOUNT}\s+(?P<side>past|after|to|before)\s+{_HOUR}{_HALF}(?![\w:]){_UNCOUNTED}",
    rf"{_START}{_HOUR}{_TENS_MORE}(?:\s*(?P<clock>o['’]?clock))?{_HALF}(?![\w:]){_UNCOUNTED}{_END}",
    rf"{_START}(?P<name>noon|midday|midnight)(?!\w)",
)
_COUNTS = {*_HOURS, *map(str, range(1, 13))}
_TENS = {"thirty": 30, "fifteen": 15, "forty-five": 45, "forty five": 45}
_MORNING = re.compile(
    r"\b(?:mornings?|breakfast|wak\w+|get(?:ting)? up|before work|sunrise|dawn|commute)\b", re.IGNORECASE
)
_AFTERNOON = (
    "pm",
    "p.m.",
    "in the afternoon",
    "in the evening",
    "this afternoon",
    "this evening",
    "at night",
    "tonight",
)
_NIGHT = ("at night", "tonight")
LATEST_AT_NIGHT = 4  # `four at night` is after midnight
LONGEST_EVENING = 6  # hours: `from nine to five` is a day, which begins in the morning


def clock_in(text: str) -> tuple[str, str]:
    """Return a text without the time of day that is in it in words, and that time as `HH:MM`; "" where there is none.

    Without `am` or `in the morning` an hour is that of the evening, unless the text speaks of a morning. A bare number
    is a time only behind `at`. Of `from five to seven` the time is that of its beginning.
    """
    for number, form in enumerate(_FORMS):
        for found in re.finditer(form, text, re.IGNORECASE):
            if (minutes := _minutes(found, text, number)) is not None:
                rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
                return rest, f"{minutes // 60:02d}:{minutes % 60:02d}"
    return text, ""


def _minutes(found: "re.Match[str]", text: str, form: int) -> int | None:
    """Return the minutes after midnight that a form says, None where it says no time."""
    parts = {key: (value or "").lower() for key, value in found.groupdict().items()}
    if "name" in parts:
        return 0 if parts["name"] == "midnight" else 12 * 60
    if form == 2 and not (parts["at"] or parts["clock"] or parts["half"]):
        return None  # `two cups of tea`
    if form == 1 and parts["from"] and parts["side"] in ("to", "before") and parts["minutes"] in _COUNTS:
        return None  # from ten to twelve
    hour = _hour(parts["hour"])
    if form == 0:
        minutes = 30
    elif form == 1:
        said = parts["minutes"]
        minutes = _MINUTES[said] if said in _MINUTES else int(said)
        minutes = -minutes if parts["side"] in ("to", "before") else minutes
    else:
        minutes = _TENS.get(parts["tens"], 0)
    half, end = parts["half"] or parts.get("half_of_end", ""), parts.get("end", "")
    is_long = bool(end) and (_hour(end) - hour) % 12 > LONGEST_EVENING
    later = half in _AFTERNOON or (not half and not is_long and not _MORNING.search(text))
    if half in _NIGHT and (hour == 12 or hour <= LATEST_AT_NIGHT):
        later = False  # after midnight
    return ((hour % 12 + (12 if later else 0)) * 60 + minutes) % (24 * 60)


def _hour(word: str) -> int:
    return _HOURS[word] if word in _HOURS else int(word)
