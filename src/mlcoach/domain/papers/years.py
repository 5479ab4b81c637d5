"""The year in a date as people and programs write dates."""

import re

LAST_YEAR = 2100
# Extended dates leave digits open (`201X`); then nobody said a year. A minus before it is a year before Christ.
_CHRIST = r"(?!\s*(?:B\.?\s*C|v\.?\s*Chr))"
_FOUR = re.compile(r"(?<!\d)(?<!\d\.)(?:(?<!-)|(?<=\w-))([01]\d{3}|20\d\d)(?![\dXxu])" + _CHRIST)
_THREE = re.compile(r"(?<![\w.-])([1-9]\d\d)(?![\w.-])" + _CHRIST)


def year_in(text: str) -> int | None:
    """Return the first year of a text, from 100 to 2100: `2017`, `2019-03-04/2019-03-06`, `in press, 2021`, `c. 1200`.

    None where it names none, or one before Christ, or leaves digits open as extended dates (EDTF) may.
    """
    if text.isdecimal() and len(text) == 4:
        return year_of(text)
    match = _FOUR.search(text) or _THREE.search(text)
    return year_of(match[1]) if match else None


def year_of(value: object) -> int | None:
    """Return a number, or the digits of one, as a year from 1 to 2100, else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return None
    return number if 0 < number <= LAST_YEAR else None
