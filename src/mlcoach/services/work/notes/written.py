"""All that the learner wrote, and finding words in it: files of notes, and the words in the journal."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.notes.note_files import (
    NoteFile,
    day_of,
    is_private,
    own_words,
    read_note,
    shown_name,
    unsorted_files,
)
from mlcoach.adapters.notes.note_index import IndexedNote, NoteIndex
from mlcoach.domain.bulk import collector_paused
from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.text import checked, one_line
from mlcoach.domain.time.study_days import format_day
from mlcoach.domain.words import asked_words, excerpt, holds, plain, words_of
from mlcoach.domain.work.written import pattern_of, rank_of, words_in
from mlcoach.errors import UsageError
from mlcoach.views.work.notes import NoteSearchView, WrittenKind, WrittenView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_HITS = 30
AROUND = 120  # characters of a text that are shown
PAPER_NOTES = "papers/"
DAY = 86_400 * 10**9  # nanoseconds
EPOCH = date(1970, 1, 1).toordinal()


class Written(NamedTuple):
    """Something written: from where, its day, what it is about (a unit, paper, week or item) and its whole text.

    `id` names the file of a note, or the entry of the journal.
    """

    kind: WrittenKind
    id: str
    day: date
    about: str
    text: str


class FoundWords(NamedTuple):
    """What holds the words, each under its rank, how many more do, and the notes that were only read in part.

    Ranks are even where the first line holds them all; two and more stand for words that mean the same.
    """

    ranked: list[tuple[int, Written]]
    more: int
    cut: tuple[str, ...]


def search_written(context: "Context", words: str, limit: int = MOST_HITS) -> NoteSearchView:
    """Return what of all that was written holds all the words, those that have them in their first line before others.

    Case, accents and plurals make no difference, and from four letters on the beginning of a word is enough. Raises
    UsageError for a text without a word.
    """
    wanted = asked_words(checked(words, "text", 500))
    if not wanted[0]:
        raise UsageError("which words?", "`mlcoach note search eigenvalues`")
    found = find_written(context, wanted, limit)
    every = frozenset(word for one in wanted for word in one)
    views = tuple(view_of(context, written, every) for _, written in found.ranked)
    return NoteSearchView(words.strip(), views, found.more, tuple(map(shown_name, found.cut)))


def find_written(
    context: "Context", wanted: Sequence[frozenset[str]], limit: int, *, private: bool = True
) -> FoundWords:
    """Return what holds all the words of one of `wanted`, the best and newest first, at most `limit`.

    Without `private`, notes about people and jobs are passed over.
    """
    ways = [[pattern_of(word) for word in asked] for asked in wanted]
    found: dict[str, tuple[int, int, Written | IndexedNote]] = {}
    with collector_paused():
        index = NoteIndex.of(context.places.cache, unsorted_files(context.places.notes))
    for asked in wanted:
        for note in index.holding(asked):
            rank = rank_of(note.head, note.rest, ways)
            if rank is not None and (private or not is_private(note.file.name)):
                found[note.file.name] = rank, -note.file.changed // DAY, note
    ranked = list(found.values())
    for written in _in_journal(context):
        head, _, rest = plain(f"{written.text.strip()}\n{written.about.replace('.', ' ')}").partition("\n")
        rank = rank_of(head, rest, ways)
        if rank is not None:
            ranked.append((rank, EPOCH - written.day.toordinal(), written))
    ranked.sort(key=lambda one: (*one[:2], one[2].file.name if isinstance(one[2], IndexedNote) else ""))
    shown = [
        (rank, _read_again(context, one) if isinstance(one, IndexedNote) else one) for rank, _, one in ranked[:limit]
    ]
    return FoundWords(shown, max(0, len(ranked) - limit), index.cut)


def _read_again(context: "Context", note: IndexedNote) -> Written:
    read = read_note(note.file.path)
    return _of_note(context, note.file, read[0] if read else note.rest)


def _of_note(context: "Context", file: NoteFile, text: str) -> Written:
    return Written("note", file.name, day_of(file, context.now.tzinfo, context.today), "", own_words(text))


def _in_journal(context: "Context") -> Iterator[Written]:
    """Yield the words in the journal, the newest first."""
    seen: set[tuple[str, ...]] = set()
    for entry in context.written.with_words():
        for words in words_in(entry.kind, entry.data):
            # What was said again replaced what was said before.
            if words.text.strip() and (not words.replaces or words.replaces not in seen):
                seen.add(words.replaces)
                yield Written(words.kind, entry.id, entry.day, words.about, words.text)


def view_of(context: "Context", written: Written, asked: frozenset[str]) -> WrittenView:
    """Return something written with its title, the command for it, and the piece of its text that holds most words."""
    title, command = _named(context, written)
    return WrittenView(written.kind, shown_name(written.id), written.day, title, _piece(written.text, asked), command)


def _named(context: "Context", written: Written) -> tuple[str, str]:
    about = written.about
    match written.kind:
        case "note":
            name = shown_name(written.id)
            if written.id.startswith(PAPER_NOTES):
                return _title(written), _paper_command(context, written)
            return _title(written), f"mlcoach note open {name}" if " " not in name else f'mlcoach note open "{name}"'
        case "paper":
            return _title_of(context, paper=about), f"mlcoach paper show {short_id(about)}"
        case "unit":
            return _title_of(context, unit=about), f"mlcoach curriculum show {about}"
        case "week":
            return f"The week of {format_day(date.fromisoformat(about))}", f"mlcoach week --week {about}"
        case "answer":
            return about, f"mlcoach cards show {about}"
        case "project":
            project = context.store.projects.all().get(about)
            return project.title if project else about, f"mlcoach project show {about}"
        case _:
            is_unit = about in context.catalog.units
            title = _title_of(context, unit=about) if is_unit or not about else _of_paper(context, about)
            day = format_day(written.day, context.today)
            return f"{day}, {title}" if title else day, "mlcoach log --full"


def _title_of(context: "Context", unit: str = "", paper: str = "") -> str:
    from mlcoach.services.day.status import title_of  # most of what is found is a file of notes

    return title_of(context, unit, paper)


def _paper_command(context: "Context", written: Written) -> str:
    """Return the command for the paper that a file of notes belongs to, by the name of the file."""
    from mlcoach.adapters.papers.note_files import stem_of

    stem = written.id.removeprefix(PAPER_NOTES).partition("--")[0]
    key = next((key for key in context.store.paper_titles() if stem_of(key) == stem), "")
    return f"mlcoach paper show {short_id(key)}" if key else f'mlcoach paper search "{one_line(_title(written))[:40]}"'


def _of_paper(context: "Context", about: str) -> str:
    known = context.store.paper(about)
    return str((known and known["title"]) or about)


def _title(written: Written) -> str:
    title = next((line[2:].strip() for line in written.text[:2000].split("\n") if line.startswith("# ")), "")
    return one_line(title)[:200] or shown_name(written.id.rpartition("/")[2])


def _piece(text: str, asked: frozenset[str]) -> str:
    """Return the line of a text that holds most of the words, cut where it is long."""
    lines = [line for line in (one_line(line).lstrip("#-* ") for line in text.split("\n")) if line]
    if not lines:
        return ""
    best = max(lines, key=lambda line: sum(holds(words_of(line), (word,)) for word in asked))
    return excerpt(best, asked, AROUND)
