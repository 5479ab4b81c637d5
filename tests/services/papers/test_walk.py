"""Walking through a pass, the pace learnt from it, the plan that keeps papers moving, and the look back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mlcoach.domain.events import TimerStarted, UnitMarked
from mlcoach.errors import UsageError
from mlcoach.services.context import Context
from mlcoach.services.curriculum import progress
from mlcoach.services.day import papers as day_papers
from mlcoach.services.day import plan as day_plan
from mlcoach.services.day.upcoming import coming_days
from mlcoach.services.papers import paper_catalog
from mlcoach.services.papers import passes as papers_passes
from mlcoach.services.papers import queue as papers_queue
from mlcoach.services.papers.pace import pass_minutes
from mlcoach.services.papers.queue import WantedPapers
from mlcoach.services.papers.stats import stats
from mlcoach.services.papers.walk import Walk, begin
from mlcoach.services.record import record
from mlcoach.services.upkeep import undo
from mlcoach.views.papers.stats import ChangedMindView, PapersWeekView, PassTimeView, ShareView
from tests.services.papers.papers_home import ADAM, ATTENTION, RESNET, add, later, opened


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = opened(home)
    yield made
    made.close()


class Reader:
    """Somebody at the screen: their answers in turn, and a watch of their own."""

    def __init__(self, context: Context, name: str = "") -> None:
        self.answers: list[str] = []
        self.asked: list[str] = []
        self.opened: list[str] = []
        self.seconds = 0.0
        self.walk = Walk(context, begin(context, name), lambda: self.seconds, self.answer, self.opened.append)

    def answer(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0) if self.answers else ""

    def press(self, *keys: str, answers: tuple[str, ...] = ()) -> None:
        self.answers = list(answers)
        for key in keys:
            self.walk.press(key)

    @property
    def ticked(self) -> list[str]:
        return [step.id for step in self.walk.view().paper.checklist if step.done]

    @property
    def here(self) -> str:
        view = self.walk.view()
        return view.paper.checklist[view.cursor].id


class TestWalk:
    @pytest.fixture
    def reader(self, context: Context) -> Reader:
        add(context, "1412.6980")
        return Reader(context)

    def test_space_ticks_and_goes_on(self, reader: Reader, context: Context) -> None:
        assert reader.here == "title"
        reader.press("space", "enter", "tick")
        assert (reader.ticked, reader.here) == (["title", "abstract"], "introduction")
        reader.press("up", "space")
        assert (reader.ticked, reader.here) == (["title"], "abstract")
        assert papers_passes.show(context, ADAM).paper.status == "reading"

    def test_the_cursor_stays_on_the_list(self, reader: Reader) -> None:
        reader.press("up", "k")
        assert reader.here == "title"
        reader.press(*["j"] * 40)
        assert reader.here == "comparison"

    def test_an_answer_ticks_its_step(self, reader: Reader, context: Context) -> None:
        reader.press("down", "a", answers=("it promises a default",))
        assert reader.asked == ["Read the abstract; stop here if it promises nothing you want (enter: none):"]
        step = papers_passes.show(context, ADAM).paper.checklist[1]
        assert (step.done, step.answer) == (True, "it promises a default")
        assert reader.here == "introduction"
        reader.press("a", answers=("",))
        assert reader.ticked == ["abstract"]

    def test_an_own_question_joins_the_list(self, reader: Reader) -> None:
        reader.press("m", answers=("Why two means?",))
        assert reader.here == "q1"
        reader.press("space")
        assert reader.ticked == ["q1"]

    def test_references_that_were_read_are_marked(self, reader: Reader, context: Context) -> None:
        reader.press("c", answers=("1206.5533",))
        assert papers_passes.show(context, ADAM).paper.cites[0].read
        reader.press("c", answers=("nonsense",))
        assert reader.walk.view().note.startswith("no paper `nonsense`")

    def test_a_term_becomes_a_card(self, reader: Reader, context: Context) -> None:
        reader.press("w", answers=("momentum", "a running mean of gradients"))
        assert reader.walk.view().note == "a card of yours now: papers.own.terms/momentum"
        reader.press("w", answers=("", "never asked"))
        assert len(papers_passes.show(context, ADAM).paper.cards) == 1

    def test_the_page_opens(self, reader: Reader) -> None:
        reader.press("o")
        assert reader.opened == ["https://arxiv.org/abs/1412.6980"]

    def test_the_verdict_ends_it_with_its_time(self, reader: Reader, context: Context) -> None:
        reader.seconds = 11 * 60 + 20
        reader.press("d", answers=("go", "worth an hour", "SGD is not enough"))
        finished = reader.walk.finished
        assert finished is not None
        assert (finished.ended.verdict, finished.ended.minutes, finished.paper.reading_pass) == ("go-on", 11, 2)
        assert reader.walk.done
        (record,) = papers_passes.show(context, ADAM).paper.passes
        assert (record.note, record.changed) == ("worth an hour", "SGD is not enough")
        assert context.store.day(context.today).seconds == 680

    def test_a_clock_that_ran_on_over_lunch_is_asked_about(self, reader: Reader, context: Context) -> None:
        reader.seconds = 95 * 60
        reader.press("d", answers=("stop", "forever", "worth it"))
        assert reader.walk.view().note.startswith("cannot read the duration `forever`")
        reader.press("d", answers=("stop", "12m", "worth it"))
        assert reader.asked[-3] == "The clock says 1h35m; how long was it really (enter: that long):"
        assert reader.walk.finished is not None
        assert reader.walk.finished.ended.minutes == 12

    def test_no_verdict_lets_the_pass_go_on(self, reader: Reader, context: Context) -> None:
        reader.press("d", answers=("",))
        assert (reader.walk.done, reader.walk.view().note) == (False, "nothing was decided: the pass stays open")
        reader.press("d", answers=("perhaps", "q", ""))
        assert [asked.partition("\n")[0] for asked in reader.asked[-2:]] == [
            "no verdict `perhaps`; say go-on, stop or later", "no verdict `q`; say go-on, stop or later",
        ]  # fmt: skip
        reader.press("d", answers=("stpo", ""))
        assert reader.asked[-1].startswith("no verdict `stpo`; did you mean `stop`?\n")
        assert (reader.walk.done, reader.walk.view().note) == (False, "nothing was decided: the pass stays open")
        assert papers_passes.show(context, ADAM).paper.passes == ()

    def test_the_third_pass_asks_for_no_verdict(self, context: Context) -> None:
        add(context, "1412.6980")
        for _ in range(2):
            papers_passes.finish(context, "adam", "go-on", context.today)
        reader = Reader(context)
        reader.press("d", answers=("rebuilt it", ""))
        assert reader.asked[0] == "One sentence that stays of it (enter: none):"
        assert papers_passes.show(context, ADAM).paper.status == "finished"

    def test_leaving_keeps_ticks_and_time(self, reader: Reader, context: Context) -> None:
        reader.press("space")
        reader.seconds = 7 * 60
        reader.press("q")
        assert (reader.walk.done, reader.walk.logged_minutes) == (True, 7)
        assert papers_passes.show(context, ADAM).paper.minutes == 7
        again = Reader(context)
        assert again.ticked == ["title"]
        again.seconds = 5 * 60
        again.press("d", answers=("stop",))
        (record,) = papers_passes.show(context, ADAM).paper.passes
        assert (record.minutes, record.spent_minutes) == (5, 12)

    def test_a_glance_is_no_study(self, reader: Reader, context: Context) -> None:
        reader.seconds = 59
        reader.press("end")
        assert reader.walk.logged_minutes == 0
        assert context.store.day(context.today).seconds == 0

    def test_a_running_timer_counts_the_time(self, reader: Reader, context: Context) -> None:
        record(context, TimerStarted(paper=ADAM))
        reader.seconds = 600
        assert reader.walk.view().on_timer
        reader.press("ctrl-c")
        assert (reader.walk.interrupted, reader.walk.logged_minutes) == (True, 0)

    def test_every_key_is_its_own_step_of_undo(self, reader: Reader, context: Context) -> None:
        reader.press("space", "space")
        undo.undo(context)
        assert [step.id for step in papers_passes.show(context, ADAM).paper.checklist if step.done] == ["title"]

    def test_what_cannot_be_written_is_said_and_nothing_is_lost(self, reader: Reader, context: Context) -> None:
        papers_passes.drop(context, "adam", "", context.today)
        reader.press("space")
        assert "is dropped" in reader.walk.view().note
        assert not reader.walk.done


class TestBegin:
    def test_without_a_name_it_is_the_paper_whose_turn_it_is(self, context: Context) -> None:
        add(context, "1412.6980", "1706.03762")
        papers_passes.check(context, "attention", ["title"], context.today, done=True)
        assert begin(context) == ATTENTION

    def test_a_bundled_paper_joins_the_queue(self, context: Context) -> None:
        assert begin(context, "1512.03385") == RESNET
        assert context.store.paper_titles()[RESNET].startswith("Deep Residual")

    def test_nothing_to_read_and_a_finished_paper(self, context: Context) -> None:
        with pytest.raises(UsageError, match="no paper is waiting"):
            begin(context)
        add(context, "1412.6980")
        papers_passes.finish(context, "adam", "stop", context.today)
        with pytest.raises(UsageError, match="is finished"):
            begin(context, "adam")


def paper_block(context: Context) -> tuple[str, str, int]:
    """Return command, paper and minutes of the paper in today's plan."""
    blocks = enumerate(day_plan.compute_plan(context).blocks, start=1)
    ((number, block),) = [(number, block) for number, block in blocks if block.kind == "paper"]
    return day_plan.command_of(block, number), block.paper, block.minutes


