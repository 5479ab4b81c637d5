"""Adding and completing papers with what the web knows, and without it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from mlcoach.domain.papers.details import KnownPaper
from mlcoach.domain.papers.paper_source import Details, PaperSource
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.context import Context
from mlcoach.services.papers import add as papers_add
from mlcoach.services.papers import passes as papers_passes
from mlcoach.services.papers.add_list import add_list
from mlcoach.services.papers.refresh import refresh
from mlcoach.services.papers.web import WebAnswers
from mlcoach.services.upkeep import undo
from mlcoach.views.papers.exchange import SkippedPaperView
from mlcoach.views.papers.queue import AddedView
from tests.services.papers.papers_home import ADAM, ATTENTION, FAST, NEW, SCHWARZ, add, knowing, later, opened

OFFLINE = "arXiv cannot be asked: no connection"


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = opened(home)
    yield made
    made.close()


def added(context: Context, *words: str, ask: object = None, **details: object) -> AddedView:
    sources = [PaperSource(word) for word in words]
    prepared = papers_add.prepare(context, sources, Details(**details), context.today, ask)  # type: ignore[arg-type]
    return papers_add.commit(context, prepared, context.today)


class TestAdding:
    def test_what_the_web_knows_is_taken_over(self, context: Context) -> None:
        view = added(context, "2401.00917v3", ask=knowing({NEW: FAST}), why="hybrid systems at work")
        assert (view.paper.title, view.paper.authors, view.paper.year) == FAST[:3]
        shown = papers_passes.show(context, NEW).paper
        assert (shown.abstract, shown.categories, shown.withdrawn) == (
            "Hybrid model predictive control …", ("cs.RO",), True,
        )  # fmt: skip
        assert shown.why == "hybrid systems at work"

    def test_it_is_one_step_of_undo(self, context: Context) -> None:
        added(context, "2401.00917", ask=knowing({NEW: FAST}))
        undo.undo(context)
        assert context.store.paper_titles() == {}

    def test_the_web_is_not_asked_about_what_is_known(self, context: Context) -> None:
        def ask(ids: Sequence[str]) -> WebAnswers:
            raise AssertionError(ids)

        added(context, "1412.6980", "attention is all you need", ask=ask)
        added(context, ask=ask, title="A title of my own")
        added(context, "2401.00917", ask=ask, title="T", authors=("A",), year=2024)
        assert len(context.store.paper_titles()) == 4

    def test_all_are_asked_about_in_one_go(self, context: Context) -> None:
        seen: list[Sequence[str]] = []

        def ask(ids: Sequence[str]) -> WebAnswers:
            seen.append(ids)
            return knowing({NEW: FAST})(ids)._replace(unknown=frozenset())

        added(context, "2401.00917", "1412.6980", "10.1214/aos/1176344136", "2401.00917v2", ask=ask)
        assert seen == [[NEW, SCHWARZ]]

    def test_offline_it_is_added_with_what_is_known(self, context: Context) -> None:
        view = added(context, "2401.00917", ask=knowing({}, OFFLINE))
        assert (view.paper.id, view.paper.title, view.paper.status) == (NEW, NEW, "queued")
        assert context.notices == [f"{OFFLINE}; `mlcoach paper refresh` completes it when you are connected"]

    def test_a_number_that_arxiv_does_not_know_is_refused(self, context: Context) -> None:
        with pytest.raises(NotFoundError) as caught:
            added(context, "1412.6980", "2401.99999", ask=knowing({}))
        assert caught.value.message == "arXiv knows no paper `2401.99999`"
        assert context.store.paper_titles() == {}
        assert added(context, "2401.99999", ask=knowing({}), title="It exists").paper.title == "It exists"

    def test_another_agency_may_have_given_a_doi(self, context: Context) -> None:
        assert added(context, "10.5281/zenodo.1234", ask=knowing({})).paper.id == "doi:10.5281/zenodo.1234"
        assert context.notices == ["Crossref knows no paper 10.5281/zenodo.1234; other agencies give DOIs too"]

    def test_a_malformed_id_names_the_nearest(self, context: Context) -> None:
        with pytest.raises(UsageError) as caught:
            added(context, "1706-03762")
        assert (caught.value.message, caught.value.hint) == (
            "`1706-03762` is not an arXiv id, DOI or bundled paper", "did you mean `1706.03762`?",
        )  # fmt: skip

    def test_a_reason_is_missed_and_can_be_given_before_it_is_written(self, context: Context) -> None:
        prepared = papers_add.prepare(
            context, [PaperSource("2401.00917")], Details(), context.today, knowing({NEW: FAST})
        )
        assert [one.title for one in prepared.without_reason] == [FAST.title]
        view = papers_add.commit(context, prepared, context.today, "  hybrid systems ")
        assert view.paper.why == "hybrid systems"
        bundled = papers_add.prepare(context, [PaperSource("1412.6980")], Details(), context.today)
        assert bundled.without_reason == ()


class TestDuplicates:
    def test_a_preprint_and_its_journal_are_one_paper(self, context: Context) -> None:
        published = KnownPaper("Fast Learning", ("Xuan Lin",), 2025, {"arxiv": "2401.00917"})
        added(context, "2401.00917", ask=knowing({NEW: published}))
        again = added(context, "10.1/fast".replace("10.1", "10.1000"), ask=knowing({}))
        assert again.duplicate_of is None
        doi = KnownPaper("Fast Learning", ("X. Lin",), 2025, {"doi": "10.1109/fast"})
        view = added(context, "10.1109/fast", ask=knowing({"doi:10.1109/fast": doi}))
        assert view.duplicate_of == NEW

    def test_a_doi_that_arxiv_named_is_recognised_by_itself(self, context: Context) -> None:
        added(context, "2401.00917", ask=knowing({NEW: FAST._replace(details={"doi": "10.1109/ICSTW.2023.1"})}))
        assert added(context, "https://doi.org/10.1109/icstw.2023.1").duplicate_of == NEW

    @pytest.mark.parametrize(
        ("title", "authors", "year"),
        [
            ("FAST and continual learning for hybrid control policies.", (), None),
            ("Fast and Continual-Learning for {Hybrid} Control Policies", (), None),
            ("Fast and Continual Learning for Hybrid Control Policies: A Long Story", ("Lin, X.",), 2023),
        ],
    )
    def test_variants_of_a_title_are_found(
        self, context: Context, title: str, authors: tuple[str, ...], year: int | None
    ) -> None:
        added(context, "2401.00917", ask=knowing({NEW: FAST}))
        assert added(context, title=title, authors=authors, year=year).duplicate_of == NEW

    @pytest.mark.parametrize(
        ("title", "authors", "year"),
        [
            ("Fast and Continual Learning for Hybrid Control Policies: A Long Story", ("Jane Doe",), 2023),
            ("Fast and Continual Learning for Hybrid Control Policies", ("Jane Doe",), 1999),
            ("Fast and Continual Learning", ("Xuan Lin",), 2024),
        ],
    )
    def test_papers_that_only_look_alike_are_two(
        self, context: Context, title: str, authors: tuple[str, ...], year: int
    ) -> None:
        added(context, "2401.00917", ask=knowing({NEW: FAST}))
        assert added(context, title=title, authors=authors, year=year).duplicate_of is None


class TestList:
    def listed(self, context: Context, *lines: str, ask: object = None):  # type: ignore[no-untyped-def]
        sources = [PaperSource(line, place=f"line {number}") for number, line in enumerate(lines, start=1)]
        return add_list(context, sources, Details(why="homework"), context.today, ask)  # type: ignore[arg-type]

    def test_what_can_be_added_is_and_the_rest_is_named_by_its_line(self, context: Context) -> None:
        view = self.listed(
            context, "1412.6980", "1706-03762", "https://arxiv.org/abs/2401.00917", "1412.6980v2", "2401.99999",
            ask=knowing({NEW: FAST}),
        )  # fmt: skip
        assert (view.read, view.added, view.updated, view.unchanged) == (5, 2, 0, 1)
        assert view.skipped == (
            SkippedPaperView(
                "line 2", "`1706-03762` is not an arXiv id, DOI or bundled paper; did you mean `1706.03762`?"
            ),
            SkippedPaperView(
                "line 5",
                'arXiv knows no paper `2401.99999`; look at the number; with --title "…" it is added all the same',
            ),
        )
        assert context.store.paper_titles()[NEW] == FAST.title
        undo.undo(context)
        assert context.store.paper_titles() == {}

    def test_nothing_to_add_writes_nothing(self, context: Context) -> None:
        assert self.listed(context, "nonsense").added == 0
        assert not context.places.database.exists()


class TestRefresh:
    def test_what_was_missing_is_completed(self, context: Context) -> None:
        add(context, "2401.00917", "10.1214/aos/1176344136")
        schwarz = KnownPaper(
            "Estimating the Dimension of a Model", ("Gideon Schwarz",), 1978, {"venue": "The Annals of Statistics"}
        )
        view = refresh(context, (), knowing({NEW: FAST, SCHWARZ: schwarz}))
        assert [(one.paper.title, one.action) for one in view.papers] == [
            (FAST.title, "updated"), ("Estimating the Dimension of a Model", "updated"),
        ]  # fmt: skip
        assert papers_passes.show(context, SCHWARZ).paper.venue == "The Annals of Statistics"
        assert refresh(context, (), knowing({})).papers == ()

    def test_what_the_learner_said_stays(self, context: Context) -> None:
        add(context, "2401.00917", title="My short title", why="work", authors=("Lin",), year=2025)
        refresh(context, ["2401.00917"], knowing({NEW: FAST}))
        shown = papers_passes.show(context, NEW).paper
        assert (shown.title, shown.authors, shown.year, shown.why) == ("My short title", ("Lin",), 2025, "work")
        assert shown.abstract

    def test_passes_and_status_stay(self, context: Context) -> None:
        add(context, "2401.00917")
        papers_passes.finish(context, NEW, "stop", context.today)
        refresh(context, ["2401.00917"], knowing({NEW: FAST}))
        shown = papers_passes.show(context, NEW).paper
        assert (shown.status, len(shown.passes), shown.title) == ("finished", 1, FAST.title)

    def test_without_names_the_web_is_asked_once(self, context: Context) -> None:
        add(context, "1412.6980")
        bare = KnownPaper("Adam", ("D. Kingma",), 2014, {"venue": "ICLR"})  # no abstract, and there will be none
        refresh(context, (), knowing({ADAM: bare}))
        asked: list[Sequence[str]] = []

        def ask(ids: Sequence[str]) -> WebAnswers:
            asked.append(ids)
            return WebAnswers()

        later(context, days=1)
        assert refresh(context, (), ask).papers == ()
        assert asked == []
        refresh(context, ["adam"], ask)
        assert asked == [[ADAM]]

    def test_a_title_from_the_web_follows_it_and_ones_own_stays(self, context: Context) -> None:
        added(context, "2401.00917", ask=knowing({NEW: FAST}))
        revised = knowing({NEW: FAST._replace(title="Fast, Revised")})
        assert [one.action for one in refresh(context, ["2401.00917"], revised).papers] == ["updated"]
        assert papers_passes.show(context, NEW).paper.title == "Fast, Revised"
        assert [one.action for one in refresh(context, ["2401.00917"], revised).papers] == ["unchanged"]
        add(context, "2401.00917", title="My own title")
        refresh(context, ["2401.00917"], knowing({NEW: FAST._replace(title="Fast, Revised Again")}))
        assert papers_passes.show(context, NEW).paper.title == "My own title"

    def test_offline_nothing_changes(self, context: Context) -> None:
        add(context, "2401.00917")
        view = refresh(context, (), knowing({}, OFFLINE))
        assert (view.papers, view.unknown, view.trouble) == ((), (), OFFLINE)
        assert context.store.paper_titles() == {NEW: ""}

    def test_an_unknown_id_is_named(self, context: Context) -> None:
        add(context, "2401.00917")
        assert refresh(context, (), knowing({})).unknown == (NEW,)

    def test_a_paper_without_an_id_cannot_be_asked_about(self, context: Context) -> None:
        add(context, title="A talk")
        with pytest.raises(UsageError, match="has neither an arXiv id nor a DOI"):
            refresh(context, ["a-talk"], knowing({}))
        assert refresh(context, (), knowing({})).papers == ()

    def test_undo_takes_all_of_it_back(self, context: Context) -> None:
        add(context, "2401.00917", "1706.03762")
        refresh(context, (), knowing({NEW: FAST, ATTENTION: FAST}))
        undo.undo(context)
        assert context.store.paper_titles()[NEW] == ""
