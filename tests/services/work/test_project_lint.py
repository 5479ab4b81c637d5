"""`project lint` from the command line: its screen, its exit code, hostile repositories, rules of the learner's."""

import os
from pathlib import Path

from inline_snapshot import snapshot

from tests.conftest import Program
from tests.services.work.test_projects import data


class TestLint:
    def test_findings_name_file_line_and_remedy_and_strict_ends_with_8(self, work: Program, tmp_path: Path) -> None:
        folder = tmp_path / "p"
        folder.mkdir()
        (folder / "keys.py").write_text("x = 1\nkey = 'AKIA" + "ABCDEFGHIJKLMNOP'\n", encoding="utf-8")
        screen = work(f"project lint {folder} --strict", expect=8).out
        assert screen.replace(str(folder), "FOLDER") == snapshot("""\
FOLDER
1 file held against 2 rules: 1 error, 1 warning

✗ There is no README
  README.md  [readme]
  Write one.

! This looks like a key
  keys.py:2  [secret]
  Revoke it.
""")
        (folder / "README.md").write_text("x", encoding="utf-8")
        assert data(work, f"project lint {folder} --strict")["warnings"] == 1

    def test_what_cannot_be_read_is_named_and_links_are_not_followed(self, work: Program, tmp_path: Path) -> None:
        folder = tmp_path / "p"
        (folder / "loop").mkdir(parents=True)
        (folder / "README.md").write_text("see [it](linked.md)", encoding="utf-8")
        (folder / "linked.md").symlink_to("/etc/passwd")
        (folder / "loop" / "again").symlink_to(folder)
        (folder / "\x1b[31mred\n.py").write_text("x = 1\n", encoding="utf-8")
        told = data(work, f"project lint {folder}")["folders"][0]
        assert [(left["path"], left["reason"]) for left in told["skipped"]] == [
            ("linked.md", "a link, which is not followed"), ("loop/again", "a link, which is not followed"),
        ]  # fmt: skip
        assert (told["files"], told["findings"]) == (2, [])
        assert "\x1b" not in work(f"project lint {folder}").out

    def test_pipes_are_not_opened_and_what_git_ignores_is_not_looked_at(self, work: Program, tmp_path: Path) -> None:
        (tmp_path / "README.md").write_text("x", encoding="utf-8")
        os.mkfifo(tmp_path / "pipe.py")
        (tmp_path / "keep").mkdir()
        for name in ("secret.env", "keep/secret.env", "kept.env"):
            (tmp_path / name).write_text("token = '" + "abc123" * 4 + "'\n", encoding="utf-8")
        (tmp_path / ".gitignore").write_text("# mine\n*.env\n!kept.env\n/home/\n", encoding="utf-8")
        told = data(work, f"project lint {tmp_path}")["folders"][0]
        assert [(left["path"], left["reason"]) for left in told["skipped"]] == [
            ("pipe.py", "neither a file nor a folder")
        ]
        assert [(one["rule"], one["file"]) for one in told["findings"]] == [("secret", "kept.env")]

    def test_a_rule_of_the_learners_changes_a_bundled_one(self, mlcoach: Program, tmp_path: Path) -> None:
        mlcoach.write("config/curriculum/mine.toml", 'schema = 1\n[[rule]]\nid = "mine"\nlevel = "off"\n')
        assert "the rule lacks `check`, `title`, `remedy`" in mlcoach("curriculum check", expect=4).out.replace(
            "\n", " "
        )

    def test_words_that_do_not_fit(self, work: Program, tmp_path: Path) -> None:
        assert "no project is under way" in work("project lint", expect=3).err
        assert "is not there" in work(f"project lint {tmp_path / 'gone'}", expect=2).err
        assert "--rules looks at no repository" in work(f"project lint {tmp_path} --rules", expect=2).err
        assert [rule["id"] for rule in data(work, "project lint --rules")["rules"]] == ["readme", "secret"]
