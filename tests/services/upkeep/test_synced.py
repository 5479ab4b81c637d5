"""Folders that a program carries to other machines are known by what it leaves in them, not by their names."""

from pathlib import Path

import pytest

from mlcoach.services.upkeep.synced import synced
from tests.conftest import Program


def data(folder: Path) -> Path:
    """Return a data folder some way below."""
    made = folder / "study" / "home" / "data"
    made.mkdir(parents=True)
    return made


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (".stfolder/", "Syncthing"),
        (".stfolder", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".dropbox.cache/", "Dropbox"),
        (".git/", "a git repository"),
        (".git", "a git repository"),
        (".sync_0123abcd.db", "Nextcloud"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".tmp.drivedownload/", "Google Drive"),
    ],
)
def test_what_a_program_leaves_in_its_folder_names_it(tmp_path: Path, mark: str, name: str) -> None:
    folder = data(tmp_path / "carried")
    assert synced(folder, {}).level == "good"
    left = tmp_path / "carried" / mark
    left.mkdir() if mark.endswith("/") else left.touch()
    found = synced(folder, {})
    assert (found.level, found.ok) == ("advice", True)
    assert f"inside {name}" in found.detail
    assert str(tmp_path / "carried") in found.detail
    assert any("export journal" in more and "import journal" in more for more in found.more)
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "carried")
    assert synced(link / "study" / "home" / "data", {}).level == "advice"
    assert synced(folder / "not" / "there" / "yet", {}).level == "advice"


def test_names_alone_say_nothing(tmp_path: Path) -> None:
    for name in ("Dropbox", "OneDrive - Work", "Google Drive", "iCloud", "Mobile Documents"):
        assert synced(data(tmp_path / name), {}).level == "good"
    # Where Dropbox keeps its own settings is no folder that it carries.
    (tmp_path / ".dropbox").mkdir()
    assert synced(data(tmp_path / "own"), {}).level == "good"


def test_where_systems_put_what_they_carry(tmp_path: Path) -> None:
    assert synced(data(tmp_path / "Library" / "Mobile Documents"), {}).level == "advice"
    assert synced(data(tmp_path / "Library" / "CloudStorage" / "Box"), {}).level == "advice"
    assert synced(data(tmp_path / "One"), {"OneDrive": str(tmp_path / "One")}).level == "advice"
    assert synced(tmp_path / "One2", {"OneDrive": str(tmp_path / "One")}).level == "good"


def test_doctor_says_what_to_do_instead(mlcoach: Program) -> None:
    mlcoach("log 5m")
    (mlcoach.home / ".stfolder").mkdir()
    said = " ".join(mlcoach("doctor").out.split())
    assert "the data folder is inside Syncthing" in said
    assert "between machines use `mlcoach sync`" in said
