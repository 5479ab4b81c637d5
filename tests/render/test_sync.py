"""The screens of `sync`, at 80 columns and at 40."""

from inline_snapshot import snapshot

from mlcoach.render.screen import Lines, unspoken
from mlcoach.render.sync import exchange as screen
from mlcoach.views.sync.exchange import ConflictView, LeftOutView, SyncMadeView, SyncView
from mlcoach.views.sync.status import SyncStatusView

VIEW = SyncView(
    "/home/me/Sync/mlcoach",
    pushed=3,
    pulled=1,
    left_out=(LeftOutView("entries 31 to 40 of the device cafe", "those from 21 on are missing in the place"),),
    conflicts=(ConflictView("config/config.toml", "config/config.toml.conflict-0123abcd", ("goal", "cue")),),
    files_pushed=("data/notes/a.md",),
    files_pulled=("a", "b", "c", "d"),
    notes=("`holiday.jpg` was left alone",),
    copies=True,
)


def text(lines: Lines) -> str:
    return "\n".join("".join(span for span, _ in unspoken(line)) for line in lines)


def test_what_came_and_went() -> None:
    assert text(screen.lines(VIEW, 80)) == snapshot("""\
came  1 entry, 4 files (a, b, c, …)
went  3 entries, 1 file (data/notes/a.md)
left out  entries 31 to 40 of the device cafe: those from 21 on are missing in
          the place
Join them: mlcoach sync --join-copies
conflict  two machines changed config/config.toml (goal, cue); both are kept:
  config/config.toml.conflict-0123abcd
Settle it: take from the copy what you want, then delete the copy; the other
machines follow.
note  `holiday.jpg` was left alone\
""")
    assert max(map(len, text(screen.lines(VIEW, 40)).splitlines())) <= 40
    assert text(screen.lines(SyncView("x", 0, 0), 80)) == snapshot("Nothing new here or there.")


def test_a_place_that_was_joined() -> None:
    made = SyncMadeView("/home/me/Sync", None, "/key.txt", SyncView("/home/me/Sync", 0, 4))
    assert text(screen.made_lines(made, 80)) == snapshot("""\
✓ Joined /home/me/Sync
came  4 entries
From now on: mlcoach sync
By itself:   mlcoach sync auto on\
""")
    assert text(screen.key_lines("/home/me/Sync", "AGE-SECRET-KEY-1XYZ", 80)) == snapshot("""\
✓ The place is made. Its key, for your other machines:
AGE-SECRET-KEY-1XYZ

Keep a copy of it where you keep passwords: it is the only way into the place.
On each other machine:
  mlcoach sync join /home/me/Sync
""")


def test_where_it_stands() -> None:
    status = SyncStatusView("/home/me/Sync", "/key.txt", True, None, 2, (), 4, "cannot be reached")
    assert text(screen.status_lines(status, 80)) == snapshot("""\
place  /home/me/Sync
key    /key.txt
last   never
here   2 entries to go with the next sync
auto   on
the last 4 tries did not carry everything: cannot be reached\
""")
    nowhere = SyncStatusView(None, None, False, None, 0, (), 0, "")
    assert text(screen.status_lines(nowhere, 80)) == snapshot("""\
There is no place yet.
Make one:  mlcoach sync init FOLDER
Join one:  mlcoach sync join PLACE\
""")
