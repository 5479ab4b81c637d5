"""A checklist of the learner's with the id of a bundled one changes that, and nothing else does."""

from pathlib import Path

import pytest

from mlcoach.curriculum.cache.catalog import open_catalog
from mlcoach.curriculum.check.check import check

BUNDLED = """\
schema = 1
id = "start"
title = "Start"
track = "start"
[[checklist]]
id = "pass"
title = "A pass"
[[checklist.item]]
id = "one"
text = "One"
group = "First"
[[checklist.item]]
id = "two"
text = "Two"
group = "First"
[[checklist.item]]
id = "three"
text = "Three"
group = "Second"
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    bundled, own = tmp_path / "bundled", tmp_path / "own"
    for folder in (bundled, own):
        folder.mkdir()
    (bundled / "a.toml").write_text(BUNDLED, encoding="utf-8")
    return bundled, own


def steps(folders: tuple[Path, Path], text: str, tmp_path: Path) -> list[tuple[str, str, str]]:
    bundled, own = folders
    (own / "mine.toml").write_text(text, encoding="utf-8")
    with open_catalog(bundled, own, tmp_path / "cache") as catalog:
        found = catalog.checklist("pass")
    assert found is not None
    return [(item.id, item.text, item.group) for item in found.items]


MINE = 'schema = 1\n[[checklist]]\nid = "pass"\ntitle = "Mine"\n'


def test_own_steps_join_their_group_and_others_come_at_the_end(folders: tuple[Path, Path], tmp_path: Path) -> None:
    text = MINE + (
        '[[checklist.item]]\nid = "new"\ntext = "New"\ngroup = "First"\n'
        '[[checklist.item]]\nid = "own"\ntext = "Own"\ngroup = "Third"\n'
        '[[checklist.item]]\nid = "next"\ntext = "Next"\ngroup = "First"\n'
    )
    assert [step[0] for step in steps(folders, text, tmp_path)] == ["one", "two", "new", "next", "three", "own"]


def test_a_step_of_the_same_id_takes_the_place_of_the_bundled_one(folders: tuple[Path, Path], tmp_path: Path) -> None:
    text = MINE + '[[checklist.item]]\nid = "two"\ntext = "Zwei"\n'
    assert steps(folders, text, tmp_path)[1] == ("two", "Zwei", "")


def test_steps_can_be_hidden_and_all_replaced(folders: tuple[Path, Path], tmp_path: Path) -> None:
    assert [step[0] for step in steps(folders, MINE + 'hide = ["two"]\n', tmp_path)] == ["one", "three"]
    only = MINE + 'extends = false\n[[checklist.item]]\nid = "mine"\ntext = "Mine"\n'
    assert [step[0] for step in steps(folders, only, tmp_path)] == ["mine"]


def test_a_step_that_is_not_there_cannot_be_hidden(folders: tuple[Path, Path]) -> None:
    bundled, own = folders
    (own / "mine.toml").write_text(MINE + 'hide = ["twp"]\n', encoding="utf-8")
    report = check(bundled, own)
    assert report.errors == ()
    (warning,) = [one for one in report.warnings if one.code == "no-match"]
    assert (warning.message, warning.line) == ("checklist `pass` has no step `twp`", 5)


def test_two_of_ones_own_are_one_too_many(folders: tuple[Path, Path]) -> None:
    bundled, own = folders
    for name in ("a.toml", "b.toml"):
        (own / name).write_text(MINE, encoding="utf-8")
    (error,) = check(bundled, own).errors
    assert error.message.startswith("checklist `pass` is already in ")
    assert error.file.endswith("b.toml")
