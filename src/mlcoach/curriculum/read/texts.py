"""Characters that do not belong in a text, most of them made by a backslash in double quotes."""

import re
from collections.abc import Iterator
from typing import Any

from mlcoach.curriculum.read.error_messages import describe
from mlcoach.curriculum.read.locate import ESCAPE, KeyPath, Span, unescape
from mlcoach.curriculum.read.problems import shown
from mlcoach.curriculum.read.source import MOST_PROBLEMS, Source
from mlcoach.domain.text import is_hostile

# In these a tab typed with the tab key is part of the code.
CODE_KEYS = frozenset({"code", "expects", "prompt", "solution", "test", "starter", "file", "body"})
MOST_IN_A_TEXT = 5
# "\nabla" is a line break and `abla`. Only remainders that begin no English word, and `\n` right after
# a sign of mathematics: a line break elsewhere is what the author wanted.
BROKEN_LATEX = re.compile(r"\\n(?:(?:abla|eq|eg|leq|geq|subseteq|ewline)(?![A-Za-z])|(?<=[$_^{(]\\n)[A-Za-z])")


def look_through(source: Source) -> None:
    """Note a problem for every text of the file with a control character in it."""
    latex = BROKEN_LATEX.search(source.text) is not None
    for path, text in strings(source.data):
        # Everything hostile is unprintable, and asking that takes no time.
        if text.isprintable():
            continue
        bare = text.replace("\n", "")
        suspicious = not bare.isprintable() and any(is_hostile(letter) or letter == "\t" for letter in bare)
        if suspicious and len(source.problems) >= MOST_PROBLEMS:
            source.unsaid += 1
        elif suspicious or latex:
            _look_at(source, path, suspicious)


def strings(data: dict[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """Yield every text of a parsed file with its path, in the order of the file."""
    waiting: list[tuple[KeyPath, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            waiting += [((*path, key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*path, index), value[index]) for index in reversed(range(len(value)))]


def _look_at(source: Source, path: KeyPath, suspicious: bool) -> None:
    span = source.locator.values.get(path)
    if span is None:
        return
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    raw = source.text[span.start : span.end]
    escaped = raw.startswith('"')
    found = list(_controls(raw, escaped, tabs_allowed=key in CODE_KEYS)) if suspicious else []
    if escaped and key not in CODE_KEYS and (latex := BROKEN_LATEX.search(raw)):
        found.append(Span(latex.start(), latex.start() + 2))
    owner = describe(source.data, path[:-1])
    where = f"`{shown(key)}`" + (f" of {owner}" if owner else "")
    # Single quotes repair all short escapes of a text at once, so the first stands for them.
    short = [each for each in found if each.end - each.start == 2][:1]
    for each in (short + [each for each in found if each.end - each.start != 2])[:MOST_IN_A_TEXT]:
        written = raw[each.start : each.end]
        if len(written) == 2:
            message = f"`{written}` in double quotes is a control character, in {where}"
            word = re.match(r"\\[A-Za-z]+", raw[each.start :])
            hint = f"single quotes keep backslashes as they are: '…{word[0] if word else written}…'"
        else:
            character = unescape(written) if escaped and written.startswith("\\") else written
            message = f"control character U+{ord(character):04X} in {where}"
            hint = "remove it: a text may hold line breaks, and no other control characters"
        spot = source.locator.spot(Span(span.start + each.start, span.start + each.end))
        source.note("control-character", spot, message, hint)


def _controls(raw: str, escaped: bool, tabs_allowed: bool) -> Iterator[Span]:
    """Yield where the control characters of a raw TOML string are written, typed or as escapes."""
    position = 0
    while position < len(raw):
        if escaped and (escape := ESCAPE.match(raw, position)):
            character = unescape(escape[0])
            if character and (is_hostile(character) or character == "\t"):
                yield Span(position, escape.end())
            position = escape.end()
            continue
        if is_hostile(raw[position]) or (raw[position] == "\t" and not tabs_allowed):
            yield Span(position, position + 1)
        position += 1
