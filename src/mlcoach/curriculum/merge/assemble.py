"""Parts of files -> merged units: a unit with its lists and its items, each with the place it comes from."""

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


def requirements(edges: Iterable[model.RequirementTable], place: KeyLocation) -> list[Sourced[Requirement]]:
    """Return prerequisites as they are written, each with its place; `merge` makes their ids full."""
    return entries([Requirement(edge.unit, edge.why or "", edge.share) for edge in edges], place)


def add_unit(merged: MergedCurriculum, subject: MergedSubject, unit: model.UnitTable, place: KeyLocation) -> None:
    """Add a new unit to a subject. A unit that exists is an error that points to `[change.ID]`."""
    full = f"{subject.id}.{unit.id}"
    if other := merged.units.get(full):
        in_overlay = isinstance(place.source.model, model.OverlayFile)
        merged.note_value(
            "duplicate-id",
            KeyLocation(place.source, (*place.path, "id")),
            f"unit `{full}` is already in {other.place.text()}",
            f"to change that unit, write `[change.{unit.id}]`" if in_overlay else "give this one another id",
        )
        return

    def at(key: str) -> KeyLocation:
        return KeyLocation(place.source, (*place.path, key))

    made = MergedUnit(full, subject.id, unit, place)
    merged.units[full] = made
    subject.units.append(full)
    made.assumes = entries(unit.assumes, at("assumes"))
    made.objectives = entries(unit.objectives, at("objectives"))
    made.read = entries(unit.read, at("read"))
    made.paper = entries(unit.paper, at("paper"))
    made.requires = requirements(unit.requires, at("requires"))
    set_shares(made, unit.encompasses, at("encompasses"))
    add_items(merged, made, "pretest", unit.pretest, at("pretest"))
    add_items(merged, made, "card", unit.card, at("card"))
    add_items(merged, made, "exercise", unit.exercise, at("exercise"))


def set_shares(unit: MergedUnit, shares: dict[str, float], place: KeyLocation) -> None:
    """Set how much of other units a unit also practises, unit by unit."""
    for key, share in shares.items():
        unit.encompasses[key] = Sourced(share, KeyLocation(place.source, (*place.path, key)))


def add_items(
    merged: MergedCurriculum,
    unit: MergedUnit,
    kind: str,
    values: Sequence[model.CardTable | model.ExerciseTable],
    place: KeyLocation,
) -> None:
    """Add cards, exercises or pretest questions to a unit; ids are unique among all three."""
    for number, value in enumerate(values):
        spot = KeyLocation(place.source, (*place.path, number))
        if value.id is None:
            name = temporary_id(value, unit)
            merged.warn(
                "missing-id",
                spot,
                f"{KIND_NAMES[kind]} {number + 1} of `{unit.id}` has no `id`; its progress is lost when its "
                "text changes",
                "`mlcoach curriculum fix` writes one, which keeps what it has",
            )
        elif other := unit.items.get(value.id):
            name = value.id
            merged.note_value(
                "duplicate-id",
                KeyLocation(spot.source, (*spot.path, "id")),
                f"`{unit.id}` already has {KIND_NAMES[other.kind]} `{name}`, in {other.place.text()}",
                "cards, exercises and pretest questions of a unit share their ids; choose another one",
            )
            continue
        else:
            name = value.id
        unit.items[name] = Item(name, kind, value, spot)


def name_readings(merged: MergedCurriculum, unit: MergedUnit) -> None:
    """Give the readings of a unit, with all overlays applied, their ids; those share a namespace with the items'."""
    for entry in unit.read:
        name = entry.value.id or temporary_id(entry.value, unit)
        item, other = unit.items.get(name), unit.readings.get(name)
        if not (item or other or name in OTHER_STEPS):
            unit.readings[name] = entry
            continue
        place = KeyLocation(entry.place.source, (*entry.place.path, "id"))
        if item:
            place, taken = later(place, item.place), f"a {KIND_NAMES[item.kind]}, in {item.place.text()}"
        else:
            taken = f"a reading, in {other.place.text()}" if other else "a step that every unit may have"
        merged.note_value(
            "duplicate-id",
            place,
            f"`{name}` of `{unit.id}` already names {taken}",
            "the readings, cards, exercises and pretest questions of a unit share their ids; choose another one",
        )


def temporary_id(value: model.CardTable | model.ExerciseTable | model.ReadTable, unit: MergedUnit) -> str:
    """Return an id derived from the text of an item or a reading without one: `text-1a2b3c4d`, the same each time.

    A second one of the unit with the same text gets `text-1a2b3c4d-2`.
    """
    if isinstance(value, model.ReadTable):
        text = f"{value.in_} {value.at or ''}"
    elif isinstance(value, model.ExerciseTable):
        text = value.title + value.prompt
    else:
        text = value.q or value.cloze or value.numeric or ""
        text += value.code or ""
    name = f"text-{crc32(' '.join(text.split()).encode()):08x}"
    unit.same_text[name] += 1
    return name if unit.same_text[name] == 1 else f"{name}-{unit.same_text[name]}"
