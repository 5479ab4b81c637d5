"""What of a group is the same on all machines of one learner: one small file, which `sync` carries."""

import json
from pathlib import Path
from typing import NamedTuple

from mlcoach.adapters.sync.member_key import MemberKey, read_public_key
from mlcoach.adapters.sync.sealing import InvalidKeyError

HOME = "~/"


class MemberFile(NamedTuple):
    """Where the group meets, what the learner is called there, who started it (a public key), and the secret key."""

    place: str
    name: str
    founder: str
    key: str

    def content(self) -> bytes:
        """Return it as it is kept: a folder in the learner's own one lies there on each of their machines."""
        home = f"{Path.home()}/"
        place = HOME + self.place.removeprefix(home) if self.place.startswith(home) else self.place
        return (json.dumps(self._replace(place=place)._asdict(), ensure_ascii=False, indent=1) + "\n").encode()


def read_member_file(content: bytes) -> MemberFile:
    """Return what is in such a file. Raises ValueError for anything else."""
    found = json.loads(content)
    try:
        place, name, founder, key = (found[field] for field in MemberFile._fields)
        if not all(isinstance(text, str) for text in (place, name, founder, key)):
            raise ValueError("not of that type")
        _ = MemberKey(key).public, read_public_key(founder)
    except (KeyError, TypeError, InvalidKeyError) as error:
        raise ValueError("not a member's file") from error
    return MemberFile(str(Path(place).expanduser()) if place.startswith(HOME) else place, name, founder, key)