class TestPace:
    def test_three_timed_passes_make_a_pace_of_ones_own(self, context: Context) -> None:
        ids = ["1412.6980", "1706.03762", "1512.03385", "1603.02754"]
        add(context, *ids)
        for id in ids[:2]:
            papers_passes.finish(context, id, "stop", context.today, minutes=20)
        assert pass_minutes(context) == {1: 10, 2: 60, 3: 240}
        papers_passes.finish(context, ids[2], "later", context.today, minutes=90)
        assert pass_minutes(context)[1] == 10
        papers_passes.finish(context, ids[2], "go-on", context.today, minutes=20)
        assert pass_minutes(context) == {1: 20, 2: 60, 3: 240}
        assert papers_passes.show(context, ids[3]).paper.budget_minutes == 20
        assert add(context, "2005.14165").budget_minutes == 20

    @pytest.mark.parametrize(("took", "planned"), [(6, 5), (20, 10)])
    def test_the_plan_gives_the_pass_what_it_takes_and_a_slow_one_an_evening_at_a_time(
        self, context: Context, took: int, planned: int
    ) -> None:
        ids = ["1412.6980", "1706.03762", "1512.03385", "1603.02754"]
        add(context, *ids)
        for id in ids[:3]:
            papers_passes.finish(context, id, "stop", date(2026, 11, 16), minutes=took)
        later(context, days=1)
        assert paper_block(context)[1:] == ("arxiv:1603.02754", planned)

    @pytest.mark.parametrize("reading_pass", [2, 3])
    def test_a_long_pass_gets_a_quarter_of_an_hour_an_evening(self, context: Context, reading_pass: int) -> None:
        add(context, "1412.6980")
        for _ in range(1, reading_pass):
            papers_passes.finish(context, "1412.6980", "go-on", context.today, minutes=10)
        later(context, days=8)
        assert paper_block(context)[1:] == (ADAM, 15)


