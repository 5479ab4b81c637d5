"""What checks itself: by unit and by pattern as an overview, or item by item."""

from itertools import groupby

from mlcoach.domain.practice.counts import SOLVED, PracticeCount
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import cells, columns, paragraphs, plural
from mlcoach.render.screen import Line, Lines
from mlcoach.views.practice import PracticeItemView, PracticeListView

NARROW = 50
STYLES = {"due": "warn", "solved": "good"}


def lines(view: PracticeListView, width: int | None, *, whole: bool = False) -> Lines:
    """Return the items of what was asked for, or an overview: of the units that are open, or of the `whole` map.

    What to type comes first. A pattern is named only once something of it was solved: it is half of the solution.
    """
    if not view.items:
        where = f" in {view.subject}" if view.subject else ""
        return [[(f"Nothing checks itself{where} yet.", "")]]
    begin = _begin(view.begin, width) if view.begin else []
    return [*begin, *(_items(view, width) if view.subject else _overview(view, width, whole=whole))]


def _begin(item: PracticeItemView, width: int | None) -> Lines:
    told = paragraphs(f"{item.title}, {format_duration(item.minutes)}", width and width - 2)
    return [
        [("Begin with" if item.state != "solved" else "All is solved; to do one again", "title")],
        *([("  ", ""), *line] for line in told),
        [(f"  mlcoach practice {item.item}", "accent")],
        [],
    ]


def _overview(view: PracticeListView, width: int | None, *, whole: bool) -> Lines:
    open_ones = [counts for counts in view.units if counts.name in view.open]
    units = [*view.units] if whole or not open_ones else open_ones
    title = "All units" if len(units) == len(view.units) else "Units begun or open"
    shown: Lines = [[(title, "title")], *columns([_count(entry, width) for entry in units], width, flexible=0)]
    if more := len(view.units) - len(units):
        does = f" lists {plural(more, 'more unit')}." if more > 1 else " lists one more unit."
        shown += _told("mlcoach practice --list --all", does, width)
    told = [counts for counts in view.patterns if counts.solved]
    if told:
        shown += [[], [("Patterns that you solved", "title")]]
        shown += columns([_count(entry, width) for entry in told], width, flexible=0)
    if hidden := len(view.patterns) - len(told):
        names = plural(hidden, "other pattern" if told else "pattern")
        shown += [] if told else [[]]
        shown += _muted(f"{names}: each is named once you solved an exercise of it.", width)
    shown.append([])
    if any(counts.solid for counts in units):
        shown += _muted("Solid: you would most likely solve it again today.", width)
    return [*shown, *_told("mlcoach practice --list UNIT", " lists what is in one.", width), *_total(view, width)]


def _muted(text: str, width: int | None) -> Lines:
    return [[(piece, "muted") for piece, _ in line] for line in paragraphs(text, width)]


def _told(command: str, does: str, width: int | None) -> Lines:
    """Return a command and what it does, on two lines where one is too narrow."""
    if width is not None and cells(command) + cells(does) > width:
        return [[(command, "accent")], *([("  ", ""), *line] for line in _muted(does.strip(), width - 2))]
    return [[(command, "accent"), (does, "muted")]]


def _count(entry: PracticeCount, width: int | None) -> Line:
    worded = width is None or width >= NARROW  # else the name, which is to be typed, would be cut
    due = f"{entry.due} due" if entry.due else ""
    return [
        (f"  {entry.name}", ""),
        (f"{entry.solved} of {entry.items}{' solved' * worded}", "" if entry.solved else "muted"),
        (f"{entry.solid} solid" if entry.solved else "", "good"), (due, "warn"),
    ]  # fmt: skip


def _items(view: PracticeListView, width: int | None) -> Lines:
    shown: Lines = []
    for unit, group in groupby(view.items, key=lambda item: item.unit):
        shown += [[], [(unit, "title")]] if shown else [[(unit, "title")]]
        shown += columns([_item(item) for item in group], width, flexible=2)
    return [*shown, [], *_total(view, width)]


def _item(item: PracticeItemView) -> Line:
    when = f"until {format_day(item.due)}" if item.state == "solved" and item.due else ""
    return [
        (f"  {item.state}", STYLES.get(item.state, "muted")), (item.item.partition("/")[2], "accent"),
        (item.title, ""), (format_duration(item.minutes), "muted"), (item.pattern or when, "muted"),
    ]  # fmt: skip


def _total(view: PracticeListView, width: int | None) -> Lines:
    solved = sum(item.state in SOLVED for item in view.items)
    return [
        [(f"{solved} of {plural(len(view.items), 'item')} solved.", "muted")],
        *_told("mlcoach practice ITEM", " opens one.", width),
    ]
