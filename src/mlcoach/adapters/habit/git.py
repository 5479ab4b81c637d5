"""What was committed in a git repository within a span of time. Repositories are only read, and none of their hooks,
pagers or helpers is run."""

import os
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from mlcoach.domain.text import one_line

PATIENCE = 10  # seconds; an enormous repository must not hold a report up
MOST = 500
LONGEST_LINE = 100
# What a repository's own config could otherwise have git start.
SAFE = (
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false",
    "-c", "core.pager=cat", "-c", "protocol.allow=never",
)  # fmt: skip


class Commits(NamedTuple):
    """The first lines of the commits, the newest first. `problem` says why there are none, or not all."""

    name: str
    subjects: tuple[str, ...] = ()
    problem: str = ""


class CommitInstants(NamedTuple):
    """When the learner committed, in seconds since 1970 UTC, the newest first. `problem` as of `Commits`."""

    instants: tuple[int, ...] = ()
    problem: str = ""


def commit_instants(folder: Path, since: datetime, until: datetime, environment: Mapping[str, str]) -> CommitInstants:
    """Return when the learner committed with since <= committed <= until, on any local branch; others are left out."""
    words, problem = _asked(folder, environment, since, until)
    if problem:
        return CommitInstants(problem=problem)
    done = _git(folder, environment, *words, "--format=%ct")
    if done.returncode and "does not have any commits" not in done.stderr:
        return CommitInstants(problem=_reason(done.stderr))
    found = [int(line) for line in done.stdout.splitlines() if line.isdecimal()]
    kept = tuple(stamp for stamp in found if since.timestamp() <= stamp <= until.timestamp())
    return CommitInstants(kept, f"only the newest {MOST} are counted" if len(found) == MOST else "")


def _asked(
    folder: Path, environment: Mapping[str, str], since: datetime, until: datetime
) -> tuple[tuple[str, ...], str]:
    """Return the words that list the learner's own commits of a span, and why there are none to list, or ""."""
    if not folder.is_dir():
        return (), "there is no such folder"
    mine = _git(folder, environment, "config", "--get", "user.email").stdout.strip()
    author = (f"--author=<{mine}>", "--fixed-strings") if mine else ()
    span = (f"--since=@{int(since.timestamp()) - 1}", f"--until=@{int(until.timestamp())}")
    return ("log", "--branches", "--no-merges", "--no-show-signature", f"--max-count={MOST}", *span, *author), ""


def commits_between(folder: Path, since: datetime, until: datetime, environment: Mapping[str, str]) -> Commits:
    """Return the learner's own commits with since <= committed < until, on any local branch; others' are left out."""
    name = one_line(folder.name.removesuffix(".git")) or "repository"
    words, missing = _asked(folder, environment, since, until)
    if missing:
        return Commits(name, problem=missing)
    done = _git(folder, environment, *words, "--format=%ct %s")
    if done.returncode and "does not have any commits" not in done.stderr:
        return Commits(name, problem=_reason(done.stderr))
    subjects = []
    for line in done.stdout.splitlines():
        stamp, _, subject = line.partition(" ")
        if stamp.isdecimal() and since.timestamp() <= int(stamp) < until.timestamp():
            subjects.append(_cut(one_line(subject)))
    problem = f"only the newest {MOST} are counted" if len(subjects) == MOST else ""
    if not problem and (folder / ".git" / "shallow").exists() | (folder / "shallow").exists():
        problem = "a shallow clone: older commits are not in it"
    return Commits(name, tuple(subjects), problem)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else text[: LONGEST_LINE - 1].rstrip() + "…"


def _git(folder: Path, environment: Mapping[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in environment.items() if not name.startswith("GIT_")}
    kept |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "PATH": kept.get("PATH", os.defpath)}
    command = ["git", "-C", str(folder), *SAFE, *words]
    try:
        return subprocess.run(
            command, env=kept, capture_output=True, encoding="utf-8", errors="replace", timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except FileNotFoundError:
        return subprocess.CompletedProcess(command, 1, "", "git is not installed")
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 1, "", f"it took longer than {PATIENCE} seconds")
    except OSError as error:
        return subprocess.CompletedProcess(command, 1, "", str(error.strerror))


def _reason(said: str) -> str:
    first = one_line(said.strip().split("\n")[0]).removeprefix("fatal: ")
    if "not a git repository" in first:
        return "it is not a git repository"
    return first[:120] or "git gave no reason"
