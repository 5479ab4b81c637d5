"""The screens of `calendar`."""

from datetime import datetime

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import columns, plural
from mlcoach.render.screen import Lines
from mlcoach.views.calendar import CalendarExportView, CollisionView, SlotsView

MOST_SHOWN = 20


def exported_lines(view: CalendarExportView, width: int | None) -> Lines:
    """Return what a calendar file that was written holds."""
    return [
        [
            (f"{plural(len(view.slots), 'slot')} of the next {plural(view.weeks, 'week')}", "strong"),
            (f" ({view.zone}) are in {view.path}", ""),
        ],
        [("Import it into your calendar; a later one updates the same events.", "muted")],
    ]


def slots_lines(view: SlotsView, width: int | None) -> Lines:
    """Return the collisions, then the times of day that are free."""
    if not view.days:
        return [[(f"No minutes are planned in the next {plural(view.weeks, 'week')}.", "")]]
    shown: Lines = [
        [
            (f"{view.slot} is free on {view.free_days} of {plural(view.days, 'day')}", "strong"),
            (f" in the next {plural(view.weeks, 'week')}, {plural(view.events, 'event')} read ({view.zone})", "muted"),
        ]
    ]
    if view.collisions:
        shown += [[], [("Collisions", "title")]]
        shown += columns([_collision(one) for one in view.collisions[:MOST_SHOWN]], width, flexible=2)
        if len(view.collisions) > MOST_SHOWN:
            shown.append([(f"and {len(view.collisions) - MOST_SHOWN} more", "muted")])
    shown += [[], [(f"Free for {format_duration(view.longest_minutes)}", "title")]]
    if not view.proposals:
        shown.append([("No time of day has room for your minutes outside the quiet hours on any of these days.", "")])
    shown += columns(
        [[(one.slot, "strong"), (f"{one.free_days} of {plural(view.days, 'day')}", "")] for one in view.proposals],
        width,
    )
    better = next((one.slot for one in view.proposals if one.free_days > view.free_days), "")
    if better:
        shown += [[], [("Move your hours: ", ""), (f"mlcoach config set slot {better}", "accent")]]
    if view.skipped:
        shown += [[], [("Left out or read with a guess", "title")]]
        shown += columns(
            [[(one.place, ""), (one.reason, "muted")] for one in view.skipped[:MOST_SHOWN]], width, flexible=0
        )
        if len(view.skipped) > MOST_SHOWN:
            shown.append([(f"and {len(view.skipped) - MOST_SHOWN} more", "muted")])
    return shown


def _collision(one: CollisionView) -> list[tuple[str, str]]:
    begin, end = (datetime.fromisoformat(instant) for instant in (one.begin, one.end))
    until = f"{end:%H:%M}" if end.date() == begin.date() else format_day(end.date())
    return [
        (format_day(one.date), ""),
        (f"{begin:%H:%M}–{until}", "muted"),
        (one.event or "an event without a title", "warn"),
        (f"that day {one.instead} is free" if one.instead else "nothing free that day", "muted"),
    ]
