"""What the learner says in their own words: whether it holds the words of an answer, and when its text is shown.

That the words of an answer are missing does not say that the learner is wrong. It is worth one more question, which
tells nothing, and the text comes after what they say to it.
"""

import re
from collections.abc import Sequence

MOST_SAYINGS = 2  # before the text is shown
ENOUGH = 0.8  # of the weighty words of an answer
SHORTEST = 4  # letters of a word with weight; shorter ones join others
STEM = 5  # letters by which two words are the same: case, number and tense come after them
_WORD = re.compile(r"\w+")
_ASIDE = re.compile(r"\([^()]*\)")  # what stands in brackets is an example, or said beside


def says_all(answer: str, words: str) -> bool:
    """Return whether nearly all words with weight of an answer stand in what was said, in any order and ending."""
    wanted, said = _weighty(answer), {word[:STEM] for word in _words(words)}
    return bool(wanted) and len(wanted & said) >= ENOUGH * len(wanted)


def is_text_due(answer: str, sayings: Sequence[str]) -> bool:
    """Return whether the text is shown after these sayings: it was said, or the learner was asked once more."""
    return len(sayings) >= MOST_SAYINGS or (bool(sayings) and says_all(answer, " ".join(sayings)))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _weighty(text: str) -> set[str]:
    words = _words(_ASIDE.sub(" ", text)) or _words(text)
    heavy = {word[:STEM] for word in words if len(word) >= SHORTEST or word.isdigit()}
    return heavy or {word[:STEM] for word in words}
