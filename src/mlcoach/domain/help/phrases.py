"""Pages of the help found by a phrase: by all words of it that say something, wherever they are on a page."""

import re
from collections.abc import Container, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from mlcoach.domain.help.page import HelpPage, also_about, asked_page, is_question, page_for
from mlcoach.domain.words import BEGINNING, SMALL_WORDS, holds, plain

# Words that say little of what somebody wants to know: who asks them asks about the others.
LITTLE = SMALL_WORDS | frozenset((
    "about", "after", "again", "all", "already", "am", "any", "anything", "are", "as", "be", "been", "before",
    "being", "by", "can", "cannot", "could", "did", "do", "does", "doing", "don", "every", "get", "give", "go",
    "going", "got", "had", "happen", "happens", "has", "have", "he", "how", "i", "if", "into", "keeps", "let",
    "like", "ll", "lot", "m", "make", "many", "may", "me", "mean", "means", "mlcoach", "more", "much", "must",
    "need", "no", "not", "now", "one", "only", "our", "please", "program", "re", "s", "see", "shall", "she",
    "should", "so", "something", "still", "t", "take", "than", "that", "their", "them", "then", "there", "these",
    "they", "thing", "those", "too", "up", "us", "use", "ve", "want", "was", "we", "were", "what", "when", "where",
    "which", "who", "whom", "why", "will", "without", "work", "works", "would", "you",
))  # fmt: skip
NAMED, DEFINED, HEADED, SAID = 6, 4, 3, 1  # what it weighs where a word of a phrase is found on a page
TOGETHER = 5  # more where all of them are in one paragraph, or find the page
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[\w+#]+")


class _Words(NamedTuple):
    """The stems of a page: those it is found by, those it explains, those of its headings, and each paragraph's."""

    named: frozenset[str]
    defined: frozenset[str]
    headed: frozenset[str]
    paragraphs: tuple[frozenset[str], ...]


def telling(phrase: str) -> frozenset[str]:
    """Return the words of a phrase that say something, as stems."""
    return frozenset(_stem(word) for word in _WORD.findall(plain(phrase)) if word not in LITTLE)


def asked_pages(pages: Sequence[HelpPage], words: str, commands: Container[str] = ()) -> tuple[HelpPage, ...]:
    """Return the page that words mean and the others that explain them; of a question, those that hold its words."""
    found = page_for(pages, words, commands)
    if not found and is_question(words) and (held := phrase_pages(pages, words)):
        return held
    found = found or asked_page(pages, words, commands)
    return (found, *also_about(pages, words, found)) if found else ()


def phrase_pages(pages: Sequence[HelpPage], phrase: str, *, whole: bool = True) -> tuple[HelpPage, ...]:
    """Return the pages that hold all telling words of a phrase, the best first.

    A word counts most where the page is found by it or explains it, and more where all are in one paragraph. One word
    alone has to be among those, or in a heading. Without `whole` it may be anywhere, and of several words one may be
    missing on a page that is found by another.
    """
    wanted = telling(phrase)
    if not wanted:
        return ()
    scores = [(_score(_words(page), wanted, whole=whole), page) for page in pages]
    return tuple(page for score, page in sorted(scores, key=lambda scored: -scored[0]) if score)


def _score(have: _Words, wanted: frozenset[str], *, whole: bool) -> int:
    """Return how well a page answers to words, 0 for not at all."""
    everywhere = frozenset().union(*have.paragraphs)
    ways = ((have.named, NAMED), (have.defined, DEFINED), (have.headed, HEADED), (everywhere, SAID))
    found = [next((weight for among, weight in ways if holds(among, (word,))), 0) for word in wanted]
    weak = max(found) == SAID
    missing = found.count(0)
    together = any(holds(one, wanted) for one in (have.named, *have.paragraphs))
    if missing > (not whole and len(wanted) > 1) or (weak and (missing or (whole and len(wanted) == 1))):
        return 0
    return sum(found) + TOGETHER * together


@cache
def _words(page: HelpPage) -> _Words:
    paragraphs = [line for part in page.sections for line in part.text.split("\n") if line.strip()]
    return _Words(
        stems((page.name, page.title, *page.words)),
        stems(page.defined),
        stems(part.title for part in page.sections),
        tuple(stems((line,)) for line in paragraphs),
    )


def stems(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts without their endings."""
    return frozenset(_stem(word) for text in texts for word in _WORD.findall(plain(text)))


def _stem(word: str) -> str:
    """Return a word without its ending: `missed`, `misses` and `missing` are one."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= BEGINNING - 1 and not word.endswith("ss"):
            word = word.removesuffix(ending)
            break
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word
