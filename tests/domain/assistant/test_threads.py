"""What was given up stays open until its sentence, comes back once, and is closed by being recalled."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.assistant.threads import OpenCard, open_cards
from mlcoach.domain.events import Attempted, Body, Event, ItemDiscussed, ItemGraded

CARD = "a.b/one"


def events(*commands: list[Body]) -> list[Event]:
    return [
        Event(f"d-{n}-{m}", n, 0, date(2026, 11, 2), n, "d", 10 * n + m, f"c{n}", body)
        for n, bodies in enumerate(commands)
        for m, body in enumerate(bodies)
    ]


def grade(rating: int) -> ItemGraded:
    return ItemGraded(CARD, rating, 0, "2026-11-03")


UP: list[Body] = [ItemDiscussed(CARD, "solution"), grade(1)]
TYPED_UP: list[Body] = [Attempted(CARD, "wrong", "number", solution=True), grade(1)]
SENTENCE: list[Body] = [ItemDiscussed(CARD, "sentence", "so")]


def test_its_life() -> None:
    for up in (UP, TYPED_UP):
        assert open_cards(events(up)) == (OpenCard(CARD),)
        assert open_cards(events(up, SENTENCE)) == (OpenCard(CARD, sentence=False),)
        assert open_cards(events(up, SENTENCE, [grade(2)])) == ()
        assert open_cards(events(up, [grade(3)])) == ()
        assert open_cards(events(up, [grade(1)])) == (OpenCard(CARD, back=False),)
        assert open_cards(events(up, SENTENCE, up)) == (OpenCard(CARD, back=False),)
        assert open_cards(events(up, SENTENCE, up, SENTENCE)) == ()


def test_words_and_their_rest_given_up_open_nothing() -> None:
    said: list[Body] = [ItemDiscussed(CARD, "said", "half")]
    assert open_cards(events(said, [ItemDiscussed(CARD, "solution")], [grade(1)])) == ()


@given(st.lists(st.sampled_from([UP, TYPED_UP, SENTENCE, [grade(1)], [grade(3)], [ItemDiscussed(CARD, "hint")]])))
def test_it_never_comes_back_twice(day: list[list[Body]]) -> None:
    for card in open_cards(events(*day)):
        assert card.sentence or card.back
        assert not card.back or sum(one in (UP, TYPED_UP) for one in day) >= 1
    assert not any(card.back for card in open_cards(events(*day, UP, UP)))
