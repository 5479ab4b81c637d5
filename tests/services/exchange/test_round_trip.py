"""What goes out comes back, and what another reader understands of it is what we hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters.exchange.anki.collection import read_collection
from mlcoach.adapters.exchange.anki.facts import Fact, facts
from mlcoach.adapters.exchange.anki.package import unpacked
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
