"""Commands as text, to be read and copied: their words, shorter forms that mean the same, and how one is broken."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from mlcoach.domain.papers.ids import short_id, slug

# Blanks within quotes belong to a word.
_WORD = re.compile(r"""(?:"[^"]*"|'[^']*'|\S)+""")
_ID = re.compile(r"[\w-]+(?:\.[\w-]+)*(?:/[\w.-]+)?")
# Of papers: these mean the one whose turn it is where none is named.
_OF_CURRENT = ("read", "finish")
_OF_QUEUE = (*_OF_CURRENT, "check", "note", "show", "open", "ask", "term", "card", "drop")  # these know titles too
# These know a part of the map by the end of its id; elsewhere, as in `note open`, a word is no more than a word.
_OF_STUDY = ("start", "log", "done", "skip")
_OF_MAP = (*_OF_STUDY, "reopen", "practice", "review", "grade", "cards", "curriculum", "goal", "memory")
SHORTEST_NAME = 3  # letters
SHORTEST_TITLE = 5  # letters: `a-few` is a paper, `a` could be any
GOES_ON = " \\"  # behind a line of a command that goes on in the next one: a shell reads both as one


class KnownNames(NamedTuple):
    """What a command may name: ids of the map, titles of the papers of the queue by id, the one whose turn it is.

    `far` are units neither under way nor on the path: where time goes, their last part may be asked about.
    """

    ids: Collection[str] = ()
    papers: Mapping[str, str] = {}
    current_paper: str = ""
    far: Collection[str] = ()


def words_of_command(command: str) -> list[str]:
    """Return the words of a command; what stands in quotes is one."""
    return _WORD.findall(command)


def shorter(command: str, known: KnownNames) -> list[str]:
    """Return forms of a command that mean the same, the longest first: its ids by their unique ends, its paper by the
    first words of the title, or left out where it is the paper whose turn it is.

    Nothing else of it changes, and a command that has no shorter form is returned alone.
    """
    words = words_of_command(command)
    forms = [words]
    if words[1:2] and words[1] in _OF_MAP and (words[1] != "curriculum" or words[2:3] in (["show"], ["map"])):
        kept = known.far if words[1] in _OF_STUDY else ()
        forms.append([_end_of(word, known.ids, kept) if number > 1 else word for number, word in enumerate(words)])
    if words[1:2] == ["paper"] and len(words) > 3 and words[2] in _OF_QUEUE:
        paper = _paper_of(words[3], known.papers)
        if paper:
            begin = _beginning(known.papers[paper], known.papers)
            forms.append([*words[:3], begin or words[3], *words[4:]])
        if paper and paper == known.current_paper and words[2] in _OF_CURRENT:
            forms.append([*words[:3], *words[4:]])
    texts = {text for form in forms if len(text := " ".join(form)) < len(command)}
    return [command, *sorted(texts, key=len, reverse=True)]


def fitting(command: str, room: int, known: KnownNames) -> str:
    """Return the longest form of a command that `room` characters hold, the shortest one where none fits."""
    forms = shorter(command, known)
    return next((form for form in forms if len(form) <= room), forms[-1])


def _end_of(word: str, ids: Collection[str], kept: Collection[str] = ()) -> str:
    """Return the shortest end of an id that is the end of no other one; of a step, that of its unit. Others stay."""
    unit, slash, step = word.partition("/")
    if unit in kept:
        return word
    if slash and word not in ids and unit in ids and _ID.fullmatch(word):
        return f"{_end_of(unit, ids)}/{step}"
    if word not in ids or not _ID.fullmatch(word):
        return word
    starts = [at.end() for at in re.finditer(r"[./]", word)]
    for start in reversed(starts):
        end = word[start:]
        if len(end) < SHORTEST_NAME or end.isdecimal() or end in ids:
            continue
        if sum(id.endswith((f".{end}", f"/{end}")) for id in ids) == 1:
            return end
    return word


def _paper_of(name: str, papers: Mapping[str, str]) -> str:
    return next((id for id in papers if name in (id, short_id(id))), "")


def _beginning(title: str, papers: Mapping[str, str]) -> str:
    """Return the first words of a title with which no other paper begins, "" where that takes all of them."""
    words = slug(title).split("-")
    for count in range(1, len(words)):
        begin = "-".join(words[:count])
        fits = [id for id, other in papers.items() if slug(other).startswith(begin) or short_id(id).startswith(begin)]
        if len(begin) >= SHORTEST_TITLE and len(fits) == 1:
            return begin
    return ""


def broken_command(command: str, first: int, room: int) -> list[str]:
    """Return a command as lines that a shell reads as one when they are copied together, broken between words.

    The first has room for `first` characters, those after it for `room`. A word that is longer than a line is on one
    of its own.
    """
    lines: list[str] = []
    left = first
    for word in words_of_command(command):
        if lines and len(lines[-1]) + 1 + len(word) + len(GOES_ON) <= left:
            lines[-1] += " " + word
        else:
            left = room if lines else left
            lines.append(word)
    # The last line needs no sign, so that one more word may fit there.
    if len(lines) > 1 and len(lines[-2]) + 1 + len(lines[-1]) <= (room if len(lines) > 2 else first):
        last = lines.pop()
        lines[-1] += " " + last
    return [*(line + GOES_ON for line in lines[:-1]), lines[-1]] if lines else [""]
