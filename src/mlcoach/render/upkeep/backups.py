"""The screens of `backup` and `restore`."""

from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import columns, plural
from mlcoach.render.screen import Lines, drawn
from mlcoach.views.upkeep import BackupMadeView, BackupsView, BackupView, RestoredView

NARROW = 72


def made_lines(view: BackupMadeView, width: int | None) -> Lines:
    """Return the path of the copy, alone, so that a script can use it."""
    if view.path is None:
        return [[("There is nothing to copy yet: the first entry makes the store.", "")]]
    return [[(view.path, "")]]


def list_lines(view: BackupsView, width: int | None) -> Lines:
    """Return what each copy holds, the newest first."""
    if not view.backups:
        return [[("No backups yet: one is made at most every half hour of use. Now: mlcoach backup", "")]]
    rows = []
    for backup in view.backups:
        if backup.readable:
            held = [
                (f"{backup.entries:,}", ""),
                (format_duration(backup.minutes), ""),
                (_last_day(backup), ""),
            ]
        else:
            held = [("–", "muted"), ("–", "muted"), ("cannot be read", "warn")]
        rows.append([(backup.name, "accent"), *held])
    shown = columns(rows, width, right=(1, 2), heads=("name", "entries", "time", "until"))
    if width is not None and width < NARROW:
        shown = [line for row in rows for line in (row[:1], [("  ", ""), *_spaced(row[1:])])]
    return [*shown, [("Put one back: mlcoach restore NAME", "muted")]]


def in_words(backup: BackupView) -> str:
    """Return what a copy holds."""
    if not backup.entries:
        return "no entries"
    return f"{plural(backup.entries, 'entry', 'entries')} until {_last_day(backup)}, {format_duration(backup.minutes)}"


def restored_lines(view: RestoredView, width: int | None) -> Lines:
    """Return what is in force now, and where the rest is."""
    shown: Lines = [[drawn("✓ ", "good"), (f"Restored {view.backup.name}: {in_words(view.backup)}.", "")]]
    if view.replaced:
        # A path has a line of its own, so that it can be copied.
        shown += [[("What it replaced is kept:", "")], [(view.replaced, "")]]
        shown.append([(f"Back again: mlcoach restore {view.replaced_name}", "muted")])
    return shown


def _last_day(backup: BackupView) -> str:
    return format_day(backup.last_day, backup.taken.date()) if backup.last_day else "–"


def _spaced(row: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(f"{text.strip()}  ", style) for text, style in row]
