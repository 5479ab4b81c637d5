"""What goes out comes back, and what another reader understands of it is what we hold."""

import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters.exchange.anki.collection import read_collection
from mlcoach.adapters.exchange.anki.facts import Fact, facts
from mlcoach.adapters.exchange.anki.package import unpacked
from tests.anki_packages import milliseconds
from tests.conftest import Program

FOLDER = Path(__file__).parents[2] / "fixtures" / "imports"


def data(result: Any) -> dict[str, Any]:
    return json.loads(result.out)["data"]


def asked(path: Path) -> list[tuple[str, str, str]]:
    """Return what the cards of a package ask, by our own reader."""
    with unpacked(path) as database:
        found = read_collection(database, path.name)
    return sorted((fact.question, fact.answer, fact.cloze) for _, fact in facts(found) if isinstance(fact, Fact))


def test_answers_go_out_and_come_back_unchanged(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach(f"import anki {FOLDER / 'states.apkg'}")
    mlcoach("grade math.la.eigen/eig-def good")
    file = tmp_path / "log.csv"
    mlcoach(f"export reviews -o {file}")
    before = file.read_bytes()
    again = data(mlcoach(f"import reviews {file} --json"))
    assert (again["added"], again["known"], again["skipped"]) == (0, 9, [])
    mlcoach(f"export reviews -o {file}")
    assert file.read_bytes() == before


def test_cards_from_anki_go_out_and_in_as_they_are(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach(f"import anki {FOLDER / 'anki-newer.apkg'}", expect=7)
    first, second = tmp_path / "one.apkg", tmp_path / "two.apkg"
    mlcoach(f"export anki --subject anki.gaps --subject anki.cloze --subject anki.odd -o {first}")
    home = Program(tmp_path / "other").at(mlcoach.now.isoformat())
    done = data(home(f"import anki {first} --json"))
    assert (done["added"], done["left_out"], done["skipped"]) == (len(asked(first)), 0, [])
    again = data(home(f"import anki {first} --json"))
    assert (again["added"], again["updated"], again["known"]) == (0, 0, done["added"])
    home(f"export anki --subject {done['decks'][0]['unit'].rpartition('.')[0]} -o {second}")
    assert second.stat().st_size > 0


def test_what_was_exported_to_anki_is_known_when_it_comes_back(mlcoach: Program, tmp_path: Path) -> None:
    file = tmp_path / "own.apkg"
    mlcoach(f"import anki {FOLDER / 'cloze.apkg'}")
    mlcoach(f"export anki --subject math.la --subject anki.cloze -o {file}")
    cards = len(asked(file))
    before = mlcoach.files()
    done = data(mlcoach(f"import anki {file} --json"))
    assert (done["read"], done["known"], done["added"], done["files"]) == (cards, cards, 0, [])
    assert mlcoach.files() == before
    # What was answered in Anki belongs to the item, and comes once.
    with zipfile.ZipFile(file) as package:
        (tmp_path / "c").write_bytes(package.read("collection.anki2"))
    connection = sqlite3.connect(tmp_path / "c", isolation_level=None)
    (card,) = connection.execute(
        "SELECT cards.id FROM cards JOIN notes ON nid = notes.id WHERE flds LIKE '%math.la.eigen/eig-def%'"
    ).fetchone()
    connection.execute("INSERT INTO revlog VALUES (?, ?, 0, 3, 4, 0, 2500, 9000, 0)", (milliseconds(6), card))
    connection.close()
    with zipfile.ZipFile(file, "w") as package:
        package.write(tmp_path / "c", "collection.anki2")
        package.writestr("media", "{}")
    for added in (1, 0):
        done = data(mlcoach(f"import anki {file} --json"))
        assert (done["reviews"]["added"], done["added"], done["skipped"]) == (added, 0, [])
        assert len(data(mlcoach("cards show math.la.eigen/eig-def --json"))["history"]) == 1


@pytest.mark.usefixtures("bundled_content")
@pytest.mark.slow
def test_notes_of_one_item_whose_numbers_vary_are_all_known_when_they_come_back(
    mlcoach: Program, tmp_path: Path
) -> None:
    file = tmp_path / "own.apkg"
    mlcoach(f"export anki --subject math.la -o {file}")
    done = data(mlcoach(f"import anki {file} --json"))
    with zipfile.ZipFile(file) as package:
        assert b"#2" in package.read("collection.anki2")
    assert (done["known"], done["added"], done["decks"], done["files"]) == (done["read"], 0, [], [])


@pytest.mark.parametrize("name", ["latex-html.apkg", "cloze.apkg", "states.apkg"])
def test_what_was_exported_to_anki_says_elsewhere_what_it_said_here(
    mlcoach: Program, tmp_path: Path, name: str
) -> None:
    done = data(mlcoach(f"import anki {FOLDER / name} --json"))
    file = tmp_path / "own.apkg"
    subjects = {deck["unit"].rpartition(".")[0] for deck in done["decks"]}
    mlcoach(f"export anki -o {file} " + " ".join(f"--subject {subject}" for subject in subjects))
    assert asked(file) == asked(FOLDER / name)


def test_anki_reads_our_export_as_we_do(mlcoach: Program, tmp_path: Path) -> None:
    """Anki itself imports what we export, and exports it in its newer format; the cards are the same."""
    anki = pytest.importorskip("anki.collection", reason="the package `anki` is not installed")
    from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    mlcoach(f"import anki {FOLDER / 'anki-newer.apkg'}", expect=7)
    ours, theirs = tmp_path / "ours.apkg", tmp_path / "theirs.apkg"
    mlcoach(f"export anki --subject math.la --subject prog.py --subject anki.gaps --subject anki.cloze -o {ours}")
    collection = anki.Collection(str(tmp_path / "collection.anki2"))
    collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(ours), options=ImportAnkiPackageOptions(with_scheduling=True))
    )
    assert collection.card_count() == len(asked(ours)) > 40
    collection.export_anki_package(
        out_path=str(theirs),
        options=anki.ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=True, legacy=False
        ),
        limit=None,
    )
    collection.close()
    assert asked(theirs) == asked(ours)
