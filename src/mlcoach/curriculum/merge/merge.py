"""Files -> one curriculum: subjects side by side, then the overlays over them in alphabetical order."""

from collections.abc import Sequence

from mlcoach.curriculum.merge.apply_overlay import apply_overlay
from mlcoach.curriculum.merge.assemble import OTHER_STEPS, add_unit, entries, name_readings
from mlcoach.curriculum.merge.merged import MergedCurriculum, MergedSubject, MergedUnit, Sourced
from mlcoach.curriculum.merge.roles import add_roles
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.list_tables import ChecklistTable
from mlcoach.curriculum.read.problems import shown
from mlcoach.curriculum.read.source import KeyLocation, Source
from mlcoach.domain.curriculum import TRACKS, Requirement
from mlcoach.domain.papers.ids import paper_id, slug


def merge(sources: Sequence[Source]) -> MergedCurriculum:
    """Return all files together, with the problems that only show when they are.

    The bundle comes first in `sources`, then the learner's files in alphabetical order; of two that claim
    the same id the later one is at fault.
    """
    merged = MergedCurriculum(list(sources))
    for source, file in _subjects(merged):
        _add_subject(merged, source, file)
    _add_aliases(merged)
    for source in sources:
        if isinstance(source.model, model.OverlayFile):
            apply_overlay(merged, source)
    # Overlays bring units of their own, and requirements may name any unit, so ids are made full last.
    _add_aliases(merged)
    for unit in merged.units.values():
        _resolve(merged, unit)
        name_readings(merged, unit)
        _add_split(merged, unit)
        _add_item_aliases(merged, unit)
    for source in sources:
        if source.model is not None:
            _add_lists(merged, source, source.model)
            add_roles(merged, source, source.model)
    return merged


def id_of(paper: model.PaperTable) -> str:
    """Return the id of a paper of the lists: `arxiv:…`, `doi:…`, or a slug of its title."""
    return paper_id(paper.arxiv or paper.doi or "") or slug(paper.title)


def _subjects(merged: MergedCurriculum) -> list[tuple[Source, model.SubjectFile]]:
    """Return the subject files in the order of the map, without bundled ones that the learner replaced."""
    found = [(source, source.model) for source in merged.sources if isinstance(source.model, model.SubjectFile)]
    forks = {file.id: source for source, file in found if source.own and not file.extends}
    kept: list[tuple[Source, model.SubjectFile]] = []
    for source, file in found:
        if source.own or file.id not in forks:
            kept.append((source, file))
            continue
        fork = forks[file.id]
        merged.replaced[file.id] = (fork, frozenset(f"{file.id}.{unit.id}" for unit in file.unit))
        merged.warn(
            "fork",
            KeyLocation(fork, ("extends",)),
            f"this file replaces the bundled subject `{file.id}`, whose updates it does not get",
            f"an overlay gets them: `mlcoach curriculum edit {file.id}`",
        )
    # Sorting is stable, so within a track the order of files stays. A track we don't know sorts last.
    order = {track: number for number, track in enumerate(TRACKS)}
    return sorted(kept, key=lambda pair: order.get(pair[1].track, len(order)))


def _add_subject(merged: MergedCurriculum, source: Source, file: model.SubjectFile) -> None:
    place = KeyLocation(source, ("id",))
    if other := merged.subjects.get(file.id):
        # What comes later on the map need not have been loaded later, and the newcomer is at fault.
        first, second = sorted((other.place, place), key=lambda one: one.source.position)
        own_id = f"my-{file.id.rpartition('.')[2]}"
        merged.note_value(
            "duplicate-id",
            second,
            f"subject `{file.id}` is already in {first.text()}",
            f'to change that subject, write `over = "{file.id}"` in place of `id`; for one of your own '
            f"choose another id, such as `{own_id}`",
        )
        return
    subject = MergedSubject(file.id, file, place)
    merged.subjects[file.id] = subject
    for key, resource in file.resources.items():
        subject.resources[key] = Sourced(resource, KeyLocation(source, ("resources", key)))
    subject.survey = entries(file.survey, KeyLocation(source, ("survey",)))
    for index, unit in enumerate(file.unit):
        add_unit(merged, subject, unit, KeyLocation(source, ("unit", index)))


