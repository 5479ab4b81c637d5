"""Segments: the pieces in which a journal lies in a place, each with entries of one device that follow one another.

Their names say which, so that what is missing, what is new and what may be put together is known without opening one.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

FOLDER = "journal"
ENDING = ".jsonl.z.age"
MOST_ENTRIES = 20_000  # of one segment
LARGEST_NUMBER = 2**53
_NAME = re.compile(r"journal/([A-Za-z0-9]{1,64})/([1-9]\d{0,15})-([1-9]\d{0,15})-([0-9a-f]{32})\.jsonl\.z\.age")
# A name that one side of a copied home got (`store.copies`) has this many digits: its entries do not begin at 1.
_RENAMED_LENGTH = 12


class Segment(NamedTuple):
    """The entries of a device with the numbers `first` to `last`; `digest` is that of their lines, with the key."""

    device: str
    first: int
    last: int
    digest: str

    @property
    def name(self) -> str:
        """The name in a place."""
        return f"{FOLDER}/{self.device}/{self.first}-{self.last}-{self.digest}{ENDING}"


class EntrySpan(NamedTuple):
    """Entries of a device from a number to another, both included."""

    device: str
    first: int
    last: int


class Waiting(NamedTuple):
    """A segment that cannot be used before the entries from `missing` on have come."""

    segment: Segment
    missing: int


def parse(name: str) -> Segment | None:
    """Return the segment that a name in a place means, None for any other name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    first, last = int(found[2]), int(found[3])
    return Segment(found[1], first, last, found[4]) if first <= last <= LARGEST_NUMBER else None


def is_renamed(device: str) -> bool:
    """Return whether a name is one that a side of a copied home got when their journals were joined."""
    return len(device) == _RENAMED_LENGTH


def usable(
    there: Iterable[Segment], known: Mapping[str, int], unread: frozenset[Segment]
) -> tuple[list[Segment], list[Waiting]]:
    """Return which of the `unread` segments can be used, in order, and which wait for entries that are missing.

    `there` are all segments of the place, `known` is up to which number the entries of a device are here without a gap.
    """
    ready: list[Segment] = []
    waiting: list[Waiting] = []
    reach = dict(known)
    for segment in sorted(there, key=lambda one: (one.device, one.first, one.last, one.digest)):
        begins = segment.first - 1 if is_renamed(segment.device) else 0
        upto = reach.setdefault(segment.device, begins) or begins
        if segment.first > upto + 1:
            if segment in unread:
                waiting.append(Waiting(segment, upto + 1))
            continue
        reach[segment.device] = max(upto, segment.last)
        if segment in unread:
            ready.append(segment)
    return ready, waiting


def apart(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Return segments in groups in which no two have the same entries: two may say different things of them."""
    groups: list[list[Segment]] = []
    for segment in segments:
        for group in groups:
            if not any(_overlap(segment, other) for other in group):
                group.append(segment)
                break
        else:
            groups.append([segment])
    return groups


def _overlap(one: Segment, two: Segment) -> bool:
    return one.device == two.device and one.first <= two.last and two.first <= one.last


def reach(here: Iterable[EntrySpan]) -> dict[str, int]:
    """Return up to which number the entries of each device are here without a gap."""
    reach: dict[str, int] = {}
    for span in here:
        reach.setdefault(span.device, span.last)
    return reach


def is_all_here(here: Iterable[EntrySpan], segment: Segment) -> bool:
    """Return whether all entries of a segment are among the spans."""
    return any(
        span.device == segment.device and span.first <= segment.first and segment.last <= span.last for span in here
    )


def overlaps(here: Iterable[EntrySpan], segment: Segment) -> bool:
    """Return whether entries of its device are here that are as old as those of a segment, or newer."""
    return any(span.device == segment.device and segment.first <= span.last for span in here)


def holding(segments: Iterable[Segment], ids: Iterable[str]) -> list[Segment]:
    """Return which segments have one of these entries (`cafe-12`), in order."""
    numbers: dict[str, list[int]] = {}
    for id in ids:
        device, _, number = id.rpartition("-")
        if number.isascii() and number.isdecimal():
            numbers.setdefault(device, []).append(int(number))
    return sorted(
        segment
        for segment in segments
        if any(segment.first <= number <= segment.last for number in numbers.get(segment.device, ()))
    )


def uncovered(spans: Iterable[EntrySpan], there: Iterable[Segment]) -> list[EntrySpan]:
    """Return the parts of the spans that no segment has, none longer than a segment may be."""
    by_device: dict[str, list[Segment]] = {}
    for segment in there:
        by_device.setdefault(segment.device, []).append(segment)
    found: list[EntrySpan] = []
    for span in spans:
        begin = span.first
        for segment in sorted(by_device.get(span.device, ()), key=lambda one: one.first):
            if segment.last < begin:
                continue
            if segment.first > span.last:
                break
            found += _parts(span.device, begin, segment.first - 1)
            begin = segment.last + 1
        found += _parts(span.device, begin, span.last)
    return found


def _parts(device: str, first: int, last: int) -> list[EntrySpan]:
    return [EntrySpan(device, at, min(at + MOST_ENTRIES - 1, last)) for at in range(first, last + 1, MOST_ENTRIES)]


def compactable(pushed: Mapping[Segment, str], month: str) -> list[list[Segment]]:
    """Return groups of segments that follow one another and are to become one each: those of one month before this.

    `pushed` says in which month (`2026-11`) this device put each of its segments.
    """
    groups: list[list[Segment]] = []
    for segment in sorted(pushed, key=lambda one: (one.device, one.first, one.last)):
        if pushed[segment] >= month:
            continue
        last = groups[-1] if groups else []
        if (
            last
            and last[-1].device == segment.device
            and last[-1].last + 1 == segment.first
            and pushed[last[-1]] == pushed[segment]
            and segment.last - last[0].first < MOST_ENTRIES
        ):
            last.append(segment)
        else:
            groups.append([segment])
    return [group for group in groups if len(group) > 1]
