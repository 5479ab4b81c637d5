"""The minutes of a day on its units: how many each gets, which steps they are for, and when to take a break."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from math import ceil

from mlcoach.domain.day.block import Block, BlockKind, Part
from mlcoach.domain.day.units import (
    CONCEPT_SHARE,
    LONGEST_ON_ONE,
    OPENING_MINUTES,
    OpenStep,
    UnitChoice,
    choose_units,
    place,
)
from mlcoach.domain.time.study_days import format_day

LANE_KINDS: Mapping[str, BlockKind] = {"concept": "study", "build": "build"}
CLOSE_IT, CLOSE_ONLY = 1.3, 1.6  # times a unit's hours, by the learner's own measure
CLOSING_MINUTES = 15
LONGEST_BLOCK, PART = 60, 50  # minutes: longer blocks are cut into parts with a break between them
SHORTEST = 10  # minutes worth getting into a unit for
FIRST_MINUTES = 60  # of an evening for the units that a path begins with, so that machine learning comes soon


def lane_blocks(
    units: Sequence[UnitChoice],
    steps: Mapping[str, Sequence[OpenStep]],
    minutes: int,
    *,
    day: date,
    path: str,
    first: Sequence[str],
    lane_minutes: Mapping[str, int],
    factor: float,
    both: bool,
    small: bool,
    recent_career: bool,
    besides: int = 0,
) -> list[Block]:
    """Return the study and build blocks for these minutes. A lane with nothing ready lends its minutes.

    Each names the steps its minutes are for. `steps` holds the open ones of the units that may be chosen, `factor` is
    the learner's hours for each stated one, `besides` how many units have a block of their own already.
    """
    if minutes <= 0:
        return []
    slots = max(2, ceil(minutes / LONGEST_ON_ONE)) if both else 1
    chosen = choose_units(
        units, slots=slots, first=first, lane_minutes=lane_minutes, recent_career=recent_career, besides=besides
    )
    shares = _shares(chosen, steps, minutes, slots, first, factor, _opening(units, day, minutes))
    blocks: list[Block] = []
    rests = {unit.id: _Walk(steps.get(unit.id, ())) for unit, _ in shares}
    for unit, share in _in_parts(shares):
        again = any(block.unit == unit.id for block in blocks)
        blocks.append(_block(unit, share, rests[unit.id], day, path, factor, small=small, again=again))
    return blocks


def _shares(
    chosen: Sequence[UnitChoice],
    steps: Mapping[str, Sequence[OpenStep]],
    minutes: int,
    slots: int,
    first: Sequence[str],
    factor: float,
    opening: UnitChoice | None,
) -> list[tuple[UnitChoice, int]]:
    """Return the minutes of each unit, none more than its open steps need; the others get what it leaves."""
    wishes: dict[str, int] = {}
    left = minutes
    main = list(chosen[:slots])
    if opening:
        # A short evening is for what is made first alone.
        most = max(slots, 2) if minutes >= OPENING_MINUTES + SHORTEST else 1
        main = [opening, *(unit for unit in main if unit is not opening)][:most]
    begins = [unit for unit in main if unit.id in first][:1]
    for number, unit in enumerate(main):
        if opening and unit is opening and len(main) > 1:
            wish = min(OPENING_MINUTES, max(SHORTEST, left // 2))
        elif unit in begins and len(main) > 1:
            wish = FIRST_MINUTES if left >= FIRST_MINUTES + SHORTEST else left
        elif number == len(main) - 1:
            wish = left
        elif number == 0 and len(main) == 2:
            share = CONCEPT_SHARE if unit.lane == "concept" else 1 - CONCEPT_SHARE
            share = share if unit.lane != main[1].lane else 0.5
            wish = 5 * round(left * share / 5)
            if left <= 2 * LONGEST_ON_ONE:  # two whole blocks rather than one cut around the other
                wish = min(wish, LONGEST_ON_ONE)
        else:
            wish = 5 * round(left / (len(main) - number) / 5)
        got = min(wish, left, _need(unit, steps, factor))
        wishes[unit.id] = got
        left -= got
    # What is left over goes to those that can use it, those behind in the queue included.
    for limit in (LONGEST_ON_ONE, minutes):
        for unit in (*main, *chosen[slots:]):
            room = min(limit, _need(unit, steps, factor)) - wishes.get(unit.id, 0)
            if left <= 0 or room <= 0 or (unit.id not in wishes and left < SHORTEST):
                continue
            wishes[unit.id] = wishes.get(unit.id, 0) + min(left, room)
            left -= min(left, room)
    order = [*main, *(unit for unit in chosen if unit not in main)]
    return [(unit, wishes[unit.id]) for unit in order if wishes.get(unit.id)]


def _opening(units: Sequence[UnitChoice], day: date, minutes: int) -> UnitChoice | None:
    """Return the unit in which something is to be made at once: on the very first evening, and until it is made.

    What was begun on this evening itself does not end it, where minutes are left for both: a plan made anew after the
    first entry keeps that unit.
    """
    enough = minutes >= OPENING_MINUTES + SHORTEST
    begun = any(unit.status and (unit.since < day.isoformat() or not enough) for unit in units)
    for unit in units:
        if unit.opening and unit.on_path and not unit.locked and (unit.status or not begun):
            return unit
    return None


def _need(unit: UnitChoice, steps: Mapping[str, Sequence[OpenStep]], factor: float) -> int:
    """Return the minutes that a unit can use: its open steps, or the little that closes it when it is far over."""
    open_steps = sum(step.minutes for step in steps.get(unit.id, ()))
    if _over(unit, factor) >= CLOSE_ONLY:
        return CLOSING_MINUTES
    return max(open_steps, CLOSING_MINUTES if unit.status else 0)


def _over(unit: UnitChoice, factor: float) -> float:
    return unit.seconds / 3600 / (unit.hours * max(1.0, factor))


def _in_parts(shares: Sequence[tuple[UnitChoice, int]]) -> list[tuple[UnitChoice, int]]:
    """Cut what is longer than an hour into parts of about fifty minutes, the units in turn."""
    cut = [(unit, _cut(minutes)) for unit, minutes in shares]
    longest = max((len(pieces) for _, pieces in cut), default=0)
    return [(unit, pieces[turn]) for turn in range(longest) for unit, pieces in cut if turn < len(pieces)]


def _cut(minutes: int) -> list[int]:
    if minutes <= LONGEST_BLOCK:
        return [minutes]
    number = ceil(minutes / (PART + 5))
    ends = [*(5 * round(minutes * turn / number / 5) for turn in range(number)), minutes]
    return [later - earlier for earlier, later in pairwise(ends)]


class _Walk:
    """The open steps of a unit, taken as the minutes of its blocks go by."""

    def __init__(self, steps: Sequence[OpenStep]) -> None:
        self._waiting = list(steps)

    def take(self, minutes: int) -> list[tuple[OpenStep, int]]:
        taken: list[tuple[OpenStep, int]] = []
        while minutes > 0 and self._waiting:
            step = self._waiting[0]
            used = min(step.minutes, minutes)
            taken.append((step, used))
            minutes -= used
            if used == step.minutes:
                self._waiting.pop(0)
            else:
                self._waiting[0] = step._replace(minutes=step.minutes - used)
        return taken


def _block(
    unit: UnitChoice, minutes: int, walk: _Walk, day: date, path: str, factor: float, *, small: bool, again: bool
) -> Block:
    over = _over(unit, factor)
    taken = walk.take(minutes)
    # Minutes beyond the last step belong to it: it may take longer than estimated.
    parts = [Part(used, step.id) for step, used in taken]
    if parts and sum(part.minutes for part in parts) < minutes:
        parts[-1] = parts[-1]._replace(minutes=parts[-1].minutes + minutes - sum(part.minutes for part in parts))
    first = taken[0][0] if taken else None
    closing = over >= CLOSE_ONLY or not taken
    return Block(
        LANE_KINDS[unit.lane],
        minutes,
        unit.title,
        unit=unit.id,
        resource=place(first.title, first.at) if first and not closing else "",
        then=taken[1][0].title if len(taken) > 1 and not closing else "",
        why=_why(unit, day, path, over, small=small, again=again, closing=closing),
        parts=() if closing else tuple(parts),
        closing=closing or over >= CLOSE_IT,
    )


def _why(unit: UnitChoice, day: date, path: str, over: float, *, small: bool, again: bool, closing: bool) -> str:
    if again:
        return "The next part, after a break: about fifty minutes at a stretch keep you fresh."
    if unit.status == "learning":
        since = f"since {format_day(date.fromisoformat(unit.since), day)}: " if unit.since else "by then: "
        why = f"Under way {since}{_hours(unit.seconds / 3600)} of about {_hours(unit.hours)}."
        if closing or over >= CLOSE_IT:
            why += f" Close it: the closing question, then `mlcoach done {unit.id}`."
    else:
        why = f"Next on the path `{path}`: {_grounds(unit)}."
    return f"{why} A small step is enough today." if small else why


def _grounds(unit: UnitChoice) -> str:
    """Return why a unit can be begun: what it needs is done, or is taken as known, or has no time before a goal."""
    reasons = (
        (unit.granted, "which this path takes as known"),
        (unit.fallen, "for which your goal leaves no time"),
    )
    said = [f"on {_quoted(titles)}, {reason}" for titles, reason in reasons if titles]
    return f"it builds {', and '.join(said)}" if said else "you have all that it needs"


def _quoted(titles: Sequence[str]) -> str:
    quoted = [f"“{title}”" for title in titles]
    return " and ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def _hours(hours: float) -> str:
    return f"{hours:.1f}".removesuffix(".0") + "h"
