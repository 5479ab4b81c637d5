"""Bytes of a file from elsewhere -> text, in whatever encoding it was saved."""

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# JabRef and Emacs say in a file's first lines how it is encoded.
_SAID = re.compile(rb"(?:Encoding:|coding[:=])[ \t]*([A-Za-z][\w.-]{1,30})")
HEAD = 2_000  # bytes in which a file may say so
FAMILIES = ("iso8859", "cp", "mac", "koi8", "gb", "big5", "euc", "shift", "latin")
ZEROS = 0.3  # of every other byte, from which on a text is one of two bytes a character


class DecodedText(NamedTuple):
    """A text, its lines ended by line feeds alone. `guessed` says in words how it was read where that is a guess."""

    text: str
    guessed: str = ""


def decoded(data: bytes) -> DecodedText:
    """Return the text of a file: by its byte order mark, else as UTF-8, else as what it says or looks like.

    A file that is not UTF-8 is read line by line, those lines that are not as Western European (Windows-1252): every
    byte is a character there, so nothing is refused.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return DecodedText(_lines(data[len(mark) :].decode(name, errors="replace")))
    if wide := _two_bytes_a_character(data):
        return DecodedText(_lines(data.decode(wide, errors="replace")), "it was read as UTF-16")
    try:
        return DecodedText(_lines(data.decode("utf-8")))
    except UnicodeDecodeError:
        pass
    said = _said(data)
    if said:
        return DecodedText(_lines(data.decode(said, errors="replace")), f"it was read as {said}, as it says it is")
    read = [_line(one) for one in data.splitlines(keepends=True)]
    number = sum(western for _, western in read)
    which = "1 line of it is" if number == 1 else f"{number:,} lines of it are"
    return DecodedText(
        _lines("".join(text for text, _ in read)),
        f"{which} not UTF-8 and were read as Western European (Windows-1252); look at the accents"
        if number > 1
        else f"{which} not UTF-8 and was read as Western European (Windows-1252); look at the accents",
    )


def _lines(text: str) -> str:
    # Some programs write the byte order mark twice.
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _line(data: bytes) -> tuple[str, bool]:
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), True
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; in Latin-1 they are controls, which are left out later.
        return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in data), True


def _two_bytes_a_character(data: bytes) -> str:
    head = data[:HEAD]
    if len(head) < 4 or b"\0" not in head:
        return ""
    half = len(head) // 2
    if head[1::2].count(0) > ZEROS * half and head[::2].count(0) < head[1::2].count(0) / 4:
        return "utf-16-le"
    if head[::2].count(0) > ZEROS * half and head[1::2].count(0) < head[::2].count(0) / 4:
        return "utf-16-be"
    return ""


def _said(data: bytes) -> str:
    match = _SAID.search(data[:HEAD])
    if match is None:
        return ""
    try:
        name = codecs.lookup(match[1].decode("ascii").replace("_", "-")).name
        if not name.startswith(FAMILIES):
            return ""
        data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return ""
    return name
