"""The screen of `mlcoach forecast`."""

from datetime import date

from mlcoach.domain.day.forecast import BETWEEN, FIRST_FACTOR
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import MONTHS
from mlcoach.render.layout import cells, columns, paragraphs
from mlcoach.render.screen import Lines, Span, prose_width, unspoken
from mlcoach.views.habit import ForecastView

NOTABLE_DAYS = 14
HEADS = ("", "earliest", "most likely", "latest")


def lines(view: ForecastView, width: int | None) -> Lines:
    """Return in words when the path ends, what to do about it, then the figures."""
    room = prose_width(width)
    if not view.hours_left:
        return paragraphs(f"The path `{view.path}` is finished.", room)
    shown = paragraphs(_meaning(view), room, style="strong")
    shown += paragraphs(_advice(view), room)
    shown += paragraphs(view.goal, room) if view.goal else []
    rows: list[list[Span]] = []
    now = "as planned" if view.from_plan else "as you do now"
    for name, finish in ((now, view.finish), ("" if view.from_plan else "at your goal", view.at_goal)):
        if name and finish:
            rows.append([(name, ""), *((_day(day), "") for day in (finish.early, finish.likely, finish.late))])
    if rows:
        shown += [[], *_table(rows, room)]
    shown += [
        [],
        *paragraphs(
            f"About {view.hours_left:.0f}h of the path are left, counted as {view.factor:g} times the hours that its "
            "authors expect" + (f", {BETWEEN}." if view.factor != FIRST_FACTOR else "."),
            room,
            style="muted",
        ),
    ]
    if view.next_paths:
        shown += paragraphs(f"Paths that go on from here: {', '.join(view.next_paths)}.", room)
        shown.append([(f"See one: mlcoach curriculum show {view.next_paths[0]}", "muted")])
    return shown


def _table(rows: list[list[Span]], room: int) -> Lines:
    """Return the three days of each way as a table, where that does not fit as lines below one another."""
    table: Lines = [[("  ", ""), *line] for line in columns(rows, None, heads=HEADS)]
    if all(sum(cells(text) for text, _ in unspoken(line)) <= room for line in table):
        return table
    names = [(head, "muted") for head in HEADS]
    shown: Lines = []
    for way in rows:
        shown.append([(f"  {way[0][0]}", "strong")])
        shown += [
            [("    ", ""), *line] for line in columns([list(pair) for pair in zip(names, way, strict=True)][1:], None)
        ]
    return shown


def _meaning(view: ForecastView) -> str:
    """Return in one sentence when the path ends."""
    goal = format_duration(view.goal_minutes)
    if view.from_plan:
        if view.finish is None:
            return f"With no minutes planned, the path `{view.path}` has no end in sight."
        return f"With your goal of {goal} a week you finish the path `{view.path}` around {_month(view.finish.likely)}."
    if view.finish is None:
        later = f"; with your goal of {goal} a week, around {_month(view.at_goal.likely)}" if view.at_goal else ""
        return f"As the last four weeks went, the path `{view.path}` has no end in sight{later}."
    pace = format_duration(view.pace_minutes)
    said = f"As you do now, {pace} a week on it, you finish the path `{view.path}` around {_month(view.finish.likely)}"
    return (
        f"{said}; with your goal of {goal} a week, around {_month(view.at_goal.likely)}."
        if view.at_goal
        else f"{said}."
    )


def _advice(view: ForecastView) -> str:
    """Return what can be done about it."""
    if view.from_plan:
        pace = format_duration(view.pace_minutes)
        return (
            f"About {pace} of that go to the units; reviews, papers and days of rest take the others. After ten days "
            "of study the forecast follows what you really do."
        )
    if view.at_goal and (view.finish is None or (view.finish.likely - view.at_goal.likely).days > NOTABLE_DAYS):
        return "The days you miss make the difference: `mlcoach init` fits the minutes to your week."
    return "Your weeks come to your goal. An earlier end takes more minutes (`mlcoach init`) or a shorter path."


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
