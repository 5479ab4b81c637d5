"""The journal to and from a place: segments that others wrote are joined, entries that no segment has are put."""

from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.sync.place import UnreadableError
from mlcoach.domain.bulk import OnProgress
from mlcoach.domain.sync.segments import (
    EntrySpan,
    Segment,
    apart,
    compactable,
    holding,
    is_all_here,
    is_renamed,
    overlaps,
    parse,
    reach,
    uncovered,
    usable,
)
from mlcoach.services.exchange.journal import wants_copies
from mlcoach.services.sync.session import Session
from mlcoach.store.copies import REFUSED, Line
from mlcoach.store.device import known_device, predecessors
from mlcoach.store.erasing.erase import erased_here
from mlcoach.store.queries import sync as stored
from mlcoach.store.union import FutureEntryError, ImportNote, NotAnEntryError, brings_back, join, read_line

if TYPE_CHECKING:
    import sqlite3

UNREADABLE_LINE = "an entry that this release cannot read"


class Pulled(NamedTuple):
    """How many entries came, and whether entries of a copied home were refused."""

    entries: int
    copies: bool


class _Opened(NamedTuple):
    """A segment that was read: its entries, and whether some of its lines could not be."""

    segment: Segment
    lines: list[Line]
    is_whole: bool


def pull(session: Session, on_progress: OnProgress | None, *, join_copies: bool) -> Pulled:
    """Join what others put. What cannot be used is named, and tried again the next time.

    Raises StoreError when nothing could be written; all that was joined before stays.
    """
    known = session.known
    there = session.segments
    # Compacted or deleted since: a name that is gone needs no place in memory.
    known.seen &= set(there)
    known.other &= known.seen
    unread = frozenset(one for name, one in there.items() if name not in known.seen and name not in known.pushed)
    if not unread:
        return Pulled(0, copies=False)
    here = stored.spans(session.connection)
    ready, waiting = usable(there.values(), reach(here), unread)
    missing = {one.segment.device: one.missing for one in reversed(waiting)}
    opened: list[_Opened] = []
    for segment in ready:
        if segment.first > missing.get(segment.device, segment.first):
            continue
        try:
            opened.append(_open(session, segment))
        except (UnreadableError, FutureEntryError) as error:
            if is_all_here(here, segment):
                session.torn.append(segment)
            else:
                session.leave_out(segment.name, str(error))
                missing[segment.device] = min(segment.first, missing.get(segment.device, segment.first))
    for device, first in sorted(missing.items()):
        behind = [one for one in unread if one.device == device and one.first > first]
        if behind:
            upto = max(one.last for one in behind)
            begin = min(one.first for one in behind)
            session.leave_out(
                f"{f'entries {begin:,} to {upto:,}' if begin < upto else f'entry {upto:,}'} of the device {device}",
                f"those from {first:,} on are missing in the place; these are used once they come",
            )
    return _join_all(session, opened, here, on_progress, join_copies=join_copies)


def _is_as_here(session: Session, segment: Segment) -> bool:
    """Return whether the entries of a segment are here as it has them."""
    content = _content(session.connection, EntrySpan(segment.device, segment.first, segment.last))
    return session.key.digest(content) == segment.digest


def _open(session: Session, segment: Segment) -> _Opened:
    """Return the entries of a segment. Raises UnreadableError, and FutureEntryError where one is still to come."""
    try:
        text = session.open(segment.name).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError("it is not text") from error
    lines: list[Line] = []
    is_whole = True
    now = session.context.instant.microseconds
    for number, raw in enumerate(text.split("\n")):
        if not raw:
            continue
        try:
            line = read_line(number, raw, now)
        except FutureEntryError:
            raise FutureEntryError(
                "it has an entry of a time still to come: the clock of that machine, or of this one, is wrong"
            ) from None
        except (NotAnEntryError, ValueError) as error:
            is_whole = False
            session.leave_out(segment.name, f"{UNREADABLE_LINE}: {error}")
            continue
        if line.event.device != segment.device or not segment.first <= line.event.seq <= segment.last:
            raise UnreadableError("it is not what its name says")
        lines.append(line)
    return _Opened(segment, lines, is_whole)


def _join_all(
    session: Session,
    opened: list[_Opened],
    here: list[EntrySpan],
    on_progress: OnProgress | None,
    *,
    join_copies: bool,
) -> Pulled:
    context = session.context
    store = context.writable_store()
    added, copies = 0, False
    by_segment = {one.segment: one for one in opened}
    for group in apart(by_segment):
        lines: list[Line] = []
        begins: list[tuple[int, Segment]] = []
        for segment in group:
            begins.append((len(lines), segment))
            lines += [line._replace(number=len(lines) + at) for at, line in enumerate(by_segment[segment].lines)]
        if not lines:
            continue
        wanted = join_copies or wants_copies(context, store, lines)
        note = None
        if brings_back(session.connection, lines):
            # What came by an import that was taken back counts again, and undo can say so.
            step = store.new_command()
            note = ImportNote(context.instant, context.today, step, context.command_text)
        joined = join(session.connection, lines, on_progress, note, join_copies=wanted)
        context.refuse_if_moved()
        added += joined.added
        refused: set[Segment] = set()
        for number, reason in joined.refused:
            segment = next(one for begin, one in reversed(begins) if begin <= number)
            refused.add(segment)
            copies = copies or reason == REFUSED
            session.leave_out(f"entries of the device {segment.device}", reason)
        used = [segment for segment in group if segment not in refused and by_segment[segment].is_whole]
        session.known.seen |= {segment.name for segment in used}
        session.known.other |= {
            segment.name for segment in used if overlaps(here, segment) and not _is_as_here(session, segment)
        }
        session.known.write(session.connection)
    return Pulled(added, copies)


