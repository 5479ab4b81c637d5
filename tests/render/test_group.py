"""The screens of `group`, at 80 columns and at 40."""

import shlex
from datetime import date

from inline_snapshot import snapshot

from mlcoach.render.screen import Lines, unspoken
from mlcoach.render.sync import group as screen
from mlcoach.views.sync.exchange import LeftOutView
from mlcoach.views.sync.group import GroupJoinedView, GroupLeftView, GroupMembersView, GroupRowView, GroupView

ROWS = (
    GroupRowView("ada", True, True, 615, 3, 1, 12, "kept", "ten hours"),
    GroupRowView("Ben with a rather long name", False, True, 20, 1, 0, 0, "open", "ten hours"),
    GroupRowView("cleo", False, False),
    GroupRowView("dan", False, True, None, None, None, None, None),
)
VIEW = GroupView(
    "/p",
    "2026-W48",
    date(2026, 11, 23),
    date(2026, 11, 29),
    "ada",
    ROWS,
    (LeftOutView("the week of cleo", "it is torn"),),
)


def text(lines: Lines) -> str:
    return "\n".join("".join(span for span, _ in unspoken(line)).rstrip() for line in lines)


def test_a_week_counts_what_was_done() -> None:
    assert text(screen.lines(VIEW, 80)) == snapshot("""\
Group  Mon 23 Nov to Sun 29 Nov
                              hours   units  streak  promise
ada                          10h15m  3, 1 ✓      12  kept
Ben with a rather long name     20m       1       –
cleo                              –       –       –
dan                               –       –       –
units: studied in the week, ✓ passed
left out: the week of cleo: it is torn\
""")
    assert text(screen.lines(VIEW, 40)) == snapshot("""\
Group  Mon 23 Nov to Sun 29 Nov
                             hours  units streak promise
ada                         10h15m 3, 1 ✓     12 kept
Ben with a rather long name    20m      1      –
cleo                             –      –      –
dan                              –      –      –
units: studied in the week, ✓ passed
left out: the week of cleo: it is torn\
""")
    assert "alone in it" in text(screen.lines(VIEW._replace(rows=ROWS[:1]), 80))


def test_joining_adding_and_leaving() -> None:
    founder = GroupJoinedView("/p", "ada", "age1", is_founder=True)
    shown = [
        screen.joined_lines(founder, 80), screen.joined_lines(founder._replace(name="Ben B.", is_founder=False), 80),
        screen.added_lines(GroupMembersView("ben", ("ada", "ben")), 80),
        screen.removed_lines(GroupMembersView("ben", ("ada",)), 80),
        screen.left_lines(GroupLeftView("/p", "ada", was_founder=True), 80),
    ]  # fmt: skip
    assert "\n\n".join(map(text, shown)) == snapshot("""\
✓ The group is started. Each of the others runs:
  mlcoach group join /p --name NAME
and gives you the key that is shown there. You let them in with:
  mlcoach group add NAME KEY

✓ Joined /p
Give this line to whoever started the group; it opens when they have run it:
  mlcoach group add 'Ben B.' age1
The key in it is a public one: it needs no hiding. Then: mlcoach group

ben is in the group. You see one another's weeks when each has run
`mlcoach group` once more.
Members: ada, ben

ben is no longer in the group: what they shared is taken out, and new weeks are
closed to them.
Members: ada

You left the group; your weeks are taken out of the place.
You started it: it goes on with the members it has. Join there again to let
somebody in or take somebody out; else one of the others starts a new group.\
""")


def test_the_line_to_give_away_can_be_copied_whole() -> None:
    joined = GroupJoinedView("/p", "Ben B.", "age1" + "x" * 58, is_founder=False)
    for width in (None, 120, 80):
        lines = ["".join(part for part, _ in line) for line in screen.joined_lines(joined, width)]
        told = "\n".join(lines[2:4]).replace("\\\n", "")  # as a shell reads it
        assert shlex.split(told)[:5] == ["mlcoach", "group", "add", "Ben B.", joined.key]
        assert width is None or max(map(len, lines)) <= width
