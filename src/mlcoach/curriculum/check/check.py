"""All problems of the curriculum at once: those of each file, and those that show when files meet."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from mlcoach.curriculum.check.code import look_at_code
from mlcoach.curriculum.check.code_runs import Prove, run_code
from mlcoach.curriculum.check.lint import lint
from mlcoach.curriculum.check.varied import look_at_varied
from mlcoach.curriculum.merge.assemble import entries
from mlcoach.curriculum.merge.build import build_path
from mlcoach.curriculum.merge.merge import merge
from mlcoach.curriculum.merge.merged import MergedCurriculum, MergedUnit, Sourced
from mlcoach.curriculum.merge.roles import check_roles
from mlcoach.curriculum.read import model
from mlcoach.curriculum.read.find import list_files
from mlcoach.curriculum.read.locate import Spot
from mlcoach.curriculum.read.parse import read_source
from mlcoach.curriculum.read.problems import CheckCounts, Problem, Report, did_you_mean, shown
from mlcoach.curriculum.read.source import KeyLocation, Source, later
from mlcoach.domain.curriculum import find_cycle
from mlcoach.domain.practice.values import Evaluate
from mlcoach.errors import NotFoundError

# References into nothing. They are also what a file that was left out leaves behind in sound ones.
DANGLING = frozenset({"unknown-unit", "unknown-resource"})
MOST_CYCLES = 20


def check(
    bundled: Path,
    own: Path,
    files: Sequence[Path] = (),
    evaluate: Evaluate | None = None,
    prove: Prove | None = None,
) -> Report:
    """Return every problem of the bundled files and the learner's, sorted by file and line.

    With `files` only those are reported, held against the bundle, and against the learner's other files
    if they are among them. With `evaluate` items whose numbers vary are drawn, with `prove` code exercises are run.
    Raises NotFoundError for a file that is not there.
    """
    sources = read_folders(bundled, own)
    asked = resolve_files(sources, files)
    merged = merge(sources)
    lint(merged)
    look_at_code(merged)
    if prove is not None:
        run_code(merged, prove, asked)
    reported = [source for source in sources if not asked or source.path.resolve() in asked]
    if evaluate is not None:
        look_at_varied(merged, reported, evaluate)
    problems = [problem for source in sources for problem in source.problems] + problems_of(merged)
    names = {str(source.path) for source in reported}
    kept = sorted({problem for problem in problems if problem.file in names}, key=_order)
    kept += [_rest(source, merged) for source in reported if source.unsaid or merged.is_full(source)]
    return Report(
        tuple(problem for problem in kept if problem.severity == "error"),
        tuple(problem for problem in kept if problem.severity == "warning"),
        _count(reported),
    )


def resolve_files(sources: list[Source], files: Sequence[Path]) -> set[Path]:
    """Add the files asked for to the sources, and return their resolved names.

    The learner's other files are taken out unless one of theirs is asked for. Raises NotFoundError for a file that
    is not there.
    """
    asked = {path.resolve() for path in files}
    known = {source.path.resolve(): source for source in sources}
    if asked and not any(known[path].own for path in asked & known.keys()):
        sources[:] = [source for source in sources if not source.own]
    for path in files:
        if path.resolve() not in known:
            if not path.is_file():
                raise NotFoundError(f"no file `{path}`", hint="`mlcoach curriculum path` prints the folders")
            known[path.resolve()] = read_source(path, own=True, position=len(sources))
            sources.append(known[path.resolve()])
    return asked


def read_folders(bundled: Path, own: Path | None) -> list[Source]:
    """Return the files of both folders in the order of loading: the bundle, then the learner's."""
    paths = [(bundled / stamp.name, False) for stamp in list_files(bundled)]
    if own is not None:
        paths += [(own / stamp.name, True) for stamp in list_files(own)]
    return [read_source(path, is_own, position) for position, (path, is_own) in enumerate(paths)]


