"""Two hundred variants of every bundled item whose numbers vary agree with an independent computation.

Of the many drills a few are looked at each time, and two hundred in the slow test.
"""

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

VARIANTS, FEW = 200, 5
WAYS = all_ways()
DRILLS = [name for name in WAYS if "/drill-" in name]
FEWEST = 129  # cards of mathematics, ml and dl whose fact is the method
FEWEST_DRILLS, MOST_MINUTES = 150, 5


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
    assert len(varied) - len(DRILLS) >= FEWEST
    assert len(DRILLS) >= FEWEST_DRILLS


def test_a_drill_names_its_pattern(catalog: Catalog, varied: dict[str, Card | Exercise]) -> None:
    drills = {name: item for name, item in varied.items() if isinstance(item, Exercise) and item.drill}
    assert drills.keys() == set(DRILLS)
    for name, drill in drills.items():
        assert drill.minutes <= MOST_MINUTES and drill.title.startswith("Drill: "), name
        assert drill.pattern and drill.pattern.lower() not in drill.title.lower(), name


@pytest.mark.parametrize("name", [name for name in WAYS if name not in DRILLS])
def test_two_hundred_variants(varied: dict[str, Card | Exercise], name: str) -> None:
    compare_variants(varied[name], VARIANTS)


@pytest.mark.parametrize("unit", sorted({name.split("/")[0] for name in DRILLS}))
def test_a_few_variants_of_each_drill(varied: dict[str, Card | Exercise], unit: str) -> None:
    for name in DRILLS:
        if name.startswith(f"{unit}/"):
            compare_variants(varied[name], FEW)


@pytest.mark.slow
@pytest.mark.parametrize("name", DRILLS)
def test_two_hundred_variants_of_a_drill(varied: dict[str, Card | Exercise], name: str) -> None:
    compare_variants(varied[name], VARIANTS)


def compare_variants(item: Card | Exercise, count: int) -> None:
    vary, way, name = item.vary, WAYS[item.id], item.id
    assert vary is not None
    wanted = inspect.signature(way).parameters
    for number in range(1, count + 1):
        variant = draw(vary, seed_of(name, number), evaluate)
        for letters in points(vary, variant.seed) if vary.free else [{}]:
            found = evaluate(variant.formula, letters) if vary.free else variant.answer
            known = {**variant.values, **letters}
            expected = way(**{key: known[key] for key in wanted})
            assert same(found, expected), (name, variant.prompt, letters, found, expected)
        # What is shown as the answer is right when it is typed.
        shown = as_formula(variant.formula) if vary.free else answer_text(variant.answer, vary.accept)
        assert judge_variant(vary, variant, shown, evaluate).right, (variant.prompt, shown)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
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
