"""A path by a day: whether it fits into the time until then, and what falls where it does not.

What is needed are the open minutes of the path by the learner's own measure; what there is are the minutes on units
until the day, reviews and rest taken off. Neither is known exactly, so "it fits" is said only where there is room for
the usual errors of both.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from mlcoach.domain.curriculum import Path, Unit, reachable, unlocked_by
from mlcoach.domain.event_order import in_recorded_order
from mlcoach.domain.events import Event, GoalSet

Verdict = Literal["fits", "tight", "too much"]

# Of the forecast's half-width. Of simulated learners for whom it just fitted without any, 85 % were done by the day,
# with this and a tenth 95 %: the first estimates are cautious themselves.
ROOM = 0.05
EVEN = 0.9  # of what is needed: with so much about every second learner is done, since estimates are cautious
INTERVIEW_DAYS = 28  # before interviews, in which problems come every day
PROBLEM_SHARE = 1 / 3  # of the minutes of these days
INTERVIEW_SHARE = 0.5  # the same where a job of the learner's has its interview on a day
# Of a followed plan, by the day of study from which on: what units have, rest and reviews taken off (simulated year).
UNIT_SHARES = ((150, 0.73), (30, 0.8), (0, 0.83))
# How much more interviews ask of one thing than of another, by the beginning of a unit's id; the longest that fits
# counts. The first structures and searches of algorithms, the fundamentals of machine learning, experiments, logistic
# regression and trees are asked nearly always, the rest of the map now and then. What interviews never ask can wait
# until after them.
ASKED: Mapping[str, float] = {
    "prog.dsa.linear": 8.0, "prog.dsa.trees": 5.0, "prog.dsa.dp": 4.0,
    "math.causal": 20.0, "math.stats": 8.0, "ml.found": 4.0, "ml.linear": 3.0, "ml.eval": 3.0, "ml.logit": 3.0,
    "ml.trees": 3.0, "ml.project": 0.5,
    "career.interview": 12.0, "career.bank": 12.0, "career": 0.0,
}  # fmt: skip
# What a path to interviews is for: it stays, whatever it builds on falls. The bank stays as long as there is time for
# what its questions are about: to drill answers to what nobody taught is no use.
BANK = "career.bank"
INTERVIEWING = ("career.interview", BANK)
THEORY = ("ml.found", "ml.linear", "ml.eval")  # that the bank asks about first
PROBLEMS = ("prog.dsa", "career.interview", "career.bank")  # where the problems of interviews are


class GoalState(NamedTuple):
    """A path to be walked by a day; `kept` are units that must not fall, also some that are not on the path."""

    path: str
    by: date
    kept: tuple[str, ...] = ()


class GoalUnit(NamedTuple):
    """An open unit of the path. `minutes` are those it still takes, `value` what it is worth for the goal an hour.

    `requires` are the open units that it builds on, directly; a `sure` one never falls: it is under way, or kept.
    """

    id: str
    minutes: float
    value: float
    requires: tuple[str, ...] = ()
    sure: bool = False


def fold_goal(events: Iterable[Event]) -> GoalSet | None:
    """Return the goal set last, None where it was ended, or was none."""
    said = [event.body for event in in_recorded_order(events) if isinstance(event.body, GoalSet)]
    return said[-1] if said and said[-1].by else None


def with_kept(path: Path, kept: Iterable[str], units: Mapping[str, Unit]) -> Path:
    """Return a path with units beside it that a goal keeps, and with what these need that it neither has nor assumes.

    Each stands before the first unit that builds on it; where none does, behind the last one that it needs, else first.
    What the path took as known is known no longer where it is kept: what builds on it waits for it.
    """
    order = list(path.units)
    wanted = [id for id in kept if id in units and id not in order]
    if not wanted:
        return path
    granted = set(path.known) - set(wanted)
    added: list[str] = []
    for id in wanted:
        _add_with_needs(id, added, {*order, *granted}, units)
    followers = unlocked_by(units)
    for id in added:
        after = reachable(id, followers)
        needs = {edge.unit for edge in units[id].requires}
        behind = max((place for place, other in enumerate(order, start=1) if other in needs), default=0)
        order.insert(next((place for place, other in enumerate(order) if other in after), behind), id)
    return path._replace(units=tuple(order), known=tuple(id for id in path.known if id in granted))


def _add_with_needs(id: str, added: list[str], there: Collection[str], units: Mapping[str, Unit]) -> None:
    if id in added or id in there or id not in units:
        return
    for edge in units[id].requires:
        _add_with_needs(edge.unit, added, there, units)
    added.append(id)


def is_for_interviews(path: str) -> bool:
    """Return whether a path prepares for interviews: its id has the word."""
    return "interview" in path


def problems_from(goal: GoalState) -> date | None:
    """Return the day from which problems come daily, None where the goal is not for interviews."""
    return goal.by - timedelta(days=INTERVIEW_DAYS) if is_for_interviews(goal.path) else None


def problems_on(goal: GoalState, day: date) -> bool:
    """Return whether problems come daily by a day: in the four weeks before interviews."""
    first = problems_from(goal)
    return first is not None and first <= day < goal.by


def problem_share(goal: GoalState, day: date, interviews: Iterable[date] = ()) -> float:
    """Return the share of a day's minutes that problems have; `interviews` are the days that jobs have theirs on."""
    if any(other - timedelta(days=INTERVIEW_DAYS) <= day <= other for other in interviews):
        return INTERVIEW_SHARE
    return PROBLEM_SHARE if problems_on(goal, day) else 0.0


