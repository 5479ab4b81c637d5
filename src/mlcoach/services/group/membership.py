"""Which group this home is in: where it meets, the key of this member, and who the others are.

Place, name and key are in a file that `sync` carries, so that all machines of one learner are one member. It decides:
where another machine joined or left, this one has as well, at its next look. Who the others are each machine reads.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters.sync.member_file import MemberFile, read_member_file
from mlcoach.adapters.sync.member_key import MemberKey, new_member_key
from mlcoach.adapters.sync.sealing import InvalidKeyError
from mlcoach.domain.group.members import Roster, read_roster
from mlcoach.errors import InvalidFileError, NotFoundError

if TYPE_CHECKING:
    from mlcoach.services.context import Context

NO_GROUP = "you are in no group yet"
CARRIED = "carried"  # the field of the file kept here that says that there is one which is carried
START_ONE = "`mlcoach group start PLACE --name NAME` starts one, `mlcoach group join PLACE --name NAME` joins one"


@dataclass
class Membership:
    """This home's group: the place, the own name, the founder's public key, and the newest roster that was read."""

    place: str
    name: str
    founder: str
    key: MemberKey
    roster: Roster | None = None

    @property
    def is_founder(self) -> bool:
        """Whether this home started the group."""
        return self.key.public == self.founder

    @property
    def founder_name(self) -> str:
        """What the founder is called, as far as that is known."""
        found = [member.name for member in self.roster.members if member.key == self.founder] if self.roster else []
        return found[0] if found else "whoever started it"


def is_in_group(context: "Context") -> bool:
    """Return whether this home is in a group, in no time."""
    return member_file(context).exists() or (context.places.group_file.exists() and not _was_carried(context))


def read(context: "Context") -> Membership:
    """Return this home's group, as the carried file has it now. Raises as `known` does, and StoreError."""
    _follow(context)
    return known(context)


def known(context: "Context") -> Membership:
    """Return the group as this home knows it; nothing is written.

    Raises NotFoundError without one, InvalidFileError for files that cannot be read.
    """
    path = context.places.group_file
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise NotFoundError(NO_GROUP, START_ONE) from None
    except (OSError, ValueError) as error:
        raise _broken(path) from error
    try:
        secrets = {str(key): bytes.fromhex(secret).hex() for key, secret in found["secrets"].items()}
        roster = read_roster(found["roster"]) if found["roster"] is not None else None
        place, name, founder = str(found["place"]), str(found["name"]), str(found["founder"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken(path) from error
    try:
        key = MemberKey(_key_text(context), secrets)
        _ = key.public
    except (OSError, ValueError) as error:
        raise _broken(key_file(context)) from error
    return Membership(place, name, founder, key, roster)


def write(context: "Context", membership: Membership) -> None:
    """Keep it. Raises StoreError."""
    state = {
        "place": membership.place,
        "name": membership.name,
        "founder": membership.founder,
        "roster": membership.roster.as_data() if membership.roster else None,
        "secrets": dict(sorted(membership.key.secrets.items())),
        CARRIED: True,
    }
    carried = MemberFile(membership.place, membership.name, membership.founder, membership.key.text)
    before = _carried(context)
    if before is None or before._replace(place="") != carried._replace(place=""):
        keep(context, member_file(context), carried.content())
    keep(context, context.places.group_file, json.dumps(state, ensure_ascii=False).encode())


def _follow(context: "Context") -> None:
    """Let this home be in the group that the carried file names, or in none where that is gone."""
    carried = _carried(context)
    if carried is None:
        if _was_carried(context):
            forget(context)
        return
    try:
        here = json.loads(context.places.group_file.read_bytes())
        if here["founder"] == carried.founder and _key_text(context) == carried.key:
            return
    except (OSError, ValueError, KeyError, TypeError):
        pass
    key = MemberKey(carried.key)
    keep(context, key_file(context), key.file_text().encode())
    write(context, Membership(carried.place, carried.name, carried.founder, key))


def _carried(context: "Context") -> MemberFile | None:
    """Return what the carried file says, None for no file. Raises InvalidFileError."""
    path = member_file(context)
    try:
        return read_member_file(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _broken(path) from error


def _was_carried(context: "Context") -> bool:
    """Return whether the group of this home had a carried file; without one it is of an earlier release."""
    try:
        return json.loads(context.places.group_file.read_bytes()).get(CARRIED) is True
    except (OSError, ValueError, AttributeError):
        return False


def keep(context: "Context", path: Path, content: bytes) -> None:
    """Write a file of the group where anything is new. Raises StoreError."""
    if not path.exists() or path.read_bytes() != content:
        from mlcoach.services.made_files import put  # a look that finds nothing new needs none of it

        put(context, path, content)


def forget(context: "Context") -> None:
    """Forget the group and what was seen there; the key stays for another time. Raises StoreError."""
    from mlcoach.services.made_files import put

    for path in (member_file(context), context.places.group_file, seen_file(context)):
        if path.exists():
            put(context, path, None)


def own_key(context: "Context") -> MemberKey:
    """Return this home's key, made now where there is none. Raises StoreError, InvalidFileError for a broken one."""
    path = key_file(context)
    if path.exists():
        try:
            key = MemberKey(_key_text(context))
            _ = key.public
        except (OSError, ValueError) as error:
            raise _broken(path) from error
        return key
    from mlcoach.services.made_files import put

    key = new_member_key()
    put(context, path, key.file_text().encode())
    return key


def key_file(context: "Context") -> Path:
    """Return where the key is kept."""
    return context.places.group / "key.txt"


def member_file(context: "Context") -> Path:
    """Return the file that is carried between the machines of one learner."""
    return context.places.group / "member.json"


def seen_file(context: "Context") -> Path:
    """Return where the others' weeks are kept as they were last seen."""
    return context.places.group / "seen.json"


def _key_text(context: "Context") -> str:
    lines = key_file(context).read_text(encoding="utf-8").splitlines()
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(found) != 1:
        raise InvalidKeyError("not a key")
    return found[0]


def _broken(path: Path) -> InvalidFileError:
    hint = "put back a copy of the file, or delete it: `mlcoach group join` then begins anew"
    return InvalidFileError(f"`{path}` cannot be read", hint)
