"""Neutral names of items: an id may tell the answer, so an assistant hears a handle in its place.

A handle follows from the id alone, so it means the same to every client and after every start of a server.
"""

import re
from collections.abc import Callable, Collection, Iterable
from hashlib import sha256

HANDLE = re.compile(r"q-[0-9a-f]{8}")
# What could be the id of an item, and is no part of an address.
_ID = re.compile(r"(?<![\w./:-])[a-z0-9][\w.-]*/[a-z0-9](?:[\w.-]*\w)?(?![\w/])")


def handle_of(item: str) -> str:
    """Return the handle of an item: `q-` and eight letters that tell nothing."""
    return f"q-{sha256(item.encode()).hexdigest()[:8]}"


def item_of(handle: str, items: Iterable[str]) -> str:
    """Return which of these items a handle stands for, "" for none."""
    return next((item for item in items if handle_of(item) == handle), "")


def without_ids(text: str, known: Callable[[list[str]], Collection[str]]) -> str:
    """Return a text with the handles of items in the place of their ids.

    `known` returns which of some texts are ids of items.
    """
    found = set(_ID.findall(text))
    items = set(known(sorted(found))) if found else set()
    return _ID.sub(lambda match: handle_of(match[0]) if match[0] in items else match[0], text) if items else text
