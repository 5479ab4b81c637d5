"""Files that an import writes and writes again: what a person wrote in them is theirs."""

from pathlib import Path

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.curriculum.read.parse import read_text
from mlcoach.curriculum.write.deck_file import (
    DeckAddition,
    ImportedCard,
    card_text,
    changed_text,
    contents,
    digest,
    new_text,
    room_for,
)
from mlcoach.domain.text import is_hostile
from mlcoach.errors import InvalidFileError

_texts = (
    st.text(st.sampled_from("ab\\\"'\n[]{}#=é日 `$"), min_size=1, max_size=40)
    .filter(str.strip)
    .filter(lambda text: not any(map(is_hostile, text)))
)
_cards = st.builds(lambda q, a: {"q": q, "a": a}, _texts, _texts)


def cards(*keys: dict[str, str], first: int = 1) -> tuple[ImportedCard, ...]:
    return tuple(ImportedCard(f"c{number}", of) for number, of in enumerate(keys, start=first))


@given(_cards)
def test_a_card_is_read_as_it_was_written_and_fits_its_room(keys: dict[str, str]) -> None:
    card = ImportedCard("c7", keys)
    text = "[[unit]]\nid = 'u'\ntitle = 't'\n" + card_text(card)
    found = contents(text, "it").cards["c7"]
    assert (found.unit, found.keys, found.imported) == ("u", keys, digest(keys))
    assert len(card_text(card).encode()) <= room_for(card)


@given(st.lists(_cards, min_size=1, max_size=4), st.lists(_cards, max_size=4), st.lists(_cards, max_size=2), _texts)
def test_files_grow_and_change_and_stay_whole(
    old: list[dict[str, str]], new: list[dict[str, str]], other: list[dict[str, str]], remark: str
) -> None:
    head = new_text("anki.x", "X", "ml")
    text = changed_text(head, {}, [DeckAddition("one", "One", "X::One", cards(*old))])
    text += "\n# " + remark.replace("\n", " ") + "\n[resources.book]\ntitle = 'A book'\n"
    renewed = {f"c{number}": ImportedCard(f"c{number}", keys) for number, keys in enumerate(new[: len(old)], start=1)}
    additions = [DeckAddition("one", "One", "X::One", cards(*new, first=100))] if new else []
    additions += [DeckAddition("two", "Two", "X::Two", cards(*other, first=200))] if other else []
    changed = changed_text(text, renewed, additions)
    source = read_text(Path("x.toml"), changed)
    assert source.is_sound, source.problems
    units = {unit["id"]: [card["id"] for card in unit.get("card", [])] for unit in tomli.loads(changed)["unit"]}
    assert units["one"] == [*(f"c{n + 1}" for n in range(len(old))), *(f"c{n + 100}" for n in range(len(new)))]
    assert units.get("two", []) == [f"c{n + 200}" for n in range(len(other))]
    found = contents(changed, "x").cards
    assert all(found[id].keys == card.keys and found[id].imported == digest(card.keys) for id, card in renewed.items())
    assert "[resources.book]" in changed
    assert "\n# " + remark.replace("\n", " ") in changed


def test_nothing_to_do_changes_nothing() -> None:
    text = changed_text(
        new_text("anki.x", "X", "ml"), {}, [DeckAddition("one", "One", "X", cards({"q": "a", "a": "b"}))]
    )
    assert changed_text(text, {}, []) == text


@pytest.mark.parametrize("text", ["[[unit", "a = 1\na = 2", "x = " + "[" * 5000])
def test_a_file_with_errors_is_named(text: str) -> None:
    with pytest.raises(InvalidFileError, match=r"`x\.toml` has errors"):
        contents(text, "x.toml")
