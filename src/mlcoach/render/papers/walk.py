"""The screen of a pass that is walked through: the steps, the current one whole, the time, the keys."""

from mlcoach.domain.keys import named
from mlcoach.domain.papers.pace import allowed
from mlcoach.domain.papers.passes import PASS_NAMES
from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.render.layout import cells, paragraphs
from mlcoach.render.papers.entries import over_budget, with_formulas
from mlcoach.render.screen import SPOKEN, Line, Lines, drawn
from mlcoach.render.screen_driver import Section
from mlcoach.views.papers.walk import WalkView

KEYS = (
    " · ".join(["space ticks", *named("a", "m", "c", "w", "o")]),
    " · ".join(["↑ ↓ move", f"{named('d')[0]}, end the pass", f"{named('q')[0]}, all is kept"]),
)
FEW_KEYS = (" · ".join(["space ticks", *named("a", "d", "q")]),)
OPENS = "o opens "
LOW, NARROW = 20, 60  # rows and columns; below, only the current step and what is needed most have room
SHORTEST = 3  # steps that are worth a list
GAPS = 3  # lines left free between the parts, and above the foot


def sections(view: WalkView, width: int, rows: int, *, color: bool) -> list[Section]:
    """Return the parts of the screen. Where lines are only ever added (no colour), steps come one at a time."""
    small = color and (rows < LOW or width < NARROW)
    foot: Lines = [[(one, "muted")] for line in (FEW_KEYS if small else KEYS) for one in wrapped(line, width)]
    if view.note:
        foot = [*paragraphs(view.note, width, style="warn"), *foot]
    head, current = _head(view, width, with_why=not small), _current(view, width)
    if not color:
        note = Section("note", paragraphs(view.note, width) if view.note else [])
        words = [line.replace("↑ ↓ move", "up and down move") for line in KEYS]
        keys = Section("keys", [[(one, "")] for line in words for one in wrapped(line, width)], once=True)
        minutes = view.seconds // 60
        is_over = view.budget_minutes and minutes >= allowed(view.budget_minutes, own=view.paper.own_pace)
        said = f"{over_budget(view.paper.reading_pass, view.budget_minutes, view.budget_minutes)} d ends it."
        over = Section("over", paragraphs(said, width) if is_over else [], once=True)
        return [Section("head", head, once=True), keys, note, over, Section("step", current)]
    # The steps get what the rest leaves free, so that the current one is always whole in sight.
    room = rows - len(head) - len(current) - len(foot) - 1 - GAPS
    return [
        Section("head", head),
        Section("steps", _steps(view, width, room) if room >= SHORTEST else []),
        Section("step", current),
        Section("clock", [_clock(view, width)], foot=True),
        Section("foot", foot, foot=True),
    ]


def left_lines(view: WalkView, minutes: int, command: str, width: int | None) -> Lines:
    """Return what is kept of a pass that was left in the middle."""
    done = sum(step.done for step in view.paper.checklist)
    kept = f"{done} of {len(view.paper.checklist)} ticked"
    time = f"; {format_duration(minutes)} recorded" if minutes else ""
    timer = "; the timer counts the time" if view.on_timer else ""
    title = with_formulas(view.paper.title)
    return [
        *paragraphs(f"Left pass {view.paper.reading_pass} of {title}: {kept}{time}{timer}.", width),
        [("Go on: ", "muted"), (command, "accent")],
    ]


def _head(view: WalkView, width: int, *, with_why: bool) -> Lines:
    paper = view.paper
    about = f"Pass {paper.reading_pass}: {PASS_NAMES[paper.reading_pass]}"
    # Reading the title is the first step: it stands there whole.
    shown = [
        *paragraphs(one_line(with_formulas(paper.title)), width, style="title"),
        *paragraphs(about, width, style="strong"),
    ]
    if paper.why and with_why:
        shown += paragraphs(f"Why: {one_line(paper.why)}", width, style="muted")
    if paper.address:
        # On a small screen in one line: the key is what counts, and where it leads is known by its beginning.
        room = None if with_why else width - len(OPENS)
        shown.append([(OPENS, "muted"), (_short_address(paper.address, room), "accent")])
    return shown