class TestMoving:
    def chosen(self, context: Context) -> str:
        found = day_papers.next_paper(context, progress.unit_progress(context))
        return found.id if found else ""

    def test_another_paper_has_its_turn_while_too_few_move(self, context: Context) -> None:
        add(context, "1412.6980")
        later(context, hours=1)
        add(context, "1706.03762", "1512.03385")
        later(context, hours=15)  # Tuesday, a paper day
        assert self.chosen(context) == ADAM
        papers_passes.finish(context, "adam", "go-on", context.today, minutes=10)
        # The day itself changes nothing: the plan of the day stays what it was.
        assert self.chosen(context) == ADAM
        later(context, days=2)
        assert self.chosen(context) == RESNET
        papers_passes.finish(context, "1512.03385", "go-on", context.today, minutes=10)
        later(context, days=2)
        assert self.chosen(context) == RESNET
        later(context, days=3)  # a new week
        assert self.chosen(context) == RESNET

    def test_the_coming_days_show_it(self, context: Context) -> None:
        add(context, "1412.6980")
        later(context, minutes=1)
        add(context, "1706.03762", "1512.03385")
        # The weekdays that the learner set; else one paper a week.
        context.places.config_file.parent.mkdir(parents=True, exist_ok=True)
        context.places.config_file.write_text('paper_days = ["tue", "thu", "sat"]\n', encoding="utf-8")
        context.__dict__.pop("settings", None)
        days = coming_days(context, 7).days
        named = [block.paper for day in days for block in day.blocks if block.kind == "paper"]
        assert named == [ADAM, RESNET, RESNET], "two moved, so the one read last goes on"

    def test_the_command_of_the_block_walks_through_it(self, context: Context) -> None:
        add(context, "1412.6980")
        later(context, days=1)
        assert paper_block(context)[0] == f"mlcoach paper read {ADAM}"


