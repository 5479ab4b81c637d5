"""The screen of `mlcoach plan`."""

from collections.abc import Sequence
from datetime import date

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.domain.time.weeks import monday_of
from mlcoach.render.day.today import KINDS
from mlcoach.render.layout import clock, columns, paragraphs, plural, row_lines
from mlcoach.render.screen import Lines, Span, prose_width
from mlcoach.views.day import BlockView
from mlcoach.views.plan import ComingCardsView, ComingUnitsView, LongDayView, PlanView, SurveyView

LATER_SHOWN = 4  # units after the coming weeks that are named
CARDS_SHOWN = 3  # units that are passed and still bring cards that are named


def lines(view: PlanView, width: int | None) -> Lines:
    """Return the coming days, a block a line."""
    rows: list[list[Span]] = []
    for day in view.days:
        label = format_day(day.date)
        if day.rest and not day.blocks:
            rows.append([(label, "title"), ("", ""), ("rest", "muted"), ("", "")])
            continue
        if not day.blocks:
            rows.append([(label, "title"), ("", ""), ("nothing planned", "muted"), ("", "")])
        for number, run in enumerate(_runs(day.blocks)):
            style = "muted" if all(block.done for block in run) else ""
            rows.append(
                [
                    (label if number == 0 else "", "title"),
                    (KINDS[run[0].kind], "muted"),
                    (_title(run), style),
                    (format_duration(sum(_minutes(block) for block in run)), style),
                ]
            )
    shown: Lines = []
    day_said = ""
    for line, *below in row_lines(rows, width, flexible=2, right=(3,)):
        label = line[0][0].strip()
        day_said = label or day_said
        # Who hears the rows one by one is told the day of each.
        shown += [line if label else [(f"{day_said}  ", "spoken"), *line], *below]
    for remark in view.remarks:
        shown += [[], *paragraphs(remark, prose_width(width), style="muted")]
    shown += [[], [(f"Path {view.path}. Only today is fixed; the rest follows what you do.", "muted")]]
    return shown


def _runs(blocks: Sequence[BlockView]) -> list[list[BlockView]]:
    """Return the blocks with the parts of one unit that follow each other taken together."""
    runs: list[list[BlockView]] = []
    for block in blocks:
        if runs and block.unit and block.unit == runs[-1][0].unit:
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _new_cards(cards: Sequence[ComingCardsView]) -> str:
    """Return in a sentence until when cards of units that are passed come; placement may have passed dozens."""
    if len(cards) == 1:
        return f"{cards[0].title} is passed; its new cards come until {format_day(cards[0].until)}."
    last = format_day(max(one.until for one in cards))
    named = ", ".join(one.title for one in cards[:CARDS_SHOWN])
    more = len(cards) - CARDS_SHOWN
    said = f"{named} and {more} more" if more > 0 else named
    return f"{len(cards)} units are passed whose new cards come until {last} at the latest: {said}."


def _title(run: list[BlockView]) -> str:
    step = next((block.step for block in run if block.step), None)
    if all(block.done for block in run):
        return f"{run[0].title} · done"
    if step is None:
        return run[0].title
    # A step longer than the block is that of the next block too: what is left of it says that the plan moves.
    if step.minutes_left > sum(block.minutes for block in run):
        return f"{run[0].title} · step {step.n} of {step.of}, {format_duration(step.minutes_left)} left of it"
    return f"{run[0].title} · from step {step.n} of {step.of}"


def _minutes(block: BlockView) -> int:
    """Return the minutes of a block; of one that was done in fewer those it had, for others have the rest."""
    return block.done_minutes if block.done else block.minutes