def _steps(view: WalkView, width: int, room: int) -> Lines:
    """Return the steps around the current one, as many as there is room for; on a narrow screen their names alone."""
    entries = [_entry(view, place, width) for place in range(len(view.paper.checklist))]
    if sum(map(len, entries)) > room:
        room -= 1  # a line says how many are not in sight
    first, last = view.cursor, view.cursor + 1
    used = len(entries[first]) if entries else 0
    while entries:
        behind = used + len(entries[last]) if last < len(entries) else room + 1
        before = used + len(entries[first - 1]) if first else room + 1
        if behind <= room and (before > room or last - view.cursor <= view.cursor - first + 1):
            used, last = behind, last + 1
        elif before <= room:
            used, first = before, first - 1
        else:
            break
    shown = [line for lines in entries[first:last] for line in lines]
    hidden = [f"{first} more above" if first else "", f"{len(entries) - last} more below" if entries[last:] else ""]
    return [*shown, [("    " + " · ".join(filter(None, hidden)), "muted")]] if any(hidden) else shown


def _short_address(address: str, room: int | None) -> str:
    if room is None or cells(address) <= room:
        return address
    short = address.removeprefix("https://").removeprefix("http://")
    return short if cells(short) <= room else f"{short[: room - 1]}…"


def _entry(view: WalkView, place: int, width: int) -> Lines:
    step, here = view.paper.checklist[place], place == view.cursor
    pointer, mark = ("▸ " if here else "  "), ("✓ " if step.done else "· ")
    style = "accent" if here else "muted" if step.done else ""
    lead: Line = [(pointer, "accent"), (mark, "good" if step.done else "muted")]
    first, *rest = paragraphs(step.id if width < NARROW else one_line(step.text), max(12, width - 4), style=style)
    return [[*lead, *first], *([("    ", ""), *line] for line in rest)]


def _current(view: WalkView, width: int) -> Lines:
    """Return the current step whole, with its answer."""
    if not view.paper.checklist:
        return [[("This pass has no steps; d ends it.", "")]]
    step = view.paper.checklist[view.cursor]
    place = f"{view.cursor + 1} of {len(view.paper.checklist)}"
    shown: Lines = [[(place, "muted"), *([(" · ", "muted"), (step.group, "muted")] if step.group else [])]]
    mark = "✓ " if step.done else ""
    first, *more = paragraphs(f"{mark}{one_line(step.text)}", width, "  ", "strong")
    said = (f"{'done' if step.done else 'to do'}: ", SPOKEN)
    shown += [[("  ", ""), drawn(mark, "strong"), said, (first[0][0].strip().removeprefix(mark), "strong")], *more]
    return shown + (paragraphs(f"→ {one_line(step.answer)}", width, "  ") if step.answer else [])


def _clock(view: WalkView, width: int) -> Line:
    """Return the time so far against what the pass may take, and that it is over when it is."""
    minutes, seconds = divmod(view.seconds, 60)
    done = sum(step.done for step in view.paper.checklist)
    usual = " of" if view.paper.own_pace else " · with practice about"
    about = f"{usual} {format_duration(view.budget_minutes)}" if view.paper.own_pace or width >= NARROW else ""
    text = f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}{about}"
    ticked = f" · {done} of {len(view.paper.checklist)}"
    over = view.budget_minutes and minutes >= allowed(view.budget_minutes, own=view.paper.own_pace)
    shown: Line = [(text, "warn" if over else "good"), (ticked, "muted")]
    return [*shown, (" · decide: d", "warn")] if over else shown


def wrapped(text: str, width: int) -> list[str]:
    if cells(text) <= width:
        return [text]
    from mlcoach.render.layout import wrap

    return wrap(text, width)
