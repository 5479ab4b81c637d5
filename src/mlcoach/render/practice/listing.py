"""What checks itself: by unit and by pattern as an overview, or item by item."""

from itertools import groupby

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import columns, plural
from mlcoach.render.screen import Line, Lines
from mlcoach.views.practice import PracticeCountView, PracticeItemView, PracticeListView

STYLES = {"due": "warn", "solved": "good"}


def lines(view: PracticeListView, width: int | None) -> Lines:
    """Return the items of what was asked for, or an overview of all."""
    if not view.items:
        where = f" in {view.subject}" if view.subject else ""
        return [[(f"Nothing checks itself{where} yet.", "")]]
    return _items(view, width) if view.subject else _overview(view, width)


def _overview(view: PracticeListView, width: int | None) -> Lines:
    shown: Lines = []
    for title, counts in (("By unit", view.units), ("By pattern", view.patterns)):
        if counts:
            shown += [[], [(title, "title")]] if shown else [[(title, "title")]]
            shown += columns([_count(entry) for entry in counts], width, flexible=0)
    hint: Line = [("mlcoach practice --list UNIT", "accent"), (" lists what is in one.", "muted")]
    return [*shown, [], [("Solid: you would most likely solve it again today.", "muted")], hint, _total(view)]


def _count(entry: PracticeCountView) -> Line:
    due = f"{entry.due} due" if entry.due else ""
    return [
        (f"  {entry.name}", ""), (f"{entry.solved} of {entry.items} solved", "" if entry.solved else "muted"),
        (f"{entry.solid} solid" if entry.solved else "", "good"), (due, "warn"),
    ]  # fmt: skip


def _items(view: PracticeListView, width: int | None) -> Lines:
    shown: Lines = []
    for unit, group in groupby(view.items, key=lambda item: item.unit):
        shown += [[], [(unit, "title")]] if shown else [[(unit, "title")]]
        shown += columns([_item(item) for item in group], width, flexible=2)
    return [*shown, [], _total(view)]


def _item(item: PracticeItemView) -> Line:
    when = f"until {format_day(item.due)}" if item.state == "solved" and item.due else ""
    return [
        (f"  {item.state}", STYLES.get(item.state, "muted")), (item.item.partition("/")[2], "accent"),
        (item.title, ""), (format_duration(item.minutes), "muted"), (item.pattern or when, "muted"),
    ]  # fmt: skip


def _total(view: PracticeListView) -> Line:
    solved = sum(item.state in ("solved", "due") for item in view.items)
    total = f"{solved} of {plural(len(view.items), 'item')} solved. "
    return [(total, "muted"), ("mlcoach practice ITEM", "accent"), (" opens one.", "muted")]
