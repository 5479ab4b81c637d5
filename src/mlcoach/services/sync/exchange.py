"""One exchange with the place: look, join what came, put what is new, then write files. Any step may be the last one.

Whatever is interrupted is done again by the next exchange; nothing is remembered before it is so.
"""

from typing import TYPE_CHECKING

from mlcoach.adapters.lock import held
from mlcoach.adapters.sync.place import PlaceGoneError, PlaceRefusesError
from mlcoach.domain.bulk import OnProgress
from mlcoach.errors import UsageError
from mlcoach.services.device import settle
from mlcoach.services.sync import files, journal, places
from mlcoach.services.sync.places import Connected
from mlcoach.services.sync.progress import remember_failure, remember_success
from mlcoach.services.sync.session import Session
from mlcoach.services.upkeep.erase import forget_words
from mlcoach.store.backups import back_up_when_due
from mlcoach.store.database import explained
from mlcoach.store.erasing.erase import erased_here
from mlcoach.store.queries.sync import Remembered
from mlcoach.views.sync.exchange import SyncView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

LOCK = "sync.lock"


def sync(
    context: "Context",
    on_progress: OnProgress | None = None,
    connected: Connected | None = None,
    *,
    join_copies: bool = False,
) -> SyncView:
    """Exchange journal and files with the place and return what came, what went and what was left out.

    Entries of a copied home that went on under one name are joined with `join_copies`, or when the learner says so.
    Raises NotFoundError without a place, InvalidFileError for another key, MissingExtraError where it cannot be
    reached, StoreError when nothing could be written here, UsageError while another exchange is under way.
    """
    from mlcoach.services.group.membership import is_in_group
    from mlcoach.services.group.weeks import share

    if connected is None and (places.address_of(context) or not is_in_group(context)):
        connected = places.connect(context)
    with held(context.places.state / LOCK) as alone:
        if not alone:
            raise UsageError("another sync is under way", "it takes a moment; then try again")
        try:
            view = SyncView("", 0, 0)  # whoever has a group and one machine has no place
            if connected:
                view = _exchange(context, on_progress, connected, join_copies=join_copies)
            view = share(context, view)
        except Exception as error:
            remember_failure(context, getattr(error, "message", str(error)))
            raise
        if view.left_out:
            remember_failure(context, f"{view.left_out[0].what}: {view.left_out[0].reason}")
        else:
            remember_success(context)
        return view


def _exchange(
    context: "Context", on_progress: OnProgress | None, connected: Connected, *, join_copies: bool
) -> SyncView:
    place, key = connected
    listing = place.listing()
    places.check_format(place, listing, key)
    settle(context)
    store = context.writable_store()
    with explained(store.path):
        known = Remembered.read(store.connection, key.fingerprint)
        session = Session(context, store.connection, place, key, listing, known)
        session.look()
        _back_up(context, session)
        pulled = journal.pull(session, on_progress, join_copies=join_copies)
        _follow_erased(session)
        found = files.plan(session)
        pushed, was_put = _push(session, found)
        written = files.apply(session, found, was_put=was_put)
        known.write(store.connection)
    context.refuse_if_moved()
    return SyncView(
        place=place.address,
        pushed=pushed,
        pulled=pulled.entries,
        left_out=tuple(session.left_out),
        conflicts=tuple(session.conflicts),
        files_pushed=tuple(sorted(found.pushed)) if was_put else (),
        files_pulled=tuple(written),
        notes=tuple(session.notes),
        copies=pulled.copies,
    )


def _follow_erased(session: Session) -> None:
    """Let words that were erased on any machine go from this one too, from the copies that are kept as well."""
    gone = erased_here(session.connection) - session.known.erased
    if gone:
        forgotten = forget_words(session.context, sorted(gone))
        for path in forgotten.left:
            session.leave_out(str(path), "a copy that may hold erased words, and cannot be written; delete it")
        if not forgotten.is_clean:
            session.leave_out("erased words", "another program uses the store; they go with the next sync")
        if forgotten.is_clean:
            session.known.erased |= gone  # what could not be written is said once


def _push(session: Session, found: files.FilePlan) -> tuple[int, bool]:
    """Put what is new here and return how many entries went, and whether all of it could be put."""
    try:
        found.versions.put()
        pushed = journal.push(session)
        session.place.finish()
        found.versions.remember()
    except (PlaceRefusesError, PlaceGoneError) as error:
        session.leave_out("what is new on this machine", f"{error.message}; it stays here and goes with the next sync")
        return 0, False
    return pushed, True


def _back_up(context: "Context", session: Session) -> None:
    """Copy the store before others' entries come, as after any other write: at most every half hour."""
    if set(session.segments) - session.known.seen - set(session.known.pushed):
        from datetime import UTC

        try:
            back_up_when_due(session.connection, context.places.backups, context.now.astimezone(UTC))
        except Exception as error:  # a copy that failed is only worth a line
            context.notices.append(f"no backup was made: {error}")
