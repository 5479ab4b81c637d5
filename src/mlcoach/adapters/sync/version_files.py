"""What a version of a file is in a place, and what is remembered here of all of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mlcoach.adapters.sync.place import UnreadableError
from mlcoach.domain.sync.versions import Version, digest_of
from mlcoach.private_files import keep_in_cache

NOT_ONE = "it is not a file of a place"


def version_text(path: str, parents: tuple[str, ...], content: bytes | None) -> bytes:
    """Return a version as it is sealed: a line about it, then the content; None is a file that is gone."""
    head = {"gone": content is None, "parents": sorted(parents), "path": path}
    return json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + (content or b"")


def read_version(text: bytes) -> tuple[Version, bytes | None]:
    """Return what a version says of itself, and its content. Raises UnreadableError."""
    head, _, content = text.partition(b"\n")
    try:
        fields = json.loads(head)
        version = Version(fields["path"], tuple(fields["parents"]), "" if fields["gone"] else digest_of(content))
        if not all(isinstance(part, str) for part in (version.path, *version.parents)):
            raise ValueError("not of that type")
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError(NOT_ONE) from error
    return version, None if fields["gone"] else content


def history_text(versions: Mapping[str, Version]) -> bytes:
    """Return what versions say of themselves, by id, without their content."""
    return json.dumps(versions, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_history(text: bytes) -> dict[str, Version]:
    """Return what such a file says. Raises UnreadableError."""
    try:
        return _versions(json.loads(text))
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableError(NOT_ONE) from error


def _versions(found: Mapping[str, list[object]]) -> dict[str, Version]:
    versions = {}
    for id, (path, parents, digest) in found.items():
        if not isinstance(parents, list) or not all(isinstance(part, str) for part in (path, digest, *parents)):
            raise ValueError("not of that type")
        versions[id] = Version(str(path), tuple(parents), str(digest))
    return versions


@dataclass
class VersionCache:
    """What was read of the versions in a place: what each says, the size of its file in bytes, and since when it is
    known here (ISO day); and the same of those that went, by the name of the file that says so.
    """

    versions: dict[str, Version] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    histories: dict[str, dict[str, Version]] = field(default_factory=dict)
    since: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> "VersionCache":
        """Return what is in a file, nothing where it cannot be read."""
        try:
            found = json.loads(file.read_bytes())
            return cls(
                _versions(found["versions"]),
                {str(id): int(size) for id, size in found["sizes"].items()},
                {str(name): _versions(one) for name, one in found["histories"].items()},
                {str(name): str(day) for name, day in found["since"].items()},
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return cls()

    def keep(self, file: Path) -> None:
        """Keep it in a file, where anything is new."""
        if self != VersionCache.read(file):
            keep_in_cache(file, json.dumps(vars(self)).encode())