def push(session: Session) -> int:
    """Put the entries that no segment of the place has, and return how many; also what was torn, or is to be compacted.

    What was put is remembered by `Remembered.write`, once the place has it. Raises PlaceRefusesError.
    """
    known = session.known
    sizes = session.listing.sizes
    for name in [name for name in known.pushed if name not in sizes]:
        del known.pushed[name]
    month = session.context.today.isoformat()[:7]
    _retire_renamed(session)
    for name, (size, when) in list(known.pushed.items()):
        if sizes[name] == size:
            continue
        try:
            session.open(name)
        except UnreadableError:
            session.torn.append(session.segments[name])
        else:  # another machine put the same entries
            known.pushed[name] = (sizes[name], when)
    for segment in session.torn:
        _heal(session, segment)
    _put_without_erased(session, month)
    entries = 0
    there = [segment for segment in session.segments.values() if segment.name not in known.other]
    for span in uncovered(_to_put(session), there):
        _put(session, span, month)
        entries += span.last - span.first + 1
    _compact(session, month)
    return entries


def _to_put(session: Session) -> list[EntrySpan]:
    """Return the entries that are put from here: all, but those of a copy of this home that got their name here.

    Its own machine puts them, once it has given them that name too.
    """
    connection = session.connection
    ours = {known_device(connection), *predecessors(connection)}
    return [span for span in stored.spans(connection) if span.device in ours or not is_renamed(span.device)]


def _put(session: Session, span: EntrySpan, month: str) -> Segment:
    content = _content(session.connection, span)
    segment = Segment(span.device, span.first, span.last, session.key.digest(content))
    sealed = session.key.seal(content)
    session.place.put(segment.name, sealed)
    session.known.pushed[segment.name] = (len(sealed), month)
    session.segments[segment.name] = segment
    return segment


def _content(connection: "sqlite3.Connection", span: EntrySpan) -> bytes:
    return "".join(f"{line}\n" for line in stored.lines_of(connection, span)).encode("utf-8", "surrogatepass")


def _heal(session: Session, segment: Segment) -> None:
    """Put a file again that is torn in the place, where what is here is what its name says."""
    content = _content(session.connection, EntrySpan(segment.device, segment.first, segment.last))
    if session.key.digest(content) == segment.digest:
        sealed = session.key.seal(content)
        session.place.put(segment.name, sealed, again=True)
        session.known.pushed[segment.name] = (len(sealed), session.context.today.isoformat()[:7])
        session.notes.append(f"`{segment.name}` was torn in the place, and is whole again")


def _put_without_erased(session: Session, month: str) -> None:
    """Put anew what has words that were erased since, whoever put it; what has them goes only after that is there."""
    known = session.known
    here = stored.spans(session.connection)
    for segment in holding(session.segments.values(), erased_here(session.connection)):
        if segment.name in known.clean or not is_all_here(here, segment):
            continue
        if not _is_as_here(session, segment):
            try:
                opened = _open(session, segment)
            except (UnreadableError, FutureEntryError):
                continue
            if opened.is_whole and stored.are_here(session.connection, opened.lines):
                span = EntrySpan(segment.device, segment.first, segment.last)
                _put(session, span, known.pushed.get(segment.name, (0, month))[1])
                session.place.remove(segment.name)
                known.pushed.pop(segment.name, None)
                del session.segments[segment.name]
                continue
        known.clean.add(segment.name)
    known.clean &= set(session.segments)


def _retire_renamed(session: Session) -> None:
    """Remove what was put from here under a name that another machine has too, once these entries have another."""
    if session.known.writer in ("", known_device(session.connection)):
        return
    for name in list(session.known.pushed):
        segment = session.segments[name]
        if not _is_as_here(session, segment):
            session.place.remove(name)
            del session.known.pushed[name], session.segments[name]


def _compact(session: Session, month: str) -> None:
    """Put together what this device put in earlier months; the parts go only after the whole is there."""
    mine = {
        segment: when
        for name, (_, when) in session.known.pushed.items()
        if (segment := parse(name)) and segment.device == known_device(session.connection)
    }
    for group in compactable(mine, month):
        span = EntrySpan(group[0].device, group[0].first, group[-1].last)
        whole = _put(session, span, mine[group[0]])
        for part in group:
            if part.name != whole.name:
                session.place.remove(part.name)
                del session.known.pushed[part.name], session.segments[part.name]
