"""A page of the help: what it is called, by which words it is found, and its text in sections.

A page is a little Markdown: a title, a line with the commands it explains, a line with the words by which it is found,
and sections. `{settings}` on a line of its own stands for the list of all settings.
"""

import re
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from mlcoach.domain.words import plain, words_of

SETTINGS_HERE = "{settings}"
QUESTIONS = frozenset(("how", "what", "when", "where", "which", "why"))
ITEM = re.compile(r"([-*]|\d+\.)\s")
DEFINED = re.compile(r"\*\*([^*\n]+)\*\*")


class HelpSection(NamedTuple):
    """A piece of a page; the first one has no title. Each paragraph and list item of `text` is one line."""

    title: str
    text: str


class HelpPage(NamedTuple):
    """One page. `commands` are those it explains, `words` those that find it besides its name and its title."""

    name: str
    title: str
    commands: tuple[str, ...]
    words: tuple[str, ...]
    sections: tuple[HelpSection, ...]

    @property
    def defined(self) -> tuple[str, ...]:
        """The words that the page explains: they are strong where it does."""
        return tuple(dict.fromkeys(word for part in self.sections for word in DEFINED.findall(part.text)))


def parsed(name: str, source: str) -> HelpPage:
    """Return a page from its source. Raises ValueError where its title, commands or words are missing."""
    head, _, body = source.partition("\n\n")
    lines = head.split("\n")
    if len(lines) != 3 or [line.partition(" ")[0] for line in lines] != ["#", "commands:", "words:"]:
        raise ValueError(f"{name}: a page begins with its title, its commands and its words")
    title, commands, words = (line.partition(" ")[2].strip() for line in lines)
    parts = re.split(r"^## (.+)\n", body, flags=re.MULTILINE)
    sections = [HelpSection("", unbroken(parts[0]))] if parts[0].strip() else []
    sections += [HelpSection(parts[at], unbroken(parts[at + 1])) for at in range(1, len(parts), 2)]
    found = tuple(word.strip() for word in words.split(",") if word.strip())
    return HelpPage(name, title, tuple(commands.split()), found, tuple(sections))


def unbroken(text: str) -> str:
    """Return a text in which each paragraph and each item of a list is one line; fenced code stays as it is."""
    lines: list[str] = []
    inside = in_list = joins = False
    for line in text.strip("\n").split("\n"):
        fence = line.startswith("```")
        as_it_is = inside or fence or not line.strip() or line.startswith("    ")
        inside ^= fence
        # A paragraph may break before `10.`, which is not an item then. All settings are items, before others.
        item = line == SETTINGS_HERE or (bool(ITEM.match(line)) and (in_list or not joins))
        if joins and not as_it_is and not item:
            lines[-1] += " " + line.strip()
        else:
            lines.append(line.rstrip())
        joins = not as_it_is
        in_list = joins and (in_list or item)
    return "\n".join(lines)


def shown_pages(pages: Iterable[HelpPage], commands: Container[str]) -> tuple[HelpPage, ...]:
    """Return the pages that this release has something to say about: none whose commands are all missing."""
    return tuple(page for page in pages if not page.commands or any(name in commands for name in page.commands))


def page_for(pages: Sequence[HelpPage], words: str, commands: Container[str] = ()) -> HelpPage | None:
    """Return the page that words mean: its name, else a word it is found by, else one it explains, else its title.

    One of the `commands` means a page only by its name or as a word that finds one.
    """
    asked, wanted = plain(words.strip()), words_of(words)
    if named := next((page for page in pages if page.name == asked), None):
        return named
    ways = [[(page, page.words) for page in pages]]
    if asked not in commands:
        ways += [[(page, page.defined) for page in pages], [(page, (page.title,)) for page in pages]]
    found = (page for way in ways for page, names in way if any(words_of(name) == wanted for name in names))
    return next(found, None) if wanted else None


def asked_page(pages: Sequence[HelpPage], words: str, commands: Container[str] = ()) -> HelpPage | None:
    """Return the page that words mean; of a question, the first one that two words of it mean, or one."""
    if found := page_for(pages, words, commands):
        return found
    first, *others = words.strip(" ?").split() or [""]
    if plain(first) not in QUESTIONS:
        return None
    terms = [*map(" ".join, pairwise(others)), *others]
    return next((page for term in terms if (page := page_for(pages, term))), None)


def is_question(words: str) -> bool:
    """Return whether words begin as a question does."""
    return plain(words.strip().partition(" ")[0]) in QUESTIONS


def also_about(pages: Sequence[HelpPage], words: str, page: HelpPage) -> tuple[HelpPage, ...]:
    """Return the other pages that explain these very words, since a word may have two meanings."""
    wanted = words_of(words)
    return tuple(other for other in pages if other != page and any(words_of(word) == wanted for word in other.defined))
