"""Reading papers as services: what is queued, what counts as there already, and what each word writes."""

import itertools
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from mlcoach.domain.events import TimeLogged, TimerStarted, TimerStopped, UnitMarked
from mlcoach.domain.papers.paper_source import Details
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.services.context import Context
from mlcoach.services.papers import add as papers_add
from mlcoach.services.papers import passes
from mlcoach.services.papers import queue as papers_queue
from mlcoach.services.papers.queue import WantedPapers
from mlcoach.services.record import record
from mlcoach.views.papers.queue import AdditionView
from tests.conftest import Program

MONDAY = date(2026, 11, 23)
ADAM, ATTENTION, RESNET = "arxiv:1412.6980", "arxiv:1706.03762", "arxiv:1512.03385"
HOUR = 3_600_000_000


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "paper")
    yield made
    made.close()


def add(context: Context, *words: str, **details: object) -> AdditionView:
    """Add papers and return what became of the first."""
    return papers_add.add(context, words, Details(**details), context.today).papers[0]  # type: ignore[arg-type]


def written(context: Context) -> int:
    """Return how many entries about papers the journal holds."""
    kinds = "('paper_added', 'paper_noted', 'paper_dropped', 'paper_step_checked', 'pass_finished')"
    return int(context.store.connection.execute(f"SELECT count(*) FROM event WHERE kind IN {kinds}").fetchall()[0][0])


class TestAdding:
    def test_a_bundled_paper_needs_only_its_id(self, context: Context) -> None:
        added = add(context, "https://arxiv.org/pdf/1412.6980v9")
        assert (added.action, added.duplicate_of) == ("added", None)
        assert added.paper.id == ADAM
        assert added.paper.title == "Adam: A Method for Stochastic Optimization"
        assert added.paper.authors == ("Diederik P. Kingma", "Jimmy Ba")
        assert added.paper.year == 2014
        assert added.paper.why.startswith("You derive")
        assert (added.paper.status, added.paper.reading_pass, added.paper.added) == ("queued", 1, MONDAY)

    def test_a_paper_cited_by_a_unit_is_known_too(self, context: Context) -> None:
        overlay = (
            'schema = 1\nover = "math.la"\n[[change.eigen.add.paper]]\narxiv = "2401.00099"\ntitle = "T"\nwhy = "W"\n'
        )
        context.places.curriculum.mkdir(parents=True, exist_ok=True)
        (context.places.curriculum / "mine.toml").write_text(overlay, encoding="utf-8")
        context.reopen_catalog()
        cited = next(paper for paper in context.catalog.text("math.la.eigen").papers if paper.title == "T")
        assert cited.id not in context.catalog.papers()
        added = add(context, cited.id)
        assert (added.paper.title, added.paper.why) == (cited.title, cited.why)
        shown = passes.show(context, cited.id).paper
        assert [unit.id for unit in shown.units] == ["math.la.eigen"]

    def test_what_the_learner_says_wins(self, context: Context) -> None:
        added = add(context, "1412.6980", title="Adam", why="my optimiser", year=2015, authors=("D. Kingma",))
        assert added.paper[1:4] == ("Adam", ("D. Kingma",), 2015)
        assert added.paper.why == "my optimiser"

    def test_a_bundled_title_finds_its_paper(self, context: Context) -> None:
        assert add(context, "attention is all you need").paper.id == ATTENTION
        assert add(context, title="Deep residual learning for image recognition.").paper.id == RESNET

    def test_an_unknown_id_stands_for_its_title(self, context: Context) -> None:
        added = add(context, "2401.00001")
        assert (added.paper.id, added.paper.title) == ("arxiv:2401.00001", "arxiv:2401.00001")
        updated = add(context, "2401.00001", title="  A   title ")
        assert (updated.action, updated.paper.title) == ("updated", "A title")

    def test_without_an_id_the_title_makes_one(self, context: Context) -> None:
        added = add(context, title="Learning representations by forward-propagating errors", year=1986)
        assert added.paper.id == "learning-representations-by-forward-propagating-errors"

    def test_an_address_without_id_is_kept_as_a_note(self, context: Context) -> None:
        added = add(context, "https://example.org/lenet.pdf", title="LeNet")
        assert [note.text for note in passes.show(context, added.paper.id).paper.notes] == [
            "Found at https://example.org/lenet.pdf"
        ]

    def test_titles_with_the_same_first_words_get_ids_of_their_own(self, context: Context) -> None:
        first = add(context, title="On the theory of deep learning, part one")
        second = add(context, title="On the theory of deep learning, part two")
        assert first.paper.id == "on-the-theory-of-deep-learning"
        assert second.paper.id == "on-the-theory-of-deep-learning-2"
        assert add(context, title="On the Theory of Deep Learning: Part Two").duplicate_of == second.paper.id

    def test_several_at_once_are_one_step(self, context: Context) -> None:
        view = papers_add.add(context, ["1412.6980", "1706.03762", "arXiv:1412.6980v2"], Details(why="core"), MONDAY)
        assert [(one.paper.id, one.action) for one in view.papers] == [
            (ADAM, "added"), (ATTENTION, "added"), (ADAM, "unchanged"),
        ]  # fmt: skip
        assert (view.paper.id, view.duplicate_of) == (ADAM, None)
        assert context.store.connection.execute("SELECT count(DISTINCT command) FROM event").fetchall()[0][0] == 1

    @pytest.mark.parametrize(
        ("words", "details", "message"),
        [
            ((), {}, "which paper?"),
            (("lenet",), {}, "`lenet` is not an arXiv id, DOI or bundled paper"),
            (("1760.03762",), {}, "`1760.03762` is not an arXiv id, DOI or bundled paper"),
            (("1412.6980", "1706.03762"), {"title": "Both"}, "a title, author or year belongs to one paper"),
            (("1412.6980",), {"year": 20144}, "`--year` must be 1600 to 2027, got 20144"),
            ((), {"title": "?!"}, "the title has neither letters nor digits"),
            (("1412.6980",), {"title": "\x1b[31mred"}, "the title contains the control character U+001B"),
            (("1412.6980",), {"authors": ("a\x00",)}, "the author contains the control character U+0000"),
            (("1412.6980",), {"why": "\u202eb"}, "the reason contains the control character U+202E"),
            (("10.1038/\u202e",), {"title": "A"}, "the paper contains the control character U+202E"),
            ((), {"title": "a" * 501}, "the title has 501 characters; at most 500 are kept"),
        ],
    )
    def test_what_cannot_be_added_writes_nothing(
        self, context: Context, words: tuple[str, ...], details: dict[str, object], message: str
    ) -> None:
        with pytest.raises(UsageError) as caught:
            add(context, *words, **details)
        assert caught.value.message == message
        assert caught.value.hint
        assert not context.places.database.exists()

    def test_one_bad_word_keeps_all_out(self, context: Context) -> None:
        with pytest.raises(UsageError):
            add(context, "1412.6980", "nonsense")
        assert papers_queue.queue(context).papers == ()

    def test_a_word_of_a_bundled_title_is_offered(self, context: Context) -> None:
        assert add(context, "xgboost").paper.id == "arxiv:1603.02754"


