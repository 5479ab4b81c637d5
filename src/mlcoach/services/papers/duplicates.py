"""Whether a paper is in the queue already, under another id or another spelling of its title."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.papers.details import KnownPaper, text_of
from mlcoach.domain.papers.names import short_title_key, surname, title_key

if TYPE_CHECKING:
    from mlcoach.services.context import Context

YEARS_APART = 2  # a preprint and its journal


class Face(NamedTuple):
    """By what a paper is recognised."""

    key: str
    title: str
    surnames: frozenset[str]
    year: int | None
    ids: tuple[str, ...]
    dropped: bool = False


class Duplicates:
    """The papers of the queue, found by id, DOI, arXiv id and title. A look-up costs the same for five as for 5,000."""

    def __init__(self, faces: Iterable[Face]) -> None:
        self._by_id: dict[str, Face] = {}
        self._by_title: dict[str, list[Face]] = {}
        self._by_short: dict[str, list[Face]] = {}
        for face in faces:
            self.add(face)

    @classmethod
    def of_queue(cls, context: "Context") -> "Duplicates":
        """Return those of the learner's queue."""
        return cls(
            Face(
                paper.key, paper.title, frozenset(map(surname, paper.authors)), paper.year,
                _ids(paper.arxiv, paper.doi), paper.status == "dropped",
            )
            for paper in context.store.paper_faces()
        )  # fmt: skip

    def add(self, face: Face) -> None:
        """Remember a paper, also one that was just added."""
        for id in (face.key, *face.ids):
            self._by_id.setdefault(id, face)
        if key := title_key(face.title):
            self._by_title.setdefault(key, []).append(face)
        if key := short_title_key(face.title):
            self._by_short.setdefault(key, []).append(face)

    def find(self, id: str, known: KnownPaper, *, with_dropped: bool = False) -> str:
        """Return the id of the paper of the queue that this one is, or "". Those dropped count only by their id."""
        for one in (id, *ids_of(known)):
            if one and one in self._by_id:
                return self._by_id[one].key
        wanted = title_key(known.title)
        if not wanted:
            return ""
        surnames = frozenset(map(surname, known.authors))
        for face in self._by_title.get(wanted, ()):
            if (with_dropped or not face.dropped) and not _differs(face, surnames, known.year):
                return face.key
        # One of the two may lack its subtitle; then authors and year must speak for it.
        near: list[Face] = list(self._by_short.get(wanted, ()))
        near += self._by_title.get(short_title_key(known.title) or "-", ())
        for face in near:
            if (with_dropped or not face.dropped) and face.surnames & surnames and _near(face.year, known.year):
                return face.key
        return ""


def face_of(key: str, known: KnownPaper) -> Face:
    """Return by what a paper that is being added will be recognised."""
    return Face(key, known.title, frozenset(map(surname, known.authors)), known.year, ids_of(known))


def ids_of(known: KnownPaper) -> tuple[str, ...]:
    """Return the ids that what is known of a paper names."""
    return _ids(text_of(known.details, "arxiv"), text_of(known.details, "doi"))


def _ids(arxiv: str, doi: str) -> tuple[str, ...]:
    return tuple(filter(None, (f"arxiv:{arxiv}" if arxiv else "", f"doi:{doi.lower()}" if doi else "")))


def _differs(face: Face, surnames: frozenset[str], year: int | None) -> bool:
    """Return whether two papers of one title are surely two: other people wrote them, years apart."""
    return bool(face.surnames and surnames) and not face.surnames & surnames and not _near(face.year, year)


def _near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= YEARS_APART