def _add_aliases(merged: MergedCurriculum) -> None:
    """Lead the earlier ids of subjects and units to the present ones."""
    for subject in merged.subjects.values():
        for old in subject.value.was:
            merged.subject_aliases.setdefault(old, subject.id)
    for unit in merged.units.values():
        for old in _earlier_ids(merged, unit):
            if old not in merged.units:
                merged.aliases.setdefault(old, unit.id)


def _earlier_ids(merged: MergedCurriculum, unit: MergedUnit) -> list[str]:
    subject = merged.subjects[unit.subject]
    full = [
        name if "." in name else f"{prefix}.{name}"
        for prefix in (subject.id, *subject.value.was)
        for name in (unit.value.id, *unit.value.was)
    ]
    return [old for old in dict.fromkeys(full) if old != unit.id]


def _add_split(merged: MergedCurriculum, unit: MergedUnit) -> None:
    """Note the earlier units that a unit was a part of. One that is still there was not split."""
    for index, name in enumerate(unit.value.split_from):
        full = name if "." in name else f"{unit.subject}.{name}"
        if full in merged.units:
            merged.note_value(
                "split-unit",
                KeyLocation(unit.place.source, (*unit.place.path, "split_from", index)),
                f"`{unit.id}` says it was split from `{shown(full)}`, which is a unit of its own",
                "name the earlier id of a unit that is gone; for a unit that is needed first write `requires`",
            )
        else:
            merged.splits.setdefault(unit.id, []).append(full)


def _resolve(merged: MergedCurriculum, unit: MergedUnit) -> None:
    """Make the ids of prerequisites full; of two edges to the same unit the first stays."""
    edges: dict[str, Sourced[Requirement]] = {}
    for entry in unit.requires:
        full = merged.resolve(entry.value.unit, unit.subject)
        edges.setdefault(full, Sourced(entry.value._replace(unit=full), entry.place))
    unit.requires = list(edges.values())
    unit.encompasses = {merged.resolve(other, unit.subject): share for other, share in unit.encompasses.items()}


def _add_item_aliases(merged: MergedCurriculum, unit: MergedUnit) -> None:
    """Lead the earlier ids of the unit's items and steps to the present ones, and note ids that are claimed twice."""
    earlier = _earlier_ids(merged, unit)
    for old in earlier:
        if merged.aliases.get(old) != unit.id:
            _note_claimed(merged, unit.place_of("was"), unit.id, old)
    none: list[str] = []
    named = [(item.id, item.value.was, item.place) for item in unit.items.values() if item.kind != "pretest"]
    named += [(name, entry.value.was, entry.place) for name, entry in unit.readings.items()]
    named += [(name, none, unit.place) for name in OTHER_STEPS if name not in unit.items]
    for id, was, home in named:
        if not (earlier or was):
            continue
        new = f"{unit.id}/{id}"
        names = [id, *(old.rpartition("/")[2] for old in was)]
        # An id in full is that of another unit, whose card came here.
        full = [f"{prefix}/{name}" for prefix in (unit.id, *earlier) for name in names]
        for old in dict.fromkeys((*full, *(old for old in was if "/" in old))):
            if old == new:
                continue
            prefix, _, name = old.rpartition("/")
            there = merged.units.get(prefix)
            taken = there is not None and (name in there.items or name in there.readings)
            if taken or merged.aliases.setdefault(old, new) != new:
                place = KeyLocation(home.source, (*home.path, "was"))
                _note_claimed(merged, place, new, old)


def _note_claimed(merged: MergedCurriculum, place: KeyLocation, new: str, old: str) -> None:
    merged.note_value(
        "duplicate-id",
        place,
        f"`{new}` claims the earlier id `{shown(old)}`, which is in use",
        "ids live for ever and are not used again; remove it from `was`",
    )