class TestDuplicates:
    def test_the_same_id_is_not_written_twice(self, context: Context) -> None:
        add(context, "1412.6980")
        before = written(context)
        again = add(context, "https://doi.org/10.48550/arXiv.1412.6980")
        assert (again.action, again.duplicate_of) == ("unchanged", ADAM)
        assert written(context) == before

    def test_the_same_title_under_another_id_is_the_paper_there(self, context: Context) -> None:
        add(context, "1706.03762")
        before = written(context)
        by_doi = add(context, "10.5555/3295222.3295349", title="Attention is all you need!")
        by_hand = add(context, title="ATTENTION IS ALL YOU NEED")
        assert by_doi.duplicate_of == by_hand.duplicate_of == ATTENTION
        assert by_doi.paper.title == "Attention Is All You Need"
        assert written(context) == before

    def test_a_new_reason_is_taken_over(self, context: Context) -> None:
        add(context, "1412.6980")
        again = add(context, "1412.6980", why="used everywhere")
        assert (again.action, again.duplicate_of, again.paper.why) == ("updated", ADAM, "used everywhere")
        assert add(context, "1412.6980", why="used everywhere").action == "unchanged"

    @pytest.mark.parametrize("how", ["dropped", "finished", "later"])
    def test_a_paper_that_left_is_put_back(self, context: Context, how: str) -> None:
        add(context, "1412.6980")
        if how == "dropped":
            passes.drop(context, "1412.6980", "", MONDAY)
        else:
            passes.finish(context, "1412.6980", "stop" if how == "finished" else "later", MONDAY)
        again = add(context, "1412.6980")
        assert (again.action, again.duplicate_of, again.paper.status) == ("put_back", ADAM, "queued")
        assert again.paper.reading_pass == (2 if how == "finished" else 1)

    def test_a_dropped_paper_of_the_same_title_does_not_block_an_id(self, context: Context) -> None:
        add(context, title="Some unlisted paper")
        passes.drop(context, "some-unlisted-paper", "", MONDAY)
        assert add(context, "2401.00001", title="Some unlisted paper").paper.id == "arxiv:2401.00001"


