"""The answers of `paper import` and `paper refresh`."""

from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.text import one_line
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.papers.entries import with_formulas
from mlcoach.render.screen import UNDO, Lines
from mlcoach.views.papers.exchange import (
    ImportedView,
    MergedPaperView,
    PapersExportedView,
    RefreshedView,
    SkippedPaperView,
)

SHOWN_SKIPPED = 20


def refreshed_lines(view: RefreshedView, width: int | None) -> Lines:
    """Return what was learnt of which papers."""
    shown: Lines = []
    updated = [one for one in view.papers if one.action == "updated"]
    for one in updated:
        year = f" ({one.paper.year})" if one.paper.year else ""
        shown += paragraphs(f"Completed {with_formulas(one.paper.title)}{year}, {one.paper.id}.", width)
    same = len(view.papers) - len(updated)
    if same:
        shown.append([(f"{plural(same, 'paper')}: nothing new.", "muted")])
    for id in view.unknown:
        shown += paragraphs(f"{short_id(id)} is not known there; it stays as it is.", width, style="warn")
    if not shown and not view.trouble:
        return [[("Nothing is missing.", "")]]
    return [*shown, UNDO] if updated else shown


def imported_lines(view: ImportedView, width: int | None) -> Lines:
    """Return what an import did, and what it left out."""
    parts = [f"{view.added:,} added"]
    parts += [f"{view.updated:,} known already, completed"] if view.updated else []
    parts += [f"{view.unchanged:,} known already"] if view.unchanged else []
    parts += [f"{len(view.merged):,} merged"] if view.merged else []
    parts += [f"{len(view.skipped):,} left out"] if view.skipped else []
    shown = paragraphs(f"Read {view.read:,} {'entry' if view.read == 1 else 'entries'}: {', '.join(parts)}.", width)
    shown += _listed("Merged, and both citation keys kept:", tuple(map(_merged, view.merged)), width)
    shown += _listed("Left out:", view.skipped, width)
    shown += _listed("Worth a look:", view.doubts, width)
    return [*shown, UNDO] if view.added or view.updated or view.merged else shown


def shared_lines(view: PapersExportedView) -> list[str]:
    """Return which papers an export wrote several times, once for each of their citation keys."""
    lines = [
        f"{one_line(one.title)} is there {len(one.keys)} times, once for each of its keys: "
        + ", ".join(map(one_line, one.keys))
        for one in view.merged[:SHOWN_SKIPPED]
    ]
    more = len(view.merged) - SHOWN_SKIPPED
    return [*lines, f"and {plural(more, 'paper')} more"] if more > 0 else lines


def _merged(one: MergedPaperView) -> SkippedPaperView:
    key = f"`{one.key}`" if one.key else "an entry without a key"
    return SkippedPaperView(one.place, f"{key} is the paper of `{one.into}`, {one.title}")


def _listed(label: str, entries: tuple[SkippedPaperView, ...], width: int | None) -> Lines:
    if not entries:
        return []
    shown: Lines = [[(label, "strong")]]
    for one in entries[:SHOWN_SKIPPED] if width is not None else entries:
        shown += paragraphs(f"{one.place}: {one_line(one.reason)}", width, "  ")
    if width is not None and len(entries) > SHOWN_SKIPPED:
        shown.append([(f"  and {len(entries) - SHOWN_SKIPPED:,} more", "muted")])
    return shown