def _add_lists(merged: MergedCurriculum, source: Source, file: model.LooseFile) -> None:
    """Add the papers, paths, checklists and rules of any file."""
    for entry in entries(file.paper, KeyLocation(source, ("paper",))):
        name = id_of(entry.value)
        if other := merged.papers.get(name):
            key = "arxiv" if entry.value.arxiv else "doi" if entry.value.doi else "title"
            _note_twice(merged, entry.place, key, f"paper `{shown(name)}`", other.place)
        else:
            merged.papers[name] = entry
    for path in entries(file.path, KeyLocation(source, ("path",))):
        if same := merged.paths.get(path.value.id):
            _note_twice(merged, path.place, "id", f"path `{path.value.id}`", same.place)
        else:
            merged.paths[path.value.id] = path
    for checklist in entries(file.checklist, KeyLocation(source, ("checklist",))):
        same_list = merged.checklists.get(checklist.value.id)
        if same_list and (same_list.place.source.own or not source.own):
            _note_twice(merged, checklist.place, "id", f"checklist `{checklist.value.id}`", same_list.place)
            continue
        changed = _changed_checklist(merged, same_list.value, checklist) if same_list else checklist
        merged.checklists[checklist.value.id] = changed
        seen: dict[str, KeyLocation] = {}
        for step in entries(checklist.value.item, KeyLocation(source, (*checklist.place.path, "item"))):
            if step.value.id in seen:
                name = f"item `{step.value.id}` of checklist `{checklist.value.id}`"
                _note_twice(merged, step.place, "id", name, seen[step.value.id])
            seen.setdefault(step.value.id, step.place)
    _add_rules(merged, source, file)


def _add_rules(merged: MergedCurriculum, source: Source, file: model.LooseFile) -> None:
    """Add the rules of a file; one with the id of a bundled one changes what it says of that."""
    for rule in entries(file.rule, KeyLocation(source, ("rule",))):
        same = merged.rules.get(rule.value.id)
        if same and (same.place.source.own or not source.own):
            _note_twice(merged, rule.place, "id", f"rule `{rule.value.id}`", same.place)
            continue
        if same:
            said = {name: value for name in rule.value.model_fields_set if (value := getattr(rule.value, name))}
            merged.rules[rule.value.id] = Sourced(same.value.model_copy(update=said), rule.place)
            continue
        missing = [name for name in ("check", "title", "remedy") if not getattr(rule.value, name)]
        if missing:
            keys = ", ".join(f"`{name}`" for name in missing)
            hint = "a rule of your own needs them; to change a bundled one, use its id: `mlcoach project lint --rules`"
            merged.note_value(
                "missing-key", KeyLocation(source, (*rule.place.path, "id")), f"the rule lacks {keys}", hint
            )
            continue
        merged.rules[rule.value.id] = rule


def _changed_checklist(
    merged: MergedCurriculum, bundled: ChecklistTable, own: Sourced[ChecklistTable]
) -> Sourced[ChecklistTable]:
    """Return a bundled checklist as the learner's of the same id changes it.

    Steps with the id of a bundled one take its place, new ones come after the others of their group.
    """
    change = own.value
    for index, name in enumerate(change.hide):
        if all(step.id != name for step in bundled.item):
            merged.warn(
                "no-match",
                KeyLocation(own.place.source, (*own.place.path, "hide", index)),
                f"checklist `{change.id}` has no step `{shown(name)}`",
                f"`mlcoach curriculum show {change.id}` shows its steps",
            )
    if not change.extends:
        return own
    former = {step.id: step.was for step in bundled.item}
    mine = {step.id: step.model_copy(update={"was": step.was or former.get(step.id, [])}) for step in change.item}
    steps = [mine.pop(step.id, step) for step in bundled.item if step.id not in change.hide]
    for step in change.item:
        if step.id in mine:
            last = max((place for place, one in enumerate(steps) if one.group == step.group), default=len(steps) - 1)
            steps.insert(last + 1, step)
    return Sourced(change.model_copy(update={"item": steps, "was": [*bundled.was, *change.was]}), own.place)


def _note_twice(merged: MergedCurriculum, place: KeyLocation, key: str, name: str, other: KeyLocation) -> None:
    merged.note_value(
        "duplicate-id",
        KeyLocation(place.source, (*place.path, key)),
        f"{name} is already in {other.text()}",
        "choose another id" if key == "id" else "list a paper once",
    )
