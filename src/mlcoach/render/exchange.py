"""The screens of `import` and `export`: what came, what did not and why, and how to take it back."""

from collections.abc import Iterable

from mlcoach.domain.text import one_line
from mlcoach.render.layout import columns, paragraphs, plural
from mlcoach.render.screen import Lines, prose_width
from mlcoach.views.exchange import AnkiImportView, ExportFileView, JournalImportView, ReviewsImportView, SkippedRowView

PLACES = 3
MOST_DECKS = 12
SET_BY_HAND = "set by hand (not an answer)"
UNDO: Lines = [[("Take it back: mlcoach undo", "muted")]]


NOT_IN_A_JOURNAL = (
    "Settings, subjects of your own and notes are files, which a journal does not hold: "
    "`mlcoach config path` on both machines says which folders to copy."
)


def reviews_lines(view: ReviewsImportView, width: int | None) -> Lines:
    """Return what came of a table of answers."""
    shown: Lines = []
    if view.added:
        counted = view.added - view.kept
        if counted:
            shown.append([(f"{_number(counted, 'answer')} to {plural(view.items, 'card')} imported", "good")])
        if view.kept:
            shown.append([(f"{_number(view.kept, 'answer')} to cards that are not here, kept for measuring", "")])
        if view.known:
            shown.append([(f"{_number(view.known, 'answer')} were here already", "muted")])
    elif view.skipped:
        told = f" {_number(view.known, 'answer')} were here already." if view.known else ""
        shown.append([(f"Nothing imported.{told}", "")])
    elif view.known:
        shown.append([("Nothing to import: no answer that is not here already.", "")])
    else:
        shown.append([("Nothing to import: the file holds no answers.", "")])
    if view.by_hand:
        shown.append([(_by_hand(view.by_hand), "muted")])
    if view.unit:
        shown.append([(f"the times of the file were read as {view.unit}", "muted")])
    return shown + skipped_lines(view.skipped, width) + (UNDO if view.added else [])


def journal_lines(view: JournalImportView, width: int | None) -> Lines:
    """Return what came of another journal."""
    refused = sum(entry.entries for entry in view.skipped)
    if view.added:
        shown: Lines = [[(f"{_number(view.added, 'entry', 'entries')} joined to your journal", "good")]]
    elif refused:
        shown = [[(f"Nothing joined: {plural(refused, 'line')} of {view.read:,} cannot be joined.", "warn")]]
    else:
        shown = [[("Nothing to join: your journal has all of these entries.", "")]]
    if view.known and (view.added or refused):
        shown.append([(f"{_number(view.known, 'entry', 'entries')} were here already", "muted")])
    shown += skipped_lines(view.skipped, width)
    if view.copies:
        shown.append([("Join those too: mlcoach import journal FILE --join-copies", "muted")])
    if view.added:
        shown += paragraphs(NOT_IN_A_JOURNAL, prose_width(width), style="muted")
    if view.can_undo:
        shown += UNDO
    if view.added and view.backup:
        shown.append([(f"The store as it was before: mlcoach restore {view.backup}", "muted")])
    return shown


def anki_lines(view: AnkiImportView, width: int | None) -> Lines:
    """Return what came of an Anki package: what was read is the sum of what is told of it."""
    log = view.reviews
    changed = bool(view.added or view.updated or log.added or view.scheduled)
    if not view.read and not log.read:
        return [[("Nothing to import: the file holds no cards.", "")]]
    shown: Lines = []
    if not changed:
        nothing = "Nothing imported." if view.skipped else "Nothing to import: all of it is here already."
        shown.append([(nothing, "")])
    style = "good" if changed else "muted"
    cards = (view.added, "new"), (view.updated, "updated"), (view.known, "here already"), (view.left_out, "left out")
    if view.read:
        shown.append([(_sum(_number(view.read, "card"), cards), style)])
    answers = (log.added, "new"), (log.known, "here already"), (log.left_out, "left out"), (log.by_hand, SET_BY_HAND)
    if log.read:
        shown.append([(_sum(f"{_number(log.read, 'entry', 'entries')} of their history", answers), style)])
    if view.scheduled:
        shown.append([(f"{_number(view.scheduled, 'card')} without all of the history: due as in Anki", "")])
    if view.pictures:
        which = f"{_number(view.with_pictures, 'card')} {'names' if view.with_pictures == 1 else 'name'}"
        media = _number(view.pictures, "picture or sound", "pictures or sounds")
        shown.append([(f"{which} {media}, which stay in Anki", "")])
    if view.only_pictures:
        has = "has" if view.only_pictures == 1 else "have"
        shown.append([(f"{_number(view.only_pictures, 'card')} {has} no other question or no other answer", "warn")])
    if changed and view.decks:
        shown.append([])
        rows = [[(deck.unit, "accent"), (str(deck.cards), ""), (deck.title, "")] for deck in view.decks[:MOST_DECKS]]
        shown += columns(rows, width, flexible=2, right=(1,))
        if len(view.decks) > MOST_DECKS:
            shown.append([(f"and {len(view.decks) - MOST_DECKS} more decks", "muted")])
        shown.append([])
    return shown + skipped_lines(view.skipped, width) + (UNDO if changed else [])


def skipped_lines(skipped: Iterable[SkippedRowView], width: int | None) -> Lines:
    """Return what was left out, one line a reason with how often and where."""
    counts: dict[str, int] = {}
    places: dict[str, list[str]] = {}
    for entry in skipped:
        counts[entry.reason] = counts.get(entry.reason, 0) + entry.entries
        named = places.setdefault(entry.reason, [])
        if entry.entries == 1 and entry.place not in named:
            named.append(entry.place)
    lines: Lines = []
    for reason, count in counts.items():
        where = ", ".join(one_line(place) for place in places[reason][:PLACES])
        more = ", …" if len(places[reason]) > PLACES or count > len(places[reason]) > 1 else ""
        lines.append([(f"left out {count:,} × ", "warn"), (one_line(reason), ""), (f" ({where}{more})", "muted")])
    return lines


def exported_lines(view: ExportFileView, width: int | None) -> Lines:
    """Return where a document went."""
    return [[(f"{_number(view.entries, view.what)} written to {view.path}", "good")]]


def _sum(what: str, parts: Iterable[tuple[int, str]]) -> str:
    """Return what was read and its parts, those that there are."""
    return f"Read {what}: {', '.join(f'{count:,} {word}' for count, word in parts if count)}"


def _by_hand(count: int) -> str:
    return f"{_number(count, 'entry', 'entries')} {'was' if count == 1 else 'were'} {SET_BY_HAND}"


def _number(count: int, word: str, many: str = "") -> str:
    return f"{count:,} {word if count == 1 else many or word + 's'}"
