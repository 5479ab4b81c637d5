"""The screen of `mlcoach project lint`."""

from mlcoach.domain.text import one_line
from mlcoach.render.layout import columns, paragraphs, plural
from mlcoach.render.screen import SPOKEN, Lines, drawn, prose_width
from mlcoach.views.work.lint import LintedFolderView, LintView, RulesView

LEVELS = {"error": ("✗", "bad", "error"), "warn": ("!", "warn", "warning")}
MOST_SKIPPED = 8


def lint_lines(view: LintView, width: int | None) -> Lines:
    """Return the findings by repository, each with its file, line and remedy."""
    room = None if width is None else prose_width(width)
    shown: Lines = []
    for folder in view.folders:
        shown += [*([[]] if shown else []), *_folder(folder, view.rules, room)]
    return shown


def _folder(folder: LintedFolderView, rules: int, room: int | None) -> Lines:
    shown = paragraphs(one_line(folder.folder), room, style="title")
    looked = f"{plural(folder.files, 'file')} held against {plural(rules, 'rule')}"
    if not folder.findings:
        shown.append([(f"{looked}: ", "muted"), ("nothing to find fault with", "good")])
    else:
        errors = sum(one.level == "error" for one in folder.findings)
        warnings = len(folder.findings) - errors
        shown.append(
            [(f"{looked}: ", "muted"), (f"{plural(errors, 'error')}, {plural(warnings, 'warning')}", "strong")]
        )
    for one in folder.findings:
        mark, style, word = LEVELS[one.level]
        place = one_line(one.file) + (f":{one.line}" if one.line else "")
        detail = f" ({one_line(one.detail)})" if one.detail else ""
        first, *rest = paragraphs(f"{one.title}{detail}", room and room - 2)
        shown += [
            [],
            [drawn(f"{mark} ", style), (f"{word}: ", SPOKEN), *first],
            *([("  ", ""), *line] for line in rest),
        ]
        shown += paragraphs(f"{place}  [{one.rule}]" if place else f"[{one.rule}]", room, "  ", "accent")
        shown += paragraphs(one.remedy + ".", room, "  ", "muted")
    if folder.skipped:
        shown += [[], [(f"Not looked at: {folder.skipped_in_all:,}", "strong")]]
        for left in folder.skipped[:MOST_SKIPPED]:
            shown += paragraphs(f"{one_line(left.path)}: {one_line(left.reason)}", room, "  ", "muted")
        if folder.skipped_in_all > MOST_SKIPPED:
            shown.append([(f"  and {folder.skipped_in_all - MOST_SKIPPED:,} more", "muted")])
    return shown


def rules_lines(view: RulesView, width: int | None) -> Lines:
    """Return the rules, one a line, and how to change one."""
    room = None if width is None else prose_width(width)
    rows = [[(rule.id, "accent"), (rule.level, "muted"), (rule.title, "")] for rule in view.rules]
    said = (
        "To change one, write it into a file of yours (`mlcoach curriculum path` names the folder): schema = 1, "
        '[[rule]], id = "picture", level = "off"'
    )
    return [*columns(rows, room, flexible=2), [], *paragraphs(said, room, style="muted")]
