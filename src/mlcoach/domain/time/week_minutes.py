"""The minutes of each weekday as people write them: `90`, `2h on mon tue thu`, `weekdays 2h, sat 3h`."""

import re
from typing import NamedTuple

from mlcoach.domain.time.durations import parse_duration
from mlcoach.domain.time.study_days import WEEKDAYS
from mlcoach.errors import UsageError

HINT = "write `90` for every day, `60 sat=180 sun=0`, `2h mon-fri, sat 3h`, or seven numbers from Monday on"
EVERY_DAY = frozenset(range(7))
_GROUPS = {
    "weekday": frozenset(range(5)), "weekend": frozenset((5, 6)), "daily": EVERY_DAY, "everyday": EVERY_DAY,
}  # fmt: skip
_OFF = ("0", "off", "rest", "none", "nothing", "free")
_FILLERS = ("at", "the", "every", "each", "for", "from", "of", "day", "days", "week", "a", "per", "is", "study")
_TO = r"\s*(?:-|–|—|\bto\b|\bthrough\b|\btill\b|\buntil\b)\s*"
_DAY = rf"(?:{'|'.join(day[:3] for day in WEEKDAYS)})[a-z]*"
_NUMBERS = "one|two|three|four|five|six|seven|[1-7]"
_SOME_DAYS = re.compile(rf"\b(?:{_NUMBERS}) (?:days|evenings|mornings|afternoons|nights|times|sessions)\b")
_EXCEPT = re.compile(r"\b(?:except|without|but not|not|no)(?: on)? ")
_IN_WORDS = {
    "an hour and a half": "90m", "one and a half hours": "90m", "half an hour": "30m", "an hour": "1h",
    "one hour": "1h", "two hours": "2h", "three hours": "3h", "four hours": "4h",
}  # fmt: skip


class _Token(NamedTuple):
    """Minutes, or the weekdays they are for; `on` says that a word such as `on` stands before these."""

    text: str
    minutes: int = 0
    days: frozenset[int] = frozenset()
    on: bool = False


def read_week(words: str) -> tuple[int, ...]:
    """Return the minutes from Monday on. Of days that nothing is said about they are those given without a day, else 0.

    Raises UsageError, which names what could not be read.
    """
    text = " ".join(words.lower().split())
    if some := _SOME_DAYS.search(text):
        raise UsageError(f"`{some[0]}` does not say which", "name them: `2h mon tue thu fri`")
    clauses = [_tokens(clause) for clause in _clauses(text)]
    pairs = [pair for clause in _with_lone_days(clauses) for pair in _pairs(clause, words)]
    plain = [minutes for minutes, days in pairs if not days]
    named = [(minutes, days) for minutes, days in pairs if days]
    if len(plain) == 7:
        week = plain
    elif len(plain) > 1 or not pairs:
        raise UsageError(f"cannot read the minutes `{words.strip():.60}`", HINT)
    elif not plain and re.fullmatch(r"(?:[^\s=]+=\S+\s*)+", text):
        raise UsageError(f"`{text:.60}` leaves the other days open", f"put their minutes before it: `90 {text:.40}`")
    else:
        week = (plain or [0]) * 7
    # Of two that name a day the narrower counts: `weekdays 2h, fri off`.
    for minutes, days in sorted(named, key=lambda pair: -len(pair[1])):
        for day in days:
            week[day] = minutes
    return tuple(week)


def _clauses(text: str) -> list[str]:
    for said, short in _IN_WORDS.items():
        text = re.sub(rf"\b{said}\b", short, text)
    text = re.sub(r"(\d) +(?=(?:h|hours?|hrs?|m|mins?|minutes?)\b)", r"\1", text)
    text = re.sub(r"(\dh) +(?=\d+ *m)", r"\1", text)
    text = re.sub(rf"({_DAY}|weekdays?|weekends?) *[:=] *(?=\S)", r"\1=", text)
    text = _EXCEPT.sub(", off on ", text)
    return re.split(r"[,;](?!\d+ *h)|\band\b|\bbut\b|\bthen\b", text)


