"""What a talk is at: handles in the place of ids, the time at hand, enough of cards, whose words a line is."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

pytest.importorskip("mcp")

from mlcoach.cli.assistant import offer
from mlcoach.cli.assistant.calls import Calls
from mlcoach.cli.assistant.talk import LONGEST_SECONDS, Talk
from mlcoach.cli.assistant.tools import Leave
from mlcoach.domain.assistant.handles import handle_of
from mlcoach.domain.events import Attempted
from mlcoach.errors import MlcoachError
from mlcoach.services.search import MapIndex
from tests.cli.test_assistant import EVENING, Assistant, undone
from tests.conftest import Compiled, Program, compiled_with
from tests.services.assistant.talk import SUBJECT

ITEMS = [
    f"talk.one/{name}" for name in ("area", "around", "gravity", "hidden", "fit", "both", "hostile", "alone", "half")
]
AREA = handle_of("talk.one/area")


@pytest.fixture(scope="module")
def compiled_talk(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled_with(tmp_path_factory.mktemp("talk"), {"talk.toml": SUBJECT})


class Client:
    """One client whose calls come at times of their own; the learner's clock goes with them."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.calls = Calls(Leave(True, False, MapIndex(), Talk()))
        self.clock = 0.0

    def wait(self, seconds: float) -> None:
        self.clock += seconds
        self.program.now += timedelta(seconds=seconds)

    def call(self, name: str, **arguments: Any) -> Any:
        context = Assistant(self.program).app().another_context()
        try:
            return self.calls.call(context, name, arguments, self.clock)
        finally:
            context.close()

    def refused(self, name: str, **arguments: Any) -> MlcoachError:
        with pytest.raises(MlcoachError) as told:
            self.call(name, **arguments)
        return told.value


@pytest.fixture
def client(mlcoach: Program, compiled_talk: Compiled) -> Iterator[Client]:
    compiled_talk.copy_to(mlcoach.home)
    return Client(mlcoach)


def data(program: Program, line: str) -> Any:
    return json.loads(program(f"{line} --json").out)["data"]


class TestHandles:
    def test_no_id_of_an_item_is_told_by_any_tool_error_or_prompt(self, client: Client) -> None:
        offered = offer(Assistant(client.program).app(), write=True)
        for name, arguments in (
            *EVENING,
            ("grade", {"item": "talk.one/area", "rating": "good", "part_missing": False}),
        ):
            told = offered.call(name, arguments).text
            assert [item for item in ITEMS if item in told] == [], (name, arguments)
        for name in ("socratic_help", "why_was_my_answer_wrong", "mock_interview"):
            told = offered.prompt(name, {}).text
            assert [item for item in ITEMS if item in told] == [], name

    def test_a_handle_is_taken_wherever_an_item_is_and_named_in_the_journal_by_its_id(self, client: Client) -> None:
        asked = client.call("question", item=AREA).question
        assert asked.item == "talk.one/area"
        client.call("answer", item=AREA, answer="1")
        assert undone(client.program) == ["assistant: answer talk.one/area"]
        assert client.call("mistakes", item=AREA).mistakes[0].item == "talk.one/area"
        assert "nothing is called `q-00000000`" in client.refused("question", item="q-00000000").message

    def test_the_title_of_an_exercise_waits_for_the_attempt(self, client: Client) -> None:
        assert "title" not in client.call("question", item="talk.one/alone").question.quoted
        client.call("hint", item="talk.one/alone")
        assert client.call("solution", item="talk.one/alone", give_up=True).quoted["title"] == "Alone"


