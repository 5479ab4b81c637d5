"""Problems from elsewhere: solved on another site, scheduled here to be solved again before they are lost."""

from typing import TYPE_CHECKING, Any

from mlcoach.domain.papers.ids import slug
from mlcoach.domain.text import checked
from mlcoach.errors import UsageError
from mlcoach.services import names
from mlcoach.services.cards.edit import keep, present_text
from mlcoach.services.files import OwnFiles, change
from mlcoach.views.cards import NewCardView

if TYPE_CHECKING:
    from mlcoach.domain.curriculum import ItemHead
    from mlcoach.services.context import Context

ELSEWHERE = "elsewhere-"  # how their ids begin
KIND = "problem"
MINUTES, LONGEST_MINUTES = 25, 600
LONGEST_TITLE, LONGEST_URL = 200, 1000
HOW = '`mlcoach cards new UNIT --problem "Two Sum" --url https://… --minutes 25`'
CHECK = "It passes all tests of the site, written without looking at your last solution."


def add_problem(context: "Context", name: str, title: str, url: str = "", minutes: int = MINUTES) -> NewCardView:
    """Write a problem from elsewhere as an exercise of a unit, into the learner's overlay of its subject.

    It is not a step of the unit: passing does not wait for it. Raises NotFoundError or UsageError for a unit that is
    not there, a title without letters, an invalid address and minutes out of range, StoreError when it cannot be
    written.
    """
    said, place = checked(title, "title", LONGEST_TITLE), checked(url, "address", LONGEST_URL)
    if not slug(said):
        raise UsageError("a problem needs a title", HOW)
    if place and not place.startswith(("https://", "http://")):
        raise UsageError(f"`{place[:60]}` is not an address", "write it with `https://`, or leave it out")
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise UsageError(f"`--minutes` must be 1 to {LONGEST_MINUTES}, got {minutes}")
    return change(context, lambda own: _write(context, own, name, said, place, minutes))


def _write(context: "Context", own: OwnFiles, name: str, title: str, url: str, minutes: int) -> NewCardView:
    from mlcoach.curriculum.write.overlay import overlay_path, toml_value
    from mlcoach.services.cards.new import taken_in

    unit = names.unit(context, name)
    taken = taken_in(context, unit)
    stem = id = f"{ELSEWHERE}{_ascii_slug(title)}"
    number = 2
    while id in taken:
        id, number = f"{stem}-{number}", number + 1
    task = f"Solve it there again, from an empty file: {url}" if url else "Solve it again, from an empty file."
    keys: dict[str, Any] = {
        "id": id, "title": title, "kind": KIND, "minutes": minutes, "drill": True, "prompt": task, "check": CHECK,
    }  # fmt: skip
    path = overlay_path(context.places.curriculum, context.catalog.units[unit].subject)
    text = present_text(context, own, path, unit).rstrip("\n")
    lines = [f"{key} = {toml_value(value)}" for key, value in keys.items()]
    head = f"[[change.{unit.rpartition('.')[2]}.add.exercise]]"
    report = keep(context, own, path, "\n".join([text, "", head, *lines, ""]))
    warned = tuple(one.message for one in report.warnings if f"`{id}`" in one.message)
    return NewCardView(f"{unit}/{id}", str(path), title, warned)


def _ascii_slug(title: str) -> str:
    return "-".join(word for word in slug(title).split("-") if word.isascii()) or KIND


def is_problem(context: "Context", head: "ItemHead") -> bool:
    """Return whether an item is an exercise that sets a problem."""
    found = context.catalog.item(head.id) if head.kind == "exercise" else None
    return getattr(found, "kind", "") == KIND


def unsolved(context: "Context") -> "list[ItemHead]":
    """Return the problems from elsewhere that were never answered, in the order of the map."""
    from mlcoach.services.review import items

    ids = [id for id in context.catalog.drills if f"/{ELSEWHERE}" in id]
    known = items.known_items(context, ids)
    return list(context.catalog.heads([id for id in ids if id not in known]).values())
