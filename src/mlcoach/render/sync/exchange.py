"""The screens of `sync`: what came and went, what was left out and why, and what is to be settled."""

from collections.abc import Sequence

from mlcoach.domain.text import one_line
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.screen import Line, Lines, drawn, prose_width
from mlcoach.views.sync.exchange import ConflictView, SyncMadeView, SyncView
from mlcoach.views.sync.status import SyncAutomaticView, SyncStatusView

NAMED = 3
SETTLE = "Settle it: take from the copy what you want, then delete the copy; the other machines follow."


def lines(view: SyncView, width: int | None) -> Lines:
    """Return what came of an exchange."""
    came = _counted(view.pulled, view.files_pulled)
    went = _counted(view.pushed, view.files_pushed)
    shown: Lines = []
    if came:
        shown += _wrapped("came  ", "good", came, width)
    if went:
        shown += _wrapped("went  ", "good", went, width)
    if not came and not went and not view.left_out:
        shown.append([("Nothing new here or there.", "")])
    for left in view.left_out:
        shown += _wrapped("left out  ", "warn", f"{one_line(left.what)}: {one_line(left.reason)}", width)
    if view.copies:
        shown.append([("Join them: mlcoach sync --join-copies", "muted")])
    shown += conflict_lines(view.conflicts, width)
    for note in view.notes:
        shown += _wrapped("note  ", "muted", one_line(note), width)
    return shown


def conflict_lines(conflicts: Sequence[ConflictView], width: int | None) -> Lines:
    """Return which files two machines changed, with where both versions are."""
    shown: Lines = []
    for one in conflicts:
        about = f" ({', '.join(one_line(key) for key in one.about)})" if one.about else ""
        shown += _wrapped(
            "conflict  ", "warn", f"two machines changed {one_line(one.file)}{about}; both are kept:", width
        )
        # A path has a line of its own, so that it can be copied.
        shown.append([("  ", ""), (one_line(one.kept), "accent")])
    if conflicts:
        shown += paragraphs(SETTLE, prose_width(width), style="muted")
    return shown


def key_lines(place: str, key: str, width: int | None) -> Lines:
    """Return the key of a new place, and what to do with it."""
    return [
        [drawn("✓ ", "good"), ("The place is made. Its key, for your other machines:", "")],
        [(key, "strong")],
        [],
        *paragraphs(
            "Keep a copy of it where you keep passwords: it is the only way into the place. On each other machine:",
            prose_width(width),
        ),
        [("  mlcoach sync join ", "code"), (one_line(place), "code")],
        [],
    ]


def made_lines(view: SyncMadeView, width: int | None) -> Lines:
    """Return what came of the first exchange with a place."""
    shown: Lines = []
    if view.key is None:
        shown.append([drawn("✓ ", "good"), (f"Joined {one_line(view.place)}", "")])
    shown += lines(view.sync, width)
    shown.append([("From now on: mlcoach sync", "muted")])
    shown.append([("By itself:   mlcoach sync auto on", "muted")])
    if view.work:
        told = "Not carried is what you write in exercises; take the folder along yourself:"
        if view.key is None:
            told = "Not carried is what you write in exercises: copy the folder `work` that `mlcoach config path` names"
            told += " on the other machine to this one's:"
        shown += [*paragraphs(told, prose_width(width), style="muted"), [("  ", ""), (one_line(view.work), "accent")]]
    return shown


def status_lines(view: SyncStatusView, width: int | None) -> Lines:
    """Return where sync stands."""
    if view.place is None:
        shown: Lines = [
            [("There is no place yet.", "")],
            [("Make one:  mlcoach sync init FOLDER", "muted")],
            [("Join one:  mlcoach sync join PLACE", "muted")],
        ]
        return shown + conflict_lines(view.conflicts, width)
    shown = [
        [("place  ", "muted"), (one_line(view.place), "")],
        [("key    ", "muted"), (one_line(view.key_file or ""), "")],
        [("last   ", "muted"), (_when(view), "")],
        [("here   ", "muted"), (_waiting(view.waiting), "")],
        [("auto   ", "muted"), ("on" if view.automatic else "off; mlcoach sync auto on", "")],
    ]
    if view.work:
        shown.append([("work   ", "muted"), (one_line(view.work), "")])
        shown += _wrapped("       ", "", "your exercises stay here: sync does not carry this folder", width)
    if view.failures:
        times = "the last try" if view.failures == 1 else f"the last {view.failures} tries"
        shown += _wrapped("", "warn", f"{times} did not carry everything: {one_line(view.problem)}", width)
    return shown + conflict_lines(view.conflicts, width)


def automatic_lines(view: SyncAutomaticView, width: int | None) -> Lines:
    """Return whether sync runs by itself."""
    if not view.automatic:
        return [[("Sync runs only when you call it: mlcoach sync", "")]]
    told = "Sync runs by itself after what you record, at most every five minutes."
    shown: Lines = paragraphs(told, prose_width(width))
    if view.place is None:
        shown.append([("There is no place yet: mlcoach sync init FOLDER", "warn")])
    return shown


def _when(view: SyncStatusView) -> str:
    if view.last is None:
        return "never"
    return f"{format_day(view.last.date(), view.last.date())} {view.last:%H:%M}"


def _waiting(entries: int) -> str:
    return f"{plural(entries, 'entry', 'entries')} to go with the next sync" if entries else "nothing waits"


def _counted(entries: int, files: Sequence[str]) -> str:
    parts = [plural(entries, "entry", "entries")] if entries else []
    if files:
        named = ", ".join(one_line(path) for path in files[:NAMED]) + (", …" if len(files) > NAMED else "")
        parts.append(f"{plural(len(files), 'file')} ({named})")
    return ", ".join(parts)


def _wrapped(label: str, style: str, text: str, width: int | None) -> Lines:
    """Return a label and a text that goes on below it."""
    if width is None:
        return [[(label, style), (text, "")]]
    first, *more = paragraphs(text, max(20, prose_width(width) - len(label)))
    indent: Line = [(" " * len(label), "")]
    return [[(label, style), *first], *([*indent, *line] for line in more)]
