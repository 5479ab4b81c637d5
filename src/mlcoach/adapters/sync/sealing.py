"""Sealing with age: whoever has the key opens it, with this program or with `age`; nobody else learns what is in it."""

import zlib
from functools import cached_property
from hashlib import blake2b

from mlcoach.adapters.sync.place import UnreadableError

PREFIX = "AGE-SECRET-KEY-1"
KEY_LENGTH = 74  # characters: the prefix, 52 of 32 bytes and 6 that prove them (bech32, of age)
LARGEST_OPENED = 400_000_000  # bytes
TORN = "it is torn, damaged or sealed with another key"


class InvalidKeyError(ValueError):
    """A text is not a key."""


class PlaceKey:
    """The one key of a place: an age X25519 identity. Names and fingerprint follow from it and do not give it away."""

    def __init__(self, text: str) -> None:
        self.text = text.strip().upper()

    @cached_property
    def fingerprint(self) -> str:
        """What tells this key from another."""
        return blake2b(self._secret, person=b"fingerprint", digest_size=8).hexdigest()

    def digest(self, content: bytes) -> str:
        """Return the name of a content, which says nothing to those who have no key."""
        return blake2b(content, key=blake2b(self._secret, person=b"names").digest(), digest_size=16).hexdigest()

    def seal(self, content: bytes) -> bytes:
        """Return a content compressed and sealed."""
        import pyrage

        identity = pyrage.x25519.Identity.from_str(self.text)
        return bytes(pyrage.encrypt(zlib.compress(content, 6), [identity.to_public()]))

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed. Raises UnreadableError for what is torn, or sealed with another key."""
        import pyrage

        try:
            compressed = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(self.text)])
        except pyrage.DecryptError:
            raise UnreadableError(TORN) from None
        unpack = zlib.decompressobj()
        try:
            content = unpack.decompress(compressed, LARGEST_OPENED)
        except zlib.error:
            raise UnreadableError(TORN) from None
        if not unpack.eof:
            raise UnreadableError("it is larger than any file of a place, or torn")
        return content

    def file_text(self) -> str:
        """Return the text of an identity file, which the `age` program reads too. Raises InvalidKeyError."""
        import pyrage

        try:
            public = pyrage.x25519.Identity.from_str(self.text).to_public()
        except pyrage.IdentityError:
            raise InvalidKeyError("a character of it is wrong") from None
        about = "# The key of your place for `mlcoach sync`: whoever has it can read what lies there."
        return f"{about}\n# public key: {public}\n{self.text}\n"

    @property
    def _secret(self) -> bytes:
        return self.text.encode()


def new_key() -> PlaceKey:
    """Return a new key, made by chance."""
    import pyrage

    return PlaceKey(str(pyrage.x25519.Identity.generate()))


def read_key(text: str) -> PlaceKey:
    """Return the key in a text: alone, with blanks and line ends in it, or in an identity file of age.

    Raises InvalidKeyError, which says what is wrong and nothing of the text.
    """
    key = _key_in(text)
    if len(key) != KEY_LENGTH:
        raise InvalidKeyError(f"it has {len(key)} of its {KEY_LENGTH} characters")
    found = PlaceKey(key)
    found.file_text()
    return found


def characters_missing(text: str) -> int:
    """Return how many characters a key in a text lacks that was broken off, 0 where it is whole or there is none."""
    try:
        return max(0, KEY_LENGTH - len(_key_in(text)))
    except InvalidKeyError:
        return 0


def _key_in(text: str) -> str:
    words = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    begins = [number for number, word in enumerate(words) if word.upper().startswith(PREFIX)]
    if not begins:
        raise InvalidKeyError(f"it does not begin with {PREFIX}")
    if len(begins) > 1:
        raise InvalidKeyError("there are two")
    key = ""
    for word in words[begins[0] :]:
        if len(key) < KEY_LENGTH:
            key += word
    return key
