"""Templates and cloze notes: what each card of a note asks, as one question and answer."""

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.exchange.anki import templates
from mlcoach.adapters.exchange.anki.facts import Fact, Refused, facts
from mlcoach.adapters.exchange.anki.values import AnkiNote, CardRow, Collection, NoteType, Template
from mlcoach.domain.text import LONGEST

BACK = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"


def asked(fields: tuple[str, ...], front: str = "{{Front}}", back: str = BACK, **more: Any) -> Fact | Refused:
    kind = NoteType(
        "n", more.get("cloze", False), more.get("names", ("Front", "Back", "Extra")), (Template("c", front, back),)
    )
    card = CardRow(1, 1, 1, more.get("ordinal", 0), 0, False, 0, 0, 0, 0, False, None, 0)
    collection = Collection(0, {}, {1: kind}, {1: AnkiNote(1, fields, " tag ")}, [card], [])
    return next(facts(collection))[1]


def basic(*fields: str, front: str = "{{Front}}", back: str = BACK) -> tuple[str, str]:
    fact = asked(fields, front, back)
    assert isinstance(fact, Fact), fact
    return fact.question, fact.answer


def cloze(text: str, number: int = 1, extra: str = "") -> Fact | Refused:
    return asked(
        (text, extra), "{{cloze:Text}}", "{{cloze:Text}}<br>{{Back Extra}}", names=("Text", "Back Extra"), cloze=True,
        ordinal=number - 1,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("front", "back", "question", "answer"),
    [
        ("{{Front}}", BACK, "F", "B"),
        ("{{ Front }}", "{{Front}}<hr id='answer'>{{Back}}", "F", "B"),
        ("{{Front}}", "{{FrontSide}}<br>{{Back}}", "F", "B"),
        ("{{Front}}", "{{Front}} {{Back}}", "F", "B"),
        ("{{Front}}", "{{Back}}", "F", "B"),
        ("{{Front}}{{#Extra}} has {{Extra}}{{/Extra}}", BACK, "F has E", "B"),
        ("{{Front}}{{^Extra}} none{{/Extra}}", BACK, "F", "B"),
        ("{{^None}}{{#Extra}}{{Front}}{{/Extra}}{{/None}}", BACK, "F", "B"),
        ("{{#None}}{{#Extra}}x{{/Extra}}y{{/None}}{{Front}}", BACK, "F", "B"),
        ("{{text:Front}} {{furigana:Front}}", BACK, "F F", "B"),
        ("{{Front}} {{type:Back}}", BACK, "F", "B"),
        ("{{Front}} {{hint:Back}}", BACK, "F", "B"),
        ("{{Front}}{{tts en_US:Front}}", BACK, "F", "B"),
        ("{{Front}} {{Tags}}", BACK, "F tag", "B"),
        ("{{Front}}{{Unknown}}{{! a remark }}", BACK, "F", "B"),
        ("{{Front}} {{broken", BACK, "F {{broken", "B"),
        ("{{Front}}", "{{FrontSide}}<hr id=answer>{{type:Back}}", "F", "B"),
    ],
)
def test_templates_are_filled_in(front: str, back: str, question: str, answer: str) -> None:
    assert basic("F", "B", "E", front=front, back=back) == (question, answer)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [(("", "B"), "without a question"), (("F", ""), "without an answer"), (("<br>", "B"), "without a question")],
)
def test_a_card_that_asks_nothing_is_refused(fields: tuple[str, ...], reason: str) -> None:
    found = asked(fields)
    assert isinstance(found, Refused)
    assert reason in found.reason


def test_a_text_longer_than_a_card_is_cut_and_says_so() -> None:
    fact = asked(("x" * (LONGEST + 5), "B"))
    assert isinstance(fact, Fact)
    assert fact.cut
    assert len(fact.question) == LONGEST
    assert fact.question.endswith("…")


@pytest.mark.parametrize(
    ("text", "number", "shown"),
    [
        ("The {{c1::first}} and {{c2::second}}.", 1, "The {{first}} and second."),
        ("The {{c1::first}} and {{c2::second}}.", 2, "The first and {{second}}."),
        ("{{c1::a}} then {{c1::b}}", 1, "{{a}} then {{b}}"),
        ("{{c1::Paris::a city}}", 1, "{{Paris}} (a city)"),
        ("{{c2::Paris::a city}} {{c1::x}}", 1, "Paris {{x}}"),
        ("{{c1::an <b>{{c2::inner}}</b> one}}", 1, "{{an inner one}}"),
        ("{{c1::an <b>{{c2::inner}}</b> one}}", 2, "an {{inner}} one"),
        (r"\( {{c1::x^{2} }} \)", 1, r"\( {{x^{2} }} \)"),
        (r"{{c1::\(\frac{a}{b}\)}} holds", 1, r"{{\(\frac{a}{b}\)}} holds"),
        ("in C: {{c1::x}} {{}} {{y", 1, "in C: {{x}} { {} } { {y"),
        ("a &lt;b&gt; {{c1::<i>c</i><br>d}}", 1, "a <b> {{c\nd}}"),
    ],
)
def test_gaps_of_one_number_are_hidden_and_the_others_filled(text: str, number: int, shown: str) -> None:
    from mlcoach.curriculum.check.cards import card_fault
    from mlcoach.curriculum.read.model import CardTable

    fact = cloze(text, number)
    assert isinstance(fact, Fact), fact
    assert fact.cloze == shown
    assert card_fault(CardTable(id="x", cloze=fact.cloze)) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("no gap", 1),
        ("{{c1::<br>}}", 1),
        ("{{c1::<b> </b>}} x", 1),
        ("{{c1::&#27;}}", 1),
        ("{{c1::a}}", 2),
        ("{{c1::}}", 1),
        ("{{c1:: }}", 1),
        ("{{c1::open", 1),
        ("{{c0::x}}", 1),
    ],
)
def test_a_cloze_card_that_hides_nothing_is_refused(text: str, number: int) -> None:
    assert cloze(text, number) == Refused("a cloze card that hides nothing")


