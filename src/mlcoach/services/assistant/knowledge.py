"""What the learner knows as an assistant sees it: one unit of the map, and what is rusty or failing, and why."""

from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Card, Exercise, ItemHead, is_deck
from mlcoach.domain.day.unit_status import RUSTY_RECALL, SATISFIED
from mlcoach.domain.quoting import quoted
from mlcoach.services import names
from mlcoach.services.cards.cards import leeches
from mlcoach.services.cards.text import load_item, one_line_question
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.curriculum.retained import shares_of
from mlcoach.services.curriculum.show import show
from mlcoach.services.day import done, steps
from mlcoach.services.practice.former_ids import present_states
from mlcoach.services.review import items as review_items
from mlcoach.views.assistant.reading import (
    FailingItemView,
    KnowledgeView,
    MapUnitView,
    WeakUnitView,
    map_unit,
)
from mlcoach.views.curriculum import ShownUnitView

if TYPE_CHECKING:
    from mlcoach.domain.day.unit_status import UnitProgress
    from mlcoach.services.context import Context

MOST_SHOWN = 8
LONGEST_PROMPT = 300  # characters
NAMED = 3  # strongest units, and as many of the weakest
REPEATED = 2  # times of the same known mistake
RUSTY = f"passed, and the mean recall of its items is below {RUSTY_RECALL:g} today"
WEAK = "of what is covered and not rusty, the least of it would be recalled today"


def unit(context: "Context", name: str = "") -> MapUnitView:
    """Return a unit, without a name the one of the step under way. Raises as `names.unit` does."""
    id = names.unit(context, name) if name else steps.unit_of_step(context, done.current_step(context))
    shown = show(context, id)
    assert isinstance(shown, ShownUnitView)
    return map_unit(shown.unit, MOST_SHOWN)


def knowledge(context: "Context") -> KnowledgeView:
    """Return what is covered and retained of the path, and what is rusty, weak or failing, each with its reason."""
    now = unit_progress(context, with_memory=True)
    covered = [id for id in context.catalog.units if not is_deck(id) and now.status[id] in SATISFIED]
    by_strength = sorted((id for id in covered if now.retained.get(id)), key=lambda id: -now.retained[id])
    strongest = by_strength[:NAMED]
    weakest = [id for id in reversed(by_strength) if id not in strongest and now.status[id] != "rusty"][:NAMED]
    rusty = sorted((id for id in covered if now.status[id] == "rusty"), key=lambda id: now.retained.get(id, 0.0))
    failing = _failing(context)
    shares = shares_of(context, now, context.path.units)
    return KnowledgeView(
        path=context.path.id,
        covered=round(shares.covered, 3),
        retained=round(shares.retained, 3),
        units_covered=len(covered),
        rusty=tuple(_unit_that_fades(context, now, id, RUSTY) for id in rusty[:MOST_SHOWN]),
        weakest=tuple(_unit_that_fades(context, now, id, WEAK) for id in weakest),
        strongest=tuple(strongest),
        failing=tuple(_failing_item(context, *one) for one in failing[:MOST_SHOWN]),
        failing_in_all=len(failing),
        due_items=review_items.due_count(context),
    )


def _unit_that_fades(context: "Context", now: "UnitProgress", id: str, why: str) -> WeakUnitView:
    title = quoted(title=context.catalog.units[id].title)
    return WeakUnitView(id, now.status[id], round(now.retained.get(id, 0.0), 3), why, title)


def _failing(context: "Context") -> list[tuple[ItemHead, str]]:
    """Return the items that fail: those that keep slipping, then the same mistake again, then a last attempt wrong."""
    why = {one.item: f"slipped {one.lapses} times" for one in leeches(context).leeches if not one.suspended}
    tried = {id: state for id, state in present_states(context).items() if state.tries}
    for id, state in tried.items():
        again = [(count, name) for name, count in state.misconceptions.items() if count >= REPEATED]
        if again and id not in why:
            count, name = max(again)
            why[id] = f"the same known mistake {count} times: {name}"
    for id, state in tried.items():
        if state.verdict != "right" and id not in why:
            why[id] = f"the last attempt, {state.last_day}, was not right"
    return [(head, why[id]) for id, head in context.catalog.heads(why).items()]


def _failing_item(context: "Context", head: ItemHead, why: str) -> FailingItemView:
    return FailingItemView(head.id, head.unit, why, quoted(question=_asked(load_item(context, head.id))))


def _asked(subject: Card | Exercise) -> str:
    """Return what an item asks; of an exercise not its title, which often names the method."""
    return subject.prompt[:LONGEST_PROMPT] if isinstance(subject, Exercise) else one_line_question(subject)
