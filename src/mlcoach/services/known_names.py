"""What commands may name, for saying them shorter on a narrow screen."""

from typing import TYPE_CHECKING

from mlcoach.domain.help.commands import KnownNames
from mlcoach.services.papers.passes import current_paper

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def known_names(context: "Context") -> KnownNames:
    """Return what commands may name; nothing where the map or the store cannot be read, as then they stay whole."""
    try:
        catalog, store = context.catalog, context.store
        ids = {*catalog.units, *catalog.subjects(), *catalog.paths, *catalog.checklists(), *catalog.item_ids()}
        papers, units = store.paper_titles(), store.units()
        under_way = {id for id, state in units.items() if state.mark == "learning"}
        far = {*catalog.units} - {*context.path.units} - under_way
        current = current_paper(context) if papers else ""
        return KnownNames(frozenset(ids), papers, current, frozenset(far))
    except Exception:  # a screen that says what is wrong must not fail itself
        return KnownNames()
