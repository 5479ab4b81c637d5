"""What a member seals: read by the members it is for, and by nobody taken for somebody else's."""

import pytest

from mlcoach.adapters.sync.agreement import agreed, x25519
from mlcoach.adapters.sync.member_key import (
    FORGED,
    NOT_FOR_US,
    MemberKey,
    new_member_key,
    read_public_key,
    short_name,
)
from mlcoach.adapters.sync.place import UnreadableError
from mlcoach.adapters.sync.sealing import TORN, InvalidKeyError

NAME = "group/x/2026-W48.json.age"


# RFC 7748, section 5.2 and 6.1.
@pytest.mark.parametrize(
    ("scalar", "point", "product"),
    [
        ("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
         "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
         "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"),
        ("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
         "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
         "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"),
    ],
)  # fmt: skip
def test_the_vectors_of_the_standard(scalar: str, point: str, product: str) -> None:
    assert x25519(bytes.fromhex(scalar), bytes.fromhex(point)).hex() == product


def test_two_keys_agree_whoever_asks_and_a_third_does_not() -> None:
    ada, ben, eve = (new_member_key() for _ in range(3))
    assert agreed(ada.text, ben.public) == agreed(ben.text, ada.public)
    assert agreed(ada.text, ben.public) != agreed(eve.text, ben.public)


def test_a_member_reads_what_another_wrote() -> None:
    ada, ben = new_member_key(), new_member_key()
    sealed = ada.seal(NAME, "four hours", [ada.public, ben.public])
    both = frozenset({short_name(ada.public), short_name(ben.public)})
    assert ben.open(NAME, sealed, ada.public) == ("four hours", both)
    assert ada.open(NAME, sealed, ada.public) == ("four hours", both)


def test_what_is_for_others_torn_or_forged_is_not_read() -> None:
    ada, ben, eve = (new_member_key() for _ in range(3))
    sealed = ada.seal(NAME, "four hours", [ada.public, ben.public])
    for key, name, content, writer, reason in (
        (eve, NAME, sealed, ada.public, NOT_FOR_US),
        (ben, NAME, sealed[:-1], ada.public, NOT_FOR_US),
        (ben, NAME, sealed, eve.public, FORGED),
        (ben, "group/x/2026-W49.json.age", sealed, ada.public, FORGED),  # moved to another week
        (ben, NAME, eve.seal(NAME, "no hours", [ben.public]), ada.public, FORGED),
        # What ben himself wrote for ada is not what ada wrote for ben.
        (ben, NAME, ben.seal(NAME, "no hours", [ada.public, ben.public]), ada.public, FORGED),
    ):
        with pytest.raises(UnreadableError, match=reason):
            key.open(name, content, writer)


def test_a_group_key_opens_what_is_sealed_to_it_for_those_it_is_proven_to() -> None:
    ada, ben, eve, group, older = (new_member_key() for _ in range(5))
    sealed = ada.seal(NAME, "four hours", [ada.public, ben.public], [group.public])
    assert ben.open(NAME, sealed, ada.public, [group.text, older.text])[0] == "four hours"
    for key, keys, reason in (
        (eve, [group.text], NOT_FOR_US), (ben, [older.text], TORN), (ben, [], NOT_FOR_US), (ben, ["no key"], TORN),
    ):  # fmt: skip
        with pytest.raises(UnreadableError, match=reason):
            key.open(NAME, sealed, ada.public, keys)


def test_keys_are_looked_at() -> None:
    ada = new_member_key()
    assert read_public_key(f" {ada.public.upper()}\n") == ada.public
    assert MemberKey(ada.text.lower()).public == ada.public
    for text in ("", "age1", ada.public[:-1] + ("q" if ada.public[-1] == "x" else "x"), ada.text, "ssh-ed25519 AAAA"):
        with pytest.raises(InvalidKeyError):
            read_public_key(text)
    with pytest.raises(InvalidKeyError):
        _ = MemberKey("AGE-SECRET-KEY-1X").public
    assert ada.public in ada.file_text()
