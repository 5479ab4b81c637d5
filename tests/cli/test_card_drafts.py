"""Cards that an assistant proposes: checked, kept in the journal, and the learner's to accept or reject."""

import json
from collections.abc import Callable, Iterator

import pytest
from inline_snapshot import snapshot

from mlcoach.curriculum.write.card_keys import CardOptions
from mlcoach.errors import InvalidFileError, NotFoundError, UsageError
from mlcoach.services.cards import drafts
from mlcoach.services.context import Context
from tests.conftest import Program


@pytest.fixture
def context(mlcoach: Program) -> Iterator[Context]:
    environment = {"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}
    made = Context({**environment, "MLCOACH_MACHINE": "the machine of the tests"}, "assistant: draft_card vectors")
    yield made
    made.close()


def card(question: str = "Rank of an outer product?", answer: str = "At most 1.") -> CardOptions:
    return CardOptions(question=question, answer=answer)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (card(answer="x" * 241), "over 240 characters"),
        (card("Name three norms."), "asks for a list"),
        (card("What is a norm, and why is it convex?"), "asks a second thing"),
        (CardOptions(cloze="Nothing hidden."), "hides nothing"),
        (CardOptions(cloze="{{ }} is empty"), "empty"),
        (card("Rank\x1b[31m?"), "control character U+001B"),
    ],
)
def test_what_the_checker_would_better_is_refused(context: Context, options: CardOptions, words: str) -> None:
    with pytest.raises(InvalidFileError, match="does not pass") as refused:
        drafts.draft(context, "vectors", options)
    assert words in refused.value.message
    assert drafts.drafts(context).drafts == ()


@pytest.mark.parametrize(
    ("unit", "options", "error"),
    [
        ("nowhere", card(), NotFoundError),
        ("vectors", CardOptions(), UsageError),
        ("vectors", CardOptions(question="Why?"), UsageError),
        ("vectors", CardOptions(numeric="How many?", answer="some"), UsageError),
        ("vectors", card("x" * (drafts.LONGEST_TEXT + 1)), UsageError),
    ],
)
def test_what_makes_no_card_is_refused(
    context: Context, unit: str, options: CardOptions, error: type[Exception]
) -> None:
    with pytest.raises(error):
        drafts.draft(context, unit, options)


def test_the_same_draft_twice_and_too_many_are_refused(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.draft(context, "vectors", card())
    with pytest.raises(UsageError, match="waits already"):
        drafts.draft(context, "vectors", card())
    monkeypatch.setattr(drafts, "MOST_WAITING", 1)
    with pytest.raises(UsageError, match="1 drafts wait"):
        drafts.draft(context, "vectors", card("Rank of zero?"))


@pytest.fixture
def proposed(context: Context) -> None:
    drafts.draft(context, "vectors", card())
    drafts.draft(context, "vectors", CardOptions(cloze="A norm is {{zero}} for the zero vector alone."))
    drafts.draft(context, "systems", CardOptions(numeric="How many pivots has the 3 × 3 identity?", answer="3"))


@pytest.mark.usefixtures("proposed")
def test_drafts_are_shown_with_their_answers(on_terminal: Callable[[str], str]) -> None:
    assert on_terminal("cards drafts") == snapshot("""\
exit 0
----- stdout -----
 1  math.la.vectors
    ? Rank of an outer product?
    = At most 1.
 2  math.la.vectors
    ? A norm is […] for the zero vector alone.
    = A norm is {{zero}} for the zero vector alone.
 3  math.la.systems
    ? How many pivots has the 3 × 3 identity?
    = 3

Keep one: mlcoach cards accept N
Let one go: mlcoach cards reject N
----- stderr -----
""")


@pytest.mark.usefixtures("proposed")
def test_an_accepted_draft_is_a_card_and_one_undo_takes_it_back(mlcoach: Program) -> None:
    assert mlcoach("cards accept 1").out == snapshot("""\
New card: math.la.vectors/rank-of-an-outer-product
2 drafts left: mlcoach cards drafts
Undo: mlcoach undo
""")
    shown = json.loads(mlcoach("cards drafts --json").out)["data"]["drafts"]
    assert [(one["n"], one["unit"]) for one in shown] == [(1, "math.la.vectors"), (2, "math.la.systems")]
    assert "At most 1." in mlcoach("cards show rank-of-an-outer-product").out
    mlcoach("undo")
    assert len(json.loads(mlcoach("cards drafts --json").out)["data"]["drafts"]) == 3
    mlcoach("cards show rank-of-an-outer-product", expect=3)
    assert "assistant: draft_card vectors" in mlcoach("undo --list").out


@pytest.mark.usefixtures("proposed")
def test_rejected_drafts_go_in_one_step(mlcoach: Program) -> None:
    assert mlcoach("cards reject 3 1").out == snapshot("""\
2 drafts let go
1 draft left: mlcoach cards drafts
Undo: mlcoach undo
""")
    assert [one["n"] for one in json.loads(mlcoach("cards drafts --json").out)["data"]["drafts"]] == [1]
    mlcoach("undo")
    assert len(json.loads(mlcoach("cards drafts --json").out)["data"]["drafts"]) == 3
    assert mlcoach("cards accept 4", expect=3).err == snapshot("""\
error: no draft 4
hint: `mlcoach cards drafts` numbers those that wait
""")


def test_no_drafts_say_where_they_come_from(mlcoach: Program) -> None:
    assert mlcoach("cards drafts").out == snapshot(
        "No drafts wait. An assistant can propose cards: mlcoach help assistant\n"
    )
