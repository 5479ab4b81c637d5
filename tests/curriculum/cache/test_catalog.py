"""The compiled curriculum: what it answers, when it is made again, and that nothing about a cache can stop it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.curriculum.cache import catalog as catalog_module
from mlcoach.curriculum.cache.catalog import FILE_NAME, SubjectCounts
from mlcoach.domain.curriculum import Card, ChecklistItem, Exercise, ItemHead, Paper, PaperSuggestion, Requirement, Unit
from mlcoach.domain.curriculum import Path as StudyPath
from mlcoach.errors import NotFoundError
from tests.curriculum.curriculum_folders import OVERLAY, Folders

EIGEN = "math.la.eigen"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the targets compiled to, one for each time."""
    from mlcoach.curriculum.cache import compile as compile_module

    seen: list[str] = []
    real = compile_module.compile_catalog

    def counted(bundled: Path, own: Path, target: Path, stamp: str) -> sqlite3.Connection:
        seen.append(target.name)
        return real(bundled, own, target, stamp)

    monkeypatch.setattr(compile_module, "compile_catalog", counted)
    return seen


def test_units_in_map_order(folders: Folders) -> None:
    with folders.open() as catalog:
        assert list(catalog.units) == ["math.la.vectors", EIGEN, "math.la.tensors", "ml.unsup"]
        assert catalog.units[EIGEN] == Unit(
            id=EIGEN,
            title="Eigenvalues",
            subject="math.la",
            track="math",
            lane="concept",
            core=True,
            hours=12.0,
            requires=(Requirement("math.la.vectors", "maps act on vectors"),),
            opens_with="Essence of Linear Algebra, chapter 14",
            first_exercise="Power iteration in ten lines",
        )
        assert catalog.units["math.la.tensors"].lane == "build"


def test_items_and_their_heads(folders: Folders) -> None:
    with folders.open() as catalog:
        heads = catalog.items(EIGEN)
        assert [(head.id, head.kind, head.minutes) for head in heads] == [
            (f"{EIGEN}/eig-def", "card", 0.33),
            (f"{EIGEN}/svd-shapes", "card", 0.33),
            (f"{EIGEN}/trace-eig", "card", 0.5),
            (f"{EIGEN}/eye-sum", "card", 0.33),
            (f"{EIGEN}/power-iteration", "exercise", 40.0),
        ]
        assert heads[-1].title == "Power iteration in ten lines"
        assert catalog.items("math.la.vectors") == ()
        wanted = [heads[4].id, "no/such", heads[0].id, heads[4].id]
        assert catalog.heads(wanted) == {heads[4].id: heads[4], heads[0].id: heads[0]}
        assert list(catalog.heads(wanted)) == [heads[4].id, heads[0].id]
        assert catalog.heads([]) == {}
        assert catalog.item_ids() == sorted(head.id for head in heads)
        assert catalog.item_ids("math.la.eigen/e") == [f"{EIGEN}/eig-def", f"{EIGEN}/eye-sum"]
        assert catalog.item_ids("zzz") == []


def test_the_four_forms_of_a_card(folders: Folders) -> None:
    with folders.open() as catalog:
        assert catalog.item(f"{EIGEN}/eig-def") == Card(
            f"{EIGEN}/eig-def",
            EIGEN,
            "question",
            "What does $Av = \\lambda v$ say about $v$?",
            "A only stretches v, by λ.",
        )
        cloze = catalog.item(f"{EIGEN}/svd-shapes")
        assert isinstance(cloze, Card)
        assert (cloze.form, cloze.answer) == ("cloze", "")
        assert "{{U}}" in cloze.question
        number = catalog.item(f"{EIGEN}/trace-eig")
        assert isinstance(number, Card)
        assert (number.form, number.answer, number.number, number.tolerance) == ("numeric", "3", 3.0, 0.0)
        code = catalog.item(f"{EIGEN}/eye-sum")
        assert isinstance(code, Card)
        assert (code.form, code.answer, code.language) == ("code", "3", "python")
        assert code.code == "import numpy as np\nprint(int(np.eye(3).sum()))"


def test_an_exercise(folders: Folders) -> None:
    with folders.open() as catalog:
        exercise = catalog.item(f"{EIGEN}/power-iteration")
        assert isinstance(exercise, Exercise)
        assert (exercise.kind, exercise.stage, exercise.minutes) == ("code", "solve", 40)
        assert exercise.hints == ("normalise every step", "use the Rayleigh quotient")
        assert exercise.prompt == "Find the dominant eigenvector of a symmetric matrix.\n"
        assert catalog.item(f"{EIGEN}/nothing") is None
        # A pretest question is asked once, so it is no item.
        assert catalog.item(f"{EIGEN}/pre-stretch") is None
        assert len(list(catalog.all_items())) == 5


