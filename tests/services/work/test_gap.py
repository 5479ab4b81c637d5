"""What adverts ask for: twenty of them, marked by a reader, against the roles that come with the program."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.work.advert import plain_advert
from mlcoach.domain.work.skills import FoundSkills, Vocabulary, is_english
from tests.conftest import Compiled, Program

FOLDER = Path(__file__).parents[2] / "fixtures" / "adverts"
ADVERTS, UNSEEN = (
    list[dict[str, Any]](tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["advert"])
    for name in ("adverts.toml", "unseen.toml")
)
ROLES = {
    "ml-engineer", "data-scientist", "data-engineer", "research-engineer", "mlops", "applied-scientist",
    "ai-product-engineer", "data-analyst",
}  # fmt: skip


@pytest.fixture
def hunter(tmp_path: Path, compiled_bundle: Compiled, bundled_content: None) -> Program:
    """The program with its own curriculum, in an empty home."""
    compiled_bundle.copy_to(tmp_path / "home")
    return Program(tmp_path / "home")


@pytest.fixture
def vocabulary(compiled_bundle: Compiled) -> Vocabulary:
    from mlcoach.curriculum.cache.catalog import open_catalog

    with open_catalog(compiled_bundle.bundle, compiled_bundle.own, compiled_bundle.cache) as catalog:
        roles = catalog.roles()
    assert roles.keys() >= ROLES
    return Vocabulary(tool for role in roles.values() for tool in role.tools)


def marked(vocabulary: Vocabulary, advert: dict[str, Any], found: FoundSkills) -> tuple[int, int, int]:
    """Return how many skills a reader marked, how many of them were found, and how many of these as must or plus."""
    hits = right = 0
    marks = [(mark, kind == "must") for kind in ("must", "plus") for mark in advert[kind]]
    for mark, must in marks:
        ids = [id for id in vocabulary.find(mark).skills if id in found.skills]
        hits += bool(ids)
        right += any(found.skills[id] == must for id in ids)
    return len(marks), hits, right


def test_most_of_what_a_reader_marks_is_named(vocabulary: Vocabulary) -> None:
    assert len(ADVERTS) == 20
    counts = [
        marked(vocabulary, advert, vocabulary.find(plain_advert(advert["text"])))
        for advert in ADVERTS
    ]  # fmt: skip
    all_marks, hits, right = map(sum, zip(*counts, strict=True))
    assert all_marks > 200
    assert hits >= 0.8 * all_marks
    assert right >= 0.8 * hits


def test_what_was_marked_before_the_roles_were_seen_is_named_too(vocabulary: Vocabulary) -> None:
    counts = [marked(vocabulary, advert, vocabulary.find(plain_advert(advert["text"]))) for advert in UNSEEN]
    all_marks, hits, right = map(sum, zip(*counts, strict=True))
    assert all_marks > 100
    assert hits >= 0.8 * all_marks
    assert right >= 0.8 * hits


def test_naming_everything_everywhere_would_not_pass(vocabulary: Vocabulary) -> None:
    """The marks of each advert are looked for in the next one: what is not asked for there is not named."""
    found = [vocabulary.find(plain_advert(advert["text"])) for advert in ADVERTS]
    counts = [
        marked(vocabulary, advert, other)
        for advert, other in zip(ADVERTS, [*found[1:], found[0]], strict=True)
    ]  # fmt: skip
    all_marks, hits, _ = map(sum, zip(*counts, strict=True))
    assert hits < 0.5 * all_marks
    for advert, one in zip(ADVERTS, found, strict=True):
        named = {id for kind in ("must", "plus") for mark in advert[kind] for id in vocabulary.find(mark).skills}
        assert len(one.skills.keys() - named) <= len(named), advert["title"]


def test_the_one_in_another_language_is_known_as_such() -> None:
    others = [advert["title"] for advert in ADVERTS if not is_english(plain_advert(advert["text"]))]
    assert others == ["Werkstudent Data Science (deutsch)"]


def test_the_gap_counts_adverts_and_knows_what_is_there(hunter: Program) -> None:
    for number, advert in enumerate(ADVERTS[:4]):
        hunter(f"job add Firm{number} --advert -", stdin=advert["text"])
    before = json.loads(hunter("job gap --json").out)["data"]
    python = next(skill for skill in before["missing"] if skill["skill"] == "python")
    assert max(map(len, hunter("job gap", tty=40).out.splitlines())) <= 40
    assert "\ndl.torch" not in hunter("job gap", tty=40).out  # each skill on a line of its own
    assert (before["adverts"], python["adverts"], python["must"], python["state"]) == (4, 4, 4, "open")
    assert (python["unit"], python["hours"]) == ("prog.py.basics", 22.0)
    shares = [skill["per_hour"] for skill in before["missing"]]
    assert shares == sorted(shares, reverse=True)
    hunter("done prog.py.basics --no-questions")
    after = json.loads(hunter("job gap --json").out)["data"]
    python = next(skill for skill in after["missing"] if skill["skill"] == "python")
    assert (python["state"], python["evidence"], python["unit"]) == ("part", "1 of 2 units passed", "prog.py.design")
    hunter("done prog.py.design --no-questions")
    there = json.loads(hunter("job gap --json").out)["data"]["there"]
    assert [skill["skill"] for skill in there] == ["python"]


def test_a_word_of_ones_own_is_not_evidence(hunter: Program) -> None:
    hunter("skip prog.py.basics prog.py.design")
    data = json.loads(hunter("job gap data-analyst --json").out)["data"]
    python = next(skill for skill in data["there"] if skill["skill"] == "python")
    assert python["evidence"] == "2 by your word"


def test_a_role_an_advert_from_a_pipe_and_words_not_known(hunter: Program) -> None:
    role = json.loads(hunter("job gap ml-engineer --json").out)["data"]
    assert (role["about"], role["adverts"]) == ("Machine learning engineer", 0)
    piped = json.loads(hunter("job gap - --json", stdin="We run Python with Zorbulator and zq9").out)["data"]
    assert {word["word"] for word in piped["unknown"]} == {"Zorbulator", "zq9"}


def test_without_any_advert_it_says_how_to_keep_one(hunter: Program) -> None:
    assert "no advert is kept yet" in hunter("job gap", expect=2).err
    assert "no job `nowhere`" in hunter("job gap nowhere", expect=3).err
    assert "has no text" in hunter("job gap -", stdin=" \n<p></p>", expect=2).err