def test_what_a_cloze_answer_adds_is_hidden_as_well() -> None:
    fact = cloze("{{c1::a}}", extra="since <b>b</b>")
    assert isinstance(fact, Fact)
    assert fact.cloze == "{{a}}\n\nMore: {{since b}}"


@pytest.mark.parametrize("front", ["{{type:cloze:Text}}", "{{cloze:Text}} {{type:cloze:Text}}"])
def test_a_gap_that_is_typed_is_asked_once(front: str) -> None:
    names = ("Text", "Back Extra")
    assert asked(("a {{c1::b}}", ""), front, "{{Back Extra}}", names=names, cloze=True) == Fact(cloze="a {{b}}")


def test_parts_of_pictures_are_refused() -> None:
    assert isinstance(cloze("{{c1::image-occlusion:rect:left=.1}}"), Refused)


def test_cards_without_note_or_template_are_refused() -> None:
    assert isinstance(asked(("F", "B"), ordinal=3), Refused)
    card = CardRow(1, 9, 1, 0, 0, False, 0, 0, 0, 0, False, None, 0)
    assert isinstance(next(facts(Collection(0, {}, {}, {}, [card], [])))[1], Refused)
    odd = Collection(0, {}, {1: NoteType("n", True, (), ())}, {1: AnkiNote(1, ("x",), "")}, [card._replace(note=1)], [])
    assert isinstance(next(facts(odd))[1], Refused)


@pytest.mark.slow
@given(st.text(st.sampled_from("{}c12:: ab<>#^/!\ue000\ue001\n"), max_size=80), st.integers(1, 2))
def test_any_cloze_text_makes_a_sound_card_or_none(text: str, number: int) -> None:
    from mlcoach.curriculum.check.cards import card_fault
    from mlcoach.curriculum.read.model import CardTable

    fact = cloze(text, number, extra=text)
    if isinstance(fact, Fact):
        assert card_fault(CardTable(id="x", cloze=fact.cloze)) is None


@given(st.text(st.sampled_from("{}#^/FrontBack: "), max_size=80))
def test_any_template_is_filled_in(template: str) -> None:
    asked(("F", "B", "E"), template, template)


@pytest.mark.parametrize("piece", ["{{c1::", "{{c1::}}", "}}", "{{c1::a}}", "{{", "{{c1::a::b}}", "{{#F}}", "{{/F}}"])
def test_nothing_takes_long(piece: str) -> None:
    began = time.perf_counter()
    text = piece * (100_000 // len(piece))
    templates.with_gaps(text, 1)
    asked((text, text), text, text)
    cloze(text)
    assert time.perf_counter() - began < 5


def test_a_template_that_repeats_a_long_field_is_bounded() -> None:
    fact = asked(("x" * 100_000, "B"), "{{Front}}" * 10_000)
    assert isinstance(fact, Fact)
    assert len(fact.question) == LONGEST


def test_a_package_that_anki_itself_made_is_read() -> None:
    """The numbers below were exported by Anki 26.9.3 with older versions supported."""
    from mlcoach.adapters.exchange.anki.collection import read_collection
    from mlcoach.adapters.exchange.anki.package import unpacked

    with unpacked(Path(__file__).parent / "anki-26.9.3.apkg") as database:
        found = read_collection(database, "it")
    assert [fact for _, fact in facts(found)] == [
        Fact(r"Hello x <tag> \(x^2\)", "World\ntwo (picture: a.png)", media=("a.png",)),
        Fact("World\ntwo (picture: a.png)", r"Hello x <tag> \(x^2\)", media=("a.png",)),
        Fact(cloze="The {{first}} (hint) and second"),
        Fact(cloze="The first and {{second}}"),
        Fact("Only", "Once"),
    ]
    assert [(review.rating, review.interval) for review in found.reviews] == [(4, 6), (3, -600), (1, -60), (4, 10)]