class TestQueue:
    @pytest.fixture(autouse=True)
    def some(self, context: Context) -> None:
        add(context, "1412.6980", "1706.03762")
        later(context, days=1)
        add(context, "1512.03385", title="A residual network", year=1999)
        papers_passes.finish(context, "attention", "go-on", context.today, minutes=12)

    def titles(self, context: Context, **wanted: object) -> list[str]:
        view = papers_queue.queue(context, WantedPapers(**wanted))  # type: ignore[arg-type]
        return [one.title.split()[0] for one in view.papers]

    def test_orders(self, context: Context) -> None:
        assert self.titles(context) == ["Attention", "Adam:", "A"]
        assert self.titles(context, sort="year") == ["Attention", "Adam:", "A"]
        assert self.titles(context, sort="title") == ["A", "Adam:", "Attention"]
        assert self.titles(context, sort="time") == ["Attention", "Adam:", "A"]
        assert self.titles(context, sort="added") == ["A", "Attention", "Adam:"]

    def test_filters(self, context: Context) -> None:
        assert self.titles(context, reading_pass=2) == ["Attention"]
        assert self.titles(context, subject="ml.unsup") == ["Attention"]
        assert self.titles(context, subject="math.calc") == ["Adam:"]
        assert self.titles(context, status="queued", reading_pass=1) == ["Adam:", "A"]

    def test_an_arxiv_category_is_a_subject_too(self, context: Context) -> None:
        from mlcoach.domain.paper_events import PaperDescribed

        record(context, PaperDescribed(RESNET, details={"categories": ["cs.CV", "cs.LG"]}))
        assert self.titles(context, subject="cs.LG") == self.titles(context, subject="CS") == ["A"]
        with pytest.raises(UsageError, match=r"no paper belongs to `math\.opx`"):
            self.titles(context, subject="math.opx")

    def test_a_limit_says_how_many_are_hidden(self, context: Context) -> None:
        view = papers_queue.queue(context, WantedPapers(limit=1))
        assert (len(view.papers), view.hidden) == (1, 2)
        view = papers_queue.queue(context, WantedPapers(limit=2, sort="year"))
        assert (len(view.papers), view.hidden) == (2, 1)
        assert papers_queue.queue(context, WantedPapers(limit=9)).hidden == 0

    @pytest.mark.parametrize(
        ("wanted", "hint"),
        [({"sort": "tittle"}, "did you mean `title`?"), ({"reading_pass": 7}, "the passes are 1, 2 and 3")],
    )
    def test_what_does_not_exist(self, context: Context, wanted: dict[str, object], hint: str) -> None:
        with pytest.raises(UsageError) as caught:
            self.titles(context, **wanted)
        assert caught.value.hint == hint


