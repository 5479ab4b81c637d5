"""The learner's settings: what there is, reading them fast, and changing them without losing a comment.

`config.toml` is read with tomllib when it changed; in between, a compiled copy in the cache spares every command
that import.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mlcoach import __version__
from mlcoach.errors import InvalidFileError, SourceLocation, UsageError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PHASES = ("learn", "build", "hunt")
REMINDERS = ("all", "slot", "streak", "paper", "week", "timer")
SHARED = ("all", "minutes", "units", "reviews", "papers", "notes", "commits", "promises")
LARGEST = 2_000_000
MOST_HABITS, LONGEST_HABIT = 5, 60
MOST_UNITS = 200
MOST_DOTS_IN_A_LINE = 1_000  # reading a dotted key takes time and memory that grow with the square of its parts
TABLES = ("weekday", "memory", "sync")  # keys `table.key`, below `[table]`; all others are above the first of these
# What holds for one machine alone and is not carried to others.
OF_THIS_MACHINE = ("zone", "repositories", "work", "python", "editor", "pager", "sync.auto")
_WEEKDAY_HINT = "write a weekday's goal as `weekday.mon = 60`, without quotes"


class Setting(NamedTuple):
    """One key: its default, unit and meaning. `check` returns what is wrong with a value, or ""."""

    name: str
    default: Any
    unit: str
    meaning: str
    check: Callable[[Any], str]


def _whole(low: int, high: int) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            return f"must be a whole number from {low} to {high}"
        return ""

    return check


def _retention(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.70 <= value <= 0.99:
        return "must be a number from 0.70 to 0.99"
    return ""


def _text(value: Any) -> str:
    return "" if isinstance(value, str) and value.isprintable() and len(value) <= 200 else "must be a short text"


def _switch(value: Any) -> str:
    return "" if isinstance(value, bool) else "must be true or false"


def _slot(value: Any) -> str:
    hour, _, minute = value.partition(":") if isinstance(value, str) else ("", "", "")
    digits = hour.isdecimal() and minute.isdecimal() and hour.isascii() and minute.isascii()
    if digits and len(hour) <= 2 and len(minute) == 2 and int(hour) < 24 and int(minute) < 60:
        return ""
    return "must be a time of day like `20:00`"


def _span(value: Any) -> str:
    begin, dots, end = value.partition("..") if isinstance(value, str) else ("", "", "")
    if value == "" or (dots and not _slot(begin) and not _slot(end)):
        return ""
    return "must be two times of day like `22:30..07:00`, or empty"


def _days(value: Any) -> str:
    if isinstance(value, list) and all(day in WEEKDAYS for day in value):
        return ""
    return f"must be a list of weekdays: {', '.join(WEEKDAYS)}"


def _units(value: Any) -> str:
    short = isinstance(value, list) and all(isinstance(one, str) and not _text(one) for one in value)
    return "" if short and len(value) <= MOST_UNITS else f"must be a list of at most {MOST_UNITS} units"


def _weekday(value: Any) -> str:
    return "" if value in ("", *WEEKDAYS) else f"must be a weekday ({', '.join(WEEKDAYS)}) or empty"


def _phase(value: Any) -> str:
    return "" if value in ("", *PHASES) else f"must be one of {', '.join(PHASES)}, or empty"


def _reminders(value: Any) -> str:
    if isinstance(value, list) and all(kind in REMINDERS for kind in value):
        return ""
    return f"must be a list of: {', '.join(REMINDERS)}"


def _shared(value: Any) -> str:
    if isinstance(value, list) and all(part in SHARED for part in value):
        return ""
    return f"must be a list of: {', '.join(SHARED)}"


def _folders(value: Any) -> str:
    if (
        isinstance(value, list)
        and len(value) <= 50
        and all(isinstance(one, str) and one.isprintable() for one in value)
    ):
        return ""
    return "must be a list of folders"


def _habits(value: Any) -> str:
    short = isinstance(value, list) and all(isinstance(one, str) and one.strip() and not _text(one) for one in value)
    if short and len(value) <= MOST_HABITS and all(len(one) <= LONGEST_HABIT for one in value):
        return "" if len(set(value)) == len(value) else "must be different habits"
    return f"must be a list of at most {MOST_HABITS} short texts"


def _weekly(value: Any) -> str:
    from mlcoach.domain.habit.weekly import read_weekly

    if value == "" or (isinstance(value, str) and read_weekly(value)):
        return ""
    return "must be a weekday, perhaps a time, and a length like `sun 20m` or `thu 19:00 1h`, or empty"


def _zone(value: Any) -> str:
    if not isinstance(value, str):
        return "must be the name of a time zone like `Europe/Kyiv`"
    if value:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(value)  # a name of very many parts is looked up part within part
        except (KeyError, ValueError, OSError, RecursionError):
            return "is not a time zone known here; write one like `Europe/Kyiv`"
    return ""


SETTINGS: tuple[Setting, ...] = (
    Setting("path", "core", "path id", "the path through the map; `mlcoach curriculum list` shows them", _text),
    Setting("goal", 120, "minutes a day", "what you aim for", _whole(0, 1440)),
    *(
        Setting(f"weekday.{day}", None, "minutes", f"the goal on {name}, where it differs from `goal`", _whole(0, 1440))
        for day, name in zip(
            WEEKDAYS,
            ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
            strict=True,
        )
    ),
    Setting("floor", 20, "minutes a day", "what keeps the streak on a bad day", _whole(1, 1440)),
    Setting("slot", "20:00", "time of day", "when your two hours begin", _slot),
    Setting("cue", "", "words", "what your hours follow: `after dinner`", _text),
    Setting("quiet", "22:30..07:00", "times of day", "when no reminder comes and no slot is proposed", _span),
    Setting(
        "reminders",
        ["all"],
        "kinds",
        "the reminders that come: all, or of slot, streak, paper, week, timer",
        _reminders,
    ),
    Setting("remind_late", "21:30", "time of day", "when a day short of its floor is worth a reminder", _slot),
    Setting("look_back", "sun", "weekday", "the day of the weekly look back; empty means none", _weekday),
    Setting("habits", [], "own words", "what else you want to keep up, five at most; `week` asks", _habits),
    Setting("news", "", "weekly slot", "when you read news, and how long: `sun 20m`; in `calendar export`", _weekly),
    Setting("club", "", "weekly slot", "when you meet others: `thu 19:00 1h`; in `calendar export`", _weekly),
    Setting(
        "share",
        ["all"],
        "parts",
        "what a buddy sees: all, or of minutes, units, reviews, papers, notes (marked `#share`), commits, promises",
        _shared,
    ),
    Setting("repositories", [], "folders", "git repositories whose commits a buddy sees", _folders),
    Setting("rollover", 4, "hour", "the hour at which a new study day begins", _whole(0, 23)),
    Setting("zone", "", "zone name", "your time zone; empty means the system's", _zone),
    Setting("retention", 0.9, "probability", "how likely you want to recall a card when it is due", _retention),
    Setting("memory.adaptive", True, "true or false", "correct FSRS-6 by what your answers say of you", _switch),
    Setting(
        "review_cap",
        25,
        "items a day",
        "the most due items a plan of two hours asks for; twice as many at four",
        _whole(1, 500),
    ),
    Setting(
        "new_cards", 10, "items a day", "the most new items on a full day; fewer when time is short", _whole(0, 200)
    ),
    Setting("confidence", False, "true or false", "ask how sure you are before each answer of a review", _switch),
    Setting("plain", False, "true or false", "words alone, nothing drawn or redrawn: for screen readers", _switch),
    Setting(
        "paper_days", [], "weekdays", "the days with a paper in the plan; until you set them, about once a week", _days
    ),
    Setting("phase", "", "phase", "what the weeks are for: learn, build or hunt (for a job); empty: the path", _phase),
    Setting(
        "free_day",
        "",
        "weekday",
        "the day with time for whatever you like; if unset the week's last one, from the fifth week on",
        _weekday,
    ),
    Setting(
        "familiar", [], "units", "what you know something of, by your word: placement finds these likelier", _units
    ),
    Setting("also", [], "units", "what you learn beside your path, such as units that it takes for granted", _units),
    Setting("streak", True, "true or false", "show the streak", _switch),
    Setting("pager", "less -FRX", "command", "shows long screens, after $PAGER; empty shows them whole", _text),
    Setting("work", "", "folder", "where you write exercises; empty means `~/mlcoach`", _text),
    Setting("python", "", "command", "the Python that runs your code; empty means the first one that is there", _text),
    Setting("sync.auto", False, "true or false", "sync by itself after what you record, if you made a place", _switch),
    Setting("editor", "", "command", "your editor; empty means $VISUAL, then $EDITOR", _text),
)
NAMES = tuple(setting.name for setting in SETTINGS)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings:
    """The values in force. Reading an unset key gives its default."""

    def __init__(self, chosen: Mapping[str, Any]) -> None:
        self.chosen = dict(chosen)

    def get(self, name: str) -> Any:
        """Return the value of a key, chosen or default. Raises UsageError for a key that does not exist."""
        return self.chosen.get(name, setting(name).default)

    def is_set(self, name: str) -> bool:
        """Return whether the learner chose a value for a key."""
        return name in self.chosen

    def goal_on(self, weekday: int) -> int:
        """Return the goal in minutes for a weekday (0 = Monday)."""
        special = self.get(f"weekday.{WEEKDAYS[weekday]}")
        return int(self.get("goal") if special is None else special)

    def floor_on(self, weekday: int) -> int:
        """Return the floor in minutes for a weekday; never above its goal."""
        goal = self.goal_on(weekday)
        return min(int(self.get("floor")), goal) if goal else int(self.get("floor"))


def setting(name: str) -> Setting:
    """Return the key's description. Raises UsageError with the nearest key."""
    if name not in _BY_NAME:
        raise UsageError(f"no setting `{name}`", _nearest(name))
    return _BY_NAME[name]


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    if name == "weekday":
        return _WEEKDAY_HINT
    table, _, key = name.rpartition(".")
    if table in TABLES and (near := get_close_matches(key, [n for n in NAMES if "." not in n], 1, 0.6)):
        return f"did you mean `{near[0]}`? It is written above `[{table}]`: all below that line belongs to it"
    near = get_close_matches(name, NAMES, 1, 0.5)
    return f"did you mean `{near[0]}`?" if near else "`mlcoach config show --all` lists every key"


