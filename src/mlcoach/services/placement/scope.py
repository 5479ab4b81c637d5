"""What a placement is about, and what is known of the learner there."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.day.unit_status import UnitProgress
from mlcoach.domain.event_keys import Key
from mlcoach.domain.events import UnitMarked
from mlcoach.domain.placement.answers import PlacementAnswer, PlacementState, as_evidence
from mlcoach.domain.placement.belief import Evidence, UnitGraph, unit_graph
from mlcoach.services import named_units

if TYPE_CHECKING:
    from mlcoach.services.context import Context

# Tracks whose units pass nothing that they build on: who reads a paper well need not know what machine learning needs.
QUIET = ("start", "papers", "career")
CRAFT = ("eng",)  # tracks whose units say nothing of theory
PRACTICAL = ("prog", *CRAFT, *QUIET)  # tracks that are no theory
PASSED = ("passed", "mastered", "rusty")


class PlacementScope(NamedTuple):
    """The units that questions are asked on, and the graph of these and all they build on.

    Those of `each` were asked for by a name of theirs: none is passed without a question of its own. With `alone`, a
    single unit, all its questions are asked and no others: they come before it is begun. `is_path`: it is about the
    learner's own path.
    """

    title: str
    asked: frozenset[str]
    graph: UnitGraph
    each: frozenset[str] = frozenset()
    alone: str = ""
    is_path: bool = False


def scope_of(context: "Context", words: Sequence[str]) -> PlacementScope:
    """Return what the words name, paths, subjects or units; without words the learner's path, and what they said of
    themselves beside it.

    Raises NotFoundError and UsageError for a name that fits nothing or several.
    """
    catalog = context.catalog
    if not words:
        return _scope(context, context.path.title, context.path.units, _told(context))._replace(is_path=True)
    if path := named_units.path_named(context, " ".join(words)):
        return _scope(context, path.title, path.units)
    found: dict[str, None] = {}
    titles: dict[str, None] = {}
    subjects = catalog.subjects()
    for name in named_units.split(context, words):
        units = [id.partition("/")[0] for id in named_units.units_of(context, name)]
        found |= dict.fromkeys(units)
        of_subjects = {catalog.units[unit].subject for unit in units}
        one_subject = len(units) > 1 and len(of_subjects) == 1
        title = subjects[of_subjects.pop()].title if one_subject else catalog.units[units[0]].title
        titles[title if one_subject or len(units) == 1 else name] = None
    scope = _scope(context, ", ".join(titles), tuple(found))
    return scope._replace(each=scope.asked, alone=next(iter(found)) if len(found) == 1 else "")


def _told(context: "Context") -> list[str]:
    """Return the units that the learner said they know, in part or whole."""
    skipped = [id for id, state in context.store.units().items() if state.mark == "skipped"]
    said = (*context.settings.get("familiar"), *(id for id in skipped if claim_of(context, id)))
    aliases = context.catalog.aliases()
    return [aliases.get(id, id) for id in said]


def _scope(context: "Context", title: str, asked: Sequence[str], beside: Sequence[str] = ()) -> PlacementScope:
    units = context.catalog.units
    inside = [id for id in asked if id in units]
    requires: dict[str, tuple[str, ...]] = {}
    waiting = list(reversed([*inside, *beside]))
    while waiting:
        unit = waiting.pop()
        if unit not in requires and unit in units:
            requires[unit] = tuple(edge.unit for edge in units[unit].requires if edge.share >= 1)
            waiting += requires[unit]
    doing = frozenset(id for id in requires if units[id].doing)
    quiet = frozenset(id for id in requires if units[id].track in QUIET)
    graph = unit_graph({id: requires[id] for id in units if id in requires}, doing, quiet)._replace(
        craft=frozenset(id for id in requires if units[id].track in CRAFT),
        theory=frozenset(id for id in requires if units[id].track not in PRACTICAL),
    )
    return PlacementScope(title, frozenset(inside), graph)


class Known(NamedTuple):
    """What there is to go by: the evidence, the claims that the answers may confirm, and what is never asked.

    `told` are the units that the learner spoke of, in part or whole, each with its subject; `in_part` are those of
    which they know something, which no answer to another unit passes.
    """

    evidence: Evidence
    claimed: frozenset[str]
    silent: frozenset[str]
    told: Mapping[str, str]
    in_part: frozenset[str] = frozenset()


def known_of(context: "Context", scope: PlacementScope, progress: UnitProgress, state: PlacementState) -> Known:
    """Return what is known of the learner in this scope.

    What was passed is certain. What they said they know, in part or whole, and what their path takes as known, is
    likelier by two log-odds. An answer counts for sixty days, and no longer than until its unit is studied.
    """
    status = progress.status
    passed = frozenset(id for id in scope.graph.order if status[id] in PASSED)
    skipped = frozenset(id for id in scope.graph.order if status[id] == "skipped")
    claimed = frozenset(id for id in skipped if claim_of(context, id))
    aliases = context.catalog.aliases()
    answers = [answer._replace(unit=aliases.get(answer.unit, answer.unit)) for answer in state.fresh(context.today)]
    counted = [answer for answer in answers if not _is_over(answer, progress)]
    familiar = frozenset(aliases.get(id, id) for id in context.settings.get("familiar"))
    said = skipped | ((progress.known | familiar) & frozenset(scope.graph.order))
    told = {id: context.catalog.units[id].subject for id in scope.graph.order if id in claimed | familiar}
    in_part = familiar & frozenset(scope.graph.order) - claimed
    return Known(Evidence(as_evidence(counted), said, passed), claimed, skipped - claimed, told, in_part)


def _is_over(answer: PlacementAnswer, progress: UnitProgress) -> bool:
    """Return whether a unit was studied, or opened again, since an answer to it."""
    state = progress.states.get(answer.unit)
    return progress.status.get(answer.unit) == "learning" and state is not None and state.last_day > answer.day


def claim_of(context: "Context", unit: str) -> tuple[str, ...]:
    """Return the ids of the entries by which a skipped unit was said to be known, none where it is only not wanted."""
    ids = [unit, *(old for old, now in context.catalog.aliases().items() if now == unit)]
    events = [event for id in ids for event in context.store.events_of(Key("unit", id))]
    marks = [event for event in events if isinstance(event.body, UnitMarked)]
    claims = tuple(event.id for event in marks if isinstance(event.body, UnitMarked) and event.body.claimed)
    return claims if len(claims) == len(marks) else ()
