"""A reference manager's file -> the queue: every paper of it or, where an entry is broken, all the others."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcoach.adapters.papers.kept_records import KeptRecords, held
from mlcoach.adapters.papers.read_library import read_library
from mlcoach.adapters.papers.records import block_name, citation_key, form_of, records_of
from mlcoach.domain.bulk import OnProgress, collector_paused, silent
from mlcoach.domain.paper_events import PaperAdded, PaperDescribed
from mlcoach.domain.papers.details import LONGEST_TITLE, KnownPaper, news
from mlcoach.domain.papers.duplicates import face_of
from mlcoach.domain.papers.identity import Face, same_by_id, same_by_title, titles_alike
from mlcoach.domain.papers.ids import short_id, slug
from mlcoach.domain.papers.names import title_key
from mlcoach.domain.papers.paper_source import free_slug
from mlcoach.domain.papers.state import state_of
from mlcoach.services.papers.paper_catalog import paper_catalog
from mlcoach.services.papers.state import of_queue
from mlcoach.services.record import record
from mlcoach.views.papers.exchange import ImportedView, MergedPaperView, SkippedPaperView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlcoach.adapters.papers.library import Library, LibraryEntry
    from mlcoach.services.context import Context

STEP = 100  # papers between two moves of the bar
STAGES = 3  # reading, recognising, writing
COMPLETED = ("abstract", "doi", "arxiv", "url", "venue")  # by an entry that is merged


def import_file(context: "Context", path: Path, day: date, on_progress: OnProgress = silent) -> ImportedView:
    """Put the papers of a file into the queue, as one step of undo. `on_progress` hears (steps done, steps in all).

    A paper that is there already gets what the file knows better, and keeps all that the learner said and did. Raises
    as `read_library` does; then nothing was added.
    """
    with collector_paused():
        library = read_library(path, _stage(on_progress, 0))
        return import_library(context, library, day, on_progress)


def import_library(context: "Context", library: "Library", day: date, on_progress: OnProgress = silent) -> ImportedView:
    """Put papers into the queue as `import_file` does."""
    importer = _Importer(context, library)
    tell = _stage(on_progress, 1)
    for number, one in enumerate(library.entries, start=1):
        importer.take(one)
        if number % STEP == 0 or number == len(library.entries):
            tell(number, len(library.entries))
    importer.keep_blocks(library.kept)
    if bodies := tuple(importer.bodies):
        record(context, *bodies, day=day, opens_day=False, on_progress=_stage(on_progress, 2))
    on_progress(STAGES * len(library.entries), STAGES * len(library.entries))
    return ImportedView(
        len(library.entries) + len(library.broken),
        importer.added,
        importer.updated,
        importer.same,
        tuple(importer.skipped),
        tuple(importer.doubts),
        tuple(importer.merged),
    )


def _stage(on_progress: OnProgress, number: int) -> OnProgress:
    """Return what hears of one stage, and tells it as a part of the whole."""
    return lambda done, total: on_progress(number * total + done, STAGES * total)


class _Importer:
    """Finds out, entry after entry, what each comes to; what was taken before from the same file is known."""

    def __init__(self, context: "Context", library: "Library") -> None:
        self.merged: list[MergedPaperView] = []
        self.skipped = [SkippedPaperView(*one) for one in library.broken]
        self.doubts = [SkippedPaperView(*one) for one in library.doubts]
        self.added = self.updated = self.same = 0
        self._context = context
        self._duplicates = of_queue(context)
        self._records = KeptRecords({key: kept._asdict() for key, kept in context.store.paper_records().items()})
        self._bundled = paper_catalog(context)
        self._classics = {title_key(paper.title): id for id, paper in self._bundled.items()}
        self._wrong = _wrong_ids(library.entries)
        self._additions: dict[str, PaperAdded] = {}
        self._descriptions: dict[str, PaperDescribed] = {}  # one for each paper, however many entries it has
        self._known: dict[str, KnownPaper] = {}  # papers looked at, with all that this file said of them
        self._taken: dict[str, list[Mapping[str, Any]]] = {}  # records of papers that entries above are
        self._met: dict[str, str] = {}  # papers that an entry above is, and its place

    @property
    def bodies(self) -> Iterator[PaperAdded | PaperDescribed]:
        """What to write of all that was taken."""
        yield from self._additions.values()
        yield from self._descriptions.values()

    def take(self, one: "LibraryEntry") -> None:
        """Take one entry."""
        form = form_of(one.known)
        written = one.known.details[form]
        for paper in self._records.candidates(form, written):
            known = self._of(paper)
            there = held(paper, known, form, written, self._taken.get(paper, ()))
            if there is not None:
                self._taken.setdefault(paper, []).append(there)
                if self._met.setdefault(paper, one.place) != one.place and known.details.get(form) == written:
                    self.doubts.append(SkippedPaperView(one.place, f"is the entry of {self._met[paper]} once more"))
                self.same += 1
                return
        known = self._with_trusted_ids(one)
        if found := self._duplicates.find(known):
            self._again(one, found, known, form)
        else:
            self._new(one, known, form)

    def keep_blocks(self, blocks: "Sequence[str]") -> None:
        """Keep comments and preambles with the first paper of the file; what is kept already is not kept twice."""
        holders = {block_name(block): paper for paper, kept in self._records.library.items() for block in kept}
        changed: dict[str, list[str]] = {}
        first = next(iter(self._met), "")
        for block in dict.fromkeys(blocks):
            paper = holders.get(block_name(block), first)
            if not paper:
                return
            kept = changed.get(paper) or self._records.library.get(paper, [])
            if block not in kept:
                changed[paper] = [*(old for old in kept if block_name(old) != block_name(block)), block]
        for paper, kept in changed.items():
            self._describe(PaperDescribed(paper, details={"library": kept}))

    def _again(self, one: "LibraryEntry", paper: str, known: KnownPaper, form: str) -> None:
        """Take an entry that is a paper of the queue, or of an entry above."""
        before = self._of(paper)
        written = one.known.details[form]
        keys = [citation_key(form, kept) for kept in records_of(before.details, form)]
        merged = bool(keys) and (paper in self._met or keys[0] != one.key)
        if merged:
            also = [kept for kept in records_of(before.details, form)[1:] if citation_key(form, kept) != one.key]
            details = {
                name: value for name, value in known.details.items()
                if name in COMPLETED and value and not before.details.get(name)
            }  # fmt: skip
            details[f"{form}_also"] = [*also, written]
        else:
            details = news(before.details, known.details)
        body = PaperDescribed(
            paper,
            "" if before.title else known.title,
            () if before.authors else known.authors,
            None if before.year else known.year,
            details,
        )
        if merged and one.key in keys[1:]:
            self.updated += 1
        elif merged:
            into = keys[0] or short_id(paper)
            self.merged.append(MergedPaperView(one.place, one.key, into, paper, known.title or before.title))
        else:
            self.updated, self.same = self.updated + any(body[1:]), self.same + (not any(body[1:]))
        if any(body[1:]):
            self._describe(body)
            self._learn(paper, form, written, _joined(before, body))
        self._met.setdefault(paper, one.place)

    def _new(self, one: "LibraryEntry", known: KnownPaper, form: str) -> None:
        """Take an entry that is a paper of its own."""
        details = known.details
        ids = (f"arxiv:{details.get('arxiv', '')}", f"doi:{details.get('doi', '')}")
        id = next((id for id in ids if not id.endswith(":") and not self._there(id)), "")
        id = id or ("" if any(not id.endswith(":") for id in ids) else self._classic(known))
        if not id and not slug(known.title):
            self.skipped.append(SkippedPaperView(one.place, "its title has neither letters nor digits"))
            return
        key = id or free_slug(known.title, lambda key: key in self._bundled or self._there(key))
        classic = self._bundled.get(key)
        self._additions[key] = PaperAdded(key, known.title, known.authors, known.year, classic.why if classic else "")
        self._describe(PaperDescribed(key, details=details))
        self._learn(key, form, one.known.details[form], known)
        self._met[key] = one.place
        self.added += 1
        if len(known.title) >= LONGEST_TITLE and known.title.endswith("…"):
            cut = f"its title is longer than {LONGEST_TITLE} characters; a list shows its beginning"
            self.doubts.append(SkippedPaperView(one.place, cut))

    def _with_trusted_ids(self, one: "LibraryEntry") -> KnownPaper:
        """Return what an entry says without the ids that are another paper's, which managers write into many."""
        known = one.known
        face = face_of("", known)
        for id in face.ids:
            kind, _, bare = id.partition(":")
            holder = self._other_holder(id, face)
            if not holder and (id in self._bundled or id not in self._wrong):
                continue
            whose = f"that of {holder}" if holder else f"in {self._wrong[id]} entries that are other papers"
            self.doubts.append(SkippedPaperView(one.place, f"its {_KINDS[kind]} {bare} is {whose}, and was not used"))
            details = {name: value for name, value in known.details.items() if name != kind}
            known = known._replace(details=details)
        return known

    def _other_holder(self, id: str, face: Face) -> str:
        """Return the title of the paper that an id belongs to, if that is surely not the paper of a face."""
        holders = [self._duplicates.face(holder)] if (holder := self._duplicates.holder(id)) else []
        if not holders and (classic := self._bundled.get(id)):
            holders = [Face(id, classic.title, classic.authors, classic.year)]
        return next((other.title or other.key for other in holders if not same_by_id(other, face)), "")

    def _classic(self, known: KnownPaper) -> str:
        """Return the bundled paper with this title and these authors, or ""."""
        id = self._classics.get(title_key(known.title), "")
        if not id or self._there(id):
            return ""
        paper = self._bundled[id]
        face = Face(id, paper.title, paper.authors, paper.year)
        return id if same_by_title(face, face_of("", known)) or not known.authors else ""

    def _of(self, paper: str) -> KnownPaper:
        if paper not in self._known:
            data = self._context.store.paper(paper)
            state = state_of(data) if data else None
            self._known[paper] = (
                KnownPaper(state.title, state.authors, state.year, state.details) if state else KnownPaper()
            )
        return self._known[paper]

    def _describe(self, body: PaperDescribed) -> None:
        before = self._descriptions.get(body.paper, PaperDescribed(body.paper))
        joined = _joined(KnownPaper(*before[1:]), body)
        self._descriptions[body.paper] = PaperDescribed(body.paper, *joined)

    def _there(self, key: str) -> bool:
        return bool(self._duplicates.holder(key))

    def _learn(self, paper: str, form: str, written: Mapping[str, Any], known: KnownPaper) -> None:
        self._taken.setdefault(paper, []).append(written)
        self._known[paper] = known
        self._records.add(paper, form, written)
        self._duplicates.add(face_of(paper, known))


_KINDS = {"arxiv": "arXiv id", "doi": "DOI"}


def _joined(before: KnownPaper, body: PaperDescribed) -> KnownPaper:
    return KnownPaper(
        before.title or body.title,
        before.authors or body.authors,
        before.year or body.year,
        {**before.details, **body.details},
    )


def _wrong_ids(entries: "Sequence[LibraryEntry]") -> dict[str, int]:
    """Return the ids that entries of one file name which are other papers, with the number of those entries."""
    groups: dict[str, list[Face]] = {}
    for one in entries:
        face = face_of("", one.known)
        for id in face.ids:
            groups.setdefault(id, []).append(face)
    return {
        id: len(faces)
        for id, faces in groups.items()
        if any(not same_by_id(faces[0], other) and not titles_alike(faces[0].title, other.title) for other in faces[1:])
    }
