"""The learner's word on a unit: passed it, know it or don't want it, back to learning."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import unlocked_by
from mlcoach.domain.day import unit_status
from mlcoach.domain.day.progress import UnitState
from mlcoach.domain.day.units import MOST_OPEN
from mlcoach.domain.events import PassedBy, UnitMark, UnitMarked
from mlcoach.domain.text import checked
from mlcoach.services import names
from mlcoach.services.curriculum import progress
from mlcoach.services.curriculum.steps_done import closed_steps
from mlcoach.services.day import preparation
from mlcoach.services.day.practice import last_to_solve
from mlcoach.services.record import record
from mlcoach.services.review.new_cards import unmet
from mlcoach.views.units import RemainderView, UnitChangedView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MET_SHARE, KNOWN_RECALL = 0.8, 0.8  # of a unit's cards, and their mean recall, for a pass without a remainder


def mark_unit(
    context: "Context", name: str, mark: UnitMark, day: date, note: str = "", recalled: int = 0, command: str = ""
) -> UnitChangedView:
    """Mark a unit as passed, skipped or learning on a study day, and return what became ready by it.

    `recalled` is the learner's own grade of the closing question, 1 to 4 (0: not asked); `command` is as in `record`.

    Locks advise: a locked unit can be passed, and a notice says what it was waiting for. Raises NotFoundError or
    UsageError for a name that fits nothing or several.
    """
    id = names.unit(context, name)
    unit = context.catalog.units[id]
    before = progress.unit_progress(context)
    missing = before.locked_by(unit.requires)
    if mark == "passed" and missing:
        context.notices.append(f"it builds on {', '.join(missing)}, which you have not marked as passed")
    ready_before = _ready(context, before)
    remainder = remainder_of(context, id, before.states.get(id)) if mark == "passed" else None
    how: PassedBy = "study" if mark == "passed" and before.status[id] in ("", "learning") else ""
    record(context, UnitMarked(id, mark, checked(note, "note"), how, recalled), day=day, command=command)
    ready_after = _ready(context, progress.unit_progress(context))
    followers = unlocked_by(context.catalog.units)[id]
    if mark == "learning" and day == context.today:
        _advise_on_reopened(context, id)
    items = [head.id for head in context.catalog.items(id)]
    known = sum(bool(state.last_recalled) for state in context.store.items(items).values())
    return UnitChangedView(
        unit=id,
        title=unit.title,
        mark=mark,
        date=day,
        recall=context.catalog.text(id).recall if mark == "passed" else "",
        unlocked=tuple(
            (follower, context.catalog.units[follower].title)
            for follower in followers
            if follower in ready_after - ready_before
        ),
        items=len(items),
        recalled=known,
        status="passed" if mark == "passed" else mark,
        remainder=remainder,
    )


def remainder_of(context: "Context", unit: str, state: UnitState | None) -> RemainderView | None:
    """Return what is missing for a unit to be passed whole, None where nothing is.

    That is four fifths of its cards met, a mean recall of them of 0.8, where a card that failed last counts as
    forgotten, and its last exercise to solve alone done.
    """
    cards = [head.id for head in context.catalog.items(unit) if head.kind == "card"]
    left = len(unmet(context, unit))
    recall = preparation.mean_recall(context, unit, failed=0.0)
    last = last_to_solve(context, unit)
    exercises = (last,) if last and last not in closed_steps(context, unit, state) else ()
    met = 1 - left / len(cards) if cards else 1.0
    if met >= MET_SHARE and (not cards or (recall or 0.0) >= KNOWN_RECALL) and not exercises:
        return None
    return RemainderView(left, None if recall is None else round(recall, 3), exercises)


def _ready(context: "Context", standing: unit_status.UnitProgress) -> set[str]:
    return {
        unit.id
        for unit in context.catalog.units.values()
        if not standing.status[unit.id] and not standing.locked_by(unit.requires)
    }


def _advise_on_reopened(context: "Context", unit: str) -> None:
    """Leave a notice that today's plan stands where it does not hold a unit that was opened again."""
    planned = context.store.day(context.today).plan
    if planned is not None and all(block.get("unit") != unit for block in planned):
        context.notices.append("today's plan stays as it is; with this one in it: `mlcoach today --replan`")


def advise_on_unit(context: "Context", unit: str) -> None:
    """Leave a notice when `unit` is about to be begun while locked, or as one unit too many."""
    standing = progress.unit_progress(context)
    if standing.status.get(unit):
        return  # under way or closed already: the advice was given when it was begun
    known = context.catalog.units[unit]
    missing = set(standing.locked_by(known.requires))
    for requirement in known.requires:
        if requirement.unit in missing:
            reason = f": {requirement.why}" if requirement.why else ""
            context.notices.append(f"it builds on {requirement.unit}, not passed yet{reason}")
    # What was only put back to learning, and not opened since, is not what somebody has under way.
    learning = [id for id, status in standing.status.items() if status == "learning"]
    under_way = [id for id in learning if standing.states[id].seconds or standing.states[id].steps]
    if len(under_way) >= MOST_OPEN:
        context.notices.append(
            f"{len(under_way) + 1} units are under way with this one, and a plan keeps {MOST_OPEN}; "
            f"`mlcoach done` or `mlcoach skip` closes one of {', '.join(under_way)}"
        )
