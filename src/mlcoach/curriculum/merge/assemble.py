"""Parts of files -> drafts: a unit with its lists and its items, each with the place it comes from."""

from collections.abc import Iterable, Sequence
from typing import TypeVar
from zlib import crc32

from mlcoach.curriculum.merge.merged import Item, MergedCurriculum, MergedSubject, MergedUnit, Sourced
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.source import KeyLocation, later
from mlcoach.domain.curriculum import Requirement

T = TypeVar("T")

# The steps of a unit that are neither a reading nor an exercise.
OTHER_STEPS = ("before", "study", "recall")
KIND_NAMES = {"card": "card", "exercise": "exercise", "pretest": "pretest question"}


def entries(values: Iterable[T], place: KeyLocation) -> list[Sourced[T]]:
    """Return the values of a list, each with its place."""
    return [Sourced(value, KeyLocation(place.source, (*place.path, index))) for index, value in enumerate(values)]


def requirements(edges: Iterable[model.Requirement], place: KeyLocation) -> list[Sourced[Requirement]]:
    """Return prerequisites as they are written, each with its place; `merge` makes their ids full."""
    return entries([Requirement(edge.unit, edge.why or "") for edge in edges], place)


def add_unit(whole: MergedCurriculum, subject: MergedSubject, unit: model.Unit, place: KeyLocation) -> None:
    """Add a new unit to a subject. A unit that exists is an error that points to `[change.ID]`."""
    full = f"{subject.id}.{unit.id}"
    if other := whole.units.get(full):
        in_overlay = isinstance(place.source.model, model.OverlayFile)
        whole.note_value(
            "duplicate-id",
            KeyLocation(place.source, (*place.path, "id")),
            f"unit `{full}` is already in {other.place.text()}",
            f"to change that unit, write `[change.{unit.id}]`" if in_overlay else "give this one another id",
        )
        return

    def at(key: str) -> KeyLocation:
        return KeyLocation(place.source, (*place.path, key))

    draft = MergedUnit(full, subject.id, unit, place)
    whole.units[full] = draft
    subject.units.append(full)
    draft.assumes = entries(unit.assumes, at("assumes"))
    draft.objectives = entries(unit.objectives, at("objectives"))
    draft.read = entries(unit.read, at("read"))
    draft.paper = entries(unit.paper, at("paper"))
    draft.requires = requirements(unit.requires, at("requires"))
    set_shares(draft, unit.encompasses, at("encompasses"))
    add_items(whole, draft, "pretest", unit.pretest, at("pretest"))
    add_items(whole, draft, "card", unit.card, at("card"))
    add_items(whole, draft, "exercise", unit.exercise, at("exercise"))


def set_shares(draft: MergedUnit, shares: dict[str, float], place: KeyLocation) -> None:
    """Set how much of other units a unit also practises, unit by unit."""
    for key, share in shares.items():
        draft.encompasses[key] = Sourced(share, KeyLocation(place.source, (*place.path, key)))


def add_items(
    whole: MergedCurriculum,
    draft: MergedUnit,
    kind: str,
    values: Sequence[model.Card | model.Exercise],
    place: KeyLocation,
) -> None:
    """Add cards, exercises or pretest questions to a unit; ids are unique among all three."""
    for number, value in enumerate(values):
        spot = KeyLocation(place.source, (*place.path, number))
        if value.id is None:
            name = temporary_id(value, draft)
            whole.warn(
                "missing-id",
                spot,
                f"{KIND_NAMES[kind]} {number + 1} of `{draft.id}` has no `id`; its progress is lost when its "
                "text changes",
                "`mlcoach curriculum fix` writes one, which keeps what it has",
            )
        elif other := draft.items.get(value.id):
            name = value.id
            whole.note_value(
                "duplicate-id",
                KeyLocation(spot.source, (*spot.path, "id")),
                f"`{draft.id}` already has {KIND_NAMES[other.kind]} `{name}`, in {other.place.text()}",
                "cards, exercises and pretest questions of a unit share their ids; choose another one",
            )
            continue
        else:
            name = value.id
        draft.items[name] = Item(name, kind, value, spot)


def name_readings(whole: MergedCurriculum, draft: MergedUnit) -> None:
    """Give the readings of a unit, with all overlays applied, their ids; those share a namespace with the items'."""
    for entry in draft.read:
        name = entry.value.id or temporary_id(entry.value, draft)
        item, other = draft.items.get(name), draft.readings.get(name)
        if not (item or other or name in OTHER_STEPS):
            draft.readings[name] = entry
            continue
        place = KeyLocation(entry.place.source, (*entry.place.path, "id"))
        if item:
            place, taken = later(place, item.place), f"a {KIND_NAMES[item.kind]}, in {item.place.text()}"
        else:
            taken = f"a reading, in {other.place.text()}" if other else "a step that every unit may have"
        whole.note_value(
            "duplicate-id",
            place,
            f"`{name}` of `{draft.id}` already names {taken}",
            "the readings, cards, exercises and pretest questions of a unit share their ids; choose another one",
        )


def temporary_id(value: model.Card | model.Exercise | model.Read, draft: MergedUnit) -> str:
    """Return an id derived from the text of an item or a reading without one: `text-1a2b3c4d`, the same each time.

    A second one of the unit with the same text gets `text-1a2b3c4d-2`.
    """
    if isinstance(value, model.Read):
        text = f"{value.in_} {value.at or ''}"
    elif isinstance(value, model.Exercise):
        text = value.title + value.prompt
    else:
        text = value.q or value.cloze or value.numeric or ""
        text += value.code or ""
    name = f"text-{crc32(' '.join(text.split()).encode()):08x}"
    draft.same_text[name] += 1
    return name if draft.same_text[name] == 1 else f"{name}-{draft.same_text[name]}"
