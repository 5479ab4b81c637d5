"""One look at the place where a group meets: what lies there for this member, proven to come from who it says."""

import json
import tomllib
from dataclasses import dataclass, field
from shlex import quote
from typing import TYPE_CHECKING, Any

from mlcoach.adapters.sync.member_key import MemberKey, NotForUsError, read_public_key, short_name
from mlcoach.adapters.sync.place import (
    GROUP_FOLDER,
    SYNC_CONFLICT,
    Listing,
    Place,
    PlaceGoneError,
    PlaceRefusesError,
    UnreadableError,
    without_conflict_mark,
)
from mlcoach.adapters.sync.sealing import TORN, InvalidKeyError
from mlcoach.domain.group.members import Roster, read_roster
from mlcoach.domain.text import one_line
from mlcoach.errors import InvalidFileError, NotFoundError, StoreError
from mlcoach.services.group.membership import Membership
from mlcoach.services.sync.places import open_place
from mlcoach.views.sync.exchange import LeftOutView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FORMAT = f"{GROUP_FOLDER}format.toml"
FORMAT_VERSION = 1
ROSTER = "members"
LEFT = "left"
LARGEST_FILE = 4_000_000  # bytes of one sealed file of a group


@dataclass
class Meeting:
    """The place with what lies there. `copies` are, by the name they should have, files that a conflict renamed."""

    membership: Membership
    place: Place
    listing: Listing
    copies: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[LeftOutView] = field(default_factory=list)

    @property
    def key(self) -> MemberKey:
        """The key of this member."""
        return self.membership.key

    def has(self, name: str) -> bool:
        """Return whether a file is there, or a copy of it that a conflict renamed."""
        return name in self.listing.sizes or name in self.copies

    def read(self, name: str, writer: str, keys: tuple[str, ...]) -> tuple[dict[str, Any], frozenset[str]] | None:
        """Return what a member wrote under a name and for whom, the newest where there are several; None for nothing.

        Raises UnreadableError where something is there and none of it can be read, NotForUsError for what is for
        others.
        """
        found: tuple[dict[str, Any], frozenset[str]] | None = None
        problem: UnreadableError | None = None
        own = [name] if name in self.listing.sizes else []
        for at in (*own, *self.copies.get(name, ())):
            try:
                if self.listing.sizes.get(at, 0) > LARGEST_FILE:
                    raise UnreadableError("it is larger than any week")
                body, members = self.key.open(name, self.place.get(at), writer, keys)
                one = _written(body)
            except UnreadableError as error:
                problem = error
                continue
            if found is None or one["written"] > found[0]["written"]:
                found = one, members
        if found is None and problem is not None:
            raise problem
        return found

    def leave_out(self, what: str, reason: str) -> None:
        """Note what was left out and why."""
        self.left_out.append(LeftOutView(one_line(what), one_line(reason)))


def path_in(member: str, file: str) -> str:
    """Return the name of a file of the member with this public key."""
    return f"{GROUP_FOLDER}{short_name(member)}/{file}.json.age"


def open_meeting(context: "Context", membership: Membership) -> Meeting:
    """Look at the place of a group. Raises NotFoundError for no group there, InvalidFileError for another one."""
    place = open_place(context, membership.place)
    listing = place.listing()
    founder = founder_of(place, listing)
    if founder != membership.founder:
        raise InvalidFileError(
            f"the group at `{place.address}` is not the one you joined: somebody else started it",
            "`mlcoach group leave`, then `mlcoach group join` if you want to be in that one; nothing was changed",
        )
    meeting = Meeting(membership, place, listing)
    for strange in listing.strange:
        real = without_conflict_mark(strange.name)
        if strange.reason == SYNC_CONFLICT and real != strange.name and real.startswith(GROUP_FOLDER):
            meeting.copies.setdefault(real, []).append(strange.name)
    return meeting


def founder_of(place: Place, listing: Listing) -> str:
    """Return the public key of whoever started the group at a place.

    Raises NotFoundError for no group there, StoreError for one of a newer form, InvalidFileError for a broken one.
    """
    if FORMAT not in listing.sizes:
        raise NotFoundError(
            f"there is no group at `{place.address}`",
            "is the drive there, and has all of it been carried? whoever starts it runs `mlcoach group start`",
        )
    try:
        found = tomllib.loads(place.get(FORMAT).decode("utf-8"))
        version, founder = found["version"], read_public_key(found["founder"])
        if type(version) is not int:
            raise ValueError("not a version")
    except (UnreadableError, InvalidKeyError, ValueError, KeyError, AttributeError) as error:
        raise InvalidFileError(
            f"`{FORMAT}` at `{place.address}` cannot be read", "it may be on its way; nothing was changed"
        ) from error
    if version > FORMAT_VERSION:
        raise StoreError(
            f"the group at `{place.address}` was made by a newer mlcoach (form {version}, this program knows"
            f" {FORMAT_VERSION})",
            "update mlcoach; nothing was changed",
        )
    return founder


def update_roster(context: "Context", meeting: Meeting) -> Roster:
    """Return who is in the group, as the founder wrote it last; one that is older than a known one is not believed.

    Where it is torn or older than what the founder knows, it is put again from here if this is the founder. Raises
    NotFoundError where this member is not in it.
    """
    membership = meeting.membership
    name = path_in(membership.founder, ROSTER)
    known = membership.roster
    roster: Roster | None = None
    try:
        found = meeting.read(name, membership.founder, ())
        if found is None:
            raise UnreadableError("it is not there")
        roster = read_roster(found[0]["roster"])
    except (UnreadableError, ValueError, KeyError) as error:
        if isinstance(error, NotForUsError) and not (known and membership.is_founder):
            raise _not_in_it(membership) from None
        if known is None:
            raise InvalidFileError(
                f"the list of members at `{meeting.place.address}` cannot be read",
                "it may be on its way; try again later",
            ) from error
        if not membership.is_founder:
            meeting.leave_out("the list of members", f"{error}; the one of before was taken")
            return known
    if known and membership.is_founder and (roster is None or roster.number < known.number):
        try:
            meeting.place.put(name, sealed_roster(context, membership, known), again=True)
            meeting.place.finish()
        except (PlaceRefusesError, PlaceGoneError) as error:
            meeting.leave_out("the list of members", error.message)
    if roster and (known is None or roster.number > known.number):
        membership.roster = known = roster
    if known is None or not any(member.key == membership.key.public for member in known.members):
        raise _not_in_it(membership)
    return known


def sealed_roster(context: "Context", membership: Membership, roster: Roster) -> bytes:
    """Return the roster sealed to the public key of each member, and to nothing else."""
    body = json.dumps({"written": context.instant.microseconds, "roster": roster.as_data()}, ensure_ascii=False)
    keys = [member.key for member in roster.members]
    return membership.key.seal(path_in(membership.founder, ROSTER), body, keys)


def _not_in_it(membership: Membership) -> NotFoundError:
    return NotFoundError(
        f"the group at `{membership.place}` is not open to your key: you are not added yet, or were removed",
        f"ask {membership.founder_name} for `mlcoach group add {quote(membership.name)} {membership.key.public}`",
    )


def _written(body: str) -> dict[str, Any]:
    """Return the JSON of a file. Raises UnreadableError."""
    try:
        found = json.loads(body)
        if not isinstance(found, dict) or type(found["written"]) is not int:
            raise ValueError("not a file of a group")
    except (ValueError, KeyError, RecursionError) as error:
        raise UnreadableError(TORN) from error
    return found
