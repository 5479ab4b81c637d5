"""The links of the curriculum: which resources have one, and how to note the day they were seen to work."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mlcoach.curriculum.check import read_folders, resolve_files
from mlcoach.curriculum.locate import KeyPath
from mlcoach.curriculum.merge import merge
from mlcoach.curriculum.overlay import set_key
from mlcoach.curriculum.problems import Problem
from mlcoach.curriculum.source import Place


class Link(NamedTuple):
    """The address of a resource. `own` marks one in a file that may be written: the learner's, or one asked for."""

    url: str
    key: str
    title: str
    checked: date | None
    place: Place
    own: bool

    def problem(self, code: str, message: str, hint: str = "") -> Problem:
        """Return a warning at the address."""
        source = self.place.source
        spot = source.locator.value((*self.place.path, "url"))
        return source.problem(code, spot, message, hint, severity="warning")


def links(bundled: Path, own: Path, files: tuple[Path, ...] = ()) -> list[Link]:
    """Return the links of all files, or of those given, in the order of the files; closed resources are left out.

    Raises NotFoundError for a file that is not there.
    """
    sources = read_folders(bundled, own)
    asked = resolve_files(sources, files)
    whole = merge([source for source in sources if source.model is not None])
    found = [
        Link(
            entry.value.url,
            key,
            entry.value.title,
            entry.value.checked,
            entry.place,
            entry.place.source.own or entry.place.source.path.resolve() in asked,
        )
        for subject in whole.subjects.values()
        for key, entry in subject.resources.items()
        if entry.value.url
        and entry.value.status in (None, "open")
        and (*entry.place.path, "url") in entry.place.source.locator.values
    ]
    return [link for link in found if not asked or link.place.source.path.resolve() in asked]


def renewed(seen: list[Link], day: date) -> Mapping[Path, str]:
    """Return the files of these links with `checked` set to a day, each with its text."""
    texts: dict[Path, str] = {}
    for link in seen:
        path: KeyPath = link.place.path
        text = texts.get(link.place.source.path, link.place.source.text)
        texts[link.place.source.path] = set_key(text, path, "checked", day.isoformat())
    return texts
