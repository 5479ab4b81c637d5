"""The versions of files in a place: what each says of itself is read once, its content where it is needed.

A version that others were made from long ago goes, in two steps: a file in the place says of it what it was made from,
and a month later its own file is removed. So whatever comes in between, each machine knows of every version it has ever
had that newer ones were made from it; only to merge with one that old its content is needed, so then both are kept.
"""

from pathlib import Path

from mlcoach.adapters.sync.place import UnreadableError
from mlcoach.adapters.sync.version_files import VersionCache, history_text, read_history, read_version, version_text
from mlcoach.domain.sync.versions import (
    KEPT_DAYS,
    WAIT_DAYS,
    Version,
    aged,
    blob_name,
    digest_of,
    history_name,
    is_carried,
    superseded,
)
from mlcoach.services.sync.session import Session
from mlcoach.store.queries.sync import erased_files


class KnownVersions:
    """All versions there are, by id, with those that were made here and are still to be put.

    `gone` are those whose content is no longer in the place.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._contents: dict[str, bytes | None] = {}
        self.new: dict[str, bytes] = {}
        self.again: set[str] = set()  # of the new ones those that are torn in the place
        self.unreadable: set[str] = set()
        self.torn: set[str] = set()  # unreadable, while what they say of themselves is remembered
        self._before = VersionCache.read(self._cache_file)
        self._known = VersionCache()
        self.by_id = self._read()
        self.gone = self.by_id.keys() - session.files
        self.of_path: dict[str, dict[str, Version]] = {}
        for id, version in self.by_id.items():
            self.of_path.setdefault(version.path, {})[id] = version

    @property
    def _cache_file(self) -> Path:
        return self._session.context.places.cache / f"sync-{self._session.key.fingerprint}.json"

    def _read(self) -> dict[str, Version]:
        sizes, before, known = self._session.listing.sizes, self._before, self._known
        for id in sorted(self._session.files):
            version, size = before.versions.get(id), before.sizes.get(id, -1)
            now = sizes.get(blob_name(id), 0)
            if version is None or size != now:
                try:
                    version = self._open(id)
                except UnreadableError as error:
                    if version is None:
                        self.unreadable.add(id)
                        self._session.leave_out(blob_name(id), str(error))
                        continue
                    self.torn.add(id)
                    now = size
            known.versions[id], known.sizes[id] = version, now
        for name in sorted(self._session.histories):
            try:
                known.histories[name] = before.histories.get(name) or read_history(self._session.open(name))
            except UnreadableError as error:
                self._session.leave_out(name, str(error))
        today = self._session.context.today.isoformat()
        known.since = {name: before.since.get(name, today) for name in (*known.versions, *known.histories)}
        known.keep(self._cache_file)
        found = {id: version for one in known.histories.values() for id, version in one.items()} | known.versions
        # What a newer release carries besides is not for this one.
        return {id: version for id, version in found.items() if is_carried(version.path)}

    def _open(self, id: str) -> Version:
        version, self._contents[id] = read_version(self._session.open(blob_name(id)))
        return version

    def content(self, id: str) -> bytes | None:
        """Return what is in a version, None for a file that is gone. Raises UnreadableError."""
        if id not in self._contents:
            self._open(id)
        return self._contents[id]

    def add(self, path: str, parents: tuple[str, ...], content: bytes | None) -> str:
        """Make a version and return its id, which follows from all of it: made twice it is the same."""
        whole = version_text(path, parents, content)
        id = self._session.key.digest(whole)
        if id not in self.by_id:
            self.by_id[id] = version = Version(path, tuple(sorted(parents)), digest_of(content))
            self.of_path.setdefault(path, {})[id] = version
            self.new[id] = whole
        elif id in self.torn:
            self.new[id] = whole
            self.again.add(id)
        self._contents[id] = content
        return id

    def put(self) -> None:
        """Put what was made here, in the order in which it was made, and put away what is old.

        Raises PlaceRefusesError.
        """
        for id, whole in self.new.items():
            sealed = self._session.key.seal(whole)
            self._session.place.put(blob_name(id), sealed, again=id in self.again)
            self._known.sizes[id] = len(sealed)
        self._put_away()

    def _put_away(self) -> None:
        session, known = self._session, self._known
        today = session.context.today
        erased = erased_files(session.connection)
        old = (superseded(self.by_id, erased) & known.versions.keys()) - self.torn
        private = {id for id in old if self.by_id[id].digest in erased}
        told = {id: name for name, one in known.histories.items() for id in one}
        waited = aged(known.since, today, WAIT_DAYS)
        for id in sorted(old & told.keys()):
            if told[id] in waited or id in private:
                session.place.remove(blob_name(id))
        # At most one such file a month, but for words that were erased.
        going = (old & aged(known.since, today, KEPT_DAYS) if known.histories.keys() <= waited else set()) | private
        if going := going - told.keys():
            text = history_text({id: self.by_id[id] for id in sorted(going)})
            session.place.put(history_name(session.key.digest(text)), session.key.seal(text))

    def remember(self) -> None:
        """Remember the versions that the place has now, so that one that is torn later can be put again."""
        today = self._session.context.today.isoformat()
        self._known.versions |= {id: self.by_id[id] for id in self.new}
        self._known.since |= {id: self._known.since.get(id, today) for id in self.new}
        self._known.keep(self._cache_file)
