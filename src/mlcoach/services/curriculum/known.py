"""What the learner knows: the units that are covered, each with what of it would be recalled today."""

from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Unit, is_deck
from mlcoach.domain.day import unit_status
from mlcoach.domain.day.unit_status import SATISFIED
from mlcoach.errors import UsageError
from mlcoach.services.curriculum import progress
from mlcoach.services.curriculum.names import find_on_map
from mlcoach.services.curriculum.retained import shares_of
from mlcoach.services.curriculum.show import statuses
from mlcoach.services.review.items import item_states
from mlcoach.views.curriculum import KnownSubjectView, KnownUnitView, KnownView, ShownKnownView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

NAMED = 3  # strongest units, and as many of the weakest


def known(context: "Context", name: str = "") -> ShownKnownView:
    """Return what is covered and retained of a path or subject; without a name of the whole map, and of the own path.

    Raises UsageError for a unit, NotFoundError or UsageError for a name that fits nothing or several.
    """
    catalog = context.catalog
    kind, of = find_on_map(context, name) if name else ("path", context.path.id)
    if kind == "unit":
        raise UsageError(
            f"--known tells of a subject or a path, and `{of}` is a unit", f"`mlcoach curriculum show {of}` shows it"
        )
    units = {id: unit for id, unit in catalog.units.items() if not is_deck(id)}
    if kind == "path":
        path = context.with_kept(catalog.paths[of])
        title, inside = path.title, [id for id in path.units if id in units]
    else:
        title, inside = catalog.subjects()[of].title, [id for id, unit in units.items() if unit.subject == of]
    now = progress.unit_progress(context, with_memory=True)
    # Without a name all that is known is listed, on the path or off it; the two numbers are those of the path.
    listed = [units[id] for id in (inside if name else units) if now.status[id] in SATISFIED]
    subjects = _subjects(context, now, listed)
    answered = [unit for subject in subjects for unit in subject.units if unit.retained]
    by_strength = sorted(answered, key=lambda unit: -unit.retained)
    strongest = by_strength[:NAMED]
    weakest = [unit for unit in reversed(by_strength) if unit not in strongest][:NAMED]
    return ShownKnownView(
        KnownView(
            of=of,
            title=title,
            **shares_of(context, now, inside)._asdict(),
            subjects=subjects,
            strongest=tuple(unit.id for unit in strongest),
            weakest=tuple(unit.id for unit in weakest),
        )
    )


def _subjects(context: "Context", now: unit_status.UnitProgress, listed: list[Unit]) -> tuple[KnownSubjectView, ...]:
    """Return the covered units by subject, in the order of the map."""
    catalog, status = context.catalog, statuses(context, now)
    covered: dict[str, list[KnownUnitView]] = {}
    for unit in listed:
        cards = [head.id for head in catalog.items(unit.id) if head.kind == "card"]
        met = sum(bool(state.last_day) for state in item_states(context, cards).values())
        view = KnownUnitView(
            unit.id, unit.title, status[unit.id], unit.hours, now.retained.get(unit.id, 0.0), len(cards), met
        )
        covered.setdefault(unit.subject, []).append(view)
    return tuple(
        KnownSubjectView(
            subject.id,
            subject.title,
            tuple(covered[subject.id]),
            *shares_of(context, now, (id for id, unit in catalog.units.items() if unit.subject == subject.id)),
        )
        for subject in catalog.subjects().values()
        if subject.id in covered
    )
