"""Protobuf's wire format, as much of it as Anki's newer tables need: numbered fields of whole numbers and bytes.

Source: the encoding page of protobuf's documentation. A message is a row of fields, each a key (number × 8 + kind) and
a value; what a reader does not know is passed over by its kind.
"""

from collections.abc import Iterator

VARINT, FIXED_64, BYTES, FIXED_32 = 0, 1, 2, 5
LONGEST_VARINT = 10  # bytes


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield (number, value) of a message's fields, whole numbers as int and all others as bytes.

    Raises ValueError for what is not such a message.
    """
    position, end = 0, len(message)
    while position < end:
        key, position = _varint(message, position)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, position = _varint(message, position)
            yield number, value
            continue
        if kind == BYTES:
            length, position = _varint(message, position)
        elif kind in (FIXED_64, FIXED_32):
            length = 8 if kind == FIXED_64 else 4
        else:
            raise ValueError(f"a field of kind {kind}")
        if length > end - position:
            raise ValueError("a field that is cut short")
        yield number, message[position : position + length]
        position += length


def whole(message: bytes, wanted: int) -> int:
    """Return the whole number of a field, 0 where it is not there: the last one counts. Raises ValueError."""
    found = 0
    for number, value in fields(message):
        if number == wanted and isinstance(value, int):
            found = value
    return found


def text(message: bytes, wanted: int) -> str:
    """Return the text of a field, "" where it is not there: the last one counts. Raises ValueError."""
    found = b""
    for number, value in fields(message):
        if number == wanted and isinstance(value, bytes):
            found = value
    return found.decode("utf-8", "replace")


def _varint(message: bytes, position: int) -> tuple[int, int]:
    """Return the whole number at a place, seven bits a byte with the lowest first, and the place behind it."""
    value = 0
    for place, byte in enumerate(message[position : position + LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, position + place + 1
    raise ValueError("a number that does not end")
