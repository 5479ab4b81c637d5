"""What an assistant is told to do next is never the answer, and never nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.assistant import tutoring
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
    [("review", "`question`"), ("practice", "`a.b/one`"), ("paper", "`paper`"), ("close", "`note`"), ("build", "`3`")],
)
def test_each_kind_of_block_has_its_call(kind: str, call: str) -> None:
    assert call in tutoring.next_of([OpenBlock(3, kind, False, ("a.b/one",))], "")


def test_after_a_wrong_answer_comes_a_question_then_a_hint_then_another_try() -> None:
    known, unknown = tutoring.after_wrong(True, 2), tutoring.after_wrong(False, 0)
    assert known.index("question") < known.index("hint") < known.index("once more")
    assert "without naming it" in known and "hint" not in unknown
    assert "Do not tell the answer" in known and "Do not tell the answer" in unknown


def test_nothing_due_says_until_when() -> None:
    assert "before 2026-11-25" in tutoring.nothing_due("2026-11-25")
    assert "before" not in tutoring.nothing_due("")
