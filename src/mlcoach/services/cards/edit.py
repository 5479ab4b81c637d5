"""Changing one card or exercise in the editor, from within a review. The change lands in the learner's overlay.

The editor gets the item's keys alone; what differs afterwards is written with every comment of the overlay kept, and
only if the curriculum is whole with it. Progress stays: state is kept under the item's id.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcoach.curriculum.write.card_text import VARIED, as_text, editable_keys, read_keys
from mlcoach.domain.events import Body
from mlcoach.errors import InvalidFileError
from mlcoach.services.cards import text as cards_text
from mlcoach.services.files import OwnFiles, change

if TYPE_CHECKING:
    from mlcoach.curriculum.read.problems import Report
    from mlcoach.services.context import Context


class CardEditor:
    """Edits items in the learner's editor. Words that could not be kept are offered again at the next try."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._drafts: dict[str, str] = {}

    def edit(self, item: str) -> str:
        """Open an item in the editor, keep what was changed, and return a sentence about it.

        Raises UsageError without an editor, InvalidFileError for a text that is not TOML or makes a bad item,
        StoreError when it cannot be written.
        """
        from mlcoach.adapters.editor import edit_text, editor_command

        context = self._context
        command = editor_command(context.settings.get("editor"), context.environment, terminal=True)
        subject = cards_text.load_item(context, item)
        keys = editable_keys(subject)
        varied = VARIED if subject.vary else ""
        start = self._drafts.pop(item, "") or as_text(item, keys, varied)

        def accept(edited: str) -> str:
            try:
                changes = {key: value for key, value in read_keys(edited).items() if keys.get(key) != value}
                return self._keep(item, changes) if changes else "nothing was changed"
            except InvalidFileError as error:
                self._drafts[item] = edited
                again = "; ".join(filter(None, (error.hint, "e opens your words again")))
                raise InvalidFileError(f"not kept: {error.message}", again) from error

        return edit_text(command, start, accept, suffix=".toml")

    def _keep(self, item: str, changes: dict[str, Any]) -> str:
        """Write the changes into the file they belong to."""
        from mlcoach.curriculum.write.overlay import set_in_overlay

        context = self._context

        def write(own: OwnFiles) -> str:
            unit, kind = item.partition("/")[0], context.catalog.heads([item])[item].kind
            path = file_of(context, item)
            text = set_in_overlay(present_text(context, own, path, unit), unit, item, changes, kind)
            report = keep(context, own, path, text)
            warned = f"; {report.warnings[0].message}" if report.warnings else ""
            return f"kept in {path.name}{warned}"

        return change(context, write)


def file_of(context: "Context", item: str) -> Path:
    """Return the file that a change of this item goes to: the learner's own that brought it, else the overlay."""
    from mlcoach.curriculum.write.overlay import overlay_path

    unit, _, name = item.partition("/")
    origin = context.catalog.origin(unit)
    kind = context.catalog.heads([item])[item].kind
    own = Path(origin.get(f"{kind}.{name}") or origin.get("title", ""))
    if own.is_relative_to(context.places.curriculum):
        return own
    return overlay_path(context.places.curriculum, context.catalog.units[unit].subject)


def keep(context: "Context", own: OwnFiles, path: Path, text: str, also: tuple[Body, ...] = ()) -> "Report":
    """Write an overlay with its marks, if the curriculum is whole with it, and return what could be better.

    `also` belongs to the same step. Raises InvalidFileError with the first thing wrong, StoreError when it cannot be
    written.
    """
    from mlcoach.curriculum.check.difference import with_marks
    from mlcoach.curriculum.read.find import bundled_folder

    marked = with_marks(bundled_folder(), path, text)
    report = checked_with(context, path, marked)
    if report.errors:
        first = report.errors[0]
        raise InvalidFileError(first.message, first.hint)
    own.write({path: marked}, also)
    context.reopen_catalog()
    return report


def checked_with(context: "Context", path: Path, text: str) -> "Report":
    """Return what `check` says of a file of the learner's if it had this text; nothing of theirs is touched."""
    from mlcoach.adapters.expressions import evaluate
    from mlcoach.curriculum.check.check import check
    from mlcoach.curriculum.check.trial import copied, put
    from mlcoach.curriculum.read.find import bundled_folder

    own = context.places.curriculum
    with copied(own) as trial:
        target = trial / path.relative_to(own)
        put(target, text)
        return check(bundled_folder(), trial, [target], evaluate)


def present_text(context: "Context", own: OwnFiles, path: Path, unit: str) -> str:
    """Return what is in an overlay, or what a new one of the unit's subject starts from."""
    from mlcoach.curriculum.write.overlay import new_overlay_text

    text = own.text(path)
    if text is not None:
        return text
    catalog = context.catalog
    subject = catalog.units[unit].subject
    return new_overlay_text(
        catalog.subjects()[subject], [other for other in catalog.units.values() if other.subject == subject]
    )
