"""Who is in a group: names and public keys, as the one who started it wrote them down."""

from typing import Any, NamedTuple

from mlcoach.domain.text import is_plain

LONGEST_NAME = 30  # characters
MOST_MEMBERS = 200
MOST_KEYS = 500
FORM = 1


class Member(NamedTuple):
    """A member: the name the group knows them by, and their public key."""

    name: str
    key: str


class Roster(NamedTuple):
    """The members, in the order in which they came. `number` counts up; `keys` are the group's, the newest first."""

    number: int
    members: tuple[Member, ...]
    keys: tuple[str, ...]

    def named(self, name: str) -> Member | None:
        """Return the member of this name, whatever the case of its letters."""
        return next((member for member in self.members if member.name.casefold() == name.casefold()), None)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        members = [list(member) for member in self.members]
        return {"number": self.number, "members": members, "keys": list(self.keys)}


def is_name(name: str) -> bool:
    """Return whether a member can be called so."""
    return name == name.strip() and 0 < len(name) <= LONGEST_NAME and is_plain(name) and "\n" not in name


def read_roster(data: Any) -> Roster:
    """Return a roster from JSON. Raises ValueError for what is not one."""
    try:
        number, members, keys = data["number"], data["members"], data["keys"]
        if type(number) is not int or number < 0 or not 0 < len(members) <= MOST_MEMBERS or len(keys) > MOST_KEYS:
            raise ValueError("not a roster")
        if not all(isinstance(text, str) for text in (*keys, *(text for member in members for text in member))):
            raise ValueError("not a roster")
        found = Roster(number, tuple(Member(name, key) for name, key in members), tuple(keys))
    except (KeyError, TypeError) as error:
        raise ValueError("not a roster") from error
    names = {member.name.casefold() for member in found.members}
    if not keys or len(names) < len(members) or not all(is_name(member.name) for member in found.members):
        raise ValueError("not a roster")
    return found
