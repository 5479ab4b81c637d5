"""A paper that is to be added: the word that names it, what was said of it, and what a file or the web knows."""

from collections.abc import Callable
from typing import NamedTuple

from mlcoach.domain.curriculum import Paper
from mlcoach.domain.papers.details import KnownPaper
from mlcoach.domain.papers.ids import normal_title, short_id, slug
from mlcoach.domain.papers.names import nearest_id
from mlcoach.domain.text import checked

FIRST_YEAR = 1600  # before the first scientific journal


MOST_NAMED = 3  # papers in a hint


class Details(NamedTuple):
    """What the learner says of a paper; empty is unsaid."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    why: str = ""


class PaperSource(NamedTuple):
    """One paper to add: the word that names it, and what a file said of it. `place` is the line of a list."""

    word: str
    id: str = ""
    known: KnownPaper = KnownPaper()
    place: str = ""


def free_slug(title: str, taken: Callable[[str], bool]) -> str:
    """Return a slug that no other paper has: two titles may begin with the same words."""
    wanted = slug(title)
    key, number = wanted, 1
    while taken(key):
        number += 1
        key = f"{wanted}-{number}"
    return key


def cleaned(source: PaperSource) -> PaperSource:
    """Return the source with its word as it can be kept. Raises UsageError for one that cannot."""
    return source._replace(word=checked(source.word, "paper"))


def untitled_hint(word: str, bundled: dict[str, Paper]) -> str:
    """Return the id that was probably meant, else bundled papers whose titles hold the word, and what others need."""
    if near := nearest_id(word):
        return f"did you mean `{near}`?"
    title = normal_title(word)
    holding = [paper for paper in bundled.values() if title and f" {title} " in f" {normal_title(paper.title)} "]
    named = [f"`{short_id(paper.id)}`, {paper.title}" for paper in holding[:MOST_NAMED]]
    near = f"did you mean {'; or '.join(named)}? " if named else ""
    needs = "A paper" if near else "a paper"
    return f'{near}{needs} without an id needs its title: `mlcoach paper add --title "…"`'


def joined(said: KnownPaper, found: KnownPaper | None) -> KnownPaper:
    """Return what a file and the web say together; the web knows better, but for the file itself."""
    if found is None:
        return said
    kept = {name: value for name, value in said.details.items() if name not in found.details}
    return KnownPaper(
        found.title or said.title,
        found.authors or said.authors,
        found.year or said.year,
        {**found.details, "told": found.title, **kept},
    )


def pdf_source(word: str, id: str, known: KnownPaper, path: str) -> PaperSource:
    """Return the source for a PDF: what it says of itself, and where it is."""
    details = {**known.details, "pdf": path}
    # A title from a PDF's properties is a guess; with an id the web or the map has the right one.
    return PaperSource("" if id else word, id, KnownPaper(known.title, known.authors, known.year, details))
