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
_FILLERS = ("at", "the", "every", "each", "for", "from", "of", "day", "days", "a", "per", "is", "study")
_TO = r"\s*(?:-|–|—|\bto\b|\bthrough\b|\btill\b|\buntil\b)\s*"
_DAY = rf"(?:{'|'.join(day[:3] for day in WEEKDAYS)})[a-z]*"
_NUMBERS = "one|two|three|four|five|six|seven|[1-7]"
_SOME_DAYS = re.compile(rf"\b(?:{_NUMBERS}) (?:days|evenings|mornings|afternoons|nights|times|sessions)\b")
_EXCEPT = re.compile(r"\b(?:except|without|but not|not|no)(?: on)? ")
_DAY_OR_END = rf"(?:{_DAY}|weekdays?|weekends?)(?![\w-])"
_BUT = re.compile(
    rf"\b(?P<word>except|without|but not|not|no|but)(?: on)? (?P<days>{_DAY_OR_END}"
    rf"(?:(?:{_TO}|\s*,\s*(?:and\s+)?|\s+(?:(?:and|or)\s+)?){_DAY_OR_END})*)(?P<minutes>\s*[,:=]?\s*\d[^\s,;]*)?"
)
_HAS_MINUTES = re.compile(r"\d|\b(?:off|rest|none|nothing|free)\b")
_EACH_WEEK = re.compile(r"\b(?:each|every) week\b")
_A_WEEK = re.compile(r"(?:(?P<sum>\d\S*)\s+(?:a|per|each|every)|\b(?:a|per))\s+week\b|\bweekly\b")
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
    text = _of_each_week(_glued(text), words)
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


def _glued(text: str) -> str:
    """Return a text with each amount as one word: `1h30m`."""
    for said, short in _IN_WORDS.items():
        text = re.sub(rf"\b{said}\b", short, text)
    text = re.sub(r"(\d) +(?=(?:h|hours?|hrs?|m|mins?|minutes?)\b)", r"\1", text)
    return re.sub(r"(\dh) +(?=\d+ *m)", r"\1", text)


def _of_each_week(text: str, words: str) -> str:
    """Return a text without `every week` behind its weekdays. Raises UsageError for the minutes of a whole week."""
    found = _A_WEEK.search(text) or (None if re.search(rf"\b{_DAY}", text) else _EACH_WEEK.search(text))
    if found is None:
        return re.sub(r",?\s*\b(?:each|every|of the) week\b", "", text)
    hint = "say how much a day, such as `90`, or on which days: `2h mon-fri, sat 3h`"
    amount = found.groupdict().get("sum")
    try:
        a_day = round(parse_duration(amount) / 7) if amount else 0
    except UsageError:
        a_day = 0
    if a_day:
        hint = f"say how much a day: `{amount}` a week is `{a_day}m` every day, or name the days: `2h mon-fri`"
    raise UsageError(f"`{words.strip():.60}` is the time of a whole week", hint)


def _off_but(found: re.Match[str]) -> str:
    """Return an exception as a day off: `every day but sunday 2h` -> `every day 2h, off on sunday`.

    Minutes behind the days are those of all the others where these have none; behind `but` else those of its days.
    """
    days, minutes = found["days"], (found["minutes"] or "").strip(" ,:=")
    others = re.split(r"[,;]", found.string[: found.start()])[-1].strip()
    if minutes and others and not _HAS_MINUTES.search(others):
        return f"{minutes}, off on {days}"
    return found[0] if minutes and found["word"] == "but" else f", off on {days} {minutes}"


def _clauses(text: str) -> list[str]:
    text = _BUT.sub(_off_but, text)
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
