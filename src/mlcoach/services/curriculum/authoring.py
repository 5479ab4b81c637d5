"""For people who write curriculum files: missing ids and marks written in, overlays held against the bundle."""

from typing import TYPE_CHECKING

from mlcoach.curriculum.read import find
from mlcoach.services.curriculum.files import resolve_subject
from mlcoach.services.files import write_files
from mlcoach.views.curriculum_files import DiffView, FixedFileView, FixView, OverlayDifferenceView, UnitDifferenceView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def fix(context: "Context") -> FixView:
    """Write missing ids, and missing marks of overlays, into the learner's files; comments and order stay.

    All of it is one step of undo. Raises StoreError when a file cannot be written.
    """
    from mlcoach.curriculum.write.fix import fixes

    found, broken = fixes(find.bundled_folder(), context.places.curriculum)
    write_files(context, {one.path: one.text for one in found})
    if found:
        context.reopen_catalog()
    files = tuple(FixedFileView(str(one.path), one.items, one.marks) for one in found)
    return FixView(files, tuple(str(path) for path in broken))


def diff(context: "Context", name: str = "", *, seen: bool = False) -> DiffView:
    """Return what the learner's overlays change, and what changed upstream since; of one subject if one is named.

    With `seen` their marks are renewed afterwards, so that only later changes are reported next time. Raises
    NotFoundError for an unknown subject.
    """
    from mlcoach.curriculum.check.difference import differences, marked

    own = context.places.curriculum
    wanted = resolve_subject(context, name) if name else ""
    found, broken = differences(find.bundled_folder(), own)
    found = [one for one in found if not wanted or one.subject == wanted]
    if seen:
        texts = marked(find.bundled_folder(), own, renew=True)
        write_files(context, {one.path: texts[one.path] for one in found if one.path in texts})
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
