"""An overlay over a subject: values replace, tables merge key by key, lists take `add` and `remove`."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import BaseModel

from mlcoach.curriculum.check.cards import FORM_KEYS, FORMS, card_problems
from mlcoach.curriculum.merge.assemble import KIND_NAMES, add_items, add_unit, entries, requirements, set_shares
from mlcoach.curriculum.merge.merged import Item, MergedCurriculum, MergedSubject, MergedUnit, Sourced
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.problems import did_you_mean, shown
from mlcoach.curriculum.read.source import KeyLocation, Source

T = TypeVar("T")
Changed = TypeVar("Changed", bound=BaseModel)

# Who changes one of these wrote it for the numbers as they were, and keeps them.
FREEZING = ("q", "a", "cloze", "numeric", "answer", "tolerance", "code", "expects", "accept_text")
FREEZING_EXERCISE = ("prompt", "check", "solution")
SCALARS = ("title", "hours", "lane", "core", "doing", "why", "recall")


def apply_overlay(merged: MergedCurriculum, source: Source) -> None:
    """Apply one overlay file to the subject it names; what it names and is not there is noted."""
    overlay = source.model
    assert isinstance(overlay, model.OverlayFile)
    subject = merged.subjects.get(overlay.over) or merged.subjects.get(merged.subject_aliases.get(overlay.over, ""))
    if subject is None:
        merged.note_value(
            "unknown-subject",
            KeyLocation(source, ("over",)),
            f"no subject `{overlay.over}`",
            did_you_mean(overlay.over, merged.subjects, "`mlcoach curriculum list` shows all subjects"),
        )
        return
    if subject.id != overlay.over:
        merged.warn(
            "renamed",
            KeyLocation(source, ("over",)),
            f"subject `{overlay.over}` is now called `{subject.id}`; this overlay is applied to it",
            f'write `over = "{subject.id}"`',
        )
    _change_subject(subject, overlay, source)
    _add_resources(merged, subject, overlay, source)
    for index, added in enumerate(overlay.unit):
        add_unit(merged, subject, added, KeyLocation(source, ("unit", index)))
    for name, change in overlay.change.items():
        place = KeyLocation(source, ("change", name))
        unit = merged.units.get(merged.resolve(name, subject.id))
        if unit is None:
            _note_gone(merged, subject, name, change, place)
            continue
        if unit.value.id != name:
            merged.warn_key(
                "renamed",
                place,
                f"unit `{name}` of `{subject.id}` is now called `{unit.value.id}`; this change is applied to it",
                f"write `[change.{unit.value.id}]`",
            )
        unit.overlaid = True
        _change_values(unit, change, place)
        _change_lists(unit, change, place)
        if change.remove:
            _remove(merged, unit, change.remove, KeyLocation(source, (*place.path, "remove")))
        if change.add:
            _add(merged, unit, change.add, KeyLocation(source, (*place.path, "add")))
        _change_items(merged, unit, change, place)
        if change.hide:
            _hide(merged, unit, change.hide, KeyLocation(source, (*place.path, "hide")))


def _note_gone(
    merged: MergedCurriculum, subject: MergedSubject, name: str, change: model.Change, place: KeyLocation
) -> None:
    """Note a change of a unit that is not there: a slip of the pen, or a unit that has gone from the bundle.

    A mark of the unit it was written against, or no name like it, speaks for the latter. Then the rest of the
    overlay still holds, and its text waits for the unit to come back.
    """
    units = [full.rpartition(".")[2] for full in subject.units]
    near = did_you_mean(name, units, "")
    if near and change.base is None:
        merged.note("unknown-change", place, f"no unit `{name}` in `{subject.id}`", near)
        return
    merged.warn_key(
        "gone",
        place,
        f"there is no unit `{name}` in `{subject.id}` any more; this change is kept and does nothing",
        near or f"`mlcoach curriculum show {subject.id}` shows its units; move the change to one of them, or delete it",
    )


def updated(old: Changed, change: BaseModel, leave: frozenset[str] = frozenset()) -> Changed:
    """Return a value with the keys that a change sets."""
    given = {key: getattr(change, key) for key in change.model_fields_set - leave}
    return old.model_copy(update={key: value for key, value in given.items() if value is not None})


def _change_subject(subject: MergedSubject, overlay: model.OverlayFile, source: Source) -> None:
    given = {key: getattr(overlay, key) for key in ("title", "summary", "assumes")}
    subject.value = subject.value.model_copy(update={key: value for key, value in given.items() if value is not None})
    if overlay.survey is not None:
        subject.survey = entries(overlay.survey, KeyLocation(source, ("survey",)))


def _add_resources(
    merged: MergedCurriculum, subject: MergedSubject, overlay: model.OverlayFile, source: Source
) -> None:
    for key, change in overlay.resources.items():
        place = KeyLocation(source, ("resources", key))
        old = subject.resources.get(key)
        if old is not None:
            subject.resources[key] = Sourced(updated(old.value, change), place)
        elif change.title is not None:
            given = {name: getattr(change, name) for name in change.model_fields_set}
            subject.resources[key] = Sourced(model.Resource(**given), place)
        else:
            merged.note(
                "missing-key",
                place,
                f"resource `{key}` is new in `{subject.id}` and has no `title`",
                did_you_mean(key, subject.resources, 'write `title = "…"`'),
            )


def _change_values(unit: MergedUnit, change: model.Change, place: KeyLocation) -> None:
    values = {key: getattr(change, key) for key in SCALARS if getattr(change, key) is not None}
    unit.value = unit.value.model_copy(update=values)
    for key in values:
        unit.places[key] = KeyLocation(place.source, (*place.path, key))
    set_shares(unit, change.encompasses, KeyLocation(place.source, (*place.path, "encompasses")))


def _change_lists(unit: MergedUnit, change: model.Change, place: KeyLocation) -> None:
    def at(key: str) -> KeyLocation:
        return KeyLocation(place.source, (*place.path, key))

    if change.requires is not None:
        unit.requires = requirements(change.requires, at("requires"))
    if change.assumes is not None:
        unit.assumes = entries(change.assumes, at("assumes"))
    if change.objectives is not None:
        unit.objectives = entries(change.objectives, at("objectives"))
    if change.read is not None:
        unit.read = entries(change.read, at("read"))
    if change.paper is not None:
        unit.paper = entries(change.paper, at("paper"))


def _add(merged: MergedCurriculum, unit: MergedUnit, add: model.Add, place: KeyLocation) -> None:
    def at(key: str) -> KeyLocation:
        return KeyLocation(place.source, (*place.path, key))

    unit.requires += requirements(add.requires, at("requires"))
    unit.assumes += entries(add.assumes, at("assumes"))
    unit.objectives += entries(add.objectives, at("objectives"))
    unit.read += entries(add.read, at("read"))
    unit.paper += entries(add.paper, at("paper"))
    add_items(merged, unit, "pretest", add.pretest, at("pretest"))
    add_items(merged, unit, "card", add.card, at("card"))
    add_items(merged, unit, "exercise", add.exercise, at("exercise"))


def _remove(merged: MergedCurriculum, unit: MergedUnit, remove: model.Remove, place: KeyLocation) -> None:
    def without(key: str, old: list[Sourced[T]], wanted: Sequence[Callable[[T], bool]]) -> list[Sourced[T]]:
        for index, matches in enumerate(wanted):
            if not any(matches(entry.value) for entry in old):
                merged.warn(
                    "no-match",
                    KeyLocation(place.source, (*place.path, key, index)),
                    f"nothing in `{key}` of `{unit.id}` matches this any more",
                    f"`mlcoach curriculum show {unit.id}` shows what is there",
                )
        return [entry for entry in old if not any(matches(entry.value) for matches in wanted)]

    def equals(wanted: str) -> Callable[[str], bool]:
        return lambda value: value == wanted

    def agrees(wanted: BaseModel) -> Callable[[BaseModel], bool]:
        keys = {key for key in wanted.model_fields_set if getattr(wanted, key) is not None}
        return lambda value: bool(keys) and all(getattr(value, key) == getattr(wanted, key) for key in keys)

    units = [merged.resolve(edge.unit, unit.subject) for edge in remove.requires]
    unit.requires = without(
        "requires",
        unit.requires,
        [lambda edge, needed=needed: merged.resolve(edge.unit, unit.subject) == needed for needed in units],  # type: ignore[misc]
    )
    unit.assumes = without("assumes", unit.assumes, [equals(text) for text in remove.assumes])
    unit.objectives = without("objectives", unit.objectives, [equals(text) for text in remove.objectives])
    unit.read = without("read", unit.read, [agrees(match) for match in remove.read])
    unit.paper = without("paper", unit.paper, [agrees(match) for match in remove.paper])


def _item(merged: MergedCurriculum, unit: MergedUnit, kind: str, name: str, place: KeyLocation) -> Item | None:
    """Return the item an overlay names, by its id or an earlier one; a warning if it is gone."""
    found = unit.items.get(name)
    if found is None:
        found = next((item for item in unit.items.values() if name in item.value.was), None)
    if found is not None and found.kind == kind:
        return found
    same_kind = [item.id for item in unit.items.values() if item.kind == kind]
    merged.warn(
        "no-match",
        place,
        f"`{unit.id}` has no {KIND_NAMES[kind]} `{shown(name)}`",
        did_you_mean(name, same_kind, f"`mlcoach curriculum show {unit.id}` shows what is there"),
    )
    return None


def _change_items(merged: MergedCurriculum, unit: MergedUnit, change: model.Change, place: KeyLocation) -> None:
    for kind, changes in (("card", change.card), ("pretest", change.pretest)):
        for name, card in changes.items():
            spot = KeyLocation(place.source, (*place.path, kind, name))
            item = _item(merged, unit, kind, name, spot)
            if item is None or not isinstance(item.value, model.CardTable):
                continue
            item.value, item.changed = _changed_card(item.value, card), spot
            merged.problems += card_problems(item.value, spot, f"{KIND_NAMES[kind]} `{item.id}`")
    for name, exercise in change.exercise.items():
        spot = KeyLocation(place.source, (*place.path, "exercise", name))
        item = _item(merged, unit, "exercise", name, spot)
        if item is not None and isinstance(item.value, model.ExerciseTable):
            frozen = item.value.model_copy(update={"vary": None}) if freezes(exercise) else item.value
            item.value, item.changed = updated(frozen, exercise), spot
            if exercise.code is not None or exercise.test is not None:
                item.runs = spot


def freezes(change: model.CardChange | model.ExerciseChange) -> bool:
    """Return whether a change of an item keeps the item's numbers as they were written."""
    keys = FREEZING if isinstance(change, model.CardChange) else FREEZING_EXERCISE
    return change.vary is None and any(getattr(change, key) is not None for key in keys)


def _changed_card(card: model.CardTable, change: model.CardChange) -> model.CardTable:
    """Return a card with a change. A new form takes away the old one's keys, and `a` takes away `expects`."""
    drop: set[str] = set()
    for form in FORMS:
        if getattr(change, form) is not None:
            drop |= {other for other in FORMS if other != form}
            drop |= {key for other in FORMS if other != form for key in FORM_KEYS[other]}
    if change.a is not None:
        drop.add("expects")
    elif change.expects is not None:
        drop.add("a")
    if freezes(change):
        drop.add("vary")
    drop -= {key for key in change.model_fields_set if getattr(change, key) is not None}
    return updated(card.model_copy(update=dict.fromkeys(drop)), change)


def _hide(merged: MergedCurriculum, unit: MergedUnit, hide: model.Hide, place: KeyLocation) -> None:
    for kind, names in (("card", hide.card), ("exercise", hide.exercise), ("pretest", hide.pretest)):
        for index, name in enumerate(names):
            item = _item(merged, unit, kind, name, KeyLocation(place.source, (*place.path, kind, index)))
            if item is not None:
                item.hidden = True
                item.changed = KeyLocation(place.source, (*place.path, kind, index))
