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
            from mlcoach.services.known_names import known_names

            self._known = known_names(self._context)
        return fitting(command, room, self._known)
