"""What stays of a paper: cards, notes, questions, citations, and finding all of it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcoach.curriculum.write import own_cards
from mlcoach.domain.day import review_queue
from mlcoach.domain.events import UnitMarked
from mlcoach.domain.paper_events import PaperDescribed
from mlcoach.errors import InvalidFileError, NotFoundError, StoreError, UsageError
from mlcoach.services.context import Context
from mlcoach.services.curriculum import progress
from mlcoach.services.day import plan as day_plan
from mlcoach.services.day.today import today
from mlcoach.services.papers import cards as papers_cards
from mlcoach.services.papers import links, passes
from mlcoach.services.papers.notes import edit_notes
from mlcoach.services.papers.search import search
from mlcoach.services.record import record
from mlcoach.services.review import grade
from mlcoach.services.review import queue as reviews
from mlcoach.services.review.new_cards import new_cards
from mlcoach.services.upkeep import undo
from mlcoach.views.papers.around import NoteFileView
from tests.services.papers.papers_home import ADAM, ATTENTION, FAST, NEW, RESNET, add, knowing, later, opened


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = opened(home)
    add(made, "1412.6980", "1706.03762", why="the optimiser of everything")
    yield made
    made.close()


class TestCards:
    def test_a_term_becomes_a_card_of_the_learners_own(self, context: Context) -> None:
        made = papers_cards.term(
            context, "adam", "bias  correction", "dividing by 1 - β^t, since both means start at 0"
        )
        assert made.item == "papers.own.terms/bias-correction"
        card = context.catalog.item(made.item)
        assert card is not None
        assert (card.question, card.answer) == (  # type: ignore[union-attr]
            "What does “bias correction” mean?", "dividing by 1 - β^t, since both means start at 0",
        )  # fmt: skip
        (shown,) = passes.show(context, ADAM).paper.cards
        assert (shown.item, shown.due) == (made.item, None)
        assert "# from arxiv:1412.6980, Adam" in Path(made.path).read_text(encoding="utf-8")

    def test_it_is_asked_among_the_new_cards_and_takes_no_lane(self, context: Context) -> None:
        before = [(block.kind, block.unit) for block in today(context).blocks]
        made = papers_cards.term(context, "adam", "momentum", "a running mean of gradients")
        later(context, days=1)
        plan = day_plan.compute_plan(context)
        assert any(made.item in block.items for block in plan.blocks if block.kind == "review")
        assert [(block.kind, block.unit) for block in plan.blocks if block.unit] == [one for one in before if one[1]]
        unit_progress = progress.unit_progress(context)
        assert unit_progress.status["papers.own.terms"] == "passed"
        grade.grade(context, made.item, "good", 5, context.today)
        assert progress.unit_progress(context).status["papers.own.terms"] == "passed"

    def test_cards_added_later_are_met_too(self, context: Context) -> None:
        """Units passed without study bring few cards a day; one added today is met first, whatever was passed since."""
        first = papers_cards.term(context, "adam", "first", "one").item
        for unit in list(context.catalog.units)[:5]:
            later(context, days=1)
            record(context, UnitMarked(unit, "passed"))
        assert first not in self.to_meet(context)
        later(context, days=1)
        second = papers_cards.term(context, "adam", "second", "two").item
        assert self.to_meet(context)[:2] == [first, second]

    def to_meet(self, context: Context) -> list[str]:
        return [head.id for head in new_cards(context, progress.unit_progress(context), 10)]

    def test_any_form_of_card_can_be_made(self, context: Context) -> None:
        forms = [
            ({"q": "Why two means?", "a": "one for the size, one for the direction"}, "why-two-means"),
            ({"cloze": "Adam keeps {{two}} running means."}, "adam-keeps-two-running-means"),
            ({"numeric": "Default β₁?", "answer": 0.9}, "default"),
        ]
        for keys, id in forms:
            assert papers_cards.card(context, "adam", keys).item == f"papers.own.ideas/{id}"
        assert len(passes.show(context, ADAM).paper.cards) == 3
        listed = reviews.make_queue(context, review_queue.WantedItems(subject="papers.own"))
        assert len(listed.entries) == 3

    def test_undo_takes_the_card_its_file_and_its_mark_back(self, context: Context) -> None:
        made = papers_cards.term(context, "adam", "momentum", "a running mean")
        undo.undo(context)
        context.reopen_catalog()
        assert not Path(made.path).exists()
        assert passes.show(context, ADAM).paper.cards == ()
        assert "papers.own.terms" not in context.store.units()
        undo.redo(context)
        context.reopen_catalog()
        assert [card.item for card in passes.show(context, ADAM).paper.cards] == [made.item]

    def test_a_file_changed_by_hand_keeps_every_word(self, context: Context) -> None:
        path = Path(papers_cards.term(context, "adam", "momentum", "a running mean").path)
        mine = '# my words\n\n[[unit]]\nid = "mine"\ntitle = "Mine"\nhours = 3 # few\nwhy = "w"\nobjectives = ["o"]\nrecall = "r?"\n'
        path.write_text(path.read_text(encoding="utf-8") + "\n" + mine, encoding="utf-8")
        context.reopen_catalog()
        papers_cards.card(context, "adam", {"q": "Why?", "a": "Because."})
        papers_cards.term(context, "adam", "decay", "forgetting")
        text = path.read_text(encoding="utf-8")
        assert mine in text
        assert context.catalog.item("papers.own.terms/decay") is not None
        assert [head.id for head in context.catalog.items("papers.own.ideas")] == ["papers.own.ideas/why"]

    @pytest.mark.parametrize(
        ("term", "meaning", "message"),
        [
            ("", "x", "a term needs its meaning, in your own words"),
            ("softmax", "  ", "a term needs its meaning, in your own words"),
            ("soft\x1bmax", "x", "the term contains the control character U+001B"),
            ("softmax", "x" * 2001, "the meaning has 2,001 characters; at most 2,000 are kept"),
        ],
    )
    def test_what_makes_no_card_writes_nothing(self, context: Context, term: str, meaning: str, message: str) -> None:
        with pytest.raises(UsageError) as caught:
            papers_cards.term(context, "adam", term, meaning)
        assert caught.value.message == message
        assert not context.places.curriculum.exists()

    def test_the_same_term_twice_is_one_card(self, context: Context) -> None:
        papers_cards.term(context, "adam", "momentum", "a running mean")
        with pytest.raises(UsageError, match=r"is a card already: `papers\.own\.terms/momentum`"):
            papers_cards.term(context, "attention", "momentum", "something else")
        assert papers_cards.term(context, "adam", "Momentum!", "a mean").item == "papers.own.terms/momentum-2"

    def test_keys_that_make_no_card_are_refused(self, context: Context) -> None:
        with pytest.raises(InvalidFileError):
            papers_cards.card(context, "adam", {"q": "Only a question?"})
        with pytest.raises(UsageError):
            papers_cards.card(context, "adam", {"a": "only an answer"})
        assert not context.places.curriculum.exists()

    def test_a_broken_file_of_cards_is_left_alone(self, context: Context) -> None:
        path = context.places.curriculum / own_cards.FILE_NAME
        path.parent.mkdir(parents=True)
        path.write_text("schema = ", encoding="utf-8")
        with pytest.raises(InvalidFileError, match="your file of cards from papers has an error"):
            papers_cards.term(context, "adam", "momentum", "a mean")
        assert path.read_text(encoding="utf-8") == "schema = "

    def test_the_file_it_starts_from_has_nothing_to_complain_of(self, context: Context) -> None:
        from mlcoach.services.curriculum.files import check

        papers_cards.term(context, "adam", "momentum", "a running mean of gradients")
        report = check(context)
        assert report.errors == ()
        assert [one for one in report.warnings if own_cards.FILE_NAME in one.file] == []


class TestNotes:
    def edited(self, context: Context, name: str, change) -> tuple[str, NoteFileView]:  # type: ignore[no-untyped-def]
        """Edit the notes on a paper and return the text that the editor opened with, and what became of it."""
        seen: list[str] = []

        def edit(text, accept):  # type: ignore[no-untyped-def]
            seen.append(text)
            return accept(change(text))

        view = edit_notes(context, name, edit)
        return seen[0], view

    def test_a_new_file_holds_what_the_passes_brought(self, context: Context) -> None:
        passes.check(context, "adam", ["category"], context.today, done=True, answer="a method\nfor optimising")
        passes.note(context, "adam", "see the appendix", context.today)
        passes.finish(context, "adam", "go-on", context.today, note="worth an hour", changed="SGD is not enough")
        start, view = self.edited(context, "adam", lambda text: text + "\nmy own words\n")
        assert start == (
            "# Adam: A Method for Stochastic Optimization\n"
            "\n"
            "Diederik P. Kingma, Jimmy Ba, 2014\n"
            "https://arxiv.org/abs/1412.6980\n"
            "\n"
            "Why: the optimiser of everything\n"
            "\n"
            "## Notes\n"
            "\n"
            "- 2026-11-23: see the appendix\n"
            "\n"
            "## Pass 1: skim to decide\n"
            "\n"
            "2026-11-23, went on: worth an hour\n"
            "\n"
            "It changed my mind: SGD is not enough\n"
            "\n"
            "- Category: say what kind of paper this is (method, analysis, survey, data set): a method\n"
            "  for optimising\n"
        )
        path = Path(view.path)
        assert (
            path == context.places.data / "notes" / "papers" / "1412.6980--adam-a-method-for-stochastic-optimization.md"
        )
        assert path.read_text(encoding="utf-8") == start + "\nmy own words\n"
        shown = passes.show(context, ADAM).paper
        assert (shown.note_file, shown.note_text.endswith("my own words\n")) == (str(path), True)

    def test_a_later_pass_is_added_below_what_is_there(self, context: Context) -> None:
        passes.finish(context, "adam", "go-on", context.today, note="one")
        self.edited(context, "adam", lambda text: text.replace("one", "ONE in my words") + "\nThe end.\n")
        passes.finish(context, "adam", "stop", context.today, note="two")
        start, _ = self.edited(context, "adam", lambda text: text)
        assert "ONE in my words" in start
        assert start.endswith("The end.\n\n## Pass 2: read for the idea\n\n2026-11-23, stopped there: two\n")

    def test_undo_puts_back_what_was_there(self, context: Context) -> None:
        _, view = self.edited(context, "adam", lambda text: "first\n")
        self.edited(context, "adam", lambda text: "second\n")
        undo.undo(context)
        assert Path(view.path).read_text(encoding="utf-8") == "first\n"
        undo.undo(context)
        assert not Path(view.path).exists()

    def test_an_emptied_file_is_removed_and_one_left_alone_unchanged(self, context: Context) -> None:
        self.edited(context, "adam", lambda text: "words\n")
        assert self.edited(context, "adam", lambda text: text)[1].action == "unchanged"
        _, view = self.edited(context, "adam", lambda text: " \n")
        assert (view.action, Path(view.path).exists()) == ("removed", False)

    def test_the_file_is_found_again_whatever_the_title_becomes(self, context: Context) -> None:
        add(context, "2401.00917")
        _, view = self.edited(context, "2401.00917", lambda text: "mine\n")
        assert Path(view.path).name == "2401.00917.md"
        from mlcoach.services.papers.refresh import refresh

        refresh(context, ["2401.00917"], knowing({NEW: FAST}))
        assert passes.show(context, NEW).paper.note_text == "mine\n"

    def test_a_file_that_changed_meanwhile_is_left_alone(self, context: Context) -> None:
        _, view = self.edited(context, "adam", lambda text: "first\n")

        def change(text: str) -> str:
            Path(view.path).write_text("somebody else\n", encoding="utf-8")
            return "mine\n"

        with pytest.raises(UsageError, match="was changed by something else"):
            self.edited(context, "adam", change)
        assert Path(view.path).read_text(encoding="utf-8") == "somebody else\n"

    def test_a_long_file_keeps_its_end(self, context: Context) -> None:
        long = "word " * 300_000 + "\n"
        _, view = self.edited(context, "adam", lambda text: long)
        self.edited(context, "adam", lambda text: text + "the end\n")
        assert Path(view.path).read_text(encoding="utf-8") == long + "the end\n"

    def test_a_file_that_is_no_text_is_shown_as_it_can_be_and_not_edited(self, context: Context) -> None:
        _, view = self.edited(context, "adam", lambda text: "first\n")
        Path(view.path).write_bytes(b"caf\xe9 and momentum\n")
        assert passes.show(context, ADAM).paper.note_text == "caf\ufffd and momentum\n"
        assert [hit.where for hit in search(context, "momentum").hits] == ["file"]
        with pytest.raises(StoreError, match="is not UTF-8 text"):
            self.edited(context, "adam", lambda text: text)
        assert Path(view.path).read_bytes() == b"caf\xe9 and momentum\n"

    def test_no_id_leads_out_of_the_folder(self, context: Context) -> None:
        add(context, "10.1000/../../../../etc/passwd", title="T")
        _, view = self.edited(context, "10.1000/../../../../etc/passwd", lambda text: "x\n")
        assert Path(view.path).parent == context.places.notes / "papers"


class TestQuestions:
    def test_a_question_is_a_step_like_the_others(self, context: Context) -> None:
        view = links.ask(context, "adam", " Why two   means? ", context.today)
        assert (view.id, view.text, view.reading_pass) == ("q1", "Why two means?", 1)
        passes.check(context, "adam", ["q1"], context.today, done=True, answer="size and direction")
        step = passes.show(context, ADAM).paper.checklist[-1]
        assert (step.id, step.group, step.done, step.answer, step.own) == (
            "q1", "Your questions", True, "size and direction", True,
        )  # fmt: skip

    def test_for_a_later_pass_it_waits(self, context: Context) -> None:
        links.ask(context, "adam", "Can I derive it?", context.today, reading_pass=3)
        assert not any(step.own for step in passes.show(context, ADAM).paper.checklist)
        for _ in range(2):
            passes.finish(context, "adam", "go-on", context.today)
        assert passes.show(context, ADAM).paper.checklist[-1].text == "Can I derive it?"

    def test_it_can_be_taken_away_and_its_id_is_not_used_again(self, context: Context) -> None:
        links.ask(context, "adam", "One?", context.today)
        passes.check(context, "adam", ["q1"], context.today, done=True)
        links.forget_question(context, "adam", "q1", context.today)
        assert links.ask(context, "adam", "Two?", context.today).id == "q2"
        with pytest.raises(NotFoundError, match="no question `q7` of yours"):
            links.forget_question(context, "adam", "q7", context.today)

    def test_said_twice_it_is_one(self, context: Context) -> None:
        assert links.ask(context, "adam", "One?", context.today).changed
        again = links.ask(context, "adam", "One?", context.today)
        assert (again.id, again.changed) == ("q1", False)

    @pytest.mark.parametrize(
        ("text", "number", "message"), [("", 0, "the question is empty"), ("A?", 4, "there is no pass 4")]
    )
    def test_what_is_no_question(self, context: Context, text: str, number: int, message: str) -> None:
        with pytest.raises(UsageError, match=message):
            links.ask(context, "adam", text, context.today, reading_pass=number)


class TestCitations:
    def cite(self, context: Context, name: str, *cited: str, **more: bool):  # type: ignore[no-untyped-def]
        told = {"read": False, "queue": False, "there": True, **more}
        return links.cite(context, name, cited, context.today, **told)

    def test_both_ends_show_it(self, context: Context) -> None:
        view = self.cite(context, "attention", "adam", "1512.03385", "2401.00001")
        assert [(one.id, one.status, one.read) for one in view.cited] == [
            (ADAM, "queued", False), (RESNET, "", False), ("arxiv:2401.00001", "", False),
        ]  # fmt: skip
        assert [one.id for one in passes.show(context, ADAM).paper.cited_by] == [ATTENTION]
        # A paper outside the queue knows it, too, and does not join the queue by it.
        assert [one.id for one in passes.show(context, RESNET).paper.cited_by] == [ATTENTION]
        assert set(context.store.paper_titles()) == {ADAM, ATTENTION}

    def test_read_ones_are_marked(self, context: Context) -> None:
        view = self.cite(context, "attention", "deep-residual-learning", read=True)
        assert view.cited[0].read
        passes.finish(context, "adam", "stop", context.today)
        assert self.cite(context, "attention", "adam").cited[0].read

    def test_they_can_be_queued_with_the_reason(self, context: Context) -> None:
        view = self.cite(context, "attention", "2401.00001", "1512.03385", queue=True)
        assert view.queued == ("arxiv:2401.00001", RESNET)
        assert passes.show(context, "2401.00001").paper.why == "cited by Attention Is All You Need"
        undo.undo(context)
        assert set(context.store.paper_titles()) == {ADAM, ATTENTION}

    def test_twice_changes_nothing_and_it_can_be_taken_off(self, context: Context) -> None:
        self.cite(context, "attention", "adam")
        assert not self.cite(context, "attention", "adam").changed
        assert self.cite(context, "attention", "adam", there=False).changed
        assert passes.show(context, ADAM).paper.cited_by == ()

    def test_what_means_no_paper(self, context: Context) -> None:
        with pytest.raises(UsageError, match="a paper does not cite itself"):
            self.cite(context, "adam", "1412.6980")
        with pytest.raises(NotFoundError, match="no paper `nonsense`"):
            self.cite(context, "adam", "1706.03762", "nonsense")
        assert passes.show(context, ADAM).paper.cites == ()


class TestOpening:
    def test_the_pdf_where_one_is_known_else_the_page(self, context: Context, tmp_path: Path) -> None:
        seen: list[str] = []
        links.open_paper(context, "adam", seen.append)
        links.open_paper(context, "1512.03385", seen.append)
        pdf = tmp_path / "a.pdf"
        pdf.write_bytes(b"%PDF-1.4")
        record(context, PaperDescribed(ADAM, details={"pdf": str(pdf)}))
        links.open_paper(context, "adam", seen.append)
        links.open_paper(context, "adam", seen.append, page=True)
        pdf.unlink()
        links.open_paper(context, "adam", seen.append)
        page = "https://arxiv.org/abs/1412.6980"
        assert seen == [page, "https://arxiv.org/abs/1512.03385", str(pdf), page, page]
        assert "the PDF is no longer at" in context.notices[-1]

    def test_a_paper_without_either(self, context: Context) -> None:
        add(context, title="A talk")
        with pytest.raises(UsageError, match="neither a page nor a PDF of it is known"):
            links.open_paper(context, "a-talk", lambda target: None)


class TestSearch:
    def test_titles_abstracts_notes_answers_and_files(self, context: Context) -> None:
        record(
            context, PaperDescribed(ADAM, details={"abstract": "We introduce Adam, an algorithm for Gödel's optimiser"})
        )
        passes.note(context, "attention", "softmax is a soft lookup", context.today)
        passes.check(context, "attention", ["category"], context.today, done=True, answer="an architecture")
        edit_notes(context, "attention", lambda text, accept: accept(text + "\nqueries and keys\n"))
        found = {
            text: [(hit.paper.id, hit.where) for hit in search(context, text).hits]
            for text in (
                "attention",
                "GODEL",
                "soft lookup",
                "architecture",
                "queries keys",
                "kingma",
                "adam godel",
                "zebra",
            )
        }
        assert found == {
            "attention": [(ATTENTION, "title")],
            "GODEL": [(ADAM, "abstract")],
            "soft lookup": [(ATTENTION, "note")],
            "architecture": [(ATTENTION, "answer")],
            "queries keys": [(ATTENTION, "file")],
            "kingma": [(ADAM, "authors")],
            "adam godel": [(ADAM, "title")],
            "zebra": [],
        }

    def test_titles_come_first_and_a_long_list_is_cut(self, context: Context) -> None:
        add(context, title="On optimiser choices")
        assert search(context, "optimiser").hits[0].paper.id == "on-optimiser-choices"
        cut = search(context, "optimiser", limit=1)
        assert (len(cut.hits), cut.hidden) == (1, 2)

    def test_no_word_is_no_search(self, context: Context) -> None:
        with pytest.raises(UsageError, match="which words"):
            search(context, "  ")
