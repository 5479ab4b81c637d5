"""The files of the map: where they are, what is wrong with them, and the learner's own ones made and changed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach.curriculum.read import find
from mlcoach.curriculum.read.declared import declared, text_of
from mlcoach.domain import text
from mlcoach.domain.curriculum import TRACKS
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.views.curriculum_files import (
    CheckCountsView,
    CheckReportView,
    EditedView,
    FoldersView,
    NewFileView,
    ProblemView,
)

if TYPE_CHECKING:
    from mlcoach.curriculum.check.code_runs import Prove
    from mlcoach.curriculum.read.problems import Problem
    from mlcoach.domain.curriculum import Checklist
    from mlcoach.services.context import Context
    from mlcoach.services.files import OwnFiles

DEFAULT_TRACK = "ml"


class Draft(NamedTuple):
    """A file about to be edited. `before` is what is there (None for no file), `text` what editing starts from."""

    subject: str
    path: Path
    before: str | None
    text: str
    overlay: bool


class Verdict(NamedTuple):
    """What is wrong with an edited text."""

    errors: tuple[ProblemView, ...] = ()
    warnings: tuple[ProblemView, ...] = ()


def check(context: "Context", files: Sequence[Path] = (), prove: "Prove | None" = None) -> CheckReportView:
    """Return every problem of all files, or of those given; with `prove` code exercises are run.

    Raises NotFoundError for a file that is not there.
    """
    from mlcoach.adapters.expressions import evaluate
    from mlcoach.curriculum.check.check import check as find_problems

    report = find_problems(find.bundled_folder(), context.places.curriculum, files, evaluate, prove)
    return CheckReportView(
        tuple(problem_view(problem) for problem in report.errors),
        tuple(problem_view(problem) for problem in report.warnings),
        CheckCountsView(*report.counts),
    )


def folders(context: "Context", name: str = "") -> FoldersView:
    """Return the folders of the files, or the files of a subject. Raises NotFoundError for an unknown one."""
    own = context.places.curriculum
    subject = resolve_subject(context, name) if name else ""
    files = files_of(context, subject) if subject else []
    return FoldersView(subject, str(find.bundled_folder()), str(own), own.is_dir(), tuple(str(path) for path in files))


def left_out(context: "Context", name: str) -> Path | None:
    """Return the file left out because of errors that would bring what has this id, or None."""
    skipped = set(context.catalog.skipped)
    return next(
        (
            one.path
            for one in declared(context.places.curriculum)
            if str(one.path) in skipped and (name == one.subject or name.startswith(f"{one.subject}."))
        ),
        None,
    )


def files_of(context: "Context", subject: str) -> list[Path]:
    """Return the files that a subject is made of: its own, then the overlays in the order they apply."""
    found = [one for one in declared(context.places.curriculum) if one.subject == subject]
    return [one.path for one in sorted(found, key=lambda one: one.key == "over")]


def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of the files."""
    from mlcoach.curriculum.write.schema import json_schema

    return json_schema()


def new(context: "Context", name: str, *, title: str = "", track: str = "", over: str = "") -> NewFileView:
    """Make a subject of the learner's own, or with `over` an overlay in a file of that name.

    Raises UsageError for an id, title or track that cannot be and for what exists already, NotFoundError for an
    unknown subject to lay it over.
    """
    from mlcoach.services.files import change

    return change(context, lambda own: _make(context, own, name, title, track, over))


def _make(context: "Context", files: "OwnFiles", name: str, title: str, track: str, over: str) -> NewFileView:
    from mlcoach.curriculum.write import overlay

    own = context.places.curriculum
    catalog = context.catalog
    first = name.partition(".")[0]
    chosen_track = track or (first if first in TRACKS else DEFAULT_TRACK)
    chosen_title = title or " ".join(re.split(r"[.-]+", name)).strip().capitalize() or name
    text = overlay.new_subject_text(name, chosen_title, chosen_track)  # also refuses what cannot be an id
    path = own / f"{name.replace('.', '-')}.toml"
    if over:
        if title or track:
            raise UsageError("an overlay keeps title and track", "leave out --title and --track")
        over = resolve_subject(context, over)
        _refuse_second_overlay(context, over)
        units = [unit for unit in catalog.units.values() if unit.subject == over]
        text = overlay.new_overlay_text(catalog.subjects()[over], units)
    else:
        _refuse_taken_id(context, name)
        if path.exists():
            path = own / f"{name.replace('.', '-')}-subject.toml"
    if path.exists():
        raise UsageError(f"`{path}` is there already", f"`mlcoach curriculum edit {path.name}` opens it")
    files.write({path: text})
    if over:
        subject = catalog.subjects()[over]
        return NewFileView(over, str(path), subject.title, subject.track, over, "")
    return NewFileView(name, str(path), chosen_title, chosen_track, "", f"{name}.first")


