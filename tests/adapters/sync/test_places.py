"""Both places keep the same promises: put once, listed and got; and what others put there harms nobody."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from mlcoach.adapters.sync.folder import FolderPlace
from mlcoach.adapters.sync.git import BRANCH, GitPlace, is_git_address
from mlcoach.adapters.sync.place import Place, PlaceGoneError, PlaceRefusesError, UnreadableError

posix = pytest.mark.skipif(os.name != "posix", reason="links, rights and hooks as POSIX has them")
NAME = "journal/aa/1-2-00.jsonl.z.age"


def git(*words: str, at: Path, given: bytes = b"") -> str:
    environment = {
        "PATH": os.environ["PATH"], "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x@x", "GIT_COMMITTER_NAME": "x",
        "GIT_COMMITTER_EMAIL": "x@x", "GIT_CONFIG_GLOBAL": os.devnull,
    }  # fmt: skip
    done = subprocess.run(["git", *words], cwd=at, env=environment, input=given, capture_output=True, check=True)
    return done.stdout.decode().strip()


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """An empty bare repository."""
    git("init", "--quiet", "--bare", str(tmp_path / "study.git"), at=tmp_path)
    return tmp_path / "study.git"


def clone_of(remote: Path, name: str = "clone") -> GitPlace:
    return GitPlace(str(remote), remote.parent / name, {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull})


@pytest.fixture(params=["folder", "git"])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Place]:
    """Return what makes one machine's view of a place that all share."""
    if request.param == "folder":
        (tmp_path / "place").mkdir()
        return lambda name: FolderPlace(tmp_path / "place")
    git("init", "--quiet", "--bare", str(tmp_path / "study.git"), at=tmp_path)
    return lambda name: clone_of(tmp_path / "study.git", name)


def test_what_one_puts_others_get(another: Callable[[str], Place]) -> None:
    one, two = another("one"), another("two")
    assert one.listing() == ({}, [])
    one.put(NAME, b"first")
    one.put("format.toml", b"")
    one.finish()
    assert two.listing() == ({NAME: 5, "format.toml": 0}, [])
    assert two.get(NAME) == b"first"
    with pytest.raises(UnreadableError):
        two.get("files/none.age")
    two.put(NAME, b"second")
    two.finish()
    one.listing()
    assert one.get(NAME) == b"first"
    two.put(NAME, b"whole again", again=True)
    two.remove("format.toml")
    two.remove("never there")
    two.finish()
    assert one.listing().sizes == {NAME: 11}


def test_two_that_push_at_once_both_come_through(remote: Path) -> None:
    one, two = clone_of(remote, "one"), clone_of(remote, "two")
    one.listing()
    two.listing()
    for number, place in enumerate((one, two)):
        place.put(f"files/{number}.age", b"x")
        place.put("format.toml", f"of {number}".encode())
        place.finish()
    assert set(two.listing().sizes) == {"files/0.age", "files/1.age", "format.toml"}
    assert two.get("format.toml") == b"of 0"  # put once


