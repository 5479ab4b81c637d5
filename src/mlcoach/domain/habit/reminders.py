"""When a reminder is due, whether it still says anything worth hearing, and in which words.

Reminders keep to the wall clock: eight in the evening stays eight when the clocks are changed, and each time of day
comes once in a night that has it twice. What was slept through is sent once and as one reminder, if it still helps on
the study day it was meant for.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from mlcoach.domain.habit.slots import clock_of, in_quiet, wall_begin
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import study_day

ReminderKind = Literal["timer", "streak", "slot", "paper", "week"]
KINDS: tuple[ReminderKind, ...] = ("timer", "streak", "slot", "paper", "week")  # what weighs most comes first
ERRAND = "Somebody waits for a word from you: mlcoach people"
JOB = "Something about a job has its day: mlcoach job"
LONG_TIMER = 180  # minutes; longer sessions without a break are rare, forgotten timers are not


class Times(NamedTuple):
    """When reminders come, in minutes since midnight. `paper_days` and `look_back` are weekdays, 0 is Monday."""

    slot: int
    late: int
    rollover: int
    quiet: tuple[int, int] | None
    kinds: frozenset[ReminderKind]
    paper_days: frozenset[int]
    look_back: int | None


class Occurrence(NamedTuple):
    """A kind of reminder with its study day and its instant (aware)."""

    kind: ReminderKind
    day: date
    at: datetime


class ReminderInput(NamedTuple):
    """The state of the study day when a reminder is due. Minutes; `timer` is 0 when none runs."""

    day: date
    done: int
    goal: int
    floor: int
    streak: int
    streak_shown: bool
    resting: bool
    cue: str = ""
    slot: int = 0
    first: str = ""  # the next block of the plan and the command that starts it
    first_command: str = ""
    paper: str = ""
    queue_empty: bool = False  # a day for a paper, and there is none to read
    looked_back: bool = False
    timer: int = 0
    timer_began: int = 0
    timer_on: str = ""
    errand: bool = False  # somebody waits for a word; a notification names nobody
    project: str = ""  # the one that has time in today's plan, and has not had it
    job: bool = False  # it is the day of a talk, an interview, an answer; a notification names no employer
    idea: str = ""  # one whose day to decide has come


class Reminder(NamedTuple):
    """One reminder: a title, lines below it, and the kinds it speaks for."""

    title: str
    lines: tuple[str, ...]
    kinds: tuple[ReminderKind | Literal["test"], ...]


def occurrences(times: Times, after: datetime, until: datetime, zone: tzinfo) -> list[Occurrence]:
    """Return the reminders of the wall clock with after < instant <= until, in order."""
    begin, end = after.astimezone(zone).date(), until.astimezone(zone).date()
    found: list[Occurrence] = []
    # The slot of a study day may lie in the night after it.
    for number in range(begin.toordinal() - 2, end.toordinal() + 1):
        day = date.fromordinal(number)
        for kind, minute in _of_day(times, day):
            at = wall_begin(day, minute, times.rollover).replace(tzinfo=zone)
            if after.astimezone(UTC) < at.astimezone(UTC) <= until.astimezone(UTC):
                found.append(Occurrence(kind, day, at))
    return sorted(found, key=lambda one: (one.at.astimezone(UTC), KINDS.index(one.kind)))


def _of_day(times: Times, day: date) -> list[tuple[ReminderKind, int]]:
    kinds: list[tuple[ReminderKind, int]] = [("slot", times.slot), ("streak", times.late)]
    if day.weekday() in times.paper_days:
        kinds.append(("paper", times.slot))
    if day.weekday() == times.look_back:
        kinds.append(("week", times.slot))
    return [(kind, minute) for kind, minute in kinds if kind in times.kinds]


def is_quiet(times: Times, now: datetime) -> bool:
    """Return whether a local instant lies in the quiet hours."""
    return in_quiet(now.hour * 60 + now.minute, times.quiet)


def unsent(
    times: Times, since: datetime, now: datetime, zone: tzinfo, sent: Mapping[str, str]
) -> list[Occurrence]:  # fmt: skip
    """Return what came due after `since` on the present study day and was not sent on it yet, each kind once.

    `sent` holds the ISO study day on which each kind was sent last.
    """
    today = study_day(now.astimezone(zone), times.rollover)
    # Whatever is older belongs to another study day.
    earliest = max(since.astimezone(UTC), now.astimezone(UTC) - timedelta(days=2))
    return [
        one
        for one in occurrences(times, earliest, now, zone)
        if one.day == today and sent.get(one.kind) != one.day.isoformat()
    ]


def remind(kinds: Collection[str], now: ReminderInput) -> Reminder | None:
    """Return one reminder for all these kinds, or None when none of them says anything worth hearing now."""
    said = [(kind, *words) for kind in KINDS if kind in kinds if (words := _words(kind, now))]
    if any(kind == "streak" for kind, _, _ in said):
        said = [one for one in said if one[0] != "slot"]  # a small step is all that is asked for by then
    if not said:
        return None
    _, title, line = said[0]
    lines = [line, *(f"{more}: {how}" for _, more, how in said[1:])]
    if any(kind == "slot" for kind, _, _ in said):
        if now.project and now.project != now.first:
            lines.append(f"Time for the project today: {now.project}. mlcoach project")
        if now.idea:
            lines.append(f"Decide on the idea today: {now.idea}. mlcoach project list")
        if now.job:
            lines.append(JOB)
        if now.errand:
            lines.append(ERRAND)
    return Reminder(title, tuple(lines), tuple(one[0] for one in said))


def _words(kind: ReminderKind, now: ReminderInput) -> tuple[str, str] | None:
    """Return the title and the line of one kind, or None where it is beside the point."""
    if kind == "timer":
        return _timer(now) if now.timer >= LONG_TIMER else None
    if now.resting:
        return None
    if kind == "streak":
        return _streak(now)
    if kind == "week":
        return None if now.looked_back else ("Five minutes to look back on the week", "mlcoach week")
    if not now.goal or now.done >= now.goal or now.timer:
        return None
    if kind == "paper":
        if now.queue_empty:
            return "Paper day, and the queue is empty", "mlcoach paper suggest"
        return (f"Paper day: {now.paper}", "mlcoach paper") if now.paper else None
    left = format_duration(now.goal - now.done)
    when = f"{now.cue[:1].upper()}{now.cue[1:]}, at {clock_of(now.slot)}" if now.cue else clock_of(now.slot)
    first = f"First: {now.first}. {now.first_command}" if now.first else "mlcoach today"
    return f"{when}: {left} of study", first


def _streak(now: ReminderInput) -> tuple[str, str] | None:
    left = now.floor - now.done - now.timer
    if left <= 0 or not now.streak or not now.goal:
        return None
    what = f"keep your streak of {now.streak}" if now.streak_shown else "are enough for today"
    return f"{format_duration(left)} {what}", f"A small step: mlcoach today --minutes {left}"


def _timer(now: ReminderInput) -> tuple[str, str]:
    on = f" on {now.timer_on}" if now.timer_on else ""
    return (
        f"A timer has been running for {format_duration(now.timer)}{on}",
        "mlcoach stop, or mlcoach stop --at HH:MM if it ended earlier",
    )