class TestReading:
    def test_steps_are_ticked_in_the_pass_under_way(self, context: Context) -> None:
        add(context, "1412.6980")
        view = passes.check(context, "1412.6980", ["title", "ABS", "title"], MONDAY, done=True)
        assert view.changed == ("title", "abstract")
        assert view.paper.status == "reading"
        assert [step.id for step in view.paper.checklist if step.done] == ["title", "abstract"]
        passes.finish(context, "1412.6980", "go-on", MONDAY)
        second = passes.check(context, "1412.6980", ["figures"], MONDAY, done=True)
        assert (second.paper.reading_pass, second.changed) == (2, ("figures",))

    def test_a_step_ticked_before_is_not_written_again(self, context: Context) -> None:
        add(context, "1412.6980")
        passes.check(context, "1412.6980", ["title"], MONDAY, done=True)
        before = written(context)
        view = passes.check(context, "1412.6980", ["title"], MONDAY, done=True)
        assert (view.changed, view.unchanged) == ((), ("title",))
        assert passes.check(context, "1412.6980", [], MONDAY, done=True).changed == ()
        assert written(context) == before
        assert passes.check(context, "1412.6980", ["title"], MONDAY, done=False).changed == ("title",)

    @pytest.mark.parametrize(
        ("step", "error", "message", "hint"),
        [
            ("abstrct", NotFoundError, "no step `abstrct` in pass 1", "did you mean `abstract`?"),
            ("con", UsageError, "`con` is ambiguous", "say which: `conclusion`, `context`, `contributions`"),
            ("figures", UsageError, "`figures` is a step of pass 2", "pass 1 is under way"),
        ],
    )
    def test_an_unknown_step_says_which_was_meant(
        self, context: Context, step: str, error: type[Exception], message: str, hint: str
    ) -> None:
        add(context, "1412.6980")
        with pytest.raises(error) as caught:
            passes.check(context, "1412.6980", ["title", step], MONDAY, done=True)
        assert (caught.value.message, caught.value.hint) == (message, hint)  # type: ignore[attr-defined]
        assert not any(step.done for step in passes.show(context, "1412.6980").paper.checklist)

    @pytest.mark.parametrize("number", [1, 2, 3])
    def test_each_pass_has_its_checklist(self, context: Context, number: int) -> None:
        add(context, "1412.6980")
        for _ in range(number - 1):
            passes.finish(context, "1412.6980", "go-on", MONDAY)
        checklist = passes.show(context, "1412.6980").paper.checklist
        expected = context.catalog.checklist(f"paper-pass-{number}")
        assert expected is not None
        assert [step.id for step in checklist] == [item.id for item in expected.items]

    def test_the_minutes_of_a_pass_flow_into_the_day_once(self, context: Context) -> None:
        add(context, "1412.6980")
        view = passes.finish(context, "1412.6980", "go-on", MONDAY, minutes=12)
        assert (view.day_total_minutes, view.paper.minutes) == (12, 12)
        # A pass of 30 minutes within a timer of an hour that ends now adds nothing to the hour.
        now = context.instant.microseconds
        record(context, TimerStarted(paper=ADAM))
        passes.finish(context, "1412.6980", "go-on", MONDAY, minutes=30)
        record(context, TimerStopped(now - HOUR, now, paper=ADAM, stopped_on="2026-11-23"))
        record(context, TimeLogged(300, paper=ADAM), day=date(2026, 11, 20))
        assert context.store.paper_seconds() == {ADAM: 3600 + 300}
        assert papers_queue.queue(context).papers[0].minutes == 65

    def test_a_running_timer_on_the_paper_is_noticed(self, context: Context) -> None:
        add(context, "1412.6980", "1706.03762")
        record(context, TimerStarted(paper=ADAM))
        assert passes.finish(context, "1412.6980", "later", MONDAY).on_timer
        assert not passes.finish(context, "1706.03762", "later", MONDAY).on_timer

    def test_the_third_pass_finishes_a_paper(self, context: Context) -> None:
        add(context, "1412.6980")
        statuses = [passes.finish(context, "1412.6980", "go-on", MONDAY).paper.status for _ in range(3)]
        assert statuses == ["reading", "reading", "finished"]

    @pytest.mark.parametrize("leave", ["finish", "drop"])
    def test_what_is_over_can_only_be_noted(self, context: Context, leave: str) -> None:
        add(context, "1412.6980")
        if leave == "finish":
            passes.finish(context, "1412.6980", "stop", MONDAY)
        else:
            passes.drop(context, "1412.6980", "", MONDAY)
        for act in (
            lambda: passes.check(context, "1412.6980", ["title"], MONDAY, done=True),
            lambda: passes.finish(context, "1412.6980", "stop", MONDAY),
            lambda: passes.pass_to_finish(context, "1412.6980"),
        ):
            with pytest.raises(UsageError, match=r"^Adam: .* is (finished|dropped)$"):
                act()
        assert passes.note(context, "1412.6980", "still true", MONDAY).note.text == "still true"

    def test_a_paper_added_today_can_have_been_read_yesterday(self, context: Context) -> None:
        add(context, "1412.6980")
        view = passes.finish(context, "1412.6980", "stop", date(2026, 11, 22), minutes=15)
        assert view.paper.status == "finished"
        assert context.store.day(date(2026, 11, 22)).seconds == 900
        assert context.store.day(MONDAY).seconds == 0

    def test_dropping_twice_changes_nothing_more(self, context: Context) -> None:
        add(context, "1412.6980")
        assert passes.drop(context, "1412.6980", "later perhaps", MONDAY).changed
        before = written(context)
        assert not passes.drop(context, "1412.6980", "", MONDAY).changed
        assert written(context) == before
        assert passes.show(context, "1412.6980").paper.notes[0].text == "Dropped: later perhaps"

    @pytest.mark.parametrize(
        ("words", "verdict"),
        [("go-on", "go-on"), ("Go On", "go-on"), ("go_on", "go-on"), ("g", "go-on"), ("STOP", "stop"), ("l", "later")],
    )
    def test_verdicts_as_people_write_them(self, words: str, verdict: str) -> None:
        assert passes.verdict_of(words) == verdict

    @pytest.mark.parametrize(
        ("words", "hint"),
        [("latre", "did you mean `later`?"), ("yes", "say go-on, stop or later"), ("", "say go-on, stop or later")],
    )
    def test_any_other_verdict_is_refused(self, words: str, hint: str) -> None:
        with pytest.raises(UsageError) as caught:
            passes.verdict_of(words)
        assert caught.value.hint == hint


