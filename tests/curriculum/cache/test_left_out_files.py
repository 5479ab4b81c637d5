"""One broken file never stops the program: it is left out, the rest is used, and its name is remembered."""

from pathlib import Path

import pytest

from mlcoach.curriculum.cache.catalog import open_catalog
from mlcoach.errors import InvalidFileError
from tests.curriculum.curriculum_folders import HERE, OVERLAY, Folders

BUNDLED = ["math.la.vectors", "math.la.eigen", "math.la.tensors", "ml.unsup"]
HARMLESS = frozenset(
    {"no-recall", "long-answer", "missing-ids", "overlay-gone", "overlay-no-match", "poor-cards", "poor-unit"}
)
BROKEN = sorted(path.stem for path in (HERE / "broken").glob("*.toml") if path.stem not in HARMLESS)


def subject(name: str, *units: str) -> str:
    head = f'schema = 1\nid = "{name}"\ntitle = "T"\ntrack = "gen"\n'
    return head + "".join(f'[[unit]]\ntitle = "U"\nhours = 4\nrecall = "?"\n{unit}\n' for unit in units)


@pytest.mark.parametrize("name", BROKEN)
def test_each_kind_of_broken_file_is_left_out(folders: Folders, name: str) -> None:
    path = folders.write(f"{name}.toml", (HERE / "broken" / f"{name}.toml").read_text(encoding="utf-8"))
    good = folders.write("good.toml", subject("my.good", 'id = "one"\nrequires = ["math.la.eigen"]'))
    with folders.open() as catalog:
        assert catalog.skipped == (str(path),)
        assert list(catalog.units) == [*BUNDLED, "my.good.one"]
        assert catalog.paths["core"].units == ("math.la.vectors", "math.la.eigen", "ml.unsup")
        assert catalog.units["math.la.eigen"].hours == 12
    assert good.is_file()


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_warnings_leave_nothing_out(folders: Folders, name: str) -> None:
    folders.write(f"{name}.toml", (HERE / "broken" / f"{name}.toml").read_text(encoding="utf-8"))
    with folders.open() as catalog:
        assert catalog.skipped == ()


def test_prerequisites_into_a_broken_file_are_dropped(folders: Folders) -> None:
    broken = folders.write("b.toml", subject("my.b", 'id = "one"') + "oops")
    folders.write("a.toml", subject("my.a", 'id = "one"\nrequires = ["my.b.one", "math.la.eigen"]'))
    path = '[[path]]\nid = "mine"\ntitle = "M"\nunits = ["my.b.one", "my.a.one"]\n'
    folders.write("paths.toml", "schema = 1\n" + path)
    with folders.open() as catalog:
        assert catalog.skipped == (str(broken),)
        assert [edge.unit for edge in catalog.units["my.a.one"].requires] == ["math.la.eigen"]
        assert catalog.paths["mine"].units == ("my.a.one",)


def test_a_reading_from_a_broken_overlay_is_dropped(folders: Folders) -> None:
    folders.write("a.toml", OVERLAY + '[resources.mine]\ntitle = "Mine"\n[change.eigenn]\nhours = 3\n')
    folders.write("b.toml", OVERLAY + '[change.tensors.add]\nread = [{ in = "mine" }, { in = "strang" }]\n')
    with folders.open() as catalog:
        assert [Path(name).name for name in catalog.skipped] == ["a.toml"]
        assert [read.resource for read in catalog.text("math.la.tensors").read] == ["strang"]


def test_of_two_files_with_the_same_id_the_first_stays(folders: Folders) -> None:
    folders.write("a.toml", subject("my.a", 'id = "one"'))
    second = folders.write("b.toml", subject("my.a", 'id = "two"'))
    with folders.open() as catalog:
        assert catalog.skipped == (str(second),)
        assert "my.a.one" in catalog.units


def test_a_cycle_of_two_files_costs_one_of_them(folders: Folders) -> None:
    folders.write("a.toml", subject("my.a", 'id = "one"\nrequires = ["my.b.one"]'))
    second = folders.write("b.toml", subject("my.b", 'id = "one"\nrequires = ["my.a.one"]'))
    with folders.open() as catalog:
        assert catalog.skipped == (str(second),)
        assert catalog.units["my.a.one"].requires == ()


def test_a_file_that_is_only_wrong_because_of_another_stays(folders: Folders) -> None:
    bad = folders.write("a.toml", OVERLAY + '[change.vectors.add]\nrequires = ["tensors"]\n')
    folders.write("b.toml", OVERLAY + "[change.vectors]\nhours = 9\n")
    with folders.open() as catalog:
        assert catalog.skipped == (str(bad),)
        assert catalog.units["math.la.vectors"].hours == 9


def test_the_bundle_alone_is_not_at_fault_for_a_file_of_the_learners(folders: Folders) -> None:
    fork = 'schema = 1\nid = "math.la"\ntitle = "Mine"\ntrack = "math"\nextends = false\n'
    path = folders.write("la.toml", fork)
    with folders.open() as catalog:
        assert catalog.skipped == (str(path),)
        assert list(catalog.units) == BUNDLED


def test_many_broken_files(folders: Folders) -> None:
    for number in range(30):
        folders.write(f"copy{number}.toml", (folders.bundled / "math/la.toml").read_text(encoding="utf-8"))
        folders.write(f"junk{number}.toml", "junk")
    with folders.open() as catalog:
        assert len(catalog.skipped) == 60
        assert list(catalog.units) == BUNDLED


def test_no_curriculum_at_all(tmp_path: Path) -> None:
    with pytest.raises(InvalidFileError, match="no usable curriculum"):
        open_catalog(tmp_path / "none", tmp_path / "own", tmp_path / "cache")
