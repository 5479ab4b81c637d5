"""A secret that two age keys agree on: X25519 as RFC 7748 describes it, on the keys as age writes them.

age seals, and does not say who sealed. Whoever has one of two secret keys and the other's public one can work out the
secret of the two, and nobody else can; so a text that carries a code made with it comes from one of them.
"""

from hashlib import blake2b

_PRIME = 2**255 - 19
_A24 = 121665
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # of Bech32, BIP 173
_CHECKSUM = 6  # letters


def agreed(secret_key: str, public_key: str) -> bytes:
    """Return the 32 bytes that a secret key (AGE-SECRET-KEY-1…) and another's public one (age1…) agree on.

    Both were looked at before. Raises ValueError for a public key that every other one agrees with.
    """
    shared = x25519(_bytes_of(secret_key), _bytes_of(public_key))
    if not any(shared):
        raise ValueError("not a key of a person")
    return blake2b(shared, person=b"mlcoach group", digest_size=32).digest()


def x25519(scalar: bytes, point: bytes) -> bytes:
    """Return the point times the scalar, each 32 bytes: RFC 7748, section 5."""
    number = int.from_bytes(scalar, "little")
    number = number & ~7 & ~(128 << 8 * 31) | 64 << 8 * 31
    x1 = int.from_bytes(point, "little") & (2**255 - 1)
    x2, z2, x3, z3, swapped = 1, 0, x1, 1, 0
    for at in range(254, -1, -1):
        bit = number >> at & 1
        if swapped ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swapped = bit
        plus, minus = x2 + z2, x2 - z2
        plus_squared, minus_squared = plus * plus % _PRIME, minus * minus % _PRIME
        difference = plus_squared - minus_squared
        crossed, other = (x3 - z3) * plus % _PRIME, (x3 + z3) * minus % _PRIME
        x3 = (crossed + other) ** 2 % _PRIME
        z3 = x1 * (crossed - other) ** 2 % _PRIME
        x2 = plus_squared * minus_squared % _PRIME
        z2 = difference * (plus_squared + _A24 * difference) % _PRIME
    if swapped:
        x2, z2 = x3, z3
    return (x2 * pow(z2, _PRIME - 2, _PRIME) % _PRIME).to_bytes(32, "little")


def _bytes_of(key: str) -> bytes:
    """Return the 32 bytes that a key writes as Bech32."""
    letters = key.lower().rpartition("1")[2][:-_CHECKSUM]
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    # Letters hold five bits each; those that go beyond whole bytes are zeros.
    return (number >> (len(letters) * 5) % 8).to_bytes(len(letters) * 5 // 8, "big")
