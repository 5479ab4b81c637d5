"""The screen of `mlcoach curriculum list`."""

from mlcoach.render.curriculum.marks import NARROW, hours_text, joined, wrapped
from mlcoach.render.curriculum.show import command_tips, room_of
from mlcoach.render.layout import cells, columns, plural
from mlcoach.render.screen import Lines, Span
from mlcoach.render.upkeep.init import granted_words
from mlcoach.views.curriculum import ListView


def list_lines(view: ListView, width: int | None) -> Lines:
    """Return the subjects and how far the learner is in each, then the paths."""
    room = room_of(width)
    subjects: list[list[Span]] = [
        [
            (subject.id, "accent"),
            (subject.title, ""),
            (plural(subject.units, "unit"), ""),
            (hours_text(subject.hours), "muted"),
            (subject.track, "muted"),
            (_done(subject.passed, subject.mastered, subject.skipped), "good"),
        ]
        for subject in view.subjects
    ]
    shown = _table(subjects, room, ("Subject", "Title", "Units", "Hours", "Track", "Done"))
    units, hours = sum(one.units for one in view.subjects), sum(one.hours for one in view.subjects)
    total = f"{plural(len(view.subjects), 'subject')}, {plural(units, 'unit')}, {hours_text(hours)}"
    star = "  ★ mastered" if any(subject.mastered for subject in view.subjects) else ""
    shown += [[(f"{total}{star}", "muted")], [], [("Paths", "strong")]]
    paths: list[list[Span]] = [
        [
            (path.id, "accent"),
            (path.title, "strong" if path.current else ""),
            (plural(path.units, "unit"), ""),
            (hours_text(path.hours), "muted"),
            (granted_words(path.granted, path.after), "muted"),
            (f"{path.done} done or skipped" if path.done else "", "good"),
        ]
        for path in view.paths
    ]
    shown += _table(paths, room, ("Path", "Title", "Units", "Hours", "Takes as known", "Done"))
    other = next((path.id for path in view.paths if not path.current), "")
    yours = next((path.id for path in view.paths if path.current), "")
    if view.ticked:
        shown += [[], [("Checklists", "strong")]]
        rows: list[list[Span]] = [
            [(line.id, "accent"), (line.title, ""), *([(f"{line.done} of {line.of}", "good")] if line.done else [])]
            for line in view.ticked
        ]
        shown += columns(rows, room, flexible=1)
    tips = [("One of them:", "mlcoach curriculum show NAME"), ("Your path drawn:", "mlcoach curriculum map")]
    if other:
        tips.append((f"Yours is {yours}; another:" if yours else "Another path:", f"mlcoach config set path {other}"))
    return [*shown, [], *command_tips(tips)]


def _done(passed: int, mastered: int, skipped: int) -> str:
    """Return `3 passed, 1 ★`."""
    parts = [f"{passed} passed" if passed else "", f"{mastered} ★" if mastered else ""]
    return ", ".join(filter(None, [*parts, f"{skipped} skipped" if skipped else ""]))


def _table(rows: list[list[Span]], room: int | None, names: tuple[str, ...]) -> Lines:
    """Return rows of (id, title, more) below their names; on a narrow terminal each in two lines."""
    if room is not None and room < NARROW:
        lines: Lines = []
        for (id, style), (title, title_style), *rest in rows:
            first, *more = wrapped(title, max(8, room - cells(id) - 2))
            lines.append([(f"{id}  ", style), (first, title_style)])
            lines += [[(" " * (cells(id) + 2), ""), (text, title_style)] for text in more]
            said = [
                f"track {text}" if name == "Track" else text for name, (text, _) in zip(names[2:], rest, strict=True)
            ]
            lines += [[("    ", ""), *line] for line in joined([part for part in said if part], room - 4, " · ")]
        return lines
    return columns(rows, room, flexible=1, right=(2, 3), heads=names)
