"""Versions of files: each says from which it was made, so that what is newer, and what was changed twice, is known.

No clock decides anything: two versions of which neither was made from the other are both heads, and are merged.
"""

import re
from collections.abc import Iterable, Mapping, Set
from datetime import date, timedelta
from hashlib import blake2b
from typing import NamedTuple

FOLDER = "files"
ENDING = ".age"
# What is carried, and where: the learner's own words. The store, copies, cache and key stay where they are.
SETTINGS = "config/config.toml"
CARRIED_FOLDERS = ("config/curriculum", "data/notes", "data/job", "data/adverts", "data/people")
CARRIED_FILES = ("data/group/member.json",)
CARRIED_ROOTS = ("config", "data")  # of these the TOML files that lie directly in them
CONFLICT = ".conflict-"  # between the name of a file and the beginning of the version that did not win
LONGEST_PATH = 240  # bytes
DEEPEST = 8
HISTORY_FOLDER = "files/history"
KEPT_DAYS = 90  # for which a version is kept that others were made from
WAIT_DAYS = 30  # between saying that a version goes, and letting it go
_HISTORY = re.compile(r"files/history/([0-9a-f]{32})\.age")
_NAME = re.compile(r"files/([0-9a-f]{32})\.age")
_COPY = re.compile(r"(.+)\.conflict-[0-9a-f]{8}")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\\:*?\"<>|\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class Version(NamedTuple):
    """A file as it once was: its path with `/`, the ids of the versions it was made from, and the digest of its
    content, "" for a file that is gone.
    """

    path: str
    parents: tuple[str, ...]
    digest: str


def digest_of(content: bytes | None) -> str:
    """Return the digest of a content, "" for no file."""
    return "" if content is None else blake2b(content, digest_size=16).hexdigest()


def blob_name(id: str) -> str:
    """Return the name of a version in a place."""
    return f"{FOLDER}/{id}{ENDING}"


def parse_name(name: str) -> str | None:
    """Return the id of the version that a name in a place means, None for any other name."""
    found = _NAME.fullmatch(name)
    return found[1] if found else None


def history_name(digest: str) -> str:
    """Return the name in a place of a file that says of versions what they were made from, without their content."""
    return f"{HISTORY_FOLDER}/{digest}{ENDING}"


def parse_history(name: str) -> str | None:
    """Return the digest in the name of such a file, None for any other name."""
    found = _HISTORY.fullmatch(name)
    return found[1] if found else None


def is_carried(path: str) -> bool:
    """Return whether a file is one that is carried, and has a name that every system can have."""
    parts = path.split("/")
    if len(path.encode("utf-8", "surrogatepass")) > LONGEST_PATH or len(parts) > DEEPEST or _FORBIDDEN.search(path):
        return False
    if any(not part or part.startswith(".") or part[-1] in ". " or _RESERVED.fullmatch(part) for part in parts):
        return False
    if path.endswith((".partial", ".lock")):
        return False
    if original_of(path) in CARRIED_FILES or any(path.startswith(f"{folder}/") for folder in CARRIED_FOLDERS):
        return True
    return len(parts) == 2 and parts[0] in CARRIED_ROOTS and original_of(path).endswith(".toml")


def original_of(path: str) -> str:
    """Return the file of which a conflict kept this copy, the path itself where it is not such a copy."""
    while found := _COPY.fullmatch(path):
        path = found[1]
    return path


def copy_path(path: str, id: str) -> str:
    """Return where a conflict keeps the version that did not win."""
    return f"{path}{CONFLICT}{id[:8]}"


def heads(versions: Mapping[str, Version]) -> dict[str, list[str]]:
    """Return, for each path, the versions from which none was made, in the order of their ids."""
    made_from = {(version.path, parent) for version in versions.values() for parent in version.parents}
    found: dict[str, list[str]] = {}
    for id in sorted(versions):
        path = versions[id].path
        if (path, id) not in made_from:
            found.setdefault(path, []).append(id)
    return found


def ancestry(versions: Mapping[str, Version], id: str) -> set[str]:
    """Return a version and all that it was made from, as far as they are known."""
    seen: set[str] = set()
    pending = [id]
    while pending:
        one = pending.pop()
        if one not in seen and one in versions:
            seen.add(one)
            pending += versions[one].parents
    return seen


def common_base(versions: Mapping[str, Version], one: str, two: str) -> str | None:
    """Return the last version from which both were made, None where there is none; of several the first by id."""
    common = ancestry(versions, one) & ancestry(versions, two)
    older = {parent for id in common for parent in versions[id].parents}
    return min(common - older, default=None)


def same_content(versions: Mapping[str, Version], path: str, digest: str, since: str | None) -> str | None:
    """Return the version of a path that has this content, made from `since` where that is one; None for none.

    Of several it is the one that most others were made before, so that nothing newer is taken for older.
    """
    fitting = [id for id, version in versions.items() if version.path == path and version.digest == digest]
    if since is not None:
        fitting = [id for id in fitting if since in ancestry(versions, id)]
    return max(fitting, key=lambda id: (len(ancestry(versions, id)), id), default=None)


def conflict_copies(paths: Iterable[str]) -> list[str]:
    """Return which of these paths are copies that a conflict keeps."""
    return sorted(path for path in paths if original_of(path) != path)


def superseded(versions: Mapping[str, Version], erased: Set[str] = frozenset()) -> set[str]:
    """Return the versions whose content is not needed any more: neither the newest of a file nor what that is made of.

    Content with one of the `erased` digests is kept only as the newest. Where a file has several newest versions, all
    of it is needed until they are merged.
    """
    found: set[str] = set()
    for path, newest in heads(versions).items():
        if len(newest) == 1:
            before = ancestry(versions, newest[0]) - {newest[0]}
            needed = {id for id in versions[newest[0]].parents if id in versions and versions[id].digest not in erased}
            found |= {id for id in before - needed if versions[id].path == path}
    return found


def aged(since: Mapping[str, str], today: date, days: int) -> set[str]:
    """Return what is known for so many days; `since` says since which day (ISO)."""
    last = (today - timedelta(days=days)).isoformat()
    return {name for name, day in since.items() if day <= last}
