"""The questions before a unit, asked one by one as its first step."""

from mlcoach.services.placement.scope import scope_of
from mlcoach.services.placement.session import PlacementSession
from tests.conftest import Compiled, Program
from tests.services.placement.test_place import data, opened, status
from tests.services.placement.test_place import program as program
from tests.services.placement.test_place import wood as wood


def answer(program: Program, knows: bool, unit: str = "wood.seed") -> int:
    """Answer all questions of a unit; return how many there were."""
    count = 0
    while question := data(program, f"place {unit}")["question"]:
        assert question["unit"] == unit
        right = "right" if question["form"] == "self" else question["text"].split()[-1].strip("?")
        program(f"place {unit} --answer {right if knows else 'wrong'}")
        count += 1
    return count


def test_all_questions_of_the_unit_are_asked_and_no_others(program: Program) -> None:
    assert answer(program, knows=False) == 4


def test_who_knows_the_unit_passes_it_before_it_is_begun(program: Program) -> None:
    program("start wood.seed")
    assert answer(program, knows=True) == 4
    assert status(program)["wood.seed"] == "passed"
    program("undo")
    assert status(program)["wood.seed"] == ""


def test_who_does_not_has_finished_its_first_step(program: Program) -> None:
    shown = program("start wood.seed").out
    assert "4 questions before you read" in shown and "mlcoach place wood.seed" in shown
    answer(program, knows=False)
    said = program("place wood.seed").out
    assert "0 of 4 questions right" in said
    assert "Step 1 of" in said and "now step 2" in said
    assert data(program, "curriculum show wood.seed")["unit"]["steps"][0]["done"]
    program("undo")
    assert not data(program, "curriculum show wood.seed")["unit"]["steps"][0]["done"]


def test_curiosity_begins_no_unit(program: Program) -> None:
    answer(program, knows=False, unit="wood.leaf")
    assert status(program)["wood.leaf"] == ""
    assert not data(program, "curriculum show wood.leaf")["unit"]["steps"][0]["done"]


def test_stopped_in_between_it_goes_on_and_finishes_nothing(program: Program) -> None:
    program("start wood.seed")
    program("place wood.seed --answer wrong")
    said = program("place wood.seed --stop").out
    assert "Stopped with 3 left" in said
    assert not data(program, "curriculum show wood.seed")["unit"]["steps"][0]["done"]
    assert answer(program, knows=False) == 3


def test_a_placement_under_way_goes_on_where_it_was(program: Program) -> None:
    first = data(program, "place wood")["question"]["unit"]
    data(program, "place wood --answer wrong")
    data(program, "place wood --stop")
    answer(program, knows=False, unit="wood.moss")
    assert first != "wood.moss"
    assert data(program, "place wood")["asked"] == 1
    assert not data(program, "place wood")["done"]


def test_many_units_begun_leave_placement_its_questions(program: Program) -> None:
    for unit in ("seed", "root", "trunk", "leaf"):
        answer(program, knows=False, unit=f"wood.{unit}")
    assert data(program, "place wood")["asked"] == 0


def test_giving_up_shows_the_answer_before_the_next_question(program: Program) -> None:
    context = opened(program)
    session = PlacementSession(context, scope_of(context, ["wood.seed"]), clock=lambda: 0.0)
    assert (session.view().position, session.view().most, session.view().of_all) == (1, 4, True)
    session.press("?")
    shown = session.view()
    assert shown.verdict == "wrong" and shown.answer == "1" and shown.position == 1
    session.press("space")
    assert session.view().position == 2 and not session.view().verdict
    context.close()


def test_the_result_names_what_was_right(program: Program) -> None:
    before = data(program, "place wood.seed --stop")["before"]
    assert before == {
        "unit": "wood.seed", "title": "The seed", "right": 0, "asked": 0, "left": 4, "passed": False, "step": None,
    }  # fmt: skip


def test_what_is_right_in_other_words_may_be_said_so(program: Program, wood: Compiled) -> None:
    folder = program.home / "config" / "curriculum"
    folder.mkdir(parents=True, exist_ok=True)
    asked = '[[change.seed.add.pretest]]\nid = "said"\nq = "What grows?"\na = "A tree."\naccept_text = ["tree"]\n'
    (folder / "more.toml").write_text(f'schema = 1\nover = "wood"\n{asked}', encoding="utf-8")
    context = opened(program)
    session = PlacementSession(context, scope_of(context, ["wood.seed"]), clock=lambda: 0.0)
    while session.view().form != "text":
        session.press("?")
        session.press("space")
    for key in "oak":
        session.press(key)
    session.press("enter")
    assert session.view().verdict == "wrong" and session.view().may_be_right
    session.press("y")
    given = context.store.placement.state().answers[-1]
    assert (given.question, given.right, given.checked) == ("wood.seed/said", True, False)
    assert session.done or session.view().text != "What grows?"
    context.close()


def test_questions_before_a_unit_leave_an_interrupted_placement_as_it_was(program: Program) -> None:
    for _ in range(2):
        data(program, "place wood --answer wrong")
    answer(program, knows=False, unit="wood.moss")
    context = opened(program)
    state = context.store.placement.state()
    context.close()
    assert (state.asked, state.unjudged) == (2, 2)
    program("undo")
    context = opened(program)
    state = context.store.placement.state()
    context.close()
    assert [given.unit for given in state.answers] == ["wood.seed", "wood.seed"]
    assert (state.asked, state.unjudged) == (2, 2)


def test_done_after_the_questions_asks_which_step_is_meant(program: Program) -> None:
    program("start wood.seed")
    answer(program, knows=False)
    shown = program("done", tty=80, stdin="\n")
    assert "was finished by its questions" in shown.screen and "Is this one finished too: " in shown.screen
    assert "nothing was changed" in shown.screen
    said = " ".join(program("done").out.split())
    assert "was finished by its questions; nothing shows that this one was begun since" in said
