"""How two versions of a file become one again."""

from typing import NamedTuple

from mlcoach.domain.sync.merge_text import merge_text
from mlcoach.domain.sync.versions import original_of


class MergedFile(NamedTuple):
    """What two versions became; where they are in conflict, parts of the second are not in it.

    `about` names the keys both changed.
    """

    content: bytes
    in_conflict: bool
    about: tuple[str, ...] = ()


def merge(path: str, base: bytes | None, one: bytes | None, two: bytes | None) -> MergedFile | None:
    """Return what two versions of a file become, of which `base` is the last they were both made from.

    None for a file that is gone: what one removed and the other changed stays. Where both changed the same, the first
    stands.
    """
    if one is None or two is None:
        kept = two if one is None else one
        return None if kept is None else MergedFile(kept, in_conflict=False)
    if one == two or two == base:
        return MergedFile(one, in_conflict=False)
    if one == base:
        return MergedFile(two, in_conflict=False)
    texts = [_text(content) for content in (base or b"", one, two)]
    if any(text is None for text in texts):
        return MergedFile(one, in_conflict=True)
    was, first, second = (text or "" for text in texts)
    if original_of(path).endswith(".toml"):
        from mlcoach.adapters.sync.toml_merge import merge_toml

        tables = merge_toml(was, first, second)
        if tables is not None:
            return MergedFile(tables.text.encode(), bool(tables.conflicts), tables.conflicts)
    if base is None:
        return MergedFile(one, in_conflict=True)
    merged = merge_text(was, first, second)
    return MergedFile(merged.text.encode(), merged.in_conflict)


def turn(path: str, now: bytes | None, found: bytes | None, wanted: bytes | None) -> bytes | None:
    """Return what is in a file now with one change taken back, that from `wanted` to `found`, while others stay.

    Empty stands for a file that was not there. None where that cannot be told from what was changed since.
    """
    texts = [_text(content or b"") for content in (now, found, wanted)]
    if now is None or any(text is None for text in texts):
        return None
    here, was, to = (text or "" for text in texts)
    if original_of(path).endswith(".toml"):
        from mlcoach.adapters.sync.toml_merge import turned_toml

        turned = turned_toml(here, was, to)
        return turned.encode() if turned else None
    merged = merge_text(was, here, to)
    return None if merged.in_conflict or not wanted or not found else merged.text.encode()


def _text(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None
