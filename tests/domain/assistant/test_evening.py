"""The minutes of an evening: nothing is given twice, the close keeps its own, and the words say what is so."""

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.assistant.evening import (
    AtHand,
    EveningBlock,
    first_tomorrow,
    in_time,
    is_open,
    left_for,
    over,
    state_of,
    was_done,
)

READING = EveningBlock(2, "build", "Interviewing", "career.interview", 20, 20, True, 42, step_open=True)
CARDS = EveningBlock(1, "review", "37 cards", "review", 14, 1, False, items=37, waiting=35)
PAPER = EveningBlock(5, "paper", "Adam", "arxiv:1412.6980", 15, 0, False)
CLOSE = EveningBlock(6, "close", "one line", "close", 3, 0, False)
some = st.lists(
    st.builds(
        EveningBlock,
        st.integers(1, 9),
        st.sampled_from(("review", "study", "practice", "paper", "close")),
        st.just("x"),
        st.sampled_from(("a.b", "c.d")),
        st.integers(0, 60),
        st.integers(0, 60),
        st.booleans(),
    ),
    unique_by=lambda block: block.n,
)


@given(some, st.integers(0, 300), st.booleans())
def test_no_more_is_given_than_there_is_and_nothing_to_what_is_done(
    blocks: list[EveningBlock], minutes: int, cards: bool
) -> None:
    given_ = left_for(blocks, minutes, cards=cards)
    assert sum(one.minutes for one in given_) <= minutes
    at = {block.n: block for block in blocks}
    for one in given_:
        block = at[one.n]
        assert not block.done and 0 < one.minutes <= block.minutes - block.done_minutes
        assert cards or block.kind != "review"
    assert [one.n for one in given_] == [block.n for block in blocks if block.n in {one.n for one in given_}]


def test_the_close_comes_out_of_a_short_evening() -> None:
    assert left_for([CARDS, READING, PAPER, CLOSE], 10) == ((1, "review", 7), (6, "close", 3))
    assert left_for([CARDS, READING, PAPER, CLOSE], 10, cards=False) == ((5, "paper", 7), (6, "close", 3))


def test_over_is_told_of_the_time_that_they_have() -> None:
    assert over([CARDS, READING], "career.interview") == 22
    assert over(in_time([READING], AtHand(90, minutes={"career.interview": 15})), "career.interview") == 27
    assert over([READING._replace(studied=12)], "career.interview") == over([READING], "elsewhere") == 0


def test_in_plain_words() -> None:
    blocks = [CARDS, READING, PAPER, CLOSE]
    assert [state_of(block) for block in blocks] == ["2 of 37 cards", "42m done, step open", "open", "open"]
    assert state_of(PAPER._replace(done_minutes=4)) == "4m of 15m"
    assert was_done(blocks) == ("2 of 37 cards", "Interviewing: 42m done, step open")
    assert is_open(blocks) == ("35 cards, which can wait", "Interviewing: its step is open", "Adam: 15m")
    assert first_tomorrow(blocks) == "career.interview"
    assert first_tomorrow([CARDS, READING._replace(step_open=False), PAPER]) == "arxiv:1412.6980"
    assert first_tomorrow([CARDS, CLOSE]) == ""