def problems_of(merged: MergedCurriculum) -> list[Problem]:
    """Return what is wrong with the files together, found by merging them and by looking at the result.

    `lint` adds what is only poor; compiling does without it.
    """
    hidden = _hidden_subjects(merged)
    for unit in merged.units.values():
        _check_references(merged, unit, hidden)
    _check_subjects(merged)
    _check_lists(merged, hidden)
    check_roles(merged)
    _check_core(merged)
    _check_cycles(merged)
    return merged.problems


def _rest(source: Source, merged: MergedCurriculum) -> Problem:
    """Return a last word on a file with more problems than a report holds."""
    return source.problem(
        "too-many",
        Spot(len(source.lines), 1, 1),
        "this file has more problems than these",
        "repair these first and check again",
        severity="warning",
    )


def _order(problem: Problem) -> tuple[str, int, int, str]:
    return problem.file, problem.line, problem.column, problem.message


def _count(sources: Sequence[Source]) -> CheckCounts:
    subjects = units = cards = exercises = papers = 0
    for source in sources:
        file = source.model
        if file is None:
            continue
        papers += len(file.paper)
        subjects += isinstance(file, model.SubjectFile)
        if isinstance(file, model.SubjectFile | model.OverlayFile):
            units += len(file.unit)
            cards += sum(len(unit.card) for unit in file.unit)
            exercises += sum(len(unit.exercise) for unit in file.unit)
        if isinstance(file, model.OverlayFile):
            added = [change.add for change in file.change.values() if change.add]
            cards += sum(len(add.card) for add in added)
            exercises += sum(len(add.exercise) for add in added)
    return CheckCounts(len(sources), subjects, units, cards, exercises, papers)


def _hidden_subjects(merged: MergedCurriculum) -> frozenset[str]:
    """Return the subjects of files that could not be parsed: what points into them need not be wrong."""
    found: set[str] = set()
    for source in merged.sources:
        if source.model is None:
            found |= set(re.findall(r"^\s*(?:id|over)\s*=\s*[\"']([a-z0-9.-]+)[\"']", source.text, re.MULTILINE))
    return frozenset(found)


def _unknown_unit(merged: MergedCurriculum, place: KeyLocation, unit: str, hidden: frozenset[str]) -> None:
    if unit in merged.units or unit.rpartition(".")[0] in hidden or merged.is_full(place.source):
        return
    for fork, units in merged.replaced.values():
        if unit in units:
            merged.note(
                "missing-unit",
                KeyLocation(fork, ("id",)),
                f"`{unit}` is gone with the subject this file replaces, and {place.text()} needs it",
                f"write a `[[unit]]` with the id `{unit.rpartition('.')[2]}`",
            )
            return
    # A full id that was written without its subject is likelier than a slip of the pen.
    same = [full for full in merged.units if full.rpartition(".")[2] == unit.rpartition(".")[2]]
    near = did_you_mean(unit, same or merged.units, "`mlcoach curriculum map SUBJECT` shows its units")
    if same and not near.startswith("did"):
        near = f"did you mean `{same[0]}`?"
    # A table names units by its keys.
    note = merged.note if isinstance(place.path[-1], str) else merged.note_value
    note("unknown-unit", _inside(place, "unit"), f"no unit `{shown(unit)}`", near)


def _check_references(merged: MergedCurriculum, unit: MergedUnit, hidden: frozenset[str]) -> None:
    for edge in unit.requires:
        _unknown_unit(merged, edge.place, edge.value.unit, hidden)
    for other, share in unit.encompasses.items():
        _unknown_unit(merged, share.place, other, hidden)
    resources = merged.subjects[unit.subject].resources
    for read in unit.read:
        if read.value.in_ not in resources:
            merged.note_value(
                "unknown-resource",
                KeyLocation(read.place.source, (*read.place.path, "in")),
                f"no resource `{read.value.in_}` in `{unit.subject}`",
                did_you_mean(read.value.in_, resources, f"write `[resources.{read.value.in_}]`"),
            )


def _inside(place: KeyLocation, key: str) -> KeyLocation:
    """Return the place of a key of an inline table, or of the bare word that stands for the table."""
    inner = KeyLocation(place.source, (*place.path, key))
    return inner if inner.path in place.source.locator.values else place


