"""The versions of files in a place: what each says of itself is read once, its content where it is needed."""

import json
from hashlib import blake2b
from pathlib import Path

from mlcoach.adapters.sync.place import UnreadableError
from mlcoach.domain.sync.versions import Version, blob_name, is_carried
from mlcoach.private_files import keep_in_cache
from mlcoach.services.sync.session import Session


def digest_of(content: bytes | None) -> str:
    """Return the digest of a content, "" for no file."""
    return "" if content is None else blake2b(content, digest_size=16).hexdigest()


class KnownVersions:
    """All versions there are, by id, with those that were made here and are still to be put."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._contents: dict[str, bytes | None] = {}
        self.new: dict[str, bytes] = {}
        self.again: set[str] = set()  # of the new ones those that are torn in the place
        self.unreadable: set[str] = set()
        self.torn: set[str] = set()  # unreadable, while what they say of themselves is remembered
        self._sizes: dict[str, int] = {}
        self.by_id = self._read()
        self.of_path: dict[str, dict[str, Version]] = {}
        for id, version in self.by_id.items():
            self.of_path.setdefault(version.path, {})[id] = version

    def _read(self) -> dict[str, Version]:
        cached = _cached(_cache_file(self._session))
        sizes = self._session.listing.sizes
        found: dict[str, Version] = {}
        for id in sorted(self._session.files):
            version, size = cached.get(id, (None, -1))
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
            found[id] = version
            self._sizes[id] = now
        if {id: (version, self._sizes[id]) for id, version in found.items()} != cached:
            self._keep(found)
        # What a newer release carries besides is not for this one.
        return {id: version for id, version in found.items() if is_carried(version.path)}

    def _keep(self, versions: dict[str, Version]) -> None:
        kept = {id: (*version, self._sizes[id]) for id, version in versions.items()}
        keep_in_cache(_cache_file(self._session), json.dumps(kept).encode())

    def _open(self, id: str) -> Version:
        opened = self._session.open(blob_name(id))
        head, _, content = opened.partition(b"\n")
        try:
            fields = json.loads(head)
            version = Version(fields["path"], tuple(fields["parents"]), "" if fields["gone"] else digest_of(content))
            if not all(isinstance(part, str) for part in (version.path, *version.parents)):
                raise ValueError("not of that type")
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableError("it is not a file of a place") from error
        self._contents[id] = None if fields["gone"] else content
        return version

    def content(self, id: str) -> bytes | None:
        """Return what is in a version, None for a file that is gone. Raises UnreadableError."""
        if id not in self._contents:
            self._open(id)
        return self._contents[id]

    def add(self, path: str, parents: tuple[str, ...], content: bytes | None) -> str:
        """Make a version and return its id, which follows from all of it: made twice it is the same."""
        head = {"gone": content is None, "parents": sorted(parents), "path": path}
        whole = json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + (content or b"")
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
        """Put what was made here, in the order in which it was made. Raises PlaceRefusesError."""
        for id, whole in self.new.items():
            sealed = self._session.key.seal(whole)
            self._session.place.put(blob_name(id), sealed, again=id in self.again)
            self._sizes[id] = len(sealed)

    def remember(self) -> None:
        """Remember the versions that the place has now, so that one that is torn later can be put again."""
        if self.new:
            self._keep({id: version for id, version in self.by_id.items() if id in self._sizes})


def _cache_file(session: Session) -> Path:
    return session.context.places.cache / f"sync-{session.key.fingerprint}.json"


def _cached(file: Path) -> dict[str, tuple[Version, int]]:
    """Return the versions of the last time, each with the size of its file in the place, in bytes."""
    try:
        found = json.loads(file.read_bytes())
        return {
            id: (Version(path, tuple(parents), digest), size) for id, (path, parents, digest, size) in found.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
