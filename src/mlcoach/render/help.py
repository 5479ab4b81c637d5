"""The screens of `mlcoach help`: the list of commands and topics, and one page."""

from collections.abc import Sequence

from mlcoach.render.layout import cells, pad, wrap
from mlcoach.render.prose import prose
from mlcoach.render.screen import Lines, prose_width
from mlcoach.views.help.pages import HelpContentsView, HelpEntryView, HelpTextView, HelpTopicView

LONGEST_NAME = 14  # cells


def contents_lines(view: HelpContentsView, width: int | None) -> Lines:
    """Return all commands by panel, then the topics."""
    room = prose_width(width)
    shown: Lines = []
    for panel in view.panels:
        shown += [[(panel.title, "title")], *_entries(panel.entries, room), []]
    shown += [[("Topics", "title")], *_entries(view.topics, room), []]
    ways = (
        ("mlcoach help days", "explains a topic; so do words: mlcoach help miss a day"),
        ("mlcoach log --help", "shows what a command takes, with an example"),
        ("mlcoach search WORDS", "looks through everything, these pages too"),
    )
    if room < 60:
        return shown + [part for command, does in ways for part in ([(command, "accent")], *_muted(does, room))]
    return shown + [[(pad(command, 22), "accent"), (does, "muted")] for command, does in ways]


def _muted(text: str, room: int) -> Lines:
    return [[(line, "muted")] for line in wrap(text, room, "  ")]


def _entries(entries: Sequence[HelpEntryView], room: int) -> Lines:
    names = min(LONGEST_NAME, max((cells(entry.name) for entry in entries), default=0)) + 2
    lines: Lines = []
    for entry in entries:
        first, *others = wrap(entry.about, max(10, room - names - 2))
        lines.append([("  ", ""), (pad(entry.name, names), "accent"), (first, "")])
        lines += [[(" " * (names + 2) + other, "")] for other in others]
    return lines


def topic_lines(view: HelpTopicView, width: int | None) -> Lines:
    """Return what a page says of a word, and where all of it is; or the whole page, and the commands it is about."""
    room = prose_width(width)
    if view.passages:
        return _passages(view, room)
    shown: Lines = [[(view.title, "title")]]
    for section in view.sections:
        head: Lines = [[(section.title, "title")]] if section.title else []
        shown += [[], *head, *prose(section.text, room)]
    if view.commands:
        names = ", ".join(f"mlcoach {name} -h" for name in view.commands)
        shown += [[], *([(line, "muted")] for line in wrap(f"What the commands take: {names}", room))]
    return shown + ([[], *_more(view, room)] if view.also else [])


def _passages(view: HelpTopicView, room: int) -> Lines:
    shown: Lines = []
    for section in view.passages:
        shown += [*prose(section.text, room), []]
    titles = [section.title for section in view.passages if section.title]
    part = f", “{titles[0]}”" if len(titles) == 1 else ""
    shown += [[(line, "muted")] for line in wrap(f"From the page “{view.title}”{part}. All of it:", room)]
    return [*shown, [(f"mlcoach help {view.topic}", "accent")], *_more(view, room)]


def _more(view: HelpTopicView, room: int) -> Lines:
    names = ", ".join(f"mlcoach help {name}" for name in view.also)
    return [[(line, "muted")] for line in wrap(f"More on this: {names}", room)] if names else []


def text_lines(view: HelpTextView, width: int | None) -> Lines:
    """Return a text as it is."""
    return [[(line, "")] for line in view.text.split("\n")]