@posix
def test_nothing_of_a_remote_repository_is_run(remote: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    for hook in ("pre-receive", "update", "post-receive", "reference-transaction", "post-update"):
        path = remote / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch {ran}\n")
        path.chmod(0o755)
    for key in ("core.fsmonitor", "core.alternateRefsCommand", "core.pager", "uploadpack.packObjectsHook"):
        git("config", key, f"touch {ran}", at=remote)
    place = clone_of(remote)
    place.listing()
    place.put(NAME, b"x")
    place.finish()
    assert clone_of(remote, "two").listing().sizes == {NAME: 1}
    assert not ran.exists()


def test_hostile_trees_are_read_without_a_file_being_made(remote: Path, tmp_path: Path) -> None:
    blob = git("hash-object", "-w", "--stdin", at=remote, given=b"/etc/passwd")
    entries = [
        ("100644", "blob", blob, "good.age"), ("120000", "blob", blob, "link.age"), ("160000", "commit", "1" * 40, "module"),
        ("100644", "blob", blob, "a\tb\n\x1b[31m"), ("100644", "blob", blob, "..age"),
    ]  # fmt: skip
    tree = "".join(f"{mode} {kind} {id}\t{name}\0" for mode, kind, id, name in entries).encode()
    top = git("mktree", "-z", "--missing", at=remote, given=tree)
    git("update-ref", BRANCH, git("commit-tree", top, "-m", "x", at=remote), at=remote)
    listing = clone_of(remote).listing()
    assert set(listing.sizes) == {"good.age", "a\tb\n\x1b[31m", "..age"}
    assert {one.name for one in listing.strange} == {"link.age", "module"}
    assert not (tmp_path / "good.age").exists()
    assert {path.name for path in (tmp_path / "clone").iterdir()} >= {"HEAD", "objects", "refs"}


def test_other_branches_stay_as_they_are(remote: Path) -> None:
    tree = git("mktree", at=remote)
    mine = git("commit-tree", tree, "-m", "mine", at=remote)
    git("update-ref", "refs/heads/main", mine, at=remote)
    place = clone_of(remote)
    assert place.listing().sizes == {}
    place.put(NAME, b"x")
    place.finish()
    assert git("rev-parse", "refs/heads/main", at=remote) == mine


def test_a_remote_that_is_gone_is_said_in_one_sentence(tmp_path: Path) -> None:
    place = GitPlace("file:///nowhere/study.git", tmp_path / "clone", {"PATH": os.environ["PATH"]})
    with pytest.raises(PlaceGoneError, match="cannot be reached"):
        place.listing()
    with pytest.raises(PlaceGoneError, match="git is not installed"):
        GitPlace("file:///nowhere/study.git", tmp_path / "clone", {"PATH": "/nowhere"}).listing()


def test_the_network_gone_in_the_middle_can_be_tried_again(remote: Path) -> None:
    place = clone_of(remote)
    place.listing()
    place.put(NAME, b"x")
    remote.rename(remote.with_name("away.git"))
    with pytest.raises((PlaceGoneError, PlaceRefusesError)):
        place.finish()
    remote.with_name("away.git").rename(remote)
    place.finish()
    assert clone_of(remote, "two").listing().sizes == {NAME: 1}


@pytest.mark.parametrize("address", ["ext::sh -c touch% x", "--upload-pack=touch x", "-x", "plain/folder"])
def test_addresses_that_would_run_something_are_not_git(address: str) -> None:
    assert not is_git_address(address)


@pytest.mark.parametrize(
    "address", ["git@host:me/study.git", "https://host/me/study", "ssh://host/x", "host.xz:path", "../study.git"]
)
def test_the_usual_addresses_are_git(address: str) -> None:
    assert is_git_address(address) == (address != "host.xz:path")


@posix
def test_links_and_hidden_files_of_a_folder_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "place"
    (folder / "files").mkdir(parents=True)
    (folder / ".stfolder").mkdir()
    (folder / ".stfolder" / "x").write_text("x")
    (tmp_path / "secret").write_text("secret")
    (folder / "files" / "link.age").symlink_to(tmp_path / "secret")
    (folder / "files" / "deep").symlink_to(tmp_path)
    (folder / "files" / "x.sync-conflict-20261201-101112-ABCDEFG.age").write_text("x")
    place = FolderPlace(folder)
    listing = place.listing()
    assert listing.sizes == {}
    assert {one.name.split("/")[1].split(".")[0] for one in listing.strange} == {"link", "deep", "x"}
    with pytest.raises(UnreadableError):
        place.get("files/link.age")


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PlaceRefusesError, match="cannot be written"):
            FolderPlace(tmp_path).put(NAME, b"x")
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlaceGoneError, match="cannot read the place"):
        FolderPlace(tmp_path / "nowhere").listing()
