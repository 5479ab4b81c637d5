"""For people who write curriculum files: missing ids and marks written in, overlays held against the bundle."""

from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.curriculum.read import find
from mlcoach.services.curriculum.files import resolve_subject
from mlcoach.services.files import OwnFiles, change
from mlcoach.views.curriculum_files import DiffView, FixedFileView, FixView, OverlayDifferenceView, UnitDifferenceView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def fix(context: "Context") -> FixView:
    """Write missing ids, and missing marks of overlays, into the learner's files; comments and order stay.

    All of it is one step of undo. Raises StoreError when a file cannot be written.
    """
    from mlcoach.curriculum.write.fix import Fix, fixes

    def write(own: OwnFiles) -> tuple[list[Fix], list[Path]]:
        own.read_curriculum()
        found, broken = fixes(find.bundled_folder(), context.places.curriculum)
        own.write({one.path: one.text for one in found})
        return found, broken

    found, broken = change(context, write)
    if found:
        context.reopen_catalog()
    files = tuple(FixedFileView(str(one.path), one.items, one.marks) for one in found)
    return FixView(files, tuple(str(path) for path in broken))


def diff(context: "Context", name: str = "", *, seen: bool = False) -> DiffView:
    """Return what the learner's overlays change, and what changed upstream since; of one subject if one is named.

    With `seen` their marks are renewed afterwards, so that only later changes are reported next time. Raises
    NotFoundError for an unknown subject.
    """
    from mlcoach.curriculum.check.difference import OverlayDifference, differences, marked

    folder = context.places.curriculum
    wanted = resolve_subject(context, name) if name else ""

    def look() -> tuple[list[OverlayDifference], list[Path]]:
        found, broken = differences(find.bundled_folder(), folder)
        return [one for one in found if not wanted or one.subject == wanted], broken

    def mark(own: OwnFiles) -> tuple[list[OverlayDifference], list[Path]]:
        own.read_curriculum()
        found, broken = look()
        texts = marked(find.bundled_folder(), folder, renew=True)
        own.write({one.path: texts[one.path] for one in found if one.path in texts})
        return found, broken

    found, broken = change(context, mark) if seen else look()
    if seen:
        context.reopen_catalog()
    overlays = tuple(
        OverlayDifferenceView(
            str(one.path),
            one.subject,
            tuple(
                UnitDifferenceView(
                    unit.name,
                    unit.unit,
                    unit.title,
                    unit.yours,
                    unit.upstream,
                    bool(unit.unit) and unit.unit.rpartition(".")[2] != unit.name,
                    unit.own,
                )
                for unit in one.units
            ),
            one.own_units,
            one.resources,
        )
        for one in found
    )
    return DiffView(wanted, overlays, seen, tuple(str(path) for path in broken))
