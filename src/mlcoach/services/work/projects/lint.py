"""Looking at repositories as a stranger would: their files against the rules of the curriculum. Nothing is written."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters.repository import UnreadFile, repository_files
from mlcoach.domain.text import one_line
from mlcoach.domain.work.lint import Facts, RepositoryFile, findings
from mlcoach.domain.work.projects import current_project
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.work.projects.folders import as_folder, folder_of
from mlcoach.services.work.projects.projects import projects
from mlcoach.views.work.lint import (
    LintedFolderView,
    LintFindingView,
    LintView,
    RulesView,
    RuleView,
    SkippedFileView,
)

if TYPE_CHECKING:
    from mlcoach.domain.work.rules import Rule
    from mlcoach.services.context import Context

MOST_SKIPPED = 50


def lint(context: "Context", folders: Sequence[str]) -> LintView:
    """Return what the rules find in these folders, without any in that of the project under way.

    Raises UsageError for a folder that is not there, NotFoundError where no project has one.
    """
    places = [as_folder(words) for words in folders] or [_own_folder(context)]
    rules = context.catalog.rules()
    looked_at = tuple(_linted(place, rules) for place in dict.fromkeys(places))
    levels = [one.level for folder in looked_at for one in folder.findings]
    return LintView(looked_at, sum(rule.level != "off" for rule in rules), levels.count("error"), levels.count("warn"))


def _own_folder(context: "Context") -> Path:
    known = projects(context)
    ended = [(state.touched, id) for id, state in known.items() if state.status == "finished"]
    id = current_project(known.items()) or max(ended, default=(0, ""))[1]  # what is finished is shown to others
    folder = folder_of(context, id) if id else None
    if folder is None:
        what = f"`{one_line(known[id].title)[:60]}` has no folder on this machine" if id else "no project is under way"
        raise NotFoundError(what, "name one: `mlcoach project lint FOLDER`")
    if not folder.is_dir():
        raise UsageError(
            f"`{one_line(str(folder))[:200]}` is not there",
            "if the project moved: `mlcoach project folder NEW`; any other folder: `mlcoach project lint FOLDER`",
        )
    return folder


def _linted(folder: Path, rules: "Sequence[Rule]") -> LintedFolderView:
    facts = Facts(rules)
    skipped: list[SkippedFileView] = []
    left_out = 0
    for found in repository_files(folder):
        if isinstance(found, UnreadFile):
            left_out += 1
            facts.know(found.path)
            if len(skipped) < MOST_SKIPPED:
                skipped.append(SkippedFileView(*found))
        else:
            facts.add(RepositoryFile(*found))
    return LintedFolderView(
        str(folder), len(facts.paths), tuple(LintFindingView(*one) for one in findings(facts)), tuple(skipped), left_out
    )


def rules(context: "Context") -> RulesView:
    """Return the rules, those of the learner's applied."""
    return RulesView(
        tuple(RuleView(rule.id, rule.check, rule.level, rule.title, rule.remedy) for rule in context.catalog.rules())
    )
