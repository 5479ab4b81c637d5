"""Before the first write of a command: whether this home is where it was, or a copy that needs a name of its own."""

import os
from typing import TYPE_CHECKING

from mlcoach.adapters import machine
from mlcoach.store import device
from mlcoach.store.database import explained, transaction
from mlcoach.store.device import Finding, Home

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.store import Store

JOINING = "`mlcoach sync` joins it with the original, if that goes on, or `export journal` and `import journal` do"
COPIED = (
    "this home was copied, moved or carried to another machine: what is written from now on has a device name of its"
    f" own; {JOINING}"
)
IN_DOUBT = (
    "this home is elsewhere than before, and this machine has no id to tell whether it is a copy: what is written from"
    f" now on has a device name of its own; {JOINING}"
)
QUESTION = (
    "This home is elsewhere than before, and this machine has no id to tell why. Is it a copy, with the original still"
    " in use?"
)


def settle(context: "Context") -> None:
    """Give a copied home a device name of its own, or back the one it had on this machine; say so once.

    Raises StoreError when nothing can be written.
    """
    if context.is_settled:
        return
    context.is_settled = True
    store = context.writable_store()
    with explained(store.path):
        home = _home(context, store)
        found = device.look(store.connection, home) if home else "same"
        if home is None or found == "same":
            return
        meant = _meant(context, store, found)
        with transaction(store.connection):
            # Another terminal may have settled it in the meantime.
            if device.look(store.connection, home) == found:
                device.settle(store.connection, home, meant)


def looked(context: "Context", store: "Store") -> Finding:
    """Return whether this home is where it was; nothing is changed. Raises StoreError for a store that is damaged."""
    with explained(store.path):
        home = _home(context, store)
        return device.look(store.connection, home) if home else "same"


def _home(context: "Context", store: "Store") -> Home | None:
    """Return where this home is; None where that needs no look."""
    known = os.stat(store.path)  # noqa: PTH116 - the numbers alone
    file = (known.st_dev, known.st_ino)
    if not machine.IS_QUICK and device.is_where_it_was(store.connection, file):
        return None
    return Home(machine.machine_id(context.environment), str(store.path.resolve()), file)


def _meant(context: "Context", store: "Store", found: Finding) -> Finding:
    """Return what a finding comes to, and tell the learner of a new name; where there is no id they are asked once."""
    if found == "copy":
        context.notices.append(COPIED)
    elif found == "unknown":
        if context.confirm is None:
            context.notices.append(IN_DOUBT)
            return "copy"
        if context.confirm(QUESTION):
            return "copy"
        device.settle_as_one(store.connection)
        return "moved"
    elif found == "replaced":
        from mlcoach.store.backups import highest_number

        # The file of an earlier day was put in its place by hand: numbers given since must not be given again.
        name = device.known_device(store.connection)
        if name and highest_number(context.places.backups, name) > device.last_number(store.connection, name):
            return "copy"
    return found
