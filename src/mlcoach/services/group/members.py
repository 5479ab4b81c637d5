"""Starting, joining and leaving a group, and who is added to it and removed."""

import json
from dataclasses import replace
from shlex import quote
from typing import TYPE_CHECKING

from mlcoach.adapters.sync.folder import FolderPlace
from mlcoach.adapters.sync.member_key import MemberKey, new_member_key, read_public_key, short_name
from mlcoach.adapters.sync.place import GROUP_FOLDER
from mlcoach.adapters.sync.sealing import PREFIX, InvalidKeyError
from mlcoach.domain.group.members import LONGEST_NAME, MOST_MEMBERS, Member, Roster, is_name
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.group import membership as memberships
from mlcoach.services.group.meeting import (
    FORMAT,
    FORMAT_VERSION,
    LEFT,
    ROSTER,
    Meeting,
    founder_of,
    open_meeting,
    path_in,
    sealed_roster,
    update_roster,
)
from mlcoach.services.group.membership import Membership
from mlcoach.services.sync.places import open_place, own_address
from mlcoach.views.sync.group import GroupJoinedView, GroupLeftView, GroupMembersView

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def start(context: "Context", address: str, name: str) -> GroupJoinedView:
    """Start a group at a place, with this home as its first member.

    Raises UsageError for a bad name, a place with a group, or while this home is in one; PlaceGoneError,
    PlaceRefusesError and StoreError where nothing can be written.
    """
    _check_name(name)
    _refuse_second(context)
    address = own_address(context, address)
    place = open_place(context, address)
    if isinstance(place, FolderPlace):
        _make_folder(address)
    if FORMAT in place.listing().sizes:
        raise UsageError(
            f"there is a group at `{address}` already", f"`mlcoach group join {address} --name {quote(name)}`"
        )
    key = memberships.own_key(context)
    roster = Roster(1, (Member(name, key.public),), (new_member_key().text,))
    membership = Membership(address, name, key.public, key, roster)
    place.put(FORMAT, f'version = {FORMAT_VERSION}\nfounder = "{key.public}"\n'.encode())
    place.put(path_in(key.public, ROSTER), sealed_roster(context, membership, roster))
    place.finish()
    # Two who start at once: whoever was first is there now.
    if founder_of(place, place.listing()) != key.public:
        raise UsageError(
            f"somebody else started a group at `{address}`", f"`mlcoach group join {address} --name {quote(name)}`"
        )
    memberships.write(context, membership)
    return GroupJoinedView(address, name, key.public, is_founder=True)


def join(context: "Context", address: str, name: str) -> GroupJoinedView:
    """Join the group at a place; it opens when its founder has added this key. Joining again shows the key again.

    Raises UsageError for a bad name or while this home is in another group, NotFoundError for no group there.
    """
    _check_name(name)
    address = own_address(context, address)
    place = open_place(context, address)
    founder = None
    if memberships.is_in_group(context):
        known = memberships.read(context)
        if known.place != address:
            # The same group, where its folder lies elsewhere on this machine.
            founder = founder_of(place, place.listing())
            if founder != known.founder:
                _refuse_second(context)
            memberships.write(context, replace(known, place=address))
    founder = founder or founder_of(place, place.listing())
    key = memberships.own_key(context)
    if not memberships.is_in_group(context):
        memberships.write(context, Membership(address, name, founder, key))
    return GroupJoinedView(address, name, key.public, is_founder=founder == key.public)


def add(context: "Context", name: str, key_text: str) -> GroupMembersView:
    """Add a member by their public key; they and all others can read one another from their next exchange on.

    Raises UsageError for a bad name or key, one who is in it already, or on a home that did not start the group.
    """
    _check_name(name)
    public = _public_key(key_text)
    meeting, roster = _as_founder(context)
    if roster.named(name) or any(member.key == public for member in roster.members):
        raise UsageError(
            f"{_whose(roster, name, public)} in the group already",
            f"for a new key, `mlcoach group remove {quote(_other(roster, name, public))}` comes first",
        )
    if len(roster.members) >= MOST_MEMBERS:
        raise UsageError(f"a group has at most {MOST_MEMBERS} members", "start a second one")
    changed = Roster(roster.number + 1, (*roster.members, Member(name, public)), roster.keys)
    return _put_roster(context, meeting, changed, name)