class TestTime:
    @pytest.mark.parametrize(("waited", "kept"), [(42.4, 42), (2 * LONGEST_SECONDS, LONGEST_SECONDS)])
    def test_the_coach_measures_from_its_question(self, client: Client, waited: float, kept: int) -> None:
        client.call("question", item=AREA)
        client.wait(waited)
        client.call("answer", item=AREA, answer="1", reason="a guess")
        client.wait(20)
        client.call("answer", item=AREA, answer="2")
        client.call("answer", item="talk.one/gravity", answer="9.8", seconds=7)
        context = Assistant(client.program).app().another_context()
        tried = [at.attempt for at in context.store.attempts.of("talk.one/area")]
        assert [(one.seconds, one.reason) for one in tried] == [(kept, "a guess"), (20, "")]
        assert all(isinstance(one, Attempted) for one in tried)
        context.close()

    def test_a_plan_for_the_time_at_hand_records_nothing_and_runs_down(self, client: Client) -> None:
        plan = client.call("today", minutes=40)
        assert plan.minutes_left == sum(one.minutes for one in plan.left_for) == 40
        assert sum(block.minutes for block in plan.blocks) <= 40
        assert not (client.program.home / "data").exists()
        client.wait(10 * 60)
        later = client.call("today")
        assert later.minutes_left == sum(one.minutes for one in later.left_for) == 30
        client.wait(60 * 60)
        assert (client.call("today").minutes_left, client.call("today").left_for) == (0, ())

    def test_stop_says_how_far_over_and_what_is_left_for_what(self, client: Client) -> None:
        plan = client.call("today", minutes=60)
        block = next(one for one in plan.blocks if one.unit)
        client.call("start", what=block.unit)
        client.wait((block.minutes + 10) * 60)
        stopped = client.call("stop")
        assert stopped.over_minutes == 10
        assert stopped.minutes_left == 60 - block.minutes - 10
        assert "it went 10m over its plan" in stopped.then
        assert block.n not in {one.n for one in stopped.left_for}

    def test_without_a_word_on_time_none_is_told(self, client: Client) -> None:
        assert (client.call("today").minutes_left, client.call("today").left_for) == (None, ())


class TestSteps:
    def test_stop_asks_about_the_step_which_can_be_finished_afterwards(self, client: Client) -> None:
        client.call("start", what="talk.one")
        client.wait(600)
        stopped = client.call("stop")
        assert (stopped.step, stopped.step_done, stopped.step_open) == ("talk.one/before", False, True)
        assert "the step stays open" in stopped.then
        assert client.refused("stop", step_done=True).message == "no timer is running"
        assert "was studied today" in client.refused("stop", step="math.la.vectors/before", step_done=True).message
        finished = client.call("stop", step=stopped.step, step_done=True)
        assert (finished.action, finished.step_done) == ("finished", True)
        assert client.call("unit", unit="talk.one").steps[0] != "talk.one/before"

    def test_minutes_that_are_done_do_not_finish_a_step(self, client: Client) -> None:
        unit = next(block.unit for block in client.call("today").blocks if block.unit)
        client.call("start", what=unit)
        client.wait(3 * 3600)
        client.call("stop")
        block = next(one for one in client.call("today").blocks if one.unit == unit)
        assert (block.done, block.state) == (True, "180m done, step open")
        closing = client.call("close")
        assert any("180m done, step open" in line for line in closing.quoted["done"])
        assert any("its step is open" in line for line in closing.quoted["open"])
        assert closing.quoted["tomorrow"]


class TestWords:
    def test_a_line_of_the_assistants_closes_no_day(self, client: Client) -> None:
        closes = [block for block in client.call("today").blocks if block.kind == "close"]
        assert [block.done for block in closes] == [False]
        noted = client.call("note", words="We talked.", worded_by="assistant")
        assert (noted.minutes, "kept as yours" in noted.then) == (0, True)
        client.call("start", what="talk.one")
        client.call("stop", note="We read.", worded_by="assistant")
        client.call("log", minutes=5, note="We read more.")
        closing = client.call("close")
        assert (closing.line_kept, "hand in theirs" in closing.then) == (False, True)
        assert [block["done"] for block in data(client.program, "today")["blocks"] if block["kind"] == "close"] == [
            False
        ]
        client.call("note", words="Around is not inside.", worded_by="learner")
        closing = client.call("close")
        assert (closing.line_kept, "ask nothing more" in closing.then) == (True, True)
        assert [block["done"] for block in data(client.program, "today")["blocks"] if block["kind"] == "close"] == [
            True
        ]
        assert "the evening is closed" in client.call("today").then

    def test_whose_words_they_are_must_be_said(self, client: Client) -> None:
        assert "`worded_by` is missing" in client.refused("note", words="x").message
        card = {"unit": "talk.one", "question": "Area of a unit square?", "answer": "1."}
        assert "`worded_by` is missing" in client.refused("draft_card", **card).message

    def test_a_draft_says_whose_words_it_has(self, client: Client) -> None:
        card = {"unit": "talk.one", "question": "Area of a unit square?"}
        mine = client.call("draft_card", **card, answer="1.", worded_by="learner")
        theirs = client.call("draft_card", **card, answer="It is one.", worded_by="assistant")
        assert (mine.command, "hand in theirs" in mine.then) == ("mlcoach cards accept 1", False)
        assert (theirs.command, "hand in theirs" in theirs.then) == ("mlcoach cards accept 2", True)
        assert [one["worded_by"] for one in data(client.program, "cards drafts")["drafts"]] == ["", "assistant"]
        assert client.program("cards drafts").out.count("worded by the assistant") == 1