def _check_subjects(merged: MergedCurriculum) -> None:
    for subject in merged.subjects.values():
        named = list(subject.survey)
        for key, resource in subject.resources.items():
            place = KeyLocation(resource.place.source, (*resource.place.path, "alternatives"))
            named += [entry for entry in entries(resource.value.alternatives, place) if entry.value != key]
        for entry in named:
            if entry.value not in subject.resources:
                merged.note_value(
                    "unknown-resource",
                    entry.place,
                    f"no resource `{entry.value}` in `{subject.id}`",
                    did_you_mean(entry.value, subject.resources, f"write `[resources.{entry.value}]`"),
                )


def _check_lists(merged: MergedCurriculum, hidden: frozenset[str]) -> None:
    for paper in merged.papers.values():
        subject = paper.value.subject
        if subject and subject not in merged.subjects and subject not in hidden:
            merged.note_value(
                "unknown-subject",
                KeyLocation(paper.place.source, (*paper.place.path, "subject")),
                f"no subject `{shown(subject)}`",
                did_you_mean(subject, merged.subjects, "`mlcoach curriculum list` shows all subjects"),
            )
        for entry in entries(paper.value.units, KeyLocation(paper.place.source, (*paper.place.path, "units"))):
            _unknown_unit(merged, entry.place, merged.resolve(entry.value, ""), hidden)
    for tool in merged.role_tools.values():
        for entry in entries(tool.value.units, KeyLocation(tool.place.source, (*tool.place.path, "units"))):
            _unknown_unit(merged, entry.place, merged.resolve(entry.value, ""), hidden)
    for path in merged.paths.values():
        if (path.value.units is None) == (path.value.tracks is None):
            merged.note_value(
                "bad-value",
                path.place,
                f"path `{path.value.id}` needs `units` or `tracks`, one of the two",
                'write `units = ["math.la.vectors", …]` in the order to study them',
            )
        _check_first(merged, path)
        for key in ("units", "known", "first"):
            for entry in entries(
                getattr(path.value, key) or [], KeyLocation(path.place.source, (*path.place.path, key))
            ):
                _unknown_unit(merged, entry.place, merged.resolve(entry.value, ""), hidden)


def _check_first(merged: MergedCurriculum, path: Sourced[model.PathTable]) -> None:
    members = {*(built := build_path(merged, path.value)).units, *built.known}
    for entry in entries(path.value.first, KeyLocation(path.place.source, (*path.place.path, "first"))):
        unit = merged.resolve(entry.value, "")
        if unit in merged.units and unit not in members:
            merged.note_value(
                "bad-value",
                entry.place,
                f"`{unit}` is to come first on path `{path.value.id}` and is not on it",
                "add it to the `units` of the path",
            )


def _check_core(merged: MergedCurriculum) -> None:
    for unit in merged.units.values():
        for edge in unit.requires:
            other = merged.units.get(edge.value.unit)
            if unit.value.core and other is not None and not other.value.core:
                blamed = later(edge.place, unit.place_of("core"), other.place_of("core"))
                merged.note_value(
                    "core-needs-elective",
                    _inside(edge.place, "unit") if blamed == edge.place else blamed,
                    f"core unit `{unit.id}` requires `{other.id}`, which is an elective",
                    f"write `core = true` in `{other.id}`, or drop the prerequisite",
                )


def _check_cycles(merged: MergedCurriculum) -> None:
    edges = {
        unit.id: {edge.value.unit: edge.place for edge in unit.requires if edge.value.unit in merged.units}
        for unit in merged.units.values()
    }
    for _ in range(MOST_CYCLES):
        cycle = find_cycle(edges)
        if not cycle:
            return
        steps = list(pairwise(cycle))
        # Of all edges of the cycle, the one in the file that came last closed it.
        closing = later(*(edges[start][end] for start, end in steps))
        first = next(index for index, (start, end) in enumerate(steps) if edges[start][end] == closing)
        turned = [*cycle[first:-1], *cycle[: first + 1]]
        merged.note_value(
            "cycle",
            _inside(closing, "unit"),
            f"prerequisites go in a circle: {' -> '.join(turned)}",
            "drop one of these prerequisites: a unit cannot need itself",
        )
        del edges[turned[0]][turned[1]]
