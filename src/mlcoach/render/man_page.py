"""Man pages, in the roff that `man` reads: of the program with all its commands, and of each topic.

The macros are those of man(7). Dashes are written `\\-`, so that an option can be copied from the page.
"""

import re
from collections.abc import Iterable, Iterator

from mlcoach.views.help.manual import CommandHelpView, ManualView, OptionView
from mlcoach.views.help.pages import HelpTopicView

_ITEM = re.compile(r"([-*]|\d+\.)\s+(.*)")
_MARKED = re.compile(r"`([^`\n]+)`|\*\*([^*\n]+)\*\*")


def program_page(view: ManualView) -> str:
    """Return mlcoach(1): every command with its options."""
    lines = [*_head("MLCOACH", 1, view.version), ".SH NAME", rf"mlcoach \- {_text(_small(view.about))}"]
    lines += [".SH SYNOPSIS", r".B mlcoach", "[COMMAND] [OPTIONS]", ".SH DESCRIPTION", _line(view.about)]
    lines += [".PP", _line("`mlcoach` alone is `mlcoach today`. Every command explains itself with `-h`.")]
    lines += [".SH OPTIONS", *_options(view.options)]
    by_name = {command.usage.split()[1]: command for command in view.commands}
    for panel in view.panels:
        lines.append(f".SH COMMANDS: {_text(panel.title.upper())}")
        for entry in panel.entries:
            lines += _command(by_name[entry.name])
    lines += [".SH SEE ALSO", ".PP"]
    lines += [rf".BR mlcoach\-{_text(topic.name)} (7)" for topic in view.topics]
    return "\n".join(lines) + "\n"


def topic_page(view: HelpTopicView, version: str) -> str:
    """Return the page of a topic, of section 7."""
    name = f"mlcoach-{view.topic}"
    lines = [*_head(name.upper(), 7, version), ".SH NAME", rf"{_text(name)} \- {_text(_small(view.title))}"]
    for section in view.sections:
        lines += [f".SH {_text((section.title or 'Description').upper())}", *_prose(section.text)]
    lines += [".SH SEE ALSO", ".BR mlcoach (1)"]
    return "\n".join(lines) + "\n"


def _head(name: str, section: int, version: str) -> list[str]:
    return [f'.TH {_text(name)} {section} "" "mlcoach {_text(version)}" "mlcoach"', ".nh", ".ad l"]


def _command(view: CommandHelpView) -> Iterator[str]:
    yield f".SS {_text(view.usage)}"
    for number, paragraph in enumerate(view.about):
        if number:
            yield ".PP"
        yield _line(paragraph)
    yield from _options(view.options)
    if view.example:
        yield ".PP"
        yield _line(f"Example: {view.example}")
    for command in view.commands:
        yield from _command(command)


def _options(options: Iterable[OptionView]) -> Iterator[str]:
    for option in options:
        yield ".TP"
        yield rf"\fB{_text(option.names)}\fR"
        yield _line(option.about or "See above.")


def _prose(text: str) -> Iterator[str]:
    """Yield the lines of a text of the help: paragraphs, lists and fenced code."""
    inside = False
    for line in text.split("\n"):
        if line.startswith("```"):
            inside = not inside
            yield from ((".PP", ".RS 4", ".nf") if inside else (".fi", ".RE"))
        elif inside:
            yield _guarded(_text(line))
        elif item := _ITEM.fullmatch(line):
            yield r".IP \(bu 2" if item[1] in "-*" else f".IP {item[1]} 3"
            yield _line(item[2])
        elif line.strip():
            yield ".PP"
            yield _line(line)


def _line(text: str) -> str:
    """Return a paragraph: what is code or strong is bold."""
    parts, end = [], 0
    for match in _MARKED.finditer(text):
        parts += [_text(text[end : match.start()]), rf"\fB{_text(match[1] or match[2])}\fR"]
        end = match.end()
    return _guarded("".join([*parts, _text(text[end:])]))


def _text(text: str) -> str:
    r"""Return a text in which nothing is a request or an escape of roff."""
    return text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")


def _guarded(line: str) -> str:
    """Return a line that does not begin with what would make it a request."""
    return rf"\&{line}" if line.startswith((".", "'")) else line


def _small(title: str) -> str:
    """Return a title as part of a sentence."""
    return (title[:1].lower() + title[1:]).rstrip(".")
