"""The links of the curriculum: which resources have one, and how to note the day they were seen to work."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mlcoach.curriculum.check.check import read_folders, resolve_files
from mlcoach.curriculum.merge.merge import merge
from mlcoach.curriculum.read.parse import read_text
from mlcoach.curriculum.read.problems import Problem
from mlcoach.curriculum.read.source import KeyLocation
from mlcoach.curriculum.write.overlay import set_key
from mlcoach.errors import InvalidFileError


class Link(NamedTuple):
    """The address of a resource. `own` marks one in a file that may be written: the learner's, or one asked for."""

    url: str
    key: str
    title: str
    checked: date | None
    place: KeyLocation
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
    merged = merge([source for source in sources if source.model is not None])
    found = [
        Link(
            entry.value.url,
            key,
            entry.value.title,
            entry.value.checked,
            entry.place,
            entry.place.source.own or entry.place.source.path.resolve() in asked,
        )
        for subject in merged.subjects.values()
        for key, entry in subject.resources.items()
        if entry.value.url
        and entry.value.status in (None, "open")
        and (*entry.place.path, "url") in entry.place.source.locator.values
    ]
    return [link for link in found if not asked or link.place.source.path.resolve() in asked]


def renewed(seen: Iterable[Link], day: date, text_of: Callable[[Path], str | None]) -> Mapping[Path, str]:
    """Return the files of these links with `checked` set to a day, each with its text.

    The files are read again with `text_of` (None for no file), since asking takes a while; a link that is gone from its
    file by then, or that is written in a way that cannot take the key, is left alone.
    """
    texts: dict[Path, str] = {}
    for link in seen:
        file, path = link.place.source.path, link.place.path
        text = texts[file] if file in texts else text_of(file)
        if text is None:
            continue
        source = read_text(file, text)
        url = source.locator.values.get((*path, "url")) if source.is_sound else None
        if url is not None and link.url in text[url.start : url.end]:
            with suppress(InvalidFileError):
                texts[file] = set_key(text, path, "checked", day.isoformat())
    return texts
