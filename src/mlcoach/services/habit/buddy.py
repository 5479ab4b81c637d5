"""A buddy who notices: the week as the learner chose to show it, and what was promised."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.domain.event_keys import Key
from mlcoach.domain.events import Event, ItemGraded, WeekPromised, WeekReviewed
from mlcoach.domain.paper_events import PassFinished
from mlcoach.domain.time.weeks import week_name
from mlcoach.services.day.status import week_to_look_at
from mlcoach.services.record import record
from mlcoach.views.buddy import (
    BuddyDayView,
    BuddyNoteView,
    BuddyPaperView,
    BuddyReportView,
    BuddyUnitView,
    PromisedView,
    RepositoryView,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context

PARTS = ("minutes", "units", "reviews", "papers", "notes", "commits", "promises")
SHARE = re.compile(r"(?:^|\s)#share\b", re.IGNORECASE)
LONGEST_PROMISE = 300
MOST_PROMISES = 200  # read back; the newest of a week holds


def promise(context: "Context", words: str) -> PromisedView:
    """Put a promise for the coming week on record; from Monday to Wednesday that is the week under way.

    Raises UsageError for an empty or bad text.
    """
    text = checked_promise(words)
    week = week_to_look_at(context) + timedelta(days=7)
    before = promise_for(context, week)
    if text != before:
        record(context, WeekPromised(week.isoformat(), text), opens_day=False)
    return PromisedView(week_name(week), week, text, before if before != text else "")


def checked_promise(words: str) -> str:
    """Return the words of a promise. Raises UsageError for an empty or bad text."""
    from mlcoach.domain.text import checked
    from mlcoach.errors import UsageError

    text = checked(words, "promise")
    if not text or len(text) > LONGEST_PROMISE:
        raise UsageError(
            "a promise has a few words, at most 300 characters", 'mlcoach buddy promise "ten hours, and the SVD unit"'
        )
    return text


def promise_for(context: "Context", week: date) -> str:
    """Return what was promised last for the week of this Monday, "" when nothing was."""
    promises = context.store.recent(("week_promised",), MOST_PROMISES)
    return next(
        (
            event.body.text
            for event in promises
            if isinstance(event.body, WeekPromised) and event.body.week == week.isoformat()
        ),
        "",
    )


def report(context: "Context", week: date | None = None) -> BuddyReportView:
    """Return the week of this Monday, by default the one that a look back would be about."""
    first = week or week_to_look_at(context)
    last = first + timedelta(days=6)
    chosen = context.settings.get("share")
    shared = PARTS if "all" in chosen else tuple(chosen)
    events = week_events(context, first)
    days = week_days(context, first)
    recall = context.store.recall_by_month(first, last) if "reviews" in shared else []
    return BuddyReportView(
        week=week_name(first),
        first=first,
        last=last,
        shared=shared,
        days=days if "minutes" in shared else (),
        units=week_units(context, first) if "units" in shared else (),
        answers=sum(isinstance(event.body, ItemGraded) for event in events) if "reviews" in shared else 0,
        recalled=sum(month.recalled for month in recall),
        asked=sum(month.asked for month in recall),
        papers=_papers(context, events) if "papers" in shared else (),
        notes=_notes(context, events, first) if "notes" in shared else (),
        repositories=_repositories(context, first) if "commits" in shared else (),
        promised=promise_for(context, first) if "promises" in shared else "",
        promises=promise_for(context, first + timedelta(days=7)) if "promises" in shared else "",
        streak=_streak(context, last) if "minutes" in shared and context.settings.get("streak") else 0,
    )


def _streak(context: "Context", last: date) -> int:
    """Return the streak at the end of a week, or today in the one under way."""
    from mlcoach.domain.habit.streak import streak_on, walk
    from mlcoach.services.day.status import rest_days

    walked = walk(context.store.day_minutes(), rest_days(context), context.today)
    return streak_on(walked.states, min(last, context.today))


def week_days(context: "Context", first: date) -> tuple[BuddyDayView, ...]:
    """Return the days of a week up to today, with their minutes and how they count for the streak.

    Days before the first one that counts are left out: they were not missed.
    """
    from mlcoach.domain.habit.streak import walk
    from mlcoach.services.day.status import minutes_view, rest_days

    walked = walk(context.store.day_minutes(), rest_days(context), context.today)
    days = [first + timedelta(days=number) for number in range(7)]
    shown = []
    for day in (day for day in days if day <= context.today):
        known = context.store.day(day)
        minutes = minutes_view(context, known, day)
        state = walked.today if day == context.today else walked.states.get(day.toordinal())
        if not state and not known.seconds:
            continue
        shown.append(BuddyDayView(day, minutes.done, minutes.goal, minutes.floor, state or "open", known.seconds))
    return tuple(shown)


def week_events(context: "Context", first: date) -> list[Event]:
    """Return the events that count on the days of a week."""
    days = [(first + timedelta(days=number)).isoformat() for number in range(7)]
    found = [event for day in days for event in context.store.events_of(Key("day", day))]
    # A timer over midnight touches two days.
    return list({event.id: event for event in found}.values())


def unit_minutes(context: "Context", first: date) -> Counter[str]:
    """Return the minutes of a week by unit, under the ids of today; work of one's own is not shown to others."""
    from mlcoach.services.day.plan import seconds_by_unit

    seconds: Counter[str] = Counter()
    for number in range(7):
        seconds.update(seconds_by_unit(context, context.store.day(first + timedelta(days=number))))
    return Counter({unit: spent // 60 for unit, spent in seconds.items() if ":" not in unit})


def week_units(context: "Context", first: date) -> tuple[BuddyUnitView, ...]:
    """Return the units that were studied or passed in a week, the most studied first.

    A deck counts as passed from the first day, since its cards are to be asked; it was not passed that week.
    """
    from mlcoach.domain.curriculum import is_deck
    from mlcoach.services.day.status import title_of

    aliases = context.catalog.aliases()
    week = {(first + timedelta(days=number)).isoformat() for number in range(7)}
    passed = {
        aliases.get(id, id)
        for id, state in context.store.units().items()
        if state.passed_day in week and not is_deck(id)
    }
    minutes = unit_minutes(context, first)
    ids = sorted({*minutes, *passed}, key=lambda id: (-minutes[id], id))
    return tuple(BuddyUnitView(id, title_of(context, id, ""), minutes[id], id in passed) for id in ids)


def _papers(context: "Context", events: Iterable[Event]) -> tuple[BuddyPaperView, ...]:
    from mlcoach.services.day.status import title_of

    return tuple(
        BuddyPaperView(
            event.body.paper, title_of(context, "", event.body.paper), event.body.reading_pass, event.body.verdict
        )
        for event in events
        if isinstance(event.body, PassFinished)
    )


def _notes(context: "Context", events: Iterable[Event], first: date) -> tuple[BuddyNoteView, ...]:
    """Return the notes of the week that are marked `#share`, in the order of their days."""
    from mlcoach.services.day.status import title_of

    found = [
        (event.study_day, title_of(context, getattr(event.body, "unit", ""), getattr(event.body, "paper", "")), note)
        for event in events
        if (note := getattr(event.body, "note", ""))
    ]
    last = first + timedelta(days=6)
    for key, paper in context.store.papers().items():
        for day, text in paper["notes"]:
            if first.isoformat() <= day <= last.isoformat():
                found.append((date.fromisoformat(day), title_of(context, "", key), text))
    found += [(day, "", text) for day, text in _looks_back(context, first)]
    return tuple(
        BuddyNoteView(day, about, SHARE.sub("", text).strip())
        for day, about, text in sorted(found, key=lambda one: one[0])
        if SHARE.search(text)
    )


def _looks_back(context: "Context", first: date) -> list[tuple[date, str]]:
    looks = context.store.recent(("week_reviewed",), MOST_PROMISES)
    for event in looks:
        if isinstance(event.body, WeekReviewed) and event.body.week == first.isoformat():
            return [(event.study_day, text) for text in (event.body.well, event.body.hurt)]
    return []


def _repositories(context: "Context", first: date) -> tuple[RepositoryView, ...]:
    """Return what was committed on the study days of a week in the repositories of the config."""
    from mlcoach.adapters.habit.git import commits_between

    begin, end = (_turn(context, day) for day in (first, first + timedelta(days=7)))
    found = [
        commits_between(Path(folder).expanduser(), begin, end, context.environment)
        for folder in context.settings.get("repositories")
    ]
    return tuple(RepositoryView(one.name, len(one.subjects), one.subjects, one.problem) for one in found)


def _turn(context: "Context", day: date) -> datetime:
    """Return the instant at which a study day begins."""
    from mlcoach.adapters.clock import local_zone

    zone = local_zone(context.environment, context.settings.get("zone")) or context.now.tzinfo
    return datetime.combine(day, time(context.settings.get("rollover")), tzinfo=zone)
