"""What `mlcoach help` shows: the list of commands and topics, one page, or the help of a command."""

from typing import NamedTuple


class HelpEntryView(NamedTuple):
    """A command or a topic with what it is about."""

    name: str
    about: str


class HelpPanelView(NamedTuple):
    """Commands that belong together."""

    title: str
    entries: tuple[HelpEntryView, ...]


class HelpContentsView(NamedTuple):
    """All commands by panel, and all topics."""

    panels: tuple[HelpPanelView, ...]
    topics: tuple[HelpEntryView, ...]


class HelpSectionView(NamedTuple):
    """A piece of a page; `text` is a little Markdown in which a paragraph is one line. The first has no title."""

    title: str
    text: str


class HelpTopicView(NamedTuple):
    """One page. `commands` are those it explains, as far as this release has them.

    `also` are other topics on what was asked for; `passages` is what the page says of it, empty where the page itself
    was asked for.
    """

    topic: str
    title: str
    commands: tuple[str, ...]
    sections: tuple[HelpSectionView, ...]
    also: tuple[str, ...] = ()
    passages: tuple[HelpSectionView, ...] = ()


class HelpTextView(NamedTuple):
    """The help of a command as `-h` prints it, or the commands that words may mean with what they do."""

    words: str
    text: str
