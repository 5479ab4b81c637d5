"""Merged units -> the values of `domain.curriculum`. References into files that were left out are dropped here."""

from collections.abc import Iterable, Mapping, Sequence

from mlcoach.curriculum.merge.merge import id_of
from mlcoach.curriculum.merge.merged import Item, MergedCurriculum, MergedSubject, MergedUnit, Sourced
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.code import built_code
from mlcoach.curriculum.read.list_tables import ChecklistTable, RuleTable
from mlcoach.curriculum.read.varied import built_vary
from mlcoach.domain.curriculum import (
    FIELD_KINDS,
    Card,
    CardForm,
    Checklist,
    ChecklistItem,
    Exercise,
    FieldEntry,
    ItemHead,
    Paper,
    PaperSuggestion,
    Path,
    Reading,
    Requirement,
    Subject,
    Unit,
    UnitText,
)
from mlcoach.domain.practice.code import CodeTask, command_task
from mlcoach.domain.practice.values import without_numbers
from mlcoach.domain.work.rules import README_LINES, Rule

# Estimates for one repetition, in minutes: 20 seconds to recall, half a minute to compute.
RECALL_MINUTES = 0.33
NUMERIC_MINUTES = 0.5
LONGEST_NUMBER, SHOWN_DIGITS = 14, 10  # characters of a number as written; of a longer one so many digits are shown
LARGEST_WHOLE = 1e15  # a float holds whole numbers exactly up to here and a little further
SCALARS = frozenset({"title", "hours", "lane", "core", "doing", "why", "recall"})
DONE_NOT_KNOWN = ("career",)  # tracks whose units are made or done, where their file does not say otherwise
LISTS = ("requires", "assumes", "objectives", "read", "paper")


def build_unit(merged: MergedCurriculum, unit: MergedUnit) -> Unit:
    """Return what planning needs of a unit."""
    read = build_reading(merged, unit)
    exercises = [item.value for item in unit.items.values() if item.kind == "exercise" and not item.hidden]
    steps = (one for one in exercises if not (isinstance(one, model.ExerciseTable) and one.drill))
    first = next(steps, None)
    track = merged.subjects[unit.subject].value.track
    doing = unit.value.doing
    return Unit(
        unit.id,
        unit.value.title,
        unit.subject,
        track,
        unit.value.lane,
        unit.value.core,
        unit.value.hours,
        build_requirements(merged, unit),
        _opens_with(read),
        first.title if isinstance(first, model.ExerciseTable) else "",
        track in DONE_NOT_KNOWN if doing is None else doing,
    )


def build_requirements(merged: MergedCurriculum, unit: MergedUnit) -> tuple[Requirement, ...]:
    """Return the prerequisites that are there."""
    return tuple(edge.value for edge in unit.requires if edge.value.unit in merged.units)


def _opens_with(read: Iterable[Reading]) -> str:
    """Return the first core reading that is open, else the first one, as one line."""
    places = list(read)
    first = next((place for place in places if place.core), places[0] if places else None)
    if first is None:
        return ""
    # A place in what closed is not a place in what replaces it.
    return first.instead or ", ".join(part for part in (first.title, first.at) if part)


def build_reading(merged: MergedCurriculum, unit: MergedUnit) -> tuple[Reading, ...]:
    """Return the places to read. What was dropped is left out; what closed says what to read instead."""
    return tuple(reading for _, _, reading in open_readings(merged, unit))


def open_readings(merged: MergedCurriculum, unit: MergedUnit) -> list[tuple[str, Sourced[model.ReadTable], Reading]]:
    """Return the places to read with their ids, each as written and as built; see `build_reading`."""
    resources = merged.subjects[unit.subject].resources
    places: list[tuple[str, Sourced[model.ReadTable], Reading]] = []
    for name, entry in unit.readings.items():
        read = entry.value
        found = resources.get(read.in_)
        if found is None or found.value.status == "dropped":
            continue
        resource = found.value
        instead = ""
        if resource.status == "closed":
            instead = _alternatives(resources, resource)
            if not instead:
                continue
        reading = Reading(
            read.in_,
            resource.title,
            resource.by or "",
            read.at or "",
            resource.kind or "",
            resource.cost or "",
            resource.url or "",
            read.core,
            instead,
            name,
            read.minutes or 0,
        )
        places.append((name, entry, reading))
    return places


def closed_stand_in(whole: MergedCurriculum, unit: MergedUnit, key: str) -> str:
    """Return the address of the first open resource that stands in for a closed one, or ""."""
    resources = whole.subjects[unit.subject].resources
    return next((other.url for other in _stand_ins(resources, resources[key].value) if other.url), "")


def _alternatives(resources: dict[str, Sourced[model.Resource]], resource: model.Resource) -> str:
    """Return the titles of open resources that stand in for one, joined by "or"."""
    return " or ".join(other.title for other in _stand_ins(resources, resource))


