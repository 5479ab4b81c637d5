"""What a page of the help says of a word: the paragraphs that explain it, before the page as a whole."""

from collections.abc import Sequence
from typing import NamedTuple

from mlcoach.domain.help.page import DEFINED, ITEM, HelpPage, HelpSection
from mlcoach.domain.help.phrases import stems, telling
from mlcoach.domain.words import SMALL_WORDS, holds, plain, words_of

MOST = 3  # paragraphs that are shown of those that use a word and do not explain it


class _Block(NamedTuple):
    """A paragraph, an item of a list, or a block of code, under the title of its section."""

    title: str
    text: str


def passages(page: HelpPage, words: str) -> tuple[HelpSection, ...]:
    """Return the paragraphs of a page that explain words, by section; none where they name the page itself.

    A page is named by its name and by its title. Those where a word is strong explain it. Else those that hold all the
    words, else those that hold all that say something, else the sections that are called so, else what holds the most.
    """
    wanted = words_of(words)
    if not wanted or plain(words.strip()) == page.name or wanted == words_of(page.title):
        return ()
    blocks = [_Block(part.title, text) for part in page.sections for text in _blocks(part.text)]
    told = telling(words)
    chosen = [one for one in blocks if any(words_of(word) == wanted for word in DEFINED.findall(one.text))]
    for asked in (stems([" ".join(wanted - SMALL_WORDS)]), told):
        chosen = chosen or [one for one in blocks if asked and holds(stems([one.text]), asked)][:MOST]
    chosen = chosen or [one for one in blocks if told and one.title and holds(stems([one.title]), told)]
    return _by_section(chosen or _nearest(blocks, told))


def _nearest(blocks: Sequence[_Block], told: frozenset[str]) -> list[_Block]:
    """Return the first blocks that hold the most of the words that say something."""
    count = [sum(holds(stems([one.text]), (word,)) for word in told) for one in blocks]
    most = max(count, default=0)
    return [one for one, found in zip(blocks, count, strict=True) if most and found == most][:MOST]


def _by_section(blocks: Sequence[_Block]) -> tuple[HelpSection, ...]:
    found: dict[str, list[str]] = {}
    for title, text in blocks:
        item = ITEM.match(text) if "\n" not in text else None  # an item alone is a paragraph
        found.setdefault(title, []).append(text[item.end() :] if item else text)
    return tuple(HelpSection(title, "\n\n".join(texts)) for title, texts in found.items())


def _blocks(text: str) -> list[str]:
    """Return the paragraphs of a text and the items of its lists.

    One that ends with a colon goes with the list or the code that follows; other code explains nothing by itself.
    """
    found: list[str] = []
    code = False
    goes_on = ""  # "" or what may follow a colon: `all`, or `items` of the list that began
    for line in text.split("\n"):
        fence, item = line.startswith("```"), bool(ITEM.match(line))
        if code or fence:
            code ^= fence
            if goes_on:
                found[-1] += f"\n{line}"
                goes_on = goes_on if code else ""
        elif line.strip():
            if goes_on == "all" or (goes_on == "items" and item):
                found[-1] += f"\n{line}"
                goes_on = "items" if item else ""
            else:
                found.append(line)
                goes_on = ""
            goes_on = "all" if line.endswith(":") else goes_on
    return found