def unit_lines(view: ComingUnitsView, width: int | None) -> Lines:
    """Return the coming weeks, with the units that each begins and finishes."""
    room = prose_width(width)
    if not view.units and not view.cards:
        return paragraphs(f"No unit of the path `{view.path}` comes in these weeks.", room)
    weeks: dict[date, list[list[Span]]] = {}
    for unit in view.units:
        if unit.begins:
            row: list[Span] = [("begins", "muted"), (unit.title, ""), (format_day(unit.begins), "muted")]
            weeks.setdefault(monday_of(unit.begins), []).append(row)
        if unit.finishes and unit.early and unit.late:
            row = [("ends", "good"), (unit.title, "strong"), (_range(unit.early, unit.finishes, unit.late), "")]
            weeks.setdefault(monday_of(unit.finishes), []).append(row)
    shown: Lines = []
    for monday in sorted(weeks):
        shown.append([(f"Week of {format_day(monday)}", "title")])
        shown += [[("  ", ""), *line] for line in columns(weeks[monday], width and width - 2, flexible=1)]
    going = [unit.title for unit in view.units if not unit.finishes]
    if going:
        shown += [[], *paragraphs(f"Still under way on {format_day(view.last)}: {'; '.join(going)}.", room)]
    if view.later:
        shown += [[], *paragraphs(f"Later, in this order: {_first_of(view.later)}.", room)]
    if view.falls:
        fall = "falls" if len(view.falls) == 1 else "fall"
        said = f"{plural(len(view.falls), 'unit')} {fall}, as the time until your goal is too short: mlcoach goal"
        shown += [[], *paragraphs(said, room)]
    if view.cards:
        shown += [[], *paragraphs(_new_cards(view.cards), room)]
    for remark in view.remarks:
        shown += [[], *paragraphs(remark, room)]
    said = (
        f"Path {view.path}, as if each day went as planned. In brackets the days between which it may"
        " really end, as sure as `mlcoach forecast` is."
    )
    return [*shown, [], *paragraphs(said, room, style="muted")]


def _first_of(titles: Sequence[str]) -> str:
    named = "; ".join(titles[:LATER_SHOWN])
    return f"{named}; and {len(titles) - LATER_SHOWN} more" if len(titles) > LATER_SHOWN else named


def _range(early: date, day: date, late: date) -> str:
    return f"{format_day(day)} ({early.day} {_month(early)}–{late.day} {_month(late)})"


def _month(day: date) -> str:
    return format_day(day).rpartition(" ")[2]


def long_lines(view: LongDayView, width: int | None) -> Lines:
    """Return a day off, part by part, with its breaks."""
    room = prose_width(width)
    rows: list[list[Span]] = []
    for part in view.parts:
        begin: Span = (clock(part.starts), "muted")
        if part.block is None:
            rows.append([begin, ("Break", "muted"), ("away from the screen", "muted"), (f"{part.minutes}m", "muted")])
        else:
            title = _title([part.block])
            rows.append([begin, (KINDS[part.block.kind], "muted"), (title, ""), (f"{part.minutes}m", "")])
    shown: Lines = [[(f"A day off: {format_duration(view.minutes)} of study, in parts", "title")]]
    shown += columns(rows, width, flexible=2, right=(3,))
    said = "The times count from when you begin. `mlcoach today --minutes 4h` plans another length."
    shown += [[], *paragraphs(said, room, style="muted")]
    return [*shown, [("Take it: ", "muted"), ("mlcoach today --minutes 6h --replan", "accent")]]


def survey_lines(view: SurveyView, width: int | None, *, places: bool) -> Lines:
    """Return a week of looking at every subject; `places`: the program can find out what is known."""
    room = prose_width(width)
    if not view.days:
        return paragraphs(f"Nothing of the path `{view.path}` is left to survey.", room)
    said = (
        "A week to look at every subject of your path, before you learn any: skim, read headings and pictures, and note"
        " what is new to you and what is not."
    )
    shown: Lines = paragraphs(said, room)
    for day in view.days:
        shown += [[], [(format_day(day.date), "title")]]
        for one in day.subjects:
            shown.append([(f"  {one.title}", "strong"), (f"  {one.minutes}m", "muted")])
            for title in one.skim:
                shown += paragraphs(f"skim {title}", room, "    ")
            shown += paragraphs(
                f"look into {one.unit_title}: mlcoach curriculum show {one.unit}", room, "    ", "muted"
            )
    first = view.days[0].subjects[0]
    shown += [[], [("Log each: ", "muted"), (f'mlcoach log {first.minutes}m -n "survey: {first.subject}"', "accent")]]
    ends = "At the end of the week, see what counts as known: "
    if places:
        return [*shown, *paragraphs(f"{ends}mlcoach place", room)]
    return [*shown, *paragraphs("At the end, `mlcoach skip SUBJECT` leaves out what you know already.", room)]
