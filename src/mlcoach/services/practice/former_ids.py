"""Attempts stay under the id they were made with: which ids those are, by the curriculum and by `cards adopt`."""

from typing import TYPE_CHECKING

from mlcoach.domain.practice.attempts import AttemptState, together

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def present_ids(context: "Context") -> dict[str, str]:
    """Return the present id for each former one, of the curriculum and of items that were adopted."""
    aliases = context.catalog.aliases()
    found = dict(aliases)
    for old, new in context.store.adoptions():  # the last one last, so that what it moved before goes on with it
        target = aliases.get(new, new)
        found |= {former: target for former, now in found.items() if now == old}
        found[old] = target
    return found


def ids_of(context: "Context", item: str) -> list[str]:
    """Return all ids under which attempts at an item may be, its own last."""
    return [*(former for former, now in present_ids(context).items() if now == item and former != item), item]


def present_states(context: "Context") -> dict[str, AttemptState]:
    """Return what was tried of each item, under its present id."""
    now = present_ids(context)
    found: dict[str, list[AttemptState]] = {}
    for id, state in sorted(context.store.attempts.states().items(), key=lambda pair: pair[0] not in now):
        found.setdefault(now.get(id, id), []).append(state)
    return {id: together(states) for id, states in found.items()}
