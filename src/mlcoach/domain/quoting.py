"""Texts of others as they are quoted to an assistant: bounded, without what steers a terminal or hides from the eye."""

import re
from collections.abc import Iterable, Mapping

from mlcoach.domain.text import without_controls

Quoted = Mapping[str, str | tuple[str, ...]]
"""Texts of others by what they are; without control characters, bounded, and without those that are empty."""
NOTHING: Quoted = {}

LONGEST = 6_000  # characters of one text
LONGEST_ENTRY = 1_000  # characters of one entry of a list
MOST_ENTRIES = 40
# What begins with an escape goes whole: without its beginning the rest of it would stand in the text.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)", re.DOTALL)
# Tags, joiners of nothing and selectors of variants: a person does not see them, a reader of characters does.
_UNSEEN = re.compile("[\u200b\u2060-\u2064\ufeff\u00ad\U000e0000-\U000e007f\U000e0100-\U000e01ef]")


def cleaned(text: str, longest: int = LONGEST) -> str:
    """Return a text without escapes and unseen characters; what is too long ends with how much was left out."""
    kept = _UNSEEN.sub("", without_controls(_ESCAPES.sub("", text))).strip()
    if len(kept) <= longest:
        return kept
    return f"{kept[:longest].rstrip()} … ({len(kept) - longest:,} more characters)"


def quoted(**texts: str | Iterable[str]) -> Quoted:
    """Return texts of others by what they are, cleaned, without those that are empty."""
    found: dict[str, str | tuple[str, ...]] = {}
    for name, text in texts.items():
        if isinstance(text, str):
            value: str | tuple[str, ...] = cleaned(text)
        else:
            entries = [kept for entry in text if (kept := cleaned(entry, LONGEST_ENTRY))]
            left = len(entries) - MOST_ENTRIES
            value = (*entries[:MOST_ENTRIES], *((f"… ({left:,} more)",) if left > 0 else ()))
        if value:
            found[name] = value
    return found
