"""The key of a member of a group: what is sealed to several of them, and proven to come from one."""

import json
import zlib
from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from hmac import compare_digest

from mlcoach.adapters.sync.agreement import agreed
from mlcoach.adapters.sync.place import UnreadableError
from mlcoach.adapters.sync.sealing import TORN, InvalidKeyError

LARGEST_TEXT = 4_000_000  # bytes of one opened file; a week has a few thousand
PUBLIC_PREFIX = "age1"
FORGED = "it was not written by the member whose folder it is in"
NOT_FOR_US = "it is not sealed to the key of this home, or it is torn"


class NotForUsError(UnreadableError):
    """A file is for others: it was written before this member came, or after they went."""


class MemberKey:
    """An age X25519 identity. `secrets` are the agreed ones known so far, by the public key of the other."""

    def __init__(self, text: str, secrets: dict[str, str] | None = None) -> None:
        self.text = text.strip().upper()
        self.secrets = {} if secrets is None else secrets

    @cached_property
    def public(self) -> str:
        """What others need in order to seal for this one. Raises InvalidKeyError."""
        import pyrage

        try:
            return str(pyrage.x25519.Identity.from_str(self.text).to_public())
        except pyrage.IdentityError:
            raise InvalidKeyError("not a key") from None

    def seal(self, name: str, body: str, members: Sequence[str], to: Sequence[str] = ()) -> bytes:
        """Return a text with a proof for each of the members that it was written here, under this name.

        It is sealed to the public keys `to`, without any to those of the members.
        """
        import pyrage

        proofs = {short_name(member): self._proof(member, name, body) for member in members}
        content = json.dumps({"body": body, "proofs": proofs}, ensure_ascii=False).encode()
        recipients = [pyrage.x25519.Recipient.from_str(key) for key in to or members]
        return bytes(pyrage.encrypt(zlib.compress(content, 6), recipients))

    def open(self, name: str, sealed: bytes, writer: str, keys: Sequence[str] = ()) -> tuple[str, frozenset[str]]:
        """Return the text that a member sealed under this name, and the short names of those it is proven to.

        It is opened with one of the secret `keys`, without any with this one. Raises UnreadableError for what is torn
        or not by that member, NotForUsError for what is not for this key.
        """
        import pyrage

        try:
            identities = [pyrage.x25519.Identity.from_str(key) for key in keys or (self.text,)]
            compressed = pyrage.decrypt(sealed, identities)
        except pyrage.IdentityError:
            raise UnreadableError(TORN) from None
        except pyrage.DecryptError:
            raise (UnreadableError(TORN) if keys else NotForUsError(NOT_FOR_US)) from None
        unpack = zlib.decompressobj()
        try:
            found = json.loads(unpack.decompress(compressed, LARGEST_TEXT))
            body, proofs = found["body"], found["proofs"]
            proof = proofs.get(short_name(self.public))
        except (zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise UnreadableError(TORN) from None
        if proof is None:
            raise NotForUsError(NOT_FOR_US)
        if not isinstance(body, str) or not isinstance(proof, str):
            raise UnreadableError(TORN)
        if not compare_digest(proof.encode("utf-8", "replace"), self._proof(writer, name, body, by_us=False).encode()):
            raise UnreadableError(FORGED)
        return body, frozenset(proofs)

    def _proof(self, other: str, name: str, body: str, *, by_us: bool = True) -> str:
        """Return the code that only the two can make; it names its writer, so that none can be turned round."""
        if other not in self.secrets:
            try:
                self.secrets[other] = agreed(self.text, other).hex()
            except ValueError:
                raise UnreadableError(FORGED) from None
        writer = self.public if by_us else other
        told = f"{writer}\0{name}\0{body}".encode("utf-8", "surrogatepass")
        return blake2b(told, key=bytes.fromhex(self.secrets[other]), digest_size=16).hexdigest()

    def file_text(self) -> str:
        """Return the text of an identity file, which the `age` program reads too. Raises InvalidKeyError."""
        about = "# Your key in a group of `mlcoach group`: whoever has it can read what is shared with you."
        return f"{about}\n# public key: {self.public}\n{self.text}\n"


def new_member_key() -> MemberKey:
    """Return a new key, made by chance."""
    import pyrage

    return MemberKey(str(pyrage.x25519.Identity.generate()))


def read_public_key(text: str) -> str:
    """Return a public key as age writes it. Raises InvalidKeyError."""
    import pyrage

    try:
        return str(pyrage.x25519.Recipient.from_str(text.strip().lower()))
    except pyrage.RecipientError:
        raise InvalidKeyError("not a public key") from None


def short_name(public: str) -> str:
    """Return what the folder of the member with this public key is called."""
    return blake2b(public.encode(), person=b"member", digest_size=8).hexdigest()
