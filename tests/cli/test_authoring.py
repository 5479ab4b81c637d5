"""`mlcoach curriculum fix`, `diff` and `check --links` as somebody types them who writes curriculum files."""

import json
import re
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from mlcoach.adapters.curriculum import links as curriculum_links
from tests.conftest import Program

OVERLAY = """\
schema = 1
over   = "math.la"

[change.eigen]   # longer for me
hours = 16
hide  = { card = ["svd-shapes"] }

[[change.eigen.add.card]]
q = "Mine?"
a = "Yes."

[resources.mine]
title = "My notes"
url   = "https://example.org/notes"
"""


def own(mlcoach: Program, text: str) -> str:
    """Return a screen with the learner's folder as `OWN/`."""
    return re.sub(r"\S*/curriculum/(?=\S+\.toml)", "OWN/", text)


def web_of(monkeypatch: pytest.MonkeyPatch, verdict: str, detail: str = "", address: str = "") -> None:
    def ask(urls: list[str], told: object = None) -> dict[str, curriculum_links.LinkAnswer]:
        return {url: curriculum_links.LinkAnswer(verdict, detail, address) for url in urls}

    monkeypatch.setattr(curriculum_links, "ask_links", ask)


class TestFix:
    def test_ids_and_marks_are_written_and_undone_at_once(self, mlcoach: Program) -> None:
        path = mlcoach.write("config/curriculum/mine.toml", OVERLAY)
        shown = mlcoach("curriculum fix", tty=80).out
        assert own(mlcoach, shown) == snapshot("""\
OWN/mine.toml
  id    math.la.eigen/text-ccca8799
  mark  eigen
Undo: mlcoach undo
""")
        text = path.read_text(encoding="utf-8")
        assert "# longer for me" in text
        assert 'base = "sha256:' in text
        assert "Nothing to write" in mlcoach("curriculum fix").out
        mlcoach("undo")
        assert path.read_text(encoding="utf-8") == OVERLAY

    def test_a_broken_file_is_named_and_left(self, mlcoach: Program) -> None:
        broken = 'schema = 1\nover = "math.la"\n[change.eigen]\nhours = 99\n'
        path = mlcoach.write("config/curriculum/broken.toml", broken)
        mlcoach.write("config/curriculum/mine.toml", OVERLAY)
        document = json.loads(mlcoach("curriculum fix --json").out)["data"]
        assert [Path(file).name for file in document["broken"]] == ["broken.toml"]
        assert [Path(one["file"]).name for one in document["files"]] == ["mine.toml"]
        assert path.read_text(encoding="utf-8") == broken


class TestDiff:
    def test_what_an_overlay_changes(self, mlcoach: Program) -> None:
        mlcoach.write("config/curriculum/mine.toml", OVERLAY)
        mlcoach("curriculum fix")
        assert own(mlcoach, mlcoach("curriculum diff", tty=80).out) == snapshot("""\
OWN/mine.toml
over math.la
  math.la.eigen  Eigenvalues, SVD, PCA
    yours: hours 12 -> 16
    yours: 1 of the cards added
    yours: card svd-shapes hidden
    upstream: as it was
  adds the resource `mine`
""")

    def test_without_overlays(self, mlcoach: Program) -> None:
        assert mlcoach("curriculum diff").out == snapshot("You have no overlay: everything is as it is bundled.\n")

    def test_a_change_upstream_is_reported_until_it_is_seen(self, mlcoach: Program) -> None:
        text = OVERLAY.replace("hours = 16\n", 'hours = 16\nbase = "sha256:' + "0" * 60 + '"\n')
        path = mlcoach.write("config/curriculum/mine.toml", text)
        shown = mlcoach("curriculum diff math.la").out
        assert "upstream since: title, hours," in shown
        assert "curriculum diff --seen" in shown
        assert "Marked as seen" in mlcoach("curriculum diff --seen").out
        assert "upstream: as it was" in mlcoach("curriculum diff").out
        mlcoach("undo")
        assert path.read_text(encoding="utf-8") == text

    def test_a_unit_that_is_gone_keeps_its_text(self, mlcoach: Program) -> None:
        mlcoach.write("config/curriculum/mine.toml", 'schema = 1\nover = "ml"\n[change.manifolds]\nhours = 3\n')
        assert "your text is kept and does nothing" in mlcoach("curriculum diff").out

    def test_an_unknown_subject(self, mlcoach: Program) -> None:
        assert mlcoach("curriculum diff nothing", expect=3).err