def load(file: Path, cache: Path) -> Settings:
    """Return the settings from the compiled copy when the file is unchanged, else from the file.

    Raises InvalidFileError with the place of the mistake.
    """
    try:
        stat = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return Settings({})
    except OSError as error:
        raise InvalidFileError(f"cannot read `{file}`: {error.strerror}") from error
    stamp = [__version__, str(file), stat.st_size, stat.st_mtime_ns, stat.st_ino]
    compiled = cache / "settings.json"
    try:
        known = json.loads(compiled.read_bytes())
        if known["stamp"] == stamp:
            return Settings(known["values"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no compiled copy yet, or a damaged one: read the file
    if stat.st_size > LARGEST:
        raise InvalidFileError(f"`{file}` is larger than 2 MB and was not read", "move it away and start afresh")
    values = parse(file.read_bytes(), file)
    from mlcoach.private_files import keep_in_cache

    keep_in_cache(compiled, json.dumps({"stamp": stamp, "values": values}).encode())
    return Settings(values)


def parse(data: bytes, file: Path) -> dict[str, Any]:
    """Return the flat values of a config text. Raises InvalidFileError at the first mistake, with its place."""
    import tomllib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFileError(f"`{file}` is not UTF-8 text", "save it as UTF-8") from error
    try:
        _refuse_many_dots(text, file)
        tree = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidFileError(
            f"`{file}` is not valid TOML: {error}",
            "`mlcoach config edit` opens it; correct the place shown",
            _syntax_place(text, file, str(error)),
        ) from error
    except ValueError as error:  # Python refuses to read integers of more than 4300 digits
        raise InvalidFileError(f"`{file}` has a number with too many digits", "`mlcoach config edit`") from error
    values: dict[str, Any] = {}
    for key, value in tree.items():
        if key in TABLES and isinstance(value, dict):
            values.update({f"{key}.{name}": inner for name, inner in value.items()})
        elif "." in key:
            raise InvalidFileError(f"unknown setting `{key}`", _WEEKDAY_HINT, place_of(text, key, file))
        else:
            values[key] = value
    for name, value in values.items():
        if name not in _BY_NAME:
            raise InvalidFileError(f"unknown setting `{name}`", _nearest(name), place_of(text, name, file))
        if wrong := _BY_NAME[name].check(value):
            raise InvalidFileError(f"`{name}` {wrong}", _BY_NAME[name].meaning, place_of(text, name, file))
    return values


def _refuse_many_dots(text: str, file: Path) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MOST_DOTS_IN_A_LINE:
            place = SourceLocation(str(file), number, 1, 1, line[:80])
            raise InvalidFileError(f"`{file}` has a line with too many dots", "`mlcoach config edit`", place)


def place_of(text: str, name: str, file: Path) -> SourceLocation:
    """Return where a key is; the file is flat but for a few tables, so its last part opens a line.

    Failing that (an inline table), it is looked for anywhere in a line.
    """
    import re

    last = re.escape(name.rpartition(".")[2])
    at_start = rf"""^\s*(?:\w+\s*\.\s*)?["']?({last}|{re.escape(name)})["']?\s*=|^\s*\[+\s*["']?({re.escape(name)})\b"""
    for pattern in (at_start, rf"""\b({last})["']?\s*="""):
        for number, line in enumerate(text.split("\n"), start=1):
            if match := re.search(pattern, line):
                column = match.start(match.lastindex or 0) + 1
                return SourceLocation(str(file), number, column, len(match[match.lastindex or 0]), line.rstrip("\r"))
    return SourceLocation(str(file), 1, 1, 1, text.partition("\n")[0])


def _syntax_place(text: str, file: Path, message: str) -> SourceLocation:
    import re

    found = re.search(r"line (\d+), column (\d+)", message)
    lines = text.split("\n")
    number, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)
    return SourceLocation(str(file), number, column, 1, lines[min(number, len(lines)) - 1])
