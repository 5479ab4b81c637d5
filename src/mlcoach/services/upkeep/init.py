"""Fit the plan to the learner: path, minutes, slot, what they know already. One step of undo takes all of it back.

Answers arrive as people type them, from a question or from an option, and are read by the same functions.
"""

import re
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters import settings, settings_text
from mlcoach.adapters.settings import WEEKDAYS
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.domain.events import UnitMarked
from mlcoach.domain.text import checked
from mlcoach.domain.time.durations import format_duration, parse_duration
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import named_units, names
from mlcoach.services.curriculum import progress
from mlcoach.services.day.forecast import planned_end
from mlcoach.services.upkeep import config
from mlcoach.views.upkeep import ChoiceView, InitView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

_MINUTES_HINT = "one number for every day, `60 sat=180 sun=0`, or seven numbers from Monday on"
_GROUPS = {"weekday": WEEKDAYS[:5], "weekend": WEEKDAYS[5:]}
_ON_GROUP = re.compile(r"(\d\S*|off) (?:(?:on|at|every|each|the) )*(weekday|weekend)s?\b")
_TIME = re.compile(r"\b(?:at\s+)?(\d{1,2})(?:[:.](\d{2})\s*(am|pm)?|\s*(am|pm))(?!\w)", re.IGNORECASE | re.ASCII)


class KnownUnits(NamedTuple):
    """What somebody says they know, in map order: the units that they named, and those that a word only bears on."""

    named: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()


class InitAnswers(NamedTuple):
    """What init sets up. `minutes` are the goals from Monday on.

    `known` are the ids of units that were named, `hinted` of those on which a word only bears.
    """

    path: str
    minutes: tuple[int, ...]
    slot: str
    cue: str
    floor: int
    known: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()


def defaults(context: "Context") -> InitAnswers:
    """Return the answers as the settings have them now."""
    chosen = context.settings
    return InitAnswers(
        path=chosen.get("path"),
        minutes=tuple(chosen.goal_on(weekday) for weekday in range(7)),
        slot=chosen.get("slot"),
        cue=chosen.get("cue"),
        floor=chosen.get("floor"),
    )


def paths(context: "Context") -> tuple[ChoiceView, ...]:
    """Return the paths to choose from."""
    units = context.catalog.units
    return tuple(
        ChoiceView(path.id, path.title, sum(units[unit].hours for unit in path.units))
        for path in context.catalog.paths.values()
    )


def read_path(context: "Context", words: str) -> str:
    """Return the path that a person named, by its id, its number in the list or its title.

    Raises NotFoundError with the nearest, and UsageError for several.
    """
    from mlcoach.services import spoken_names

    known = list(context.catalog.paths)
    name = words.strip()
    if name.isdecimal() and len(name) < 4 and 1 <= int(name) <= len(known):
        return known[int(name) - 1]
    try:
        return _resolved(name, known, "path", f"the paths are {', '.join(known)}")
    except NotFoundError:
        if found := spoken_names.called(context, name, ("path",)):
            return spoken_names.choose(context, name, found).id
        raise