def _stand_ins(resources: dict[str, Sourced[model.Resource]], resource: model.Resource) -> list[model.Resource]:
    return [
        resources[key].value
        for key in resource.alternatives
        if key in resources and resources[key].value.status in (None, "open")
    ]


Listed = Mapping[str, Sequence[PaperSuggestion]]


def listed_papers(merged: MergedCurriculum) -> Listed:
    """Return for each unit the papers of the reading lists that go with it, in the order of the lists."""
    listed: dict[str, list[PaperSuggestion]] = {}
    for id, entry in merged.papers.items():
        paper = entry.value
        for name in paper.units:
            suggestion = PaperSuggestion(id, paper.title, paper.why or "", paper.passes)
            listed.setdefault(merged.resolve(name, ""), []).append(suggestion)
    return listed


def build_text(merged: MergedCurriculum, unit: MergedUnit, listed: Listed) -> UnitText:
    """Return what of a unit is only read; `listed` are the papers that name the unit."""
    pretest = [item for item in unit.items.values() if item.kind == "pretest" and not item.hidden]
    return UnitText(
        unit.value.why or "",
        tuple(entry.value for entry in unit.assumes),
        tuple(entry.value for entry in unit.objectives),
        build_reading(merged, unit),
        unit.value.recall or "",
        tuple(build_card(unit, item, item.value) for item in pretest if isinstance(item.value, model.CardTable)),
        tuple((other, share.value) for other, share in unit.encompasses.items() if other in merged.units),
        _suggestions(unit, listed.get(unit.id, ())),
    )


def _suggestions(unit: MergedUnit, listed: Sequence[PaperSuggestion]) -> tuple[PaperSuggestion, ...]:
    """Return the papers that a unit cites, then those of the reading lists that it does not cite itself."""
    cited = [
        PaperSuggestion(f"arxiv:{paper.value.arxiv}", paper.value.title, paper.value.why or "", paper.value.passes)
        for paper in unit.paper
    ]
    known = {paper.id for paper in cited}
    return (*cited, *(paper for paper in listed if paper.id not in known))


def build_item(unit: MergedUnit, item: Item) -> Card | Exercise:
    """Return a card or an exercise with all its texts."""
    if isinstance(item.value, model.ExerciseTable):
        return build_exercise(unit, item, item.value)
    return build_card(unit, item, item.value)


def build_card(unit: MergedUnit, item: Item, card: model.CardTable) -> Card:
    """Return a card. The answer of a number is the number as written; that of a cloze is in its text."""
    form: CardForm = "question"
    question, answer, number = card.q or "", card.a or "", None
    if card.cloze is not None:
        form, question = "cloze", card.cloze
    elif card.numeric is not None:
        number = card.answer
        form, question, answer = "numeric", card.numeric, _as_text(number)
    elif card.expects is not None:
        form, answer = "code", card.expects
    elif card.vary is not None and card.q is None:
        form, question = "numeric", without_numbers(card.vary.prompt)
    return Card(
        f"{unit.id}/{item.id}",
        unit.id,
        form,
        question,
        answer,
        number,
        card.tolerance or 0.0,
        card.code or "",
        card.language or "",
        card.reverse or False,
        tuple(card.accept_text or ()),
        None if card.vary is None else built_vary(card.vary, unit.id),
        card.placement is not False,
    )


def _as_text(number: float | None) -> str:
    if number is None:
        return ""
    if number.is_integer() and abs(number) < LARGEST_WHOLE:
        return str(int(number))
    text = repr(number)
    return text if len(text) <= LONGEST_NUMBER else f"{number:.{SHOWN_DIGITS}g}"


def build_exercise(unit: MergedUnit, item: Item, exercise: model.ExerciseTable) -> Exercise:
    """Return an exercise."""
    return Exercise(
        f"{unit.id}/{item.id}",
        unit.id,
        exercise.title,
        exercise.kind,
        exercise.stage,
        exercise.minutes,
        exercise.prompt,
        tuple(exercise.hints),
        exercise.check or "",
        exercise.test or "",
        exercise.solution or "",
        None if exercise.vary is None else built_vary(exercise.vary, unit.id),
        exercise.drill,
        _code_of(item, exercise),
        exercise.pattern or "",
    )


def _code_of(item: Item, exercise: model.ExerciseTable) -> CodeTask | None:
    """Return what checks an exercise: its table `code`, else the command in `test`."""
    bundled = not (item.runs or item.place).source.own
    if exercise.code is not None:
        return built_code(exercise.code, bundled=bundled)
    if exercise.test is not None and exercise.test.strip():
        return command_task(exercise.test.strip(), exercise.solution or "", bundled=bundled)
    return None


def build_head(unit: MergedUnit, item: Item) -> ItemHead:
    """Return a card or exercise without its text, with an estimate of one repetition in minutes."""
    full = f"{unit.id}/{item.id}"
    if isinstance(item.value, model.ExerciseTable):
        return ItemHead(full, unit.id, "exercise", float(item.value.minutes), item.value.title)
    computed = item.value.numeric is not None or item.value.vary is not None
    minutes = NUMERIC_MINUTES if computed else RECALL_MINUTES
    return ItemHead(full, unit.id, "card", minutes)


