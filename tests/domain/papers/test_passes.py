"""The fold of a paper's events, whose turn it is, and the ids people write for papers."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.events import Event, TimeLogged, TimerStopped
from mlcoach.domain.paper_events import PaperAdded, PaperDropped, PaperNoted, PaperStepChecked, PassFinished
from mlcoach.domain.papers.ids import address, arxiv_id, normal_title, paper_id, short_id, slug
from mlcoach.domain.papers.passes import (
    PASSES,
    STATUSES,
    VERDICTS,
    PaperNote,
    PaperState,
    PassRecord,
    fold_paper,
    passes_done,
)
from mlcoach.domain.papers.queue import next_in_turn

ADAM = "arxiv:1412.6980"
MONDAY = date(2026, 11, 23)
ADDED = PaperAdded(ADAM, "Adam", ("Diederik P. Kingma", "Jimmy Ba"), 2014, "bias correction")


def events(*bodies: Any) -> list[Event]:
    """Return bodies as events of Monday, recorded one after the other."""
    return [event(body, number) for number, body in enumerate(bodies, start=1)]


def event(body: Any, number: int, day: date = MONDAY) -> Event:
    return Event(f"here-{number}", number, 60, day, number, "here", number, f"command-{number}", body)


def folded(*bodies: Any) -> PaperState:
    state = fold_paper(events(*bodies))
    assert state is not None
    return state


class TestFold:
    def test_nothing_is_left_of_a_paper_without_events(self) -> None:
        assert fold_paper([]) is None

    def test_a_new_paper_is_queued_at_its_first_pass(self) -> None:
        assert folded(ADDED) == PaperState(
            "Adam", ("Diederik P. Kingma", "Jimmy Ba"), 2014, "bias correction", "queued", 1,
            added="2026-11-23", last_day="2026-11-23", touched=1,
        )  # fmt: skip

    def test_adding_again_takes_over_what_was_said_and_keeps_the_rest(self) -> None:
        state = folded(ADDED, PaperStepChecked(ADAM, 1, "title"), PaperAdded(ADAM, "", why="the default"))
        assert (state.title, state.year, state.why, state.status) == ("Adam", 2014, "the default", "reading")

    @pytest.mark.parametrize(
        ("reading_pass", "verdict", "status", "following"),
        [
            (1, "go-on", "reading", 2),
            (2, "go-on", "reading", 3),
            (3, "go-on", "finished", 3),
            (1, "stop", "finished", 1),
            (3, "stop", "finished", 3),
            (1, "later", "later", 1),
            (2, "later", "later", 2),
        ],
    )
    def test_a_verdict_decides(self, reading_pass: int, verdict: str, status: str, following: int) -> None:
        before = [PassFinished(ADAM, number, "go-on") for number in range(1, reading_pass)]
        state = folded(ADDED, *before, PassFinished(ADAM, reading_pass, verdict, 720, "clear"))
        assert (state.status, state.reading_pass) == (status, following)
        assert state.passes[-1] == PassRecord(
            reading_pass, "2026-11-23", verdict, 720, "clear", spent=720, ended=1 + reading_pass
        )

    def test_a_pass_put_aside_and_taken_up_again_ends_like_any_other(self) -> None:
        state = folded(ADDED, PassFinished(ADAM, 1, "later"), PassFinished(ADAM, 1, "go-on"))
        assert (state.status, state.reading_pass) == ("reading", 2)

    def test_a_pass_out_of_turn_that_is_put_aside_is_the_one_that_waits(self) -> None:
        assert folded(ADDED, PassFinished(ADAM, 2, "later")).reading_pass == 2

    @pytest.mark.parametrize(
        "body",
        [
            PaperStepChecked(ADAM, 1, "title"),
            TimeLogged(600, paper=ADAM),
            TimerStopped(0, 60_000_000, paper=ADAM),
        ],
    )
    def test_working_on_it_takes_a_paper_up(self, body: Any) -> None:
        assert folded(ADDED, body).status == "reading"
        # What is told afterwards does not reopen what was decided.
        assert folded(ADDED, PassFinished(ADAM, 1, "stop"), body).status == "finished"
        assert folded(ADDED, PaperDropped(ADAM), body).status == "dropped"

    def test_a_tick_takes_up_what_was_put_aside_and_time_logged_does_not(self) -> None:
        aside = (ADDED, PassFinished(ADAM, 1, "later"))
        assert folded(*aside, PaperStepChecked(ADAM, 1, "title")).status == "reading"
        assert folded(*aside, TimeLogged(600, paper=ADAM)).status == "later"

    def test_unticking_and_noting_leave_the_status(self) -> None:
        assert folded(ADDED, PaperStepChecked(ADAM, 1, "title", done=False)).status == "queued"
        assert folded(ADDED, PaperNoted(ADAM, "short")).status == "queued"

    def test_a_step_is_ticked_once_and_unticked(self) -> None:
        tick = PaperStepChecked(ADAM, 1, "title")
        assert folded(ADDED, tick, PaperStepChecked(ADAM, 1, "abstract"), tick).steps == ((1, "abstract"), (1, "title"))
        assert folded(ADDED, tick, tick._replace(done=False)).steps == ()

    @pytest.mark.parametrize(
        ("read", "following"),
        [
            ([PassFinished(ADAM, 1, "stop")], 2),
            ([PassFinished(ADAM, 1, "go-on"), PassFinished(ADAM, 2, "stop")], 3),
            ([PassFinished(ADAM, 1, "go-on"), PaperDropped(ADAM)], 2),
            ([PassFinished(ADAM, 1, "later")], 1),
            ([PaperDropped(ADAM)], 1),
        ],
    )
    def test_put_back_it_waits_for_the_first_pass_not_read(self, read: list[Any], following: int) -> None:
        state = folded(ADDED, *read, PaperAdded(ADAM, ""))
        assert (state.status, state.reading_pass) == ("queued", following)

    def test_a_third_pass_read_again_starts_with_an_empty_checklist(self) -> None:
        read = [PassFinished(ADAM, number, "go-on") for number in (1, 2)]
        ticks = [PaperStepChecked(ADAM, 1, "title"), PaperStepChecked(ADAM, 3, "terms")]
        state = folded(ADDED, *read, *ticks, PassFinished(ADAM, 3, "stop"), PaperAdded(ADAM, ""))
        assert (state.reading_pass, state.steps) == (3, ((1, "title"),))

    def test_the_reason_of_a_drop_is_kept(self) -> None:
        assert folded(ADDED, PaperDropped(ADAM, "not my field")).notes == (
            PaperNote("2026-11-23", "Dropped: not my field"),
        )
        assert folded(ADDED, PaperDropped(ADAM)).notes == ()

    def test_a_paper_added_today_may_have_been_read_yesterday(self) -> None:
        yesterday = MONDAY - timedelta(days=1)
        state = fold_paper([event(PassFinished(ADAM, 1, "stop", 600), 2, yesterday), event(ADDED, 1)])
        assert state is not None
        assert (state.status, state.passes[0].day) == ("finished", "2026-11-22")
        assert (state.added, state.last_day) == ("2026-11-23", "2026-11-23")

    def test_notes_and_passes_are_in_the_order_of_their_days(self) -> None:
        state = fold_paper(
            [event(PaperNoted(ADAM, "second"), 1), event(PaperNoted(ADAM, "first"), 2, MONDAY - timedelta(days=3))]
        )
        assert state is not None
        assert [note.text for note in state.notes] == ["first", "second"]
        later = event(PassFinished(ADAM, 2, "stop"), 1)
        both = fold_paper([later, event(PassFinished(ADAM, 1, "go-on"), 2, MONDAY - timedelta(days=3))])
        assert both is not None
        assert [record.reading_pass for record in both.passes] == [1, 2]

    def test_it_was_added_on_the_first_day_reported_whenever_that_was_reported(self) -> None:
        state = fold_paper([event(ADDED, 1), event(ADDED, 2, MONDAY - timedelta(days=2))])
        assert state is not None
        assert (state.added, state.last_day) == ("2026-11-21", "2026-11-23")

    def test_a_clock_that_went_back_leaves_it_touched_when_it_was_touched_last(self) -> None:
        back = event(PaperNoted(ADAM, "so it scales"), 2)._replace(recorded=3, happened=3)
        state = fold_paper([event(ADDED, 1)._replace(recorded=9), back])
        assert state is not None
        assert state.touched == 9

    def test_the_machine_that_was_behind_does_not_pull_the_other_back(self) -> None:
        ahead = [PassFinished(ADAM, 1, "go-on"), PassFinished(ADAM, 2, "go-on")]
        state = folded(ADDED, *ahead, PassFinished(ADAM, 1, "stop"))
        assert (state.status, state.reading_pass) == ("reading", 3)
        assert passes_done(state) == 2


BODIES = st.one_of(
    st.builds(PaperAdded, st.just(ADAM), st.sampled_from(["", "Adam"])),
    st.builds(PaperStepChecked, st.just(ADAM), st.sampled_from(PASSES), st.sampled_from(["a", "b"]), st.booleans()),
    st.builds(PaperNoted, st.just(ADAM), st.just("note")),
    st.builds(
        PassFinished, st.just(ADAM), st.sampled_from(PASSES), st.sampled_from(tuple(VERDICTS)), st.integers(0, 9000)
    ),
    st.builds(PaperDropped, st.just(ADAM)),
    st.builds(TimeLogged, st.integers(60, 9000), paper=st.just(ADAM)),
)
HISTORIES = st.lists(st.tuples(BODIES, st.integers(0, 5)), min_size=1, max_size=12).map(
    lambda told: [event(body, number, MONDAY + timedelta(days=days)) for number, (body, days) in enumerate(told)]
)


class TestFoldProperties:
    @given(HISTORIES)
    def test_a_paper_always_has_a_state(self, history: list[Event]) -> None:
        state = fold_paper(history)
        assert state is not None
        assert state.status in STATUSES
        assert state.reading_pass in PASSES
        assert len(state.passes) == sum(isinstance(event.body, PassFinished) for event in history)
        assert 0 <= passes_done(state) <= len(PASSES)
        assert len(set(state.steps)) == len(state.steps)
        assert state.last_day == max(event.study_day for event in history).isoformat()

    @given(HISTORIES, st.randoms(use_true_random=False))
    def test_the_order_of_arrival_never_matters(self, history: list[Event], chance: Any) -> None:
        shuffled = list(history)
        chance.shuffle(shuffled)
        assert fold_paper(shuffled) == fold_paper(history)

    @given(HISTORIES)
    def test_adding_it_again_always_opens_it(self, history: list[Event]) -> None:
        state = fold_paper([*history, event(PaperAdded(ADAM, ""), len(history))])
        assert state is not None
        assert state.status in ("queued", "reading")


class TestTurn:
    @pytest.mark.parametrize(
        ("reading", "queued", "moved", "chosen"),
        [
            ([], [], [], ""),
            ([], ["new"], [], "new"),
            (["now"], ["new"], [], "now"),
            # Too few moved this week: another one has its turn, however far the first is.
            (["now"], ["new"], ["now"], "new"),
            (["now", "before"], ["new"], ["now"], "before"),
            (["now", "before"], ["new"], ["now", "before"], "now"),
            # A week in which nothing else waits goes on with the one there is.
            (["now"], [], ["now"], "now"),
            # A finished paper counts as moved, too.
            (["now"], ["new"], ["done", "now"], "now"),
            # With two or more under way none is begun.
            (["a", "b", "c"], ["new"], ["a"], "b"),
            (["a", "b", "c"], ["new"], ["c", "b"], "a"),
        ],
    )
    def test_two_or_three_papers_a_week_move(
        self, reading: list[str], queued: list[str], moved: list[str], chosen: str
    ) -> None:
        assert next_in_turn(reading, queued, moved) == chosen

    @given(
        st.lists(st.sampled_from("abcd"), unique=True),
        st.lists(st.sampled_from("efgh"), unique=True),
        st.sets(st.sampled_from("abcdefghxyz")),
    )
    def test_whatever_waits_there_is_a_turn(self, reading: list[str], queued: list[str], moved: set[str]) -> None:
        chosen = next_in_turn(reading, queued, moved)
        assert chosen in {*reading, *queued} if reading or queued else chosen == ""
        if len(reading) >= 2:
            assert chosen in reading


class TestIds:
    @pytest.mark.parametrize(
        "text",
        [
            "1706.03762",
            " 1706.03762v7 ",
            "arxiv:1706.03762",
            "arXiv:1706.03762v5 [cs.CL]",
            "arXiv 1706.03762",
            "https://arxiv.org/abs/1706.03762",
            "http://www.arxiv.org/pdf/1706.03762v5.pdf",
            "arxiv.org/html/1706.03762v7#S3",
            "https://export.arxiv.org/abs/1706.03762?context=cs",
            "https://ar5iv.labs.arxiv.org/html/1706.03762/",
            "https://huggingface.co/papers/1706.03762",
            "10.48550/arXiv.1706.03762",
            "https://doi.org/10.48550/arXiv.1706.03762",
        ],
    )
    def test_every_form_of_an_arxiv_id_is_the_bare_one(self, text: str) -> None:
        assert arxiv_id(text) == "1706.03762"
        assert paper_id(text) == "arxiv:1706.03762"

    @pytest.mark.parametrize(
        ("text", "bare"),
        [
            ("hep-th/9901001", "hep-th/9901001"),
            ("https://arxiv.org/abs/hep-th/9901001v2", "hep-th/9901001"),
            ("math.GT/0309136", "math/0309136"),
            ("0704.0001", "0704.0001"),
        ],
    )
    def test_older_ids(self, text: str, bare: str) -> None:
        assert arxiv_id(text) == bare

    @pytest.mark.parametrize(
        ("text", "doi"),
        [
            ("10.1162/neco.1997.9.8.1735", "doi:10.1162/neco.1997.9.8.1735"),
            ("doi:10.1038/Nature14539.", "doi:10.1038/nature14539"),
            ("DOI: 10.1038/nature14539", "doi:10.1038/nature14539"),
            ("https://doi.org/10.1038/nature14539?x=1", "doi:10.1038/nature14539"),
            ("http://dx.doi.org.ezproxy.elon.edu/10.1038/nature14539", "doi:10.1038/nature14539"),
            ("10.1038/nature\x8014539", None),
            ("https://doi-org.proxy.lib.edu/10.1038/nature14539", "doi:10.1038/nature14539"),
            ("https://dl.acm.org/doi/abs/10.1145/3065386", "doi:10.1145/3065386"),
            ("10.1002/(SICI)1097-0258<1::AID-SIM1>3.0.CO;2-B", "doi:10.1002/(sici)1097-0258<1::aid-sim1>3.0.co;2-b"),
        ],
    )
    def test_dois(self, text: str, doi: str) -> None:
        assert paper_id(text) == doi
        assert arxiv_id(text) is None

    @pytest.mark.parametrize(
        "text",
        [
            "", "adam", "1706", "1706.037", "1706.3762", "1412.06980", "1760.03762", "17060.3762", "1706.037622", "10.1038", "10.1000/...",
            "https://example.org/abs/1706.03762", "https://notarxiv.org/abs/1706.03762", "math.la.eigen",
            "१७०६.०३७६२", "10.1038/nature 14539",
        ],
    )  # fmt: skip
    def test_anything_else_is_no_id(self, text: str) -> None:
        assert paper_id(text) is None

    @given(st.sampled_from(["1706.03762", "hep-th/9901001", "10.1162/neco.1997.9.8.1735", "10.1145/3065386"]))
    def test_a_full_id_its_short_form_and_its_address_name_the_same_paper(self, text: str) -> None:
        full = paper_id(text)
        assert full is not None
        assert paper_id(full) == paper_id(short_id(full)) == paper_id(address(full)) == full

    def test_a_slug_has_no_address(self) -> None:
        assert address("gradient-based-learning") == ""
        assert short_id("gradient-based-learning") == "gradient-based-learning"


class TestSlugs:
    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("Deep Residual Learning", "deep-residual-learning"),
            ("Gradient-Based Learning Applied to Document Recognition", "gradient-based-learning-applied-to-document"),
            ("  What's   «new»?  ", "what-s-new"),
            ("Überanpassung & Straße", "uberanpassung-strasse"),
            ("Глибоке навчання: огляд", "глибоке-навчання-огляд"),
            ("深度学习", "深度学习"),
            ("…?!", ""),
        ],
    )
    def test_a_title_becomes_a_short_id(self, title: str, expected: str) -> None:
        assert slug(title) == expected

    @given(st.text(max_size=200))
    def test_a_slug_is_short_and_stays_itself(self, title: str) -> None:
        made = slug(title)
        assert len(made) <= 60
        assert not set(made) & set(" \t\n/:\\'\"")
        assert slug(made) == made
        assert paper_id(made) is None

    @given(st.text(alphabet="abcdefghij ÄÖÜéß-:,.!", max_size=60))
    def test_spelling_does_not_change_the_normal_title(self, title: str) -> None:
        assert normal_title(title.upper()) == normal_title(f"  {title.lower()}. ")