def read_minutes(words: str) -> tuple[int, ...]:
    """Return the minutes from Monday on: `90`, `60 sat=3h sun=0`, `1h on weekdays`, or seven numbers.

    Raises UsageError.
    """
    text = re.sub(r"(\d) +(?=(?:h|m)[a-z]*\b)", r"\1", re.sub(r",(?!\d+ *h)", " ", words.lower()))
    grouped = _ON_GROUP.sub(_by_day, " ".join(text.split()))
    parts = [part for part in grouped.split() if part != "and"]
    plain = [_minutes(part) for part in parts if "=" not in part]
    if not plain and _ON_GROUP.search(" ".join(text.split())):
        plain = [0]  # who names the days has no others
    if len(plain) not in (1, 7):
        raise UsageError(f"cannot read the minutes `{words.strip()}`", _MINUTES_HINT)
    week = plain * (7 // len(plain))
    for part in parts:
        name, equals, minutes = part.partition("=")
        if equals:
            matching = [weekday for weekday in WEEKDAYS if len(name) >= 3 and name.startswith(weekday)]
            if not matching:
                raise UsageError(f"`{name}` is not a weekday", f"they are {', '.join(WEEKDAYS)}")
            week[WEEKDAYS.index(matching[0])] = _minutes(minutes)
    return tuple(week)


def _by_day(found: re.Match[str]) -> str:
    """Return the minutes of a group of weekdays, day by day."""
    return " ".join(f"{day}={found[1]}" for day in _GROUPS[found[2]])


def read_slot(words: str, before: str) -> tuple[str, str]:
    """Return (slot, cue) of words such as `after dinner, at 20:00`; without a time the slot stays what it was.

    Raises UsageError for an invalid hour and for words that cannot be kept.
    """
    found = _TIME.search(words)
    slot = before
    rest = words
    if found:
        slot = _clock(found)
        rest = f"{words[: found.start()]} {words[found.end() :]}"
    cue = " ".join(checked(rest, "cue", 200).split()).strip(" ,;")
    for name, value in (("slot", slot), ("cue", cue)):
        if wrong := settings.setting(name).check(value):
            raise UsageError(f"`{name}` {wrong}, got `{value}`", "write it like `after dinner, at 20:00`")
    return slot, cue


def read_floor(words: str) -> int:
    """Return the minutes that keep the streak. Raises UsageError."""
    return int(settings_text.read_value("floor", [words.strip()]))


def read_known(context: "Context", words: str) -> KnownUnits:
    """Return the units that somebody says they know: by subject, unit, track or path, as people say it.

    A word from a title or a text is a hint: who knows SQL may not know the rest of a unit on it.

    Raises NotFoundError and UsageError for a name that fits nothing or several.
    """
    found = named_units.units_said(context, words)
    return KnownUnits(
        tuple(id for id in context.catalog.units if found.get(id)),
        tuple(id for id in context.catalog.units if found.get(id) is False),
    )


def preview(context: "Context", answers: InitAnswers) -> InitView:
    """Return what the answers come to; nothing is written."""
    status = progress.unit_progress(context).status
    hours, finish = planned_end(context, answers.path, answers.minutes, answers.known)
    return InitView(
        path=answers.path,
        path_title=context.catalog.paths[answers.path].title,
        minutes=answers.minutes,
        floor=answers.floor,
        slot=answers.slot,
        cue=answers.cue,
        skipped=tuple(id for id in answers.known if status[id] not in SATISFIED),
        file=str(context.places.config_file),
        changed=False,
        hinted=tuple(id for id in answers.hinted if status[id] not in SATISFIED),
        hours_left=hours,
        finish=finish,
    )


def apply(context: "Context", answers: InitAnswers) -> InitView:
    """Write the settings and mark what is known as skipped, as one step of undo.

    That is the learner's word: placement asks about these units and takes it for no more than a hint. A unit on which a
    word only bears is kept; placement finds it likelier.

    Raises InvalidFileError for a config that is broken and StoreError when nothing could be written.
    """
    from mlcoach.services.files import change

    planned = preview(context, answers)
    marks = tuple(UnitMarked(id, "skipped", claimed=True) for id in planned.skipped)
    plan_stands = context.store.day(context.today).plan is not None
    wanted = _wanted(answers)
    if planned.hinted:
        wanted["familiar"] = sorted({*context.settings.get("familiar"), *planned.hinted})
    written = change(context, lambda own: config.set_values(context, own, wanted, marks))
    changed = written or bool(marks)
    if changed and plan_stands:
        context.notices.append("today keeps its goal and its plan; a new plan: mlcoach today --replan")
    return planned._replace(changed=changed)


def minutes_in_words(minutes: tuple[int, ...]) -> str:
    """Return minutes from Monday on as `read_minutes` reads them: the usual day, then the others."""
    usual = _usual(minutes)
    others = [f"{day}={_short(number)}" for day, number in zip(WEEKDAYS, minutes, strict=True) if number != usual]
    return " ".join([_short(usual), *others])


def slot_in_words(slot: str, cue: str) -> str:
    """Return slot and cue as `read_slot` reads them."""
    return f"{cue}, at {slot}" if cue else f"at {slot}"


def _resolved(name: str, ids: Collection[str], kind: str, otherwise: str) -> str:
    """Return the id that a name means; where there is not even a near one, the error says where to look."""
    try:
        return names.resolve(name, ids, kind)
    except NotFoundError as error:
        raise NotFoundError(error.message, error.hint or otherwise) from None


def _wanted(answers: InitAnswers) -> dict[str, object]:
    """Return the settings that the answers stand for; None is the default."""
    plain = {"path": answers.path, "floor": answers.floor, "slot": answers.slot, "cue": answers.cue or None}
    return {**plain, **minutes_wanted(answers.minutes)}


def minutes_wanted(minutes: tuple[int, ...]) -> dict[str, object]:
    """Return the settings that minutes from Monday on stand for; None is the default."""
    usual = _usual(minutes)
    week = {
        f"weekday.{day}": None if number == usual else number for day, number in zip(WEEKDAYS, minutes, strict=True)
    }
    return {"goal": usual, **week}


def _usual(minutes: tuple[int, ...]) -> int:
    return Counter(minutes).most_common(1)[0][0]


def _short(minutes: int) -> str:
    return format_duration(minutes) if minutes else "0"


def _minutes(word: str) -> int:
    return 0 if word in ("0", "off", "rest") else parse_duration(word)


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or found[4] or "").lower()
    if half and not 1 <= hour <= 12:
        raise UsageError(f"`{found[0].strip()}` is not a time of day", "write it like `20:00` or `8pm`")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}"
