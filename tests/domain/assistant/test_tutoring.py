"""What an assistant is told to do next is never the answer, and never nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.assistant import tutoring
from mlcoach.domain.assistant.evening import AtHand
from mlcoach.domain.assistant.threads import OpenCard
from mlcoach.domain.assistant.tutoring import OpenBlock

KINDS = ("review", "study", "build", "practice", "paper", "close", "place", "project")
blocks = st.lists(
    st.builds(OpenBlock, st.integers(1, 9), st.sampled_from(KINDS), st.booleans(), st.just(("a.b/one", "a.b/two")))
)


@given(blocks, st.sampled_from(["", "math.la.eigen"]))
def test_the_first_open_block_is_next(found: list[OpenBlock], timer: str) -> None:
    said = tutoring.next_of(found, timer)
    still = [block for block in found if not block.done]
    if timer:
        assert timer in said and "`stop`" in said
    elif still:
        assert said.startswith(f"block {still[0].n} is next: `")
    else:
        assert "nothing more" in said


@pytest.mark.parametrize(
    ("kind", "call"),
    [("review", "`question`"), ("practice", "`a.b/one`"), ("paper", "`paper`"), ("close", "`close`"), ("build", "`3`")],
)
def test_each_kind_of_block_has_its_call(kind: str, call: str) -> None:
    assert call in tutoring.next_of([OpenBlock(3, kind, False, ("a.b/one",))], "")


def test_after_a_wrong_answer_comes_a_neutral_question_then_a_hint_then_another_try() -> None:
    with_hints, without = tutoring.after_wrong(2, reasoned=False), tutoring.after_wrong(0, reasoned=True)
    assert with_hints.index("question") < with_hints.index("hint") < with_hints.index("once more")
    assert "names no step" in with_hints and "names no step" in without and "hint" not in without
    assert "how did you come to it" in with_hints
    assert "how did you come to it" not in without, "they said so already"


@given(blocks, st.booleans())
def test_who_has_enough_of_cards_is_sent_elsewhere_and_a_card_comes_back_before_the_close(
    found: list[OpenBlock], back: bool
) -> None:
    cards = (OpenCard("a.b/one", sentence=False),) if back else ()
    said = tutoring.next_of(found, "", cards, AtHand(cards=False))
    still = [block for block in found if not block.done and block.kind != "review"]
    if back and (not still or still[0].kind == "close"):
        assert said == "one card comes back before the close: `question` with `a.b/one`"
    elif still:
        assert f"block {still[0].n} is next: `" in said
    else:
        assert "nothing more" in said


def test_what_is_open_goes_before_everything_else() -> None:
    one, two = OpenCard("a.b/one"), OpenCard("a.b/two")
    assert tutoring.with_open([], "go on") == tutoring.with_open([one._replace(sentence=False)], "go on") == "go on"
    assert tutoring.with_open([one], "go on").startswith("one card is open: its sentence first")
    assert tutoring.with_open([one, two], "go on").startswith("2 cards are open")
    assert tutoring.with_open([one], "go on").endswith("; then go on")


def test_an_evening_ends_with_the_card_then_the_line_then_nothing() -> None:
    assert "comes back first" in tutoring.closing([OpenCard("a.b/one")], line=False)
    assert "hand in theirs" in tutoring.closing([], line=False)
    assert "ask nothing more" in tutoring.closing([OpenCard("a.b/one", back=False)], line=True)
    closed = tutoring.next_of([OpenBlock(3, "build", False)], "", (), AtHand(closed=True))
    assert closed.startswith("the evening is closed; only if they want more")


def test_a_second_right_try_asks_for_the_rule_and_a_like_problem() -> None:
    said = tutoring.after_judged("a.b/one", right=True, tries=2, varies=True)
    assert said.index("the rule") < said.index("fresh numbers")
    assert tutoring.after_judged("a.b/one", right=True, tries=1, varies=True) == tutoring.NEXT_QUESTION
    assert "fresh numbers" not in tutoring.after_judged("a.b/one", right=False, tries=1, varies=False)


def test_giving_up_begins_with_a_guess() -> None:
    assert tutoring.before_giving_up(0, said=False).startswith("ask for a guess or a smaller question first; only if")
    assert "one of 2 with `hint`" in tutoring.before_giving_up(2, said=False)
    assert "what else belongs" in tutoring.before_giving_up(0, said=True)


def test_nothing_due_says_until_when() -> None:
    assert "before 2026-11-25" in tutoring.nothing_due("2026-11-25")
    assert "before" not in tutoring.nothing_due("")


def test_the_time_is_told_in_a_sentence() -> None:
    assert (
        tutoring.time_told(22, 40) == "say in a sentence that it went 22m over its plan, and 40m are left, and for what"
    )
    assert "over" not in tutoring.time_told(0, 40)


def test_an_open_step_is_asked_about_before_the_line() -> None:
    asked = tutoring.after_stop("a.b/read", finished=False)
    assert asked.index("`a.b/read`") < asked.index("ask for one line, hand in theirs")
    assert tutoring.after_stop("a.b/read", finished=True) == tutoring.after_stop("", finished=False) == tutoring.STOPPED


def test_a_draft_is_told_with_its_command() -> None:
    assert "`mlcoach cards accept 2` keeps it" in tutoring.drafted("mlcoach cards accept 2", "")
    assert "hand in theirs" not in tutoring.drafted("x", "")
    assert "hand in theirs" in tutoring.drafted("x", "assistant")
