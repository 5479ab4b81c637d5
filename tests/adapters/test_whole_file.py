"""A file is replaced as a whole, never over another program's words, and its way back needs no disk space."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters import whole_file
from mlcoach.adapters.whole_file import ChangedMeanwhileError
from mlcoach.errors import StoreError

posix = pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
# A number that no process has: those of Linux end at 4,194,304.
DEAD = 999_999_999


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_bytes(b"old")
    return file


def names(file: Path) -> list[str]:
    return sorted(path.name for path in file.parent.iterdir())


@pytest.mark.parametrize("content", [b"new", b"", None])
def test_it_can_stay_or_go_back(file: Path, content: bytes | None) -> None:
    inode = file.stat().st_ino
    replaced = whole_file.replace(file, content, before=b"old")
    assert whole_file.read(file) == content
    assert whole_file.put_back(replaced)
    assert (file.read_bytes(), file.stat().st_ino) == (b"old", inode), "the very file, not a copy"
    assert names(file) == ["config.toml"]
    whole_file.settle(whole_file.replace(file, content, before=b"old"))
    assert whole_file.read(file) == content
    assert names(file) == (["config.toml"] if content is not None else [])


def test_a_new_file_can_stay_or_go_away_again(tmp_path: Path) -> None:
    file = tmp_path / "new"
    assert whole_file.put_back(whole_file.replace(file, b"new", before=None))
    assert names(file) == []
    whole_file.settle(whole_file.replace(file, b"new", before=None))
    assert (names(file), file.read_bytes()) == (["new"], b"new")


def test_without_links_a_copy_is_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    replaced = whole_file.replace(file, b"new", before=b"old")
    assert replaced.kept is not None
    assert whole_file.put_back(replaced)
    assert file.read_bytes() == b"old"
    whole_file.settle(whole_file.replace(file.with_name("other"), b"new", before=None))
    assert names(file) == ["config.toml", "other"]


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nobody_else_can_read_it_whatever_the_umask(file: Path, umask: int) -> None:
    file.chmod(0o644)
    before = os.umask(umask)
    try:
        whole_file.settle(whole_file.replace(file, b"new", before=b"old"))
        whole_file.settle(whole_file.replace(file.with_name("other"), b"new", before=None))
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in file.parent.iterdir()} == {0o600}


@posix
def test_what_is_made_for_others_keeps_its_rights(file: Path) -> None:
    file.chmod(0o664)
    whole_file.settle(whole_file.replace(file, b"new", before=b"old", private=False))
    assert stat.S_IMODE(file.stat().st_mode) == 0o664


# Other programs -------------------------------------------------------------------------------------------------


def by_rename(file: Path) -> None:
    new = file.with_name("saving")
    new.write_bytes(b"by hand")
    new.replace(file)


def in_place(file: Path) -> None:
    file.write_bytes(b"by hand")


@pytest.mark.parametrize("save", [by_rename, in_place])
@pytest.mark.parametrize("instant", ["before", "_write", "_second_name"])
def test_what_is_saved_in_between_is_never_overwritten(
    file: Path, monkeypatch: pytest.MonkeyPatch, save: Callable[[Path], None], instant: str
) -> None:
    if instant == "before":
        save(file)
    else:
        step = getattr(whole_file, instant)

        def saved_meanwhile(*arguments: Any) -> Any:
            done = step(*arguments)
            save(file)
            return done

        monkeypatch.setattr(whole_file, instant, saved_meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        whole_file.replace(file, b"new", before=b"old")
    assert file.read_bytes() == b"by hand"
    assert names(file) == ["config.toml"]


def test_what_is_saved_in_place_at_the_last_moment_is_put_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = whole_file._take_place

    def saved_meanwhile(*arguments: Any) -> Any:
        in_place(file)
        return step(*arguments)

    monkeypatch.setattr(whole_file, "_take_place", saved_meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        whole_file.replace(file, b"new", before=b"old")
    assert file.read_bytes() == b"by hand"


def test_a_file_that_came_in_between_is_never_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, step = tmp_path / "new", whole_file._take_place

    def saved_meanwhile(*arguments: Any) -> Any:
        in_place(file)
        return step(*arguments)

    monkeypatch.setattr(whole_file, "_take_place", saved_meanwhile)
    with pytest.raises(ChangedMeanwhileError):
        whole_file.replace(file, b"new", before=None)
    assert (file.read_bytes(), names(file)) == (b"by hand", ["new"])


def test_what_is_saved_over_it_is_not_put_back(file: Path) -> None:
    replaced = whole_file.replace(file, b"new", before=b"old")
    by_rename(file)
    assert not whole_file.put_back(replaced)
    assert (file.read_bytes(), names(file)) == (b"by hand", ["config.toml"])


class Interrupted(BaseException):
    """Ctrl-C, which would end the tests."""


# Failures and kills ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"new", None])
@pytest.mark.parametrize("before", [b"old", None])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), Interrupted()])
@pytest.mark.parametrize(
    "place", ["os.open", "os.fsync", "os.link", "_stamp", "Path.replace", "Path.chmod", "Path.unlink"]
)
def test_whatever_fails_and_however_often_it_is_as_it_was(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    error: BaseException,
    before: bytes | None,
    content: bytes | None,
) -> None:
    file = tmp_path / "config.toml"
    if before is not None:
        file.write_bytes(before)
    owner: Any = {"os": os, "Path": Path}.get(place.partition(".")[0], whole_file)
    name = place.rpartition(".")[2]
    step = getattr(owner, name)
    replaced: whole_file.Replaced | None = None
    reached = True
    number = 0
    while reached and number < 20:
        number += 1
        calls, reached = 0, False

        def failing(*arguments: Any, **more: Any) -> Any:
            nonlocal calls, reached
            calls += 1
            if calls == number:  # noqa: B023 - it is called within this round
                reached = True
                raise error
            return step(*arguments, **more)

        with monkeypatch.context() as patched:
            patched.setattr(owner, name, failing)
            try:
                replaced = whole_file.replace(file, content, before=before)
            except (StoreError, Interrupted):
                assert whole_file.read(file) == before
                replaced = None
        if replaced:
            whole_file.settle(replaced)
        if whole_file.read(file) != before:  # it succeeded all the same: a check behind the write, a folder unsynced
            assert whole_file.read(file) == content
            file.unlink(missing_ok=True)
            if before is not None:
                file.write_bytes(before)
    assert number < 20


def test_a_way_back_that_fails_says_so_and_raises_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = whole_file.replace(file, b"new", before=b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(Path, "replace", fail)
    assert not whole_file.put_back(replaced)


def test_a_full_disk_is_called_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError) as caught:
        whole_file.replace(file, b"new", before=b"old")
    assert caught.value.hint == "the disk is full: free some space; nothing was changed"


@posix
def test_what_the_killed_left_goes_when_the_file_is_written_again(file: Path) -> None:
    left = [f".config.toml.{DEAD}.partial", f".config.toml.{DEAD}-3.old", f".config.toml.{os.getpid()}.partial"]
    others = [f".config.toml.{os.getppid()}.partial", f".other.{DEAD}.partial", ".config.toml.mine.partial"]
    for name in (*left, *others):
        file.with_name(name).write_bytes(b"half")
    whole_file.settle(whole_file.replace(file, b"new", before=b"old"))
    assert names(file) == sorted([*others, "config.toml"])
