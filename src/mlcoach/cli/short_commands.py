"""Shorter forms of the commands that a screen names, where the terminal is too narrow for them."""

from typing import TYPE_CHECKING

from mlcoach.domain.help.commands import KnownNames, fitting

if TYPE_CHECKING:
    from mlcoach.services.context import Context


class ShortCommands:
    """Says commands shorter; what may be named is read when it is needed first."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._known: KnownNames | None = None

    def __call__(self, command: str, room: int) -> str:
        """Return the longest form of a command that `room` cells hold, the shortest one where none fits."""
        if len(command) <= room:
            return command
        if self._known is None:
            self._known = self._names()
        return fitting(command, room, self._known)

    def _names(self) -> KnownNames:
        """Return what commands may name; nothing where the map or the store cannot be read, as then they stay whole."""
        from mlcoach.services.papers.passes import current_paper

        try:
            catalog = self._context.catalog
            ids = {*catalog.units, *catalog.subjects(), *catalog.paths, *catalog.checklists(), *catalog.item_ids()}
            papers = self._context.store.paper_titles()
            under_way = {id for id, state in self._context.store.units().items() if state.mark == "learning"}
            far = {*catalog.units} - {*self._context.path.units} - under_way
            current = current_paper(self._context) if papers else ""
            return KnownNames(frozenset(ids), papers, current, frozenset(far))
        except Exception:  # a screen that says what is wrong must not fail itself
            return KnownNames()
