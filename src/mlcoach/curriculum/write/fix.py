"""Ids for cards, exercises and readings that were written without one, and marks for overlays that have none."""

from pathlib import Path
from typing import NamedTuple

from mlcoach.curriculum.check.check import read_folders
from mlcoach.curriculum.check.difference import text_with_marks, upstream_of
from mlcoach.curriculum.merge.merge import merge
from mlcoach.curriculum.merge.steps import step_readings
from mlcoach.curriculum.read.locate import KeyPath
from mlcoach.curriculum.read.model import OverlayFile
from mlcoach.curriculum.read.parse import read_text
from mlcoach.curriculum.read.source import Source


class Fix(NamedTuple):
    """A file of the learner's with what it lacked written in: full ids, and units that got a mark.

    The ids are the temporary ones that these items and readings had, so their progress stays.
    """

    path: Path
    text: str
    items: tuple[str, ...]
    marks: tuple[str, ...] = ()


def fixes(bundled: Path, own: Path) -> tuple[list[Fix], list[Path]]:
    """Return what to write into the learner's sound files, and the files that are too broken for it."""
    sources = read_folders(bundled, own)
    merged = merge([source for source in sources if source.is_sound])
    upstream = upstream_of(sources)
    found: dict[Source, dict[KeyPath, tuple[str, str]]] = {}
    for unit in merged.units.values():
        named = [(item.id, item.value.id, item.place) for item in unit.items.values()]
        named += [(name, entry.value.id, entry.place) for name, entry, _ in step_readings(merged, unit)]
        for name, written, place in named:
            if written is None and place.source.own:
                found.setdefault(place.source, {})[place.path] = (name, f"{unit.id}/{name}")
    fixed: list[Fix] = []
    for source in sources:
        if not source.own or not source.is_sound:
            continue
        places = found.get(source, {})
        text = _with_ids(source, {path: name for path, (name, _) in places.items()})
        changed = read_text(source.path, text)
        marked = text_with_marks(upstream, changed)
        if marked != source.text:
            items = tuple(full for _, full in places.values())
            fixed.append(Fix(source.path, marked, items, _new_marks(changed, read_text(source.path, marked))))
    return fixed, [source.path for source in sources if source.own and not source.is_sound]


def _new_marks(before: Source, after: Source) -> tuple[str, ...]:
    """Return the changes that have a mark in one text of an overlay and none in the other."""
    if not isinstance(before.model, OverlayFile) or not isinstance(after.model, OverlayFile):
        return ()
    return tuple(
        name
        for name, change in after.model.change.items()
        if change.base is not None and before.model.change[name].base is None
    )


def _with_ids(source: Source, ids: dict[KeyPath, str]) -> str:
    """Return the text with `id = "…"` as the first key of each of these tables."""
    text = source.text
    spans = {source.locator.values[path]: name for path, name in ids.items()}
    # From the end to the beginning, so that the places still to come stay where they are.
    for span, name in sorted(spans.items(), reverse=True):
        if text.startswith("{", span.start):
            at, added = span.start + 1, f' id = "{name}",'
        else:
            end = text.find("\n", span.end)
            at = end + 1 if end >= 0 else len(text)
            line = text.rfind("\n", 0, span.start) + 1
            added = f'{text[line : span.start]}id = "{name}"\n'
        text = text[:at] + added + text[at:]
    return text