def open_draft(context: "Context", name: str) -> Draft:
    """Return the file that changes a subject: the learner's own one, else their overlay, made on first use.

    A name is a subject, one of its units, a checklist, or a file of the learner's. Raises
    NotFoundError or UsageError for a name that fits nothing or several, InvalidFileError for a file that is not text.
    """
    from mlcoach.curriculum.write.overlay import new_overlay_text, overlay_path

    own = context.places.curriculum
    mine = [one for one in declared(context.places.curriculum) if one.own]
    if path := _own_file(context, name):
        about = next((one for one in mine if one.path == path), None)
        text = text_of(path) or ""
        return Draft(about.subject if about else "", path, text, text, bool(about and about.key == "over"))
    with _quietly(context):
        checklist = context.catalog.checklist(name)
    if checklist:
        return _checklist_draft(context, checklist)
    subject = resolve_subject(context, name)
    whole = next((one.path for one in mine if one.key == "id" and one.subject == subject), None)
    path = whole or overlay_path(own, subject)
    before = text_of(path)
    if before is not None:
        return Draft(subject, path, before, before, whole is None)
    with _quietly(context):
        units = [unit for unit in context.catalog.units.values() if unit.subject == subject]
        return Draft(subject, path, None, new_overlay_text(context.catalog.subjects()[subject], units), True)


def _checklist_draft(context: "Context", checklist: "Checklist") -> Draft:
    """Return the file of the learner's that changes a checklist: the one that does already, else one for all."""
    from mlcoach.curriculum.write.overlay import new_checklist_text

    own = context.places.curriculum
    named = re.compile(rf"^[ \t]*id[ \t]*=[ \t]*[\"']{re.escape(checklist.id)}[\"']", re.MULTILINE)
    texts = {own / stamp.name: text_of(own / stamp.name) or "" for stamp in find.list_files(own)}
    holding = [path for path, text in texts.items() if "[[checklist]]" in text and named.search(text)]
    path = holding[0] if holding else own / "checklists.toml"
    before = text_of(path)
    if holding:
        return Draft("", path, before, before or "", False)
    head = before.rstrip("\n") + "\n\n" if before else "schema = 1\n\n"
    return Draft("", path, before, head + new_checklist_text(checklist), False)


def is_changed(draft: Draft, text: str) -> bool:
    """Return whether an edited text is worth judging and saving: a new file that stayed a template is not."""
    return text != draft.text and (draft.before is not None or bool(text.strip()))


def judge(context: "Context", draft: Draft, text: str) -> Verdict:
    """Return what is wrong with a text as though it stood in the file, and what it newly breaks in other files.

    An empty text, which removes the file, is judged by the latter alone.
    """
    from mlcoach.curriculum.check.check import check as find_problems
    from mlcoach.curriculum.check.trial import copied, put

    own, bundled = context.places.curriculum, find.bundled_folder()
    with copied(own) as copy:
        file = copy / draft.path.relative_to(own)
        others = [copy / stamp.name for stamp in find.list_files(copy) if copy / stamp.name != file]
        known = _moved(find_problems(bundled, copy, others).errors, copy, own) if others else ()
        file.unlink(missing_ok=True)
        if text.strip():
            put(file, text)
            others.append(file)
        if not others:
            return Verdict()
        report = find_problems(bundled, copy, others)
        errors, warnings = _moved(report.errors, copy, own), _moved(report.warnings, copy, own)
    here = str(draft.path)
    return Verdict(
        tuple(one for one in errors if one.file == here or not _is_known(one, known)),
        tuple(one for one in warnings if one.file == here),
    )