class TestMarksOnSave:
    def test_an_edited_overlay_gets_its_marks(self, mlcoach: Program, tmp_path: Path) -> None:
        editor = tmp_path / "editor.sh"
        editor.write_text('#!/bin/sh\nprintf "[change.eigen]\\nhours = 16\\n" >> "$1"\n', encoding="utf-8")
        editor.chmod(0o755)
        mlcoach(f"config set editor {editor}")
        mlcoach("curriculum edit math.la", tty=80)
        (overlay,) = (mlcoach.home / "config" / "curriculum").glob("*.toml")
        assert 'base = "sha256:' in overlay.read_text(encoding="utf-8")


class TestLinks:
    def test_the_web_is_asked_only_when_asked_to(self, mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        mlcoach.write("config/curriculum/mine.toml", OVERLAY)

        def never(*_: object) -> None:
            raise AssertionError("asked")

        monkeypatch.setattr(curriculum_links, "ask_links", never)
        mlcoach("curriculum check")

    def test_a_dead_link_is_a_warning_at_its_place(self, mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        path = mlcoach.write("config/curriculum/mine.toml", OVERLAY)
        web_of(monkeypatch, "dead", "the server answers 404")
        shown = mlcoach(f"curriculum check {path} --links", tty=80).out
        assert own(mlcoach, shown) == snapshot("""\
OWN/mine.toml
warning[missing-id]: card 1 of `math.la.eigen` has no `id`; its progress is lost
when its text changes
  --> OWN/mine.toml:8:1
  |
8 | [[change.eigen.add.card]]
  | ^^^^^^^^^^^^^^^^^^^^^^^^^
hint: `mlcoach curriculum fix` writes one, which keeps what it has

warning[dead-link]: the link of `mine` (My notes) is dead: the server answers
404
  --> OWN/mine.toml:14:9
   |
14 | url   = "https://example.org/notes"
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^
hint: find where it went, or write `status = "closed"` and `alternatives`

2 warnings in 1 file (1 card).
1 link asked: 1 dead.
""")

    def test_a_moved_link_says_where_to(self, mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        path = mlcoach.write("config/curriculum/mine.toml", OVERLAY)
        web_of(monkeypatch, "moved", "it moved to https://example.org/new", "https://example.org/new")
        warnings = json.loads(mlcoach(f"curriculum check {path} --links --json").out)["data"]["warnings"]
        assert ("moved-link", 'write `url = "https://example.org/new"`') in [
            (one["code"], one["hint"]) for one in warnings
        ]

    def test_todays_date_is_written_on_request(self, mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        path = mlcoach.write("config/curriculum/mine.toml", OVERLAY)
        web_of(monkeypatch, "fine")
        shown = mlcoach("curriculum check --links", tty=80, stdin="y\n").out
        assert "checked = 2026-11-23" in path.read_text(encoding="utf-8")
        assert "Wrote today's date beside 1 link" in shown
        mlcoach("undo")
        assert path.read_text(encoding="utf-8") == OVERLAY

    def test_what_was_written_while_links_were_asked_is_kept(
        self, mlcoach: Program, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = mlcoach.write("config/curriculum/mine.toml", OVERLAY)

        def ask(urls: list[str], told: object = None) -> dict[str, curriculum_links.LinkAnswer]:
            path.write_text(OVERLAY + "# written meanwhile\n", encoding="utf-8")
            return {url: curriculum_links.LinkAnswer("fine") for url in urls}

        monkeypatch.setattr(curriculum_links, "ask_links", ask)
        mlcoach("curriculum check --links", tty=80, stdin="y\n")
        text = path.read_text(encoding="utf-8")
        assert "# written meanwhile" in text
        assert "checked = 2026-11-23" in text

    def test_without_a_network(self, mlcoach: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        mlcoach.write("config/curriculum/mine.toml", OVERLAY)
        web_of(monkeypatch, "silent", "no connection: nobody there")
        assert "look at your network" in mlcoach("curriculum check --links", expect=6).err
