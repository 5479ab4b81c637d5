"""The screen of `mlcoach today`."""

import re

from mlcoach.domain.day.forecast import BETWEEN, FIRST_FACTOR
from mlcoach.domain.text import one_line
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.day.progress_bar import progress_line, spoken_progress, streak_spans, timer_words
from mlcoach.render.layout import cells, ends, pad, paragraphs, wrap
from mlcoach.render.screen import Line, Lines, Span, drawn, prose_width
from mlcoach.views.day import BlockView, TodayView

KINDS = {
    "review": "Review",
    "study": "Concept",
    "build": "Build",
    "project": "Project",
    "practice": "Practice",
    "free": "Free",
    "paper": "Paper",
    "close": "Close",
}
INDENT = 14
NARROW = 60  # cells, below which a long title is cut and the goal comes last
DETAIL_LINES = 2  # of what a block opens, on a narrow screen
UNIT_FROM = 72  # cells a line needs before there is room for unit ids
_PASS = re.compile(r", pass (\d)$")
HEARD = "With a screen reader, begin with `mlcoach config set plain true`."
WELCOME = "Welcome. This is a plan for your first evening; do the first block and log it."
REFRESH = "So long away? `mlcoach place` finds out in ten minutes what you know by now."
PLACE = "You know some of it already? `mlcoach place` finds out, in ten minutes."
INIT = "`mlcoach init` fits it to your week and to what you know already."


def lines(view: TodayView, width: int | None, *, plain: bool = False) -> Lines:
    """Return the plan of the day; `width` in cells, None for no limit. With `plain` each block is told in a line."""
    return _lines(view, width, with_why=False, plain=plain)


def why_lines(view: TodayView, width: int | None, *, plain: bool = False) -> Lines:
    """Return the plan of the day with the reason of each block."""
    return _lines(view, width, with_why=True, plain=plain)


def _lines(view: TodayView, width: int | None, *, with_why: bool, plain: bool) -> Lines:
    room = prose_width(width)
    shown: Lines = []
    if view.newcomer:
        shown += [[(line, "strong")] for line in wrap(WELCOME, room)]
        shown += [[(line, "muted")] for line in wrap(INIT if plain else f"{INIT} {HEARD}", room)]
        shown.append([])
    header: Line = [(format_day(view.date), "title")]
    if plain:
        shown += [header, *([streak_spans(view.streak)] if view.streak_shown else [])]
    else:
        shown.append(ends(header, streak_spans(view.streak), room) if view.streak_shown else header)
    shown.append(
        spoken_progress(view.minutes, finished=view.streak.today == "goal", resting=view.streak.today == "rest")
        if plain
        else progress_line(
            view.minutes, room, finished=view.streak.today == "goal", resting=view.streak.today == "rest"
        )
    )
    said = view.goal if plain or room >= NARROW else view.goal_short or view.goal
    goal: Lines = [[(line, "muted")] for line in wrap(said, room)] if said else []
    shown += goal if plain or room >= NARROW else []  # where it takes three lines of a small screen, the plan is first
    if view.comeback:
        shown += [[], *([(line, "strong")] for line in wrap(view.comeback, room))]
    if view.note:
        shown += [[], *([(line, "")] for line in wrap(view.note, room))]
    shown.append([])
    current = next((block.n for block in view.blocks if not block.done), 0)
    unit_cells = max((cells(block.unit) for block in view.blocks), default=0)
    minutes_cells = max((len(_minutes(block)) for block in view.blocks), default=0)
    named = ""
    for block in view.blocks:
        again = block.step is not None and block.step.id == named
        named = block.step.id if block.step else named
        if plain:
            shown.append(_spoken_block(block, block.n == current))
        else:
            shown += _block_lines(block, block.n == current, unit_cells, minutes_cells, room)
        shown += _details(block, block.n == current, room, with_why=with_why, again=again, plain=plain)
    shown += _foot(view, room, with_why, plain)
    return shown if plain or room >= NARROW or not goal else [*shown, [], *goal]


def _spoken_block(block: BlockView, current: bool) -> Line:
    """Return a block in one line of words: its state, what it is, and its minutes."""
    state = "done" if block.done else "now" if current else "to do"
    spent = f"{block.done_minutes} of " if 0 < block.done_minutes < block.minutes else ""
    minutes = f"{spent}{block.minutes} minute{'s' * (block.minutes != 1)}{' studied' if spent else ''}"
    title = one_line(block.title)
    # Titles are full of commas: a gap parts them, which is heard as a pause.
    about = [KINDS[block.kind], *([f"unit {title}", block.unit] if block.unit else [title]), minutes]
    if block.kind == "paper":
        about[1] = _PASS.sub(r"; pass \1", about[1])
    return [(f"{block.n}, {state}: ", ""), ("  ".join(about), "strong" if current else "")]


