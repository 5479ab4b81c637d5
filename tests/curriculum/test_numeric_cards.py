"""The numbers on the bundled cards agree with those computed again."""

from collections.abc import Iterator

import pytest

from mlcoach.curriculum.cache.catalog import Catalog, open_catalog
from mlcoach.curriculum.read.find import bundled_folder
from mlcoach.domain.curriculum import Card, unit_of
from tests.curriculum.numeric import all_answers

ANSWERS = all_answers()


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    place = tmp_path_factory.mktemp("numbers")
    with open_catalog(bundled_folder(), place / "own", place / "cache") as opened:
        yield opened


@pytest.fixture(scope="module")
def numeric_cards(catalog: Catalog) -> dict[str, Card]:
    cards = [item for item in catalog.all_items() if isinstance(item, Card)]
    cards += [card for unit in catalog.units for card in catalog.text(unit).pretest]
    return {card.id: card for card in cards if card.form == "numeric"}


@pytest.mark.parametrize("unit", dict.fromkeys(unit_of(name) for name in ANSWERS))
def test_the_numbers_on_the_cards_of_a_unit(numeric_cards: dict[str, Card], unit: str) -> None:
    wrong = {}
    for name in (name for name in ANSWERS if unit_of(name) == unit):
        card = numeric_cards[name]
        assert card.number is not None, name
        answer = ANSWERS[name]()
        # A card that wants the exact number has one a float can hold; what is computed here may be a hair off.
        if not abs(answer - card.number) <= max(card.tolerance, 1e-9 * abs(answer)):
            wrong[name] = (answer, card.number)
    assert wrong == {}


def test_every_number_is_computed_again(numeric_cards: dict[str, Card]) -> None:
    assert numeric_cards.keys() == ANSWERS.keys()


def test_a_rounded_number_has_room_for_the_exact_one(numeric_cards: dict[str, Card]) -> None:
    for card in numeric_cards.values():
        if card.tolerance == 0:
            assert card.number == round(card.number or 0, 2), card.id