class TestSuggest:
    def test_units_under_way_come_first_with_the_reason(self, context: Context) -> None:
        record(context, UnitMarked("ml.unsup", "learning"))
        view = paper_catalog.suggest(context)
        assert len(view.papers) == 3
        assert all(
            one.reason == "goes with Clustering, dimension reduction, anomalies, which you are studying"
            for one in view.papers
        )

    def test_what_is_queued_is_not_suggested_and_three_under_way_ask_for_fewer(self, context: Context) -> None:
        first = paper_catalog.suggest(context).papers
        add(context, *(one.id for one in first))
        assert not {one.id for one in paper_catalog.suggest(context).papers} & {one.id for one in first}
        for one in first:
            papers_passes.check(context, one.id, ["title"], context.today, done=True)
        view = paper_catalog.suggest(context)
        assert (len(view.papers), view.moving) == (2, 3)

    def test_the_same_question_has_the_same_answer(self, context: Context) -> None:
        assert paper_catalog.suggest(context) == paper_catalog.suggest(context)


class TestStats:
    def test_nothing_read_is_nothing_to_look_back_on(self, context: Context) -> None:
        view = stats(context)
        assert (view.passes, view.weeks, view.subjects, view.changed) == (0, (), (), ())

    def test_the_look_back(self, context: Context) -> None:
        add(context, "1412.6980", "1706.03762", "1512.03385")
        add(context, title="A talk")
        papers_passes.finish(context, "attention", "go-on", date(2026, 11, 12), minutes=20)
        papers_passes.finish(
            context, "attention", "stop", date(2026, 11, 17), minutes=70, changed="recurrence is not needed"
        )
        papers_passes.finish(context, "adam", "stop", context.today, minutes=10)
        papers_passes.finish(context, "a-talk", "stop", context.today, minutes=15)
        papers_passes.finish(context, "1512.03385", "later", context.today, minutes=9)
        view = stats(context)
        assert (view.papers, view.passes, view.minutes) == (3, 4, 124)
        assert (view.decided, view.stopped_early) == (3, 2)
        assert view.weeks == (
            PapersWeekView(date(2026, 11, 9), (1, 0, 0)),
            PapersWeekView(date(2026, 11, 16), (0, 1, 0)),
            PapersWeekView(date(2026, 11, 23), (2, 0, 0)),
        )
        assert view.times == (
            PassTimeView(1, 3, 3, 15, 15),
            PassTimeView(2, 1, 1, 70, 60),
            PassTimeView(3, 0, 0, 0, 240),
        )
        assert {ShareView("", "", 1), ShareView("math.calc", "Calculus", 1)} <= set(view.subjects)
        assert view.changed == (
            ChangedMindView(date(2026, 11, 17), ATTENTION, "Attention Is All You Need", "recurrence is not needed"),
        )

    def test_who_came_back_did_not_stop_there(self, context: Context) -> None:
        add(context, "1412.6980")
        papers_passes.finish(context, "adam", "stop", context.today)
        assert stats(context).stopped_early == 1
        add(context, "1412.6980")
        papers_passes.finish(context, "adam", "stop", context.today)
        assert (stats(context).decided, stats(context).stopped_early) == (1, 0)
