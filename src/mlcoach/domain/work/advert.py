"""The text of an advert, whatever it came as: HTML and escapes become plain lines, harmless to a terminal."""

import re
from html import unescape

from mlcoach.domain.text import without_controls

LONGEST_ADVERT = 100_000  # characters kept; the longest of real ones have a tenth
LONGEST_SOURCE = 8_000_000  # characters read
_UNSEEN = re.compile(
    r"<(script|style|head|svg|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE
)
_ITEM = re.compile(r"<li\b[^>]{0,2000}>", re.IGNORECASE)
_BREAK = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|tr|section|article|table|header|footer)\b[^>]{0,2000}>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,20000}>")
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;:?]*[ -/]*[@-~]|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)|[@-_])")


def plain_advert(source: str) -> str:
    """Return an advert as plain lines of at most LONGEST_ADVERT characters in all, "" where nothing is left."""
    text = _ESCAPE.sub("", source[:LONGEST_SOURCE])
    if "<" in text and _TAG.search(text):
        text = _UNSEEN.sub("\n", text)
        text = _ITEM.sub("\n- ", text)
        text = _BREAK.sub("\n", text)
        text = _TAG.sub(" ", text)
    # Escaped twice where a page was copied out of a page.
    text = unescape(unescape(text)).replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    lines = (" ".join(without_controls(line).split()) for line in text.split("\n"))
    kept: list[str] = []
    length = 0
    for line in lines:
        if not line and (not kept or not kept[-1]):
            continue
        length += len(line) + 1
        if length > LONGEST_ADVERT:
            break
        kept.append(line)
    return "\n".join(kept).strip()
