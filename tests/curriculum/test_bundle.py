"""The bundled curriculum: nothing to complain of, all units of the plan, and what the complete subjects promise."""

import contextlib
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcoach.curriculum.catalog import Catalog, open_catalog
from mlcoach.curriculum.check import check
from mlcoach.curriculum.find import bundled_folder
from mlcoach.domain.curriculum import TRACKS, Card, Exercise, find_cycle
from tests.curriculum.curriculum_folders import HERE

PLANNED = json.loads((HERE / "units.json").read_text(encoding="utf-8"))
COMPLETE = ("start", "math.la", "prog.py")
COMPLETE_UNITS = ("ml.found",)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    place = tmp_path_factory.mktemp("bundle")
    with open_catalog(bundled_folder(), place / "own", place / "cache") as opened:
        yield opened


def complete(catalog: Catalog) -> list[str]:
    return [unit.id for unit in catalog.units.values() if unit.subject in COMPLETE or unit.id in COMPLETE_UNITS]


def test_nothing_to_complain_of(tmp_path: Path) -> None:
    report = check(bundled_folder(), tmp_path)
    assert report.errors + report.warnings == ()
    assert report.counts.units == len(PLANNED)


def test_no_file_is_left_out(catalog: Catalog) -> None:
    assert catalog.skipped == ()


@pytest.mark.parametrize("name", PLANNED)
def test_a_unit_is_as_planned(catalog: Catalog, name: str) -> None:
    unit = catalog.units[name]
    assert {
        "title": unit.title,
        "hours": unit.hours,
        "core": unit.core,
        "lane": unit.lane,
        "requires": sorted(edge.unit for edge in unit.requires),
    } == {**PLANNED[name], "requires": sorted(PLANNED[name]["requires"])}


def test_no_other_units(catalog: Catalog) -> None:
    assert catalog.units.keys() == PLANNED.keys()
    assert [unit.track for unit in catalog.units.values()] == sorted(
        (unit.track for unit in catalog.units.values()), key=TRACKS.index
    )


def test_prerequisites_go_in_no_circle(catalog: Catalog) -> None:
    assert find_cycle({name: [edge.unit for edge in unit.requires] for name, unit in catalog.units.items()}) == []


def test_prerequisites_of_another_subject_say_why(catalog: Catalog) -> None:
    silent = [
        (unit.id, edge.unit)
        for unit in catalog.units.values()
        for edge in unit.requires
        if catalog.units[edge.unit].subject != unit.subject and not edge.why
    ]
    assert silent == []


def test_every_unit_says_what_for_what_to_read_and_how_it_ends(catalog: Catalog) -> None:
    for unit in catalog.units.values():
        text = catalog.text(unit.id)
        assert text.why, unit.id
        assert text.recall, unit.id
        assert 3 <= len(text.objectives) <= 6, unit.id
        assert unit.opens_with, unit.id
        core = [read for read in text.read if read.core and not read.instead]
        assert any(read.cost == "free" for read in core), f"{unit.id} has no free core reading"


def test_complete_units_have_cards_and_exercises(catalog: Catalog) -> None:
    units = complete(catalog)
    assert len(units) == 11
    for unit in units:
        cards, exercises = catalog.item_counts[unit]
        assert cards >= 8, unit
        assert exercises >= 3, unit
        assert len(catalog.text(unit).pretest) == 3, unit
        stages = [catalog.item(head.id) for head in catalog.items(unit) if head.kind == "exercise"]
        order = [item.stage for item in stages if isinstance(item, Exercise)]
        assert order == sorted(order, key=("worked", "completion", "solve").index), unit
        assert {"worked", "completion", "solve"} <= set(order), unit


def test_exercises_can_be_checked_alone(catalog: Catalog) -> None:
    for item in catalog.all_items():
        if isinstance(item, Exercise):
            assert item.check, item.id
            assert item.hints, item.id
            assert item.solution, item.id


def test_thirty_core_papers_that_arxiv_knows(catalog: Catalog) -> None:
    core = [paper for paper in catalog.papers().values() if paper.core]
    assert len(core) == 30
    for paper in core:
        assert re.fullmatch(r"arxiv:\d{4}\.\d{4,5}", paper.id), paper.id
        assert paper.authors, paper.id
        assert paper.why, paper.id
        assert paper.units, paper.id
        assert paper.year is not None
        # The first four digits of an arXiv id are year and month; a paper may appear in print later.
        assert paper.year >= 2000 + int(paper.id[6:8]), paper.id


def test_the_core_path_can_be_walked_in_order(catalog: Catalog) -> None:
    path = catalog.paths["core"].units
    core = [unit.id for unit in catalog.units.values() if unit.core]
    assert sorted(path) == sorted(core)
    assert len(path) == 60
    assert sum(catalog.units[unit].hours for unit in path) == 572
    for position, unit in enumerate(path):
        late = [edge.unit for edge in catalog.units[unit].requires if edge.unit not in path[:position]]
        assert late == [], f"{unit} comes before {late}"


def test_the_checklists_of_the_three_passes(catalog: Catalog) -> None:
    for number in (1, 2, 3):
        checklist = catalog.checklist(f"paper-pass-{number}")
        assert checklist is not None
        assert len(checklist.items) >= 3


def test_python_cards_print_what_they_expect(catalog: Catalog) -> None:
    cards = [item for item in catalog.all_items() if isinstance(item, Card) and item.form == "code"]
    cards += [card for unit in catalog.units for card in catalog.text(unit).pretest if card.form == "code"]
    # NumPy and pandas are no part of the tests.
    ours = [card for card in cards if card.language == "python" and not re.search(r"import (numpy|pandas)", card.code)]
    assert len(ours) >= 10
    for card in ours:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(card.code, {"__name__": "__main__"})
        assert printed.getvalue().strip() == card.answer.strip(), card.id


def test_no_text_shows_latex_or_hides_a_character(catalog: Catalog) -> None:
    for item in catalog.all_items():
        texts = [part for part in item if isinstance(part, str)]
        for text in texts:
            assert unicodedata.is_normalized("NFC", text), item.id
            if isinstance(item, Card) and not item.code:
                assert not re.search(r"\\(frac|lambda|begin|mathbf|sum|sqrt)", text), item.id
