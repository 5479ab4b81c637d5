"""The pieces that lines are made of: a text and its style, among them what is only for the eye or only for the ear.

Where a screen is heard its lines are words alone, each to be understood by itself: screens say with the styles of
their spans what is only drawn and what is only said; what is left of marks, bars and columns becomes words here. The
patterns are compiled on first use: most who call the program see its screens.
"""

import re
from collections.abc import Iterable

Span = tuple[str, str]
Line = list[Span]
Lines = list[Line]


class Sentence(list[Span]):
    """A row of a table as it is heard: one sentence, which is never broken."""


SPOKEN = "spoken"  # the style of words for who hears a screen: where it is seen they are left out
DRAWN = "drawn "  # before the style of what is only for the eye: where a screen is heard it is left out
GOES_ON = "↪ "  # before what of a line of code did not fit above

_BAR = "·*[█▓░▁▂▃▄▅▆▇─][█▓░▁▂▃▄▅▆▇─·]*"
# A mark that stands alone; within a word or a formula it is somebody's text.
_MARK = r"(?<!\S)([✓✗▸●○★◆↪↓↑│├└⋯▏]|!$)(?!\S)( ?)"
_COUNTED = r"(?<=\d )([✓★])(?!\S)"  # `2 ✓`
_COUNTED_AS = {"✓": "passed", "★": "mastered"}
_SAID = {"✓": "ok", "✗": "wrong", "▸": "now", "!": "note"}
# A mark before a unit or its status: the word that it stands for is on the same line.
_STATUS_MARK = r"^(\s*)[○·–★~✓▸] (?=[a-z0-9-]+(?:\.[a-z0-9-]+)+\s*$)|^(\s*)[○·–★~] (?=\S|$)"
_NOTHING = r"^(\s*)–(\s*)$"  # the cell of a table
_FROM_TO = r"(?<=\d)–(?=\d)|(?<=\d [A-Z][a-z][a-z])–(?=\d)"
_ARROW = r"(?<=\S) (?:→|->) (?=\S)"
_ANSWER = r"^(\s*)→ "
_SEPARATOR = r"(\S*) · (?=(\S*))"
_GAP = r"(?<=\S) {2,}(?=\S)"  # between two columns
_WORD = r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9.]+|[0-9]+[A-Za-z]+"
_LABEL = r"\s*(?!none )[A-Za-z][\w.-]*(?: [A-Za-z][\w-]*){0,3}  +\S"  # few words, then what they are about
_PAUSE = ":;,.?!"  # where a voice rests already


def drawn(text: str, style: str = "") -> Span:
    """Return a span that is only for the eye."""
    return text, DRAWN + style


def is_drawn(style: str) -> bool:
    """Return whether a span of this style is only for the eye."""
    return style.startswith(DRAWN)


def unspoken(line: Line) -> Line:
    """Return a line as it is seen: without the words that only who hears it needs."""
    if not any(style == SPOKEN or is_drawn(style) for _, style in line):
        return line
    return [(text, style.removeprefix(DRAWN)) for text, style in line if style != SPOKEN]


def undrawn(lines: Iterable[Line]) -> Lines:
    """Return lines without what is drawn, and with words for marks: what a screen reader can say.

    A bar stands beside its figures, so that nothing is lost with it. A line of nothing but marks is left out,
    and a line of code that was broken is one again: a mark within it would be heard as a part of it.
    """
    shown: Lines = []
    is_gone = False  # whether the line before was drawn alone: of the empty ones around it one is enough
    for line in _whole_code(lines):
        if not line and is_gone and (not shown or not shown[-1]):
            continue
        kept: Line = []
        for text, style in line:
            if is_drawn(style):
                continue
            words = re.sub(_BAR, "", text)
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


def _whole_code(lines: Iterable[Line]) -> Lines:
    """Return lines of code that go on below as the one that they are."""
    whole: Lines = []
    for line in lines:
        mark = next((at for at, span in enumerate(line) if span == (GOES_ON, "muted")), None)
        if mark is not None and whole and not "".join(text for text, _ in line[:mark]).strip():
            whole[-1] = [*whole[-1], *line[mark + 1 :]]
        else:
            whole.append(line)
    return whole


def _said(text: str, *, first: bool) -> str:
    """Return a text with words for its marks; `first`: a line begins with it."""
    said = re.sub(_ANSWER, r"\1answer: ", re.sub(_STATUS_MARK, r"\1\2", text)) if first else text
    said = re.sub(_NOTHING, r"\1none\2", said)
    said = re.sub(_COUNTED, lambda found: _COUNTED_AS[found[1]], said)
    said = re.sub(_MARK, lambda found: _SAID[found[1]] + found[2] if found[1] in _SAID else "", said)
    said = re.sub(_FROM_TO, " to ", re.sub(_ARROW, " to ", said))
    # Between two letters or in a formula the dot is a product. A comma would part nothing: titles are full of them.
    return re.sub(_SEPARATOR, lambda found: f"{found[1]} · " if _is_math(found) else f"{found[1]}; ", said)


def _is_math(found: "re.Match[str]") -> bool:
    words = [word.strip("()[]{}!?.,;:") for word in found.groups()]
    if any(re.fullmatch(_WORD, word) for word in words):
        return False
    if all(word[:1].isdigit() for word in words):
        return True
    return any(word and (not word.isascii() or (len(word) == 1 and word.isalpha())) for word in words)


def _joined(line: Line) -> Line:
    """Return a row as one sentence: a gap between two columns is not heard, so that a semicolon stands there."""
    whole = "".join(text for text, _ in line)
    pause = ": " if re.match(_LABEL, whole) and len(re.findall(_GAP, whole.strip())) == 1 else "; "
    kept: Line = Sentence() if re.search(_GAP, whole.strip()) else []
    at = 0
    for text, style in line:
        shown, start = "", 0
        for gap in re.finditer(_GAP, whole):
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
