"""Placement from its first question to the units it passes, and what becomes of them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.events import PlacementAnswered
from mlcoach.render.placement import placement as screen
from mlcoach.services.context import Context
from mlcoach.services.curriculum.progress import unit_progress
from mlcoach.services.placement import place, result
from mlcoach.services.placement.scope import scope_of
from mlcoach.services.placement.session import PlacementSession
from mlcoach.services.record import record
from mlcoach.services.review.new_cards import new_cards
from mlcoach.store.projections import all_keys, row_of, stored_row
from mlcoach.views.placement.placement import PlacementView
from tests.conftest import Compiled, Program, compiled_with

HEAD = 'schema = 1\nid = "wood"\ntitle = "Woods"\ntrack = "math"\n'
TREES = (("seed", ""), ("root", "seed"), ("trunk", "root"), ("leaf", "trunk"), ("moss", ""))
BARE = (
    'schema = 1\nid = "bare"\ntitle = "Bare ground"\ntrack = "math"\n[[unit]]\nid = "rock"\ntitle = "Rock"\nhours = 2\n'
)


def unit(id: str, requires: str) -> str:
    checked = range(1, 4 if id != "moss" else 1)
    parts = [
        f'[[unit]]\nid = "{id}"\ntitle = "The {id}"\nhours = 5\nrecall = "?"\n',
        f'requires = ["wood.{requires}"]\n' if requires else "",
        *(
            f'[[unit.pretest]]\nid = "pre-{id}-{n}"\nnumeric = "{id} {n}?"\nanswer = {n}\ntolerance = 0\n'
            for n in checked
        ),
        f'[[unit.pretest]]\nid = "self-{id}"\nq = "Why a {id}?"\na = "For the wood."\n',
        *(f'[[unit.card]]\nid = "{id}-{n}"\nq = "Card {n} of {id}?"\na = "{n}"\n' for n in range(1, 7)),
    ]
    return "".join(parts)


@pytest.fixture(scope="module")
def wood(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    files = {"wood.toml": HEAD + "".join(unit(*tree) for tree in TREES), "bare.toml": BARE}
    return compiled_with(tmp_path_factory.mktemp("wood"), files)


@pytest.fixture
def program(tmp_path: Path, wood: Compiled) -> Program:
    wood.copy_to(tmp_path / "home")
    return Program(tmp_path / "home")


def data(program: Program, line: str, **more: Any) -> dict[str, Any]:
    return dict(json.loads(program(f"{line} --json", **more).out)["data"])


def answer_all(program: Program, knows: Callable[[str], bool]) -> PlacementView:
    """Answer until it is done, as a process for each answer would."""
    context = opened(program)
    scope = scope_of(context, ["wood"])
    view = result.view(context, scope)
    while view.question:
        right = "right" if view.question.form == "self" else view.question.text.split()[-1].strip("?")
        given = right if knows(view.question.unit) else "wrong"
        last = place.answer(context, place.look(context, scope), given)
        assert last.right == (given != "wrong")
        view = result.view(context, scope, last=last)
    context.close()
    return view


def status(program: Program) -> dict[str, str]:
    context = opened(program)
    found = {id: state for id, state in unit_progress(context).status.items() if id.startswith("wood.")}
    context.close()
    return dict(found)


def opened(program: Program) -> Context:
    return Context({"MLCOACH_HOME": str(program.home), "MLCOACH_NOW": program.now.isoformat()}, "place")


def below(*known: str) -> Callable[[str], bool]:
    return lambda unit: unit in {f"wood.{id}" for id in known}


def test_what_is_known_is_passed_with_the_reason_and_the_rest_is_kept(program: Program) -> None:
    found = answer_all(program, below("seed", "root"))
    units = {unit.unit: unit for unit in found.units}
    assert found.done and found.passed == ("wood.seed", "wood.root")
    assert {id: unit.verdict for id, unit in units.items()} == {
        "wood.seed": "known", "wood.root": "known", "wood.trunk": "kept", "wood.leaf": "kept", "wood.moss": "kept",
    }  # fmt: skip
    assert units["wood.root"].why == "two right answers to it"
    assert units["wood.seed"].why == "you answered it, and The root, which needs it"
    assert status(program)["wood.root"] == "passed"
    again = data(program, "place wood")
    assert again["done"] and not again["passed"]
    assert [unit["unit"] for unit in again["units"] if unit["passed"]] == ["wood.seed", "wood.root"]


def test_what_everyday_arithmetic_answers_is_not_asked(tmp_path: Path) -> None:
    easy, telling = (
        f'[[unit.pretest]]\nid = "{id}"\n{more}numeric = "{id}?"\nanswer = 3\ntolerance = 0\n'
        for id, more in (("easy", "placement = false\n"), ("telling", ""))
    )
    compiled_with(
        tmp_path,
        {
            "wood.toml": f'{HEAD}[[unit]]\nid = "bark"\ntitle = "Bark"\nhours = 2\n{easy}{telling}'
            f'[[unit]]\nid = "sap"\ntitle = "Sap"\nhours = 2\n{easy.replace("easy", "easier")}'
        },
    ).copy_to(tmp_path / "home")
    program = Program(tmp_path / "home")
    assert "easy?" in program("curriculum show wood.bark").out, "before the unit it is asked as ever"
    assert data(program, "place wood")["question"]["item"] == "wood.bark/telling"
    assert data(program, "place wood --answer 3")["done"]
    assert "There are no questions to place you" in data(program, "place wood.sap")["note"]


def test_a_script_asks_and_answers_without_a_screen(program: Program) -> None:
    now = data(program, "place wood")
    assert now.keys() >= {"question", "asked", "done"} and now["question"].keys() >= {"item", "text", "form"}
    assert not (program.home / "data").exists(), "a question alone writes nothing"
    while now["question"]:
        now = data(program, "place wood --answer wrong")
        assert now["last"]["right"] is False
    assert now["done"] and {unit["verdict"] for unit in now["units"]} == {"kept"}
    program("undo")
    assert data(program, "undo --list")["steps"] == []


def test_a_placement_is_one_step_of_undo_and_redo_though_many_processes_wrote_it(program: Program) -> None:
    answer_all(program, below("seed", "root", "trunk", "leaf"))
    assert status(program)["wood.leaf"] == "passed"
    program("undo")
    assert set(status(program).values()) == {""}
    assert data(program, "undo --list")["steps"] == []
    assert data(program, "place wood")["asked"] == 0
    program("redo")
    assert status(program)["wood.leaf"] == "passed"


def test_every_row_is_the_fold_of_its_events_and_the_journal_comes_over(
    program: Program, wood: Compiled, tmp_path: Path
) -> None:
    answer_all(program, below("seed", "root"))
    assert data(program, "doctor")["ok"]
    program(f"export journal -o {tmp_path}/journal.jsonl")
    wood.copy_to(tmp_path / "other")
    other = Program(tmp_path / "other")
    other(f"import journal {tmp_path}/journal.jsonl")
    assert status(other) == status(program)
    context = opened(other)
    assert context.store.placement.state().judged == "2026-11-23"
    connection = context.store.connection
    assert all(row_of(connection, key) == stored_row(connection, key) for key in all_keys(connection))
    context.close()


def test_cards_of_what_was_passed_come_three_a_day(program: Program) -> None:
    answer_all(program, below("seed", "root", "trunk", "leaf", "moss"))
    context = opened(program)
    fed = new_cards(context, unit_progress(context), 10)
    assert len(fed) == 3 and all(head.unit.startswith("wood.") for head in fed)
    context.close()


def test_three_failures_of_its_cards_put_a_unit_back_to_learning(program: Program) -> None:
    answer_all(program, below("seed", "root"))
    program("grade wood.root/root-1 again")
    program("grade wood.root/root-1 again")  # the same difficulty on the same day
    program("grade wood.root/root-2 good")
    program("grade wood.root/root-3 again")
    assert status(program)["wood.root"] == "passed"
    program.later(days=1)
    said = program("grade wood.root/root-4 again").err
    assert "The root is back to learning" in said
    assert status(program) | {"wood.seed": ""} == {
        "wood.seed": "", "wood.root": "learning", "wood.trunk": "", "wood.leaf": "", "wood.moss": "",
    }  # fmt: skip
    assert "wood.root" not in data(program, "place wood")["passed"], "a retake does not pass it by the old answers"
    program("undo")
    assert status(program)["wood.root"] == "passed"


def test_who_mostly_remembers_keeps_the_pass(program: Program) -> None:
    answer_all(program, below("seed", "root"))
    for number, rating in enumerate(("good", "again", "good", "again", "good", "again"), start=1):
        program(f"grade wood.root/root-{number} {rating}")
    assert status(program)["wood.root"] == "passed"


def test_one_hard_card_does_not_put_its_unit_back(program: Program) -> None:
    answer_all(program, below("seed", "root"))
    for _ in range(5):
        program("grade wood.root/root-1 again")
        program.later(days=1)
    assert status(program)["wood.root"] == "passed"


def test_what_slips_later_does_not_put_a_unit_back(program: Program) -> None:
    answer_all(program, below("seed", "root"))
    for number in range(1, 6):
        program(f"grade wood.root/root-{number} good")
    program.later(days=20)
    for number in range(1, 6):
        program(f"grade wood.root/root-{number} again")
    assert status(program)["wood.root"] == "passed"


def test_failures_reopen_nothing_that_study_passed(program: Program) -> None:
    program("done wood.seed --no-questions")
    for number in range(1, 5):
        program(f"grade wood.seed/seed-{number} again")
    assert status(program)["wood.seed"] == "passed"


def test_one_question_and_then_no_more_passes_nothing_and_goes_on(program: Program) -> None:
    first = data(program, "place wood")["question"]["item"]
    data(program, "place wood --answer wrong")
    stopped = data(program, "place wood --stop")
    assert stopped["done"] and not stopped["complete"] and stopped["passed"] == []
    more = data(program, "place wood")
    assert more["asked"] == 1 and more["question"]["item"] != first


def test_a_lucky_first_answer_passes_nothing(program: Program) -> None:
    text = data(program, "place wood")["question"]["text"]
    data(program, f"place wood --answer {text.split()[-1].strip('?')}")
    assert data(program, "place wood --stop")["passed"] == []
    assert "answered right once, which may be luck" in program("place wood --stop").out
    assert set(status(program).values()) == {""}


def test_basics_wrong_and_all_that_builds_on_them_right_is_sane_and_said(program: Program) -> None:
    context = opened(program)
    for number in range(1, 4):
        for id, right in (("seed", False), ("leaf", True)):
            body = PlacementAnswered(f"wood.{id}", f"wood.{id}/pre-{id}-{number}", right, "number", "1")
            record(context, body, opens_day=False)
    context.close()
    found = data(program, "place wood --stop")
    assert found["disagreements"] == [
        {"below": "wood.seed", "above": "wood.leaf", "below_title": "The seed", "above_title": "The leaf"}
    ]
    assert "wood.seed" not in found["passed"] and status(program)["wood.seed"] == ""
    shown = " ".join(program("place wood --stop").out.split())
    assert "The seed was answered wrong and The leaf, which builds on it, right" in shown


def test_a_subject_without_questions_says_so(program: Program) -> None:
    assert "[[unit.pretest]]" in program("place bare").out
    found = data(program, "place bare")
    assert found["question"] is None and found["done"] and found["note"]


def test_where_all_is_passed_nothing_is_asked(program: Program) -> None:
    program("done wood.seed wood.root wood.trunk wood.leaf wood.moss --no-questions")
    assert "Every unit of Woods is passed already." in " ".join(program("place wood").out.split())


def test_an_overlay_may_take_questions_away(program: Program) -> None:
    data(program, "place wood --answer wrong")
    names = {id: [f"self-{id}", *(f"pre-{id}-{n}" for n in range(1, 4) if id != "moss")] for id, _ in TREES}
    hide = "".join(f"[change.{id}]\nhide = {{ pretest = {json.dumps(ids)} }}\n" for id, ids in names.items())
    program.write("config/curriculum/mine.toml", f'schema = 1\nover = "wood"\n{hide}')
    assert "no questions" in " ".join(program("place wood").out.split())


def test_an_answer_that_cannot_be_one_costs_nothing(program: Program) -> None:
    assert "not a number" in program("place wood --answer soon", expect=2).err
    assert "checked" in program("place wood --answer right", expect=2).err
    assert data(program, "place wood")["asked"] == 0
    assert "not a terminal" in program("place wood", expect=2).err
    assert "place --json" in program("place wood", expect=2).err
    program("place nowhere", expect=3)


def test_what_somebody_says_they_know_is_a_hint_and_no_verdict(program: Program) -> None:
    program("init --yes --known 'I know the root'")
    assert status(program)["wood.root"] == "skipped"
    found = answer_all(program, below())
    assert found.withdrawn == ("wood.root",) and status(program)["wood.root"] == ""
    program("undo")
    assert status(program)["wood.root"] == "skipped"
    assert answer_all(program, below("seed", "root")).passed == ("wood.seed", "wood.root")


def test_what_is_only_not_wanted_is_left_alone(program: Program) -> None:
    program("skip wood.moss")
    asked: list[str] = []
    answer_all(program, lambda unit: bool(asked.append(unit)))
    assert asked and "wood.moss" not in asked
    assert status(program)["wood.moss"] == "skipped"


def test_answers_are_asked_afresh_after_sixty_days(program: Program) -> None:
    answer_all(program, below())
    assert data(program, "place wood")["question"] is None
    program.later(days=61)
    assert data(program, "place wood")["question"] is not None


def test_the_minutes_are_those_of_the_day_and_the_plan_is_made_after_it(program: Program) -> None:
    context = opened(program)
    clock = iter(range(0, 10_000, 30))
    session = PlacementSession(context, scope_of(context, ["wood"]), lambda: next(clock))
    while not session.done:
        session.press("?")
    context.close()
    assert data(program, "place wood")["done"]
    assert data(program, "status")["minutes"]["done"] > 0


def test_after_the_minutes_that_one_has_no_new_question_comes(program: Program) -> None:
    context = opened(program)
    now = [0.0]
    session = PlacementSession(context, scope_of(context, ["wood"]), lambda: now[0], minutes=2)
    session.press("?")
    assert not session.done
    now[0] = 121.0
    assert not session.done, "the question on the screen may still be answered"
    session.press("?")
    assert session.done and session.stopped and session.answered == 2
    context.close()


# The screen -------------------------------------------------------------------------------------------------------


@pytest.fixture
def session(program: Program) -> Iterator[PlacementSession]:
    context = opened(program)
    yield PlacementSession(context, scope_of(context, ["wood"]), lambda: 0.0)
    context.close()


def text(session: PlacementSession, width: int = 80) -> str:
    sections = screen.sections(session.view(), width)
    return "\n".join("".join(part for part, _ in line) for section in sections for line in section.lines)


def test_a_number_is_typed_compared_and_taken_back(session: PlacementSession) -> None:
    assert session.view().form == "number"
    for key in ("x", "4", "2", "backspace", "escape", "7", "enter"):
        session.press(key)
    assert session.view().verdict == "wrong" and "not this time" in text(session)
    session.press("u")
    assert (session.answered, session.view().note, session.view().typed) == (0, "taken back", "")
    session.press(session.view().text.split()[-1].strip("?"))
    session.press("enter")
    assert session.view().verdict == "right"
    session.press("space")
    assert session.view().position == 2


def test_a_question_is_graded_by_the_learner_after_its_answer(session: PlacementSession) -> None:
    while session.view().form != "self":
        for key in (session.view().text.split()[-1].strip("?"), "enter", "space"):
            session.press(key)
    session.press("3")
    assert "space shows the answer first" in session.view().note
    session.press("space")
    assert "For the wood." in text(session) and "did you know it? 1 no" in text(session)
    answered = session.answered
    session.press("3")
    assert session.answered == answered + 1


def test_stopping_and_interrupting_keep_what_was_answered(session: PlacementSession, program: Program) -> None:
    session.press("?")
    session.press("ctrl-c")
    assert session.done and session.interrupted
    assert data(program, "place wood")["asked"] == 1
    assert set(status(program).values()) == {""}


@pytest.mark.parametrize("width", [40, 80])
def test_the_screen_fits(session: PlacementSession, width: int) -> None:
    for key in ("1", "enter", "space", "?"):
        assert all(len(line) <= width for line in text(session, width).split("\n"))
        session.press(key)


def test_the_screen_asks_stops_and_says_what_was_found(program: Program) -> None:
    shown = program("place wood --plain", tty=80, stdin="??q")
    assert "I don't know" in shown.out
    assert "Stopped; `mlcoach place` goes on where you are." in shown.out
    assert "Your answers are saved" in program("place wood --plain", tty=40, stdin="\x03", expect=130).err


def test_the_time_of_a_placement_does_not_close_the_day(program: Program) -> None:
    program("place wood --plain", tty=80, stdin="??q")
    blocks = json.loads(program("today --json").out)["data"]["blocks"]
    assert not any(block["done"] for block in blocks if block["kind"] == "close")


def answered_right(program: Program, count: int) -> None:
    """Answer so many questions on the woods as somebody who knows the seed and the root."""
    now = data(program, "place wood")
    for _ in range(count):
        question = now["question"]
        right = question["unit"] in ("wood.seed", "wood.root")
        given = question["text"].split()[-1].strip("?") if right and question["form"] != "self" else "wrong"
        now = data(program, f"place wood --answer {'right' if right and question['form'] == 'self' else given}")


def test_nothing_is_marked_before_the_learner_agrees_to_the_list(program: Program) -> None:
    answered_right(program, 5)
    asked = program("place wood --plain", tty=40, stdin="q", expect=130)
    assert "1 The seed, 5h" in asked.err and "two right answers to it" in asked.err
    assert "Mark these 2 units (10h) as passed?" in asked.err
    assert "Nothing is marked" in asked.err and set(status(program).values()) == {""}
    program("place wood --plain", tty=40, stdin="qwhat\nchoose\n2\n")
    assert {id for id, now in status(program).items() if now == "passed"} == {"wood.root"}
    program("undo")


def test_none_of_the_list_and_all_of_it(program: Program) -> None:
    answered_right(program, 5)
    program("place wood --plain", tty=80, stdin="qnone\n")
    assert set(status(program).values()) == {""}
    program("undo")
    answered_right(program, 5)
    assert "2 units passed" in program("place wood --plain", tty=80, stdin="q\n").out
    assert {id for id, now in status(program).items() if now == "passed"} == {"wood.seed", "wood.root"}


def test_letters_in_a_number_are_said_to_be_letters(session: PlacementSession) -> None:
    session.press("x")
    assert "digits please" in session.view().note
    session.press("1")
    assert session.view().note == ""


def test_undoing_a_placement_says_that_the_plan_of_the_day_stands(program: Program) -> None:
    program("log 10m")
    answered_right(program, 5)
    data(program, "place wood --stop")
    assert "--replan" in program("undo").err


def test_what_was_claimed_is_asked_about_first_and_each_group_once(program: Program) -> None:
    program("init --yes --known 'the root, the moss'")
    asked: list[str] = []
    answer_all(program, lambda unit: bool(asked.append(unit)))
    assert asked[0] in ("wood.root", "wood.moss")
    program("undo")
    program("init --yes --known 'a little root'")
    assert data(program, "place wood")["question"]["unit"] == "wood.root"


@pytest.mark.usefixtures("bundled_content")
def test_a_claim_beside_the_path_is_asked_about_too(tmp_path: Path, compiled_bundle: Compiled) -> None:
    compiled_bundle.copy_to(tmp_path / "home")
    program = Program(tmp_path / "home")
    program("init --yes --path core --known 'school mathematics, some python'")
    asked = [data(program, "place")["question"]["unit"]]
    asked.append(data(program, "place --answer wrong")["question"]["unit"])
    assert sorted(unit[:7] for unit in asked) == ["math.pr", "prog.py"]


def test_at_the_end_it_says_which_claims_stand_in_titles_and_what_to_begin_with(program: Program) -> None:
    program("init --yes --known 'the seed, the moss, the leaf'")
    answer_all(program, below("seed"))
    found = data(program, "undo --list")["steps"]
    assert found
    program("undo")
    context = opened(program)
    scope = scope_of(context, ["wood"])
    for number, (id, right) in enumerate((("seed", True), ("seed", True), ("leaf", False), ("leaf", False)), start=1):
        body = PlacementAnswered(f"wood.{id}", f"wood.{id}/pre-{id}-{number}", right, "number", "1")
        record(context, body, opens_day=False)
    record(context, PlacementAnswered("wood.root", "wood.root/pre-root-1", False, "number", "1"), opens_day=False)
    found = result.view(context, scope, stop=True)
    assert {claim.unit: claim.state for claim in found.claims} == {
        "wood.seed": "confirmed", "wood.moss": "open", "wood.leaf": "withdrawn",
    }  # fmt: skip
    shown = "\n".join("".join(part for part, _ in line) for line in screen.lines(found, 80))
    assert "✓ The seed: stands" in shown and "· The leaf: taken back" in shown and "? The moss: stands on" in shown
    assert "What to begin with:\n  The root" in shown and "wood." not in shown.partition("What to begin")[2]
    assert "mlcoach place --show" in shown
    context.close()


def test_what_was_not_known_is_shown_with_its_answer_on_request(program: Program) -> None:
    assert "`mlcoach place` begins" in program("place --show").out
    answer_all(program, below("seed"))
    missed = data(program, "place --show")
    assert missed["missed"] and all("seed" not in one["question"] for one in missed["missed"])
    shown = program("place --show").out
    assert "Not known: " in shown and "The root" in shown and "Answer:" in shown


def test_no_pager_opens_behind_a_screen_of_keys(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key pressed once too often would act in it."""
    paged: list[str] = []
    monkeypatch.setattr("mlcoach.adapters.pager.show_in_pager", lambda text, *_: bool(paged.append(text)) or True)
    program.environment = {"LINES": "4"}
    assert "What to begin with" in program("place wood", tty=80, stdin="?" * 40).out
    assert paged == []
    assert program("place --show", tty=80).out == "" and "Not known" in paged[0]


@pytest.mark.usefixtures("bundled_content")
def test_one_right_answer_to_a_subject_passes_none_of_it_and_what_is_made_is_not_asked(
    tmp_path: Path, compiled_bundle: Compiled
) -> None:
    compiled_bundle.copy_to(tmp_path / "home")
    program = Program(tmp_path / "home")
    context = opened(program)
    card = next(card for card in context.catalog.text("math.stats.likelihood").pretest if card.number is not None)
    record(context, PlacementAnswered(card.unit, card.id, True, "number", "1"), opens_day=False)
    context.close()
    now = data(program, "place math.stats")
    assert not now["done"], "there is more to ask"
    assert data(program, "place math.stats --stop")["passed"] == []
    while data(program, "place career.portfolio")["question"]:
        program("place career.portfolio --answer right", expect=None)
        asked = data(program, "place career.portfolio")["question"]
        if asked and asked["form"] != "self":
            program("place career.portfolio --answer wrong")
    assert data(program, "place career.portfolio")["passed"] == []
    assert data(program, "curriculum show career.portfolio")["unit"]["status"] in ("", "locked", "ready")
