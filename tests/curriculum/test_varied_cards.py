"""Two hundred variants of every bundled item whose numbers vary agree with an independent computation."""

import inspect
import math
from collections.abc import Iterator
from typing import Any

import pytest

from mlcoach.adapters.expressions import evaluate
from mlcoach.curriculum.cache.catalog import Catalog, open_catalog
from mlcoach.curriculum.read.find import bundled_folder
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.practice.accept import answer_text, judge_variant
from mlcoach.domain.practice.variants import as_formula, draw, points, seed_of
from tests.curriculum.varied import all_ways

VARIANTS = 200
WAYS = all_ways()
FEWEST = 129  # cards of mathematics, ml and dl whose fact is the method


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    place = tmp_path_factory.mktemp("varied")
    with open_catalog(bundled_folder(), place / "own", place / "cache") as opened:
        yield opened


@pytest.fixture(scope="module")
def varied(catalog: Catalog) -> dict[str, Card | Exercise]:
    before = [card for unit in catalog.units for card in catalog.text(unit).pretest]
    return {item.id: item for item in [*catalog.all_items(), *before] if item.vary is not None}


def test_every_varied_item_is_computed_again(varied: dict[str, Card | Exercise]) -> None:
    assert varied.keys() == WAYS.keys()
    assert len(varied) >= FEWEST


@pytest.mark.parametrize("name", WAYS)
def test_two_hundred_variants(varied: dict[str, Card | Exercise], name: str) -> None:
    vary, way = varied[name].vary, WAYS[name]
    assert vary is not None
    wanted = inspect.signature(way).parameters
    for number in range(1, VARIANTS + 1):
        variant = draw(vary, seed_of(name, number), evaluate)
        for letters in points(vary, variant.seed) if vary.free else [{}]:
            found = evaluate(variant.formula, letters) if vary.free else variant.answer
            known = {**variant.values, **letters}
            expected = way(**{key: known[key] for key in wanted})
            assert same(found, expected), (variant.prompt, letters, found, expected)
        # What is shown as the answer is right when it is typed.
        shown = as_formula(variant.formula) if vary.free else answer_text(variant.answer, vary.accept)
        assert judge_variant(vary, variant, shown, evaluate).right, (variant.prompt, shown)


def same(one: Any, other: Any) -> bool:
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)


def test_no_place_is_left_in_a_text(varied: dict[str, Card | Exercise]) -> None:
    for name, item in varied.items():
        assert item.vary is not None
        variant = draw(item.vary, seed_of(name, 1), evaluate)
        for text in (variant.prompt, variant.solution):
            assert "{" not in text and "}" not in text and text == text.strip(), (name, text)


def test_a_varied_card_keeps_the_card_with_its_numbers_frozen(varied: dict[str, Card | Exercise]) -> None:
    """An overlay that sets the answer of one goes on asking that one."""
    assert [name for name, item in varied.items() if isinstance(item, Card) and item.number is None] == []
