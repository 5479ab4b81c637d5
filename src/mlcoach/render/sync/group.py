"""The screens of `group`: the table of a week, which counts what was done and is silent about the rest."""

from collections.abc import Sequence
from shlex import quote

from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import columns, paragraphs
from mlcoach.render.screen import Lines, Span, drawn, prose_width
from mlcoach.views.sync.group import GroupJoinedView, GroupLeftView, GroupMembersView, GroupRowView, GroupView

HEADS = ("hours", "units", "streak", "promise")
NARROW = 48
ABOUT_UNITS = "units: studied in the week"


def lines(view: GroupView, width: int | None) -> Lines:
    """Return the table of a week, and what could not be read."""
    title = f"{format_day(view.first)} to {format_day(view.last, view.first)}"
    shown: Lines = [[("Group  ", "title"), (title, "title")], *table_lines(view.rows, width)]
    for left in view.left_out:
        shown += paragraphs(
            f"left out: {one_line(left.what)}: {one_line(left.reason)}", prose_width(width), style="warn"
        )
    if view.founder_left:
        told = (
            f"{one_line(view.founder)}, who started the group, has left it. It goes on for those who are in it; to let"
            " somebody in or take somebody out, start a new one elsewhere: `mlcoach group leave`, `mlcoach group start`"
        )
        shown += paragraphs(told, prose_width(width), style="muted")
    elif len(view.rows) == 1:
        shown += paragraphs(
            "You are alone in it so far. The others: `mlcoach group join`, with the place; then here: "
            "`mlcoach group add NAME KEY`",
            prose_width(width),
            style="muted",
        )
    return shown


def table_lines(rows: Sequence[GroupRowView], width: int | None) -> Lines:
    """Return one row for each member, in the order of their names."""
    cells = [_row(row) for row in rows]
    narrow = width is not None and width < NARROW
    shown = columns(cells, width, right=(1, 2, 3), gap=1 if narrow else 2, heads=("", *HEADS))
    if any(row.passed for row in rows):
        shown.append([(ABOUT_UNITS, "muted"), drawn(", ✓ passed", "muted")])
    return shown


def _row(row: GroupRowView) -> list[Span]:
    return [(row.name, "strong" if row.is_you else ""), *zip(texts(row), ("", "", "", "good"), strict=True)]


def texts(row: GroupRowView) -> tuple[str, str, str, str]:
    """Return hours, units, streak and promise in words; what is not shared looks like what did not happen."""
    passed = f", {row.passed} ✓" if row.passed else ""
    return (
        format_duration(row.minutes) if row.minutes else "–",
        f"{row.units}{passed}" if row.units else "–",
        str(row.streak) if row.streak else "–",
        "kept" if row.promise == "kept" else "",
    )


def joined_lines(view: GroupJoinedView, width: int | None) -> Lines:
    """Return what comes after starting or joining."""
    room = prose_width(width)
    if view.is_founder:
        return [
            [drawn("✓ ", "good"), ("The group is started. Each of the others runs:", "")],
            [(f"  mlcoach group join {one_line(view.place)} --name NAME", "code")],
            *paragraphs("and gives you the key that is shown there. You let them in with:", room),
            [("  mlcoach group add NAME KEY", "code")],
        ]
    return [
        [drawn("✓ ", "good"), (f"Joined {one_line(view.place)}", "")],
        *paragraphs("Give this line to whoever started the group; it opens when they have run it:", room),
        *_to_copy(f"mlcoach group add {quote(view.name)}", view.key, width),
        *paragraphs("The key in it is a public one: it needs no hiding. Then: mlcoach group", room, style="muted"),
    ]


def _to_copy(command: str, key: str, width: int | None) -> Lines:
    """Return a command on one line, or on two that a shell reads as one where it is too long for the screen."""
    if width is None or len(command) + len(key) + 3 <= width:
        return [[(f"  {command} {key}", "code")]]
    return [[(f"  {command} \\", "code")], [(f"    {key}", "code")]]


def added_lines(view: GroupMembersView, width: int | None) -> Lines:
    """Return who was added."""
    told = f"{view.name} is in the group. You see one another's weeks when each has run `mlcoach group` once more."
    return [*paragraphs(one_line(told), prose_width(width)), *_members(view, width)]


def removed_lines(view: GroupMembersView, width: int | None) -> Lines:
    """Return who was removed."""
    told = f"{view.name} is no longer in the group: what they shared is taken out, and new weeks are closed to them."
    return [*paragraphs(one_line(told), prose_width(width)), *_members(view, width)]


def left_lines(view: GroupLeftView, width: int | None) -> Lines:
    """Return that the group was left."""
    shown = paragraphs("You left the group; your weeks are taken out of the place.", prose_width(width))
    if view.was_founder:
        told = (
            "You started it: it goes on with the members it has. Join there again to let somebody in or take somebody"
            " out; else one of the others starts a new group."
        )
        shown += paragraphs(told, prose_width(width), style="warn")
    return shown


def _members(view: GroupMembersView, width: int | None) -> Lines:
    return paragraphs(
        f"Members: {', '.join(one_line(name) for name in view.members)}", prose_width(width), style="muted"
    )