def save(context: "Context", draft: Draft, text: str, verdict: Verdict) -> EditedView:
    """Write an edited text, with its errors if it has any, and return what was done.

    What is as it was is not written, and an empty text removes the file. Raises UsageError when the file was
    changed by something else meanwhile, StoreError when it cannot be written.
    """
    from mlcoach.services.files import change

    if not is_changed(draft, text):
        return EditedView(draft.subject, str(draft.path), "unchanged", draft.overlay)
    ended = text.rstrip("\n") + "\n" if text.strip() else None
    if ended and draft.overlay and not any(error.file == str(draft.path) for error in verdict.errors):
        from mlcoach.curriculum.check.difference import with_marks

        ended = with_marks(find.bundled_folder(), draft.path, ended)

    def write(files: "OwnFiles") -> None:
        if files.text(draft.path) != draft.before:
            raise UsageError(f"`{draft.path}` was changed by something else while you edited it", "edit it again")
        files.write({draft.path: ended})

    change(context, write)
    context.reopen_catalog()
    return EditedView(
        draft.subject, str(draft.path), "removed" if ended is None else "saved", draft.overlay, verdict.errors,
        verdict.warnings,
    )  # fmt: skip


def resolve_subject(context: "Context", name: str) -> str:
    """Return the subject that a name means, also one whose file is broken; a unit means its subject.

    Raises NotFoundError or UsageError for a name that fits none or several.
    """
    with _quietly(context):
        catalog = context.catalog
        units, known = catalog.units, list(catalog.subjects())
    known += [
        one.subject for one in declared(context.places.curriculum) if one.key == "id" and one.subject not in known
    ]
    if name in units:
        return units[name].subject
    try:
        return text.resolve(name, known, "subject")
    except NotFoundError as error:
        hint = error.hint or "`mlcoach curriculum list` shows them all, `mlcoach curriculum new` makes another one"
        raise NotFoundError(error.message, hint) from None


def _refuse_taken_id(context: "Context", name: str) -> None:
    catalog = context.catalog
    if name in catalog.subjects() or any(
        one.key == "id" and one.subject == name for one in declared(context.places.curriculum)
    ):
        raise UsageError(f"the subject `{name}` is there already", f"`mlcoach curriculum edit {name}` changes it")
    for kind, taken in (("unit", catalog.units), ("path", catalog.paths)):
        if name in taken:
            raise UsageError(f"`{name}` is the id of a {kind}", f"choose another one, such as `my.{name}`")


def _refuse_second_overlay(context: "Context", subject: str) -> None:
    for one in declared(context.places.curriculum):
        if one.own and one.key == "over" and one.subject == subject:
            raise UsageError(
                f"you have an overlay of `{subject}` already: {one.path}",
                f"`mlcoach curriculum edit {subject}` opens it",
            )


def _own_file(context: "Context", name: str) -> Path | None:
    """Return the file of the learner's with that name, unless a subject is called so."""
    own = context.places.curriculum
    for stamp in find.list_files(own):
        if name == stamp.name:
            return own / stamp.name
        if name == Path(stamp.name).stem and all(one.subject != name for one in declared(context.places.curriculum)):
            return own / stamp.name
    return None


@contextmanager
def _quietly(context: "Context") -> Iterator[None]:
    """Keep back the notice of files left out: these commands are there to repair them, and speak of them anyhow."""
    spoken = len(context.notices)
    yield
    del context.notices[spoken:]


def problem_view(problem: "Problem") -> ProblemView:
    """Return a finding as screens and JSON show it."""
    return ProblemView(
        problem.file,
        problem.line,
        problem.column,
        problem.code,
        problem.message,
        problem.hint,
        problem.length,
        problem.source_line,
    )


def _moved(problems: "Iterable[Problem]", copy: Path, own: Path) -> tuple[ProblemView, ...]:
    """Return problems of copied files as those of the files themselves."""
    return tuple(
        problem_view(problem)._replace(file=str(own / Path(problem.file).relative_to(copy))) for problem in problems
    )


def _is_known(problem: ProblemView, known: Iterable[ProblemView]) -> bool:
    return any((one.file, one.line, one.message) == (problem.file, problem.line, problem.message) for one in known)
