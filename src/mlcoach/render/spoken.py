"""Screens for who hears them: lines in words alone, each to be understood by itself.

Screens say with the styles of their spans what is only for the eye and what is only for the ear; what is left of marks,
bars and columns becomes words here. Imported in plain mode alone.
"""

import re
from collections.abc import Iterable

from mlcoach.render.screen import SPOKEN, Line, Lines, is_drawn

_BAR = re.compile("·*[█▓░▁▂▃▄▅▆▇─][█▓░▁▂▃▄▅▆▇─·]*")
# A mark that stands alone; within a word or a formula it is somebody's text.
_MARK = re.compile(r"(?<!\S)([✓✗▸●○★◆↪↓↑│├└⋯▏]|!$)(?!\S)( ?)")
_COUNTED = re.compile(r"(?<=\d )([✓★])(?!\S)")  # `2 ✓`
_COUNTED_AS = {"✓": "passed", "★": "mastered"}
_SAID = {"✓": "ok", "✗": "wrong", "▸": "now", "!": "note"}
# A mark before a unit or its status: the word that it stands for is on the same line.
_STATUS_MARK = re.compile(r"^(\s*)[○·–★~✓▸] (?=[a-z0-9-]+(?:\.[a-z0-9-]+)+\s*$)|^(\s*)[○·–★~] (?=\S|$)")
_NOTHING = re.compile(r"^(\s*)–(\s*)$")  # the cell of a table
_FROM_TO = re.compile(r"(?<=\d)–(?=\d)|(?<=\d [A-Z][a-z][a-z])–(?=\d)")
_ARROW = re.compile(r"(?<=\S) → (?=\S)")
_ANSWER = re.compile(r"^(\s*)→ ")
_SEPARATOR = re.compile(r"(\S*) · (?=(\S*))")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")  # between two columns
_WORD = re.compile(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9.]+|[0-9]+[A-Za-z]+")
_LABEL = re.compile(r"\s*(?!none )[A-Za-z][\w.-]*  +\S")  # a word, and then what it is about
_PAUSE = ":;,.?!"  # where a voice rests already


def undrawn(lines: Iterable[Line]) -> Lines:
    """Return lines without what is drawn, and with words for marks: what a screen reader can say.

    A bar stands beside its figures, so that nothing is lost with it. A line of nothing but marks is left out.
    """
    shown: Lines = []
    is_gone = False  # whether the line before was drawn alone: of the empty ones around it one is enough
    for line in lines:
        if not line and is_gone and (not shown or not shown[-1]):
            continue
        kept: Line = []
        for text, style in line:
            if is_drawn(style):
                continue
            words = _BAR.sub("", text)
            if words != text and not words.strip():
                continue
            is_first = not any(before.strip() for before, _ in kept)
            said = words if style == "code" else _said(words, first=is_first)
            if said or not text:
                kept.append((said, "" if style == SPOKEN else style))
        is_gone = any(text.strip() for text, _ in line) and not any(text.strip() for text, _ in kept)
        if not is_gone:
            shown.append(kept if any(style == "code" for _, style in kept) else _joined(kept))
    while is_gone and shown and not shown[-1]:
        shown.pop()
    return shown


def _said(text: str, *, first: bool) -> str:
    """Return a text with words for its marks; `first`: a line begins with it."""
    said = _ANSWER.sub(r"\1answer: ", _STATUS_MARK.sub(r"\1\2", text)) if first else text
    said = _NOTHING.sub(r"\1none\2", said)
    said = _COUNTED.sub(lambda found: _COUNTED_AS[found[1]], said)
    said = _MARK.sub(lambda found: _SAID[found[1]] + found[2] if found[1] in _SAID else "", said)
    said = _FROM_TO.sub(" to ", _ARROW.sub(" to ", said))
    # Between two letters or in a formula the dot is a product. A comma would part nothing: titles are full of them.
    return _SEPARATOR.sub(lambda found: f"{found[1]} · " if _is_math(found) else f"{found[1]}; ", said)


def _is_math(found: "re.Match[str]") -> bool:
    words = [word.strip("()[]{}!?.,;:") for word in found.groups()]
    if any(_WORD.fullmatch(word) for word in words):
        return False
    if all(word[:1].isdigit() for word in words):
        return True
    return any(word and (not word.isascii() or (len(word) == 1 and word.isalpha())) for word in words)


def _joined(line: Line) -> Line:
    """Return a row as one sentence: a gap between two columns is not heard, so that a semicolon stands there."""
    whole = "".join(text for text, _ in line)
    pause = ": " if _LABEL.match(whole) and len(_GAP.findall(whole.strip())) == 1 else "; "
    kept: Line = []
    at = 0
    for text, style in line:
        shown, start = "", 0
        for gap in _GAP.finditer(whole):
            begin, end = max(0, gap.start() - at), min(len(text), gap.end() - at)
            if begin >= end:
                continue
            is_whole = at <= gap.start() < at + len(text)
            rest = " " if whole[gap.start() - 1] in _PAUSE else pause
            shown += text[start:begin] + (rest if is_whole else "")
            start = end
        kept.append((shown + text[start:], style))
        at += len(text)
    return kept
