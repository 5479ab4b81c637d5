"""The screens of `mlcoach log`."""

from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.day.progress_bar import KEPT, day_words, running_words, streak_spans
from mlcoach.render.layout import columns, paragraphs, plural
from mlcoach.render.screen import Line, Lines, prose_width
from mlcoach.views.day import LoggedView, LogListView


def lines(view: LoggedView, width: int | None) -> Lines:
    """Return what was recorded and what it did to the day."""
    about = f" on {view.title}" if view.title else ""
    first: Line = [
        ("Logged ", ""),
        (format_duration(view.minutes) if view.minutes else "less than a minute", "strong"),
        (f"{about} ({format_day(view.date)}).", ""),
    ]
    if view.note and not view.minutes and not view.what:
        first = [(f"Noted ({format_day(view.date)}).", "")]
    day = view.minutes_of_day
    second: Line = [(f"The day: {day_words(view.day_total_minutes, day.goal)}", "")]
    if day.goal and (view.day_total_minutes >= day.goal or view.streak.today == "goal"):
        second.append((", goal reached", "good"))
    elif view.day_total_minutes >= day.floor:
        second.append((f", {KEPT}", "good"))
    second.append((running_words(day), ""))
    if view.streak_shown:
        second += [(" · ", "muted"), *streak_spans(view.streak)]
    shown: Lines = [first, second]
    if view.closes:
        shown += paragraphs("This line is the Close of today's plan too: that block is done.", prose_width(width))
    if view.new_cards:
        shown += _to_meet(view, width)
    shown.append([("Undo: mlcoach undo", "muted")])
    return shown


def _to_meet(view: LoggedView, width: int | None) -> Lines:
    """Return how many cards were opened by what was studied; after the day's review that they may well wait."""
    cards, command = plural(view.new_cards, "new card"), "mlcoach review --only cards"
    if not view.reviewed:
        return [[(f"{cards} to meet: ", "muted"), (command, "accent")]]
    waits = "waits" if view.new_cards == 1 else "wait"
    said = f"Today's review is done. {cards} from what you studied {waits} for tomorrow, or for now: {command}"
    return paragraphs(said, prose_width(width), style="muted")


NOTHING: Lines = [
    [("Nothing logged yet. ", ""), ("mlcoach log 45m math.la.vectors", "accent"), (" records 45 minutes.", "")]
]


def full_lines(view: LogListView, width: int | None) -> Lines:
    """Return every entry with its whole note, newest first."""
    shown: Lines = []
    for entry in view.entries:
        minutes = format_duration(entry.minutes) if entry.minutes else "<1m"
        first: Line = [
            (format_day(entry.date), "strong"),
            (f"  {minutes:>5}  ", ""),
            (entry.title or "nothing in particular", ""),
        ]
        shown.append([*first, (f"  {entry.source}  id {entry.id}", "muted")])
        if entry.note:
            shown += [[("    ", ""), *line] for line in paragraphs(entry.note, width and width - 4)]
    return shown or NOTHING


def list_lines(view: LogListView, width: int | None, *, ids: bool = False) -> Lines:
    """Return the recent entries, newest first; with `ids` those that `undo` takes."""
    if not view.entries:
        return NOTHING
    rows = []
    for entry in view.entries:
        text = one_line(" · ".join(part for part in (entry.title, entry.note) if part)) or "nothing in particular"
        minutes = format_duration(entry.minutes) if entry.minutes else "<1m"
        rows.append(
            [
                (format_day(entry.date), "muted"),
                (minutes, "strong"),
                (text, ""),
                (entry.source, "muted"),
                *([(f"id {entry.id}", "muted")] if ids else []),
            ]
        )
    how = "mlcoach undo ID" if ids else "mlcoach log --ids names them, mlcoach undo ID"
    return [*columns(rows, width, flexible=2, right=(1,)), [(f"Take one back: {how}", "muted")]]
