"""Ids for cards and exercises that were written without one."""

from pathlib import Path
from typing import NamedTuple

from mlcoach.curriculum.check import read_folders
from mlcoach.curriculum.locate import KeyPath
from mlcoach.curriculum.merge import merge
from mlcoach.curriculum.source import Source


class Fix(NamedTuple):
    """A file of the learner's with its missing ids written in, and the full ids of those items.

    The ids are the temporary ones these items had, so their progress stays.
    """

    path: Path
    text: str
    items: tuple[str, ...]


def missing_ids(bundled: Path, own: Path) -> list[Fix]:
    """Return what to write into the learner's sound files so that every card and exercise has an id."""
    whole = merge([source for source in read_folders(bundled, own) if source.is_sound])
    found: dict[Source, dict[KeyPath, tuple[str, str]]] = {}
    for unit in whole.units.values():
        for item in unit.items.values():
            if item.value.id is None and item.place.source.own:
                places = found.setdefault(item.place.source, {})
                places[item.place.path] = (item.id, f"{unit.id}/{item.id}")
    return [
        Fix(
            source.path,
            _with_ids(source, {path: name for path, (name, _) in places.items()}),
            tuple(full for _, full in places.values()),
        )
        for source, places in found.items()
    ]


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