def build_subject(subject: MergedSubject) -> Subject:
    """Return a subject; what to skim in a survey is given by title."""
    value = subject.value
    open_ = [
        subject.resources[entry.value].value.title
        for entry in subject.survey
        if entry.value in subject.resources and subject.resources[entry.value].value.status in (None, "open")
    ]
    return Subject(subject.id, value.title, value.track, value.summary or "", tuple(value.assumes), tuple(open_))


def build_field(subject: MergedSubject) -> list[FieldEntry]:
    """Return the groups, people, venues and news sources among the resources, kind by kind."""
    found = [entry.value for entry in subject.resources.values()]
    return [
        FieldEntry(
            kind,
            resource.title,
            resource.by or "",
            resource.note or "",
            resource.url or "",
            resource.status == "closed",
            _alternatives(subject.resources, resource),
        )
        for kind in FIELD_KINDS
        for resource in found
        if resource.kind == kind and resource.status != "dropped"
    ]


def build_checklist(checklist: ChecklistTable) -> Checklist:
    """Return a checklist."""
    items = tuple(
        ChecklistItem(item.id, item.text, item.group or "", item.why or "", tuple(item.was)) for item in checklist.item
    )
    return Checklist(checklist.id, checklist.title, items, tuple(checklist.was))


def build_rule(rule: RuleTable) -> Rule:
    """Return a rule, whole as `merge` has left it."""
    return Rule(
        rule.id, rule.check or "", rule.level or "error", rule.title or "", rule.remedy or "", tuple(rule.words or ()),
        rule.lines or README_LINES, rule.megabytes or 0,
    )  # fmt: skip


def build_paper(merged: MergedCurriculum, paper: model.PaperTable) -> Paper:
    """Return a paper of the reading lists."""
    units = [merged.resolve(unit, "") for unit in paper.units]
    return Paper(
        id_of(paper),
        paper.title,
        tuple(paper.authors),
        paper.year,
        paper.why or "",
        paper.passes,
        paper.core,
        paper.venue or "",
        tuple(unit for unit in units if unit in merged.units),
        paper.subject or "",
    )


def build_path(merged: MergedCurriculum, path: model.PathTable) -> Path:
    """Return a path. Tracks stand for their units, in map order but none before its prerequisites."""
    if path.tracks is not None:
        units = _ordered(merged, path.tracks)
    else:
        units = [merged.resolve(unit, "") for unit in path.units or []]
    return Path(
        path.id,
        path.title,
        path.goal or "",
        path.for_ or "",
        tuple(dict.fromkeys(unit for unit in units if unit in merged.units)),
        tuple(unit for known in path.known if (unit := merged.resolve(known, "")) in merged.units),
        tuple(unit for first in path.first if (unit := merged.resolve(first, "")) in merged.units),
    )


def _ordered(merged: MergedCurriculum, tracks: list[str]) -> list[str]:
    """Return the units of tracks, each as soon as those it needs are there, else in map order.

    A circle of prerequisites, which `check` reports, is cut where it closes.
    """
    units = [
        unit
        for track in tracks
        for subject in merged.subjects.values()
        if subject.value.track == track
        for unit in subject.units
    ]
    members = set(units)
    ordered: dict[str, None] = {}
    entered: set[str] = set()
    waiting = units[::-1]
    while waiting:
        unit = waiting[-1]
        needed = [edge.value.unit for edge in merged.units[unit].requires if edge.value.unit in members]
        missing = [other for other in needed if other not in entered]
        entered.add(unit)
        if missing and unit not in ordered:
            waiting += reversed(missing)
        else:
            ordered.setdefault(unit)
            waiting.pop()
    return list(ordered)


def build_origin(merged: MergedCurriculum, unit: MergedUnit) -> dict[str, str]:
    """Return which file each value of a unit comes from; see `Catalog.origin`."""
    home = unit.place.source
    origin: dict[str, str] = {}
    for key in sorted(unit.value.model_fields_set & SCALARS | unit.places.keys()):
        origin[key] = str(unit.place_of(key).source.path)
    for key in LISTS:
        entries = getattr(unit, key)
        for index, entry in enumerate(entries):
            name = str(entry.place.source.path)
            if origin.setdefault(key, name) != name:
                origin[f"{key}[{index}]"] = name
    for other, share in unit.encompasses.items():
        name = str(share.place.source.path)
        if origin.setdefault("encompasses", name) != name:
            origin[f"encompasses.{other}"] = name
    for item in unit.items.values():
        source = (item.changed or item.place).source
        if source is not home:
            origin[f"{item.kind}.{item.id}"] = str(source.path)
    resources = merged.subjects[unit.subject].resources
    for entry in unit.read:
        found = resources.get(entry.value.in_)
        if found is not None and found.place.source is not home:
            origin[f"resources.{entry.value.in_}"] = str(found.place.source.path)
    return origin