class TestCards:
    def test_cards_count_down_and_enough_is_respected(self, client: Client) -> None:
        for name in ("around", "hidden", "hostile"):
            client.program(f"grade talk.one/{name} again")
        client.program.now += timedelta(days=2)
        assert "`question` asks its cards" in client.call("today").then
        first = client.call("question")
        assert f"{first.cards_left} of today's cards are left with this one" in first.then
        item = first.question.item
        client.call("answer", item=item, answer="no idea what it was")
        client.call("solution", item=item, give_up=True)
        client.call("grade", item=item, rating="again", part_missing=True)
        assert client.call("question").cards_left == first.cards_left - 1
        assert "`question` asks its cards" not in client.call("today", enough_cards=True).then
        assert "`question` asks its cards" not in client.call("today").then

    def test_who_leaves_the_cards_for_something_else_has_enough_of_them(self, client: Client) -> None:
        for name in ("around", "hidden"):
            client.program(f"grade talk.one/{name} again")
        client.program.now += timedelta(days=2)
        client.call("question")
        client.call("start", what="talk.one")
        client.wait(60)
        client.call("stop")
        assert "`question` asks its cards" not in client.call("today").then

    def test_giving_up_waits_for_a_guess_and_then_for_its_sentence(self, client: Client) -> None:
        refused = client.refused("solution", item="talk.one/around", give_up=True)
        assert refused.hint.startswith("ask for a guess or a smaller question first")
        assert undone(client.program) == []
        assert client.call("solution", item="talk.one/around", give_up=True).gave_up
        for name, arguments in (
            ("question", {"item": AREA}),
            ("today", {}),
            ("start", {"what": "talk.one"}),
            ("stop", {}),
        ):
            assert client.call(name, **arguments).then.startswith("one card is open: its sentence first"), name
        client.call("note", words="The way around.", worded_by="learner", item="talk.one/around")
        assert undone(client.program)[0] == "assistant: note talk.one/around"
        assert not client.call("question", item=AREA).then.startswith("one card is open")
        assert "comes back first: `question`" in client.call("close").then
        assert "your sentence on talk.one/around" in client.program("undo").out

    def test_an_item_is_found_by_its_track_and_the_way_it_is_answered(self, client: Client) -> None:
        client.call("answer", item="talk.one/gravity", answer="9.8")
        client.program.now += timedelta(days=1)
        found = client.call("question", unit="talk", way="number").question
        assert (found.item, found.way) == ("talk.one/gravity", "number"), "not due yet, and asked for"
        assert client.call("question", unit="math", way="number").question.way == "number"
        client.program("grade talk.one/area again")
        client.program.now += timedelta(days=3)
        assert client.call("question", unit="talk", way="number").question.item == "talk.one/area", "due goes first"
        nothing = client.call("question", unit="talk", way="code")
        assert (nothing.question, "answered by code" in nothing.then) == (None, True)

    def test_the_ratings_are_explained_where_they_are_given(self) -> None:
        from mlcoach.cli.assistant.tools import TOOLS

        told = json.dumps(next(tool for tool in TOOLS if tool.name == "grade").schema)
        assert all(f"{word} = " in told for word in ("again", "hard", "good", "easy"))
        assert "hard at most" in told
