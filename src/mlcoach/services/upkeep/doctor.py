"""The health of the store and of everything around it. Looking changes nothing and creates nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.bulk import OnProgress
from mlcoach.domain.events import FutureSetAside
from mlcoach.domain.text import one_line
from mlcoach.domain.time.study_days import format_day
from mlcoach.errors import ExitCode, MlcoachError, StoreError
from mlcoach.services import device
from mlcoach.services.record import record
from mlcoach.services.upkeep import environment_checks
from mlcoach.services.upkeep.environment_checks import advice, bad, good
from mlcoach.services.upkeep.synced import group_check, key_check, sync_check, synced
from mlcoach.views.upkeep import CheckView, DoctorView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.backups import Backup
    from mlcoach.store.store import Store

NOT_THE_STORE = frozenset({"versions", "places", "settings", "curriculum", "clock", "cloud", "editor"})
NAMED = 5
REBUILD = "`mlcoach doctor --rebuild` folds everything again from the journal, which is whole"
RESTORE = "`mlcoach restore` lists the backups and puts one back; it keeps this file"
SAVE = "`mlcoach export journal -o FILE` saves what can be read, for `mlcoach import journal`"


def examine(
    context: "Context", on_progress: OnProgress, rebuilt: int | None = None, aside: int | None = None
) -> DoctorView:
    """Return the findings, in the order in which they matter. Never raises for what it finds."""
    around = [environment_checks.versions(), environment_checks.settings(context), environment_checks.places(context)]
    with _looking(context) as (database, store):
        found = [database]
        latest = None
        if store is not None:
            latest = _latest(store)
            found += [
                _guarded("integrity", lambda: _integrity(store)),
                _guarded("rows", lambda: _rows(store, on_progress)),
                _guarded("orphans", lambda: _orphans(context, store)),
                _guarded("ticks", lambda: _ticks(context, store)),
            ]
            found += _unread(store) + _future(context, store) + _copied(context, store)
    found += [
        environment_checks.private(context.places.database),
        _guarded("backups", lambda: _backups(context, database)),
    ]
    around += [
        _guarded("curriculum", lambda: environment_checks.curriculum(context)),
        *found,
        environment_checks.clock(context, latest),
        synced(context.places.data, context.environment),
        *sync_check(context),
        *group_check(context),
        *key_check(context),
        environment_checks.editor(context),
        environment_checks.practice(context),
    ]
    broken = {check.name for check in around if not check.ok}
    code = ExitCode.OK
    if broken:
        code = ExitCode.INVALID_FILE if broken <= NOT_THE_STORE else ExitCode.STORE
    return DoctorView(not broken, tuple(around), int(code), rebuilt, aside)


def rebuild(context: "Context", on_progress: OnProgress) -> int:
    """Fold every row again from the journal and return how many keys and answers were folded.

    Raises StoreError for a database that cannot be written, and for a journal with an entry that cannot be read.
    """
    from mlcoach.store.database import explained
    from mlcoach.store.refold import rebuild_all

    store = context.writable_store()
    total = 0
    with explained(store.path):
        try:
            for done, total in rebuild_all(store.connection):
                on_progress(done, total)
        except (ValueError, KeyError, TypeError) as error:
            message = f"an entry of the journal cannot be read ({error}); nothing was rebuilt"
            raise StoreError(message, RESTORE) from error
    return total


def set_aside(context: "Context") -> int:
    """Set aside all entries of days still to come, as one step of undo, and return how many.

    Raises StoreError when nothing could be written.
    """
    found = context.store.future_entries(context.today)
    if found:
        store = context.writable_store()
        store.remember_clock_warning(store.newest_recorded() or 0)  # what it would say is being done
        record(context, FutureSetAside(found.ids), opens_day=False)
    return len(found.ids)


def find_damage(context: "Context") -> MlcoachError | None:
    """Return the error that names the first damage of the store, None for one that is whole or not there."""
    from mlcoach.store.damage import find

    return find.find_damage(context.places.database)


class _Look(NamedTuple):
    """The finding on the database file, and the store where its contents can be looked at."""

    finding: CheckView
    store: "Store | None" = None


@contextmanager
def _looking(context: "Context") -> Iterator[_Look]:
    look = _open(context)
    try:
        yield look
    finally:
        if look.store is not None:
            look.store.close()


def _open(context: "Context") -> _Look:
    from mlcoach.store.migrations import NEWEST
    from mlcoach.store.store import Store

    path = context.places.database
    if not path.exists():
        return _Look(_nothing_there(context, f"none yet; the first entry makes {path}"))
    store = None
    try:
        store = Store.open_to_look(path)
        found, tables = store.schema_version(), store.has_tables()
        if found == NEWEST and store.is_outdated():
            detail = f"{path}, schema version {found}; the next command reads what was kept unread before an update"
            store.close()
            return _Look(good("database", detail))
        if found == NEWEST:
            entries = store.entries().number
            size = path.stat().st_size / 1_000_000
            number = "1 event" if entries == 1 else f"{entries:,} events"
            return _Look(good("database", f"{path}, schema version {found}, {number}, {size:.1f} MB"), store)
    except (MlcoachError, OSError) as error:
        message = error.message if isinstance(error, MlcoachError) else f"cannot read `{path}`: {error.strerror}"
        return _Look(_unusable(store, message))
    except Exception as error:  # any bytes at all may stand there
        return _Look(_unusable(store, f"`{path}` is damaged: {error}"))
    store.close()
    if found > NEWEST:
        detail = f"`{path}` was written by a newer mlcoach (schema version {found}, this program knows {NEWEST})"
        return _Look(bad("database", detail, "update mlcoach; nothing was changed"))
    if found == 0 and tables:
        return _Look(bad("database", f"`{path}` is a database of another program", "move it away"))
    if found == 0:
        return _Look(_nothing_there(context, f"{path} is empty; the first entry fills it"))
    return _Look(
        good("database", f"{path}, schema version {found}; the next command brings it to {NEWEST}, after a backup")
    )


def _unusable(store: "Store | None", message: str) -> CheckView:
    if store is not None:
        store.close()
    return bad("database", message, SAVE, RESTORE)


def _nothing_there(context: "Context", detail: str) -> CheckView:
    """Return the finding on a store without entries: a beginning, or a loss where backups know better."""
    from mlcoach.store.backups import newest

    last = newest(context.places.backups)
    if last is None or not last.events:
        return good("database", detail)
    return bad("database", f"{detail}; but the backup {last.name} {_holds(last)}", RESTORE)


def _guarded(name: str, look: Callable[[], CheckView]) -> CheckView:
    """Return a finding; a look that fails is a finding too."""
    try:
        return look()
    except MlcoachError as error:
        return bad(name, error.message, error.hint)
    except Exception as error:  # any bytes at all may stand there
        return bad(name, f"the database cannot be read: {error}", SAVE, RESTORE)


def _latest(store: "Store") -> int | None:
    from mlcoach.store.damage.entries import LATEST_INSTANT

    try:
        latest = store.entries().latest
    except StoreError:
        return None
    return latest if isinstance(latest, int) and 0 < latest < LATEST_INSTANT else None


def _integrity(store: "Store") -> CheckView:
    from mlcoach.store.verify import file_complaints

    complaints = file_complaints(store.connection)
    if complaints:
        said = "1 complaint" if len(complaints) == 1 else f"{len(complaints)} complaints"
        return bad("integrity", f"the file is damaged: {said}", *complaints[:NAMED], SAVE, RESTORE)
    return good("integrity", "SQLite finds the file whole, every reference leads somewhere")


def _rows(store: "Store", on_progress: OnProgress) -> CheckView:
    from mlcoach.store.verify import CANNOT_BE_READ, NOTES, rows_unlike_folds

    wrong: list[str] = []
    total = 0
    for look in rows_unlike_folds(store.connection):
        total = look.total
        on_progress(look.done, look.total)
        if look.wrong:
            wrong.append(look.wrong)
    if wrong:
        named = ", ".join(wrong[:NAMED]) + (" …" if len(wrong) > NAMED else "")
        number = "1 row differs" if len(wrong) == 1 else f"{len(wrong):,} rows differ"
        if any(name.endswith(CANNOT_BE_READ) or name == NOTES for name in wrong):
            return bad("rows", f"{number} from what the journal says: {named}", SAVE, RESTORE)
        return bad("rows", f"{number} from what the journal says: {named}", REBUILD)
    return good("rows", f"all rows are what the journal says ({total:,} looked at)")


def _unread(store: "Store") -> list[CheckView]:
    """Return the findings on entries that are kept without being read, where there are any."""
    try:
        unknown, wrong = store.unread()
    except Exception:  # the other findings say why
        return []
    found = []
    if unknown:
        said = "1 entry of a kind" if unknown == 1 else f"{unknown:,} entries of kinds"
        are = "it is" if unknown == 1 else "they are"
        found.append(good("unread", f"{said} this release does not know: {are} kept, and read after an update"))
    if wrong:
        said = "1 entry that is" if wrong == 1 else f"{wrong:,} entries that are"
        found.append(advice("set aside", f"{said} not in the expected form: kept, and not counted"))
    return found


def _future(context: "Context", store: "Store") -> list[CheckView]:
    """Return the finding on entries of days still to come, where there are any."""
    try:
        found = store.future_entries(context.today)
    except StoreError:  # the other findings say why
        return []
    if not found:
        return []
    return [
        advice(
            "future",
            f"{found.described} of days still to come, up to {found.last}",
            "if the clock is right now, it was ahead then: `mlcoach doctor --set-aside` sets them aside",
            "nothing is deleted: `mlcoach undo` brings them back",
        )
    ]


def _copied(context: "Context", store: "Store") -> list[CheckView]:
    """Return the finding on a home that was copied and not written to since."""
    try:
        found = device.looked(context, store)
    except (MlcoachError, ValueError, TypeError, OSError):  # the other findings say why
        return []
    if found not in ("copy", "unknown"):
        return []
    doubt = "" if found == "copy" else ", or may have been: this machine has no id to tell"
    return [
        advice(
            "device",
            f"this home was copied, moved or carried to another machine{doubt}",
            "its first entry from here on gets a device name of its own, so that it can be joined with the original",
        )
    ]


def _orphans(context: "Context", store: "Store") -> CheckView:
    """Return the states whose id the curriculum no longer has: kept, and shown nowhere else."""
    catalog = context.catalog
    aliases = catalog.aliases()
    items = store.item_keys()
    there = catalog.heads(aliases.get(key, key) for key in items)
    gone = [key for key in items if aliases.get(key, key) not in there and key not in catalog.hidden]
    lost = [key for key in store.unit_keys() if aliases.get(key, key) not in catalog.units]
    if not gone and not lost:
        return good("orphans", "every card, exercise and unit with progress is in the curriculum")
    counts = [
        f"{len(keys)} {one if len(keys) == 1 else many}"
        for keys, one, many in ((gone, "card or exercise", "cards and exercises"), (lost, "unit", "units"))
        if keys
    ]
    more = [", ".join(keys[:NAMED]) + (" …" if len(keys) > NAMED else "") for keys in (gone, lost) if keys]
    if catalog.skipped:
        more.append("some may be in a file that is left out because of errors")
    more.append("their progress is kept: `mlcoach cards adopt OLD NEW` moves it to another card")
    return advice("orphans", f"{' and '.join(counts)} with progress, gone from the curriculum", *more)


def _ticks(context: "Context", store: "Store") -> CheckView:
    """Return what is ticked though its checklist no longer has it: in lists by themselves, and in those of projects."""
    from mlcoach.domain.work.checklists import all_orphaned

    catalog = context.catalog
    lists = [found for id in catalog.checklists() if (found := catalog.checklist(id))]
    ticks = {name: set(items) for name, items in store.projects.ticks().items()}
    under_way = [one.steps for one in store.projects.all().values() if one.status in ("idea", "doing")]
    under_way += [one.checked for one in store.work.jobs().values() if not one.dropped]
    for name, item in (one for steps in under_way for one in steps):
        ticks.setdefault(name, set()).add(item)
    gone = all_orphaned(lists, ticks)
    if not gone:
        return good("ticks", "every ticked item is in its checklist")
    said = (
        "1 ticked item that its checklist no longer has"
        if len(gone) == 1
        else (f"{len(gone)} ticked items that their checklists no longer have")
    )
    return advice(
        "ticks",
        said,
        ", ".join(one_line(one)[:80] for one in gone[:NAMED]) + (" …" if len(gone) > NAMED else ""),
        'the ticks are kept: an item with `was = ["OLD"]` takes one over',
    )


def _backups(context: "Context", database: CheckView) -> CheckView:
    from mlcoach.store.backups import newest

    folder = context.places.backups
    last = newest(folder)
    if last is None:
        if not context.places.database.exists():
            return good("backups", "none yet; the first entry makes one")
        return advice("backups", f"none in {folder}", "" if not database.ok else "`mlcoach backup` makes one")
    when = last.taken.astimezone(context.now.tzinfo or UTC)
    detail = f"the last one is {last.name}, of {format_day(when.date(), context.today)} {when:%H:%M}"
    if not last.readable:
        return advice("backups", f"{detail}, and it cannot be read", "`mlcoach backup` makes another")
    return good("backups", f"{detail}; it {_holds(last)}")


def _holds(backup: "Backup") -> str:
    return "holds 1 entry" if backup.events == 1 else f"holds {backup.events:,} entries"
