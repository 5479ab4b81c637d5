"""Commits of a week, from repositories in every state, none of which gets to run anything."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mlcoach.adapters.habit import git
from mlcoach.adapters.habit.git import Commits, commits_between

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

MONDAY = datetime(2026, 11, 23, 4, tzinfo=UTC)
WORLD = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}


class Repository:
    """A repository in which the learner and others commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main", str(folder), at=None)
        self.git("config", "user.email", "learner@example.org")
        self.git("config", "user.name", "Learner")

    def git(self, *words: str, at: datetime | None = MONDAY, **told: str) -> None:
        stamp = {"GIT_COMMITTER_DATE": at.isoformat(), "GIT_AUTHOR_DATE": at.isoformat()} if at else {}
        place = ("-C", str(self.folder)) if self.folder.exists() else ()
        subprocess.run(
            ["git", *place, *words], check=True, capture_output=True, env={**WORLD, **stamp, **told}, timeout=60
        )

    def commit(self, subject: str, at: datetime, **told: str) -> None:
        self.git("commit", "--quiet", "--allow-empty", "-m", subject, at=at, **told)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "project")


def week(folder: Path, **told: str) -> Commits:
    return commits_between(folder, MONDAY, MONDAY + timedelta(days=7), {**WORLD, **told})


def test_commits_of_the_week_on_every_branch(repository: Repository) -> None:
    repository.commit("too early", MONDAY - timedelta(seconds=1))
    repository.commit("first moment", MONDAY)
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit("on a branch", MONDAY + timedelta(days=2))
    repository.git("checkout", "--quiet", "main")
    repository.commit("last moment", MONDAY + timedelta(days=7, seconds=-1))
    repository.commit("too late", MONDAY + timedelta(days=7))
    assert week(repository.folder) == Commits("project", ("last moment", "on a branch", "first moment"))


def test_the_instants_of_ones_own_commits(repository: Repository, tmp_path: Path) -> None:
    def instants(folder: Path) -> git.CommitInstants:
        return git.commit_instants(folder, MONDAY, MONDAY + timedelta(days=14), WORLD)

    assert instants(repository.folder) == git.CommitInstants()
    repository.commit("mine", MONDAY + timedelta(days=1))
    repository.commit("later", MONDAY + timedelta(days=8))
    repository.commit("theirs", MONDAY + timedelta(days=2), GIT_AUTHOR_EMAIL="other@example.org")
    days = [(datetime.fromtimestamp(one, UTC) - MONDAY).days for one in instants(repository.folder).instants]
    assert days == [8, 1]
    assert instants(tmp_path / "gone").problem == "there is no such folder"
    (tmp_path / "plain").mkdir()
    assert instants(tmp_path / "plain").problem == "it is not a git repository"


def test_merges_stashes_and_the_work_of_others_are_left_out(repository: Repository) -> None:
    repository.commit("mine", MONDAY)
    repository.commit("theirs", MONDAY, GIT_AUTHOR_EMAIL="other@example.org", GIT_AUTHOR_NAME="learner@example.org")
    repository.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repository.commit("mine too", MONDAY)
    repository.git("merge", "--quiet", "--no-ff", "-m", "a merge", "main")
    (repository.folder / "file").write_text("x", encoding="utf-8")
    repository.git("add", "file")
    repository.git("stash")
    assert sorted(week(repository.folder).subjects) == ["mine", "mine too"]


def test_a_subject_is_one_harmless_line(repository: Repository) -> None:
    repository.commit("\x1b[31mred\x1b[0m \u202egnp " + "x" * 200 + "\nsecond\n\nbody", MONDAY)
    (subject,) = week(repository.folder).subjects
    assert subject.startswith("\ufffd[31mred")
    assert len(subject) <= 100
    assert "\u202e" not in subject


@pytest.mark.parametrize("bare", [False, True])
def test_an_empty_repository_has_no_commits(tmp_path: Path, bare: bool) -> None:
    folder = tmp_path / "empty.git"
    subprocess.run(["git", "init", "--quiet", *(["--bare"] if bare else []), str(folder)], check=True, env=WORLD)
    assert week(folder) == Commits("empty")


def test_bare_and_shallow_clones(repository: Repository, tmp_path: Path) -> None:
    repository.commit("one", MONDAY)
    repository.commit("two", MONDAY + timedelta(hours=1))
    source = f"file://{repository.folder}"
    for words, name in ((["--bare"], "bare.git"), (["--depth=1"], "shallow")):
        subprocess.run(
            ["git", "clone", "--quiet", *words, source, str(tmp_path / name)],
            check=True,
            env=WORLD,
            capture_output=True,
        )
    assert week(tmp_path / "bare.git") == Commits("bare", ("two", "one"))
    assert week(tmp_path / "shallow") == Commits("shallow", ("two",), "a shallow clone: older commits are not in it")


def test_what_is_no_repository(tmp_path: Path) -> None:
    assert week(tmp_path / "gone").problem == "there is no such folder"
    (tmp_path / "plain").mkdir()
    assert week(tmp_path / "plain").problem == "it is not a git repository"
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert week(tmp_path / "file").problem == "there is no such folder"
    assert week(tmp_path / "plain", PATH=str(tmp_path)).problem == "git is not installed"


def test_a_damaged_repository_says_why(repository: Repository) -> None:
    repository.commit("one", MONDAY)
    shutil.rmtree(repository.folder / ".git" / "objects")
    assert week(repository.folder).problem


@pytest.mark.slow
def test_an_enormous_repository_does_not_hold_the_report_up(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 5\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(git, "PATIENCE", 0.2)
    assert week(repository.folder, PATH=f"{slow.parent}:{WORLD['PATH']}").problem.startswith("it took longer than")


def test_more_than_are_counted(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "MOST", 2)
    for number in range(3):
        repository.commit(str(number), MONDAY)
    assert week(repository.folder) == Commits("project", ("2", "1"), "only the newest 2 are counted")


def test_a_repository_of_others_runs_nothing(repository: Repository, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    program = tmp_path / "evil"
    program.write_text(f"#!/bin/sh\ntouch {mark}\n", encoding="utf-8")
    program.chmod(0o755)
    repository.commit("one", MONDAY)
    for key in ("core.fsmonitor", "core.pager", "gpg.program", "diff.external", "core.sshCommand", "core.editor"):
        repository.git("config", key, str(program))
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "core.hooksPath", str(tmp_path))
    assert week(repository.folder).subjects == ("one",)
    assert not mark.exists()
