"""Finding papers of the queue by words of their titles, authors, abstracts, notes and answers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mlcoach.adapters.papers.note_files import note_shown, stem_of
from mlcoach.domain.papers.details import text_of
from mlcoach.domain.papers.passes import PaperState
from mlcoach.domain.papers.state import state_of
from mlcoach.domain.text import checked, one_line
from mlcoach.domain.words import excerpt, plain
from mlcoach.errors import UsageError
from mlcoach.services.papers.notes import note_path, noted
from mlcoach.services.papers.state import entry_of
from mlcoach.views.papers.around import HitView, PaperSearchView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_HITS = 50
AROUND = 60  # a quarter of the characters that are shown


def search(context: "Context", text: str, *, limit: int = MOST_HITS) -> PaperSearchView:
    """Return the papers that contain all words of a text, those with all of them in the title first.

    Case and accents make no difference. Raises UsageError for a text without a word.
    """
    words = plain(checked(text, "text", 500)).split()
    if not words:
        raise UsageError("which words?", "`mlcoach paper search attention`")
    files = noted(context)
    found: list[tuple[int, str, str, str]] = []
    for key, data in context.store.papers().items():
        state = state_of(data)
        pieces = [(where, piece, plain(piece)) for where, piece in _pieces(context, key, state, files)]
        whole = "\n".join(letters for _, _, letters in pieces)
        if not all(word in whole for word in words):
            continue
        rank, (where, piece, _) = next(
            (rank, one) for rank, one in enumerate(pieces) if any(word in one[2] for word in words)
        )
        if all(word in pieces[0][2] for word in words):
            rank = -1
        found.append((rank, key, where, excerpt(one_line(piece), words, 4 * AROUND)))
    found.sort(key=lambda hit: (hit[0], hit[1]))
    seconds = context.store.paper_seconds() if found else {}
    hits = []
    for _, key, where, shown in found[: limit or None]:
        row = context.store.paper_row(key)
        if row is not None:
            hits.append(HitView(entry_of(row, seconds.get(key, 0)), where, shown))
    return PaperSearchView(text.strip(), tuple(hits), len(found) - len(hits))


def _pieces(context: "Context", key: str, state: PaperState, files: frozenset[str]) -> Iterator[tuple[str, str]]:
    yield "title", state.title or key
    yield "authors", ", ".join(state.authors)
    yield "why", state.why
    for note in state.notes:
        yield "note", note.text
    for answer in state.answers:
        yield "answer", answer.text
    for record in state.passes:
        yield "note", f"{record.note} {record.changed}"
    if stem_of(key) in files and (text := note_shown(note_path(context, key, state.title))):
        yield "file", text
    yield "abstract", text_of(state.details, "abstract")