def test_the_texts_of_a_unit(folders: Folders) -> None:
    with folders.open() as catalog:
        text = catalog.text(EIGEN)
        assert text.recall == "From memory: what is an eigenvector?"
        assert text.encompasses == (("math.la.vectors", 0.5),)
        assert text.papers == (PaperSuggestion("arxiv:2106.09685", "LoRA", "low rank put to work", 1),)
        [pretest] = text.pretest
        assert pretest.id == f"{EIGEN}/pre-stretch"
        [first, second] = text.read
        assert (first.title, first.at, first.core) == ("Linear Algebra and Its Applications", "ch. 5", False)
        assert (second.by, second.kind, second.cost) == ("3Blue1Brown", "video", "free")
        assert second.url == "https://example.org/linear-algebra"
        with pytest.raises(NotFoundError, match=r"no unit `math\.la\.egien`"):
            catalog.text("math.la.egien")
        with pytest.raises(NotFoundError):
            catalog.origin("math.la.egien")


def test_paths_papers_checklists_and_counts(folders: Folders) -> None:
    with folders.open() as catalog:
        assert catalog.paths["core"] == StudyPath(
            "core", "The core", "Everything", "everybody", ("math.la.vectors", EIGEN, "ml.unsup")
        )
        assert catalog.paths["maths"].units == ("math.la.vectors", EIGEN, "math.la.tensors")
        assert catalog.papers() == {
            "arxiv:1706.03762": Paper(
                "arxiv:1706.03762",
                "Attention Is All You Need",
                ("Ashish Vaswani", "Noam Shazeer"),
                2017,
                "Where transformers come from.",
                2,
                True,
                "",
                ("ml.unsup",),
            )
        }
        checklist = catalog.checklist("pass-1")
        assert checklist is not None
        assert checklist.items == (ChecklistItem("abstract", "Read the abstract", "Skim"),)
        assert catalog.checklist("pass-9") is None
        assert catalog.counts("math.la") == SubjectCounts(3, 26.0, 4, 1)
        assert catalog.counts("nothing") == SubjectCounts()
        assert catalog.item_counts == {EIGEN: (4, 1)}
        assert catalog.aliases() == {
            "ml.clusters": "ml.unsup",
            **{f"ml.clusters/{step}": f"ml.unsup/{step}" for step in ("before", "study", "recall")},
        }
        assert catalog.subjects()["math.la"].survey == ("Essence of Linear Algebra",)


def test_tracks_make_a_path_in_an_order_one_can_study(folders: Folders) -> None:
    folders.write(
        "gen.toml",
        'schema = 1\nid = "gen"\ntitle = "G"\ntrack = "gen"\n'
        '[[unit]]\nid = "last"\ntitle = "L"\nhours = 4\nrecall = "?"\nrequires = ["first", "ml.unsup"]\n'
        '[[unit]]\nid = "first"\ntitle = "F"\nhours = 4\nrecall = "?"\n'
        '[[path]]\nid = "mine"\ntitle = "M"\ntracks = ["gen", "ml"]\n',
    )
    with folders.open() as catalog:
        assert catalog.paths["mine"].units == ("gen.first", "ml.unsup", "gen.last")


def test_a_warm_cache_is_used(folders: Folders, compilations: list[str]) -> None:
    for _ in range(3):
        with folders.open() as catalog:
            assert len(catalog.units) == 4
    assert compilations == [FILE_NAME]
    assert [path.name for path in folders.cache.iterdir()] == [FILE_NAME]


def change_time(folders: Folders) -> None:
    os.utime(folders.own / "a.toml", ns=(0, 12_345))


def change_size(folders: Folders) -> None:
    with (folders.own / "a.toml").open("a") as file:
        file.write("# more")


def add_file(folders: Folders) -> None:
    folders.write("deeper/b.toml", OVERLAY)


def remove_file(folders: Folders) -> None:
    (folders.own / "a.toml").unlink()


def rename_file(folders: Folders) -> None:
    (folders.own / "a.toml").rename(folders.own / "z.toml")


@pytest.mark.parametrize("change", [change_time, change_size, add_file, remove_file, rename_file])
def test_any_change_of_a_file_compiles_again(folders: Folders, compilations: list[str], change: object) -> None:
    folders.write("a.toml", OVERLAY)
    folders.open().close()
    assert callable(change)
    change(folders)
    folders.open().close()
    folders.open().close()
    assert len(compilations) == 2


