"""`mlcoach curriculum edit` of a checklist: the file of one's own that changes it."""

from pathlib import Path

import pytest

from tests.conftest import Program


@pytest.fixture
def editor(mlcoach: Program, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Return a function that lets the next edit append a text to the file."""
    script = tmp_path / "editor"
    mlcoach.environment["VISUAL"] = str(script)

    def appends(text: str) -> None:
        (tmp_path / "text").write_text(text, encoding="utf-8")
        script.write_text(f'#!/bin/sh\ncat "{tmp_path}/text" >> "$1"\n', encoding="utf-8")
        script.chmod(0o755)

    return appends


STEP = '\n[[checklist.item]]\nid = "bet"\ntext = "Would I bet on it?"\n'


def test_it_starts_from_its_steps_and_is_kept(mlcoach: Program, editor) -> None:  # type: ignore[no-untyped-def]
    path = mlcoach.home / "config" / "curriculum" / "checklists.toml"
    editor("")
    mlcoach("curriculum edit paper-pass-1", tty=80)
    assert not path.exists()  # a template is no change
    editor(STEP)
    assert "Saved your file" in mlcoach("curriculum edit paper-pass-1", tty=80).out
    text = path.read_text(encoding="utf-8")
    assert "#   abstract       Read the abstract" in text
    assert mlcoach("curriculum check").out.startswith("No problems in ")
    assert "Would I bet on it?" in mlcoach("curriculum show paper-pass-1").out


def test_all_checklists_live_in_one_file(mlcoach: Program, editor) -> None:  # type: ignore[no-untyped-def]
    path = mlcoach.home / "config" / "curriculum" / "checklists.toml"
    editor(STEP)
    mlcoach("curriculum edit paper-pass-1", tty=80)
    mlcoach("curriculum edit paper-pass-2", tty=80)
    text = path.read_text(encoding="utf-8")
    assert text.count("[[checklist]]") == 2
    assert text.count("schema = 1") == 1
    editor('\n[[checklist.item]]\nid = "again"\ntext = "Once more"\n')
    mlcoach("curriculum edit paper-pass-2", tty=80)
    assert [step in mlcoach("curriculum show paper-pass-2").out for step in ("Would I bet", "Once more")] == [True] * 2
