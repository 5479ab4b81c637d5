"""Whether a paper is in the queue already, under another id or another spelling of its title."""

from collections.abc import Iterable

from mlcoach.domain.papers.details import KnownPaper, text_of
from mlcoach.domain.papers.identity import (
    Face,
    same_but_for_subtitle,
    same_by_id,
    same_by_title,
)
from mlcoach.domain.papers.names import short_title_key, title_key

MOST_CANDIDATES = 200  # of one title or one id: a bibliography has a hundred editorials


class Duplicates:
    """The papers of the queue, found by id, DOI, arXiv id and title. A look-up costs the same for five as for 5,000."""

    def __init__(self, faces: Iterable[Face]) -> None:
        self._faces: dict[str, Face] = {}
        self._by_id: dict[str, list[str]] = {}
        self._by_title: dict[str, list[str]] = {}
        self._by_short: dict[str, list[str]] = {}
        for face in faces:
            self.add(face)

    def add(self, face: Face) -> None:
        """Remember a paper, also one that was just added, or of which more is known now."""
        self._faces[face.key] = face
        for id in (face.key, *face.ids):
            _remember(self._by_id, id, face.key)
        _remember(self._by_title, title_key(face.title), face.key)
        _remember(self._by_short, short_title_key(face.title), face.key)

    def face(self, key: str) -> Face:
        """Return by what a paper is recognised."""
        return self._faces[key]

    def holder(self, id: str) -> str:
        """Return the paper that has an id, whether it is rightly its own or not, or ""."""
        keys = self._by_id.get(id)
        return keys[0] if keys else ""

    def named(self, id: str, known: KnownPaper, *, with_dropped: bool = False) -> str:
        """Return the paper that somebody means who names this id or, without one, this title, or "".

        Those dropped count only by their id.
        """
        face = face_of(id, known)
        for one in (id, *face.ids):
            for key in self._by_id.get(one, ()) if one else ():
                if key == id or same_by_id(self.face(key), face):
                    return key
        return self._titled(face, with_dropped=with_dropped, named_only=not known.details)

    def find(self, known: KnownPaper) -> str:
        """Return the paper that an entry of a file describes, or "". Those dropped count only by their id."""
        face = face_of("", known)
        for one in face.ids:
            for key in self._by_id.get(one, [])[-MOST_CANDIDATES:]:
                if same_by_id(self.face(key), face):
                    return key
        return self._titled(face)

    def _titled(self, face: Face, *, with_dropped: bool = False, named_only: bool = False) -> str:
        wanted = title_key(face.title)
        if not wanted:
            return ""
        for key in self._by_title.get(wanted, [])[-MOST_CANDIDATES:]:
            other = self.face(key)
            if (with_dropped or not other.dropped) and same_by_title(other, face, named_only=named_only):
                return key
        # One of the two may lack its subtitle; then authors and year must speak for it.
        near: list[str] = [*self._by_short.get(wanted, ()), *self._by_title.get(short_title_key(face.title) or "-", ())]
        for key in near[-MOST_CANDIDATES:]:
            other = self.face(key)
            if (with_dropped or not other.dropped) and same_but_for_subtitle(other, face):
                return key
        return ""


def face_of(key: str, known: KnownPaper) -> Face:
    """Return by what a paper will be recognised that is being added."""
    details = known.details
    return Face(
        key, known.title, known.authors, known.year, text_of(details, "arxiv") or bare_id(key, "arxiv"),
        text_of(details, "doi") or bare_id(key, "doi"),
        details, by_hand="bibtex" not in details and "csl" not in details,
    )  # fmt: skip


def bare_id(key: str, kind: str) -> str:
    """Return the id in a key without its kind (`arxiv`, `doi`), "" for a key of another kind."""
    return key.removeprefix(f"{kind}:") if key.startswith(f"{kind}:") else ""


def _remember(index: dict[str, list[str]], word: str, key: str) -> None:
    if not word:
        return
    keys = index.setdefault(word, [])
    if key not in keys[-MOST_CANDIDATES:]:
        keys.append(key)
