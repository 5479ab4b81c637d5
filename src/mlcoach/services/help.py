"""The pages of the help: which there are, which one words mean, and one of them as a view."""

import re
from collections.abc import Container, Mapping, Sequence

from mlcoach.adapters.help_pages import filled, read_pages
from mlcoach.domain.help import page as help_page
from mlcoach.domain.help.page import HelpPage
from mlcoach.domain.help.passages import passages
from mlcoach.domain.help.phrases import asked_pages, phrase_pages
from mlcoach.views.help.pages import (
    HelpContentsView,
    HelpEntryView,
    HelpPanelView,
    HelpSectionView,
    HelpTopicView,
)
from mlcoach.views.search import SearchHitView


def pages(commands: Container[str]) -> tuple[HelpPage, ...]:
    """Return the pages; those on commands that this release does not have are left out."""
    return help_page.shown_pages(read_pages(), commands)


def contents(sections: Mapping[str, Mapping[str, str]]) -> HelpContentsView:
    """Return the list of all commands, given by panel with their one-line helps, and of all topics."""
    panels = tuple(
        HelpPanelView(title, tuple(HelpEntryView(name, about) for name, about in commands.items()))
        for title, commands in sections.items()
    )
    known = {name for commands in sections.values() for name in commands}
    return HelpContentsView(panels, tuple(HelpEntryView(page.name, page.title) for page in pages(known)))


def topic(words: str, commands: Container[str]) -> HelpTopicView | None:
    """Return the page that words mean, None where no page is about them."""
    return _first(asked_pages(pages(commands), words, commands), words, commands)


def phrase(words: str, commands: Container[str], *, whole: bool = True) -> HelpTopicView | None:
    """Return the page that holds the words of a phrase; see `phrase_pages`."""
    return _first(phrase_pages(pages(commands), words, whole=whole), words, commands)


def _first(found: Sequence[HelpPage], words: str, commands: Container[str]) -> HelpTopicView | None:
    """Return the first page as it is shown, with what it says of the words, and the names of two others on the same.

    None for no page.
    """
    if not found:
        return None
    page, *others = found
    return HelpTopicView(
        page.name,
        page.title,
        tuple(name for name in page.commands if name in commands),
        tuple(HelpSectionView(part.title, filled(part.text)) for part in page.sections),
        tuple(other.name for other in others[:2]),
        tuple(HelpSectionView(part.title, filled(part.text)) for part in passages(page, words)),
    )


def page_hits(words: str, commands: Container[str]) -> list[tuple[SearchHitView, bool]]:
    """Return every page as a hit of a search, its sentences as pieces of its text, and whether the words mean it."""
    known = pages(commands)
    about = help_page.page_for(known, words, commands)
    return [(_hit(page), page == about) for page in known]


def _hit(page: HelpPage) -> SearchHitView:
    text = "\n".join(part.text for part in page.sections).replace("**", "").replace("; ", ", ")
    sentences = [one.strip(" -.") for one in re.split(r"(?<=[.:])\s+|\n", text) if one.strip(" -`")]
    return SearchHitView("help", page.name, page.title, "; ".join(sentences), f"mlcoach help {page.name}")


def explained_in(command: str) -> str:
    """Return the topic whose page explains a command, "" where none does."""
    return next((page.name for page in read_pages() if command in page.commands), "")