@pytest.mark.parametrize(("name", "value"), [("CACHE_VERSION", 999), ("__version__", "99.0.0")])
def test_another_program_compiles_again(
    folders: Folders, compilations: list[str], monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    folders.open().close()
    monkeypatch.setattr(catalog_module, name, value)
    folders.open().close()
    assert len(compilations) == 2


def test_another_folder_compiles_again(folders: Folders, compilations: list[str]) -> None:
    folders.open().close()
    folders._replace(own=folders.own / "elsewhere").open().close()
    assert len(compilations) == 2


@pytest.mark.parametrize("content", [b"", b"junk" * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_cache_is_made_again(folders: Folders, compilations: list[str], content: bytes) -> None:
    folders.open().close()
    (folders.cache / FILE_NAME).write_bytes(content)
    with folders.open() as catalog:
        assert len(catalog.units) == 4
    with folders.open() as catalog:
        assert catalog.item(f"{EIGEN}/eig-def") is not None
    assert len(compilations) == 2


def damage(folders: Folders, statement: str) -> None:
    with sqlite3.connect(folders.cache / FILE_NAME) as connection:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE meta",
        "DROP TABLE body",
        "UPDATE body SET body = substr(body, 5)",
        "UPDATE meta SET value = value || '{' WHERE key <> 'stamp'",
        "DELETE FROM meta WHERE key = 'units'",
    ],
)
def test_damage_that_shows_only_when_read(folders: Folders, statement: str) -> None:
    folders.open().close()
    damage(folders, statement)
    with folders.open() as catalog:
        assert len(catalog.units) == 4
        assert catalog.item(f"{EIGEN}/eig-def") is not None
        assert len(catalog.paths) == 2


@given(st.integers(0, 60_000), st.binary(min_size=1, max_size=64))
def test_no_damage_is_an_error(cut: int, junk: bytes) -> None:
    import tempfile

    from tests.curriculum.curriculum_folders import SMALL

    with tempfile.TemporaryDirectory() as place:
        folders = Folders(SMALL, Path(place) / "own", Path(place) / "cache")
        folders.open().close()
        path = folders.cache / FILE_NAME
        content = bytearray(path.read_bytes())
        start = cut % len(content)
        content[start : start + len(junk)] = junk
        path.write_bytes(content if cut % 2 else content[:start])
        with folders.open() as catalog:
            list(catalog.units)
            for head in catalog.items(EIGEN):
                catalog.item(head.id)


def test_a_cache_folder_that_cannot_be_made(folders: Folders, compilations: list[str]) -> None:
    folders.cache.write_text("a file stands where the folder should be")
    for _ in range(2):
        with folders.open() as catalog:
            assert len(catalog.units) == 4
            assert catalog.item(f"{EIGEN}/eig-def") is not None
    assert len(compilations) == 2


def test_a_cache_that_cannot_be_replaced(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use by another process")

    monkeypatch.setattr(Path, "replace", refuse)
    with folders.open() as catalog:
        assert len(catalog.units) == 4
    assert list(folders.cache.iterdir()) == []


def test_a_folder_with_odd_characters(folders: Folders) -> None:
    odd = folders._replace(cache=folders.cache / "a b?#%41é")
    odd.open().close()
    with odd.open() as catalog:
        assert len(catalog.units) == 4
    assert (odd.cache / FILE_NAME).is_file()


def test_a_closed_catalog_says_so(folders: Folders) -> None:
    catalog = folders.open()
    catalog.close()
    catalog.close()
    with pytest.raises(sqlite3.ProgrammingError):
        catalog.item_ids()


@pytest.mark.slow
def test_ten_thousand_items_are_read_by_key(folders: Folders) -> None:
    cards = "".join(f'[[unit.card]]\nid = "c{n}"\nq = "{n}?"\na = "{n}!"\n' for n in range(10_000))
    head = 'schema = 1\nid = "my.big"\ntitle = "Big"\ntrack = "gen"\n[[unit]]\nid = "one"\ntitle = "One"\nhours = 4\n'
    folders.write("big.toml", head + 'recall = "?"\n' + cards)
    with folders.open() as catalog:
        assert catalog.skipped == ()
        assert catalog.item_counts["my.big.one"] == (10_000, 0)
        ids = [f"my.big.one/c{n}" for n in range(0, 10_000, 3)]
        assert list(catalog.heads(ids)) == ids
        assert catalog.heads(ids)[ids[1]] == ItemHead("my.big.one/c3", "my.big.one", "card", 0.33)


def test_a_warm_start_imports_nothing_heavy(folders: Folders) -> None:
    folders.open().close()
    script = (
        "import sys\nfrom pathlib import Path\nfrom mlcoach.curriculum.cache.catalog import open_catalog\n"
        "with open_catalog(*map(Path, sys.argv[1:])) as catalog:\n"
        f"    assert len(catalog.units) == 4 and catalog.items({EIGEN!r}) and catalog.skipped == ()\n"
        "heavy = 'pydantic tomllib tomlkit fsrs asyncio hashlib difflib inspect typing_extensions'.split()\n"
        "print(sorted(sys.modules.keys() & set(heavy)))\n"
    )
    source = Path(catalog_module.__file__).parents[3]
    result = subprocess.run(
        [sys.executable, "-c", script, *map(str, folders)],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "[]\n"
