"""What is tied to a paper folds to its state: what is known of it, answers, questions, citations, cards, time."""

from datetime import date
from typing import Any

import pytest

from mlcoach.domain.event_keys import touched
from mlcoach.domain.events import Event, TimeLogged, TimerStopped
from mlcoach.domain.paper_events import (
    PaperAdded,
    PaperCardMade,
    PaperCited,
    PaperDescribed,
    PaperQuestionAsked,
    PaperStepChecked,
    PassFinished,
)
from mlcoach.domain.papers.passes import Citation, PaperState, Question, StepAnswer, fold_paper

ADAM, BENGIO = "arxiv:1412.6980", "arxiv:1206.5533"
MONDAY = date(2026, 11, 23)
MINUTE = 60_000_000


def folded(*bodies: Any, at: dict[int, int] | None = None) -> PaperState:
    """Fold bodies of Monday, recorded a minute apart, or at the minute told for a place."""
    told = at or {}
    events = []
    for number, body in enumerate((PaperAdded(ADAM, "Adam"), *bodies)):
        instant = told.get(number, number) * MINUTE
        events.append(Event(f"here-{number}", instant, 60, MONDAY, instant, "here", number, f"c-{number}", body))
    state = fold_paper(events)
    assert state is not None
    return state


def test_what_is_learnt_is_kept_and_leaves_the_status_alone() -> None:
    learnt = PaperDescribed(ADAM, "Adam: A Method", ("D. Kingma",), 2014, {"abstract": "We …", "doi": "10.1/x"})
    state = folded(PassFinished(ADAM, 1, "stop"), learnt)
    assert (state.title, state.authors, state.year) == ("Adam: A Method", ("D. Kingma",), 2014)
    assert (state.status, state.details) == ("finished", {"abstract": "We …", "doi": "10.1/x"})
    later = folded(learnt, PaperDescribed(ADAM, details={"abstract": None, "venue": "ICLR"}))
    assert (later.title, later.details) == ("Adam: A Method", {"doi": "10.1/x", "venue": "ICLR"})


def test_an_answer_is_kept_and_the_newest_holds() -> None:
    state = folded(
        PaperStepChecked(ADAM, 1, "category", answer="a method"),
        PaperStepChecked(ADAM, 1, "category", answer="a method for optimising"),
        PaperStepChecked(ADAM, 1, "context", done=True),
    )
    assert state.answers == (StepAnswer(1, "category", "a method for optimising"),)
    assert state.steps == ((1, "category"), (1, "context"))


def test_unticking_keeps_the_answer() -> None:
    state = folded(
        PaperStepChecked(ADAM, 1, "category", answer="a method"), PaperStepChecked(ADAM, 1, "category", done=False)
    )
    assert (state.steps, state.answers) == ((), (StepAnswer(1, "category", "a method"),))


def test_questions_come_and_go() -> None:
    asked = [PaperQuestionAsked(ADAM, 1, "q1", "Why two means?"), PaperQuestionAsked(ADAM, 2, "q1", "What breaks?")]
    assert folded(*asked).questions == (Question(1, "q1", "Why two means?"), Question(2, "q1", "What breaks?"))
    gone = PaperQuestionAsked(ADAM, 1, "q1", there=False)
    assert folded(*asked, gone).questions == (Question(2, "q1", "What breaks?"),)


def test_citations_and_cards_are_there_once() -> None:
    state = folded(
        PaperCited(ADAM, BENGIO), PaperCited(ADAM, BENGIO, read=True), PaperCardMade(ADAM, "papers.own.terms/x"),
        PaperCardMade(ADAM, "papers.own.terms/x"),
    )  # fmt: skip
    assert state.cites == (Citation(BENGIO, read=True),)
    assert state.cards == ("papers.own.terms/x",)
    assert folded(PaperCited(ADAM, BENGIO), PaperCited(ADAM, BENGIO, there=False)).cites == ()


@pytest.mark.parametrize(
    ("body", "ids"),
    [(PaperCited(ADAM, BENGIO), [ADAM]), (PaperCardMade(ADAM, "papers.own.terms/x"), [ADAM, "papers.own.terms"])],
)
def test_a_paper_that_is_cited_is_not_touched_and_the_unit_of_a_card_is(body: Any, ids: list[str]) -> None:
    assert [key.id for key in touched(body, MONDAY)] == ids


class TestTime:
    def test_a_pass_has_the_time_reported_before_its_end(self) -> None:
        state = folded(
            TimeLogged(1200, paper=ADAM), PassFinished(ADAM, 1, "go-on", 600), TimeLogged(300, paper=ADAM),
            PassFinished(ADAM, 2, "stop"),
        )  # fmt: skip
        assert [record.spent for record in state.passes] == [1800, 300]
        assert [record.seconds for record in state.passes] == [600, 0]

    def test_of_a_timer_around_the_end_each_pass_has_its_part(self) -> None:
        # Added at 0; pass 1 ends at minute 10 of a timer that runs from 2 to 25; pass 2 ends at 30.
        state = folded(
            PassFinished(ADAM, 1, "go-on"),
            TimerStopped(2 * MINUTE, 25 * MINUTE, paper=ADAM),
            PassFinished(ADAM, 2, "stop"),
            at={1: 10, 2: 25, 3: 30},
        )
        assert [record.spent for record in state.passes] == [8 * 60, 15 * 60]

    def test_minutes_reported_inside_the_timer_are_not_counted_twice(self) -> None:
        state = folded(
            PassFinished(ADAM, 1, "go-on", 300), TimerStopped(2 * MINUTE, 25 * MINUTE, paper=ADAM), at={1: 10, 2: 25}
        )
        assert state.passes[0].spent == 8 * 60
        assert state.open_seconds == 15 * 60

    def test_what_was_mentioned_a_pass_holds_where_its_timer_was_shorter(self) -> None:
        state = folded(
            PassFinished(ADAM, 1, "go-on", 1800), TimerStopped(2 * MINUTE, 25 * MINUTE, paper=ADAM), at={1: 10, 2: 25}
        )
        assert (state.passes[0].spent, state.open_seconds) == (1800, 15 * 60)

    @pytest.mark.parametrize(("began", "ended", "spent", "still_open"), [(2, 10, 8, 0), (10, 18, 0, 8)])
    def test_a_timer_that_meets_the_end_of_a_pass_belongs_to_one_side(
        self, began: int, ended: int, spent: int, still_open: int
    ) -> None:
        state = folded(
            PassFinished(ADAM, 1, "go-on"),
            TimerStopped(began * MINUTE, ended * MINUTE, paper=ADAM),
            at={1: 10, 2: ended},
        )
        assert (state.passes[0].spent, state.open_seconds) == (spent * 60, still_open * 60)

    def test_a_timer_that_ended_before_it_began_is_no_time(self) -> None:
        assert folded(TimerStopped(25 * MINUTE, 2 * MINUTE, paper=ADAM)).open_seconds == 0
