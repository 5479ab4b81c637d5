"""The rows in the pages of an SQLite file, read without SQLite: nothing of the file need be sound but the page itself.

The format is that of https://www.sqlite.org/fileformat2.html: leaves of table trees (1.6), records (2.1), overflow
pages, and the write-ahead log (4). Pages are looked at one by one; which table one belongs to is not known.
"""

import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

USUAL_PAGE = 4096
LEAF = 0x0D
LONGEST_PAYLOAD = 64_000_000  # bytes
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # bytes by serial type


def rows_in(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """Yield (row id, values) of every row in a leaf of a table, those of the write-ahead log too.

    Text that is not UTF-8 comes as bytes. Raises OSError.
    """
    content = path.read_bytes()
    log = path.with_name(path.name + "-wal")
    size = _page_size(content)
    pages = {number: content[at : at + size] for number, at in enumerate(range(0, len(content), size), start=1)}
    pages.update(_logged(log.read_bytes() if log.exists() else b"", size))
    for number, page in pages.items():
        start = 100 if number == 1 else 0
        if len(page) == size and page[start] == LEAF:
            yield from _rows_of(page, start, pages, size)


def _page_size(content: bytes) -> int:
    size = int.from_bytes(content[16:18], "big")
    size = 65_536 if size == 1 else size
    return size if size >= 512 and size & (size - 1) == 0 else USUAL_PAGE


def _logged(log: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield (page number, page) of the log up to its last commit, in their order."""
    salt, last = log[16:24], 0
    frames: list[tuple[int, bytes]] = []
    for at in range(32, len(log) - size - 23, size + 24):
        number, commit = struct.unpack_from(">II", log, at)
        if log[at + 8 : at + 16] != salt:
            break
        frames.append((number, log[at + 24 : at + 24 + size]))
        last = len(frames) if commit else last
    yield from frames[:last]


def _rows_of(page: bytes, start: int, pages: dict[int, bytes], size: int) -> Iterator[tuple[int, list[Any]]]:
    cells = int.from_bytes(page[start + 3 : start + 5], "big")
    for number in range(min(cells, size // 4)):
        place = int.from_bytes(page[start + 8 + 2 * number : start + 10 + 2 * number], "big")
        try:
            length, place = _varint(page, place)
            row, place = _varint(page, place)
            values = list(_values(_payload(page, place, length, pages, size)))
        except (IndexError, ValueError):
            continue
        yield row, values


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """Return a number of SQLite's variable length, and the place behind it. Raises IndexError."""
    value = 0
    for _ in range(8):
        byte = data[place]
        place += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place
    return value << 8 | data[place], place + 1


def _payload(page: bytes, place: int, length: int, pages: dict[int, bytes], size: int) -> bytes:
    """Return the bytes of a cell, those on overflow pages too. Raises ValueError where they are not all there."""
    if length > LONGEST_PAYLOAD:
        raise ValueError
    if length <= size - 35:
        return page[place : place + length]
    least = (size - 12) * 32 // 255 - 23
    local = least + (length - least) % (size - 4)
    local = local if local <= size - 35 else least
    parts = [page[place : place + local]]
    following = int.from_bytes(page[place + local : place + local + 4], "big")
    missing = length - local
    while missing > 0:
        if following not in pages:
            raise ValueError
        part = pages[following]
        parts.append(part[4 : 4 + min(missing, size - 4)])
        following = int.from_bytes(part[:4], "big")
        missing -= size - 4
    whole = b"".join(parts)
    if len(whole) != length:
        raise ValueError
    return whole


def _values(payload: bytes) -> Iterator[Any]:
    """Yield the values of a record. Raises IndexError and ValueError for anything else."""
    end, place = _varint(payload, 0)
    if not 0 < end <= len(payload):
        raise ValueError
    kinds = []
    while place < end:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    ends = [end]
    for kind in kinds:
        width = (kind - 12) // 2 if kind >= 12 else 8 if kind == 7 else _INTEGERS.get(kind, 0)
        ends.append(ends[-1] + width)
    if ends[-1] > len(payload):
        raise ValueError
    for kind, (first, behind) in zip(kinds, pairwise(ends), strict=True):
        yield _value(kind, payload[first:behind])


def _value(kind: int, raw: bytes) -> Any:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind == 7:
        return struct.unpack(">d", raw)[0]
    if kind in _INTEGERS:
        return int.from_bytes(raw, "big", signed=True)
    if kind < 12:
        raise ValueError  # reserved
    if kind % 2 == 0:
        return raw
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw
