"""Which files make the curriculum, and what tells that one has changed."""

import os
from pathlib import Path

import pytest

from mlcoach.curriculum.read import find
from mlcoach.errors import InvalidFileError


def touch(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_files_below_a_folder_in_order(tmp_path: Path) -> None:
    for name in ("b.toml", "a/z.toml", "a.toml", "notes.md", ".hidden.toml", ".git/x.toml", "c.toml~"):
        touch(tmp_path / name)
    assert [stamp.name for stamp in find.list_files(tmp_path)] == ["a.toml", "a/z.toml", "b.toml"]


def test_sources_beside_the_files_are_listed_with_them(tmp_path: Path) -> None:
    for name in ("a.toml", "soft/start.py", "soft/tests.cpp", "soft/notes.md", "soft/.x.py", ".venv/y.py"):
        touch(tmp_path / name)
    assert [stamp.name for stamp in find.list_with_sources(tmp_path)] == ["a.toml", "soft/start.py", "soft/tests.cpp"]
    assert [stamp.name for stamp in find.list_files(tmp_path)] == ["a.toml"]


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    assert find.list_files(tmp_path / "nowhere") == ()


def test_a_link_to_a_folder_makes_no_loop(tmp_path: Path) -> None:
    touch(tmp_path / "a.toml")
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert [stamp.name for stamp in find.list_files(tmp_path)] == ["a.toml"]


def test_size_and_time_are_in_the_stamp(tmp_path: Path) -> None:
    touch(tmp_path / "a.toml", "12345")
    os.utime(tmp_path / "a.toml", ns=(1, 1_000_000_007))
    assert find.list_files(tmp_path) == (find.FileStamp("a.toml", 5, 1_000_000_007),)


@pytest.mark.usefixtures("bundled_content")
def test_the_bundle_of_a_checkout() -> None:
    assert (find.bundled_folder() / "paths.toml").is_file()


@pytest.mark.usefixtures("bundled_content")
def test_an_installation_without_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "__file__", str(tmp_path / "lib" / "mlcoach" / "curriculum" / "read" / "find.py"))
    with pytest.raises(InvalidFileError, match="bundled curriculum is missing"):
        find.bundled_folder()
    inside = tmp_path / "lib" / "mlcoach" / "curricula"
    inside.mkdir(parents=True)
    assert find.bundled_folder() == inside