def _tokens(clause: str) -> list[_Token]:
    """Return what a clause says, weekdays that stand together as one. Raises UsageError for an unknown word."""
    found: list[_Token] = []
    on = False
    for word in re.sub(rf"({_DAY}){_TO}(?={_DAY})", r"\1-", clause).split():
        name, equals, minutes = word.partition("=")
        if equals:
            if not (days := _days(name)):
                raise UsageError(f"`{name:.40}` is not a weekday", f"they are {', '.join(day[:3] for day in WEEKDAYS)}")
            found += [_Token(word, days=days), _Token(word, _minutes(minutes))]
        elif word == "on" or (word in _FILLERS and not _days(word)):
            on = on or word == "on"
            continue
        elif days := _days(word):
            if found and found[-1].days and "=" not in found[-1].text:
                found[-1] = found[-1]._replace(days=found[-1].days | days, text=f"{found[-1].text} {word}")
            else:
                found.append(_Token(word, days=days, on=on))
        else:
            found.append(_Token(word, _minutes(word)))
        on = False
    return found


def _with_lone_days(clauses: list[list[_Token]]) -> list[list[_Token]]:
    """Return the clauses that say something, those of days alone with one beside them: `mon, tue and fri 2h`."""
    joined: list[list[_Token]] = []
    waiting = frozenset[int]()
    for number, clause in enumerate(clauses):
        if clause and all(token.days for token in clause):
            days = frozenset().union(*(token.days for token in clause))
            following = next((one for one in clauses[number + 1 :] if any(not token.days for token in one)), [])
            if joined and joined[-1][-1].days and not (following and following[0].days and not clause[0].on):
                joined[-1][-1] = joined[-1][-1]._replace(days=joined[-1][-1].days | days)
            elif following and following[0].days:
                waiting |= days
            else:
                raise UsageError(f"no minutes for `{clause[0].text}`", HINT)
        elif clause:
            joined.append([clause[0]._replace(days=clause[0].days | waiting), *clause[1:]] if waiting else clause)
            waiting = frozenset()
    return joined


def _pairs(clause: list[_Token], words: str) -> list[tuple[int, frozenset[int]]]:
    """Return minutes with the days they are for, no days for the rest of the week. Raises UsageError."""
    found: list[tuple[int, frozenset[int]]] = []
    rest = list(clause)
    while rest:
        first, second, third = (*rest, None, None)[:3]
        if first is not None and first.days:
            if second is None or second.days:
                raise UsageError(f"no minutes for `{first.text}` in `{words.strip():.60}`", HINT)
            found.append((second.minutes, first.days))
            rest = rest[2:]
        elif first is not None and second is not None and second.days and _is_for(second, third, rest):
            found.append((first.minutes, second.days))
            rest = rest[2:]
        elif first is not None:
            found.append((first.minutes, frozenset()))
            rest = rest[1:]
    return found


def _is_for(days: _Token, behind: _Token | None, rest: list[_Token]) -> bool:
    """Return whether days belong to the minutes before them and not to those behind: `2h mon` against `90 sat 3h`."""
    if "=" in days.text:
        return False
    return days.on or behind is None or bool(rest[-1].days)


def _days(word: str) -> frozenset[int]:
    """Return the weekdays that a word means: one, several as `mon-fri`, or a group of them; none for another word."""
    single = word.removesuffix("s") if len(word) > 4 else word
    if single in _GROUPS:
        return _GROUPS[single]
    first, dash, last = word.partition("-")
    if dash:
        begin, end = _days(first), _days(last)
        if len(begin) != 1 or len(end) != 1:
            return frozenset()
        start, length = min(begin), (min(end) - min(begin)) % 7
        return frozenset((start + day) % 7 for day in range(length + 1))
    for name in (word, word.removesuffix("s")):
        for number, day in enumerate(WEEKDAYS):
            if (len(name) >= 3 and day.startswith(name)) or (day == "tuesday" and name == "tues"):
                return frozenset((number,))
    return frozenset()


def _minutes(word: str) -> int:
    """Return minutes, 0 for a day off. Raises UsageError."""
    if word in _OFF:
        return 0
    try:
        return parse_duration(word)
    except UsageError as error:
        if re.search(r"\d", word):
            raise
        raise UsageError(f"`{word:.40}` is neither a weekday nor minutes", HINT) from error