def aimed(units: Sequence[GoalUnit], path: str, most: float) -> tuple[GoalUnit, ...]:
    """Return the open units of a goal's path with what the goal is for made sure, so far as the time goes.

    Before interviews that is to practise them, whatever of its requirements falls; and the bank of questions where all
    that is sure, the theory that it asks about and itself take no more than `most` minutes. Elsewhere nothing changes.
    """
    if not is_for_interviews(path):
        return tuple(units)
    theory = tuple(unit.id for unit in units if unit.id in THEORY)
    found = {unit.id: unit for unit in units}
    for id in set(INTERVIEWING) & set(found):
        among = tuple(other for other in found[id].requires if other in INTERVIEWING)
        needs = tuple(dict.fromkeys((*among, *theory))) if id == BANK and not found[id].sure else among
        found[id] = found[id]._replace(requires=needs, sure=found[id].sure or id != BANK)
    if BANK in found and not found[BANK].sure:
        wanted = _with_requirements(found, (id for id, unit in found.items() if unit.sure or id == BANK))
        found[BANK] = found[BANK]._replace(sure=sum(found[id].minutes for id in wanted) <= most)
    return tuple(found.values())


def weight(unit: str, path: str, paths: Mapping[str, Sequence[str]]) -> float:
    """Return what a unit counts for the goal of a path, 1 where nothing else is known.

    Before interviews that is how often it is asked, 0 for never; elsewhere the fewer paths have a unit, the more it is
    what this one is about: up to three times.
    """
    if is_for_interviews(path):
        fitting = [name for name in ASKED if f"{unit}.".startswith(f"{name}.")]
        return ASKED[max(fitting, key=len)] if fitting else 1.0
    without = sum(unit not in units for units in paths.values())
    return 1 + 2 * without / len(paths) if paths else 1.0


def unit_share(day: int) -> float:
    """Return the share of the planned minutes that units have on a day of study, the first being 0."""
    return next((share for first, share in UNIT_SHARES if day >= first), UNIT_SHARES[-1][1])


def needed_a_day(needed: float, there: float, planned: float, days: int, half_width: float) -> int:
    """Return the minutes of a day of study that all of it takes; 0 where no day has any.

    `planned` are the minutes of the days until the goal, of which units have `there`; the rest goes to reviews, papers
    and daily problems. What is left over for the usual errors is in it.
    """
    if not (there and planned and days):
        return 0
    return round(needed * (1 + ROOM * half_width) / days * planned / there)


def minutes_until(
    goal: GoalState,
    today: date,
    began: date,
    goals: Sequence[int],
    hunted: float = 0.0,
    interviews: Collection[date] = (),
) -> list[tuple[date, float, int]]:
    """Return the days until a goal with minutes in them: each with the share of these that units have, and the minutes.

    `goals` are the minutes from Monday on, `began` is the first day of study. Problems before interviews take
    their share, or what looking for work takes (`hunted`) where that is more. `interviews` are those of jobs.
    """
    found = []
    for number in range((goal.by - today).days):
        day = today + timedelta(days=number)
        share = unit_share((day - began).days) - max(hunted, problem_share(goal, day, interviews))
        if minutes := goals[day.weekday()]:
            found.append((day, share, minutes))
    return found


def verdict(needed: float, there: float, half_width: float) -> Verdict:
    """Return whether so many minutes fit into those that are there, both on units.

    `half_width` is that of the forecast, a share of the time. Tight is what ends in time about one time in two.
    """
    if there >= needed * (1 + ROOM * half_width):
        return "fits"
    return "tight" if there >= EVEN * needed else "too much"


def what_falls(units: Sequence[GoalUnit], most: float) -> tuple[str, ...]:
    """Return the units to leave until after the day, so that the others take `most` minutes, in the order they fall.

    The one worth least goes first, among those that no other one that stays builds on. What is sure stays, with all
    that it needs. At the end whatever still fits is taken back, the best first, but nothing that is worth nothing.
    """
    known = {unit.id: unit for unit in units}
    stays = dict(known)
    sure = _with_requirements(known, (unit.id for unit in units if unit.sure))
    total = sum(unit.minutes for unit in units)
    fallen: list[GoalUnit] = []
    while total > most:
        needed = {required for unit in stays.values() for required in unit.requires}
        possible = [unit for unit in stays.values() if unit.id not in sure and unit.id not in needed]
        if not possible:
            break
        falls = min(possible, key=lambda unit: (unit.value, unit.id))
        fallen.append(falls)
        total -= falls.minutes
        del stays[falls.id]
    for unit in sorted(fallen, key=lambda unit: (-unit.value, unit.id)):
        if unit.value and total + unit.minutes <= most and all(id in stays for id in unit.requires if id in known):
            stays[unit.id] = unit
            total += unit.minutes
    return tuple(unit.id for unit in fallen if unit.id not in stays)


def would_fit(units: Sequence[GoalUnit], falls: Collection[str], most: float) -> tuple[str, ...]:
    """Return which units that fall there is time for: those without worth, which are not taken by themselves.

    They fit together, the shortest first, into what the others leave of the `most` minutes.
    """
    left = most - sum(unit.minutes for unit in units if unit.id not in falls)
    found: list[str] = []
    for unit in sorted((unit for unit in units if unit.id in falls), key=lambda unit: (unit.minutes, unit.id)):
        if unit.minutes <= left and not any(id in falls and id not in found for id in unit.requires):
            found.append(unit.id)
            left -= unit.minutes
    return tuple(found)


def _with_requirements(known: Mapping[str, GoalUnit], wanted: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        id = waiting.pop()
        if id in known and id not in found:
            found.add(id)
            waiting += known[id].requires
    return found
