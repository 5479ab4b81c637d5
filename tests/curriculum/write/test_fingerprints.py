"""The mark of a unit tells later which parts of it are other ones now."""

import shutil
from pathlib import Path

import pytest
import tomli

from mlcoach.curriculum.check.difference import differences, marked
from mlcoach.curriculum.read.model import CardTable, ExerciseTable, ReadTable, RequirementTable, UnitPaper, UnitTable
from mlcoach.curriculum.write.fingerprints import PARTS, changed_since, fingerprint_of
from mlcoach.curriculum.write.fix import fixes
from tests.curriculum.curriculum_folders import OVERLAY, Folders, codes

UNIT = UnitTable(id="one", title="One", hours=4)
OTHERS = {
    "title": "Two",
    "hours": 5.0,
    "lane": "build",
    "core": True,
    "why": "because",
    "recall": "what?",
    "requires": [RequirementTable(unit="two")],
    "encompasses": {"two": 0.5},
    "assumes": ["much"],
    "objectives": ["do it"],
    "read": [ReadTable.model_validate({"in": "book", "at": "ch. 1"})],
    "paper": [UnitPaper(arxiv="1412.6980", title="Adam")],
    "pretest": [CardTable(q="?", a="!")],
    "card": [CardTable(q="?", a="!")],
    "exercise": [ExerciseTable(title="Do", prompt="it")],
    "doing": True,
}


@pytest.fixture
def folders(folders: Folders, tmp_path: Path) -> Folders:
    """The small bundle, in a copy that a test may change as an update would."""
    bundled = tmp_path / "bundle"
    shutil.copytree(folders.bundled, bundled)
    return folders._replace(bundled=bundled)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_changes_is_named_alone(part: str) -> None:
    changed = UNIT.model_copy(update={part: OTHERS[part]})
    assert changed_since(fingerprint_of(UNIT), changed) == (part,)
    assert changed_since(fingerprint_of(changed), changed) == ()


def test_every_part_of_a_unit_is_marked_but_its_names() -> None:
    assert set(PARTS) == set(UnitTable.model_fields) - {"id", "was", "split_from"}


def test_the_name_and_the_length_of_a_reading_are_not_marked() -> None:
    plain, named = (
        UNIT.model_copy(update={"read": [ReadTable.model_validate({"in": "book", "at": "ch. 1", **keys})]})
        for keys in ({}, {"id": "book-ranks", "minutes": 40, "was": ["old"]})
    )
    assert changed_since(fingerprint_of(plain), named) == ()
    # Marks that overlays took before readings had names stay good.
    before = "sha256:cbc0fbd07423742374237423742374237423742351de7423742374237423"
    assert fingerprint_of(plain) == f"{before}7423"
    # Marks that overlays took before units could be of doing stay good too.
    assert changed_since(before, plain) == ()


def test_a_mark_of_another_kind_speaks_of_all_parts() -> None:
    assert changed_since("sha256:" + "z" * 64, UNIT) == PARTS


def test_what_changed_upstream_since_the_overlay_was_marked(folders: Folders) -> None:
    path = folders.write(
        "mine.toml", OVERLAY + "# mine\n[change.eigen]\nhours = 16\n[change.vectors.card.dot]\na='x'\n"
    )
    (before,), broken = differences(folders.bundled, folders.own)
    assert broken == []
    assert [unit.upstream for unit in before.units] == [None, None]
    for file, text in marked(folders.bundled, folders.own).items():
        file.write_text(text, encoding="utf-8")
    assert "# mine" in path.read_text(encoding="utf-8")
    assert marked(folders.bundled, folders.own) == {}
    bundled = folders.bundled / "math" / "la.toml"
    text = bundled.read_text(encoding="utf-8")
    assert "diagonalise a 2 x 2 matrix" in text
    bundled.write_text(text.replace("diagonalise a 2 x 2 matrix", "diagonalise any matrix"), encoding="utf-8")
    (after,), _ = differences(folders.bundled, folders.own)
    eigen, vectors = after.units
    assert (eigen.unit, eigen.yours, eigen.upstream) == ("math.la.eigen", ("hours 12 -> 16",), ("objectives",))
    assert (vectors.yours, vectors.upstream) == (("card dot: a",), ())
    for file, text in marked(folders.bundled, folders.own, renew=True).items():
        file.write_text(text, encoding="utf-8")
    (again,), _ = differences(folders.bundled, folders.own)
    assert [unit.upstream for unit in again.units] == [(), ()]


def test_a_unit_that_is_gone_upstream_keeps_its_text(folders: Folders) -> None:
    folders.write("mine.toml", OVERLAY + "[change.manifolds]\nhours = 16\n")
    (found,), _ = differences(folders.bundled, folders.own)
    assert [(unit.name, unit.unit, unit.yours) for unit in found.units] == [("manifolds", "", ("hours 16",))]


def test_a_broken_overlay_is_named_and_not_touched(folders: Folders) -> None:
    path = folders.write("mine.toml", OVERLAY + "[change.eigen]\nhours = 99\n")
    assert differences(folders.bundled, folders.own) == ([], [path])
    assert marked(folders.bundled, folders.own) == {}


DOTTED = 'schema = 1\nover = "math.la"\nchange.eigen.hours = 12\n'
INLINE = 'schema = 1\nover = "math.la"\n[change]\nvectors = { hours = 5, }\neigen.card.eig-def.a = "x"\n'


@pytest.mark.parametrize("text", [DOTTED, INLINE])
def test_a_change_that_cannot_take_a_mark_is_left_as_it_is_and_stays_sound(folders: Folders, text: str) -> None:
    path = folders.write("dotted.toml", text)
    folders.write("plain.toml", OVERLAY + "[change.eigen]\nhours = 16\n")
    before = codes(folders.check())
    found, broken = fixes(folders.bundled, folders.own)
    assert broken == []
    for fix in found:
        fix.path.write_text(fix.text, encoding="utf-8")
    assert "plain.toml" in {fix.path.name for fix in found}
    assert codes(folders.check()) == before
    assert tomli.loads(path.read_text(encoding="utf-8"))["change"]["eigen"]


def test_an_overlay_of_a_subject_of_ones_own_is_in_force_and_said_so(folders: Folders) -> None:
    folders.write(
        "mine.toml",
        'schema = 1\nid = "my.new"\nwas = ["my.old"]\ntitle = "T"\ntrack = "math"\n'
        '[[unit]]\nid = "one"\ntitle = "One"\nhours = 2\nrecall = "?"\n',
    )
    folders.write("over.toml", 'schema = 1\nover = "my.old"\n[change.one]\nhours = 3\n')
    (found,), _ = differences(folders.bundled, folders.own)
    assert found.subject == "my.new"
    assert [(unit.unit, unit.own, unit.upstream) for unit in found.units] == [("my.new.one", True, None)]
