"""Folders of projects: templates written into them, moved ones, and what other machines know of them."""

from pathlib import Path
from typing import Any

from tests.conftest import Program
from tests.services.work.test_projects import TITLE, begun, data


class TestFiles:
    def test_a_template_writes_into_a_new_folder_and_undo_removes_what_is_as_it_was(
        self, work: Program, tmp_path: Path
    ) -> None:
        folder = tmp_path / "late"
        written = data(work, f'project new "{TITLE}" --template cli --at {folder}')
        assert set(written["changed"]) == {
            str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()
        }
        assert "{{" not in "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*") if path.is_file())
        work("undo")
        assert [path for path in folder.rglob("*") if path.is_file()] == []
        work("redo")
        assert (folder / "README.md").is_file()

    def test_nothing_is_written_over(self, work: Program, tmp_path: Path) -> None:
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
        (tmp_path / "file").write_text("x", encoding="utf-8")
        (tmp_path / "link").symlink_to(tmp_path / "nowhere")
        for name, said in (("full", "is not empty: mine.txt"), ("file", "is a file"), ("link", "leads nowhere")):
            assert said in work(f'project new "{TITLE}" --template cli --at {tmp_path / name}', expect=2).err
        assert data(work, "project list --all")["projects"] == []
        assert sorted(path.name for path in (tmp_path / "full").iterdir()) == ["mine.txt"]
        assert "no template `clu`" in work(f'project new "{TITLE}" --template clu', expect=3).err

    def test_an_empty_folder_with_a_repository_begun_is_taken(self, work: Program, tmp_path: Path) -> None:
        (tmp_path / "p" / ".git").mkdir(parents=True)
        (tmp_path / "p" / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
        work(f'project new "{TITLE}" --template cli --at {tmp_path / "p"}')
        assert (tmp_path / "p" / "README.md").is_file()

    def test_what_is_finished_is_still_looked_at(self, work: Program, tmp_path: Path) -> None:
        assert "no project is under way" in work("project lint", expect=3).err
        begun(work)
        assert "has no folder on this machine" in work("project lint", expect=3).err
        work(f"project folder {tmp_path}")
        for _ in range(3):
            work("project finish --verdict go-on --note 'for the test'")
        assert "No project is under way" in work("project").out
        assert "held against" in work("project lint").out

    def test_a_folder_that_moved_is_named_with_the_way_out(self, work: Program, tmp_path: Path) -> None:
        (tmp_path / "old").mkdir()
        begun(work, f"--at {tmp_path / 'old'}")
        assert "not a git repository" in work("project").out
        (tmp_path / "old").rename(tmp_path / "new")
        assert "if it moved:   mlcoach project folder" in work("project").out.replace("\n", " ")
        assert "is not there" in work("project lint", expect=2).err
        work(f"project folder {tmp_path / 'new'}")
        assert data(work, "project show")["project"]["folder"]["path"] == str(tmp_path / "new")
        journal = work("export journal").out
        assert str(tmp_path) not in journal
        assert "projects.json written" in work("undo").out
        assert "if it moved:   mlcoach project folder" in work("project").out.replace("\n", " ")
        work("redo")
        assert "is not there" in work(f"project folder {tmp_path / 'gone'}", expect=2).err

    def test_the_journal_of_another_machine_brings_the_project_without_its_folder(
        self, work: Program, compiled_work: Any, tmp_path: Path
    ) -> None:
        (tmp_path / "code").mkdir()
        id = begun(work, f"--at {tmp_path / 'code'}")
        work(f"export journal -o {tmp_path / 'j.jsonl'}")
        compiled_work.copy_to(tmp_path / "other")
        other = Program(tmp_path / "other")
        other(f"import journal {tmp_path / 'j.jsonl'}")
        told = data(other, f"project show {id}")["project"]
        assert (told["title"], told["folder"]) == (TITLE, None)
