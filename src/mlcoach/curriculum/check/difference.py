"""What an overlay changes of the bundled units, and what changed in the bundle since it was written."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from mlcoach.curriculum.check.check import read_folders
from mlcoach.curriculum.merge.apply_overlay import SCALARS, freezes
from mlcoach.curriculum.merge.assemble import KIND_NAMES
from mlcoach.curriculum.merge.build import LISTS
from mlcoach.curriculum.merge.merge import merge
from mlcoach.curriculum.merge.merged import MergedCurriculum, MergedSubject
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.parse import read_text
from mlcoach.curriculum.read.problems import shown
from mlcoach.curriculum.read.source import Source
from mlcoach.curriculum.write.fingerprints import changed_since, fingerprint_of, with_fingerprint
from mlcoach.errors import InvalidFileError

NAMES = {
    "requires": "prerequisites",
    "assumes": "assumptions",
    "objectives": "objectives",
    "read": "readings",
    "paper": "papers",
    "card": "cards",
    "exercise": "exercises",
    "pretest": "pretest questions",
}
ITEM_KINDS = ("card", "exercise", "pretest")


class UnitDifference(NamedTuple):
    """One `[change.NAME]` of an overlay.

    `unit` is the full id of the unit, "" when it is gone. `yours` says in words what the overlay changes. `upstream`
    names the parts that changed in the bundle since the overlay marked them, None when it has no mark. A unit of the
    learner's `own` has no upstream.
    """

    name: str
    unit: str
    title: str
    yours: tuple[str, ...]
    upstream: tuple[str, ...] | None
    own: bool = False


class OverlayDifference(NamedTuple):
    """An overlay file and all it changes. `own_units` are ids of units it adds."""

    path: Path
    subject: str
    units: tuple[UnitDifference, ...]
    own_units: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


def differences(bundled: Path, own: Path) -> tuple[list[OverlayDifference], list[Path]]:
    """Return what each overlay of the learner's changes, in the order they apply, and the files too broken for it."""
    sources = read_folders(bundled, own)
    upstream = upstream_of(sources)
    merged = merge([source for source in sources if source.is_sound])
    mine = [source for source in sources if source.own]
    found = [
        _difference(upstream, merged, source, source.model)
        for source in mine
        if source.is_sound and isinstance(source.model, model.OverlayFile)
    ]
    return found, [source.path for source in mine if not source.is_sound]


def marked(bundled: Path, own: Path, *, renew: bool = False) -> dict[Path, str]:
    """Return the overlays that lack the mark of a unit they change, each with its text and all marks in it.

    With `renew` marks that are there are brought up to date as well.
    """
    sources = read_folders(bundled, own)
    upstream = upstream_of(sources)
    mine = [source for source in sources if source.own and source.is_sound]
    texts = {source: text_with_marks(upstream, source, renew=renew) for source in mine}
    return {source.path: text for source, text in texts.items() if text != source.text}


def with_marks(bundled: Path, path: Path, text: str) -> str:
    """Return a sound text of an overlay, about to be written to a file, with a mark in every change that lacks one."""
    return text_with_marks(upstream_of(read_folders(bundled, None)), read_text(path, text))


def upstream_of(sources: Iterable[Source]) -> MergedCurriculum:
    """Return what the bundled ones among these files make up, without any of the learner's."""
    return merge([source for source in sources if not source.own and source.is_sound])


def text_with_marks(upstream: MergedCurriculum, source: Source, *, renew: bool = False) -> str:
    """Return the text of an overlay with a mark in every change of a bundled unit; that of any other file as it is.

    A change written in a way that cannot take a mark stays without one.
    """
    overlay, text = source.model, source.text
    if not isinstance(overlay, model.OverlayFile):
        return text
    subject = _subject(upstream, overlay)
    for name, change in overlay.change.items():
        unit = upstream.units.get(upstream.resolve(name, subject.id)) if subject else None
        if unit is not None and (change.base is None or (renew and changed_since(change.base, unit.value))):
            with suppress(InvalidFileError):
                text = with_fingerprint(text, name, fingerprint_of(unit.value))
    return text


def _subject(upstream: MergedCurriculum, overlay: model.OverlayFile) -> MergedSubject | None:
    return upstream.subjects.get(overlay.over) or upstream.subjects.get(upstream.subject_aliases.get(overlay.over, ""))


def _difference(
    upstream: MergedCurriculum, merged: MergedCurriculum, source: Source, overlay: model.OverlayFile
) -> OverlayDifference:
    subject = _subject(upstream, overlay)
    present = _subject(merged, overlay)
    name_of_subject = present.id if present else overlay.over
    units: list[UnitDifference] = []
    for name, change in overlay.change.items():
        unit = upstream.units.get(upstream.resolve(name, subject.id)) if subject else None
        if unit is None:
            own = merged.units.get(merged.resolve(name, name_of_subject))
            id, title = (own.id, own.value.title) if own else ("", "")
            units.append(UnitDifference(name, id, title, tuple(_yours(None, change)), None, own is not None))
            continue
        since = None if change.base is None else changed_since(change.base, unit.value)
        units.append(UnitDifference(name, unit.id, unit.value.title, tuple(_yours(unit.value, change)), since))
    known = subject.resources if subject else {}
    resources = [f"{'changes' if key in known else 'adds'} the resource `{key}`" for key in overlay.resources]
    added_units = tuple(f"{name_of_subject}.{unit.id}" for unit in overlay.unit)
    return OverlayDifference(source.path, name_of_subject, tuple(units), added_units, tuple(resources))


def _yours(unit: model.UnitTable | None, change: model.Change) -> list[str]:
    """Return in words what a change does: `hours 12 -> 16`, `1 of the objectives added`, `card eig-def: a`."""
    words = [
        f"{key} {_was(unit, key)}{_written(getattr(change, key))}"
        for key in SCALARS
        if getattr(change, key) is not None
    ]
    words += [f"{NAMES[key]} replaced" for key in LISTS if getattr(change, key) is not None]
    words += [f"encompasses {other} {share:g}" for other, share in change.encompasses.items()]
    for verb, table in (("added", change.add), ("removed", change.remove)):
        words += _counted(table, verb)
    for kind in ITEM_KINDS:
        changed: dict[str, Any] = getattr(change, kind)
        words += [
            f"{KIND_NAMES[kind]} {name}: {', '.join(sorted(item.model_fields_set))}{_frozen(unit, kind, name, item)}"
            for name, item in changed.items()
        ]
    if change.hide:
        words += [f"{KIND_NAMES[kind]} {name} hidden" for kind in ITEM_KINDS for name in getattr(change.hide, kind)]
    return words


def _frozen(unit: model.UnitTable | None, kind: str, name: str, change: model.CardChange | model.ExerciseChange) -> str:
    """Return a word on an item whose bundled numbers vary and which this change keeps as it was written."""
    items: list[model.CardTable | model.ExerciseTable] = getattr(unit, kind, [])
    bundled = next((item for item in items if name in (item.id, *item.was)), None)
    return " (keeps these numbers; the bundled ones vary)" if bundled and bundled.vary and freezes(change) else ""


def _was(unit: model.UnitTable | None, key: str) -> str:
    return "" if unit is None or getattr(unit, key) is None else f"{_written(getattr(unit, key))} -> "


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else f"“{shown(value, 40)}”"


def _counted(table: model.Add | model.Remove | None, verb: str) -> list[str]:
    if table is None:
        return []
    numbers = {key: len(getattr(table, key)) for key in type(table).model_fields}
    return [f"{number} of the {NAMES[key]} {verb}" for key, number in numbers.items() if number]
