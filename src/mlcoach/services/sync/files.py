"""The learner's files to and from a place: what one machine changed is taken, what two changed is merged or both kept.

First it is decided what each file is to be, then the versions made here are put, and only then are files written: a
kill in between leaves nothing that the next exchange would not find again.
"""

from dataclasses import dataclass, field
from pathlib import Path

from mlcoach.adapters.sync.merge_files import merge
from mlcoach.adapters.sync.place import UnreadableError
from mlcoach.domain.sync.versions import (
    blob_name,
    common_base,
    copy_path,
    digest_of,
    heads,
    original_of,
    same_content,
)
from mlcoach.errors import InvalidFileError, MlcoachError
from mlcoach.services.files import OwnFiles, change
from mlcoach.services.sync.carried import CarriedFile, as_here, path_here, scan
from mlcoach.services.sync.known_versions import KnownVersions
from mlcoach.services.sync.session import Session
from mlcoach.store.queries.sync import erased_files
from mlcoach.views.sync.exchange import ConflictView


@dataclass
class FilePlan:
    """What is to be put, what each file is to be (by the id of a version), and which files changed here."""

    versions: KnownVersions
    here: dict[str, CarriedFile]
    targets: dict[str, str] = field(default_factory=dict)
    pushed: list[str] = field(default_factory=list)
    about: dict[str, tuple[str, ...]] = field(default_factory=dict)  # keys both changed, by the path of the copy


def plan(session: Session) -> FilePlan:
    """Decide what each file is to be. Nothing is put or written."""
    scanned = scan(session.context)
    for path, reason in scanned.left_out.items():
        session.leave_out(path, reason)
    versions = KnownVersions(session)
    found = FilePlan(versions, scanned.files)
    applied = session.known.applied
    if not scanned.files and not scanned.left_out and _carried_before(versions, applied) > 1:
        session.notes.append(
            "all of your files were gone here: they were brought back, and nothing was deleted elsewhere"
        )
        applied.clear()
    torn = {path for path in (applied.keys() | scanned.files) if _is_torn(session, versions, path)}
    pending = sorted((set(versions.of_path) | set(scanned.files) | set(applied)) - set(scanned.left_out) - torn)
    _heal(session, found)
    while pending:
        path = pending.pop(0)
        try:
            copies = _decide(session, found, path)
        except UnreadableError as error:
            session.leave_out(path, f"a version of it cannot be read: {error}")
            continue
        pending += [copy for copy in copies if copy not in pending]
    return found


def _heal(session: Session, found: FilePlan) -> None:
    """Let versions that are torn in the place be put again, where the file here is one; name the others."""
    versions = found.versions
    for id in sorted(versions.torn):
        version = versions.by_id.get(id)
        if version is None:
            continue
        here = found.here.get(version.path)
        content = here.content if here else None
        is_here = session.known.applied.get(version.path, ("",))[0] == id and digest_of(content) == version.digest
        if is_here and versions.add(version.path, version.parents, content) == id:
            session.notes.append(f"`{blob_name(id)}` was torn in the place, and is whole again")
        elif id in heads(versions.of_path[version.path])[version.path]:
            session.leave_out(version.path, f"its newest version is torn in the place: {blob_name(id)}")


def _carried_before(versions: KnownVersions, applied: dict[str, tuple[str, str]]) -> int:
    return sum(id in versions.by_id and versions.by_id[id].digest != "" for id, _ in applied.values())


def _is_torn(session: Session, versions: KnownVersions, path: str) -> bool:
    """Return whether the version that a file is here cannot be read now: what was made from it is then not known."""
    known = session.known.applied.get(path)
    return known is not None and known[0] in versions.unreadable


def _decide(session: Session, found: FilePlan, path: str) -> list[str]:
    """Settle what a file is to be, and return the copies that conflicts made on the way. Raises UnreadableError."""
    versions = found.versions
    here = found.here.get(path)
    content = here.content if here else None
    applied, raw = session.known.applied.get(path, (None, ""))
    if applied is not None and applied not in versions.by_id:
        applied, raw = None, ""  # the place has lost it
    if digest_of(here.raw if here else None) != raw:
        same = same_content(versions.of_path.get(path, {}), path, digest_of(content), applied)
        if same is None and not (content is None and applied is None):
            versions.add(path, (applied,) if applied else (), content)
            found.pushed.append(path)
    known = versions.of_path.get(path, {})
    left = heads(known).get(path, [])
    copies: list[str] = []
    while len(left) > 1:
        one, two, *rest = left
        base = common_base(known, one, two)
        was = versions.content(base) if base and base not in versions.gone else None
        merged = merge(path, was, versions.content(one), versions.content(two))
        if merged and merged.in_conflict:
            # Made, and so put, before the version that goes without it.
            copy = copy_path(path, two)
            versions.add(copy, (), versions.content(two))
            found.about[copy] = merged.about
            copies.append(copy)
        joined = versions.add(path, (one, two), merged.content if merged else None)
        left = sorted([joined, *rest])
    if left:
        found.targets[path] = left[0]
    return copies


def apply(session: Session, found: FilePlan, *, was_put: bool) -> list[str]:
    """Write what files are to be, and return the paths of those that changed.

    Where the new versions could not be put, only files that need none of them are written. What another program saves
    meanwhile stays, until the next exchange.
    """
    context = session.context
    versions = found.versions
    contents: dict[Path, bytes | None] = {}
    paths: dict[Path, str] = {}
    expected: dict[Path, bytes | None] = {}
    for path, id in found.targets.items():
        if not was_put and id in versions.new:
            continue
        here = found.here.get(path)
        raw = here.raw if here else None
        if versions.by_id[id].digest == digest_of(here.content if here else None):
            session.known.applied[path] = (id, digest_of(raw))
            continue
        try:
            content = versions.content(id)
            wanted = None if content is None else as_here(context, path, content, raw)
        except UnreadableError as error:
            session.leave_out(path, str(error))
            continue
        except InvalidFileError as error:
            session.leave_out(path, error.message)
            continue
        file = path_here(context, path)
        contents[file], paths[file], expected[file] = wanted, path, raw
    if not contents:
        return []
    try:
        gone = erased_files(session.connection)
        written = change(context, lambda own: _write(own, contents, expected, gone))
    except MlcoachError as error:
        session.leave_out("files of other machines", error.message)
        return []
    for file in written:
        path = paths[file]
        session.known.applied[path] = (found.targets[path], digest_of(contents[file]))
        if original_of(path) != path and contents[file] is not None:
            session.conflicts.append(ConflictView(original_of(path), path, found.about.get(path, ())))
    return sorted(paths[file] for file in written)


def _write(
    own: OwnFiles, contents: dict[Path, bytes | None], expected: dict[Path, bytes | None], erased: set[str]
) -> list[Path]:
    """Write what is still as it was when it was decided, and return which files that are."""
    still = [file for file in contents if own.read(file) == expected[file]]
    own.carry({file: contents[file] for file in still}, erased)
    return still
