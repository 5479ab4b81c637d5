"""Both formats of one collection, exported by Anki 26.9.3, against what Anki itself shows of each of its cards."""

import json
import re
from pathlib import Path

import pytest

from mlcoach.adapters.exchange.anki.collection import read_collection
from mlcoach.adapters.exchange.anki.facts import Fact, Refused, facts
from mlcoach.adapters.exchange.anki.html import to_text
from mlcoach.adapters.exchange.anki.package import unpacked
from mlcoach.adapters.exchange.anki.templates import answer_part
from mlcoach.adapters.exchange.anki.values import Collection
from mlcoach.domain.cloze import filled_in

FOLDER = Path(__file__).parents[3] / "fixtures" / "imports"
HINT = re.compile(r"<a class=hint.*?</a>\s*<div[^>]*class=hint.*?</div>", re.DOTALL)
PICTURE_OF_FORMULA = re.compile(r"""<img class=latex alt="([^"]*)"[^>]*>|LaTeX image generation is disabled[^<]*""")
GAP = re.compile(r"""<span class="cloze" data-cloze[^>]*>\[([^\[\]]*)\]</span>""")
# Shown by Anki with a brace of the gap outside of it; the gap is meant whole.
GAP_SHORT_OF_A_BRACE = (r"\({{\frac{a}{b} }}\)", "{'a': 1}")


def read(name: str) -> Collection:
    with unpacked(FOLDER / name) as database:
        return read_collection(database, name)


def plain(html: str) -> str:
    """What Anki shows, as our text of it."""
    html = PICTURE_OF_FORMULA.sub(lambda match: f"[latex]{match[1]}[/latex]" if match[1] else "", HINT.sub("", html))
    html = GAP.sub(lambda gap: "[…]" if gap[1] == "..." else f"[…] ({gap[1]})", html).replace("[...]", "[…]")
    html = html.replace("[softmax]", "[…] (softmax)")
    html = re.sub(r"\[anki:play:.:0\]", "(sound: rain.mp3)", html)
    return to_text(html).text


def same(ours: str, theirs: str) -> bool:
    """Whether two texts are one but for blanks, and for the marks of formulas that Anki makes pictures of."""
    one, other = ("".join(re.sub(r"\$|\\[()]", "", text).split()) for text in (ours, theirs))
    return one == other


def test_both_formats_hold_the_same() -> None:
    older, newer = read("anki-older.apkg"), read("anki-newer.apkg")
    assert newer.note_types == older.note_types
    assert set(newer.decks.values()) == set(older.decks.values())
    assert "Odd::Special fields" in newer.decks.values()
    assert newer[3:] == older[3:]
    assert len(newer.cards) == 53
    assert len(newer.reviews) == 14


@pytest.mark.parametrize("name", ["anki-older.apkg", "anki-newer.apkg"])
def test_every_card_asks_what_anki_asks(name: str) -> None:
    shown = json.loads((FOLDER / "anki-rendered.json").read_text(encoding="utf-8"))
    found = list(facts(read(name)))
    assert [str(card.id) for card, _ in found] == sorted(shown)
    differing = {}
    for card, fact in found:
        question, answer = shown[str(card.id)]
        if told := difference(fact, question, answer):
            differing[card.id] = told
    assert differing == {}


def difference(fact: Fact | Refused, question: str, answer: str) -> str:
    """Return what we ask beside what Anki asks where the two are not the same, "" where they are."""
    theirs = plain(question)
    if isinstance(fact, Refused):
        reasons = {
            "a card without an answer": same(plain(answer), theirs),
            "a card that hides parts of a picture": "x-Q.svg" in question,
        }
        return "" if reasons.get(fact.reason) else f"{fact.reason} | {theirs}"
    if fact.cloze:
        asked, _, more = filled_in(fact.cloze, "\ue000", "\ue001").partition("\n\nMore: ")
        known = f"{asked}\n{more}".replace("\ue000", "").replace("\ue001", "")
        known = re.sub(r" \((?:how many|hint|softmax|vector<int>)\)", "", known)
        asked = re.sub("\ue000[^\ue001]*\ue001", "[…]", asked)
        if any(short in fact.cloze for short in GAP_SHORT_OF_A_BRACE):
            theirs = theirs.replace("[…]}", "[…]")
        if fact.cloze.startswith("{{bold"):  # its second gap is empty: it hides nothing, and is not there
            theirs = theirs.removesuffix(" […]")
    else:
        asked, known = fact.question, fact.answer
    told = "" if same(asked, theirs) else f"asks {asked} | {theirs}"
    below = plain(answer_part(answer))
    if not same(known, below) and not same(f"{asked} {known}", below):
        told += f" knows {known} | {below}"
    return told
