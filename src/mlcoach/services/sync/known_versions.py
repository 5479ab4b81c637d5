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
        self.unreadable: set[str] = set()
        self.by_id = self._read()
        self.of_path: dict[str, dict[str, Version]] = {}
        for id, version in self.by_id.items():
            self.of_path.setdefault(version.path, {})[id] = version

    def _read(self) -> dict[str, Version]:
        file = _cache_file(self._session)
        cached = _cached(file)
        found = {id: cached[id] for id in self._session.files if id in cached}
        fresh = sorted(self._session.files - set(found))
        for id in fresh:
            try:
                found[id] = self._open(id)
            except UnreadableError as error:
                self.unreadable.add(id)
                self._session.leave_out(blob_name(id), str(error))
        if fresh or len(found) != len(cached):
            keep_in_cache(file, json.dumps(found).encode())
        # What a newer release carries besides is not for this one.
        return {id: version for id, version in found.items() if is_carried(version.path)}

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
        self._contents[id] = content
        return id


def _cache_file(session: Session) -> Path:
    return session.context.places.cache / f"sync-{session.key.fingerprint}.json"


def _cached(file: Path) -> dict[str, Version]:
    try:
        found = json.loads(file.read_bytes())
        return {id: Version(path, tuple(parents), digest) for id, (path, parents, digest) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
