"""Which place this home syncs with, and the key of it: made, joined, and looked at before anything is carried."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.sync.folder import FolderPlace
from mlcoach.adapters.sync.git import GitPlace, is_git_address
from mlcoach.adapters.sync.place import Listing, Place, UnreadableError
from mlcoach.adapters.sync.sealing import InvalidKeyError, PlaceKey, new_key, read_key
from mlcoach.errors import InvalidFileError, NotFoundError, StoreError, UsageError, WrongKeyError

if TYPE_CHECKING:
    from mlcoach.services.context import Context

FORMAT = "format.toml"
FORMAT_VERSION = 1
LARGEST_KEY_FILE = 100_000  # bytes
NO_PLACE = "there is no place yet"
MAKE_ONE = "`mlcoach sync init FOLDER` makes one, `mlcoach sync join PLACE` joins one of another machine"
ANOTHER_KEY = "the key that begins with AGE-SECRET-KEY-1, as `sync init` showed it on the first machine"


class Connected(NamedTuple):
    """A place and the key to it."""

    place: Place
    key: PlaceKey


def address_of(context: "Context") -> str | None:
    """Return the address of this home's place, None without one."""
    try:
        return str(json.loads(_file(context).read_bytes())["place"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def key_file(context: "Context") -> Path:
    """Return where the key is kept."""
    return context.places.sync / "key.txt"


def connect(context: "Context") -> Connected:
    """Return this home's place. Raises NotFoundError without one, InvalidFileError for a key that is gone or broken."""
    address = address_of(context)
    if address is None:
        raise NotFoundError(NO_PLACE, MAKE_ONE)
    try:
        key = PlaceKey(_key_text(context))
    except (OSError, InvalidKeyError) as error:
        raise InvalidFileError(
            f"`{key_file(context)}` is not the key of your place", f"`mlcoach sync join {address}` asks for it again"
        ) from error
    return Connected(open_place(context, address), key)


def _key_text(context: "Context") -> str:
    """Return the key in the file, looked at no further: that needs a library, and was done when it was kept."""
    lines = key_file(context).read_text(encoding="utf-8").splitlines()
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(found) != 1:
        raise InvalidKeyError("not a key")
    return found[0]


def open_place(context: "Context", address: str) -> Place:
    """Return the place of an address. Raises UsageError for what is not the address of one."""
    if is_git_address(address):
        from hashlib import blake2b

        name = blake2b(address.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        return GitPlace(address, context.places.state / "sync" / f"{name}.git", context.environment)
    if address.startswith("s3://"):
        from mlcoach.adapters.sync.s3 import S3Place

        return S3Place(address, context.environment)
    if address.startswith(("postgresql://", "postgres://")):
        from mlcoach.adapters.sync.postgres import PostgresPlace

        return PostgresPlace(address)
    if "://" in address or address.startswith("-"):
        raise UsageError(
            f"`{address}` is not a folder, a git remote, a bucket or a database",
            "name a folder, `git@host:me/study.git`, `s3://bucket/prefix` or `postgresql://host/database`",
        )
    return FolderPlace(Path(address))


def absolute(address: str) -> str:
    """Return an address as it is kept: paths from the root on."""
    path = Path(address).expanduser()
    if "://" in address or (is_git_address(address) and not path.is_dir()) or address.startswith("-"):
        return address
    return str(path.absolute())


def check_format(place: Place, listing: Listing, key: PlaceKey) -> None:
    """Raise an error for a place that is not there, has another key or a newer form; nothing was changed by then."""
    if FORMAT not in listing.sizes:
        raise NotFoundError(
            f"there is no mlcoach place at `{place.address}`",
            "is the drive there, and has all of it been carried? nothing was changed",
        )
    version, fingerprint = _read_format(place)
    if version > FORMAT_VERSION:
        raise StoreError(
            f"the place `{place.address}` was made by a newer mlcoach (form {version}, this program knows"
            f" {FORMAT_VERSION})",
            "update mlcoach; nothing was changed",
        )
    if fingerprint != key.fingerprint:
        raise InvalidFileError(
            f"the place `{place.address}` has another key than the one kept here: it was changed, or two machines ran"
            " `sync init`",
            f"`mlcoach sync join {place.address}` asks for the key of the other machine; nothing was changed",
        )


def _read_format(place: Place) -> tuple[int, str]:
    import tomllib

    try:
        found = tomllib.loads(place.get(FORMAT).decode("utf-8"))
        version, fingerprint = found["version"], found["key"]
        if type(version) is not int or not isinstance(fingerprint, str):
            raise ValueError("not of that type")
    except (UnreadableError, ValueError, KeyError) as error:
        raise InvalidFileError(
            f"`{FORMAT}` of the place `{place.address}` cannot be read", "it may be on its way; nothing was changed"
        ) from error
    return version, fingerprint


def make(context: "Context", address: str) -> Connected:
    """Make a place, keep its key here and return both.

    Raises UsageError where there is one already, or other files, and what the place raises; the key is kept before the
    place is touched, so that no place is left without one.
    """
    address = absolute(address)
    _refuse_own_folders(context, address)
    place = open_place(context, address)
    if isinstance(place, FolderPlace):
        _make_folder(Path(address))
    listing = place.listing()
    if FORMAT in listing.sizes:
        raise UsageError(
            f"`{address}` is a place already", f"`mlcoach sync join {address}` joins it, with the key of that machine"
        )
    if isinstance(place, FolderPlace) and (listing.sizes or listing.strange):
        raise UsageError(f"`{address}` has other files in it", "name a new folder, or an empty one")
    key = _key_kept_for(context, address) or new_key()
    keep(context, address, key)
    place.put(FORMAT, f'version = {FORMAT_VERSION}\nkey = "{key.fingerprint}"\n'.encode())
    place.finish()
    check_format(place, place.listing(), key)
    return Connected(place, key)


def _key_kept_for(context: "Context", address: str) -> PlaceKey | None:
    """Return the key of an `init` that was interrupted."""
    if address_of(context) != address:
        return None
    try:
        return read_key(key_file(context).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def join(context: "Context", address: str, key_text: str) -> Connected:
    """Join a place that another machine made, and keep its key.

    Raises UsageError for a wrong key; then nothing was changed.
    """
    address = absolute(address)
    _refuse_own_folders(context, address)
    try:
        key = read_key(key_text)
    except InvalidKeyError as error:
        raise WrongKeyError(f"that is not a key: {error}", f"it is {ANOTHER_KEY}") from error
    place = open_place(context, address)
    listing = place.listing()
    if FORMAT in listing.sizes and _read_format(place)[1] not in ("", key.fingerprint):
        raise WrongKeyError(
            f"that is not the key of the place `{address}`; nothing was changed", f"it is {ANOTHER_KEY}"
        )
    check_format(place, listing, key)
    keep(context, address, key)
    return Connected(place, key)


def keep(context: "Context", address: str, key: PlaceKey) -> None:
    """Keep the key and the address of this home's place. Raises StoreError."""
    from mlcoach.services.made_files import put

    put(context, key_file(context), key.file_text().encode())
    put(context, _file(context), json.dumps({"place": address}, ensure_ascii=False).encode())


def read_key_file(path: Path) -> str:
    """Return the text of a key file. Raises NotFoundError and InvalidFileError."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_KEY_FILE).decode("utf-8")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise NotFoundError(f"no file `{path}`", "name the file with the key") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidFileError(f"`{path}` cannot be read as text", "name the file with the key") from error


def own_address(context: "Context", address: str) -> str:
    """Return an address as it is kept. Raises UsageError for a folder of this home, or one around it."""
    address = absolute(address)
    _refuse_own_folders(context, address)
    return address


def _refuse_own_folders(context: "Context", address: str) -> None:
    """Raise UsageError for a place in a folder of this home, or around one: the store would be carried with it."""
    if "://" in address:
        return
    where = context.places
    path = Path(address).resolve()
    for folder in (where.data, where.config, where.state, where.cache):
        own = folder.resolve()
        if path == own or path.is_relative_to(own) or own.is_relative_to(path):
            raise UsageError(
                f"`{address}` and your own folder `{folder}` lie in one another",
                "name a folder of its own: the store must not be carried while it is in use",
            )


def _make_folder(folder: Path) -> None:
    from mlcoach.private_files import make_folder

    if folder.is_dir():
        return
    try:
        make_folder(folder)
    except OSError as error:
        raise UsageError(f"cannot make the folder `{folder}`: {error.strerror}", "name another one") from error


def _file(context: "Context") -> Path:
    return context.places.sync / "place.json"