class TestQueue:
    def test_it_is_in_the_order_of_its_turn_without_the_dropped(self, context: Context) -> None:
        add(context, "1412.6980", "1706.03762", "1512.03385", "1603.02754", "1505.04597")
        passes.check(context, "1706.03762", ["title"], MONDAY, done=True)
        passes.finish(context, "1512.03385", "stop", MONDAY)
        passes.finish(context, "1603.02754", "later", MONDAY)
        passes.drop(context, "1505.04597", "", MONDAY)
        view = papers_queue.queue(context)
        assert [(paper.id, paper.status) for paper in view.papers] == [
            (ATTENTION, "reading"), (ADAM, "queued"), ("arxiv:1603.02754", "later"), (RESNET, "finished"),
        ]  # fmt: skip
        assert view.dropped == 1
        assert [paper.id for paper in papers_queue.queue(context, WantedPapers("dropped")).papers] == [
            "arxiv:1505.04597"
        ]
        assert len(papers_queue.queue(context, WantedPapers("all")).papers) == 5

    def test_an_unknown_status_says_which_was_meant(self, context: Context) -> None:
        with pytest.raises(UsageError) as caught:
            papers_queue.queue(context, WantedPapers("redaing"))
        assert caught.value.hint == "did you mean `reading`?"

    def test_the_current_paper_is_the_one_last_touched(self, home: Path) -> None:
        def at(minute: int) -> Context:
            now = f"2026-11-23T20:{minute:02}:00+01:00"
            return Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": now}, "paper")

        minutes = itertools.count()

        def currently() -> str:
            context = at(next(minutes))
            paper = passes.current(context).paper
            context.close()
            return paper.id if paper else ""

        assert currently() == ""
        for name, act in (("1412.6980", add), ("1706.03762", add)):
            context = at(next(minutes))
            act(context, name)
            context.close()
        assert currently() == ADAM
        for name in ("1706.03762", "1412.6980", "1706.03762"):
            context = at(next(minutes))
            passes.note(context, name, "a thought", MONDAY)
            passes.check(context, name, ["title"], MONDAY, done=True)
            context.close()
            assert currently() == f"arxiv:{name}"

    def test_classics_near_to_the_units_under_way_come_first(self, context: Context) -> None:
        def first() -> str:
            suggested = passes.current(context).suggestions
            assert len(suggested) == 3
            return suggested[0].id

        assert first() == ADAM
        record(context, UnitMarked("ml.unsup", "learning"))
        assert first() == ATTENTION
        add(context, "1706.03762")
        passes.drop(context, "1706.03762", "", MONDAY)
        assert first() != ATTENTION

    def test_a_paper_of_the_map_is_shown_without_being_queued(self, context: Context) -> None:
        shown = passes.show(context, "https://arxiv.org/abs/1412.6980").paper
        assert (shown.status, shown.added, shown.reading_pass) == ("", None, 1)
        assert "math.calc.derivatives" in [unit.id for unit in shown.units]
        assert not context.places.database.exists()


