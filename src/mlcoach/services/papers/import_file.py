"""A reference manager's file -> the queue: every paper of it or, where an entry is broken, all the others."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.domain.events import PaperAdded, PaperDescribed
from mlcoach.domain.papers.details import LONGEST_TITLE, KnownPaper, news, text_of
from mlcoach.domain.papers.ids import slug
from mlcoach.domain.papers.names import title_key
from mlcoach.errors import InvalidFileError, NotFoundError
from mlcoach.services.papers.add import free_slug
from mlcoach.services.papers.duplicates import Duplicates, face_of
from mlcoach.services.papers.paper_catalog import paper_catalog
from mlcoach.services.papers.state import state_of
from mlcoach.services.record import record
from mlcoach.views.papers.exchange import ImportedView, SkippedPaperView

if TYPE_CHECKING:
    from mlcoach.adapters.papers.library import Library, LibraryEntry
    from mlcoach.services.context import Context

MOST_BYTES = 100_000_000
STEP = 100  # papers between two moves of the bar


def read_library(path: Path) -> "Library":
    """Return the papers of a BibTeX or CSL-JSON file; which of the two it is, its text says.

    Raises NotFoundError for no file, InvalidFileError for one that is neither, or no text.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InvalidFileError(f"`{path}` is larger than {MOST_BYTES // 1_000_000} MB", "import it in parts")
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(f"no file `{path}`", "check the file name") from error
    except UnicodeDecodeError as error:
        raise InvalidFileError(
            f"`{path}` is not UTF-8 text (byte {error.start + 1})", "save it as UTF-8 in your reference manager"
        ) from error
    except OSError as error:
        raise InvalidFileError(f"cannot read `{path}`: {error.strerror}", "make it a readable file") from error
    if text.lstrip().startswith(("[", "{")):
        from mlcoach.adapters.papers import csl

        try:
            return csl.read(text)
        except ValueError as error:
            raise InvalidFileError(f"`{path}` cannot be read: {error}", "export it again as CSL-JSON") from error
    from mlcoach.adapters.papers import bibtex

    library = bibtex.read(text)
    if not library.entries and not library.broken:
        raise InvalidFileError(
            f"`{path}` holds no entry of BibTeX and no CSL-JSON", "export it again as one of the two"
        )
    return library


def import_file(context: "Context", path: Path, day: date, on_progress: OnProgress = silent) -> ImportedView:
    """Put the papers of a file into the queue, as one step of undo. `on_progress` hears (papers done, papers in all).

    A paper that is there already gets what the file knows better, and keeps all that the learner said and did. Raises
    as `read_library` does; then nothing was added.
    """
    return import_library(context, read_library(path), day, on_progress)


def import_library(context: "Context", library: "Library", day: date, on_progress: OnProgress) -> ImportedView:
    """Put papers into the queue as `import_file` does."""
    duplicates = Duplicates.of_queue(context)
    bundled = paper_catalog(context)
    classics = {title_key(paper.title): id for id, paper in bundled.items()}
    fresh: dict[str, KnownPaper] = {}
    met: dict[str, KnownPaper] = {}  # by an entry above, new or not
    bodies: list[PaperAdded | PaperDescribed] = []
    doubts = [SkippedPaperView(*one) for one in library.doubts]
    skipped = [SkippedPaperView(*one) for one in library.broken]
    added = updated = same = 0
    for number, one in enumerate(library.entries, start=1):
        known = one.known
        id = one.id or classics.get(title_key(known.title), "")
        duplicate = duplicates.find(id, known)
        if duplicate and duplicate in met:
            # Twice in one file: nothing is lost, the second says what the first did not.
            body = PaperDescribed(duplicate, details=_missing(met[duplicate], known))
            doubts.append(SkippedPaperView(one.place, f"is the paper of an entry above: {known.title[:80] or one.id}"))
            bodies += [body] if body.details else []
            same += 1
        elif duplicate:
            told_anew = _again(context, duplicate, known)
            met[duplicate] = _with_what_is_kept(context, duplicate, known)
            bodies += told_anew
            updated, same = updated + bool(told_anew), same + (not told_anew)
        elif not id and not slug(known.title):
            skipped.append(SkippedPaperView(one.place, "its title has neither letters nor digits"))
        else:
            key = id or free_slug(known.title, lambda key: key in bundled or key in fresh or _there(context, key))
            classic = bundled.get(key)
            why = classic.why if classic else ""
            bodies += [PaperAdded(key, known.title, known.authors, known.year, why)]
            bodies += [PaperDescribed(key, details=known.details)]
            fresh[key] = met[key] = known
            duplicates.add(face_of(key, known))
            added += 1
            doubts += _doubts(one)
        if number % STEP == 0 or number == len(library.entries):
            on_progress(number, len(library.entries))
    if bodies:
        record(context, *bodies, day=day, opens_day=False)
    return ImportedView(len(library.entries) + len(library.broken), added, updated, same, tuple(skipped), tuple(doubts))


def _doubts(one: "LibraryEntry") -> Iterable[SkippedPaperView]:
    if len(one.known.title) >= LONGEST_TITLE and one.known.title.endswith("…"):
        yield SkippedPaperView(
            one.place, f"its title is longer than {LONGEST_TITLE} characters; a list shows its beginning"
        )


def _there(context: "Context", key: str) -> bool:
    return context.store.paper_row(key) is not None


def _again(context: "Context", key: str, known: KnownPaper) -> list[PaperAdded | PaperDescribed]:
    """Return what a file says anew of a paper that is in the queue."""
    data = context.store.paper(key)
    state = state_of(data) if data else None
    if state is None:
        return []
    body = PaperDescribed(
        key,
        "" if state.title else known.title,
        () if state.authors else known.authors,
        None if state.year else known.year,
        news(state.details, known.details),
    )
    return [body] if any(body[1:]) else []


def _with_what_is_kept(context: "Context", key: str, known: KnownPaper) -> KnownPaper:
    """Return what a file says of a paper of the queue, and what the queue knew of it before."""
    data = context.store.paper(key)
    return known._replace(details={**state_of(data).details, **known.details}) if data else known


def _missing(first: KnownPaper, second: KnownPaper) -> dict[str, object]:
    names = ("abstract", "doi", "arxiv", "url", "venue")
    return {
        name: text_of(second.details, name)
        for name in names
        if second.details.get(name) and not first.details.get(name)
    }
