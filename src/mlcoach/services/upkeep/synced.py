"""Whether something carries the files of the store to other machines while they are in use: then entries get lost."""

import os
from collections.abc import Mapping
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from mlcoach.adapters.sync.carriers import carriers
from mlcoach.errors import MlcoachError
from mlcoach.services.upkeep.environment_checks import advice, good
from mlcoach.views.upkeep import CheckView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def synced(folder: Path, environment: Mapping[str, str]) -> CheckView:
    """Return whether the data folder lies in one that a program carries to other machines, file by file."""
    for place, name in carriers(folder, environment):
        return advice(
            "cloud",
            f"the data folder is inside {name} ({place}), which can replace the store while it is in use",
            "keep it out of there: move the folder, and point MLCOACH_HOME at it",
            "between machines use `mlcoach sync`, or a file: `mlcoach export journal` and `mlcoach import journal`",
        )
    return good("cloud", "no sync program and no repository carries the data folder")


def sync_check(context: "Context") -> list[CheckView]:
    """Return the finding on `mlcoach sync`, where there is a place: conflicts to settle, and tries that failed."""
    from mlcoach.services.sync import places, progress
    from mlcoach.services.sync.status import unsettled

    address = places.address_of(context)
    conflicts = unsettled(context)
    more = [
        part for one in conflicts for part in (f"two machines changed {one.file}", f"the other version: {one.kept}")
    ]
    if conflicts:
        number = "1 conflict" if len(conflicts) == 1 else f"{len(conflicts)} conflicts"
        more.append("take from each copy what you want, then delete it; the other machines follow")
        return [advice("sync", f"{number} between machines to settle", *more)]
    if address is None:
        return []
    known = progress.read(context)
    if known.failures:
        times = "the last try" if known.failures == 1 else f"the last {known.failures} tries"
        return [advice("sync", f"{address}: {times} did not carry everything", known.problem)]
    return [good("sync", address)]


def group_check(context: "Context") -> list[CheckView]:
    """Return the finding on the group of this home; only a place in a folder is looked at, nobody else is asked."""
    from mlcoach.adapters.sync.folder import FolderPlace
    from mlcoach.services.group import meeting, membership
    from mlcoach.services.sync.places import open_place

    if not membership.is_in_group(context):
        return []
    try:
        known = membership.known(context)
        if isinstance(open_place(context, known.place), FolderPlace):
            meeting.open_meeting(context, known)
    except MlcoachError as error:
        return [advice("group", error.message, error.hint or "")]
    if known.roster is None:
        return [
            advice("group", f"{known.place}: you are not let in yet", f"ask {known.founder_name}, then `mlcoach group`")
        ]
    number = len(known.roster.members)
    return [good("group", f"{known.place}, {number} {'member' if number == 1 else 'members'}")]


def key_check(context: "Context") -> list[CheckView]:
    """Return which files with keys others may read."""
    where = context.places
    files = (where.sync / "key.txt", where.group / "key.txt", where.group / "member.json")
    loose = [str(path) for path in files if path.exists() and path.stat().st_mode & 0o077] if os.name == "posix" else []
    return [advice("keys", f"others may read {path}", f"chmod 600 {quote(path)}") for path in loose]