def _block_lines(block: BlockView, current: bool, unit_cells: int, minutes_cells: int, room: int) -> Lines:
    mark: Span = ("✓", "good") if block.done else ("▸", "accent") if current else (" ", "")
    style = "muted" if block.done else "strong" if current else ""
    left: Line = [(f"{block.n:>2} ", "muted"), mark, (f" {pad(KINDS[block.kind], INDENT - 5)}", style)]
    unit = block.unit if room >= UNIT_FROM else ""
    right: Line = [(f"  {_minutes(block)}".rjust(minutes_cells + 2), "muted" if block.done else "")]
    if unit:
        right = [("  " + pad(unit, unit_cells), "muted"), *right]
    title_room = max(room - INDENT - sum(cells(text) for text, _ in right), 12)
    first, *rest = wrap(block.title, title_room) or [""]
    return [[*left, (pad(first, title_room), style), *right], *([(" " * INDENT + line, style)] for line in rest)]


def _details(block: BlockView, current: bool, room: int, *, with_why: bool, again: bool, plain: bool = False) -> Lines:
    """Return what stands below a block: what to open, what comes then, why it is there; `plain`: how it is begun."""
    shown: Lines = []
    if not block.done:
        details = [_step(block, again), f"then: {block.then}" if block.then else ""]
        url = block.step.url if block.step and not again else ""
        for number, detail in enumerate(details):
            shown += [[(line, "muted")] for line in _in_short(detail, room, plain)] if detail else []
            if number == 0 and url and (current or INDENT + cells(url) <= room):
                shown.append([(" " * INDENT + url, "accent" if current else "muted")])
        practise = "" if again else block.practise
        if practise:
            shown.append([(" " * INDENT + practise, "accent" if current else "muted")])
        if plain and block.command and practise != block.command:
            shown.append([(" " * INDENT + "begin: ", ""), (block.command, "accent" if current else "muted")])
    if with_why and block.why:
        shown += [[(line, "accent")] for line in wrap(block.why, room, " " * INDENT)]
    return shown


def _in_short(detail: str, room: int, plain: bool) -> list[str]:
    """Return what a block opens, on a narrow screen in two lines at most: `start` says all of it."""
    lines = wrap(detail, room, " " * INDENT)
    if plain or room >= NARROW or len(lines) <= DETAIL_LINES:
        return lines
    last = lines[DETAIL_LINES - 1]
    while cells(last) > room - 2:
        last = last.rpartition(" ")[0]
    return [*lines[: DETAIL_LINES - 1], f"{last.rstrip(' ,;:')} …"]


def _step(block: BlockView, again: bool) -> str:
    """Return what a block opens, and which step of its unit that is; `again`: the block before it opens the same."""
    if block.step is None:
        return block.resource
    if again:
        return f"step {block.step.n} of {block.step.of}, continued"
    return f"step {block.step.n} of {block.step.of}: {block.resource}"


def _minutes(block: BlockView) -> str:
    if 0 < block.done_minutes < block.minutes:
        return f"{block.done_minutes} of {block.minutes}m"
    return f"{block.minutes}m"


def _foot(view: TodayView, room: int, with_why: bool, plain: bool) -> Lines:
    shown: Lines = []
    if with_why and view.pace != 1 and any(block.unit for block in view.blocks):
        said = f"Minutes of units are {view.pace:.3g} times those that their authors expect"
        until = " until you passed a few" if view.pace == FIRST_FACTOR else f", {BETWEEN}"
        shown += [[], *([(line, "muted")] for line in wrap(f"{said}{until}.", room))]
    if view.timer:
        shown += [[], [drawn("● ", "good"), (timer_words(view.timer), "")]]
    # One line beside the plan, never two: what has a day comes first.
    errand = ""
    if view.job:
        errand = f"Jobs: {view.job}"
    elif view.errand:
        errand = f"People: {view.errand}"
    elif view.idea:
        errand = f"Decide today, begin or drop “{one_line(view.idea)}”: mlcoach project list"
    if errand:
        shown += [[], *([(line, "muted")] for line in wrap(errand, room))]
    if view.offers_placement or view.offers_refresher:
        offer = REFRESH if view.offers_refresher else PLACE
        shown += [[], *([(line, "muted")] for line in wrap(offer, room))]
    if view.next_command:
        others = [block.n for block in view.blocks if not block.done and block.command != view.next_command]
        how = f"Another block: `mlcoach start {others[0]}`" if others else ""
        step: Line = [("Next: ", "muted"), (view.next_command, "accent")]
        hint: Line = [] if with_why else [("Why these: mlcoach today --why", "muted")]
        used = cells(view.next_command) + 6 + 30
        if hint and used + 2 <= room and not plain:
            shown += [[], ends(step, hint, room)]
        else:
            shown += [[], step, *([hint] if hint else [])]
        if how and not plain:
            shown += paragraphs(how, room, style="muted")
    return shown
