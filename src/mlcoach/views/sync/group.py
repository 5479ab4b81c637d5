"""What `group` shows: one row for each member and week, and what came of joining, adding and leaving."""

from datetime import date
from typing import NamedTuple

from mlcoach.domain.group.promise import PromiseState
from mlcoach.views.sync.exchange import LeftOutView


class GroupRowView(NamedTuple):
    """A member's week. None is what they do not share; `came` says whether their week is there at all.

    `units` are those studied or passed, `passed` those of them that were passed; `streak` is in days. `promise` is
    kept, open (not yet, or nothing that figures could tell) or empty for none.
    """

    name: str
    is_you: bool
    came: bool
    minutes: int | None = None
    units: int | None = None
    passed: int | None = None
    streak: int | None = None
    promise: PromiseState | None = None
    promised: str = ""


class GroupView(NamedTuple):
    """The table of a week, in the order of the names; `founder` is who started the group, and may have left it."""

    place: str
    week: str
    first: date
    last: date
    founder: str
    rows: tuple[GroupRowView, ...]
    left_out: tuple[LeftOutView, ...]
    founder_left: bool = False


class GroupJoinedView(NamedTuple):
    """A group that was started or joined: where it meets, and the public key to give to whoever started it."""

    place: str
    name: str
    key: str
    is_founder: bool


class GroupMembersView(NamedTuple):
    """A member who was added or removed, and the names of all who are in the group now."""

    name: str
    members: tuple[str, ...]


class GroupLeftView(NamedTuple):
    """A group that was left. `was_founder` says that its members stay as they are from now on."""

    place: str
    name: str
    was_founder: bool