def remove(context: "Context", name: str) -> GroupMembersView:
    """Remove a member: what they shared is taken out, what they write from now on is not read, and they read nothing.

    Raises NotFoundError for nobody of this name, UsageError for oneself or on a home that did not start the group.
    """
    meeting, roster = _as_founder(context)
    gone = roster.named(name)
    if gone is None:
        known = ", ".join(member.name for member in roster.members)
        raise NotFoundError(f"nobody in the group is called `{name:.40}`", f"there are {known}")
    if gone.key == meeting.key.public:
        raise UsageError("you cannot remove yourself", "`mlcoach group leave` leaves the group")
    rest = tuple(member for member in roster.members if member != gone)
    # A key that they do not have: what comes from now on is sealed to it.
    changed = Roster(roster.number + 1, rest, (new_member_key().text, *roster.keys))
    _take_out(meeting, gone.key)
    return _put_roster(context, meeting, changed, gone.name)


def leave(context: "Context") -> GroupLeftView:
    """Leave the group: what this home shared is taken out of the place, and it is forgotten here.

    Raises NotFoundError without a group, PlaceGoneError and PlaceRefusesError where the place cannot be written.
    """
    membership = memberships.read(context)
    meeting = open_meeting(context, membership)
    _take_out(meeting, membership.key.public)
    if membership.roster is not None:
        body = json.dumps({"written": context.instant.microseconds})
        others = [member.key for member in membership.roster.members]
        sealed = membership.key.seal(
            path_in(membership.key.public, LEFT), body, others, group_recipients(membership.roster)
        )
        meeting.place.put(path_in(membership.key.public, LEFT), sealed, again=True)
    meeting.place.finish()
    memberships.forget(context)
    return GroupLeftView(membership.place, membership.name, membership.is_founder)


def group_recipients(roster: Roster) -> list[str]:
    """Return the public key to which weeks are sealed: that of the newest key of the group."""
    return [MemberKey(roster.keys[0]).public]


def _as_founder(context: "Context") -> tuple[Meeting, Roster]:
    membership = memberships.read(context)
    if not membership.is_founder:
        raise UsageError(
            "only the one who started a group adds and removes its members", f"ask {membership.founder_name}"
        )
    meeting = open_meeting(context, membership)
    return meeting, update_roster(context, meeting)


def _put_roster(context: "Context", meeting: Meeting, roster: Roster, name: str) -> GroupMembersView:
    membership = meeting.membership
    meeting.place.put(path_in(membership.founder, ROSTER), sealed_roster(context, membership, roster), again=True)
    meeting.place.finish()
    membership.roster = roster
    memberships.write(context, membership)
    return GroupMembersView(name, tuple(member.name for member in roster.members))


def _take_out(meeting: Meeting, public: str) -> None:
    """Remove what a member put; the list of members stays, whoever goes."""
    folder = f"{GROUP_FOLDER}{short_name(public)}/"
    for name in (*meeting.listing.sizes, *(copy for copies in meeting.copies.values() for copy in copies)):
        if name.startswith(folder) and name != path_in(meeting.membership.founder, ROSTER):
            meeting.place.remove(name)


def _refuse_second(context: "Context") -> None:
    if memberships.is_in_group(context):
        known = memberships.read(context)
        raise UsageError(f"you are in the group at `{known.place}`", "`mlcoach group leave` comes first")


def _check_name(name: str) -> None:
    if not is_name(name):
        raise UsageError(f"`{name:.40}` is not a name for a group", f"say a name of at most {LONGEST_NAME} characters")


def _public_key(text: str) -> str:
    if text.strip().upper().startswith(PREFIX):
        raise UsageError(
            "that is a secret key, which nobody else may have",
            "ask for the one that begins with age1, and for a new one",
        )
    try:
        return read_public_key(text)
    except InvalidKeyError:
        raise UsageError(
            f"`{text:.80}` is not a key of a member", "it begins with age1, as `mlcoach group join` showed it to them"
        ) from None


def _other(roster: Roster, name: str, public: str) -> str:
    return next((member.name for member in roster.members if member.key == public), name)


def _whose(roster: Roster, name: str, public: str) -> str:
    other = _other(roster, name, public)
    return f"`{name}` is" if other.casefold() == name.casefold() else f"this key is that of `{other}`, who is"


def _make_folder(address: str) -> None:
    from pathlib import Path

    from mlcoach.private_files import make_folder

    folder = Path(address)
    if folder.is_dir():
        return
    try:
        make_folder(folder)
    except OSError as error:
        raise UsageError(f"cannot make the folder `{folder}`: {error.strerror}", "name another one") from error