class TestNames:
    @pytest.fixture(autouse=True)
    def two_papers(self, context: Context) -> None:
        add(context, "1412.6980", "1706.03762")
        add(context, title="Adagrad and friends")

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("arxiv:1412.6980", ADAM),
            ("1412.6980v3", ADAM),
            ("1706.", ATTENTION),
            ("attention", ATTENTION),
            ("adam", ADAM),
            ("adagrad-and-friends", "adagrad-and-friends"),
            ("ADAG", "adagrad-and-friends"),
        ],
    )
    def test_a_paper_goes_by_id_slug_and_title(self, context: Context, name: str, key: str) -> None:
        assert names.paper(context, name) == key

    def test_a_beginning_of_several_is_ambiguous(self, context: Context) -> None:
        with pytest.raises(UsageError) as caught:
            names.paper(context, "1")
        assert caught.value.hint == f"say which: `{ADAM}`, `{ATTENTION}`"

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            (
                "1512.03385",
                "`mlcoach paper add 1512.03385` puts it in the queue: Deep Residual Learning for Image Recognition",
            ),
            ("1706.03726", "did you mean `arxiv:1706.03762`? Or `mlcoach paper add 1706.03726` puts it in the queue"),
            ("2401.00001", "`mlcoach paper add 2401.00001` puts it in the queue"),
            ("adagrda-and-friends", "did you mean `adagrad-and-friends`?"),
            ("10.1038/nature14539", "`mlcoach paper add 10.1038/nature14539` puts it in the queue"),
            ("arxiv:", "`mlcoach paper list` shows the queue"),
            ("", "`mlcoach paper list` shows the queue"),
        ],
    )
    def test_an_unknown_paper_says_how_to_go_on(self, context: Context, name: str, hint: str) -> None:
        with pytest.raises(NotFoundError) as caught:
            names.paper(context, name)
        assert caught.value.hint == hint


def test_a_paper_queued_before_the_plan_is_made_is_in_it(mlcoach: Program) -> None:
    """Queueing opens no study day: on a paper day the plan made afterwards knows the paper."""
    mlcoach.now = datetime.fromisoformat("2026-11-26T20:00:00+01:00")  # a Thursday
    mlcoach("paper add 1412.6980")
    blocks = json.loads(mlcoach("today --json").out)["data"]["blocks"]
    assert [block["paper"] for block in blocks if block["kind"] == "paper"] == ["arxiv:1412.6980"]


def test_a_word_of_several_titles_names_them(mlcoach: Program) -> None:
    hint = mlcoach("paper add learning", expect=2).err
    assert "1512.03385" in hint
    assert "\n  2  " in hint


def test_a_pass_ended_within_its_timer_has_the_timer_s_minutes_and_the_day_has_them_once(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980 --title Adam")
    mlcoach("start paper:1412.6980")
    mlcoach.later(minutes=20)
    first = json.loads(mlcoach("paper finish 1412.6980 --verdict go-on --json").out)["data"]
    assert first["ended"]["minutes"] == 20
    mlcoach.later(minutes=15)
    second = json.loads(mlcoach("paper finish 1412.6980 --verdict later --json").out)["data"]
    assert second["ended"]["minutes"] == 15, "what the first pass had is not the second one's"
    mlcoach("stop")
    assert json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"] == 35


def test_the_verdicts_are_told_in_words_where_one_is_asked_for(mlcoach: Program) -> None:
    mlcoach("paper add 1412.6980 --title Adam")
    asked = " ".join(mlcoach("paper finish 1412.6980", tty=80, stdin="later\n\n").err.split())
    assert "go-on: its next pass comes" in asked and "later: put aside until you take it up again" in asked
