"""What is allowed and still poor: units that nothing closes, cards that teach little. Warnings only."""

import re

from mlcoach.curriculum.check.questions import second_question
from mlcoach.curriculum.check.repeats import near_repeats
from mlcoach.curriculum.merge.assemble import KIND_NAMES
from mlcoach.curriculum.merge.build import build_path
from mlcoach.curriculum.merge.merged import Item, MergedCurriculum, MergedUnit
from mlcoach.curriculum.merge.steps import build_steps, step_readings
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.problems import shown
from mlcoach.curriculum.read.source import KeyLocation
from mlcoach.domain.curriculum import FIELD_KINDS

NUMBERS = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
ALL = rf"(?:all(?: of)?(?: the)?|the {NUMBERS}|{NUMBERS}|every)"
# "List the …", "Name three …", "What are the four …": questions for a list, of which one part is always forgotten.
# "Name the rule that …" asks for one thing, and "What are the two eigenvalues of …" is a computation.
ENUMERATING = re.compile(
    r"^\s*(?:please )?(?:(?:list|enumerate|recite)\b(?! comprehension)"
    rf"|(?:name|give|state|write down|recall|cite) {ALL}\b"
    rf"|(?:what|which) are (?:all|the {NUMBERS}) (?:\w+ ){{0,2}}"
    r"(?:types|kinds|steps|stages|phases|parts|properties|rules|principles|reasons|ways|methods|causes|criteria"
    r"|elements|components|advantages|disadvantages|assumptions|conditions|axioms|layers|questions|skills)\b)",
    re.IGNORECASE,
)
MOST_OFF = 0.15  # of a unit's hours: by so much its steps and cards may take more or less
MINUTES_A_CARD = 1  # to meet a new card for the first time
# "takes about 90 s", "runs for some minutes": who starts such a run without knowing thinks that it hangs.
LONG_RUN = re.compile(
    r"\b(?:takes?|runs?|needs?|lasts?)\b[^.;()]{0,40}?"
    r"\b(?:minutes?|(?:[3-9]\d|\d{3,})(?: ?(?:to|–|-) ?\d+)? ?(?:s|seconds)\b)"
    r"[^.]{0,40}\b(?:laptop|processor|CPU|core)\b",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(r"\b(?:minutes?|seconds?|\d+ s)\b", re.IGNORECASE)


def lint(merged: MergedCurriculum) -> None:
    """Warn of every poor place in the curriculum."""
    for unit in merged.units.values():
        _look_at_ends(merged, unit)
        _look_at_reading(merged, unit)
        _look_at_steps(merged, unit)
        _look_at_items(merged, unit)
    _look_at_repeats(merged)
    _look_at_field(merged)
    _look_at_paths(merged)


def _look_at_ends(merged: MergedCurriculum, unit: MergedUnit) -> None:
    place = unit.place
    if unit.value.recall is None and unit.place_of("recall").path not in place.source.refused:
        merged.warn(
            "no-recall",
            place,
            f"unit `{unit.id}` has no `recall`",
            "write `recall = '…'`: the closed-book question that ends the unit",
        )
    has_items = any(item.kind != "pretest" and not item.hidden for item in unit.items.values())
    # A bundled unit without any is for the tests of the bundle to find.
    if place.source.own and not has_items and place.path not in place.source.refused:
        merged.warn(
            "no-items",
            place,
            f"unit `{unit.id}` has no cards and no exercises",
            "write a `[[unit.card]]`: what is never asked again is forgotten",
        )


def _look_at_reading(merged: MergedCurriculum, unit: MergedUnit) -> None:
    for entry in unit.read:
        if entry.value.at is None and entry.place.path not in entry.place.source.refused:
            merged.warn(
                "no-section",
                entry.place,
                f"a reading of `{unit.id}` names no section of `{entry.value.in_}`",
                'write `at = "ch. 5 and 6"`: a whole book or course never fits a unit',
            )


def _look_at_steps(merged: MergedCurriculum, unit: MergedUnit) -> None:
    for _, entry, reading in step_readings(merged, unit):
        if entry.value.id is None and entry.place.path not in entry.place.source.refused:
            merged.warn(
                "missing-id",
                entry.place,
                f"a reading of `{unit.id}` from `{reading.resource}` has no `id`; that it was done is lost when its "
                "place changes",
                "`mlcoach curriculum fix` writes one, which keeps what it has",
            )
    minutes = sum(step.minutes for step in build_steps(merged, unit))
    # Readings without minutes share what the rest leaves of the hours, cards included.
    if all(entry.value.minutes for _, entry, _ in step_readings(merged, unit)):
        minutes += MINUTES_A_CARD * sum(item.kind == "card" and not item.hidden for item in unit.items.values())
    hours = minutes / 60
    # What an overlay adds or takes away is no fault of the unit it changes.
    sound = not unit.overlaid and unit.place.path not in unit.place.source.refused
    if sound and abs(hours - unit.value.hours) > MOST_OFF * unit.value.hours:
        merged.warn(
            "step-hours",
            unit.place_of("hours"),
            f"the steps and cards of `{unit.id}` take {hours:.1f} hours, not {unit.value.hours:g}",
            "change `hours`, or the `minutes` of its core readings and its exercises",
        )


def _look_at_items(merged: MergedCurriculum, unit: MergedUnit) -> None:
    answers: dict[str, Item] = {}
    for item in unit.items.values():
        place = item.changed or item.place
        if item.hidden or place.path in place.source.refused:
            continue
        if isinstance(item.value, model.ExerciseTable):
            if item.value.check is None and item.value.vary is None:  # a typed answer is checked
                merged.warn(
                    "no-check",
                    place,
                    f"exercise `{item.id}` of `{unit.id}` has no `check`",
                    "write `check = '…'`: how the learner knows that it is right",
                )
            _look_at_runs(merged, unit, item, item.value, place)
            continue
        _look_at_question(merged, unit, item, item.value, place)
        # Small numbers and short outputs coincide by chance; the same sentence twice does not.
        answer = " ".join((item.value.a or "").casefold().split()).rstrip(".") if item.kind == "card" else ""
        if answer and (same := answers.setdefault(answer, item)) is not item:
            merged.warn(
                "same-answer",
                _key(place, "a"),
                f"cards `{same.id}` and `{item.id}` of `{unit.id}` have the same answer",
                "ask for something else: the one gives away the other",
            )


def _look_at_question(
    merged: MergedCurriculum, unit: MergedUnit, item: Item, card: model.CardTable, place: KeyLocation
) -> None:
    if card.q is not None and ENUMERATING.search(card.q):
        merged.warn(
            "enumerating-card",
            _key(place, "q"),
            f"{KIND_NAMES[item.kind]} `{item.id}` of `{unit.id}` asks for a list",
            "ask for one part at a time, or hide one part with `cloze`",
        )
    asked = card.q or card.numeric or (card.vary.prompt if card.vary else "")
    if card.one_thought is None and (second := second_question(asked)):
        merged.warn(
            "double-question",
            _key(place, "q" if card.q else "numeric"),
            f"{KIND_NAMES[item.kind]} `{item.id}` of `{unit.id}` asks a second thing: {shown(second)}",
            "make two cards of it, or say in `one_thought` why it is one",
        )


def _look_at_runs(
    merged: MergedCurriculum, unit: MergedUnit, item: Item, exercise: model.ExerciseTable, place: KeyLocation
) -> None:
    told = " ".join((exercise.check or "", *exercise.hints, exercise.solution or ""))
    if (found := LONG_RUN.search(told)) and not ANNOUNCED.search(exercise.prompt):
        merged.warn(
            "silent-run",
            _key(place, "prompt"),
            f"exercise `{item.id}` of `{unit.id}` does not say beforehand: {shown(found[0])}",
            "say in `prompt` how long the run takes",
        )


def _look_at_repeats(merged: MergedCurriculum) -> None:
    for first, second in near_repeats(merged):
        merged.warn(
            "near-repeat",
            second.item.changed or second.item.place,
            f"card `{second.item.id}` of `{second.unit.id}` asks much what `{first.unit.id}/{first.item.id}` asks",
            "keep one, ask for another side, or say in `differs` why both are needed",
        )


def _look_at_field(merged: MergedCurriculum) -> None:
    for subject in merged.subjects.values():
        for key, resource in subject.resources.items():
            if resource.value.kind in FIELD_KINDS and resource.value.checked is None:
                merged.warn(
                    "no-day",
                    resource.place,
                    f"`{key}` of `{subject.id}` has no day: people and groups move",
                    "write `checked = 2026-11-24`: the day it was last held against a source",
                )


def _key(place: KeyLocation, key: str) -> KeyLocation:
    """Return the place of a key of an item, or the item where an overlay that lacks the key changed it."""
    inner = KeyLocation(place.source, (*place.path, key))
    return inner if inner.path in place.source.locator.values else place


def _look_at_paths(merged: MergedCurriculum) -> None:
    on_a_path: set[str] = set()
    for entry in merged.paths.values():
        path = build_path(merged, entry.value)
        on_a_path.update(path.units)
        hours = sum(merged.units[unit].value.hours for unit in path.units)
        # Hours that an overlay set are not the fault of a path that was written before it.
        as_written = not any("hours" in merged.units[unit].places for unit in path.units)
        if entry.value.hours is not None and entry.value.hours != hours and as_written:
            merged.warn(
                "path-hours",
                KeyLocation(entry.place.source, (*entry.place.path, "hours")),
                f"the units of path `{path.id}` take {hours:g} hours, not {entry.value.hours:g}",
                f"write `hours = {hours:g}`",
            )
    for unit in merged.units.values():
        if unit.value.core and unit.id not in on_a_path:
            merged.warn(
                "core-on-no-path",
                unit.place_of("core"),
                f"core unit `{unit.id}` is on no path, so no plan ever asks for it",
                "add it to the `units` of a path, or write `core = false`",
            )
