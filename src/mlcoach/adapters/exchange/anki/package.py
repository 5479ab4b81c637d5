"""The file that Anki exports: a zip whose one member of interest is a database. Nothing in it is trusted.

Names of members are compared and never used as paths; sizes are counted while reading, whatever the file declares.
The newer format packs the database once more, with zstd, inside the zip.
"""

import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Protocol

from mlcoach.adapters.exchange.anki import wire
from mlcoach.errors import InvalidFileError, NotFoundError

# The first that is there holds the cards; in the others there is a note for programs that do not know it.
NEWEST_NAMES = ("collection.anki21b", "collection.anki21", "collection.anki2")
COMPRESSED_NAME = NEWEST_NAMES[0]
META_NAME = "meta"  # says in which version of the format a package is
VERSION_FIELD, NEWEST_VERSION = 1, 3
LARGEST_META = 10_000  # bytes
LARGEST_WINDOW = 27  # zstd looks back over 2^27 bytes at most: its own limit unless it is told otherwise
LARGEST_COLLECTION = 600_000_000  # bytes, unpacked; 100,000 cards with 2 million answers take half of it
# A database is packed to a fifth or a tenth; a bomb to a thousandth.
HIGHEST_RATIO, SUSPICIOUS_FROM = 100, 20_000_000
LARGEST_DIRECTORY = 50_000_000  # bytes; about half a million members
PIECE = 1 << 20
DAMAGED_HINT = "export it from Anki once more"


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """Give the database of a package as a file of its own, private and gone at the end.

    Raises NotFoundError for a file that is not there, InvalidFileError for one that is not a package, is damaged or
    encrypted, is of a format to come, or unpacks to more than a collection can be.
    """
    with TemporaryDirectory(prefix="mlcoach-") as folder:
        target = Path(folder) / "collection.sqlite3"
        try:
            with path.open("rb") as file:
                _check_directory(path, file)
                with zipfile.ZipFile(file) as package:
                    _check_version(path, package)
                    _copy(path, package, _member(path, package), target)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise NotFoundError(f"no file `{path}`", "name the .apkg or .colpkg file to import") from error
        except OSError as error:
            raise InvalidFileError(f"cannot read `{path}`: {error.strerror or error}", "make it readable") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, NotImplementedError) as error:
            raise InvalidFileError(f"`{path}` is damaged, or no Anki package", DAMAGED_HINT) from error
        yield target


def _check_directory(path: Path, file: IO[bytes]) -> None:
    """Refuse a list of members that is too long before it is read into memory."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - 66_000))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < 22:
        raise InvalidFileError(f"`{path}` is not an Anki package", "name a .apkg or .colpkg file; Anki exports them")
    length = struct.unpack_from("<L", tail, end + 12)[0]
    locator = tail.rfind(b"PK\x06\x07", 0, end)
    if locator >= 0 and len(tail) - locator >= 20:
        file.seek(min(struct.unpack_from("<Q", tail, locator + 8)[0], size))
        record = file.read(56)
        if len(record) == 56 and record.startswith(b"PK\x06\x06"):
            length = max(length, struct.unpack_from("<Q", record, 40)[0])
    file.seek(0)
    if length > LARGEST_DIRECTORY:
        raise InvalidFileError(f"`{path}` has too many files in it and is not read", "export it without media")


def _check_version(path: Path, package: zipfile.ZipFile) -> None:
    """Refuse a package of a format that came after this program. One that says nothing is of the oldest."""
    metas = [member for member in package.infolist() if member.filename == META_NAME]
    if not metas:
        return
    _check_packing(path, metas[0])
    with package.open(metas[0]) as file:
        version = wire.whole(file.read(LARGEST_META), VERSION_FIELD)
    if version > NEWEST_VERSION:
        raise InvalidFileError(
            f"`{path}` is in a format of Anki that came after this program ({version})",
            "update mlcoach, or tick “Support older Anki versions” where Anki exports it",
        )


def _member(path: Path, package: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the member that holds the cards."""
    members: dict[str, list[zipfile.ZipInfo]] = {}
    for member in package.infolist():
        if member.filename in NEWEST_NAMES:
            members.setdefault(member.filename, []).append(member)
    name = next((name for name in NEWEST_NAMES if name in members), "")
    if not name:
        raise InvalidFileError(f"`{path}` holds no Anki collection", "name a .apkg or .colpkg file; Anki exports them")
    if len(members[name]) > 1:
        raise InvalidFileError(f"`{path}` holds two collections of one name", DAMAGED_HINT)
    _check_packing(path, members[name][0])
    return members[name][0]


def _check_packing(path: Path, member: zipfile.ZipInfo) -> None:
    if member.flag_bits & 0x1:
        raise InvalidFileError(f"`{path}` is encrypted", "unpack it with its password, or export it once more")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InvalidFileError(f"`{path}` is packed in a way that Anki does not use", DAMAGED_HINT)


def _copy(path: Path, package: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Unpack a member in pieces, and stop when it grows beyond what it may be."""
    most = min(LARGEST_COLLECTION, max(SUSPICIOUS_FROM, HIGHEST_RATIO * member.compress_size))
    too_large = InvalidFileError(
        f"`{path}` unpacks to more than a collection can be, and is not imported", DAMAGED_HINT
    )
    if member.file_size > most:
        raise too_large
    written = 0
    target.touch(mode=0o600)
    with package.open(member) as packed, target.open("wb") as out:
        source = _unzstd(packed) if member.filename == COMPRESSED_NAME else packed
        while piece := source.read(PIECE):
            written += len(piece)
            if written > most:
                raise too_large
            out.write(piece)


class _Source(Protocol):
    """What is read in pieces."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, so many at most; none at the end."""


def _unzstd(packed: IO[bytes]) -> _Source:
    """Return what zstd packed, unpacked as it is read. Raises ValueError for the first bytes of anything else."""
    if sys.version_info >= (3, 14):
        from compression.zstd import DecompressionParameter, ZstdError, ZstdFile

        source: _Source = ZstdFile(packed, options={DecompressionParameter.window_log_max: LARGEST_WINDOW})
        failure: type[Exception] = ZstdError
    else:
        from zstandard import ZstdDecompressor, ZstdError

        unpacker = ZstdDecompressor(max_window_size=1 << LARGEST_WINDOW)
        source = unpacker.stream_reader(packed, read_across_frames=True)
        failure = ZstdError
    return _Unpacking(source, failure)


class _Unpacking:
    """Reads what is packed, and says of damage what every reader of files says."""

    def __init__(self, source: _Source, failure: type[Exception]) -> None:
        self._source = source
        self._failure = failure

    def read(self, size: int, /) -> bytes:
        try:
            return self._source.read(size)
        except self._failure as error:
            raise ValueError(str(error)) from error
