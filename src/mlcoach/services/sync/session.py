"""One exchange with a place: what is there, what was remembered of it, and what is left out on the way."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mlcoach.adapters.sync.place import (
    GROUP_FOLDER,
    SYNC_CONFLICT,
    Listing,
    Place,
    UnreadableError,
    without_conflict_mark,
)
from mlcoach.adapters.sync.sealing import TORN, PlaceKey
from mlcoach.domain.sync import segments, versions
from mlcoach.domain.sync.segments import Segment
from mlcoach.domain.text import one_line
from mlcoach.services.sync.places import FORMAT
from mlcoach.store.queries.sync import Remembered
from mlcoach.views.sync.exchange import ConflictView, LeftOutView

if TYPE_CHECKING:
    import sqlite3

    from mlcoach.services.context import Context

LONGEST_SHOWN = 400  # characters of a name: those of a place may be anything, and a path is to be copied whole


@dataclass
class Session:
    """One exchange: place and key, what lies there, and what the learner is to be told."""

    context: "Context"
    connection: "sqlite3.Connection"
    place: Place
    key: PlaceKey
    listing: Listing
    known: Remembered
    left_out: list[LeftOutView] = field(default_factory=list)
    conflicts: list[ConflictView] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)  # where a file lies whose own name is taken or gone
    segments: dict[str, Segment] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)  # ids of versions
    histories: set[str] = field(default_factory=set)  # names of files about versions that are no longer there
    torn: list[Segment] = field(default_factory=list)  # in the place, while all of it is here

    def look(self) -> None:
        """Sort what lies there: segments, versions, and what is neither."""
        for strange in self.listing.strange:
            self._look_at_strange(strange.name, strange.reason)
        foreign = []
        for name in (*self.listing.sizes, *self.aliases):
            if segment := segments.parse(name):
                self.segments[name] = segment
            elif id := versions.parse_name(name):
                self.files.add(id)
            elif versions.parse_history(name):
                self.histories.add(name)
            elif name != FORMAT and not name.startswith(GROUP_FOLDER):
                foreign.append(name)
        if foreign:
            more = f" and {len(foreign) - 3} more" if len(foreign) > 3 else ""
            named = ", ".join(f"`{_shown(name)}`" for name in sorted(foreign)[:3])
            self.notes.append(f"not from mlcoach, and left alone in the place: {named}{more}")

    def _look_at_strange(self, name: str, reason: str) -> None:
        real = without_conflict_mark(name)
        if real.startswith(GROUP_FOLDER):
            return
        if reason != SYNC_CONFLICT or real == name:
            self.notes.append(f"`{_shown(name)}` was left alone: {reason}")
        elif real == FORMAT:
            self.notes.append(f"`{_shown(name)}`: two machines ran `sync init`; the key of `{FORMAT}` counts")
        elif real in self.listing.sizes:
            self.notes.append(f"`{_shown(name)}` is {SYNC_CONFLICT}; the file itself is there, so it can be deleted")
            self.aliases.setdefault(f"{real}#", name)
        else:
            self.aliases[real] = name

    def open(self, name: str) -> bytes:
        """Return what is sealed in a file. Raises UnreadableError; a copy beside it is tried too."""
        tried = [self.aliases.get(name, name), *([self.aliases[f"{name}#"]] if f"{name}#" in self.aliases else [])]
        for at, one in enumerate(tried):
            try:
                return self._opened(name, one)
            except UnreadableError:
                if at == len(tried) - 1:
                    raise
        raise UnreadableError(TORN)  # never: there is one name at least

    def _opened(self, name: str, at: str) -> bytes:
        content = self.key.open(self.place.get(at))
        segment = segments.parse(name)
        digest = segment.digest if segment else versions.parse_name(name) or versions.parse_history(name)
        if self.key.digest(content) != digest:
            raise UnreadableError("it is not what its name says")
        return content

    def leave_out(self, what: str, reason: str) -> None:
        """Note what was left out and why."""
        entry = LeftOutView(_shown(what), one_line(reason))
        if entry not in self.left_out:
            self.left_out.append(entry)


def _shown(name: str) -> str:
    shown = one_line(name)
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
