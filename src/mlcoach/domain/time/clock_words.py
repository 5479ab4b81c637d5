"""A time of day in words, `half past seven`, within a sentence."""

import re

_HOURS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
}
_MINUTES = {"quarter": 15, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "twenty five": 25}
_HOUR = rf"(?P<hour>{'|'.join(_HOURS)}|1[0-2]|[1-9])"
_AMOUNT = rf"(?:a\s+)?(?P<minutes>{'|'.join(sorted(_MINUTES, key=len, reverse=True))}|[1-5]?[05])(?:\s+minutes)?"
_HALF = r"(?:\s*(?P<half>am|pm|a\.m\.|p\.m\.|(?:in the|this) (?:morning|afternoon|evening)|at night|tonight))?"
_START = r"(?<![\w:.])(?:(?P<at>at|from|around|about)\s+)?"
_FORMS = (
    rf"{_START}half(?:[\s-]+past)?[\s-]+{_HOUR}{_HALF}(?![\w:])",
    rf"{_START}{_AMOUNT}\s+(?P<side>past|after|to|before)\s+{_HOUR}{_HALF}(?![\w:])",
    rf"{_START}{_HOUR}(?:\s+(?P<tens>thirty|fifteen|forty[- ]five))?(?:\s*(?P<clock>o['’]?clock))?{_HALF}(?![\w:])",
    rf"{_START}(?P<name>noon|midday|midnight)(?!\w)",
)
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


def clock_in(text: str) -> tuple[str, str]:
    """Return a text without the time of day that is in it in words, and that time as `HH:MM`; "" where there is none.

    Without `am` or `in the morning` an hour is that of the evening, unless the text speaks of a morning. A bare number
    is a time only behind `at`.
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
    word = parts["hour"]
    hour = _HOURS[word] if word in _HOURS else int(word)
    if form == 0:
        minutes = 30
    elif form == 1:
        said = parts["minutes"]
        minutes = _MINUTES[said] if said in _MINUTES else int(said)
        minutes = -minutes if parts["side"] in ("to", "before") else minutes
    else:
        minutes = _TENS.get(parts["tens"], 0)
    half = parts["half"]
    later = half in _AFTERNOON or (not half and not _MORNING.search(text))
    return ((hour % 12 + (12 if later else 0)) * 60 + minutes) % (24 * 60)
