"""The screens of `mlcoach curriculum check`, `path`, `new` and `edit`."""

from collections.abc import Sequence
from itertools import groupby

from mlcoach.domain.text import one_line
from mlcoach.errors import SourceLocation
from mlcoach.render.curriculum.marks import wrapped
from mlcoach.render.errors import place_lines
from mlcoach.render.layout import paragraphs, plural
from mlcoach.render.screen import UNDO, Line, Lines
from mlcoach.views.curriculum_files import (
    CheckCountsView,
    CheckReportView,
    EditedView,
    FoldersView,
    LinksView,
    NewFileView,
    ProblemView,
    RenewedView,
)

STYLES = {"error": "bad", "warning": "warn"}
CHECK = "mlcoach curriculum check"


def check_lines(view: CheckReportView, width: int | None) -> Lines:
    """Return every problem by file, then how many there are."""
    links = _links(view.links, width) if view.links else []
    if not view.errors and not view.warnings:
        return [*paragraphs(f"No problems in {_looked_at(view.counts)}.", width), *links]
    found = sorted(
        [*((one, "error") for one in view.errors), *((one, "warning") for one in view.warnings)],
        key=lambda pair: (pair[0].file, pair[0].line, pair[0].column),
    )
    shown: Lines = []
    for file, of_file in groupby(found, key=lambda pair: pair[0].file):
        shown.append([(file, "title")])
        for problem, severity in of_file:
            shown += [*_problem(severity, problem, width), []]
    numbers = [plural(len(view.errors), "error")] if view.errors else []
    numbers += [plural(len(view.warnings), "warning")] if view.warnings else []
    total = paragraphs(f"{' and '.join(numbers)} in {_looked_at(view.counts)}.", width, style="strong")
    return [*shown, *total, *links]


def renewed_lines(view: RenewedView, width: int | None) -> Lines:
    """Return where today's date was written."""
    shown = paragraphs(f"Wrote today's date beside {plural(view.links, 'link')}:", width)
    return [*shown, *([("  ", ""), (file, "accent")] for file in view.files), UNDO]


def _links(links: LinksView, width: int | None) -> Lines:
    known = [(links.fine, "fine"), (links.moved, "moved"), (links.dead, "dead"), (links.unsure, "not certain")]
    found = ", ".join(f"{number} {word}" for number, word in known if number)
    return paragraphs(f"{plural(links.total, 'link')} asked: {found}." if found else "No links to ask.", width)


def problem_lines(severity: str, problems: Sequence[ProblemView], width: int | None) -> Lines:
    """Return problems one below the other: `error` or `warning`, what, where and the remedy."""
    return [line for problem in problems for line in [*_problem(severity, problem, width), []]]


def folder_lines(view: FoldersView, width: int | None) -> Lines:
    """Return the folders or files, one a line and nothing else."""
    return [[(path, "")] for path in (view.files if view.subject else (view.bundled, view.own))]


def new_lines(view: NewFileView, width: int | None) -> Lines:
    """Return what was made and what to do with it."""
    about = f"the subject {one_line(view.title)} ({view.subject}, track {view.track})"
    shown = paragraphs(f"Made {f'an overlay of {view.subject}' if view.over else about}:", width)
    shown += [[("  ", ""), (view.file, "accent")], [("Fill it: ", "muted"), (_edit(view.subject), "accent")]]
    if view.first_unit:
        shown.append([("Begin:   ", "muted"), (f"mlcoach start {view.first_unit}", "accent")])
    return [*shown, UNDO]


def edited_lines(view: EditedView, width: int | None) -> Lines:
    """Return what came of an edit."""
    about = f"your overlay of {view.subject}" if view.overlay else f"your subject {view.subject}"
    about = about if view.subject else "your file"
    if view.action == "unchanged":
        return paragraphs("Nothing was changed.", width)
    if view.action == "removed":
        rest = "; the bundled file is used again" if view.overlay else ""
        shown = [*paragraphs(f"Removed {about}{rest}.", width), [("  ", ""), (view.file, "muted")]]
        return [*shown, *_quarrels(view, width), UNDO]
    shown = [*paragraphs(f"Saved {about}:", width), [("  ", ""), (view.file, "accent")]]
    shown += problem_lines("warning", view.warnings, width)
    here = sum(error.file == view.file for error in view.errors)
    if here:
        number, them = plural(here, "error"), "it is" if here == 1 else "they are"
        shown += paragraphs(
            f"It has {number}; until {them} repaired, the file is left out and the rest is used.", width
        )
        shown.append([("Repair it: ", "muted"), (_edit(view.subject) if view.subject else CHECK, "accent")])
    return [*shown, *_quarrels(view, width), UNDO]


def _quarrels(view: EditedView, width: int | None) -> Lines:
    """Return the other files that no longer fit together with an edited one."""
    others = sorted({error.file for error in view.errors if error.file != view.file})
    if not others:
        return []
    shown = paragraphs("These files of yours need what it had; what cannot be used is left out:", width)
    shown += [[("  ", ""), (file, "accent")] for file in others]
    return [*shown, [("See: ", "muted"), (CHECK, "accent")]]


def _edit(subject: str) -> str:
    return f"mlcoach curriculum edit {subject}"


def _problem(severity: str, problem: ProblemView, width: int | None) -> Lines:
    first, *others = wrapped(f"{severity}[{problem.code}]: {problem.message}", width)
    kind = f"{severity}[{problem.code}]"
    head: Line = [(kind, STYLES[severity]), (first.removeprefix(kind), "strong")]
    if not first.startswith(kind):
        head = [(first, STYLES[severity])]
    place = SourceLocation(problem.file, problem.line, problem.column, problem.length, problem.source_line)
    shown: Lines = [head, *([(text, "strong")] for text in others), *place_lines(place, width)]
    if problem.hint:
        first, *others = wrapped(f"hint: {problem.hint}", width)
        shown += [[("hint:", "accent"), (first.removeprefix("hint:"), "")], *([(text, "")] for text in others)]
    return shown


def _looked_at(counts: CheckCountsView) -> str:
    kinds = [
        (counts.subjects, "subject"),
        (counts.units, "unit"),
        (counts.cards, "card"),
        (counts.exercises, "exercise"),
        (counts.papers, "paper"),
    ]
    known = [plural(number, kind) for number, kind in kinds if number]
    inside = f" ({', '.join(known)})" if known else ""
    return f"{plural(counts.files, 'file')}{inside}"
